"""Whether somebody else changed the desk, and who else is at it: what the screens are told without asking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from textual.message import Message

from helpdesk_tui.desk import admission, boards, presence
from helpdesk_tui.tui.messages import HereChanged, Noticed, RightsChanged

if TYPE_CHECKING:
    from helpdesk_tui.desk.boards import News
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.domain.ticket_detail import Present

    Here = tuple[Mapping[int, tuple[Present, ...]], Mapping[int, tuple[str, ...]]]

COMING = 2
"""Looks between two readings of who is here: where many boards are open, one of them always says that it still is."""

FADING = 30
"""Looks after which who is here is read again although nobody wrote anything: some ten seconds."""


class Watch:
    """Looks at the desk again and again; `seen_event` is the last event that the screens show."""

    def __init__(self, desk: Desk, seen_event: Callable[[], int]) -> None:
        self._desk = desk
        self._seen_event = seen_event
        self._actor = desk.actor
        self._here: Here = ({}, {})
        self._last_event = 0
        self._looks = 0
        self._here_read = -COMING
        """The look at which it was read who is here."""
        self._stirred = False
        """Whether somebody may have come or gone since."""
        self._missed = False
        """Whether the desk changed while it could not be read: that is still to be told."""

    def look(self) -> list[Message]:
        """What the screens are to be told now. An error of the desk if it cannot be read, or is left."""
        self._looks += 1
        self._missed = changed = boards.changed(self._desk) or self._missed
        news = self._news() if changed else None
        here = self._who_is_here(changed)
        self._missed = False
        told: list[Message] = []
        if self._desk.actor != self._actor:  # whoever took that in: a verb may have been first
            self._actor = self._desk.actor
            told.append(RightsChanged())
        if news is not None and news.last_event_id > self._seen_event():
            told.append(Noticed(news))
        if here != self._here:
            self._here = here
            told.append(HereChanged(*here))
        return told

    def _news(self) -> News:
        news = boards.news(self._desk, self._seen_event())
        if news.last_event_id != self._last_event:  # else somebody only came or went
            admission.keep_up(self._desk)
            self._last_event = news.last_event_id
        return news

    def _who_is_here(self, changed: bool) -> Here:
        # A screen that was killed writes nothing any more: who is here is looked at now and then as well.
        self._stirred = self._stirred or changed or (any(self._here) and self._looks % FADING == 0)
        if not self._stirred or self._looks - self._here_read < COMING:
            return self._here
        here = presence.everywhere(self._desk)
        self._here_read, self._stirred = self._looks, False
        return here
