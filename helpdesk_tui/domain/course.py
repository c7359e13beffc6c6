"""The course of a ticket: when its clocks ran, when they stood still and when it was done, and where it stood.

It follows from what happened to the ticket and stands, so it is the same whenever it is worked out. Moments are
milliseconds since 1970, as they are stored: it is worked out for a hundred thousand tickets at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from msgspec import Struct

from helpdesk_tui.domain.ticket import Status


class Phase(StrEnum):
    """How the clocks of a ticket go at a time."""

    RUNNING = "r"
    WAITING = "w"
    DONE = "d"


class Change(Struct, frozen=True):
    """What an event changed, of the fields that a course depends on: `[before, after]` as stored."""

    at: int
    delta: Mapping[str, Sequence[Any]]


class Stay(Struct, frozen=True):
    """A ticket stood on a column from one moment to another, None if it stands there still."""

    column_id: int
    since: int
    until: int | None


class Course(Struct, frozen=True):
    """The phases of a ticket, each until the next begins, the first of them when it was created."""

    phases: tuple[tuple[Phase, int], ...]

    @property
    def created(self) -> int:
        return self.phases[0][1]

    @property
    def closed(self) -> int | None:
        """When it was done the last time, None if it is open."""
        phase, since = self.phases[-1]
        return since if phase is Phase.DONE else None

    def stretches(self, phase: Phase) -> Iterator[tuple[int, int | None]]:
        """When it was in that phase; the end of the last is None if it still is."""
        ends: Iterable[int | None] = (*(since for _, since in self.phases[1:]), None)
        for (here, since), end in zip(self.phases, ends, strict=True):
            if here is phase:
                yield since, end

    def running(self) -> Iterator[tuple[int, int | None]]:
        """When the clocks ran."""
        return self.stretches(Phase.RUNNING)

    def waiting(self) -> Iterator[tuple[int, int | None]]:
        """When it waited for somebody else."""
        return self.stretches(Phase.WAITING)

    def reopened(self) -> Iterator[tuple[int, int]]:
        """When it was done and when it was opened again, each time that was so."""
        for since, end in self.stretches(Phase.DONE):
            if end is not None:
                yield since, end

    def written(self) -> str:
        """The course in one line, as `read` reads it."""
        return " ".join(f"{phase.value}{since}" for phase, since in self.phases)


def read(written: str) -> Course:
    """What `Course.written` wrote. ValueError for anything else."""
    parts = written.split()
    if not parts or not all(_PART.fullmatch(part) for part in parts):
        raise ValueError(f"not a course: {written!r}")
    return Course(tuple((Phase(part[0]), int(part[1:])) for part in parts))


_PART = re.compile(r"[rwd]-?\d{1,16}")


def follow(ticket: Mapping[str, Any], changes: Sequence[Change]) -> tuple[Course, tuple[Stay, ...]]:
    """The course of a ticket as stored and its stays, from everything that changed it, in that order.

    What it was like at first is what the first change of a field found there. Moments that go back, because the
    machine's clock did, are taken for the latest one before them.
    """
    fields = {name: _at_first(name, ticket[name], changes) for name in ("status", "closed_at", "column_id")}
    at = _whole(ticket["created_at"])
    phases, column, since = [(_phase(fields), at)], _whole(fields["column_id"]), at
    closed = fields["closed_at"]
    if isinstance(closed, int) and closed > at:  # a log that begins with a ticket that was closed before
        phases, since = [(Phase.RUNNING, at), (Phase.DONE, closed)], closed
        at = closed
    stays: list[Stay] = []
    for change in changes:
        at = max(at, change.at)
        fields |= {name: after for name, (_, after) in change.delta.items() if name in fields}
        if (phase := _phase(fields)) is not phases[-1][0]:
            _begin(phases, phase, at)
        if fields["column_id"] != column:
            stays.append(Stay(column, since, at))
            column, since = _whole(fields["column_id"]), at
    stays.append(Stay(column, since, None))
    return Course(tuple(phases)), tuple(stays)


def _whole(value: Any) -> int:
    """The number that stands there; 0 for whatever else another tool may have written."""
    return value if type(value) is int else 0


def _at_first(name: str, now: Any, changes: Sequence[Change]) -> Any:
    return next((change.delta[name][0] for change in changes if name in change.delta), now)


def _phase(fields: Mapping[str, Any]) -> Phase:
    if fields["closed_at"] is not None:
        return Phase.DONE
    return Phase.WAITING if fields["status"] == Status.WAITING.value else Phase.RUNNING


def _begin(phases: list[tuple[Phase, int]], phase: Phase, at: int) -> None:
    """Go over into a phase; what lasted for no time at all is no phase."""
    if phases[-1][1] == at and len(phases) > 1:
        phases.pop()
        if phases[-1][0] is phase:
            return
    elif phases[-1][1] == at:
        phases.pop()
    phases.append((phase, at))
