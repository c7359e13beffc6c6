"""A backup of a large desk that is written to: `python -m tests.bench.backup [--tickets 100000] [--desk FILE]`.

Prints one JSON object: how long the copies took, how long the changes that a writer made meanwhile waited (ms, and those
made while nothing was copied, to compare), and whether each copy is whole and of one moment.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from helpdesk_tui import bootstrap
from helpdesk_tui.config import load
from helpdesk_tui.desk import keeping, tickets
from helpdesk_tui.exchange import demo

ROOT = Path(__file__).parents[2]
COPIES = 3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--desk", type=Path, help="a large desk to take a copy of, instead of making one")
    parser.add_argument("--write-on", type=Path, help="be the writer at this desk")
    given = parser.parse_args()
    if given.write_on is not None:
        _write_on(given.write_on)
        return 0
    with tempfile.TemporaryDirectory(dir=given.desk and given.desk.parent) as folder:
        path = Path(folder) / "desk.db"
        if given.desk is None:
            desk = bootstrap.open_desk(load(str(path)), example=False)
            demo.fill(desk, given.tickets)
            desk.close()
        else:
            shutil.copy(given.desk, path)
        print(json.dumps(measured(path)))
    return 0


def measured(path: Path) -> dict[str, Any]:
    """Copy the desk several times beside a writer, and bring together when it waited and what was copied when."""
    desk = bootstrap.open_desk(load(str(path)))
    told = [sys.executable, "-m", "tests.bench.backup", "--write-on", str(path)]
    writer = subprocess.Popen(told, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    spans, verdicts = [], []
    for number in range(COPIES):
        time.sleep(1)
        copy = path.with_name(f"copy{number}.db")
        began = time.monotonic()
        keeping.back_up(desk, copy)
        spans.append((began, time.monotonic()))
        verdicts.append(_verdict(copy))
    said, _ = writer.communicate("", timeout=60)
    desk.close()
    waits = json.loads(said)
    beside = [took for at, took in waits if any(begin - took <= at <= end for begin, end in spans)]
    alone = [took for at, took in waits if not any(begin - took <= at <= end for begin, end in spans)]
    return {
        "copies_s": [round(end - begin, 2) for begin, end in spans],
        "copies_whole": verdicts,
        "megabytes": round(path.stat().st_size / 1e6, 1),
        "beside": _summary(beside),
        "alone": _summary(alone),
    }


def _summary(waits: list[float]) -> dict[str, float]:
    ordered = sorted(wait * 1000 for wait in waits)
    return {
        "changes": len(ordered),
        "p50_ms": round(statistics.median(ordered), 1),
        "p99_ms": round(ordered[int(len(ordered) * 0.99)], 1),
        "worst_ms": round(ordered[-1], 1),
    }


def _verdict(copy: Path) -> bool:
    """Whether it is whole, and what a ticket counts is there: of one moment."""
    with closing(sqlite3.connect(copy)) as database:
        ((verdict,),) = database.execute("PRAGMA integrity_check(1)")
        counted, there = database.execute(
            "SELECT sum(notes), (SELECT count(*) FROM comment WHERE speech = 'note' AND NOT removed) FROM ticket"
        ).fetchone()
    return bool(verdict == "ok" and counted == there)


def _write_on(path: Path) -> None:
    """Change tickets without a pause until the standard input ends; when each change began, and how long it took."""
    import select

    desk = bootstrap.open_desk(load(str(path)))
    tickets.change_text(desk, [1], 'note:"the first one loads what is needed"')
    print("ready", flush=True)
    waits: list[tuple[float, float]] = []
    while not select.select([sys.stdin], [], [], 0)[0]:
        began = time.monotonic()
        tickets.change_text(desk, [1 + len(waits) % 500], f'note:"{len(waits)}"')
        waits.append((began, time.monotonic() - began))
    print(json.dumps(waits))


if __name__ == "__main__":
    sys.exit(main())
