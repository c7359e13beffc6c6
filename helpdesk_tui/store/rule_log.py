"""What rules did, in words, read from the event log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from itertools import groupby
from typing import Any

from sqlalchemy import Text, cast, select

from helpdesk_tui.domain.odd import UNREADABLE
from helpdesk_tui.domain.people import Actor
from helpdesk_tui.domain.rules import Acted
from helpdesk_tui.store import tables, tables_aside, tables_service, values
from helpdesk_tui.store.by_itself import rules_actor
from helpdesk_tui.store.unit_of_work import Unit
from helpdesk_tui.store.wording import Wording

_event = tables.core(tables_aside.Event)
_change_set = tables.core(tables_aside.ChangeSet)
_ticket = tables.core(tables.Ticket)
_person = tables.core(tables.Person)
_states = tables_service.automation

_EVENTS_EACH = 6
"""Events that one act of a rule has, at most as a rule: so many more are read than acts are wanted."""


def in_words(unit: Unit, change_set: int, actor: Actor, now: datetime, zone: tzinfo) -> str:
    """What one step of a rule did."""
    rows = unit.rows(_selected().where(_event.c.change_set_id == change_set).order_by(_event.c.id))
    return _words(Wording(unit, rows, actor, now, zone), rows)


def log(unit: Unit, actor: Actor, rule_id: int | None, limit: int, now: datetime, zone: tzinfo) -> list[Acted]:
    """What a rule did, or all of them, the latest first."""
    who = unit.scalar(rules_actor())
    statement = _selected().where(_change_set.c.actor_id == who).order_by(_event.c.id.desc())
    if rule_id is not None:  # by its text: an event that another tool wrote may hold no JSON at all
        statement = statement.where(cast(_event.c.detail, Text).like(f'%"rule_id": {rule_id}, %'))
    rows = unit.rows(statement.limit(limit * _EVENTS_EACH))
    wording = Wording(unit, rows, actor, now, zone)
    found = []
    for (change_set, number), group in groupby(rows, lambda row: (row.change_set_id, row.ticket_id)):
        events = list(group)[::-1]
        last = events[-1]
        found.append(
            Acted(
                last.at or UNREADABLE,
                values.text(values.detail(last.detail).get("rule"), ""),
                number,
                values.text(last.title, ""),
                _words(wording, events) + (" (taken back)" if last.undone_by_id is not None else ""),
                any(event.kind == "failed" for event in events),
                change_set,
            )
        )
    return found[:limit]


def _words(wording: Wording, rows: Sequence[Any]) -> str:
    return ", ".join(dict.fromkeys(words for row in rows if (words := wording.plain(row))))


def _selected() -> Any:
    return (
        select(_event, _change_set.c.undone_by_id, _person.c.login, _person.c.name, _ticket.c.title)
        .join(_change_set, _change_set.c.id == _event.c.change_set_id)
        .outerjoin(_person, _person.c.id == _event.c.actor_id)
        .outerjoin(_ticket, _ticket.c.id == _event.c.ticket_id)
    )
