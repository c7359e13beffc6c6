"""Two organizations of the desk that are one in life."""

from __future__ import annotations

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.work import working
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.profile import joined
from helpdesk_tui.errors import UsageError
from helpdesk_tui.store import organizations as stored
from helpdesk_tui.store import values
from helpdesk_tui.store.records import Stored


def merge(desk: Desk, organization_id: int, into: int) -> Outcome:
    """Make one organization part of another, as one undo step: its people, tickets and mail domains are the other's.

    The other keeps its name, and whether its people see each other's tickets. The name of the merged one goes on
    leading there, in queries, in lists that are imported and where somebody is given to it.
    """
    with working(desk, Act.MANAGE_PEOPLE) as work:
        source, target = work.row("organization", organization_id), work.row("organization", into)
        name, other = source["name"], target["name"]
        if source["id"] == target["id"]:
            raise UsageError(f"{name} cannot be merged with itself.", "Name another organization.")
        warnings = _warnings(source, target)
        moved = {"person": 0, "ticket": 0}
        for entity in moved:
            for row in stored.belonging(work.unit, entity, source["id"]):
                moved[entity] += not row["removed"]
                ticket = row["id"] if entity == "ticket" else None
                work.alter(entity, row, {"organization_id": target["id"]}, "carried", ticket)
        domains = dict.fromkeys((*values.words(target["domains"]), *values.words(source["domains"])))
        work.alter("organization", source, _GONE | {"merged_into_id": target["id"]}, "organization", text=name)
        work.alter("organization", target, {"domains": joined(domains)}, "organization", text=other)
        return work.commit(f"{name} is {other} now: {_said(moved)} went along", warnings, made=into)


_GONE = {"removed": True, "domains": "", "shares": False}


def _said(moved: dict[str, int]) -> str:
    people, tickets = moved["person"], moved["ticket"]
    return f"{people:,} {'person' if people == 1 else 'people'} and {tickets:,} ticket{'' if tickets == 1 else 's'}"


def _warnings(source: Stored, target: Stored) -> tuple[str, ...]:
    """What the people of the two see by now and did not before, or no more."""
    if target["shares"]:
        return (f"Each of the people of {target['name']} sees the tickets of all, those that came along too.",)
    if source["shares"]:
        return (f"The people of {source['name']} saw the tickets of all: now each sees their own.",)
    return ()
