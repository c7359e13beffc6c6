"""Other processes at the same desk: real ones, started from a warm copy of the interpreter."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from helpdesk_tui import bootstrap
from helpdesk_tui.clock import SystemClock
from helpdesk_tui.desk.desk import Desk
from tests.builders import ADMIN_UID, config_for, named_accounts

_WARM = multiprocessing.get_context("forkserver")
_WARM.set_forkserver_preload(
    [
        "tests.builders",
        "helpdesk_tui.desk.undo",
        "helpdesk_tui.desk.labels",
        "helpdesk_tui.desk.conversation",
        "helpdesk_tui.desk.automation",
        "helpdesk_tui.language.bind_change",
        "helpdesk_tui.store.files",
    ]
)
"""What would be loaded in each of them, some of it in its turn to write."""

PATIENCE_SECONDS = 60.0

Say = Callable[[Any], None]
Work = Callable[..., None]
"""`work(desk, say, *given)`: what it says has left its process before the call returns."""


class Elsewhere:
    """One function of a test, at work in a process of its own."""

    def __init__(self, work: Callable[..., None], *given: Any) -> None:
        self._ear, mouth = _WARM.Pipe(duplex=False)
        self.process: ForkServerProcess = _WARM.Process(target=_run, args=(mouth, work, given), daemon=True)
        self.process.start()
        mouth.close()

    def next(self, timeout: float = 30) -> Any:
        """What it says next; EOFError if it has ended."""
        if not self._ear.poll(timeout):
            raise TimeoutError("the other process says nothing")
        return self._ear.recv()

    def rest(self) -> list[Any]:
        """All that it still says until its end."""
        said = []
        while True:
            try:
                said.append(self.next())
            except EOFError:
                return said

    def signal(self, number: signal.Signals) -> None:
        assert self.process.pid is not None
        os.kill(self.process.pid, number)

    def end(self) -> int | None:
        """Wait for its end; the exit code."""
        self.process.join(30)
        return self.process.exitcode


@contextmanager
def elsewhere(folder: Path, work: Work, *given: Any) -> Iterator[Elsewhere]:
    """`work` in another process that has opened the desk in `folder`, and is gone when the block is left."""
    with away(_at_desk, folder, work, given) as other:
        yield other


@contextmanager
def away(work: Callable[..., None], *given: Any) -> Iterator[Elsewhere]:
    """`work(say, *given)` in another process, which is gone when the block is left."""
    other = Elsewhere(work, *given)
    try:
        yield other
    finally:
        with suppress(ProcessLookupError):  # it may have ended by itself
            other.signal(signal.SIGKILL)
        other.end()


@contextmanager
def several(folder: Path, work: Work, givens: Sequence[tuple[Any, ...]]) -> Iterator[list[Elsewhere]]:
    """`work` in as many other processes as there are `givens`."""
    with ExitStack() as stack:
        yield [stack.enter_context(elsewhere(folder, work, *given)) for given in givens]


def _at_desk(say: Say, folder: Path, work: Work, given: tuple[Any, ...]) -> None:
    desk = opened(folder)
    try:
        work(desk, say, *given)
    finally:
        desk.close()


def _run(mouth: Connection, work: Callable[..., None], given: tuple[Any, ...]) -> None:
    work(mouth.send, *given)


def opened(folder: Path) -> Desk:
    """The desk in that folder, really made if it is not there (`a_desk` copies one), by the clock on the wall."""
    with named_accounts():
        desk = bootstrap.open_desk(config_for(folder), clock=SystemClock(), uid=ADMIN_UID, example=False)
    # Fifty processes on two cores, and other tests beside them: how long a turn takes then says nothing.
    waits: Any = getattr(desk.store, "_queue", desk.store)
    waits._patience = PATIENCE_SECONDS
    return desk


def at(desk: Desk) -> Path:
    """The folder of a desk."""
    return desk.store.path.parent
