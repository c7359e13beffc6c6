"""Many writers at one desk: `python -m tests.bench.two_at_once [--processes 16] [--changes 500]`, one JSON object.

Each process makes its changes through the desk's own verbs, on tickets that all of them are at. What they send to the
database is then sent again, by as many processes, through bare sqlite3: the desk is compared with that.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import event

from helpdesk_tui import bootstrap
from helpdesk_tui.config import load
from helpdesk_tui.desk import tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.board import Category
from helpdesk_tui.store.writer_queue import WriterQueue

TICKETS = 50
ROOT = Path(__file__).parents[2]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=16)
    parser.add_argument("--changes", type=int, default=500)
    parser.add_argument("--at", type=Path, help="be one of the writers at this desk")
    parser.add_argument("--who", type=int, default=0)
    parser.add_argument("--bare", type=Path, help="send these recorded statements instead")
    given = parser.parse_args()
    if given.at is None:
        print(json.dumps(measured(given.processes, given.changes)))
        return 0
    taken = bare(given.at, given.bare, given.changes) if given.bare else changing(given.at, given.who, given.changes)
    print(json.dumps(taken))
    return 0


def measured(processes: int, changes: int) -> dict[str, Any]:
    """What was kept of what was done, how long it took each, and how many a second it was beside bare sqlite3."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        _fill(folder / "desk.db")
        alone = _run(folder / "desk.db", 1, 100)
        shutil.copy(folder / "desk.db", folder / "many.db")
        many = _run(folder / "many.db", processes, changes)
        script = folder / "script.json"
        script.write_text(json.dumps(_recorded(folder / "desk.db", 100)))
        bare_one = _run(folder / "desk.db", 1, 100, "--bare", str(script))
        bare_many = _run(folder / "desk.db", processes, changes, "--bare", str(script))
        kept = _kept(folder / "many.db")
    latencies = sorted(one for each in many["took"] for one in each)
    return {
        "asked": processes * changes,
        "kept": kept,
        # A reply and a minute are one change in five each, also of those made alone before; whatever is lost is here.
        "lost": 2 * (processes * changes + 100) // 5 - kept["counted"] - kept["minutes"],
        "errors": many["errors"],
        "alone_p50_ms": statistics.median(alone["took"][0]),
        "p50_ms": statistics.median(latencies),
        "p99_ms": latencies[int(len(latencies) * 0.99)],
        "worst_ms": latencies[-1],
        "per_second": len(latencies) / many["seconds"],
        "bare_per_second": processes * changes / bare_many["seconds"],
        "bare_alone_ms": statistics.median(bare_one["took"][0]),
    }


def _fill(path: Path) -> None:
    desk = _opened(path)
    for number in range(TICKETS):
        tickets.create(desk, tickets.NewTicket(f"Ticket {number}"))
    desk.close()


def _opened(path: Path) -> Desk:
    return bootstrap.open_desk(load(str(path)), example=False)


def _kept(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as direct:
        replies, titles = direct.execute(
            "SELECT (SELECT count(*) FROM comment), (SELECT count(*) FROM event WHERE delta LIKE '%\"title\"%')"
        ).fetchone()
        (minutes,) = direct.execute("SELECT sum(minutes) FROM ticket").fetchone()
        (counted,) = direct.execute("SELECT sum(replies) FROM ticket").fetchone()
        (well,) = direct.execute("PRAGMA quick_check").fetchone()
    return {"replies": replies, "counted": counted, "titles": titles, "minutes": minutes, "well": int(well == "ok")}


def _run(path: Path, processes: int, changes: int, *more: str) -> dict[str, Any]:
    """Start them, let all begin at once, and collect what each took for each of its changes, in milliseconds."""
    command = [sys.executable, "-m", "tests.bench.two_at_once", "--at", str(path), "--changes", str(changes), *more]
    running = [
        subprocess.Popen(
            [*command, "--who", str(who)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for who in range(processes)
    ]
    for one in running:
        assert one.stdout is not None
        one.stdout.readline()  # it is ready
    began = time.perf_counter()
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    told = [one.communicate()[0] for one in running]
    seconds = time.perf_counter() - began
    errors = sum(one.returncode != 0 for one in running)
    return {"took": [json.loads(text) for text in told if text.strip()], "seconds": seconds, "errors": errors}


def _when_all_are_ready() -> None:
    print("ready", flush=True)
    sys.stdin.readline()


def changing(path: Path, who: int, changes: int) -> list[float]:
    """Changes of five kinds, in turns, on tickets that the others change too."""
    desk = _opened(path)
    taken = []
    done = next(column.id for column in _columns(desk) if column.category is Category.DONE)
    doing = next(column.id for column in _columns(desk) if column.category is Category.DOING)
    kinds: list[Callable[[int, int], object]] = [
        lambda number, turn: tickets.change_text(desk, [number], f'reply:"{who}.{turn}"'),
        lambda number, turn: tickets.move(desk, [number], doing if turn % 2 else done),
        lambda number, _: tickets.change_text(desk, [number], "time:1m"),
        lambda number, turn: tickets.change_text(desk, [number], f"title:t{who}.{turn}"),
        lambda number, turn: tickets.change_text(desk, [number], f"priority:{'low' if turn % 2 else 'high'}"),
    ]
    tickets.find(desk, desk.ask("is:open"))
    _when_all_are_ready()
    for turn in range(changes):
        number = (who * 7 + turn // len(kinds)) % TICKETS + 1
        began = time.perf_counter()
        kinds[turn % len(kinds)](number, turn)
        taken.append((time.perf_counter() - began) * 1000)
    desk.close()
    return taken


def _columns(desk: Desk) -> Sequence[Any]:
    from helpdesk_tui.desk import boards

    return boards.all_boards(desk)[0].columns


def _recorded(path: Path, changes: int) -> list[list[str]]:
    """What a writer sends to the database, a list of statements for each change; it is done on that desk."""
    desk = _opened(path)
    sent: list[str] = []
    for pooled in (desk.store.engine,):  # type: ignore[attr-defined]
        event.listen(pooled, "checkout", lambda connection, *_: connection.set_trace_callback(sent.append))
    script: list[list[str]] = []
    kinds = ('reply:"x"', "time:1m", "title:y{}", "priority:{}", "to:{}")
    for turn in range(changes):
        sent.clear()
        word = {3: ("low", "high"), 4: ("doing", "done")}.get(turn % 5, (turn, turn))[turn % 2]
        tickets.change_text(desk, [turn % TICKETS + 1], kinds[turn % 5].format(word))
        # sqlite3 tells of a statement again for each trigger that it fires.
        script.append([statement for statement, _ in groupby(sent) if not statement.startswith("--")])
    desk.close()
    return script


def bare(path: Path, script: Path, changes: int) -> list[float]:
    """The recorded statements again, in the same transactions and in the same queue, with nothing around them."""
    recorded = json.loads(script.read_text())
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    queue = WriterQueue(path.with_name(path.name + "-queue"), 30)
    _when_all_are_ready()
    taken = []
    for turn in range(changes):
        began = time.perf_counter()
        turns = None
        for statement in recorded[(turn + os.getpid()) % len(recorded)]:
            if statement == "BEGIN IMMEDIATE":
                turns = queue.turn()
                turns.__enter__()
            connection.execute(statement).fetchall()
            if statement in {"COMMIT", "ROLLBACK"} and turns is not None:
                turns.__exit__(None, None, None)
                turns = None
        taken.append((time.perf_counter() - began) * 1000)
    connection.close()
    return taken


if __name__ == "__main__":
    raise SystemExit(main())
