"""Values that this program never wrote, shown as what they are.

Another tool may have put anything into the desk's file. Such a value must not close a screen, and it is not quietly
taken for a known one either: it stands beside the known ones, equal to none of them, and is never offered or written.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import IntEnum, StrEnum
from typing import TypeVar

from helpdesk_tui.domain.text import clean

MARK = "?"
"""What is shown where there is nothing to be shown."""

UNREADABLE = datetime(9999, 12, 31, 0, 0, 0, 1, UTC)
"""Stands for a moment that no one can read. No stored moment has microseconds, so it is none of them."""

LONGEST = 40
"""Characters of an odd value that are shown."""

Words = TypeVar("Words", bound=StrEnum)
Numbers = TypeVar("Numbers", bound=IntEnum)


def odd_word(kind: type[Words], value: object) -> Words:
    """A member of `kind` for a word it does not know, safe to show."""
    text = shown(value)
    member = str.__new__(kind, text)
    member._name_ = member._value_ = text
    return member


def odd_number(kind: type[Numbers], value: object) -> Numbers:
    """A member of `kind` for a value it does not know, named for that value and below all others."""
    member = int.__new__(kind, 0)
    member._name_, member._value_ = shown(value), 0
    return member


def shown(value: object) -> str:
    """An odd value in one short line that is safe to show; `?` if nothing of it can be seen."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return MARK if value is None else clean(str(value), limit=LONGEST).strip() or MARK
