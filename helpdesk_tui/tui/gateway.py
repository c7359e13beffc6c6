"""The way from the screens to the desk, and the only place with threads.

Work runs beside the screen, in the order it was asked for, and its answer comes back as a message; state lives on the
event loop. Reading for show (`kind`) has threads of its own, and only the last question of a kind is answered. They
are two: a question that has become stale while it runs does not keep the one that counts waiting.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from textual.message import Message

from helpdesk_tui.errors import Cancelled, DeskReplaced, HelpdeskError, LetOut
from helpdesk_tui.tui.accidents import unexpected
from helpdesk_tui.tui.messages import (
    Answered,
    DeskBack,
    DeskFailed,
    DeskLost,
    DeskOpened,
    LeftOut,
)

if TYPE_CHECKING:
    from pathlib import Path

    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.domain.permissions import Act

T = TypeVar("T")

POLL = 0.35
"""Seconds between two looks at whether somebody else changed the desk; a look takes microseconds."""

PATIENCE = 6.0
"""Seconds that closing waits for changes still on their way into the desk."""


class Gateway:
    """Runs work on the desk. Everything but the work itself happens on the event loop."""

    def __init__(
        self,
        post: Callable[[Message], object],
        open_desk: Callable[[], Desk],
        log_path: Path,
        veil: Callable[[str], str] = str,
    ) -> None:
        self._post = post
        self._veil = veil
        """Takes out of what went wrong what the person is not to know."""
        self._open_desk = open_desk
        self._log_path = log_path
        self._changes = _Thread("desk-changes")
        self._looks = (_Thread("desk-look-1"), _Thread("desk-look-2"))
        self._aside = _Thread("desk-aside")
        self._files = _Thread("desk-files")
        self._asked: dict[str, int] = {}
        self._opened = threading.Event()
        self._closing = threading.Event()
        self._watcher: threading.Thread | None = None
        self._desk: Desk | None = None
        self.seen_event = 0
        """The last event the board has shown: news are what came after it."""

    @property
    def desk(self) -> Desk | None:
        """The desk, None until it is open."""
        return self._desk

    def may(self, act: Act) -> bool:
        """Whether the desk is open and the person at the keyboard may do that, on some board at least."""
        return self._desk is not None and self._desk.may(act)

    @property
    def threads(self) -> tuple[_Thread, ...]:
        """Where work is done."""
        return (self._changes, *self._looks, self._aside, self._files)

    @property
    def has_more(self) -> bool:
        """Whether further changes wait behind the one being made."""
        return self._changes.has_more

    def start(self) -> None:
        """Open the desk; what is asked meanwhile waits for it."""
        self._changes.do(self._open)
        for thread in self._looks:
            thread.do(self._opened.wait)

    def ask(
        self,
        work: Callable[[Desk], T],
        done: Callable[[T], object],
        failed: Callable[[HelpdeskError], object],
        *,
        kind: str = "",
        aside: bool = False,
        files: bool = False,
    ) -> None:
        """Run `work` beside the screen, then `done` with its answer or `failed` with its error, on the event loop.

        Work of a `kind` is superseded by the next of that kind: it is then not begun, or its answer is dropped. Nothing
        waits for long work that is done `aside`, nor for what reads or writes the person's `files`: a disk may be slow.
        """
        number = self._asked[kind] = self._asked.get(kind, 0) + 1

        def is_stale() -> bool:
            return bool(kind) and self._asked[kind] != number

        def deliver(call: Callable[[Any], object], value: object) -> None:
            if not is_stale():
                call(value)

        def job() -> None:
            if self._desk is None or is_stale():
                return
            try:
                value = work(self._desk)
            except (LetOut, DeskReplaced) as error:
                self._post(LeftOut(self._veiled(error)))
            except HelpdeskError as error:
                self._answer(deliver, failed, self._veiled(error))
            except Exception as error:  # noqa: BLE001 - an accident in one piece of work must not end the others
                self._answer(deliver, failed, self._veiled(unexpected(error, self._log_path)))
            else:
                self._answer(deliver, done, value)

        thread = self._looks[number % 2] if kind else self._changes
        (self._aside if aside else self._files if files else thread).do(job)

    def go_on(self, *_progress: int) -> None:
        """Asked by long work now and then: Cancelled when the screens are closing."""
        if self._closing.is_set():
            raise Cancelled("The screens are closing.")

    def forget(self, kind: str) -> None:
        """Drop what is still to come of that kind."""
        self._asked[kind] = self._asked.get(kind, 0) + 1

    def close(self) -> None:
        """Let go of the desk, once what was asked of it is done."""
        if self._closing.is_set():
            return
        self._closing.set()
        self._opened.set()
        for thread in self.threads:
            thread.end()
        for thread in self.threads:
            thread.join(PATIENCE if thread in {self._changes, self._files} else 0.5)
        if self._watcher is not None:
            self._watcher.join(0.5)
        # Under work that is still running the connections stay: closing them there would end the process hard.
        if self._desk is not None and not any(one.is_alive() for one in (*self.threads, self._watcher) if one):
            self._desk.close()

    def _veiled(self, error: HelpdeskError) -> HelpdeskError:
        error.message, error.hint = self._veil(error.message), self._veil(error.hint)
        return error

    def _answer(self, deliver: Callable[..., None], call: Callable[[Any], object], value: object) -> None:
        if not self._closing.is_set():
            self._post(Answered(lambda: deliver(call, value)))

    def _open(self) -> None:
        try:
            self._desk = self._open_desk()
        except HelpdeskError as error:
            self._post(DeskFailed(error))
        except Exception as error:  # noqa: BLE001 - told as one sentence, the log has the rest
            self._post(DeskFailed(unexpected(error, self._log_path)))
        else:
            self._post(DeskOpened())
            self._watcher = threading.Thread(target=self._watch, args=(self._desk,), name="desk-watch", daemon=True)
            self._watcher.start()
        self._opened.set()

    def _watch(self, desk: Desk) -> None:
        """Look again and again whether somebody else changed the desk, and tell what."""
        from helpdesk_tui.tui.watching import Watch

        watch = Watch(desk, lambda: self.seen_event)
        lost = False
        while not self._closing.wait(POLL):
            try:
                told = watch.look()
            except (LetOut, DeskReplaced) as error:
                self._post(LeftOut(self._veiled(error)))
                return
            except HelpdeskError as error:
                if not lost:
                    self._post(DeskLost(self._veiled(error)))
                lost = True
                continue
            if lost:
                self._post(DeskBack())
            lost = False
            for message in told:
                self._post(message)


class _Thread(threading.Thread):
    """Runs jobs one after the other. A daemon: a job that hangs does not keep the program alive."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self._jobs: SimpleQueue[Callable[[], object] | None] = SimpleQueue()

    def do(self, job: Callable[[], object]) -> None:
        if self.ident is None:
            self.start()
        self._jobs.put(job)

    @property
    def has_more(self) -> bool:
        return not self._jobs.empty()

    def end(self) -> None:
        self._jobs.put(None)

    def join(self, timeout: float | None = None) -> None:
        if self.ident is not None:
            super().join(timeout)

    def run(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
