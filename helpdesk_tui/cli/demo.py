"""`helpdesk demo`."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from helpdesk_tui import bootstrap, config
from helpdesk_tui.cli.call import DONE, Call, imports_are_over
from helpdesk_tui.cli.progress import Progress
from helpdesk_tui.cli.screen import open_board, require_terminal
from helpdesk_tui.desk import tickets
from helpdesk_tui.errors import Conflict, UsageError
from helpdesk_tui.exchange import demo

LIVELY = 60
"""Tickets of a desk that is to be looked at."""

_SHARE = re.compile(r"0|1|0?\.[0-9]{1,6}|1\.0{1,6}", re.ASCII)


def run(call: Call) -> int:
    """Open the board on a throw-away desk, or fill the desk of `--desk`."""
    call.expect(0, 0)
    if call.has("--fill"):
        given = call.text("--desk")
        if given is None:
            raise UsageError("`--fill` needs to be told which desk to fill.", "Name a new file with --desk PATH.")
        _fill(call, given)
        return DONE
    require_terminal()
    with tempfile.TemporaryDirectory(prefix="helpdesk-demo-") as folder:
        desk = str(Path(folder) / "demo.db")
        _fill(call, desk)
        return open_board(desk, ascii_only=call.has("--ascii"))


def _fill(call: Call, path: str) -> None:
    count, seed = call.whole("--tickets", LIVELY, least=1), call.whole("--seed", 1)
    share = _share(call.text("--open-share"))
    progress = Progress(call.messages, "Making tickets")
    desk = bootstrap.open_desk(config.load(path), example=False)
    imports_are_over()
    try:
        if tickets.count(desk, desk.ask("")) > 1:  # the example ticket of a new desk may be there
            raise Conflict("This desk holds tickets already.", "Name a new file with --desk PATH.")
        demo.fill(desk, count, seed, progress=progress, **({} if share is None else {"open_share": share}))
    finally:
        progress.end()
        desk.close()


def _share(text: str | None) -> float | None:
    if text is None:
        return None
    if not _SHARE.fullmatch(text):
        raise UsageError(f"`--open-share` is a number from 0 to 1, not {text[:30]!r}.", "As in --open-share 0.7.")
    return float(text)
