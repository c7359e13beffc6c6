"""Ending when the process is asked to: a terminal that is closed, or anything that is killed, is left as it was."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

HANG_UP_PATIENCE = 2.0
"""Seconds a terminal that is closing is given to be restored."""

_REQUESTS = (signal.SIGTERM, signal.SIGQUIT, signal.SIGINT)
_HELD_BACK = (*_REQUESTS, signal.SIGHUP)


@contextmanager
def held_back() -> Iterator[None]:
    """A request to end waits until `on_request` can take it: before that, nobody would give the terminal back."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _HELD_BACK)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD_BACK)


def on_request(leave: Callable[[int], None], close: Callable[[], None]) -> None:
    """From now on a request to end calls `leave` on the event loop with the exit code that says which it was.

    Where writing to a terminal that is gone already waits for ever, `close` ends what was begun, and then the process.
    """
    loop = asyncio.get_running_loop()
    for number in _REQUESTS:
        try:
            loop.add_signal_handler(number, leave, 128 + number)
        except (NotImplementedError, RuntimeError, ValueError):  # not the main thread
            return

    def hang_up(*_signal: object) -> None:
        code = 128 + signal.SIGHUP

        def leave_hard() -> None:
            close()
            os._exit(code)

        last = threading.Timer(HANG_UP_PATIENCE, leave_hard)
        last.daemon = True
        last.start()
        loop.call_soon_threadsafe(leave, code)

    # The event loop may itself be waiting for a terminal that is gone: this one does not rely on it alone.
    signal.signal(signal.SIGHUP, hang_up)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD_BACK)
