"""What an import did, as plain values for whoever tells the person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct, field

from helpdesk_tui.errors import Cancelled

LINES_KEPT = 10
"""Line numbers remembered for each reason; beyond that only the count goes on."""

Progress = Callable[[int, int], None]
"""Told how many of how many units are done; the second number is 0 while it is unknown."""

Stop = Callable[[], bool]
"""Asked now and then whether the person wants to stop."""


class Skip(Struct, frozen=True):
    """Rows left out for one reason: how many, and the first few line numbers of the file (1 is the header)."""

    reason: str
    count: int
    lines: tuple[int, ...]


class Report(Struct, frozen=True):
    """What an import did. Tickets are counted except in `events` and `skipped`, which count rows of the file.

    `unchanged` are tickets that were there already and learned nothing new. `people` are the names of the people who
    were made. `backup` is the desk as it was before, where one was taken.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    events: int = 0
    skipped: tuple[Skip, ...] = ()
    people: tuple[str, ...] = ()
    backup: Path | None = None


class Tally(Struct):
    """Counts what is left out, reason by reason."""

    _lines: dict[str, tuple[int, list[int]]] = field(default_factory=dict)

    def skip(self, line: int, reason: str) -> None:
        count, lines = self._lines.get(reason, (0, []))
        if len(lines) < LINES_KEPT:
            lines.append(line)
        self._lines[reason] = (count + 1, lines)

    def skipped(self) -> tuple[Skip, ...]:
        """What was left out, in the order of the first line of each reason."""
        skips = (Skip(reason, count, tuple(sorted(lines))) for reason, (count, lines) in self._lines.items())
        return tuple(sorted(skips, key=lambda skip: skip.lines))


def stop_if(cancelled: Stop, what: str = "imported") -> None:
    """Raise Cancelled if the person asked to stop."""
    if cancelled():
        raise Cancelled(f"Stopped; nothing was {what}.")


def silent(done: int, total: int) -> None:
    """A Progress that tells nobody."""


def never() -> bool:
    """A Stop that never does."""
    return False
