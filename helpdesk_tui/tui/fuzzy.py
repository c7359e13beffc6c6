"""How well a few typed letters name something."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def closeness(typed: str, name: str) -> int | None:
    """How far `typed` is from naming `name`, smaller is closer; None when its letters are not there in that order.

    The beginning of the name is closest, then the beginning of a word, then anywhere, then letters with gaps.
    """
    typed, name = typed.casefold(), name.casefold()
    at = name.find(typed)
    if at == 0:
        return len(name) - len(typed)
    if at > 0:
        return (1000 if not name[at - 1].isalnum() else 2000) + at
    gaps = last = 0
    for letter in typed:
        if letter == " ":
            continue
        found = name.find(letter, last)
        if found < 0:
            return None
        gaps += found - last
        last = found + 1
    return 3000 + gaps


def best(typed: str, things: Iterable[T], name: Callable[[T], str]) -> list[T]:
    """The things that `typed` may name, closest first and otherwise in their own order; all of them for no text."""
    typed = typed.strip()
    if not typed:
        return list(things)
    scored = [(score, thing) for thing in things if (score := closeness(typed, name(thing))) is not None]
    return [thing for _, thing in sorted(scored, key=lambda pair: pair[0])]
