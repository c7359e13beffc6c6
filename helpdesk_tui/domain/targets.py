"""Targets of service levels as people write and read them: `4h/16h`, the first reply and the resolution."""

from __future__ import annotations

import re

from helpdesk_tui.domain.business_time import Week
from helpdesk_tui.domain.service_level import Targets
from helpdesk_tui.errors import UsageError

LONGEST_WEEKS = 10 * 365.25 / 7
"""In ten years nobody remembers what was promised."""

_AMOUNT = re.compile(r"(?:(\d{1,6}) ?d)? ?(?:(\d{1,7}) ?h)? ?(?:(\d{1,9}) ?m(?:in)?)?", re.ASCII)
_NOTHING = {"", "none", "-", "–"}
_HOW = "Write business time as in 30m, 4h, 1h 30m or 2d, or none."


def read_targets(text: str, week: Week) -> Targets:
    """Two amounts with a slash between, for the first reply and the resolution; one alone, or none, for both.

    UsageError for what is no amount of business time on a calendar of that week.
    """
    first, slash, last = text.partition("/")
    if not slash and text.strip().casefold() not in _NOTHING:
        raise UsageError(f"{text[:30]!r} is only one target.", "Write the first reply and the resolution: 4h/16h.")
    return Targets(read_target(first, week), read_target(last, week))


def read_target(text: str, week: Week) -> int | None:
    """Business minutes; `2d` are two ordinary days of the week. None for none. UsageError otherwise."""
    word = " ".join(text.casefold().split())
    if word in _NOTHING:
        return None
    match = _AMOUNT.fullmatch(word)
    if match is None or not any(match.groups()):
        raise UsageError(f"{text[:30]!r} is no target.", _HOW)
    days, hours, minutes = (int(part or 0) for part in match.groups())
    amount = days * minutes_a_day(week) + hours * 60 + minutes
    if not amount:
        raise UsageError("A target of no time at all is missed before anybody sees the ticket.", _HOW)
    if too_long(amount, week):
        raise UsageError(f"{text[:30]!r} takes ten years or more on this calendar.", _HOW)
    return amount


def minutes_a_day(week: Week) -> int:
    """Business minutes of an ordinary day on which there are any, on the average of the week."""
    return sum(end - start for day in week for start, end in day) // max(1, sum(map(bool, week)))


def too_long(minutes: int, week: Week) -> bool:
    """Whether so many business minutes take ten years or more."""
    return minutes >= sum(end - start for day in week for start, end in day) * LONGEST_WEEKS


def target_in_words(minutes: int | None) -> str:
    """`4h`, `1h 30m`, `none`."""
    if minutes is None:
        return "none"
    hours, rest = divmod(minutes, 60)
    return " ".join(filter(None, (f"{hours}h" * bool(hours), f"{rest}m" * bool(rest))))


def targets_in_words(targets: Targets) -> str:
    """`4h / 16h`, `none`."""
    if targets == Targets():
        return "none"
    return f"{target_in_words(targets.first_reply)} / {target_in_words(targets.resolution)}"
