"""Two people have rewritten one text: what can be put together without asking, and what cannot."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from msgspec import Struct

LONGEST = 3000
"""Lines up to which texts are compared: beyond, both are simply kept, one behind the other."""

Edit = tuple[int, int, list[str]]
"""Lines of the text as it was, from one to before another, and what stands in their place now."""


class Merged(Struct, frozen=True):
    """Both texts in one; `clashes` counts the places where both say something else: there, both are kept."""

    text: str
    clashes: int


def merged(base: str, mine: str, theirs: str) -> Merged:
    """What was changed on either side of `base`, line by line; of a place changed on both, mine and then theirs."""
    if mine == theirs or theirs == base:
        return Merged(mine, 0)
    if mine == base:
        return Merged(theirs, 0)
    was = base.split("\n")
    if max(len(was), mine.count("\n"), theirs.count("\n")) > LONGEST:
        return Merged(f"{mine}\n\n{theirs}", 1)
    left, right = _edits(was, mine.split("\n")), _edits(was, theirs.split("\n"))
    lines: list[str] = []
    clashes = at = 0
    while left or right:
        start, end, ours, others = _next_group(left, right)
        lines += was[at:start]
        a, b = _applied(was, start, end, ours), _applied(was, start, end, others)
        if not others or a == b:
            lines += a
        elif not ours:
            lines += b
        else:
            lines += a + b
            clashes += 1
        at = end
    return Merged("\n".join([*lines, *was[at:]]), clashes)


def changed_lines(base: str, now: str) -> frozenset[int]:
    """Which lines of `now`, from 0, are not as they were in `base`; none where the texts are too long to compare."""
    was, lines = base.split("\n"), now.split("\n")
    if max(len(was), len(lines)) > LONGEST:
        return frozenset()
    codes = SequenceMatcher(None, was, lines, autojunk=False).get_opcodes()
    return frozenset(index for tag, _, _, first, last in codes if tag != "equal" for index in range(first, last))


def _edits(was: Sequence[str], now: Sequence[str]) -> list[Edit]:
    codes = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    return [(i, j, list(now[first:last])) for tag, i, j, first, last in codes if tag != "equal"]


def _next_group(left: list[Edit], right: list[Edit]) -> tuple[int, int, list[Edit], list[Edit]]:
    """Take the next edits that touch each other off both lists; the lines they cover and those of each side."""
    start = min(edits[0][0] for edits in (left, right) if edits)
    end = start
    taken: tuple[list[Edit], list[Edit]] = ([], [])
    grown = True
    while grown:
        grown = False
        for edits, group in zip((left, right), taken, strict=True):
            while edits and edits[0][0] <= end:
                end = max(end, edits[0][1])
                group.append(edits.pop(0))
                grown = True
    return start, end, *taken


def _applied(was: Sequence[str], start: int, end: int, edits: list[Edit]) -> list[str]:
    lines: list[str] = []
    for first, last, now in edits:
        lines += [*was[start:first], *now]
        start = last
    return [*lines, *was[start:end]]
