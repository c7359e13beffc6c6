"""Pictures of what the command line prints, as a terminal would show it: part of `python -m tests.screenshots`."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from rich.console import Console
from rich.text import Text

from helpdesk_tui import bootstrap
from helpdesk_tui.cli.main import run_words
from helpdesk_tui.cli.offered import EVERYTHING
from helpdesk_tui.cli.render import Messages, Output
from helpdesk_tui.clock import Clock
from tests.builders import ADMIN_UID


@dataclass(frozen=True)
class Printed:
    """The words of a command, and how many columns the terminal has."""

    name: str
    words: tuple[str, ...]
    width: int = 100


class Terminal(io.StringIO):
    """Takes what is written and says that it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def picture_of(printed: Printed, path: Path, clock: Clock) -> str:
    """What that command prints for the admin of the desk in that file, as SVG."""
    out, said = Terminal(), io.StringIO()
    with (
        patch.object(bootstrap, "SystemClock", lambda: clock),
        patch.object(os, "getuid", lambda: ADMIN_UID),
        patch.dict(os.environ, COLUMNS=str(printed.width), XDG_CONFIG_HOME=str(path.parent), TZ="UTC"),
    ):
        code = run_words((*printed.words, "--desk", str(path)), Output(out), Messages(said), EVERYTHING)
    assert code == 0, said.getvalue()
    console = Console(
        record=True, width=printed.width, file=io.StringIO(), color_system="truecolor", force_terminal=True
    )
    console.print(Text(f"$ helpdesk {' '.join(printed.words)}", style="bold"))
    console.print(Text.from_ansi(out.getvalue()), end="")
    return console.export_svg(title="helpdesk")
