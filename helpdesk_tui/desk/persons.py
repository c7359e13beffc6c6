"""Adding people, changing what is noted about them, letting them go and taking them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from helpdesk_tui.desk import handing_over, organizations, renaming
from helpdesk_tui.desk.admission import Account
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.labels import COLORS
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.work import Work, working
from helpdesk_tui.domain import entry, profile
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import Conflict, UsageError
from helpdesk_tui.store import directory, persons, records, timing
from helpdesk_tui.store import organizations as stored_organizations
from helpdesk_tui.store.records import Stored
from helpdesk_tui.store.unit_of_work import Unit


class Away(Struct, frozen=True):
    """From when and until when (exclusively) somebody is away; each may be open, both None: here."""

    start: datetime | None = None
    end: datetime | None = None


HERE = Away()


class Details(Struct, frozen=True):
    """What is noted about a person. None leaves it as it is, an empty value takes it away."""

    name: str | None = None
    login: str | None = None
    mail: str | None = None
    role: Role | None = None
    organization: str | None = None
    """Its name; one that is not there yet is made."""
    skills: Sequence[str] | None = None
    languages: Sequence[str] | None = None
    zone: str | None = None
    capacity: int | None = None
    """Open tickets at once; 0 for no limit."""
    away: Away | None = None
    color: str | None = None
    initials: str | None = None


_OWN = frozenset({"skills", "languages", "zone", "away", "color", "initials"})
"""What everybody may say about themselves."""


class Roll:
    """Who is called how on the desk, read once for a step; kept up to date with those who are taken in."""

    def __init__(self, unit: Unit) -> None:
        self._logins, self._mails = persons.called(unit)
        self._names = persons.named(unit)
        self._domains = {domain: one.id for one in stored_organizations.all_of(unit) for domain in one.domains}

    def whose(self, values: Mapping[str, Any], but: int | None) -> tuple[str, str, int] | None:
        """What of a person's login and mail is somebody else's already: what, which, and whose."""
        for what, known in (("login", self._logins), ("mail", self._mails)):
            value = str(values.get(what) or "")
            held = known.get(value.lower()) if value else None
            if held not in {None, but}:
                return what, value, held or 0
        return None

    def namesake(self, name: str) -> str | None:
        """What is to be known if there is somebody of that name already, who may be the same; None if there is not."""
        other = self._names.get(fold(name))
        if other is None:
            return None
        known = f", {other}" if other else ""
        return f"There is another {name} on the desk{known}: if they are one person, merge them."

    def organization_of(self, mail: str) -> int | None:
        """The organization to which people of that mail address belong by its domain."""
        return self._domains.get(profile.domain_of(mail)) if mail else None

    def note(self, person_id: int, values: Mapping[str, Any]) -> None:
        """Somebody is called so now."""
        for what, known in (("login", self._logins), ("mail", self._mails)):
            if values.get(what):
                known[str(values[what]).lower()] = person_id
        if values.get("name"):
            self._names[fold(values["name"])] = str(values.get("login") or values.get("mail") or "")


def add(desk: Desk, details: Details, account: Account | None = None) -> Outcome:
    """Take somebody in. `account` is the one of the operating system that their login means: they are known by it.

    Without one, whoever first opens the desk with an account of that login is taken to be them. `made` is their id.
    Conflict if somebody has the login or the mail already.
    """
    with working(desk, Act.MANAGE_PEOPLE) as work:
        made = insert(work, details, account)
        name = called(records.fetch(work.unit, "person", made) or {})
        return work.commit(f"{name} added", made=made)


def insert(work: Work, details: Details, account: Account | None = None, roll: Roll | None = None) -> int:
    """Take somebody in within a step; their id. For many `roll` is read once."""
    roll = roll or Roll(work.unit)
    if account is not None and persons.of_uid(work.unit, account.uid) is not None:
        raise Conflict(f"The account {account.login} is on this desk already.", "`helpdesk user list` shows who it is.")
    name = details.name or (account.name if account is not None else "") or details.login or ""
    values = checked(work, None, replace(details, name=name), roll) | {"uid": None if account is None else account.uid}
    values.setdefault("role", Role.REQUESTER.value)
    if not values.get("organization_id"):
        values["organization_id"] = roll.organization_of(values.get("mail", ""))
    earlier = persons.removed_with(work.unit, values.get("login"), values["uid"])
    if earlier is None:
        made = work.make("person", values, "person", text=name)
    else:  # the same record again, so that nobody can undo its removal beside it
        made, current = earlier, work.row("person", earlier, even_removed=True)
        work.alter("person", current, values | {"removed": False, "active": True}, "person", text=name)
    if (told := roll.namesake(values["name"])) is not None:
        work.warnings.append(told)
    roll.note(made, values)
    return made


def edit(desk: Desk, person_id: int, details: Details) -> Outcome:
    """Change what is noted about somebody. Of themselves everybody may say what `_OWN` names; the rest is an admin's.

    Whoever gets an organization for the first time brings what they have open into it. Conflict for a login or mail
    that is somebody else's, and for taking the last admin's role.
    """
    own = person_id == desk.actor.id and _given(details) <= _OWN
    with working(desk, *(() if own else (Act.MANAGE_PEOPLE,))) as work:
        row = work.row("person", person_id)
        name, alone = called(row), row["organization_id"] is None
        values = checked(work, row, details, Roll(work.unit))
        if "role" in values and values["role"] != row["role"]:
            refuse_without_admin(work, row, values["role"])
        if values.get("login", row["login"]) != row["login"]:
            values["uid"] = None
        names = [(row[field], values.get(field) or called(row | values)) for field in ("login", "name")]
        with renaming.followed(work, "person", person_id, *names):
            work.alter("person", row, values, "person", text=name)
        brought = _bring(work, person_id, values.get("organization_id")) if alone else ""
        held = "role" in values and values["role"] not in {Role.ADMIN.value, Role.AGENT.value}
        return work.commit(f"{called(row)} changed{brought}", handing_over.still_open(work, person_id) if held else ())


def _bring(work: Work, person_id: int, organization_id: int | None) -> str:
    """Their open tickets that are no organization's become that one's; what to say of it."""
    numbers = persons.asked_alone(work.unit, person_id) if organization_id is not None else ()
    for ticket in work.tickets_of_all(numbers):
        work.alter("ticket", ticket, {"organization_id": organization_id}, "changed")
    return f", {handing_over.counted(len(numbers))} went along" if numbers else ""


def deactivate(desk: Desk, person_id: int, hand_over_to: int | None = None) -> Outcome:
    """Let somebody in no more and offer them no more; their open tickets go to `hand_over_to`, in the same step.

    Without anybody to take them they stay as they are: the outcome says how many, and `handing_over.open_numbers`
    which. Conflict for the last admin and for oneself.
    """
    with working(desk, Act.MANAGE_PEOPLE) as work:
        row = work.row("person", person_id)
        name = called(row)
        refuse_without_admin(work, row, "")
        if person_id == desk.actor.id:
            raise Conflict("You cannot deactivate yourself.", "Another admin can.")
        if not row["active"]:
            raise Conflict(f"{name} is not active already.", "`helpdesk user reactivate` takes them back.")
        moved = [] if hand_over_to is None else handing_over.give(work, person_id, hand_over_to)
        timing.stop(work.unit, person_id)
        work.alter("person", row, {"active": False}, "person", text=name)
        gone = f", {handing_over.counted(len(moved))} handed over" if moved else ""
        told = (
            *handing_over.still_open(work, person_id),
            *renaming.still_named(work, "person", *filter(None, (row["login"], row["name"])), in_queries=False),
        )
        return work.commit(f"{name} deactivated{gone}", told)


def reactivate(desk: Desk, person_id: int) -> Outcome:
    """Let somebody in again, with the role they had."""
    with working(desk, Act.MANAGE_PEOPLE) as work:
        row = work.row("person", person_id)
        if row["active"]:
            raise Conflict(f"{called(row)} is active already.", "There is nothing to do.")
        if row["merged_into_id"] is not None or row["erased"]:
            raise Conflict(f"{called(row)} is nobody any more.", "They were merged with another person, or erased.")
        work.alter("person", row, {"active": True}, "person", text=called(row))
        return work.commit(f"{called(row)} is active again")


def checked(work: Work, row: Stored | None, details: Details, roll: Roll) -> dict[str, Any]:
    """What `details` say in the form in which it is kept. UsageError for what is impossible, Conflict for a twin."""
    values: dict[str, Any] = {}
    if details.name is not None:
        name = entry.name(details.name, "person")
        values |= {"name": name, "folded": fold(name)}
    if details.login is not None:
        values["login"] = profile.login(details.login) or None
    if details.mail is not None:
        values["mail"] = profile.mail(details.mail)
    _refuse_twin(work, values, roll, None if row is None else row["id"])
    if details.role is not None:
        values["role"] = Role(details.role).value
    if details.organization is not None:
        name = details.organization.strip()
        values["organization_id"] = organizations.named_or_made(work, name) if name else None
    if details.skills is not None:
        values["skills"] = profile.joined(profile.words(details.skills, "skill"))
    if details.languages is not None:
        values["languages"] = profile.joined(profile.languages(details.languages))
    if details.zone is not None:
        values["zone"] = checked_zone(details.zone)
    if details.capacity is not None:
        values["capacity"] = profile.capacity(details.capacity)
    if details.away is not None:
        values |= _checked_away(details.away)
    if details.color is not None:
        if details.color and details.color not in COLORS:
            raise UsageError(f"{details.color!r} is no colour of the desk.", f"Known: {', '.join(COLORS)}.")
        values["color"] = details.color
    if details.initials is not None:
        values["initials"] = profile.initials(details.initials)
    return values


def checked_zone(text: str) -> str:
    """The name of a time zone. UsageError for one that this machine does not know; an empty one stays empty."""
    key = text.strip()
    try:
        return ZoneInfo(key).key if key else ""
    except (ValueError, OSError, KeyError) as error:
        raise UsageError(f"{key!r} is no time zone.", "Give its name, as Europe/Tallinn.") from error


def refuse_without_admin(work: Work, row: Stored, role: str) -> None:
    """Conflict if nobody could manage the desk any more once this person has that role instead."""
    if row["role"] != Role.ADMIN.value or role == Role.ADMIN.value or not row["active"]:
        return
    if not persons.other_admins(work.unit, row["id"]):
        raise Conflict(f"{called(row)} is the last admin of this desk.", "Make somebody else an admin first.")


def called(row: Stored) -> str:
    """What a person is called where space is scarce."""
    return str(row.get("login") or row.get("name") or "")


def _given(details: Details) -> set[str]:
    return {name for name in details.__struct_fields__ if getattr(details, name) is not None}


def _refuse_twin(work: Work, values: Mapping[str, Any], roll: Roll, own_id: int | None) -> None:
    """Conflict if somebody else has that login or mail."""
    held = roll.whose(values, own_id)
    if held is None:
        return
    what, value, person_id = held
    other = directory.person(work.unit, person_id)
    who = other.short if other is not None else "somebody"
    raise Conflict(f"{who} has the {what} {value} already.", "The same person is on the desk once; edit or merge.")


def _checked_away(away: Away) -> dict[str, Any]:
    if away.start is not None and away.end is not None and away.end <= away.start:
        raise UsageError("Nobody is away until before they leave.", "Give the first day, then the one of coming back.")
    return {"away_from": away.start, "away_until": away.end}
