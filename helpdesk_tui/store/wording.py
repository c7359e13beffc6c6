"""What happened, in words: the one place that reads an event's delta to a person.

The names of people, columns and labels are looked up for a whole history at once. A ticket that its reader may not see
is called `another ticket`, and a board that is not there for them, with its columns, `another board`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import select

from helpdesk_tui.domain.odd import MARK, shown
from helpdesk_tui.domain.people import Actor
from helpdesk_tui.domain.permissions import Act, may_everywhere
from helpdesk_tui.domain.related import words_of
from helpdesk_tui.language.dates import said
from helpdesk_tui.store import cards, values
from helpdesk_tui.store.among import one_of
from helpdesk_tui.store.records import table_of
from helpdesk_tui.store.tables import from_stored
from helpdesk_tui.store.unit_of_work import Unit

_PAIRS = {"label": "label", "watcher": "person"}
_PERSON_FIELDS = {"assignee_id", "requester_id", "done_by_id"}
_NAMED_FIELDS = {"column_id": "column", "board_id": "board", "organization_id": "organization"}
_WORDS = {"due_at": "due", "assignee_id": "assignee", "requester_id": "requester", "organization_id": "organization"}
_SILENT = {"rank", "closed_at", "folded", "board_id", "gone", "done_at", "done_by_id", "edited_at"}
_OF_TWO = {"linked", "merged", "split"}
_LONG = {"description", "body"}
_ELSEWHERE = {"board": "another board", "column": "another board"}
"""What is called so where it belongs to a board that is not there for the reader."""


class Wording:
    """Reads the events of one history; `of` gives the words that follow the name of who did it."""

    def __init__(self, unit: Unit, rows: Sequence[Any], actor: Actor, now: datetime, zone: tzinfo) -> None:
        self._now = now
        self._zone = zone
        self._who = ""
        self._hidden = _hidden(unit, rows, actor)
        ids: dict[str, set[int]] = {
            "person": set(),
            "column": set(),
            "board": set(),
            "label": set(),
            "organization": set(),
        }
        for row in rows:
            _gather(values.delta(row.delta), ids)
            if row.kind in {"mentioned", "told"}:
                ids["person"].add(values.whole(row.entity_id))
        self._names = {kind: _names(unit, kind, wanted, actor) for kind, wanted in ids.items()}

    def of(self, row: Any) -> str:
        """What one event says after the name of who did it, and by which rule."""
        rule = values.detail(row.detail).get("rule")
        return f"{self.plain(row)} (by rule “{rule}”)" if rule else self.plain(row)

    def plain(self, row: Any) -> str:
        """The same where it is known which rule it was."""
        self._who = values.name(row.login, row.name)
        detail = values.detail(row.detail)
        if row.kind == "mentioned":
            return f"named {self._name('person', row.entity_id)}"
        if row.kind == "told":
            return f"told {self._name('person', row.entity_id)}: {detail.get('text', '')}"
        if row.kind == "failed":
            return f"could not act: {detail.get('text', '')}"
        what = self._what(values.text(row.kind), values.delta(row.delta), detail)
        if reason := detail.get("reason"):
            what = f"{what}: {reason}"
        because = detail.get("undo")
        return f"{what} ({because})" if because else what

    def _what(self, kind: str, delta: dict[str, list[Any]], detail: dict[str, Any]) -> str:
        if "removed" in delta:
            return self._made_or_taken(kind, delta, detail)
        if kind in _OF_TWO and not delta:
            return self._between(kind, detail)
        if kind in {"replied", "noted"}:
            return "replied" if kind == "replied" else "wrote a note"
        if kind == "ticked" and "done" in delta:
            verb = "ticked" if delta["done"][1] else "unticked"
            return f"{verb} “{detail.get('text', '')}”"
        parts = [part for field, (before, after) in delta.items() if (part := self._part(field, before, after))]
        if kind == "imported" and "note" in detail:
            return f"{detail['note']}: {', '.join(parts)}" if parts else str(detail["note"])
        if not parts and "rank" in delta:
            return "changed the place in the order"
        return ", ".join(parts) or kind

    def _made_or_taken(self, kind: str, delta: dict[str, list[Any]], detail: dict[str, Any]) -> str:
        what = {
            "created": "the ticket",
            "replied": "a reply",
            "noted": "a note",
            "step": f"the step “{detail.get('text', '')}”",
            "time": f"{detail.get('minutes', 0)} min of work",
            "attached": f"the file “{detail.get('name', '')}”",
        }.get(kind, kind)
        if delta["removed"][1]:
            return f"removed {what}"
        if kind == "attached":
            return f"attached “{detail.get('name', '')}”"
        said = {"created": "created the ticket", "replied": "replied", "noted": "wrote a note"}
        made = said.get(kind, f"added {what}")
        if kind == "created" and (template := detail.get("template")):
            return f"{made} from the template “{template}”"
        return f"{made} with “{canned}”" if kind == "replied" and (canned := detail.get("canned")) else made

    def _part(self, field: str, before: Any, after: Any) -> str:
        if field in _SILENT:
            return ""
        pair, *rest = field.split(":")
        if pair == "label" and rest:
            return f"{'+' if after else '-'}{self._name('label', _number(rest[0]))}"
        if pair == "watcher" and rest:
            name = self._name("person", _number(rest[0]))
            if name == self._who:
                return "watches it" if after else "stopped watching"
            return f"{'made' if after else 'stopped'} {name} {'watch it' if after else 'watching'}"
        if pair == "link" and len(rest) == 2:
            return _linked(words_of(rest[0], backwards=False), self._ticket(_number(rest[1])), bool(after))
        if field == "merged_into_id":
            return f"merged it into {self._ticket(after)}" if after else f"no longer part of {self._ticket(before)}"
        if field == "escalated":
            return "escalated" if after else "no longer escalated"
        if field == "archived_at":
            return "archived" if after else "brought back from the archive"
        if field in _LONG:
            return f"rewrote the {'text' if field == 'body' else field}"
        word = _WORDS.get(field, field.removesuffix("_id").replace("_", " "))
        if field == "column_id":
            return f"moved {self._value(field, before)} → {self._value(field, after)}"
        return f"{word} {self._value(field, before)} → {self._value(field, after)}"

    def _value(self, field: str, value: Any) -> str:
        if value is None or value == "":
            return "none"
        if field in _PERSON_FIELDS:
            return self._name("person", value)
        if field in _NAMED_FIELDS:
            return self._name(_NAMED_FIELDS[field], value)
        if isinstance(value, list | dict):
            return shown(value)
        if field == "priority":
            return values.priority(value).word
        if field in {"impact", "urgency"} and (level := values.level(value)) is not None:
            return level.word
        if field.endswith("_at"):
            return said(from_stored(value), self._now, self._zone)
        return str(value)

    def _name(self, kind: str, record_id: Any) -> str:
        return self._names[kind].get(record_id, MARK) if isinstance(record_id, int) else MARK

    def _ticket(self, number: Any) -> str:
        return "another ticket" if number in self._hidden else f"#{number}"

    def _between(self, kind: str, detail: dict[str, Any]) -> str:
        """What happened between a ticket and another, as it reads on the one where nothing else changed."""
        number = detail.get("number")
        if kind == "linked":
            words = words_of(str(detail.get("relation")), backwards=True)
            return _linked(words, self._ticket(number), bool(detail.get("there")))
        verb = {"merged": "merged in", "split": "split off"}[kind]
        title = "" if number in self._hidden else f" “{detail.get('title', '')}”"
        return f"{verb} {self._ticket(number)}{title}"


def _linked(words: str, ticket: str, there: bool) -> str:
    return f"{'linked' if there else 'unlinked'}: {words} {ticket}"


def _hidden(unit: Unit, rows: Sequence[Any], actor: Actor) -> frozenset[int]:
    """The tickets named in these events that are not there for this person."""
    if may_everywhere(actor, Act.SEE_ALL_TICKETS):
        return frozenset()
    named: set[Any] = set()
    for row in rows:
        delta = values.delta(row.delta)
        named |= {_number(field.rpartition(":")[2]) for field in delta if field.startswith("link:")}
        named.update(delta.get("merged_into_id", ()))
        named.add(values.detail(row.detail).get("number"))
    numbers = {number for number in named if isinstance(number, int)}
    ticket = table_of("ticket")
    there = select(ticket.c.id).where(one_of(ticket.c.id, numbers), cards.visible(actor))
    return frozenset(numbers - set(unit.scalars(there))) if numbers else frozenset()


def rewritten(delta: dict[str, list[Any]]) -> tuple[str, str]:
    """The long text that an event rewrote, before and after; two empty ones where it rewrote none."""
    before, after = next((delta[field] for field in _LONG if field in delta), ("", ""))
    return values.text(before, ""), values.text(after, "")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _gather(delta: dict[str, list[Any]], ids: dict[str, set[int]]) -> None:
    for field, sides in delta.items():
        pair, _, number = field.partition(":")
        if pair in _PAIRS:
            named: Iterable[Any] = [_number(number)]
        elif field in _PERSON_FIELDS or field in _NAMED_FIELDS:
            named = sides
        else:
            continue
        ids[_PAIRS.get(pair) or _NAMED_FIELDS.get(field, "person")].update(one for one in named if isinstance(one, int))


def _names(unit: Unit, kind: str, wanted: set[int], actor: Actor) -> dict[int, str]:
    table = table_of(kind)
    if not wanted:
        return {}
    if kind == "person":
        rows = unit.rows(select(table.c.id, table.c.login, table.c.name).where(one_of(table.c.id, wanted)))
        return {row.id: values.name(row.login, row.name) for row in rows}
    rows = unit.rows(select(table.c.id, table.c.name).where(one_of(table.c.id, wanted)))
    names = {row.id: values.text(row.name) for row in rows}
    if kind not in _ELSEWHERE or may_everywhere(actor, Act.SEE_ALL_TICKETS):
        return names
    board = table_of("board")
    known = select(board.c.id).where(cards.known_board(actor))
    own = table.c.board_id if kind == "column" else table.c.id
    there = set(unit.scalars(select(table.c.id).where(one_of(table.c.id, wanted), own.in_(known))))
    return {number: name if number in there else _ELSEWHERE[kind] for number, name in names.items()}
