"""What happened to tickets, as rules are set off by it: step by step, each once, whoever's program looks.

How far that has come is a row of `automation`, which is there while any rule waits for something to happen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from msgspec import Struct, field
from sqlalchemy import delete, func, insert, select

from helpdesk_tui.domain.rules import When
from helpdesk_tui.store import rules, tables, tables_aside, tables_service, values
from helpdesk_tui.store.among import listed
from helpdesk_tui.store.history import Fact
from helpdesk_tui.store.plain import Plain
from helpdesk_tui.store.unit_of_work import Unit

_event = tables.core(tables_aside.Event)
_change_set = tables.core(tables_aside.ChangeSet)
_states = tables_service.automation

_EVENTS = "events"
_NO_CHANGE = ("rank", "folded", "watcher:")
"""What of a ticket may change without anything of it having changed, as people see it."""


class Step(Struct):
    """One step: what happened in it to which tickets. `rule_id` and `depth` say which rule did it, the how-manieth in
    a chain of rules; 0 for what people do. `root` is the step of a person that all that follows from."""

    last_event: int
    root: int = 0
    happened: dict[int, set[When]] = field(default_factory=dict)
    rule_id: int = 0
    depth: int = 0


@contextmanager
def apart(unit: Unit) -> Iterator[None]:
    """What is written within is taken back if it raises, and the rest of the transaction stays."""
    inner = unit.connection.begin_nested()
    try:
        yield
    except BaseException:
        if inner.is_active:
            inner.rollback()
        raise
    inner.commit()


def stirs(unit: Unit, facts: Sequence[Fact]) -> bool:
    """Whether a step that was just recorded may set rules off. If none waited before, they do so from it on.

    A step that none of them waits for is over with this, so that it costs no transaction more.
    """
    waiting = rules.waited_for(unit)
    if not waiting:
        return False
    known, last = upto(unit), last_event(unit)
    before = last - len(facts)  # since writers take turns
    if known is None:
        _begin(unit, before)
    if known is None or known == before:
        step = Step(last)
        _tell(unit, step, facts)
        if all(waiting.isdisjoint(moments) for moments in step.happened.values()):
            note_upto(unit, last)
            return False
    return True


def rules_changed(unit: Unit) -> None:
    """Rules were written or switched: what happens from now on counts, if any waits for it."""
    if not rules.waited_for(unit):
        unit.run(delete(_states).where(_states.c.name == _EVENTS))
    elif upto(unit) is None:
        _begin(unit, last_event(unit))


def last_event(unit: Unit) -> int:
    """The newest event."""
    ((newest,),) = unit.ask(_NEWEST)
    return values.whole(newest)


def _begin(unit: Unit, at: int) -> None:
    unit.run(insert(_states), [{"name": _EVENTS, "upto": at, "holder": "", "until": None}])


def upto(unit: Unit) -> int | None:
    """The last event that rules have looked at; None while none waits for anything."""
    found = unit.ask(_UPTO)
    return found[0][0] if found else None


def note_upto(unit: Unit, event_id: int) -> None:
    """Rules have looked at everything up to that event."""
    unit.do(_NOTING, seen=event_id)


_NEWEST = Plain("SELECT max(id) FROM event")
_UPTO = Plain(f"SELECT upto FROM automation WHERE name = '{_EVENTS}'")
_NOTING = Plain(f"UPDATE automation SET upto = :seen WHERE name = '{_EVENTS}'")


def next_step(unit: Unit, after: int) -> Step | None:
    """The first step after an event; None if there is none. Imports and what was undone or done again tell nothing."""
    row = unit.first(
        select(_event.c.change_set_id, _change_set.c.kind, _change_set.c.undone_by_id)
        .join(_change_set, _change_set.c.id == _event.c.change_set_id)
        .where(_event.c.id > after)
        .order_by(_event.c.id)
        .limit(1)
    )
    if row is None:
        return None
    of_step = _event.c.change_set_id == row.change_set_id
    step = Step(values.whole(unit.scalar(select(func.max(_event.c.id)).where(of_step))), row.change_set_id)
    if row.kind == "do" and row.undone_by_id is None:
        _tell(unit, step, unit.rows(select(_event).where(of_step).order_by(_event.c.id)))
    return step


def _tell(unit: Unit, step: Step, rows: Any) -> None:
    said = [row.entity_id for row in rows if row.entity == "comment" and _is_made(row)]
    by_team = _by_team(unit, said)
    for row in rows:
        detail = values.detail(row.detail)
        if "rule_id" in detail:
            step.rule_id, step.depth = values.whole(detail["rule_id"]), values.whole(detail.get("depth"))
            step.root = values.whole(detail.get("after"))
        if row.ticket_id is not None:
            happened = step.happened.setdefault(row.ticket_id, set())
            happened.update(_of_ticket(row) if row.entity == "ticket" else _of_part(row, by_team, bool(step.rule_id)))
    for happened in step.happened.values():
        if When.CREATED in happened:  # what it was created with is no change
            happened &= {When.CREATED, When.ASSIGNED, When.REPLIED, When.ANSWERED, When.NOTED}


def _by_team(unit: Unit, comments: Sequence[int]) -> dict[int, bool]:
    """Whether each of these was the team's word: what whoever asked says on their own ticket never is."""
    if not comments:
        return {}
    rows = unit.ask(_BY_TEAM, ids=listed(comments))
    return {comment: bool(by_team) and not own for comment, by_team, own in rows}


_BY_TEAM = Plain(
    "SELECT comment.id, by_team, requester_id IS NOT NULL AND requester_id = author_id "
    "FROM comment JOIN ticket ON ticket.id = comment.ticket_id WHERE comment.id IN [ids]"
)


def _is_made(row: Any) -> bool:
    return values.delta(row.delta).get("removed") == [True, False]


def _of_ticket(row: Any) -> Iterator[When]:
    delta = values.delta(row.delta)
    if row.entity_id != row.ticket_id or "removed" in delta:
        if row.kind == "created" and _is_made(row):
            yield When.CREATED
        return
    if any(not name.startswith(_NO_CHANGE) for name in delta):
        yield When.CHANGED
    yield from (moment for moment, name in _BY_FIELD.items() if name in delta)
    before, after = delta.get("closed_at", (None, None))
    if before is None and after is not None:
        yield When.CLOSED
    if (before is not None and after is None) or delta.get("archived_at", (None, True))[1] is None:
        yield When.REOPENED
    if delta.get("assignee_id", (None, None))[1] is not None:
        yield When.ASSIGNED
    if any(name.startswith("label:") and sides[1] for name, sides in delta.items()):
        yield When.LABELLED


_BY_FIELD = {When.MOVED: "column_id", When.PRIORITIZED: "priority", When.RATED: "rating"}


def _of_part(row: Any, by_team: Mapping[int, Any], by_rule: bool) -> Iterator[When]:
    if row.kind == "ticked":
        yield When.TICKED
    if row.entity == "comment" and _is_made(row):
        if row.kind == "replied":
            yield When.REPLIED
            if not by_rule and not by_team.get(row.entity_id):
                yield When.ANSWERED
        elif row.kind == "noted":
            yield When.NOTED
