"""Letting time pass for the desk while a board is open: one of all open boards does so, beside the screens."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from helpdesk_tui.tui.clocks import keys_first

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.tui.app import HelpdeskApp

FIRST = 15.0
"""Seconds after the board was opened: by then the person is at work on it."""

NEXT = 60.0


def begin(app: HelpdeskApp) -> None:
    """Let time pass from now on, once a minute."""
    session = os.urandom(8).hex()

    def now() -> None:
        let_pass(app, session)

    app.set_timer(FIRST, now)
    app.set_interval(NEXT, now)


def let_pass(app: HelpdeskApp, session: str) -> None:
    """Do what is due, if this is the board that does. What cannot be done now is due again in a minute."""
    gateway = app.gateway

    def work(desk: Desk) -> None:
        from helpdesk_tui.desk import automation

        with keys_first():
            automation.tick_if_elected(desk, session, gateway.go_on)

    gateway.ask(work, lambda _done: None, lambda _error: None, aside=True)
