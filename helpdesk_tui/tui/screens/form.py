"""A sheet in which something is written: what was typed outlives esc, a lost terminal, and a refusal."""

from __future__ import annotations

from typing import Protocol, TypeVar, runtime_checkable

from helpdesk_tui.tui.asks import Asks
from helpdesk_tui.tui.drafts import Drafts, drafts_of
from helpdesk_tui.tui.screens.sheet import Sheet

T = TypeVar("T")

AUTOSAVE = 3.0
"""Seconds between two looks at whether there is something new to keep."""


@runtime_checkable
class Says(Protocol):
    """A screen with a line to tell something in."""

    def say(self, text: str, tone: str = "good") -> None:
        """Tell it."""


class Form(Asks, Sheet[T]):
    """Keeps its fields as a draft under `about`, and begins with the draft that is there."""

    about = ""

    def typed(self) -> dict[str, str]:
        """The fields as they are now, those left out that say nothing new."""
        raise NotImplementedError

    @property
    def drafts(self) -> Drafts:
        return drafts_of(self.app)

    def opened(self) -> None:
        super().opened()
        self.set_interval(AUTOSAVE, self.keep)
        if self.drafts.of(self.about):
            self.say("This is the draft you left.")

    def keep(self) -> bool:
        """Keep what is typed now; whether there is anything."""
        return self.drafts.keep(self.about, self.typed())

    def action_leave(self) -> None:
        kept = self.keep()
        below = self.app.screen_stack[-2]
        super().action_leave()
        if kept and isinstance(below, Says):
            below.say("Your draft is kept: the same key offers it again.")
