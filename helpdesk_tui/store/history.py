"""The event log: written once, read for history and undo; `news` reads it for live refresh."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import Any

from msgspec import Struct, field
from sqlalchemy import Text, and_, cast, func, select, update

from helpdesk_tui.domain.odd import UNREADABLE
from helpdesk_tui.domain.people import Actor
from helpdesk_tui.domain.ticket_detail import HistoryEntry, PastStep
from helpdesk_tui.store import tables, tables_aside, values
from helpdesk_tui.store.by_itself import rules_actor
from helpdesk_tui.store.plain import Plain
from helpdesk_tui.store.unit_of_work import Unit
from helpdesk_tui.store.wording import Wording, rewritten

_event = tables.core(tables_aside.Event)
_change_set = tables.core(tables_aside.ChangeSet)
_person = tables.core(tables.Person)

Delta = dict[str, list[Any]]


class Fact(Struct, frozen=True):
    """One event before it is written. `delta` maps a field of the entity to [before, after] as stored."""

    entity: str
    entity_id: int
    kind: str
    ticket_id: int | None
    delta: Delta
    detail: dict[str, Any] = field(default_factory=dict)
    at: datetime | None = None


class WrittenChangeSet(Struct, frozen=True):
    """An undo step as the desk remembers it."""

    id: int
    actor_id: int
    summary: str
    kind: str
    of_id: int | None
    undone_by_id: int | None


def write_change_set(
    unit: Unit,
    actor_id: int,
    at: datetime,
    summary: str,
    facts: Sequence[Fact],
    kind: str = "do",
    of: int | None = None,
) -> tuple[int, dict[int, int]]:
    """Record what a verb did. Returns the change set's id and, for each ticket touched, its last event's id."""
    step = {"actor": actor_id, "at": tables.to_stored(at), "summary": summary[:500], "kind": kind, "of": of}
    ((change_set,),) = unit.ask(_ADDING_STEP, **step)
    unit.do_all(
        _ADDING_EVENT,
        [
            {
                "step": change_set,
                "actor": actor_id,
                "ticket": fact.ticket_id,
                "entity": fact.entity,
                "entity_id": fact.entity_id,
                "kind": fact.kind,
                "at": tables.to_stored(fact.at or at),
                "delta": json.dumps(fact.delta),
                "detail": json.dumps(fact.detail),
            }
            for fact in facts
        ],
    )
    # Writers take turns, and the next id is one more than the last: so these are the last ones, in order.
    ((newest,),) = unit.ask(_NEWEST_EVENT)
    first = (newest or 0) - len(facts) + 1
    return int(change_set), {fact.ticket_id: first + place for place, fact in enumerate(facts) if fact.ticket_id}


_ADDING_STEP = Plain(
    "INSERT INTO change_set (actor_id, at, summary, kind, of_id) VALUES (:actor, :at, :summary, :kind, :of) "
    "RETURNING id"
)
_ADDING_EVENT = Plain(
    "INSERT INTO event (change_set_id, actor_id, ticket_id, entity, entity_id, kind, at, delta, detail) "
    "VALUES (:step, :actor, :ticket, :entity, :entity_id, :kind, :at, :delta, :detail)"
)
_NEWEST_EVENT = Plain("SELECT max(id) FROM event")


def facts_of(unit: Unit, change_set: int) -> list[Fact]:
    """What a change set did, in the order it did it."""
    rows = unit.rows(select(_event).where(_event.c.change_set_id == change_set).order_by(_event.c.id))
    return [
        Fact(
            row.entity,
            row.entity_id,
            row.kind,
            row.ticket_id,
            values.delta(row.delta),
            values.detail(row.detail),
            row.at,
        )
        for row in rows
    ]


def latest_to_undo(unit: Unit, actor_id: int) -> WrittenChangeSet | None:
    """The actor's latest step that still stands."""
    return _one(
        unit,
        select(_change_set)
        .where(_change_set.c.actor_id == actor_id, _change_set.c.kind == "do", _change_set.c.undone_by_id.is_(None))
        .order_by(_change_set.c.id.desc())
        .limit(1),
    )


def step(unit: Unit, step_id: int) -> WrittenChangeSet | None:
    """That step, whoever did it and whether it stands or not."""
    return _one(unit, select(_change_set).where(_change_set.c.id == step_id))


def steps_on(unit: Unit, number: int, limit: int) -> list[PastStep]:
    """The latest steps that did something to a ticket and still stand, newest first."""
    there = select(_event.c.id).where(_event.c.change_set_id == _change_set.c.id, _event.c.ticket_id == number)
    rows = unit.rows(
        select(_change_set, _person.c.login, _person.c.name)
        .join(_person, _person.c.id == _change_set.c.actor_id)
        .where(_change_set.c.kind == "do", _change_set.c.undone_by_id.is_(None), there.exists())
        .order_by(_change_set.c.id.desc())
        .limit(limit)
    )
    return [
        PastStep(row.id, row.at or UNREADABLE, values.name(row.login, row.name), values.text(row.summary))
        for row in rows
    ]


