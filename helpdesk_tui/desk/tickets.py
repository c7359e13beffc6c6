"""Making, finding, opening and changing tickets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from helpdesk_tui.desk import applying, moving
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.finding import count as count
from helpdesk_tui.desk.finding import find as find
from helpdesk_tui.desk.finding import numbers as numbers
from helpdesk_tui.desk.finding import pages as pages
from helpdesk_tui.desk.merged import refuse_merged
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.saying import in_words, subject
from helpdesk_tui.desk.work import Work, no_such_ticket, working
from helpdesk_tui.domain import entry
from helpdesk_tui.domain.board import Board, Category, Column
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.rank import between
from helpdesk_tui.domain.ticket import Level, Priority
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import Conflict, UsageError
from helpdesk_tui.language import dates, terms
from helpdesk_tui.language.bind_change import bind_change
from helpdesk_tui.language.changes import parse_change
from helpdesk_tui.language.terms import Term
from helpdesk_tui.store import cards, clocks, directory, membership, records, seen
from helpdesk_tui.store.records import Stored

if TYPE_CHECKING:
    from helpdesk_tui.domain.ticket_detail import TicketDetail

MANY = 10_000
"""Tickets one change may touch: more is hardly meant, and would hold everybody else up."""


class NewTicket(Struct, frozen=True):
    """What a new ticket is made of; what is left out takes its default. Ids of people are those of this desk."""

    title: str
    description: str = ""
    board_id: int | None = None
    column_id: int | None = None
    priority: Priority | None = None
    impact: Level | None = None
    urgency: Level | None = None
    kind: str = ""
    language: str = ""
    due: datetime | None = None
    requester_id: int | None = None
    organization_id: int | None = None
    assignee_id: int | None = None
    labels: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    source: str = ""
    template: str = ""
    """The name of the template it is made from: the history says so."""


def create(desk: Desk, new: NewTicket, more: Sequence[Term] = ()) -> Outcome:
    """Make a ticket at the end of its priority in To Do, and apply `more` to it in the same step.

    A requester makes tickets of their own and says only what is wrong.
    """
    wanted = [*_as_terms(new), *more]
    with working(desk, Act.CREATE, *acts_of(wanted)) as work:
        ticket = work.ticket(insert(work, new))
        applying.apply(work, ticket, wanted)
        outcome = work.commit(f"#{ticket['id']} {ticket['title']}", made=ticket["id"])
    if desk.may(Act.READ_NOTES, ticket["board_id"]):
        return outcome
    return replace(outcome, said=outcome.said + _expected(desk, ticket["id"]))


def _expected(desk: Desk, number: int) -> str:
    """By when whoever asked can expect an answer, if that is promised."""
    with desk.store.reading() as unit:
        awaited = clocks.promised(unit, number).expected
    if awaited is None or awaited.due is None:
        return ""
    return f": an answer by {dates.said(awaited.due, desk.clock.now(), desk.zone)}"


def insert(work: Work, new: NewTicket) -> int:
    """Add the bare ticket within a step: its texts and where it lands. The rest comes as changes."""
    title = entry.title(new.title)
    column = _landing(work, new)
    actor, board = work.desk.actor, column.board_id
    requester = new.requester_id if work.desk.may(Act.CHOOSE_REQUESTER, board) else actor.id
    priority = int(Priority.NORMAL)
    detail: dict[str, Any] = {"template": new.template} if new.template else {}
    return work.make(
        "ticket",
        {
            "board_id": column.board_id,
            "column_id": column.id,
            "rank": between(directory.edge_rank(work.unit, column.id, priority, last=True), None),
            "title": title,
            "folded": fold(title),
            "description": entry.long_text(new.description, "description"),
            "priority": priority,
            "requester_id": requester,
            "organization_id": directory.organization_of(work.unit, requester) if requester else None,
            "source": new.source or work.desk.source,
            "created_at": work.now,
            "updated_at": work.now,
            "closed_at": work.now if column.category is Category.DONE else None,
        },
        "created",
        title=title,
        column=column.id,
        **detail,
    )


def _landing(work: Work, new: NewTicket) -> Column:
    """Where a new ticket begins: for those who move cards there, on the column they say."""
    chosen = work.column(new.column_id) if new.column_id is not None and work.desk.may(Act.MOVE) else None
    if chosen is not None and not work.desk.may(Act.MOVE, chosen.board_id):
        chosen = None
    board_id = new.board_id if chosen is None else chosen.board_id
    if not work.boards and work.desk.may(Act.MANAGE_BOARDS):
        raise UsageError("This desk has no board.", "Make one: `helpdesk board add NAME`.")
    if board_id is None and not any(_takes_in(work, board) for board in work.boards):
        raise UsageError(
            "This desk takes no new tickets from you: only members work on its boards.", "Ask an admin of the desk."
        )
    board = _usual(work) if board_id is None else work.board(board_id)
    work.desk.require(Act.CREATE, board.id)
    if board.archived_at is not None or not _takes_in(work, board):
        raise UsageError(f"The board {board.name} takes no new tickets from you.", "Choose another board.")
    column = chosen or board.first(Category.TODO) or next(iter(board.columns), None)
    if column is None:
        raise UsageError(f"The board {board.name} has no columns.", "Add one: `helpdesk board column add`.")
    return column


def _usual(work: Work) -> Board:
    """Where a new ticket goes if nothing is said: the first board that takes tickets from the acting person."""
    fit = (board for board in work.boards if work.desk.may(Act.CREATE, board.id) and _takes_in(work, board))
    return next(fit, work.boards[0])


def _takes_in(work: Work, board: Board) -> bool:
    """Whether a board is for the acting person too, where only members work."""
    if not board.members_only or work.desk.may(Act.SEE_ALL_TICKETS, board.id):
        return True
    return membership.is_member(work.unit, board.id, work.desk.actor.id)


def _as_terms(new: NewTicket) -> list[Term]:
    """The fields of a new ticket that are set as changes set them, with the same checks."""
    fields = {
        "priority": new.priority,
        "impact": new.impact,
        "urgency": new.urgency,
        "kind": new.kind,
        "language": new.language,
        "due": new.due,
        "organization": new.organization_id,
        "assignee": new.assignee_id,
    }
    wanted: list[Term] = [terms.SetField(name, value) for name, value in fields.items() if value]
    wanted += [terms.AddLabel(name) for name in new.labels]
    wanted += [terms.AddStep(text) for text in new.steps]
    return wanted


def change(desk: Desk, numbers: Sequence[int], wanted: Sequence[Term]) -> Outcome:
    """Apply the same terms to each of the tickets: one undo step, all or nothing.

    NotFound if one of them does not exist for this person, NotAllowed if one term is not theirs to use.
    """
    chosen = list(dict.fromkeys(numbers))
    if not chosen or not wanted:
        raise UsageError("There is nothing to change.", "Name at least one ticket and one change.")
    if len(chosen) > MANY:
        raise UsageError(
            f"That would change {len(chosen):,} tickets at once; {MANY:,} is the limit.", "Narrow it down."
        )
    with working(desk, *acts_of(wanted)) as work:
        tickets = work.tickets(chosen)
        for ticket in tickets:
            applying.apply(work, ticket, wanted)
        if not work.facts:
            return Outcome((), f"{subject(chosen)}: nothing to change")
        said = f"{subject(chosen)}: {in_words(work, wanted)}"
        return work.commit(said, _over_limit(work, tickets, wanted))


def change_text(desk: Desk, numbers: Sequence[int], text: str) -> Outcome:
    """`change` with the change as typed. LanguageError if it is not one."""
    return change(desk, numbers, bind_change(parse_change(text), desk.asking()))


def watch(desk: Desk, numbers: Sequence[int]) -> Outcome:
    """Have the acting person watch tickets or, if they watch all of these already, stop watching them."""
    me = desk.actor.id
    with working(desk, Act.WATCH) as work:
        tickets = work.tickets(numbers)
        watched = all(records.has_pair(work.unit, ticket["id"], f"watcher:{me}") for ticket in tickets)
        wanted = [terms.Unwatch(me) if watched else terms.Watch(me)]
        for ticket in tickets:
            applying.apply(work, ticket, wanted)
        return work.commit(f"{subject(numbers)}: {in_words(work, wanted)}")


def move(desk: Desk, numbers: Sequence[int], column_id: int) -> Outcome:
    """Move tickets to a column, of their board or another."""
    with working(desk, Act.MOVE) as work:
        column = work.column(column_id)
        tickets = work.tickets(numbers)
        for ticket in tickets:
            moving.place(work, ticket, column)
        if not work.facts:
            return Outcome((), f"{subject(numbers)}: already in {column.name}")
        return work.commit(f"{subject(numbers)} → {column.name}", over(work, {column.id}))


def shift(desk: Desk, numbers: Sequence[int], by: int) -> Outcome:
    """Move tickets so many columns to the right (left if negative) of where each stands now."""
    with working(desk, Act.MOVE) as work:
        tickets = work.tickets(numbers)
        entered: dict[int, Column] = {}
        for ticket in tickets:
            # By its column: another tool may have put it on one of a board that the ticket does not name.
            columns = work.board(work.column(ticket["column_id"]).board_id).columns
            here = [column.id for column in columns].index(ticket["column_id"])
            target = columns[max(0, min(here + by, len(columns) - 1))]
            moving.place(work, ticket, target)
            if target.id != columns[here].id:
                entered[target.id] = target
        if not work.facts:
            return Outcome((), f"{subject(numbers)}: no column further {'left' if by < 0 else 'right'}")
        names = ", ".join(column.name for column in entered.values())
        return work.commit(f"{subject(numbers)} → {names}", over(work, set(entered)))


def edit(
    desk: Desk, number: int, *, title: str | None = None, description: str | None = None, base_version: int
) -> Outcome:
    """Rewrite a ticket's texts as they were read at `base_version`.

    Conflict if somebody rewrote the same text since: the caller shows both. Other fields may have changed freely.
    """
    with working(desk, Act.EDIT) as work:
        ticket = work.ticket(number)
        refuse_merged(work, ticket)
        changes: dict[str, str] = {}
        if title is not None:
            changes |= {"title": entry.title(title), "folded": fold(entry.title(title))}
        if description is not None:
            changes["description"] = entry.long_text(description, "description")
        if ticket["version"] != base_version:
            _refuse_overwriting(work, ticket, changes, base_version)
        work.alter("ticket", ticket, changes, "changed")
        return work.commit(
            f"#{number}: {' and '.join(name for name in changes if name != 'folded') or 'nothing'} rewritten"
        )


def _refuse_overwriting(work: Work, ticket: Stored, changes: dict[str, str], base_version: int) -> None:
    from helpdesk_tui.store import details

    since = details.texts_changed_since(work.unit, ticket["id"], base_version, ticket["version"])
    for field in (changes.keys() & since.keys()) - {"folded"}:
        if changes[field] != ticket[field]:
            raise Conflict(
                f"The {field} of #{ticket['id']} was rewritten by {since[field]} meanwhile.",
                "Compare both and keep what is right; nothing was overwritten.",
            )


def open_ticket(desk: Desk, number: int, *, with_history: bool = True) -> TicketDetail:
    """Everything about one ticket, or all but its history. NotFound alike if it does not exist or may not be seen."""
    # Whoever makes or changes a ticket shows none.
    from helpdesk_tui.store import details, presence

    now = desk.clock.now()
    with desk.store.reading() as unit:
        found = details.detail(unit, number, desk.actor, now, desk.zone, with_history=with_history)
        if found is None:
            raise no_such_ticket(number)
        here = presence.others(unit, desk.actor, now, number)
    return replace(found, here=here.get(number, ()))


def mark_seen(desk: Desk, number: int) -> None:
    """Note that the acting person has seen everything on the ticket so far, if anything can be noted on the desk."""
    if desk.read_only:
        return
    with desk.store.reading() as unit:
        if not seen.is_news(unit, desk.actor, number):
            return
    with desk.store.writing() as unit:
        seen.mark(unit, desk.actor.id, number)
        unit.commit()


def acts_of(wanted: Iterable[Term]) -> set[Act]:
    """What these terms do."""
    return {applying.act_for(term) for term in wanted}


def _over_limit(work: Work, tickets: Sequence[Stored], wanted: Sequence[Term]) -> tuple[str, ...]:
    if not any(applying.act_for(term) in {Act.MOVE, Act.REOPEN} for term in wanted):
        return ()
    return over(work, {ticket["column_id"] for ticket in tickets})


def over(work: Work, columns: set[int]) -> tuple[str, ...]:
    """A warning for each of the columns that now holds more than its limit, for those who see all of it."""
    warnings: list[str] = []
    for column_id in columns:
        column = work.column(column_id)
        if column.limit is not None and work.desk.may(Act.SEE_ALL_TICKETS, column.board_id):
            held = cards.held(work.unit, column_id)
            if held > column.limit:
                warnings.append(f"{column.name} is over its limit ({held}/{column.limit}).")
    return tuple(warnings)
