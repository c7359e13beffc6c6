"""Reading moments as a file writes them; what does not exist in the calendar or on the clock is refused."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from msgspec import Struct

from helpdesk_tui.clock import whole_milliseconds
from helpdesk_tui.errors import UsageError

_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)? ?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_SECONDS = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
_DIRECTIVE = re.compile(r"%.")
_KNOWN_DIRECTIVES = frozenset("%" + letter for letter in "aAbBdHIjmMpSfyYzZ%")
_FIRST_YEAR, _LAST_YEAR = 1970, 2199
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class TimeShape(Struct, frozen=True):
    """How moments are written: `iso`, `epoch` (seconds since 1970) or a pattern such as `%d.%m.%Y %H:%M`.

    `zone` is where a moment without an offset of its own was read off the wall.
    """

    pattern: str = "iso"
    zone: tzinfo = UTC

    def read(self, text: str) -> datetime:
        """The moment in UTC. ValueError, with a reason that fits after the text, if it is none."""
        moment = _written(text.strip(), self.pattern)
        if moment.tzinfo is None:
            moment = _on_the_wall(moment, self.zone)
        try:
            moment = whole_milliseconds(moment)
        except OverflowError as error:
            raise ValueError("is beyond the calendar") from error
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            raise ValueError(f"is not between {_FIRST_YEAR} and {_LAST_YEAR}")
        return moment


def _written(text: str, pattern: str) -> datetime:
    if pattern == "epoch":
        if not _SECONDS.fullmatch(text):
            raise ValueError("is not a number of seconds")
        return _EPOCH + timedelta(seconds=float(text))
    if pattern == "iso":
        if not _ISO.fullmatch(text):
            raise ValueError("is not a moment like 2026-11-27 17:00")
        text = text.replace(",", ".").replace(" +", "+").replace(" -", "-")
    try:
        return datetime.fromisoformat(text) if pattern == "iso" else datetime.strptime(text, pattern)  # noqa: DTZ007
    except ValueError as error:
        fault = "is not a moment that exists" if pattern == "iso" else f"is not of the form {pattern}"
        raise ValueError(fault) from error


def _on_the_wall(moment: datetime, zone: tzinfo) -> datetime:
    """The local moment with its zone; of an hour that came twice, the first."""
    there = moment.replace(tzinfo=zone)
    if there.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment:
        raise ValueError(f"was skipped by the clocks in {zone}")
    return there


def zone_named(name: str) -> ZoneInfo:
    """The time zone of that name. UsageError if there is none."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        raise UsageError(f"“{name}” is not a time zone.", "Give a name such as Europe/Rome, or UTC.") from error


def known_pattern(pattern: str) -> bool:
    """Whether `read` can work with that pattern."""
    if pattern in {"iso", "epoch"}:
        return True
    directives = set(_DIRECTIVE.findall(pattern))
    return directives <= _KNOWN_DIRECTIVES and {"%Y", "%y"} & directives != set()
