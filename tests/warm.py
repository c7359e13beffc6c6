"""The program without its start: a process that has loaded all of it forks whenever it is to run.

For tests of what the program does; those of how it starts, and what its start reads of the environment, start it.
"""

from __future__ import annotations

import atexit
import fcntl
import gc
import importlib
import io
import json
import os
import pkgutil
import select
import signal
import socket
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOADED = ("sqlmodel", "sqlalchemy.dialects.sqlite", "alembic", "dateparser", "textual.drivers.linux_driver", "pydoc")
"""What the program loads only when it needs it, besides all of its own modules."""

MOST = 150_000
"""Bytes that a call may have: the words and the environment."""

Account = tuple[int, str]
"""Whose program it is: the number of an account and its login."""


class Forked:
    """A program that was started by a fork, with the part of `subprocess.Popen` that tests need."""

    def __init__(
        self,
        argv: Sequence[str],
        streams: tuple[int, int, int],
        environment: dict[str, str],
        *,
        account: Account | None = None,
        terminal: bool = False,
    ) -> None:
        asked = json.dumps([list(argv), environment, account, terminal, os.getcwd()]).encode()
        self._answers, answering = os.pipe()
        try:
            socket.send_fds(_loaded(), [asked], [*streams, answering])
        finally:
            os.close(answering)
        self.returncode: int | None = None
        self.pid = self._answer()

    def poll(self) -> int | None:
        """The exit code, if it has ended."""
        if self.returncode is None and select.select([self._answers], [], [], 0)[0]:
            self.returncode = self._answer()
            os.close(self._answers)
        return self.returncode

    def wait(self, timeout: float = 60.0) -> int:
        """The exit code once it has ended; negative for a signal."""
        if self.returncode is None and not select.select([self._answers], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("helpdesk", timeout)
        code = self.poll()
        assert code is not None
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _answer(self) -> int:
        return int(os.read(self._answers, 16))


def run(
    argv: Sequence[str], environment: dict[str, str], given: bytes = b"", account: Account | None = None
) -> subprocess.CompletedProcess[str]:
    """One command without a terminal, and what it printed."""
    files = [os.memfd_create(name) for name in ("in", "out", "err")]
    try:
        os.write(files[0], given)
        os.lseek(files[0], 0, os.SEEK_SET)
        code = Forked(argv, (files[0], files[1], files[2]), environment, account=account).wait()
        out, err = (os.pread(file, os.fstat(file).st_size, 0).decode() for file in files[1:])
    finally:
        for file in files:
            os.close(file)
    return subprocess.CompletedProcess([*argv], code, out, err)


@cache
def _loaded() -> socket.socket:
    """Where the process that has loaded the program takes calls; one for each process that runs tests."""
    calls, taken = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    environment = {name: value for name, value in os.environ.items() if name.startswith(("PATH", "PYTHON"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.warm", str(taken.fileno())],
        stdin=subprocess.DEVNULL,
        env=environment | {"LC_ALL": "C.UTF-8", "TZ": "UTC", "TERM": "xterm-256color", "COLORTERM": "truecolor"},
        cwd=ROOT,
        pass_fds=[taken.fileno()],
    )
    taken.close()

    def end() -> None:
        calls.close()
        process.wait()

    atexit.register(end)
    return calls


# In the process that has loaded the program


def load() -> None:
    """Import all of the program, and make what lives as long as the process does."""
    import helpdesk_tui

    for module in pkgutil.walk_packages(helpdesk_tui.__path__, "helpdesk_tui."):
        if not module.name.endswith("__main__") and ".migrations." not in module.name:
            importlib.import_module(module.name)
    for name in LOADED:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # else each child would copy all of it the first time its collector looks through it


def take_calls(calls: socket.socket) -> Sequence[str] | None:
    """Start what is asked for. Returns in the child, with what it is to be started with, or when nobody asks any more."""
    running: dict[int, tuple[int, int]] = {}
    """By what tells that it has ended: its number, and where that is waited for."""
    while True:
        for ready in select.select([calls.fileno(), *running], [], [])[0]:
            if ready != calls.fileno():
                pid, answering = running.pop(ready)
                _tell(answering, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
                os.close(answering)
                os.close(ready)
                continue
            asked, descriptors, _, _ = socket.recv_fds(calls, MOST, 4)
            if not asked:
                return None
            *streams, answering = descriptors
            pid = os.fork()
            if pid == 0:
                return _become(json.loads(asked), streams)
            for descriptor in streams:
                os.close(descriptor)
            running[os.pidfd_open(pid)] = (pid, answering)
            _tell(answering, pid)


def _tell(answering: int, number: int) -> None:
    with suppress(BrokenPipeError):  # who has asked is gone
        os.write(answering, b"%15d\n" % number)


def _become(asked: Any, streams: Sequence[int]) -> Sequence[str]:
    """Make of this process the one that was asked for, up to its start."""
    argv, environment, account, terminal, folder = asked
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.closerange(3, 256)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    if terminal:
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=terminal)
    if account is not None:
        _act_as(*account)
    words: list[str] = argv
    return words


def _act_as(number: int, login: str) -> None:
    """From now on this is a process of that account."""
    from helpdesk_tui import bootstrap
    from helpdesk_tui.desk.admission import Account

    def account_of(uid: int) -> Account:
        return Account(number, login, login.title())

    real = bootstrap.open_desk
    bootstrap.account_of = account_of
    bootstrap.open_desk = lambda *given, **more: real(*given, **more | {"uid": number})


if __name__ == "__main__":
    load()
    argv = take_calls(socket.socket(fileno=int(sys.argv[1])))
    if argv is not None:
        from helpdesk_tui.cli.main import main

        sys.exit(main(argv))
