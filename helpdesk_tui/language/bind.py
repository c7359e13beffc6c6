"""Giving a parsed query its meaning: names become ids, dates become moments, flags the tests they stand for.

What a comparison with a date means: a day, a time to the minute, or a day some time away is a stretch `[start, end)`.

| written | the moment is |
| --- | --- |
| `due:fri` | within that stretch |
| `due<fri` | before its start |
| `due<=fri` | before its end |
| `due>fri` | at its end or later |
| `due>=fri` | at its start or later |

A bare duration is counted from now, ahead for `due`, back for `created updated closed replied`; a sign says it
outright. With `<` and the like it is that very instant: `due<3d` is due less than three days from now, `created>2w`
came in within the last two weeks. With `:` it is the local day, or for hours and minutes the minute, around it.

`age` and `idle` are how long ago `created` and `updated` are, so they grow the other way: `age>3d` came in more than
three days ago, `idle>3bd` has lain still for more than three working days. `sla<1h`: the nearest service level of an
open ticket is less than an hour away, or missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.permissions import Act, may_somewhere
from helpdesk_tui.domain.ticket import LANGUAGES, TITLE_LIMIT, Status
from helpdesk_tui.domain.words import fold, tokens
from helpdesk_tui.errors import LanguageError
from helpdesk_tui.language import dates, fields, values
from helpdesk_tui.language.asking import Asking, Lookup
from helpdesk_tui.language.bound import (
    AllOf,
    Always,
    AnyOf,
    Between,
    Bound,
    Empty,
    HasText,
    Is,
    IsOneOf,
    Opposite,
    RefersTo,
    Test,
    TitleHas,
    Within,
)
from helpdesk_tui.language.fields import Field, Type
from helpdesk_tui.language.nodes import And, Compare, Everything, Flag, Node, Not, Number, Or, Query, Value, Word
from helpdesk_tui.language.suggest import shown

__all__ = ["Asking", "Bound", "Lookup", "bind"]

_WORKING_DAYS = re.compile(r"([0-9]{1,5})bd")
_MOST_WORKING_DAYS = 1000
_LONGEST_CLOSURE = 366
"""Days in a row that are looked over for one on which anybody works."""

_TICK = timedelta(milliseconds=1)
"""The smallest step between two stored moments."""

_MIRRORED = {":": ":", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

_CHOICES = {
    "category": {category.value: category.value for category in Category},
    "status": {
        **{word: status.value for word, status in fields.STATUS_WORDS.items()},
        **{status.value: status.value for status in Status if status},
    },
    "language": {language: language for language in LANGUAGES},
}
_LEVELS = {
    "priority": {word: int(level) for word, level in fields.PRIORITY_WORDS.items()},
    "impact": {word: int(level) for word, level in fields.LEVEL_WORDS.items()},
    "urgency": {word: int(level) for word, level in fields.LEVEL_WORDS.items()},
}
_COUNTED_AS = {"age": "created", "idle": "updated"}


def bind(query: Query, asking: Asking) -> Bound:
    """The query with every name and date resolved for the person asking, now.

    LanguageError, with its column, for a name nobody has, a date that does not exist, or a value the field cannot have.
    """
    sort = tuple(one for one in query.sort if _may_ask(asking, one.field))
    return Bound(_Binder(asking).test(query.node), sort, _mentions_archived(query.node))


def _may_ask(asking: Asking, name: str) -> bool:
    """Whether the person asking may know the field. How long was worked is part of the history."""
    return name != "time" or may_somewhere(asking.me, Act.READ_HISTORY)


def _mentions_archived(node: Node) -> bool:
    match node:
        case And(parts) | Or(parts):
            return any(map(_mentions_archived, parts))
        case Not(part):
            return _mentions_archived(part)
        case Flag("is", "archived") | Number() | Compare("number", ":"):
            return True
    return False


def _any_of(tests: Iterable[Test]) -> Test:
    parts = tuple(dict.fromkeys(tests))
    return parts[0] if len(parts) == 1 else AnyOf(parts)


class _Binder:
    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._now = asking.now

    def test(self, node: Node) -> Test:
        match node:
            case Everything():
                return Always()
            case And(parts):
                return AllOf(tuple(map(self.test, _without_signs(parts))))
            case Or(parts):
                return AnyOf(tuple(map(self.test, parts)))
            case Not(part):
                return Opposite(self.test(part))
            case Word(text, prefix):
                return _text(text, prefix)
            case Number(number):
                return RefersTo("number", frozenset([number]))
            case Flag(verb, name):
                return self._flag(f"{verb}:{name}")
            case Compare():
                return self._compare(node)

    def _compare(self, node: Compare) -> Test:
        field = fields.field(node.field)
        if field is None:
            raise LanguageError(f"There is no field `{shown(node.field)}`.", node.column)
        if not _may_ask(self._asking, field.name):
            return Opposite(Always())
        if field.type is Type.NAME:
            return self._names(field, node)
        return _any_of(self._one(field, node.op, value) for value in node.values)

    def _names(self, field: Field, node: Compare) -> Test:
        """People, labels and the like; what several names stand for is gathered into one test."""
        ids: set[int] = set()
        tests: list[Test] = []
        for value in node.values:
            emptiness = _emptiness(field.name, value)
            if emptiness:
                tests.append(emptiness)
            else:
                ids.update(values.named(value, field.names, self._asking))
        if ids:
            tests.insert(0, RefersTo(field.name, frozenset(ids)))
        return _any_of(tests)

    def _one(self, field: Field, op: str, value: Value) -> Test:
        """One value of any field but those that refer to something by name."""
        empty = self._emptiness(field, op, value)
        if empty:
            return empty
        match field.type:
            case Type.TITLE:
                return _title(value)
            case Type.CHOICE:
                return _choice(field, value, self._asking)
            case Type.LEVEL:
                return _between(field.name, op, values.chosen(value, field.name, _LEVELS[field.name], field.words))
            case Type.COUNT:
                return _between(field.name, op, values.number(value, field.name))
            case Type.MINUTES:
                return _between(field.name, op, values.minutes(value, field.name))
            case Type.CHECKLIST:
                return _checklist(op, value)
            case Type.MOMENT:
                return _within(field.name, op, *self._stretch(value, op, past=field.past))
            case Type.AGE:
                return self._age(field, op, value)
            case Type.SLA:
                return self._sla(op, value)
        return _text(value.text, prefix=False)

    def _emptiness(self, field: Field, op: str, value: Value) -> Test | None:
        """`none` and `any`, for the fields where they ask about the field itself."""
        if field.type in (Type.TEXT, Type.AGE, Type.SLA):
            return None
        name = "steps" if field.type is Type.CHECKLIST else field.name
        found = _emptiness(name, value)
        if found and op != ":":
            raise LanguageError(
                f"`{value.text}` cannot be compared with `{op}`.", value.column, f"Write `{field.name}:{value.text}`."
            )
        return found

    def _age(self, field: Field, op: str, value: Value) -> Test:
        working_days = _WORKING_DAYS.fullmatch(fold(value.text))
        if working_days:
            at = self._working_days_ago(int(working_days[1]), value)
            stretch = dates.day_of(at, self._asking.zone) if op == ":" else (at, at + _TICK)
            return _within(_COUNTED_AS[field.name], _MIRRORED[op], *stretch)
        if dates.duration(value.text) is None:
            raise LanguageError(
                f"`{field.name}` is how long ago, not `{shown(value.text)}`.",
                value.column,
                "Write for example `3d`, or `3bd` for working days.",
            )
        return _within(_COUNTED_AS[field.name], _MIRRORED[op], *self._stretch(value, op, past=True))

    def _working_days_ago(self, days: int, value: Value) -> datetime:
        """The same time of the day so many working days before now."""
        if days > _MOST_WORKING_DAYS:
            raise LanguageError(f"At most {_MOST_WORKING_DAYS} working days are counted.", value.column)
        hours = self._asking.lookup.hours()
        open_on = [bool(spans) for spans in hours.week] if hours else [True] * 5 + [False] * 2
        holidays = hours.holidays if hours else ()
        local = self._now.astimezone(self._asking.zone)
        day = local.date()
        for _ in range(days):
            day -= timedelta(days=1)
            for _ in range(_LONGEST_CLOSURE):
                if open_on[day.weekday()] and day not in holidays:
                    break
                day -= timedelta(days=1)
        return datetime.combine(day, local.timetz()).astimezone(UTC)

    def _sla(self, op: str, value: Value) -> Test:
        state = self._sla_states().get(fold(value.text))
        if state and op == ":":
            return state
        if dates.counted(value.text, past=False) is None:
            raise LanguageError(
                f"`sla` is never `{shown(value.text)}`.", value.column, "Write `sla:risk`, or a time left: `sla<1h`."
            )
        return AllOf((Is("open"), _within("sla_due", op, *self._stretch(value, op, past=False))))

    def _sla_states(self) -> dict[str, Test]:
        ahead = Within("sla_due", self._now, None)
        at_risk = Within("sla_risk", None, self._now + _TICK)
        running = AllOf((Is("open"), Opposite(Empty("sla_due"))))
        return {
            "ok": AllOf((Is("open"), ahead, Opposite(at_risk))),
            "risk": AllOf((Is("open"), ahead, at_risk)),
            "late": AllOf((Is("open"), Within("sla_due", None, self._now))),
            "none": Opposite(running),
            "any": running,
        }

    def _flag(self, flag: str) -> Test:
        is_open = Is("open")
        today = dates.day_of(self._now, self._asking.zone)
        late = AnyOf((Within("due", None, self._now), Within("sla_due", None, self._now)))
        tests: dict[str, Test] = {
            "is:open": is_open,
            "is:done": Opposite(Empty("closed")),
            "is:archived": Is("archived"),
            "is:late": AllOf((is_open, late)),
            "is:due": AllOf((is_open, Within("due", *today))),
            "is:unassigned": Empty("assignee"),
            "is:mine": RefersTo("assignee", frozenset([self._asking.me.id])),
            "is:waiting": IsOneOf("status", frozenset([Status.WAITING.value])),
            "is:blocked": IsOneOf("status", frozenset([Status.BLOCKED.value])),
            "is:review": IsOneOf("status", frozenset([Status.REVIEW.value])),
            "is:rework": IsOneOf("status", frozenset([Status.REWORK.value])),
            "is:escalated": Is("escalated"),
            "is:unread": Is("unread"),
            "is:new": AllOf((is_open, Empty("replied"))),
            "has:checklist": Opposite(Empty("steps")),
            "has:files": Opposite(Empty("files")),
            "has:due": Opposite(Empty("due")),
            "has:reply": Opposite(Empty("replied")),
        }
        return tests[flag]

    def _stretch(self, value: Value, op: str, *, past: bool) -> tuple[datetime, datetime]:
        """The stretch of time that a value names, as the table above has it."""
        try:
            elapsed = dates.counted(value.text, past=past)
            named = dates.moment(value.text, self._now, self._asking.zone, past=past, column=value.column)
            if elapsed is not None and op != ":":
                return named.at, named.at + _TICK
            if named.whole_day or (elapsed and not elapsed % timedelta(days=1)):
                return dates.day_of(named.at, self._asking.zone)
            if elapsed is None and named.at.second:
                return named.at, named.at + timedelta(seconds=1)
            minute = named.at.replace(second=0, microsecond=0)
            return minute, minute + timedelta(minutes=1)
        except OverflowError:
            raise LanguageError(f"`{shown(value.text)}` is out of the calendar.", value.column) from None


def _emptiness(name: str, value: Value) -> Test | None:
    if value.quoted or fold(value.text) not in ("none", "any"):
        return None
    return Empty(name) if fold(value.text) == "none" else Opposite(Empty(name))


def _title(value: Value) -> Test:
    if len(value.text) > TITLE_LIMIT:
        raise LanguageError(f"A title has at most {TITLE_LIMIT} characters.", value.column, "Ask for a part of it.")
    return TitleHas(fold(value.text))


def _choice(field: Field, value: Value, asking: Asking) -> Test:
    if field.name == "kind":
        return IsOneOf(field.name, frozenset([values.kind(value, asking)]))
    if field.names:  # whoever brings tickets in names their source, so there is no fixed list
        return IsOneOf(field.name, frozenset([fold(value.text)]))
    return IsOneOf(field.name, frozenset([values.chosen(value, field.name, _CHOICES[field.name], field.words)]))


def _checklist(op: str, value: Value) -> Test:
    states: dict[str, Test] = {
        "done": AllOf((Opposite(Empty("steps")), Between("steps_open", None, 0))),
        "open": Between("steps_open", 1, None),
    }
    state = states.get(fold(value.text))
    if state and op == ":":
        return state
    return _between("steps", op, values.number(value, "checklist", states))


def _text(text: str, prefix: bool) -> Test:
    """Full text; signs without a letter or digit are in no index, so that they find nothing. No text asks nothing."""
    if tokens(text):
        return HasText(text, prefix)
    return Opposite(Always()) if text.strip() else Always()


def _without_signs(parts: Iterable[Node]) -> list[Node]:
    """The parts but for signs between words: `printer & scanner` asks for both words and for nothing else."""
    parts = list(parts)
    if not any(isinstance(part, Word) and tokens(part.text) for part in parts):
        return parts
    return [part for part in parts if not isinstance(part, Word) or tokens(part.text)]


def _between(name: str, op: str, number: int) -> Between:
    bounds: dict[str, tuple[int | None, int | None]] = {
        ":": (number, number),
        "<": (None, number - 1),
        "<=": (None, number),
        ">": (number + 1, None),
        ">=": (number, None),
    }
    return Between(name, *bounds[op])


def _within(name: str, op: str, start: datetime, end: datetime) -> Within:
    bounds: dict[str, tuple[datetime | None, datetime | None]] = {
        ":": (start, end),
        "<": (None, start),
        "<=": (None, end),
        ">": (end, None),
        ">=": (start, None),
    }
    return Within(name, *bounds[op])
