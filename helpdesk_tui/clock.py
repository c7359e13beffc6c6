"""The time, from one place. Every moment in the program is an aware UTC datetime in whole milliseconds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
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


def local_zone() -> tzinfo:
    """The reader's own time zone, with its clock changes; UTC where the machine's setting makes no sense."""
    from zoneinfo import ZoneInfo

    for key in _zones_set():
        try:
            return ZoneInfo(key)
        except (ValueError, OSError, KeyError):
            continue
    return datetime.now(UTC).astimezone().tzinfo or UTC


def zone_name() -> str:
    """The IANA name of this machine's time zone; UTC where it has none."""
    return getattr(local_zone(), "key", "UTC")


def _zones_set() -> Iterator[str]:
    """What the surroundings and the machine say the zone is."""
    named = os.environ.get("TZ", "").removeprefix(":")
    if named:
        yield named
    try:
        target = os.readlink("/etc/localtime")
    except OSError:
        return
    yield target.partition("zoneinfo/")[2]
