"""The only threads of the screens: every call of the desk runs here, and its answer arrives as a message.

One lane does what was asked for in the order it was asked, so that two quick keys never overtake each other. A second
one reads what only matters while it is the latest: a page of cards, a filter's result. A third looks, a few times a
second and for microseconds, whether somebody else has changed the desk.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from textual.message import Message

from helpdesk_tui.errors import DeskUnusable, HelpdeskError

if TYPE_CHECKING:
    from textual.app import App

    from helpdesk_tui.desk.desk import Desk

T = TypeVar("T")
POLL_SECONDS = 0.35
_LOG = logging.getLogger(__name__)


@dataclass
class Answered(Message):
    """A call has come back: `take` is to be run with `value` on the event loop."""

    take: Callable[[Any], None]
    value: Any


@dataclass
class DeskChanged(Message):
    """Something was recorded since the screens last looked, by whoever. `numbers` None: too much to name."""

    numbers: tuple[int, ...] | None
    structure: bool


@dataclass
class _Job:
    work: Callable[[Desk], Any]
    done: Callable[[Any], None]
    failed: Callable[[HelpdeskError], None]
    kind: str = ""
    turn: int = 0


class Gateway:
    """Opens the desk and runs calls on it, away from the event loop."""

    def __init__(self, app: App[Any], opener: Callable[[], Desk]) -> None:
        self._app = app
        self._opener = opener
        self._desk: Desk | None = None
        self._opened = threading.Event()
        self._stopped = threading.Event()
        self._verbs: SimpleQueue[_Job | None] = SimpleQueue()
        self._reads: SimpleQueue[_Job | None] = SimpleQueue()
        self._turns: dict[str, int] = {}
        self._seen_event = 0
        self._threads = [
            threading.Thread(target=target, args=arguments, name=f"desk-{name}", daemon=True)
            for name, target, arguments in (
                ("verbs", self._run_verbs, ()),
                ("reads", self._run_reads, ()),
                ("watch", self._watch, ()),
            )
        ]

    def start(self, opened: Callable[[Any], None], failed: Callable[[HelpdeskError], None]) -> None:
        """Open the desk; what is asked before it is open waits for it."""
        self._verbs.put(_Job(lambda desk: desk, opened, failed))
        for thread in self._threads:
            thread.start()

    def ask(
        self, work: Callable[[Desk], T], done: Callable[[T], None], failed: Callable[[HelpdeskError], None]
    ) -> None:
        """Run `work` after everything asked before it, then `done` or `failed` on the event loop."""
        self._verbs.put(_Job(work, done, failed))

    def latest(
        self, kind: str, work: Callable[[Desk], T], done: Callable[[T], None], failed: Callable[[HelpdeskError], None]
    ) -> None:
        """Read something of which only the newest request of its `kind` matters; older answers are dropped."""
        turn = self._turns[kind] = self._turns.get(kind, 0) + 1
        self._reads.put(_Job(work, done, failed, kind, turn))

    def forget(self, kind: str) -> None:
        """Drop whatever of that kind is still under way."""
        self._turns[kind] = self._turns.get(kind, 0) + 1

    def saw(self, event_id: int) -> None:
        """The screens show everything up to that event."""
        self._seen_event = max(self._seen_event, event_id)

    def stop(self, patience: float = 3.0) -> None:
        """Finish what was asked for and let go of the desk. Nothing depends on it: a killed process loses nothing."""
        self._stopped.set()
        self._verbs.put(None)
        self._reads.put(None)
        self._opened.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(patience)
        if self._desk is not None and not any(thread.is_alive() for thread in self._threads):
            self._desk.close()

    # The lanes

    def _run_verbs(self) -> None:
        while (job := self._verbs.get()) is not None:
            if self._desk is None and not self._open(job):
                continue
            self._run(job)

    def _open(self, job: _Job) -> bool:
        try:
            self._desk = self._opener()
        except HelpdeskError as error:
            self._post(job.failed, error)
        except Exception as error:  # noqa: BLE001 - the edge: nothing may end a lane in silence
            self._post(job.failed, _unexpected(error))
        else:
            self._opened.set()
            return True
        return False

    def _run_reads(self) -> None:
        self._opened.wait()
        while (job := self._reads.get()) is not None:
            if self._desk is not None and self._is_latest(job):
                self._run(job)

    def _run(self, job: _Job) -> None:
        assert self._desk is not None
        try:
            value = job.work(self._desk)
        except HelpdeskError as error:
            answer: Callable[[], None] = lambda: job.failed(error)  # noqa: E731
        except Exception as error:  # noqa: BLE001 - the edge: nothing may end a lane in silence
            unexpected = _unexpected(error)
            answer = lambda: job.failed(unexpected)  # noqa: E731
        else:
            answer = lambda: job.done(value)  # noqa: E731

        def take(_: Any) -> None:
            if self._is_latest(job):
                answer()

        self._post(take, None)

    def _is_latest(self, job: _Job) -> bool:
        return not job.kind or self._turns.get(job.kind) == job.turn

    def _watch(self) -> None:
        """Posts DeskChanged when another connection has committed something the screens have not shown."""
        self._opened.wait()
        while not self._stopped.wait(POLL_SECONDS):
            desk = self._desk
            if desk is None:
                return
            try:
                self._look(desk)
            except HelpdeskError as error:
                self._post(self._lost, error)
                return
            except Exception as error:  # noqa: BLE001 - the edge: nothing may end a lane in silence
                self._post(self._lost, _unexpected(error))
                return

    def _look(self, desk: Desk) -> None:
        from helpdesk_tui.desk import boards

        if not boards.changed(desk):
            return
        news = boards.news(desk, self._seen_event)
        if news.last_event_id > self._seen_event:
            self._seen_event = news.last_event_id
            if not self._stopped.is_set():
                self._app.post_message(DeskChanged(news.numbers, news.structure_changed))

    def _lost(self, error: HelpdeskError) -> None:
        self._app.post_message(DeskLost(error))

    def _post(self, take: Callable[[Any], None], value: Any) -> None:
        self._app.post_message(Answered(take, value))


@dataclass
class DeskLost(Message):
    """The desk cannot be watched any more: its file is gone, or it will not be read."""

    error: HelpdeskError


def _unexpected(error: Exception) -> DeskUnusable:
    """A defect as a sentence; the log has the rest."""
    _LOG.error("unexpected error in the gateway", exc_info=error)
    return DeskUnusable(f"Something went wrong that should not have ({type(error).__name__}).", "The log has the details.")
