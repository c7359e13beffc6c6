"""Who may take a step back or do it again: judged by what the acting person may do now, not when they did it."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk_tui.desk.merged import refuse_merged
from helpdesk_tui.desk.renaming import FOLLOWS
from helpdesk_tui.desk.work import Work, no_such_ticket
from helpdesk_tui.domain.permissions import Act, may_see
from helpdesk_tui.domain.ticket import Speech
from helpdesk_tui.errors import Conflict
from helpdesk_tui.store import persons, records
from helpdesk_tui.store.history import Fact
from helpdesk_tui.store.records import Stored

_OF_THE_DESK = {
    "label": Act.MANAGE_LABELS,
    "person": Act.MANAGE_PEOPLE,
    "organization": Act.MANAGE_PEOPLE,
    "ssh_key": Act.MANAGE_PEOPLE,
    "board": Act.MANAGE_BOARDS,
    "column": Act.MANAGE_BOARDS,
    "canned": Act.PREPARE,
    "template": Act.PREPARE,
    "setting": Act.SETTINGS,
    "calendar": Act.SETTINGS,
    "policy": Act.SETTINGS,
    "rule": Act.SETTINGS,
}
"""What a change of such a record needs; all else hangs on a ticket, or is somebody's view."""

_ASKED_FOR = {"status", "column_id", "rank", "closed_at", "replied_at", "rating"}
"""Fields of a ticket that change when its requester replies, says that it is solved, or opens it again."""

_HANGS_ON_TICKET = {"comment", "step", "file", "time"}
"""What goes along when its ticket is merged into another; what was removed by then has stayed behind."""

_SAID_OF_ONESELF = {"skills", "languages", "zone", "away_from", "away_until", "color", "initials"}
"""Fields of a person that they may change by themselves."""


def refuse_without_admin(work: Work) -> None:
    """Conflict if what is taken back or done again would leave nobody who can manage the desk."""
    if any(fact.entity == "person" for fact in work.facts) and not persons.other_admins(work.unit, 0):
        raise Conflict("That would leave this desk without an admin.", "Make somebody else an admin first.")


def refuse_on_merged(work: Work) -> None:
    """Conflict if something would come back on a ticket that has become part of another: nobody reads it there."""
    for fact in work.facts:
        if fact.entity in _HANGS_ON_TICKET and fact.delta.get("removed") == [True, False]:
            row = records.fetch(work.unit, fact.entity, fact.entity_id)
            ticket = None if row is None else records.fetch(work.unit, "ticket", row["ticket_id"])
            if ticket is not None:
                refuse_merged(work, ticket)


def require_rights(work: Work, facts: Sequence[Fact]) -> None:
    """NotAllowed unless the acting person may do what these facts of one step tell, and NotFound as for a ticket that
    is not there if they may not see one of them any more.
    """
    labels = {f"label:{fact.entity_id}" for fact in facts if fact.entity == "label"}
    spoke = any(_is_own_word(work, fact) for fact in facts)
    for fact in facts:
        if not fact.delta or fact.detail.get(FOLLOWS):
            continue
        if fact.entity == "view":
            view = records.fetch(work.unit, "view", fact.entity_id)
            work.desk.require(Act.SHARE_VIEW if view is not None and view["shared"] else Act.SAVE_VIEW)
        elif fact.entity in _OF_THE_DESK:
            work.desk.require(_act_on_the_desk(work, fact))
        elif not fact.delta.keys() <= labels:  # a label that is removed goes from all tickets, seen or not
            _require_on_ticket(work, fact, spoke=spoke)


def _act_on_the_desk(work: Work, fact: Fact) -> Act:
    if fact.entity == "person" and fact.entity_id == work.desk.actor.id and fact.delta.keys() == {"signature"}:
        return Act.REPLY
    if fact.entity == "person" and fact.entity_id == work.desk.actor.id and fact.delta.keys() <= _SAID_OF_ONESELF:
        return Act.SEE_OWN_TICKETS
    if fact.entity == "organization" and fact.delta.keys() == {"removed"}:
        return Act.CHOOSE_REQUESTER  # it was named with a ticket
    return _OF_THE_DESK[fact.entity]


def _require_on_ticket(work: Work, fact: Fact, *, spoke: bool) -> None:
    number = fact.entity_id if fact.entity == "ticket" else fact.ticket_id
    ticket = None if number is None else records.fetch(work.unit, "ticket", number)
    if ticket is None:
        work.desk.require(Act.EDIT)
        return
    actor, board = work.desk.actor, ticket["board_id"]
    if not may_see(actor, board, ticket["requester_id"], ticket["organization_id"]):
        raise no_such_ticket(ticket["id"])
    if fact.delta.keys() == {f"watcher:{actor.id}"} and work.desk.may(Act.WATCH, board):
        return
    if work.desk.may(Act.REPLY, board) and _is_as_asker(work, fact, ticket, spoke=spoke):
        return
    for place in {board, *fact.delta.get("board_id", ())} if fact.entity == "ticket" else {board}:
        work.desk.require(Act.EDIT, place)


def _is_as_asker(work: Work, fact: Fact, ticket: Stored, *, spoke: bool) -> bool:
    """Whether somebody who asks for help does such a thing: says something, adds a file, makes a ticket, confirms."""
    if fact.entity != "ticket":
        return _is_own_word(work, fact)
    if fact.delta.keys() == {"removed"}:
        return bool(ticket["requester_id"] == work.desk.actor.id)
    return fact.delta.keys() <= _ASKED_FOR and (spoke or not fact.delta.keys().isdisjoint({"closed_at", "rating"}))


def _is_own_word(work: Work, fact: Fact) -> bool:
    """A reply that the acting person gave, or a file they added."""
    if fact.entity == "comment":
        said = records.fetch(work.unit, "comment", fact.entity_id)
        reply = said is not None and said["speech"] == Speech.REPLY.value
        return said is not None and reply and bool(said["author_id"] == work.desk.actor.id)
    if fact.entity == "file":
        file = records.fetch(work.unit, "file", fact.entity_id)
        return file is not None and bool(file["added_by_id"] == work.desk.actor.id)
    return False
