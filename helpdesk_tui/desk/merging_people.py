"""Two people of the desk who are one in life."""

from __future__ import annotations

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.persons import called, refuse_without_admin
from helpdesk_tui.desk.work import Work, working
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.profile import joined
from helpdesk_tui.errors import Conflict, UsageError
from helpdesk_tui.store import belongings, persons, records, values
from helpdesk_tui.store.records import Stored

_TAKEN_IF_MISSING = ("organization_id", "zone", "capacity", "away_from", "away_until", "color", "initials", "signature")
_JOINED = ("skills", "languages")


def merge(desk: Desk, person_id: int, into: int) -> Outcome:
    """Make one person part of another, as one undo step: everything of theirs is the other's from now on, who keeps
    name and role. The mail address of the merged one stays known as another of theirs.

    Conflict if both have an account, for oneself, the last admin, and for one merged already, so for a ring.
    """
    with working(desk, Act.MANAGE_PEOPLE) as work:
        source, target = _one(work, person_id), _one(work, into)
        warnings = _checked(work, source, target)
        gained = _gained(source, target)
        account = {name: source[name] for name in ("login", "uid") if source[name] is not None}
        tickets = _carry(work, source["id"], target["id"])
        gone = {"login": None, "uid": None, "mail": "", "other_mails": "", "active": False, "merged_into_id": into}
        name, other = called(source), called(target)
        work.alter("person", source, gone, "person", text=name)
        work.alter("person", target, gained | account, "person", text=other)
        return work.commit(
            f"{name} is {other} now: {tickets:,} ticket{'' if tickets == 1 else 's'} went along", warnings, made=into
        )


def _one(work: Work, person_id: int) -> Stored:
    row = work.row("person", person_id)
    if row["merged_into_id"] is not None or row["erased"]:
        raise Conflict(f"{row['name']} is nobody any more.", "They were merged with another person, or erased.")
    return row


def _checked(work: Work, source: Stored, target: Stored) -> tuple[str, ...]:
    """Why not, as an error; what is to be known of it, as warnings."""
    name, other = called(source), called(target)
    if source["id"] == target["id"]:
        raise UsageError(f"{name} cannot be merged with themselves.", "Name another person.")
    refuse_without_admin(work, source, "")
    if source["id"] == work.desk.actor.id:
        raise Conflict("You cannot merge yourself away.", f"Merge {other} into yourself, or have another admin do it.")
    if source["login"] is not None and target["login"] is not None:
        raise Conflict(
            f"{name} and {other} both have an account.",
            f"Take one away first: `helpdesk user edit {name} --login ''`.",
        )
    if not target["active"]:
        raise Conflict(f"{other} is not active.", "Merge the other way round, or reactivate them first.")
    team = {Role.ADMIN.value, Role.AGENT.value}
    if target["role"] not in team and persons.open_tickets(work.unit, source["id"]):
        raise Conflict(
            f"{other} is no agent and cannot take over {name}’s open tickets.",
            "Merge the other way round, or make them an agent first.",
        )
    if source["login"] is not None and source["role"] != target["role"]:
        return (f"Whoever comes in as {source['login']} is {target['role']} now, no longer {source['role']}.",)
    return ()


def _gained(source: Stored, target: Stored) -> dict[str, object]:
    gained: dict[str, object] = {
        name: source[name]
        for name in _TAKEN_IF_MISSING
        if target[name] in {None, ""} and source[name] not in {None, ""}
    }
    for name in _JOINED:
        gained[name] = joined(dict.fromkeys((*values.words(target[name]), *values.words(source[name]))))
    mails = (target["mail"], *values.words(target["other_mails"]), source["mail"], *values.words(source["other_mails"]))
    first, *others = dict.fromkeys(mail for mail in mails if mail) or [""]
    return gained | {"mail": first, "other_mails": joined(others)}


def _carry(work: Work, source: int, target: int) -> int:
    """Give everything of one person to the other; how many tickets they had to do with."""
    touched: set[int] = set()
    for entity, field in belongings.OF_PERSON:
        for row in belongings.owned(work.unit, entity, field, source):
            ticket = row["id"] if entity == "ticket" else row.get("ticket_id")
            work.alter(entity, row, {field: target}, "carried", ticket)
            touched |= {ticket} if ticket is not None else set()
    for ticket in belongings.watched(work.unit, source):
        watching = {f"watcher:{source}": False, f"watcher:{target}": True}
        for found in records.fetch_many(work.unit, "ticket", [ticket]).values():
            work.alter("ticket", found, watching, "carried")
            touched.add(ticket)
    for board_id, role in belongings.roles(work.unit, source).items():
        for board in records.fetch_many(work.unit, "board", [board_id]).values():
            held = records.of_pair(work.unit, "board", board_id, f"member:{target}")
            work.alter("board", board, {f"member:{source}": None, f"member:{target}": held or role}, "member")
    belongings.follow(work.unit, source, target)
    return len(touched)
