"""The clocks of service levels: `python -m tests.bench.clocks DESK`, one JSON object.

How many times a second business time is added, how long the clocks of all tickets of the desk take to be worked out
anew, and what a key takes on an open board while that goes on behind it. The desk is copied first.
"""

from __future__ import annotations

import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from helpdesk_tui import bootstrap
from helpdesk_tui.config import load
from helpdesk_tui.desk import public_days, service_levels
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.business_time import BusinessTime, Hours
from helpdesk_tui.domain.calendar import read_week
from helpdesk_tui.store import service
from tests.bench.many_boards import Board, open_boards

ADDITIONS = 200_000
YEAR_MS = 365 * 86_400_000
LONGEST_MS = 80 * 3_600_000
AT_MOST_SECONDS = 300.0


def additions_per_second() -> float:
    """Of processor time: across a year with its clock changes and holidays, up to eighty business hours each."""
    hours = Hours("Europe/Tallinn", read_week("mon-fri 8-12, 13-18"), frozenset(public_days.days("EE", "")))
    time_of, dice = BusinessTime(hours), random.Random(1)
    begin = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1000)
    amounts = [(begin + dice.randrange(YEAR_MS), dice.randrange(1, LONGEST_MS)) for _ in range(ADDITIONS)]
    time_of.add_ms(begin, LONGEST_MS)
    best = 0.0
    for _ in range(3):
        began = time.process_time()
        for start, amount in amounts:
            time_of.add_ms(start, amount)
        best = max(best, ADDITIONS / (time.process_time() - began))
    return best


def recomputed(desk: Desk) -> dict[str, float]:
    """Seconds by the clock and of the processor until all clocks follow a changed promise."""
    _change_promise(desk)
    began, worked = time.monotonic(), time.process_time()
    service_levels.catch_up(desk)
    return {"recompute_s": time.monotonic() - began, "recompute_cpu_s": time.process_time() - worked}


def keys_meanwhile(path: Path, desk: Desk) -> dict[str, float]:
    """Milliseconds from a key to its last byte: while nothing else is done, and while the clocks are worked out.

    The board is the one that works them out: a policy is given another name on it.
    """
    with open_boards(path, 1) as (board,):
        time.sleep(3)
        quiet = _pressed(board, 30)
        still = [board.press(b"LH"[turn % 2 :][:1])[0] for turn in range(10)]
        for keys in (b",", b"serv", b"\r", b"\r", b"x", b"\x13"):
            board.press(keys)
        for _ in range(2):
            board.press(b"\x1b")
        began, busy, moves = time.monotonic(), [], []
        while _behind(desk) is not None and time.monotonic() - began < AT_MOST_SECONDS:
            busy += _pressed(board, 4)
            moves.append(board.press(b"LH"[len(moves) % 2 :][:1])[0])
        took = time.monotonic() - began
    return {
        "key_ms": statistics.median(quiet),
        "key_meanwhile_ms": statistics.median(busy) if busy else 0.0,
        "key_meanwhile_p90_ms": sorted(busy)[len(busy) * 9 // 10] if busy else 0.0,
        "keys_meanwhile": len(busy),
        "move_ms": statistics.median(still),
        "move_meanwhile_ms": statistics.median(moves) if moves else 0.0,
        "recompute_on_board_s": took,
    }


def _pressed(board: Board, count: int) -> list[float]:
    return [board.press(b"jk"[turn % 2 :][:1])[0] for turn in range(count)]


def _change_promise(desk: Desk) -> None:
    with desk.store.writing() as unit:
        service.promise_changed(unit)
        unit.commit()


def _behind(desk: Desk) -> int | None:
    with desk.store.reading() as unit:
        return service.behind(unit)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        shutil.copy(sys.argv[1], path)
        desk = bootstrap.open_desk(load(str(path)))
        told: dict[str, Any] = {"additions_per_second": additions_per_second(), **recomputed(desk)}
        told |= keys_meanwhile(path, desk)
        desk.close()
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
