"""What an open board sees to by itself, now and then: today's backup, and old done cards put away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpdesk_tui.domain.permissions import Act

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.errors import HelpdeskError
    from helpdesk_tui.tui.app import HelpdeskApp

FIRST, NEXT = 20.0, 3600.0
"""Seconds after the board was opened, and then again and again."""


def begin(app: HelpdeskApp) -> None:
    """See to it from now on."""

    def now() -> None:
        see_to_it(app)

    app.set_timer(FIRST, now)
    app.set_interval(NEXT, now)


def see_to_it(app: HelpdeskApp) -> None:
    """Take today's backup and put old done cards away, if nobody has yet."""

    def back_up(desk: Desk) -> object:
        from helpdesk_tui.desk.keeping import daily_backup

        return daily_backup(desk, app.gateway.go_on)

    def not_backed_up(error: HelpdeskError) -> None:
        if app.gateway.may(Act.BACKUP) and app.board is not None:
            app.board.say(f"Today's backup was not taken. {error}", "bad")

    app.gateway.ask(back_up, lambda _made: None, not_backed_up, aside=True)
    app.gateway.ask(_put_away, lambda _done: None, lambda _error: None, aside=True)


def _put_away(desk: Desk) -> None:
    """Archive the cards that have been done for long enough, where this person may."""
    from helpdesk_tui.desk.archiving import archive_old

    if desk.may(Act.ARCHIVE) and not desk.read_only:
        archive_old(desk)
