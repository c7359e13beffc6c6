"""The JSON that `time` and `notices` print; see `shapes` for what holds for all of it."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk_tui.cli.shapes import Shape, moment
from helpdesk_tui.domain.at_work import Notice, Timer
from helpdesk_tui.domain.ticket_detail import Spent


def timer(timer: Timer) -> Shape:
    """The work being timed: the ticket, since when, and how many minutes that is."""
    return {
        "number": timer.number,
        "title": timer.title,
        "started": moment(timer.started),
        "minutes": timer.minutes,
    }


def worked(number: int, spent: Sequence[Spent]) -> Shape:
    """The minutes worked on a ticket, in all and by person; `running` is since when somebody times it, or null."""
    return {
        "number": number,
        "minutes": sum(one.minutes for one in spent),
        "people": [{"person": one.person, "minutes": one.minutes, "running": moment(one.running)} for one in spent],
    }


def notice(notice: Notice) -> Shape:
    """What somebody did on one's ticket; `text` is how what they said begins, or null."""
    return {
        "number": notice.number or None,
        "title": notice.title,
        "at": moment(notice.at),
        "who": notice.who,
        "what": notice.what,
        "text": notice.excerpt or None,
        "new": notice.new,
    }
