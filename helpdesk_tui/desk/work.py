"""One undo step in the making: reads, writes and records within one unit of work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property
from typing import Any

from msgspec.structs import replace

from helpdesk_tui.desk import places
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.merged import refuse_merged
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.overtaken import refuse_overtaken
from helpdesk_tui.domain.board import Board, Column
from helpdesk_tui.domain.people import Person
from helpdesk_tui.domain.permissions import ON_BOARDS, Act, may_see
from helpdesk_tui.domain.settings import Settings, settings_from
from helpdesk_tui.errors import HelpdeskError, NeedsYes, NotAllowed, NotFound
from helpdesk_tui.store import cards, derived, directory, happened, history, records, service
from helpdesk_tui.store.history import Fact
from helpdesk_tui.store.records import Stored, as_stored
from helpdesk_tui.store.settings import stored
from helpdesk_tui.store.unit_of_work import Unit

_COUNTED = {"comment", "step", "time", "file"}
_CALLED = {"canned": "canned reply"}
_NOUNS = {"column": "board", "organization": "org", "person": "user"}
"""The verbs that list what is not called as they are."""


class Work:
    """Collects what a verb does. Values are given and kept as stored (see `store.records`)."""

    def __init__(self, desk: Desk, unit: Unit, acts: Iterable[Act] = ()) -> None:
        self.desk = desk
        self.unit = unit
        self.acts = frozenset(acts) & ON_BOARDS
        """What is done to the tickets that this step hands out."""
        self.now: datetime = desk.clock.now()
        self.facts: list[Fact] = []
        self._tickets: dict[int, Stored] = {}
        self._boards: tuple[Board, ...] | None = None
        self._workers: dict[int, dict[int, Person]] = {}
        self._added_to: dict[int, None] = {}
        self.named: dict[tuple[str, str], int] = {}
        """People and organizations that this step has made, by kind and name."""
        self.warnings: list[str] = []
        """What the acting person should know besides."""
        self.because: dict[str, Any] = {}
        """What every event of this step says besides: which rule it follows from."""
        self.loads: dict[int, int] | None = None
        """How many open tickets everybody has, once routing has counted them."""
        self.stirs = False
        """Whether what was committed may set rules off."""

    @property
    def boards(self) -> tuple[Board, ...]:
        """The boards that are there for the acting person, read once. Archived ones are found by their id alone."""
        return tuple(board for board in self._known_boards() if board.archived_at is None)

    def _known_boards(self) -> tuple[Board, ...]:
        if self._boards is None:
            self._boards = directory.boards(self.unit, cards.known_board(self.desk.actor), archived=True)
        return self._boards

    def all_columns(self) -> Iterator[Column]:
        """The columns of all boards that are there for the acting person."""
        for board in self._known_boards():
            yield from board.columns

    @cached_property
    def settings(self) -> Settings:
        """The desk's settings, read once."""
        return settings_from(stored(self.unit))

    def workers(self, board_id: int) -> dict[int, Person]:
        """Who can be given the tickets of a board, by id, read once."""
        if board_id not in self._workers:
            self._workers[board_id] = {one.id: one for one in directory.agents(self.unit, board_id)}
        return self._workers[board_id]

    def column(self, column_id: int) -> Column:
        """A column that exists; NotFound otherwise."""
        for column in self.all_columns():
            if column.id == column_id:
                return column
        raise NotFound("There is no such column.", "It may have been removed; look at the board again.")

    def board(self, board_id: int) -> Board:
        for board in self._known_boards():
            if board.id == board_id:
                return board
        raise NotFound("There is no such board.", "It may have been removed; `helpdesk board list` shows them.")

    def row(self, entity: str, record_id: int, *, even_removed: bool = False) -> Stored:
        """The record of a board, a rule, a person or the like that is there; NotFound otherwise."""
        row = records.fetch(self.unit, entity, record_id)
        if row is None or (row["removed"] and not even_removed):
            raise no_such(entity)
        return row

    def tickets(self, numbers: Iterable[int]) -> list[Stored]:
        """These tickets as they stand now. NotFound alike for one that does not exist and one not to be seen.

        NotAllowed for one on a board where the acting person may not do what this step does.
        """
        wanted = list(dict.fromkeys(numbers))
        self._fetch(wanted)
        for number in wanted:
            row = self._tickets.get(number)
            if row is None or row["removed"] or not self._sees(row):
                raise no_such_ticket(number)
            for act in self.acts:
                self.desk.require(act, row["board_id"])
        return [self._tickets[number] for number in wanted]

    def tickets_of_all(self, numbers: Iterable[int]) -> list[Stored]:
        """These tickets, whoever may see them: for what is done to the whole desk, as taking a label off it."""
        wanted = list(dict.fromkeys(numbers))
        self._fetch(wanted)
        return [self._tickets[number] for number in wanted]

    def _fetch(self, numbers: Iterable[int]) -> None:
        missing = [number for number in numbers if number not in self._tickets]
        self._tickets |= records.fetch_many(self.unit, "ticket", missing)

    def ticket(self, number: int) -> Stored:
        (row,) = self.tickets([number])
        return row

    def sees(self, number: int) -> bool:
        """Whether the ticket is there for the acting person, for what hangs on a ticket and is named by itself."""
        try:
            self.ticket(number)
        except NotFound:
            return False
        return True

    def _sees(self, row: Stored) -> bool:
        return may_see(self.desk.actor, row["board_id"], row["requester_id"], row["organization_id"])

    def make(
        self,
        entity: str,
        values: Mapping[str, Any],
        kind: str,
        ticket: int | None = None,
        *,
        lasting: bool = False,
        **detail: Any,
    ) -> int:
        """Add a record; making it is undone by marking it removed, unless it is `lasting`."""
        record_id = records.add(self.unit, entity, values)
        if entity in _COUNTED and ticket is not None:
            self.adds_to(ticket)
        about = record_id if entity == "ticket" else ticket
        delta: history.Delta = {} if lasting else {"removed": [True, False]}
        self.facts.append(Fact(entity, record_id, kind, about, delta, detail))
        return record_id

    def alter(
        self,
        entity: str,
        current: Stored,
        changes: Mapping[str, Any],
        kind: str,
        ticket: int | None = None,
        **detail: Any,
    ) -> bool:
        """Write what differs from `current` (which is brought up to date) and record it; whether anything did."""
        stored = {name: as_stored(value) for name, value in changes.items()}
        delta = {
            name: [before, value]
            for name, value in stored.items()
            if (before := self._before(entity, current, name)) != value
        }
        if not delta:
            return False
        if self.desk.read_at is not None:
            refuse_overtaken(self.unit, entity, current, delta, self.desk.read_at)
        records.write(self.unit, entity, current["id"], {name: after for name, (_, after) in delta.items()})
        current.update({name: after for name, (_, after) in delta.items() if ":" not in name})
        about = current["id"] if entity == "ticket" else ticket
        self.facts.append(Fact(entity, current["id"], kind, about, delta, detail))
        return True

    def adds_to(self, ticket: int) -> None:
        """This step adds to what a ticket says: Conflict, once it is recorded, if that has become part of another.

        Only then, because the same step may reopen it.
        """
        self._added_to[ticket] = None

    def _before(self, entity: str, current: Stored, field: str) -> Any:
        if ":" in field:
            return records.of_pair(self.unit, entity, current["id"], field)
        return current[field]

    def tell(self, ticket: int, kind: str, /, **detail: Any) -> None:
        """Record what a ticket should know of although nothing of its own changed."""
        self.facts.append(Fact("ticket", ticket, kind, ticket, {}, detail))

    def commit(
        self,
        said: str,
        warnings: Iterable[str] = (),
        *,
        kind: str = "do",
        of: int | None = None,
        along: Sequence[int] = (),
        made: int | None = None,
    ) -> Outcome:
        """Record the step, bring the tickets' derived fields up to date and keep everything.

        `of` is the step that it takes back or does again, `along` are those of rules that are taken back with that.
        """
        if not self.facts:
            return Outcome((), said, (*warnings, *self.warnings))
        if kind == "do" and not self.desk.insists:
            self._ask_before_closing()
        change_set, touched = self.record(said, kind=kind, of=of, along=along)
        if kind == "do" and any("assignee_id" in fact.delta for fact in self.facts):
            from helpdesk_tui.desk import assigning

            self.warnings += assigning.warnings(self)
        if kind == "do":
            self.stirs = happened.stirs(self.unit, self.facts)
        self.unit.commit()
        return Outcome(touched, said, (*warnings, *self.warnings), change_set, made)

    def record(
        self, said: str, *, kind: str = "do", of: int | None = None, along: Sequence[int] = ()
    ) -> tuple[int, tuple[int, ...]]:
        """Write the step into the history and bring derived fields up to date, without committing.

        Returns the change set's id and the numbers of the tickets touched.
        """
        if kind == "do":
            for number in self._added_to:
                refuse_merged(self, self.ticket(number))
            self._tell_linked()
        if self.because:
            self.facts = [replace(fact, detail=fact.detail | self.because) for fact in self.facts]
        change_set, last = history.write_change_set(self.unit, self.desk.actor.id, self.now, said, self.facts, kind, of)
        counted = {number for fact in self.facts if fact.entity in _COUNTED for number in _counted_on(fact)}
        derived.recount(self.unit, counted)
        derived.rewrite_texts(self.unit, {number for fact in self.facts for number in fact.delta.get("ticket_id", ())})
        derived.shelve(
            self.unit, [fact.entity_id for fact in self.facts if "archived_at" in fact.delta and fact.entity == "board"]
        )
        # To tell somebody of a ticket, or to fail to change it, does nothing to it.
        stirred = {fact.ticket_id for fact in self.facts if fact.kind not in {"told", "failed"}}
        last = {number: event for number, event in last.items() if number in stirred}
        derived.touch(self.unit, last, self.desk.actor.id, self.now)
        places.check(self, kind)
        if of is not None:
            history.mark_undone(self.unit, of, change_set if kind == "undo" else None)
        for each in along:
            history.mark_undone(self.unit, each, change_set)
        service.keep_up(self.unit, self.facts, anew=of is not None)
        if any(fact.entity == "rule" for fact in self.facts):
            happened.rules_changed(self.unit)
        return change_set, tuple(last)

    def _ask_before_closing(self) -> None:
        """NeedsYes if a ticket that this step closes waits for one that stays open."""
        closed = [fact.entity_id for fact in self.facts if fact.entity == "ticket" and _closes(fact)]
        if closed:
            from helpdesk_tui.store import related

            waiting = related.open_blockers(self.unit, closed, self.desk.actor)
            if waiting:
                raise _waits(waiting)

    def _tell_linked(self) -> None:
        """Record a link on the ticket at its other end too, so that the history there and open screens know of it."""
        for fact in list(self.facts):
            for field, (_, there) in fact.delta.items():
                if fact.entity == "ticket" and field.startswith("link:"):
                    _, relation, other = field.split(":")
                    self.tell(int(other), "linked", relation=relation, number=fact.entity_id, there=there)

    def forget_boards(self) -> None:
        """Read the boards again next time: this step has changed them."""
        self._boards = None


