"""What each term of a change does to one ticket. Screens, commands and rules all change tickets through here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from helpdesk_tui.desk import conversation, moving, routing
from helpdesk_tui.desk.work import Work
from helpdesk_tui.domain import entry
from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.rank import between
from helpdesk_tui.domain.ticket import LABELS_LIMIT, LANGUAGES, Level, Priority, Relation, Speech, Status
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import NotFound, UsageError
from helpdesk_tui.language import terms
from helpdesk_tui.language.terms import Term
from helpdesk_tui.store import directory, records, related
from helpdesk_tui.store.records import Stored

_COLUMN_OF = {
    "title": "title",
    "priority": "priority",
    "impact": "impact",
    "urgency": "urgency",
    "due": "due_at",
    "status": "status",
    "kind": "kind",
    "language": "language",
    "assignee": "assignee_id",
    "requester": "requester_id",
    "organization": "organization_id",
}


_LEVELS = frozenset(Level)


def act_for(term: Term) -> Act:
    """What a person must be permitted to do for a term to be theirs to use."""
    match term:
        case terms.SetField(field="assignee") | terms.AssignAuto() | terms.AssignLead():
            return Act.ASSIGN
        case terms.SetField(field="board") | terms.MoveTo() | terms.DuplicateOf():
            return Act.MOVE
        case terms.Say(speech=Speech.REPLY):
            return Act.REPLY
        case terms.Say():
            return Act.NOTE
        case terms.Watch() | terms.Unwatch():
            return Act.WATCH
        case terms.LogTime():
            return Act.LOG_TIME
        case terms.Archive():
            return Act.ARCHIVE
        case terms.Reopen():
            return Act.REOPEN
        case _:
            return Act.EDIT


def apply(work: Work, ticket: Stored, wanted: Sequence[Term]) -> None:
    """Apply the terms to a ticket in the order given and record what changed."""
    changes: dict[str, Any] = {}
    detail: dict[str, Any] = {}
    # Another board first: who may be given the ticket, and which columns there are, is for that board to say.
    # Last who is best for it, as it is by then.
    for term in sorted(wanted, key=lambda term: (not _is_board(term), isinstance(term, terms.AssignAuto))):
        _apply_one(work, ticket, term, changes, detail)
    _propose_priority(work, ticket, changes, wanted)
    if ("priority" in changes or "column_id" in changes) and "rank" not in changes:
        changes["rank"] = moving.rank_for(work, ticket, changes)
    work.alter("ticket", ticket, changes, _kind(changes), **detail)


def _is_board(term: Term) -> bool:
    return isinstance(term, terms.SetField) and term.field == "board"


def _apply_one(work: Work, ticket: Stored, term: Term, changes: dict[str, Any], detail: dict[str, Any]) -> None:
    match term:
        case terms.SetField(field, value):
            _set_field(work, ticket, field, value, changes)
        case terms.AddLabel(name):
            changes[f"label:{label_id(work, name)}"] = True
            check_label_count(work, ticket, changes)
        case terms.RemoveLabel(name):
            row = directory.label_row(work.unit, name)
            if row is not None:
                changes[f"label:{row.id}"] = False
        case terms.MoveTo(column):
            moving.enter(work, ticket, moving.find_column(work, (ticket | changes)["board_id"], column), changes)
        case terms.AddStep(text):
            add_step(work, ticket["id"], text)
        case terms.Say(speech, body, canned):
            conversation.say(work, ticket, speech, body, changes, canned=canned)
        case terms.Watch(person_id):
            changes[f"watcher:{person_id}"] = True
        case terms.Unwatch(person_id):
            changes[f"watcher:{person_id}"] = False
        case terms.LinkTo(relation, number):
            field = link_field(work, ticket, relation, number)
            if not linked_back(work, relation, ticket["id"], number):
                changes[field] = True
        case terms.DuplicateOf(number):
            changes[link_field(work, ticket, Relation.DUPLICATES, number)] = True
            moving.enter(work, ticket, moving.find_column(work, ticket["board_id"], Category.DONE), changes)
        case terms.LogTime(minutes):
            log_time(work, ticket["id"], minutes)
        case terms.Archive():
            changes["archived_at"] = ticket["archived_at"] or work.now
        case terms.Reopen():
            moving.reopen(work, ticket, changes)
        case terms.AssignAuto():
            changes["assignee_id"], detail["reason"] = routing.pick(work, ticket, changes)
        case terms.AssignLead():
            changes["assignee_id"] = routing.lead(work, (ticket | changes)["board_id"])
        case terms.Raise():
            changes["priority"] = min((ticket | changes)["priority"] + 1, int(Priority.CRITICAL))
        case terms.Escalate(there):
            changes["escalated"] = there
        case terms.Notify() | terms.Message() | terms.SayCanned() | terms.NewFrom() | terms.Report():
            raise UsageError("Only rules do that.", "`helpdesk rule --help` tells of them.")


def _set_field(work: Work, ticket: Stored, field: str, value: Any, changes: dict[str, Any]) -> None:
    if field == "board":
        if value != ticket["board_id"]:
            category = work.column(ticket["column_id"]).category
            moving.enter(work, ticket, moving.find_column(work, value, category), changes)
        return
    checked = _CHECKED.get(field)
    if checked is not None:
        value = checked(value)
    if isinstance(value, terms.New):
        value = _made(work, field, value)
    if field == "kind":
        value = _one_of((*work.settings.kinds, ticket["kind"]), "kind")(value)
    if field == "assignee" and value is not None:
        _check_assignable(work, value, (ticket | changes)["board_id"])
    if field == "title":
        changes["folded"] = fold(value)
        work.adds_to(ticket["id"])
    if field == "requester":
        _follow_requester(work, value, changes)
    changes[_COLUMN_OF[field]] = int(value) if isinstance(value, Priority | Level) else value


def _made(work: Work, field: str, new: terms.New) -> int:
    """The person or organization of that name, made for this change. An organization of the name is taken as it is."""
    work.desk.require(Act.CHOOSE_REQUESTER)
    entity = "organization" if field == "organization" else "person"
    name = entry.name(new.name, entity)
    if (entity, name) not in work.named:  # one for all the tickets of a change
        work.named[entity, name] = _person(work, name) if entity == "person" else _organization(work, name)
    return work.named[entity, name]


def _person(work: Work, name: str) -> int:
    values = {"name": name, "folded": fold(name), "role": Role.REQUESTER.value}
    return work.make("person", values, "person", lasting=True, text=name)


def _organization(work: Work, name: str) -> int:
    row = directory.organization_row(work.unit, name)
    if row is None:
        return work.make("organization", {"name": name, "folded": fold(name)}, "organization", lasting=True, text=name)
    if row.removed:
        work.alter("organization", {"id": row.id, "removed": True}, {"removed": False}, "organization")
    return int(row.id)


def _one_of(known: tuple[str, ...], what: str) -> Any:
    def check(value: str) -> str:
        if value and value not in known:
            raise UsageError(f"There is no {what} {value!r}.", f"Known: {', '.join(known)}.")
        return value

    return check


_CHECKED: dict[str, Any] = {
    "title": entry.title,
    "language": _one_of(LANGUAGES, "language"),
    "status": lambda value: Status(value).value,
}


def _check_assignable(work: Work, person_id: int, board_id: int) -> None:
    person = directory.person(work.unit, person_id)
    if person is None:
        raise NotFound("There is no such person.", "`assignee:` takes an agent of this desk.")
    if not person.active:
        raise UsageError(f"{person.short} is no longer active.", "Name somebody who is.")
    if person_id not in work.workers(board_id):
        board = work.board(board_id).name if person.role in {Role.ADMIN, Role.AGENT} else ""
        where = f" on the board {board}" if board else ""
        raise UsageError(f"{person.short} is no agent{where} and cannot be given tickets.", "Name an agent.")


def _follow_requester(work: Work, person_id: int | None, changes: dict[str, Any]) -> None:
    """A ticket belongs to its requester's organization, unless the same change names one."""
    if "organization_id" not in changes:
        changes["organization_id"] = directory.organization_of(work.unit, person_id) if person_id else None


