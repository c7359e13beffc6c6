"""Lines that are made when they are needed, and where in them one can stand or go to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from helpdesk_tui.tui.widgets.lines import Line

About = tuple[str, int]

STANDS_ON = frozenset({"step", "comment", "event"})
"""The kinds of things a cursor stands on."""


class Spot(Struct):
    """Something a cursor stands on, from its first line to its last."""

    about: About
    first: int
    last: int


class Drawing:
    """Takes lines from `source` as far as they are asked for; `lines` grows in place."""

    def __init__(self, source: Iterator[Line]) -> None:
        self._source = source
        self.lines: list[Line] = []
        self.spots: list[Spot] = []
        self.places: dict[str, int] = {}
        """Where each part begins."""
        self.is_whole = False

    def take(self, count: int) -> None:
        """Make that many more lines, or as many as there are."""
        at = len(self.lines)
        self.lines += islice(self._source, max(0, count))
        self.is_whole = len(self.lines) < at + count
        for index in range(at, len(self.lines)):
            if (about := self.lines[index].about) is not None:
                self._note(about, index)

    def take_all(self) -> None:
        """Make them all."""
        while not self.is_whole:
            self.take(10_000)

    def _note(self, about: About, index: int) -> None:
        if about[0] not in STANDS_ON:
            self.places.setdefault(about[0], index)
        elif self.spots and self.spots[-1].about == about:
            self.spots[-1].last = index
        else:
            self.spots.append(Spot(about, index, index))

    def range_of(self, place: str) -> tuple[int, int] | None:
        """The first line of a part and its last, as far as they are made; None if it is not there (yet)."""
        first = self.places.get(place)
        if first is None:
            return None
        return first, min((start for start in self.places.values() if start > first), default=len(self.lines)) - 1

    def index_of(self, about: About | None) -> int | None:
        """Which spot that is, None if it is not there (yet)."""
        return next((index for index, spot in enumerate(self.spots) if spot.about == about), None)
