"""The time, from one place. Every moment in the program is an aware UTC datetime in whole milliseconds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Anything that can say what time it is."""

    def now(self) -> datetime:
        """The present moment: aware, UTC, whole milliseconds."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return whole_milliseconds(datetime.now(UTC))


class FixedClock:
    """A clock that stands still until it is told to move; for tests, demos and screenshots."""

    def __init__(self, moment: datetime) -> None:
        self._moment = whole_milliseconds(moment)

    def now(self) -> datetime:
        return self._moment

    def advance(self, by: timedelta) -> None:
        self._moment = whole_milliseconds(self._moment + by)


def whole_milliseconds(moment: datetime) -> datetime:
    """`moment` in UTC, cut to what the store keeps, so that a value read back equals the one written."""
    moment = moment.astimezone(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
