"""How far long work has come: one line on standard error that replaces itself, and nothing when that is no terminal."""

from __future__ import annotations

import time

from helpdesk_tui.cli.render import Messages

PAUSE = 0.1
"""Seconds between two updates; more would only cost bandwidth."""


class Progress:
    """Called with what is done and, where known, of how much."""

    def __init__(self, messages: Messages, what: str) -> None:
        self._messages = messages
        self._what = what
        self._next = 0.0

    def __call__(self, done: int, total: int | None = None) -> None:
        """Show it, unless that was done a moment ago."""
        if not self._messages.terminal or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + PAUSE
        far = f"{done:,} of {total:,} ({done * 100 // total}%)" if total else f"{done:,}"
        self._messages.over(f"{self._what} {far}")

    def end(self) -> None:
        """Take the line away."""
        self._messages.over("")
