"""What is on the screen while the desk is being opened: the frame of the board, painted before anything is loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.permissions import Act, may
from helpdesk_tui.tui.actions import BOARD, MINE, footer_for
from helpdesk_tui.tui.widgets.footer import KeyLine
from helpdesk_tui.tui.widgets.top_line import TopLine


class OpeningScreen(Screen[None]):
    """The frame. What is typed meanwhile is kept in `early`, for the board; `painted` is called once it is seen.

    `role`: what the person was the last time, whose keys are named; the desk has not been asked yet.
    """

    def __init__(
        self, remapped: Mapping[str, str], painted: Callable[[], None], *, plain: bool, role: str = ""
    ) -> None:
        super().__init__()
        self._painted = painted
        self._role = Role(role) if role in set(Role) else Role.ADMIN
        self.early: list[events.Key | events.Paste] = []
        self._remapped = remapped
        self._plain = plain

    def compose(self) -> ComposeResult:
        yield TopLine()
        scope = BOARD if self._role.on_team else MINE
        yield KeyLine(footer_for(scope, self._permits, self._remapped), ascii_only=self._plain)

    def _permits(self, act: Act) -> bool:
        return may(self._role, act)

    def on_screen_resume(self) -> None:
        self.call_next(self._painted)  # Textual paints while it handles this message

    def on_key(self, event: events.Key) -> None:
        if event.key == "q" and not self.early:
            self.app.exit(return_code=0)
        elif event.key != "ctrl+c":
            self.early.append(events.Key(event.key, event.character))

    def on_paste(self, event: events.Paste) -> None:
        self.early.append(events.Paste(event.text))
