"""What others did on my tickets since I last looked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from helpdesk_tui.tui.screens.pick import Pick
from helpdesk_tui.tui.text import shown
from helpdesk_tui.tui.widgets.moments import past_day
from helpdesk_tui.tui.widgets.picker import Choice

if TYPE_CHECKING:
    from datetime import datetime

    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.domain.at_work import Notice


TITLE = 22
"""Cells of a ticket's title: what was done is what matters."""


class NoticesPick(Pick):
    """The latest notices, the new ones marked. To look is to have seen them. Dismissed with a ticket's number."""

    HINT = (("enter", "open"), ("esc", "leave"))
    WIDTH = "-wide"

    def __init__(self) -> None:
        super().__init__(
            "Notices", empty="Nothing has happened on your tickets: those you work on, asked for or watch (w).",
            prompt="a ticket, a name, a word",
        )  # fmt: skip

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import notices

        now = desk.clock.now()
        return [_choice(notice, desk, now) for notice in notices.look(desk)]


def _choice(notice: Notice, desk: Desk, now: datetime) -> Choice:
    excerpt = f": {notice.excerpt}" if notice.excerpt else ""
    about = f"#{notice.number} " if notice.number else ""
    return Choice(
        notice.number,
        f"{'●' if notice.new else ' '} {about}{notice.who} {notice.what}{excerpt}",
        f"{shown(notice.title, TITLE)} · {past_day(notice.at, now, desk.zone)}",
        "strong" if notice.new else "dim",
    )
