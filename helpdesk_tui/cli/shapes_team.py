"""The JSON that `user` and `org` print; see `shapes` for what holds for all of it."""

from __future__ import annotations

from helpdesk_tui.cli.shapes import Shape, moment
from helpdesk_tui.desk.organizations import OrganizationUse
from helpdesk_tui.domain.at_work import AtWork


def at_work(one: AtWork) -> Shape:
    """A person as `user list --json` and `user show --json` print them.

    | field | |
    | --- | --- |
    | id | whole number, which stays when login and name change |
    | login, mail, organization, zone, color | text or null |
    | name, initials | text |
    | role | admin, agent, viewer or requester |
    | active | false for the deactivated |
    | skills, languages | list of words |
    | capacity | open tickets at once, or null |
    | away_from, away_until | moment or null |
    | open, late | tickets that are theirs to work on |
    | replied_today, closed_this_week, minutes_this_week | whole numbers |
    | here | list of {"number": ticket open on a screen, "doing": "reply", "note" or null} |
    | timing | {"number": ticket, "since": moment}, or null |
    """
    person = one.person
    return {
        "id": person.id,
        "login": person.login or None,
        "name": person.name,
        "role": person.role.value,
        "mail": person.mail or None,
        "organization": person.organization or None,
        "active": person.active,
        "skills": list(person.skills),
        "languages": list(person.languages),
        "zone": person.zone or None,
        "capacity": person.capacity,
        "away_from": moment(person.away_from),
        "away_until": moment(person.away_until),
        "color": person.color or None,
        "initials": person.avatar,
        "open": one.open,
        "late": one.late,
        "replied_today": one.replied_today,
        "closed_this_week": one.closed_this_week,
        "minutes_this_week": one.minutes_this_week,
        "here": [{"number": seen.number, "doing": seen.doing.value or None} for seen in one.here],
        "timing": None if one.timing is None else {"number": one.timing, "since": moment(one.timing_since)},
    }


def organization(one: OrganizationUse) -> Shape:
    """An organization: `shares` says whether each of its people sees the tickets of all."""
    return {
        "id": one.organization.id,
        "name": one.organization.name,
        "domains": list(one.organization.domains),
        "shares": one.organization.shares,
        "people": one.people,
        "open": one.open,
    }