def label_id(work: Work, name: str) -> int:
    """The label of that name; a new one is made, an old one brought back."""
    name = entry.label(name)
    row = directory.label_row(work.unit, name)
    if row is None:
        return work.make("label", {"name": name, "folded": fold(name)}, "label", lasting=True, text=name)
    if row.removed:
        work.alter("label", {"id": row.id, "removed": True}, {"removed": False}, "label")
    return int(row.id)


def check_label_count(work: Work, ticket: Stored, changes: Mapping[str, Any]) -> None:
    """UsageError if a ticket with these changes would carry more labels than one may."""
    held = {f"label:{label}" for label in related.label_ids(work.unit, ticket["id"])}
    put = {field for field, there in changes.items() if field.startswith("label:") and there}
    if put - held and len(held | put) > LABELS_LIMIT:
        raise UsageError(f"A ticket may carry {LABELS_LIMIT} labels.", "Remove some first.")


def add_step(work: Work, ticket_id: int, text: str, checklist: str = "") -> int:
    """Add a step at the end of the checklist of that name."""
    text = entry.step(text)
    rank = between(directory.last_step_rank(work.unit, ticket_id), None)
    values = {"ticket_id": ticket_id, "rank": rank, "text": text, "checklist": checklist}
    return work.make("step", values, "step", ticket_id, text=text)


