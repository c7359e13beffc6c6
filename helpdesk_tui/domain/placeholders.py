"""Placeholders in prepared texts: `{requester.first_name}`, or `{due|soon}` with what to say where there is none.

`\\{due}` is just the text `{due}`; braces around anything but a name, as in `{"a": 1}`, are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from helpdesk_tui.errors import UsageError

KNOWN: Mapping[str, str] = {
    "requester.name": "who asked",
    "requester.first_name": "who asked, by first name",
    "requester.mail": "their mail address",
    "organization": "the organization they belong to",
    "ticket.number": "the number, as in 142",
    "ticket.title": "its title",
    "ticket.priority": "critical, high, normal or low",
    "ticket.status": "its status flag",
    "ticket.column": "the column it stands in",
    "ticket.created": "when it was made",
    "board": "the board it is on",
    "due": "when it should be done",
    "today": "the day it is",
    "assignee.name": "who it is assigned to",
    "assignee.first_name": "who it is assigned to, by first name",
    "agent.name": "who writes the reply",
    "agent.first_name": "who writes the reply, by first name",
}
"""Every placeholder there is, with what it stands for."""

_PLACEHOLDER = re.compile(r"(\\?)\{+[ \t]*([A-Za-z_][\w.-]*)[ \t]*(?:\|([^{}\n]*))?\}+")
_NESTED = re.compile(r"\{[ \t]*([\w.-]+)\s*\{")
_OPEN = re.compile(r"\{[ \t]*([A-Za-z_][\w.-]*)")


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with every placeholder replaced by its value, else by what stands behind its `|`, else by nothing.

    Never raises. What a value says is not read again: a title may hold braces.
    """

    def value(found: re.Match[str]) -> str:
        escape, name, otherwise = found[1], found[2].lower(), found[3]
        if escape or name not in KNOWN:
            return found[0].removeprefix("\\")
        return values.get(name, "") or (otherwise or "").strip()

    return _PLACEHOLDER.sub(value, text)


def used(text: str) -> Iterator[str]:
    """The names of the placeholders in `text`, known or not, in lower case."""
    return (found[2].lower() for found in _PLACEHOLDER.finditer(text) if not found[1])


def without_value(text: str, values: Mapping[str, str]) -> tuple[str, ...]:
    """The placeholders of `text` that would leave a gap: there is no value, and nothing behind a `|`."""
    gaps = (
        found[2].lower()
        for found in _PLACEHOLDER.finditer(text)
        if not found[1] and not values.get(found[2].lower()) and not (found[3] or "").strip()
    )
    return tuple(dict.fromkeys(gaps))


def check(text: str) -> None:
    """UsageError, naming it, if a placeholder in `text` is unknown, is not closed, or stands within another."""
    for name in used(text):
        if name not in KNOWN:
            raise UsageError(
                f"There is no placeholder {{{name[:40]}}}.", f"{_hint(name)} Braces as such: \\{{{name[:40]}}}."
            )
    if (nested := _NESTED.search(text)) is not None:
        raise UsageError(f"Another brace opens in “{{{nested[1][:40]}”.", "Close the one before it.")
    for found in _OPEN.finditer(_PLACEHOLDER.sub("", text)):
        if found[1].lower() in KNOWN:
            raise UsageError(f"The placeholder {{{found[1]} is not closed.", f"Write {{{found[1]}}}.")


def first_name(name: str) -> str:
    """How somebody is called among friends: the first word, or of `Kask, Anna` the first behind the comma."""
    family, _, given = name.partition(",")
    return next(iter((given.strip() or family).split()), "")


def _hint(name: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, KNOWN, n=1, cutoff=0.6)
    near = near or [known for known in KNOWN if known.rpartition(".")[2] == name.rpartition(".")[2]][:1]
    return (
        f"Did you mean {{{near[0]}}}?" if near else "There is {requester.first_name}, {ticket.number}, {due} and more."
    )
