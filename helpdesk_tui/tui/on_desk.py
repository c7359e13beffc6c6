"""For the type checker alone: what every screen of this application has. Their mixins stand on it; run, on `object`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.screen import Screen

if TYPE_CHECKING:
    from helpdesk_tui.tui.app import HelpdeskApp


class OnDesk(Screen[Any]):
    """A screen that knows its application, with the gateway to the desk and what the person has configured."""

    app: HelpdeskApp

    def say(self, text: str, tone: str = "") -> None:
        """Tell the person; `tone` is "good", "bad" or nothing."""
        raise NotImplementedError
