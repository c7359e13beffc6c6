"""A desk that cannot be reached for a while, as one whose server is started anew: what every screen says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpdesk_tui.errors import HelpdeskError
from helpdesk_tui.tui.screens.form import Says
from helpdesk_tui.tui.widgets.footer import KeyLine

if TYPE_CHECKING:
    from helpdesk_tui.tui.app import HelpdeskApp

SAID = "The desk cannot be reached: what you see may be old. It is tried again and again."


def lost(app: HelpdeskApp, error: HelpdeskError) -> None:
    """Tell what happened, and in place of the keys that it is so until it is over."""
    _stand(app, SAID)
    _say(app, str(error), "bad")


def back(app: HelpdeskApp) -> None:
    """It is over."""
    _stand(app, "")
    _say(app, "The desk is there again.")


def _stand(app: HelpdeskApp, said: str) -> None:
    app.away = said
    for screen in app.screen_stack:
        screen.query(KeyLine).refresh()


def _say(app: HelpdeskApp, text: str, tone: str = "good") -> None:
    """Tell it on the topmost screen that has a line for it."""
    for screen in reversed(app.screen_stack):
        if isinstance(screen, Says):
            screen.say(text, tone)
            return
