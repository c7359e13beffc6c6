"""Working out the clocks of all tickets beside the screens, after a promise was changed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

TURN = 0.0005
"""Seconds for which work beside the screen keeps the interpreter to itself while a key waits for it."""

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.errors import HelpdeskError
    from helpdesk_tui.tui.app import HelpdeskApp


@contextmanager
def keys_first() -> Iterator[None]:
    """Have long work beside the screen make way for it sooner than the interpreter would see to by itself."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def follow(app: HelpdeskApp) -> None:
    """Have the clocks follow what was promised, while keys go on; what is open then looks again.

    Where it is stopped, by leaving too, it goes on from there the next time.
    """
    gateway = app.gateway

    def work(desk: Desk) -> bool:
        from helpdesk_tui.desk import service_levels

        with keys_first():
            return service_levels.catch_up(desk, gateway.go_on)

    def done(followed: bool) -> None:
        for screen in app.screen_stack if followed else ():
            if (news := getattr(screen, "news", None)) is not None:
                news(None)

    def stopped(error: HelpdeskError) -> None:
        say = getattr(app.screen, "say", None)
        if say is not None:
            say(f"The clocks do not follow yet. {error}", "bad")

    gateway.ask(work, done, stopped, aside=True)
