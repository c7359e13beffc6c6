"""Many boards open on one desk: `python -m tests.bench.many_boards DESK [--boards 50]`, one JSON object.

Each is a process of its own in a pseudo-terminal of 120x40. Measured from outside: what a key takes on one board while
all the others are open, what they cost while nothing happens, and how soon each shows what another did.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import selectors
import signal
import statistics
import struct
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from helpdesk_tui import bootstrap
from helpdesk_tui.config import load
from helpdesk_tui.desk import boards as boards_of
from helpdesk_tui.desk import tickets

ROOT = Path(__file__).parents[2]
TICKS = os.sysconf("SC_CLK_TCK")
QUIET_SECONDS = 0.25
"""Without a byte for so long, a repaint is over."""
PATIENCE_SECONDS = 5.0


class Board:
    """One board in its terminal."""

    def __init__(self, desk: Path) -> None:
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(ROOT)
            os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
            os.execv(sys.executable, [sys.executable, "-m", "helpdesk_tui", "--desk", str(desk)])
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        os.set_blocking(self.terminal, False)

    def read(self) -> bytes:
        """What it has written since, empty if nothing."""
        try:
            return os.read(self.terminal, 1 << 20)
        except (BlockingIOError, OSError):
            return b""

    def press(self, key: bytes) -> tuple[float, int]:
        """Milliseconds until the last byte that a key brings about, and how many bytes they are."""
        self.read()
        began = last = time.perf_counter()
        os.write(self.terminal, key)
        size = 0
        while time.perf_counter() - last < (QUIET_SECONDS if size else PATIENCE_SECONDS):
            found = self.read()
            if found:
                size, last = size + len(found), time.perf_counter()
            time.sleep(0.0005)
        return (last - began) * 1000, size

    @property
    def cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    @property
    def mib(self) -> float:
        held = Path(f"/proc/{self.pid}/status").read_text().split("VmRSS:")[1].split()[0]
        return int(held) / 1024


@contextmanager
def open_boards(desk: Path, count: int) -> Iterator[list[Board]]:
    """So many boards, a few at a time until each has drawn its cards; gone when the block is left."""
    boards: list[Board] = []
    try:
        while len(boards) < count:
            batch = [Board(desk) for _ in range(min(5, count - len(boards)))]
            boards += batch
            for board in batch:
                _until_drawn(board)
        yield boards
    finally:
        for board in boards:
            os.kill(board.pid, signal.SIGKILL)
            os.waitpid(board.pid, 0)
            os.close(board.terminal)


def _until_drawn(board: Board) -> None:
    drawn, end = b"", time.monotonic() + 60
    while b"#" not in drawn or board.read():
        drawn += board.read()
        time.sleep(0.05)
        if time.monotonic() > end:
            raise TimeoutError("a board did not draw its cards")


def _until_quiet(boards: list[Board]) -> None:
    """What each does once it has drawn, as reading its notices, is not idleness."""
    for _ in range(12):
        shares, _sizes = idle(boards, 5)
        if max(shares) < 0.02:
            return


def idle(boards: list[Board], seconds: float) -> tuple[list[float], list[int]]:
    """The share of a core, and the bytes to the terminal, of each while nothing happens."""
    before, began = [board.cpu_seconds for board in boards], time.monotonic()
    sizes = [0] * len(boards)
    while time.monotonic() - began < seconds:
        for place, board in enumerate(boards):
            sizes[place] += len(board.read())
        time.sleep(0.2)
    taken = time.monotonic() - began
    return [(board.cpu_seconds - one) / taken for board, one in zip(boards, before, strict=True)], sizes


def shown_after(boards: list[Board], desk: Path) -> list[float]:
    """Seconds from somebody's change until each board has drawn something of it."""
    changer = bootstrap.open_desk(load(str(desk)))
    state = boards_of.read(changer, boards_of.Question(boards_of.all_boards(changer)[0].id, changer.ask("")))
    number = next(column.first[0].number for column in state.columns if column.first)
    for board in boards:
        board.read()
    tickets.change_text(changer, [number], f"title:changed{time.time_ns() % 10**6}")
    began = time.monotonic()
    changer.close()
    waiting = {board.terminal: board for board in boards}
    taken: list[float] = []
    with selectors.DefaultSelector() as ears:
        for terminal in waiting:
            ears.register(terminal, selectors.EVENT_READ)
        while waiting and time.monotonic() - began < 20:
            for key, _ in ears.select(0.1):
                if waiting.pop(key.fd, None) is not None:
                    taken.append(time.monotonic() - began)
                    ears.unregister(key.fd)
    return taken + [float("inf")] * len(waiting)


def measured(desk: Path, count: int, idle_seconds: float, keys: int) -> dict[str, Any]:
    with open_boards(desk, count) as boards:
        _until_quiet(boards)
        shares, sizes = idle(boards, idle_seconds)
        pressed = [boards[turn % count].press(b"jk"[turn % 2 :][:1]) for turn in range(keys)]
        soon = shown_after(boards, desk)
        return {
            "boards": count,
            "idle_share_of_core": max(shares),
            "idle_share_of_core_median": statistics.median(shares),
            "idle_bytes": max(sizes),
            "idle_bytes_median": statistics.median(sizes),
            "key_ms": statistics.median(ms for ms, _ in pressed),
            "key_ms_worst": max(ms for ms, _ in pressed),
            "shown_seconds": statistics.median(soon),
            "shown_seconds_worst": max(soon),
            "mib_each": statistics.median(board.mib for board in boards),
        }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("desk", type=Path)
    parser.add_argument("--boards", type=int, default=50)
    parser.add_argument("--idle", type=float, default=60, help="seconds in which nothing happens")
    parser.add_argument("--keys", type=int, default=50)
    given = parser.parse_args()
    print(json.dumps(measured(given.desk, given.boards, given.idle, given.keys)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
