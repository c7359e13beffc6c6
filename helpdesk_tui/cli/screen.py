"""`helpdesk` alone: the board, if there is a terminal to draw it on."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from msgspec.structs import replace

from helpdesk_tui.errors import UsageError

if TYPE_CHECKING:
    from helpdesk_tui.config import Config

INSTEAD = "`helpdesk list` prints tickets without one."


def open_board(desk: str | None, *, ascii_only: bool = False, visit: Config | None = None) -> int:
    """Open the board on that desk, or for a `visit` through the gate, and give the exit code it ended with."""
    require_terminal()
    from helpdesk_tui import config
    from helpdesk_tui.tui.app import run

    if visit is not None:
        return run(replace(visit, ascii=visit.ascii or ascii_only))
    return run(config.load(desk, ascii_only=ascii_only))


def require_terminal() -> None:
    """UsageError unless standard input and output are a terminal that can move its cursor."""
    for stream, name in ((sys.stdin, "input"), (sys.stdout, "output")):
        if stream is None or stream.closed or not stream.isatty():
            raise UsageError(f"The board needs a terminal, and standard {name} is not one.", INSTEAD)
    if os.environ.get("TERM", "") in {"", "dumb"}:
        raise UsageError("The board needs a terminal that can move its cursor; TERM says this one cannot.", INSTEAD)
