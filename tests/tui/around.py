"""An app around one screen, on a real desk in a temporary file, with a clock that stands still."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from helpdesk_tui import bootstrap, config
from helpdesk_tui.clock import FixedClock
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.tui import chokepoint, hues
from helpdesk_tui.tui.gateway import Gateway
from helpdesk_tui.tui.messages import Answered
from helpdesk_tui.tui.typed_ahead import TypedAhead
from tests.tui.quiet import key_event, send, settle

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
HOSTILE = (
    "[/foo]",
    "[@click=app.quit]x[/]",
    "\x1b]0;x\x07",
    "\x1b[2J",
    "a\u202eb",
    "[b",
    "$x ${y} %s {0}",
    "چاپگر طبقه",
    "👩‍💻" * 30,
)
"""Strings that have ended a program, linked to something, or acted on a terminal."""


def make_desk(folder: Path) -> Desk:
    """A new desk with its example ticket #1, opened by an admin."""
    if not (folder / "desk.db").exists():
        (folder / "desk.db").write_bytes(_new_desk())
        (folder / "desk.db").chmod(0o600)
    return _opened(folder)


def _opened(folder: Path) -> Desk:
    return bootstrap.open_desk(
        config.load(str(folder / "desk.db")), clock=FixedClock(NOW), zone=ZoneInfo("Europe/Tallinn"), source="screen"
    )


@cache
def _new_desk() -> bytes:
    """That desk as a file, made once a process."""
    with tempfile.TemporaryDirectory() as folder:
        _opened(Path(folder)).close()
        return (Path(folder) / "desk.db").read_bytes()


class Around(TypedAhead, App[None]):
    """Shows one screen and keeps what it was dismissed with in `answers`."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, desk: Desk, screen: Screen[Any], *, plain: bool = False) -> None:
        super().__init__()
        chokepoint.install()
        chokepoint.STRICT = True
        self.gateway = Gateway(self.post_message, lambda: desk, Path("/dev/null"))
        self.config = config.load(str(desk.store.path))
        self.plain_glyphs = plain
        self.answers: list[Any] = []
        self._first = screen

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return hues.variables(dark=self.current_theme.dark)

    def on_answered(self, message: Answered) -> None:
        message.deliver()

    def on_mount(self) -> None:
        self.gateway.start()
        self.push_screen(self._first, self.answers.append)

    def on_unmount(self) -> None:
        """Stop looking at the desk, which the test goes on using."""
        self.gateway._closing.set()
        for thread in self.gateway.threads:
            thread.end()

    def type(self, key: str) -> None:
        """A key as the terminal sends it, without waiting for what it does."""
        self.post_message(key_event(self, key))

    def drawn(self) -> str:
        """Everything on the screen as plain text."""
        height = self.size.height
        lines = self.screen._compositor.render_strips()
        return "\n".join(line.text for line in lines[:height])


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one after the other, each time waiting until the desk has answered."""
    for key in keys:
        send(pilot.app, key)
        await settle(pilot)