def latest_to_redo(unit: Unit, actor_id: int) -> WrittenChangeSet | None:
    """The step the actor took back last, unless they have done something else since."""
    undoing = _change_set.alias()
    step = _one(
        unit,
        select(_change_set)
        .join(undoing, and_(undoing.c.id == _change_set.c.undone_by_id, undoing.c.of_id == _change_set.c.id))
        .where(undoing.c.actor_id == actor_id)
        .order_by(_change_set.c.undone_by_id.desc())
        .limit(1),
    )
    if step is None:
        return None
    newer = select(func.max(_change_set.c.id)).where(_change_set.c.actor_id == actor_id, _change_set.c.kind == "do")
    return step if (unit.scalar(newer) or 0) < (step.undone_by_id or 0) else None


def mark_undone(unit: Unit, change_set: int, by: int | None) -> None:
    """Remember which change set took this one back; None: it stands again."""
    unit.run(update(_change_set).where(_change_set.c.id == change_set).values(undone_by_id=by))


def who_touched(unit: Unit, fact: Fact, after_change_set: int) -> str | None:
    """Who changed the same record last, after that change set; None if nobody did."""
    row = unit.first(
        select(_person.c.login, _person.c.name)
        .join(_event, _event.c.actor_id == _person.c.id)
        .where(
            _event.c.entity == fact.entity,
            _event.c.entity_id == fact.entity_id,
            _event.c.ticket_id.is_(None) if fact.ticket_id is None else _event.c.ticket_id == fact.ticket_id,
            _event.c.change_set_id > after_change_set,
        )
        .order_by(_event.c.id.desc())
        .limit(1)
    )
    return None if row is None else values.name(row.login, row.name)


def followed(unit: Unit, change_set: int) -> list[WrittenChangeSet]:
    """The steps of rules that followed from a step of a person and still stand, the latest first."""
    # By its text: an event that another tool wrote may hold no JSON at all.
    after = cast(_event.c.detail, Text).like(f'%"rule_id": %"after": {change_set}}}')
    here = select(_event.c.id).where(_event.c.change_set_id == _change_set.c.id, after)
    rows = unit.rows(
        select(_change_set)
        .where(_change_set.c.id > change_set, _change_set.c.actor_id.in_(rules_actor()), here.exists())
        .where(_change_set.c.kind == "do", _change_set.c.undone_by_id.is_(None))
        .order_by(_change_set.c.id.desc())
    )
    return [_written(row) for row in rows]


def others_worked_on(
    unit: Unit, ticket_id: int, after_change_set: int, actor_id: int, but: Sequence[int] = ()
) -> str | None:
    """Who else recorded anything on a ticket after that change set, but for those steps."""
    row = unit.first(
        select(_person.c.login, _person.c.name)
        .join(_event, _event.c.actor_id == _person.c.id)
        .where(
            _event.c.ticket_id == ticket_id,
            _event.c.change_set_id > after_change_set,
            _event.c.change_set_id.not_in(but),
            _event.c.actor_id != actor_id,
        )
        .limit(1)
    )
    return None if row is None else values.name(row.login, row.name)


def changed_since(unit: Unit, entity: str, entity_id: int, after: int) -> dict[str, str]:
    """The fields of a record that were changed after that event, each with who did so last."""
    rows = unit.rows(
        select(_event.c.delta, _person.c.login, _person.c.name)
        .outerjoin(_person, _person.c.id == _event.c.actor_id)
        .where(_event.c.id > after, _event.c.entity == entity, _event.c.entity_id == entity_id)
        .order_by(_event.c.id)
    )
    return {field: values.name(row.login, row.name) for row in rows for field in values.delta(row.delta)}


def history_of(
    unit: Unit, number: int, actor: Actor, now: datetime, zone: tzinfo, *, with_notes: bool
) -> Iterator[HistoryEntry]:
    """A ticket's history in words as this person may read it, newest first, its moments as read at `now` in `zone`.

    What a comment said before it was rewritten is there only `with_notes`, since it may have been one.
    """
    rows = unit.rows(
        select(_event, _person.c.login, _person.c.name)
        .outerjoin(_person, _person.c.id == _event.c.actor_id)
        # What was carried along in a merge or a split is told once, by the event of that.
        .where(_event.c.ticket_id == number, _event.c.kind != "carried")
        .order_by(_event.c.id.desc())
    )
    wording = Wording(unit, rows, actor, now, zone)
    for row in rows:
        who = values.name(row.login, row.name)
        texts = rewritten(values.delta(row.delta)) if with_notes or row.entity != "comment" else ("", "")
        yield HistoryEntry(row.id, row.at or UNREADABLE, who, wording.of(row), values.text(row.kind), *texts)


def _one(unit: Unit, statement: Any) -> WrittenChangeSet | None:
    row = unit.first(statement)
    return None if row is None else _written(row)


def _written(row: Any) -> WrittenChangeSet:
    return WrittenChangeSet(
        row.id, row.actor_id, values.text(row.summary), values.text(row.kind), row.of_id, row.undone_by_id
    )
