"""Giving a parsed change its meaning: the terms that the desk applies."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.ticket import LANGUAGES, TEXT_LIMIT, TITLE_LIMIT, Relation, Speech, Status
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import LanguageError
from helpdesk_tui.language import dates, fields, values
from helpdesk_tui.language.asking import Asking
from helpdesk_tui.language.nodes import Value
from helpdesk_tui.language.parts import Change, Do, Give, Part, Put, Take
from helpdesk_tui.language.terms import (
    TOLD,
    AddLabel,
    AddStep,
    Archive,
    AssignAuto,
    AssignLead,
    DuplicateOf,
    Escalate,
    LinkTo,
    LogTime,
    Message,
    MoveTo,
    NewFrom,
    Notify,
    Raise,
    RemoveLabel,
    Reopen,
    Report,
    Say,
    SayCanned,
    SetField,
    Term,
    Unwatch,
    Watch,
)

_CHOICES: dict[str, Mapping[str, object]] = {
    "priority": fields.PRIORITY_WORDS,
    "impact": fields.LEVEL_WORDS,
    "urgency": fields.LEVEL_WORDS,
    "status": {**fields.STATUS_WORDS, **{status.value: status for status in Status if status}},
    "language": {language: language for language in LANGUAGES},
}
_CLEARED: dict[str, object] = {"status": Status.NONE, "kind": "", "language": ""}
_STORED_AS = {"org": "organization"}
_RELATIONS = {"link": Relation.RELATES, "blocks": Relation.BLOCKS, "parent": Relation.PARENT}


def bind_change(change: Change, asking: Asking, *, of_rule: bool = False) -> tuple[Term, ...]:
    """The terms of a change, in the order typed, with every name and date resolved for the person asking, now.

    LanguageError, with its column, for a name nobody has or that several have, a date that does not exist, a value the
    field cannot have, a label both added and removed, a person to watch and not to watch, or what only the change
    `of_rule` may say.
    """
    _refuse_both_ways(change.parts)
    if not of_rule:
        _refuse_for_rules(change.parts)
    bound = tuple(_term(part, asking) for part in change.parts)
    _refuse_watching_both_ways(change.parts, bound)
    return bound


def _refuse_both_ways(parts: tuple[Part, ...]) -> None:
    put = {fold(part.label.text) for part in parts if isinstance(part, Put)}
    for part in parts:
        if isinstance(part, Take) and fold(part.label.text) in put:
            raise LanguageError("A label is both added and removed.", part.label.column, "Keep one of the two.")


def _refuse_for_rules(parts: tuple[Part, ...]) -> None:
    for part in parts:
        action = fields.action(part.name) if isinstance(part, Give) else None
        if isinstance(part, Give) and action is not None and action.for_rules:
            raise LanguageError(f"`{action.name}` is for rules.", part.column, "`helpdesk rule --help` tells of them.")


def _refuse_watching_both_ways(parts: tuple[Part, ...], bound: tuple[Term, ...]) -> None:
    watching = {term.person_id for term in bound if isinstance(term, Watch)}
    for part, term in zip(parts, bound, strict=True):
        if isinstance(term, Unwatch) and term.person_id in watching and isinstance(part, Give):
            raise LanguageError("Somebody is to watch and not to watch.", part.column, "Keep one of the two.")


def _term(part: Part, asking: Asking) -> Term:
    match part:
        case Put(label):
            if not fold(label.text):
                raise LanguageError("A label needs a name.", label.column, "Write for example `+vpn`.")
            return AddLabel(" ".join(label.text.split()))
        case Take(label):
            values.named(label, "label", asking)
            return RemoveLabel(" ".join(label.text.split()))
        case Do("archive"):
            return Archive()
        case Do("escalate" | "calm" as verb):
            return Escalate(verb == "escalate")
        case Do():
            return Reopen()
        case Give(name, value):
            return _set(name, value, asking) if name in _SETTING else _DOING[name](value, asking)


def _set(name: str, value: Value, asking: Asking) -> Term:
    field = _STORED_AS.get(name, name)
    action = fields.action(name)
    word = "" if value.quoted else fold(value.text)
    if word == "none":
        if action and action.clears:
            return SetField(field, _CLEARED.get(name))
        if action and action.takes != "text":
            raise LanguageError(f"A ticket always has a {name}.", value.column, "Say which.")
    if name == "assignee" and word in ("auto", "lead"):
        return AssignAuto() if word == "auto" else AssignLead()
    if name == "priority" and word == "up":
        return Raise()
    return SetField(field, _SETTING[name](name, value, asking))


def _title(_: str, value: Value, __: Asking) -> object:
    return _text(value, TITLE_LIMIT)


def _choice(name: str, value: Value, _: Asking) -> object:
    action = fields.action(name)
    return values.chosen(value, name, _CHOICES[name], action.words if action else ())


def _kind(_: str, value: Value, asking: Asking) -> object:
    return values.kind(value, asking)


def _due(_: str, value: Value, asking: Asking) -> object:
    return dates.deadline(value.text, asking.now, asking.zone, column=value.column)


def _named(name: str, value: Value, asking: Asking) -> object:
    action = fields.action(name)
    return values.one_named(value, action.names if action else "", asking)


def _to(value: Value, asking: Asking) -> Term:
    word = fold(value.text)
    if not value.quoted and word in tuple(Category):
        return MoveTo(Category(word))
    values.named(value, "column", asking)
    return MoveTo(" ".join(value.text.split()))


def _notify(value: Value, asking: Asking) -> Term:
    word = fold(value.text)
    return Notify(word if not value.quoted and word in TOLD else values.one_named(value, "person", asking))


def _report(value: Value, _: Asking) -> Term:
    return Report(values.chosen(value, "report", {"daily": "daily", "file": "file"}, ("daily", "file")))


def _link(name: str) -> Callable[[Value, Asking], Term]:
    return lambda value, _: LinkTo(_RELATIONS[name], _ticket(value))


def _logged(value: Value, _: Asking) -> Term:
    minutes = values.minutes(value, "time")
    if minutes == 0:
        raise LanguageError("No time at all cannot be logged.", value.column, "Write for example `25m`.")
    return LogTime(minutes)


def _ticket(value: Value) -> int:
    number = values.number(value, "ticket")
    if number == 0:
        raise LanguageError("There is no ticket #0.", value.column, "Write for example `#98`.")
    return number


def _text(value: Value, limit: int) -> str:
    text = value.text.strip()
    if not text:
        raise LanguageError("There is no text here.", value.column, "Write something between the quotes.")
    if len(text) > limit:
        raise LanguageError(f"This text has more than {limit:,} characters.", value.column, "Shorten it.")
    return text


_SETTING: dict[str, Callable[[str, Value, Asking], object]] = {
    "title": _title,
    "due": _due,
    "kind": _kind,
    **dict.fromkeys(("priority", "impact", "urgency", "status", "language"), _choice),
    **dict.fromkeys(("assignee", "requester", "org", "board"), _named),
}
_DOING: dict[str, Callable[[Value, Asking], Term]] = {
    "to": _to,
    "check": lambda value, _: AddStep(_text(value, TITLE_LIMIT)),
    "reply": lambda value, _: Say(Speech.REPLY, _text(value, TEXT_LIMIT)),
    "note": lambda value, _: Say(Speech.NOTE, _text(value, TEXT_LIMIT)),
    "watch": lambda value, asking: Watch(values.one_named(value, "person", asking)),
    "unwatch": lambda value, asking: Unwatch(values.one_named(value, "person", asking)),
    **{name: _link(name) for name in _RELATIONS},
    "duplicate": lambda value, _: DuplicateOf(_ticket(value)),
    "time": _logged,
    "notify": _notify,
    "message": lambda value, _: Message(_text(value, TITLE_LIMIT)),
    "canned": lambda value, _: SayCanned(_text(value, TITLE_LIMIT)),
    "new": lambda value, _: NewFrom(_text(value, TITLE_LIMIT)),
    "report": _report,
}
