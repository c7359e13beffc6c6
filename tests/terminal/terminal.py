"""The installed program in a terminal of its own: what is typed, what is on the screen, what went over the wire."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType

import pyte

from tests import warm

PROGRAM = [sys.executable, "-m", "helpdesk_tui"]
PATIENCE = 10.0
"""Seconds until what is waited for counts as missing; these tests may share the machine with others."""

KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "ctrl+c": "\x03",
    "ctrl+s": "\x13",
    "ctrl+u": "\x15",
    "down": "\x1b[B",
}


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """The environment of somebody whose home is that folder."""
    own = {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }
    foreign = ("TEXTUAL", "HELPDESK", "NO_COLOR", "COLUMNS", "LINES")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return kept | own | more


def helpdesk(home: Path, *argv: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """One command of the same person, without a terminal."""
    return warm.run(argv, surroundings(home), given.encode())


class Terminal:
    """`helpdesk`, or another program, with a terminal of so many columns and rows.

    Without a `program`, and with nothing in its environment that would change its start, it has been started before.
    """

    def __init__(
        self,
        home: Path,
        *argv: str,
        columns: int = 100,
        rows: int = 30,
        program: Sequence[str] | None = None,
        account: warm.Account | None = None,
        **environment: str,
    ) -> None:
        self._leader, self._follower = pty.openpty()
        self.resize(columns, rows, told=False)
        self._before = termios.tcgetattr(self._follower)
        self.wire = b""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._lines: list[str] = []
        self.process: subprocess.Popen[bytes] | warm.Forked
        if program is None and not environment:
            streams = (self._follower,) * 3
            self.process = warm.Forked(argv, streams, surroundings(home), account=account, terminal=True)
        else:
            self.process = subprocess.Popen(
                [*(program or PROGRAM), *argv],
                stdin=self._follower,
                stdout=self._follower,
                stderr=self._follower,
                env=surroundings(home, **environment),
                start_new_session=True,
                preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
            )

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)
        for descriptor in (self._leader, self._follower):
            if descriptor >= 0:
                os.close(descriptor)

    # What is typed

    def press(self, *keys: str) -> None:
        """Type keys by name, or a text as it is."""
        for key in keys:
            os.write(self._leader, KEYS.get(key, key).encode())
            if key == "esc":  # an escape that something follows at once would be another key
                self.listen(0.15)

    def resize(self, columns: int, rows: int, *, told: bool = True) -> None:
        fcntl.ioctl(self._leader, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        if told:
            self._screen.resize(rows, columns)

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the terminal under the program."""
        os.close(self._follower)
        os.close(self._leader)
        self._leader = self._follower = -1

    # What is to be seen

    def listen(self, seconds: float) -> bytes:
        """Take in what is sent for so long; what that was."""
        began, start = time.monotonic(), len(self.wire)
        while (left := seconds - (time.monotonic() - began)) > 0:
            if select.select([self._leader], [], [], min(left, 0.05))[0]:
                self._take()
        return self.wire[start:]

    def time_until(self, key: str, word: str, patience: float = 1.5) -> float:
        """Seconds from that key until the word is on the screen. What arrives is taken in first and looked at later."""
        assert word not in self.text
        start = time.perf_counter()
        self.press(key)
        arrived: list[tuple[float, bytes]] = []
        while (left := patience - (time.perf_counter() - start)) > 0:
            if select.select([self._leader], [], [], left)[0]:
                arrived.append((time.perf_counter(), os.read(self._leader, 1 << 16)))
        for at, chunk in arrived:
            self._feed(chunk)
            if word in self.text:
                return at - start
        raise AssertionError(f"the screen does not show {word!r}\n{self.text}")

    def _take(self) -> None:
        try:
            chunk = os.read(self._leader, 1 << 16)
        except OSError:
            return
        self._feed(chunk)

    def _feed(self, chunk: bytes) -> None:
        self.wire += chunk
        # pyte does not know the private forms of SGR and DEC that Textual asks for keyboards with.
        self._stream.feed(chunk.replace(b"\x1b[>", b"\x1b[?").replace(b"\x1b[<", b"\x1b[?"))

    @property
    def lines(self) -> list[str]:
        if len(self._lines) != self._screen.lines:
            self._lines = [""] * self._screen.lines
            self._screen.dirty.update(range(self._screen.lines))
        for row in self._screen.dirty.intersection(range(self._screen.lines)):
            cells = self._screen.buffer[row]
            self._lines[row] = "".join([cells[x].data for x in range(self._screen.columns)]).rstrip()
        self._screen.dirty.clear()
        return [*self._lines]

    @property
    def cursor_row(self) -> int:
        row: int = self._screen.cursor.y
        return row

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def wait(self, true: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
        end = time.monotonic() + patience
        while not true():
            assert time.monotonic() < end, f"{what}\n{self.text}"
            self.listen(0.03)

    def shows(self, *words: str, patience: float = PATIENCE) -> None:
        """Wait until all of these are on the screen."""
        for word in words:
            self.wait(partial(self._has, word), f"the screen does not show {word!r}", patience)

    def _has(self, word: str) -> bool:
        return word in self.text

    def no_longer_shows(self, word: str) -> None:
        self.wait(lambda: word not in self.text, f"the screen still shows {word!r}")

    # How it ends

    def end(self) -> int:
        """Wait for the end of the program; its exit code, negative for a signal."""
        self.wait(lambda: self.process.poll() is not None, "the program goes on")
        self.listen(0.05)
        return self.process.wait()

    def assert_restored(self) -> None:
        """The terminal is as it was: its own screen, its cursor, its modes, its line discipline."""
        for on, off in (
            (b"\x1b[?1049h", b"\x1b[?1049l"),
            (b"\x1b[?25l", b"\x1b[?25h"),
            (b"\x1b[?1000h", b"\x1b[?1000l"),
            (b"\x1b[?1003h", b"\x1b[?1003l"),
            (b"\x1b[?1006h", b"\x1b[?1006l"),
            (b"\x1b[?1004h", b"\x1b[?1004l"),
            (b"\x1b[?2004h", b"\x1b[?2004l"),
            (b"\x1b[>", b"\x1b[<u"),
        ):
            assert self.wire.rfind(off) >= self.wire.rfind(on), f"{on!r} is not taken back"
        assert termios.tcgetattr(self._follower) == self._before
        assert b"Traceback" not in self.wire

    @property
    def last_words(self) -> str:
        """What stands on the terminal's own screen in the end."""
        return self.wire.rpartition(b"\x1b[?1049l")[2].decode(errors="replace")