ONE_WAY = frozenset({Relation.BLOCKS, Relation.PARENT})
"""Relations that make no sense in a ring."""


def link_field(work: Work, ticket: Stored, relation: Relation, number: int) -> str:
    """The field of a ticket that is its link to another. UsageError if the two cannot be linked so."""
    if number == ticket["id"]:
        raise UsageError(f"#{number} cannot be linked to itself.", "Name another ticket.")
    work.ticket(number)
    work.adds_to(ticket["id"])
    work.adds_to(number)
    if relation in ONE_WAY and related.leads_to(work.unit, relation, number, ticket["id"]):
        raise UsageError(
            f"#{ticket['id']} cannot be linked so: going on from #{number} leads back to it.",
            "Take the link the other way round off first.",
        )
    return f"link:{relation.value}:{number}"


def linked_back(work: Work, relation: str, start: int, end: int) -> bool:
    """Whether a link that reads alike from both ends is there already, kept on the other ticket."""
    back = f"link:{Relation.RELATES.value}:{start}"
    return relation == Relation.RELATES.value and records.has_pair(work.unit, end, back)


def log_time(work: Work, ticket_id: int, minutes: int) -> None:
    """Log minutes that the acting person worked. UsageError unless they are from one to a month's."""
    if not 0 < minutes <= 60 * 24 * 31:
        raise UsageError("That is no time to log.", "From a minute to a month, as in `time:25m`.")
    values = {"ticket_id": ticket_id, "person_id": work.desk.actor.id, "minutes": minutes, "at": work.now}
    work.make("time", values, "time", ticket_id, minutes=minutes)


def _propose_priority(work: Work, ticket: Stored, changes: dict[str, Any], wanted: Sequence[Term]) -> None:
    """Impact and urgency propose the priority, unless the same change sets it by hand."""
    by_hand = any(
        isinstance(term, terms.Raise) or (isinstance(term, terms.SetField) and term.field == "priority")
        for term in wanted
    )
    if by_hand or not {"impact", "urgency"} & changes.keys():
        return
    impact, urgency = (changes.get(side, ticket[side]) for side in ("impact", "urgency"))
    if impact in _LEVELS and urgency in _LEVELS:
        changes["priority"] = int(work.settings.proposed_priority(Level(impact), Level(urgency)))


def _kind(changes: dict[str, Any]) -> str:
    """The kind of the event, by the weightiest part of the change."""
    for field, kind in (("column_id", "moved"), ("archived_at", "archived"), ("assignee_id", "assigned")):
        if field in changes:
            return kind
    if changes and all(":" in field for field in changes):
        return next(iter(changes)).split(":")[0] + "s"
    return "changed"