def _closes(fact: Fact) -> bool:
    before, after = fact.delta.get("closed_at", (None, None))
    return before is None and after is not None


def _waits(waiting: dict[int, list[int]]) -> NeedsYes:
    number, blockers = next(iter(waiting.items()))
    names = ", ".join(f"#{blocker}" for blocker in blockers[:5]) + (" and others" if len(blockers) > 5 else "")
    said = f"#{number} waits for {names}, which {'is' if len(blockers) == 1 else 'are'} still open."
    if len(waiting) > 1:
        said = f"{len(waiting)} of these tickets wait for tickets that are still open: {said}"
    return NeedsYes(said, "Close what it waits for first, or say that you mean it.")


def _counted_on(fact: Fact) -> set[int]:
    """The tickets whose counts a fact changes: of what has gone to another ticket, both."""
    return {number for number in (fact.ticket_id, *fact.delta.get("ticket_id", ())) if number is not None}


@contextmanager
def working(desk: Desk, *acts: Act) -> Iterator[Work]:
    """A `Work` on the desk that does `acts`; whatever is not committed is rolled back. Then rules follow.

    NotAllowed if the acting person is not permitted to do them, also where that changed while the desk was open.
    """
    for act in acts:
        desk.require(act)
    with desk.store.writing() as unit:
        if not desk.actor.by_itself and desk.keep_up(unit):
            raise NotAllowed(
                f"What you may do on this desk has just been changed: you are {desk.actor.role.value} now.",
                "Nothing was done; look again at what you see, and try again.",
            )
        work = Work(desk, unit, acts)
        yield work
    if work.stirs:
        from helpdesk_tui.desk import automation

        # The step is done whatever comes of it: what rules do not get to now, they do with the next one.
        with suppress(HelpdeskError):
            automation.follow(desk)


def no_such_ticket(number: int) -> NotFound:
    """The one answer for a ticket that does not exist and for one that may not be seen."""
    return NotFound(f"There is no ticket #{number}.", "`helpdesk list` shows the tickets you can see.")


def no_such(entity: str) -> NotFound:
    """Nothing of the kind is there, or not any more."""
    noun = _NOUNS.get(entity, entity)
    return NotFound(f"There is no such {_CALLED.get(entity, entity)}.", f"`helpdesk {noun} list` shows what there is.")
