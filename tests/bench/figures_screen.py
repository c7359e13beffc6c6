"""The figures on the screen: `python -m tests.bench.figures_screen DESK` prints milliseconds as JSON.

The desk is one of `tests.bench.figures`: large, with a past. Measured is from the key until it is all drawn.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from helpdesk_tui import bootstrap
from helpdesk_tui.tui.app import HelpdeskApp
from helpdesk_tui.tui.screens.figure_period import PeriodPick
from helpdesk_tui.tui.screens.figures import FiguresScreen
from helpdesk_tui.tui.widgets.figure_lists import FigureList
from tests.bench.figures import PERIODS
from tests.builders import config_for
from tests.tui.quiet import send

SIZE = (120, 36)

PATIENCE = 120.0
"""Seconds after which something has gone wrong."""


async def until(is_so: Callable[[], object]) -> None:
    while not is_so():
        await asyncio.sleep(0.001)


async def measured(desk: Path, folder: Path) -> dict[str, float]:
    config = replace(config_for(folder), desk=desk, preview=False)
    app = HelpdeskApp(config, lambda: bootstrap.open_desk(config, source="screen"))
    async with app.run_test(size=SIZE):
        await until(lambda: app.board is not None and app.screen is app.board and app.board.asked_about_timer)
        await asyncio.sleep(2)
        start = time.perf_counter()
        send(app, "F")
        await until(lambda: isinstance(app.screen, FiguresScreen) and app.screen.counted is not None)
        first, screen = time.perf_counter() - start, app.screen
        assert isinstance(screen, FiguresScreen)
        changes = []
        for named in PERIODS:
            send(app, "p")
            await until(lambda: isinstance(app.screen, PeriodPick))
            send(app, *named)
            await asyncio.sleep(0.3)
            before, start = screen.counted, time.perf_counter()
            send(app, "enter")
            await until(lambda before=before: screen.counted is not before and app.screen is screen)
            changes.append(time.perf_counter() - start)
        await asyncio.sleep(0.3)
        keys = []
        for _ in range(13):
            before_key, start = screen.query_one(FigureList).cursor, time.perf_counter()
            send(app, "j")
            await until(lambda before_key=before_key: screen.query_one(FigureList).cursor != before_key)
            keys.append(time.perf_counter() - start)
            await asyncio.sleep(0.1)
    return {"first_s": first, "change_ms": max(changes) * 1000, "key_ms": max(keys) * 1000}


def main() -> int:
    os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    with tempfile.TemporaryDirectory() as folder:
        told = asyncio.run(asyncio.wait_for(measured(Path(sys.argv[1]), Path(folder)), PATIENCE))
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
