"""Reading single values, for both languages: words from a short list, numbers, durations, and names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import LanguageError
from helpdesk_tui.language import dates
from helpdesk_tui.language.asking import SUGGESTIONS, Asking, Lookup
from helpdesk_tui.language.nodes import Value
from helpdesk_tui.language.suggest import did_you_mean, shown

NUMBER_DIGITS = 18
"""More digits than this do not fit into a stored number."""

LONGEST_MINUTES = 10**6
"""Nobody logs more work than this at once, nor asks for it: close to two years."""

T = TypeVar("T")


def chosen(value: Value, field: str, choices: Mapping[str, T], offered: Iterable[str]) -> T:
    """The choice of that name, compared folded; `offered` are the words to suggest where there is none."""
    word = fold(value.text).replace("-", " ")
    found = choices.get(word)
    if found is None:
        hint = did_you_mean(value.text, offered)
        raise LanguageError(f"`{field}` is never `{shown(value.text)}`.", value.column, hint)
    return found


def number(value: Value, field: str, also: Iterable[str] = ()) -> int:
    """A whole number, written in the digits of any script."""
    digits = value.text.removeprefix("#")
    if not digits.isdecimal():
        words = "".join(f", or `{word}`" for word in also)
        raise LanguageError(
            f"`{field}` is a number, not `{shown(value.text)}`.", value.column, f"Write for example `3`{words}."
        )
    if len(digits) > NUMBER_DIGITS:
        raise LanguageError("This number is too large.", value.column, f"At most {NUMBER_DIGITS} digits.")
    return int(digits)


def minutes(value: Value, field: str) -> int:
    """A length of work in minutes: `25m`, `1h30m`, or a bare number of minutes."""
    length = dates.duration(f"{value.text}m" if value.text.isdecimal() else value.text)
    if length is None:
        raise LanguageError(
            f"`{field}` is a duration, not `{shown(value.text)}`.", value.column, "Write for example `25m` or `1h30m`."
        )
    whole = int(length.total_seconds() // 60)
    if whole > LONGEST_MINUTES:
        raise LanguageError("This is longer than anybody works.", value.column, "Write for example `25m` or `1h30m`.")
    return whole


def kind(value: Value, asking: Asking) -> str:
    """One of the desk's kinds of work, compared folded."""
    known = (name for name, _ in asking.lookup.known("kind", fold(value.text), SUGGESTIONS))
    found = next((name for name in known if fold(name) == fold(value.text)), None)
    if found is None:
        all_kinds = [name for name, _ in asking.lookup.known("kind", "", SUGGESTIONS)]
        raise LanguageError(
            f"`kind` is never `{shown(value.text)}`.", value.column, did_you_mean(value.text, all_kinds)
        )
    return found


def named(value: Value, kind: str, asking: Asking) -> tuple[int, ...]:
    """The ids that a name of that kind stands for, at least one; `me` for a person, unless quoted, is who asks."""
    if kind == "person" and not value.quoted and fold(value.text) == "me":
        return (asking.me.id,)
    found = _finder(kind, asking.lookup)(value.text)
    if not found:
        # Of very many names, those that begin alike are the likelier ones.
        beginnings = (fold(value.text)[:1], "")
        known = [name for begin in beginnings for name, _ in asking.lookup.known(kind, begin, SUGGESTIONS)]
        raise LanguageError(
            f"There is no {kind} `{shown(value.text)}`.", value.column, did_you_mean(value.text, dict.fromkeys(known))
        )
    return found


def one_named(value: Value, kind: str, asking: Asking) -> int:
    """The id that a name stands for; an error that lists them if it could be several."""
    found = named(value, kind, asking)
    if len(found) > 1:
        names = ", ".join(f"{name} ({hint})" if hint else name for name, hint in _candidates(value, kind, asking))
        raise LanguageError(
            f"`{shown(value.text)}` could be more than one {kind}.",
            value.column,
            f"Say which: {names}." if names else "Write the full name or the login.",
        )
    return found[0]


def _candidates(value: Value, kind: str, asking: Asking) -> list[tuple[str, str]]:
    return asking.lookup.known(kind, fold(value.text), 5)


def _finder(kind: str, lookup: Lookup) -> Callable[[str], tuple[int, ...]]:
    finders: dict[str, Callable[[str], tuple[int, ...]]] = {
        "person": lookup.people,
        "label": lookup.labels,
        "organization": lookup.organizations,
        "board": lookup.boards,
        "column": lookup.columns,
    }
    return finders[kind]
