"""How the screens around the board ask the desk: always through the app's gateway, never waiting."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from helpdesk_tui.errors import HelpdeskError
from helpdesk_tui.tui.typed_ahead import KeysWait

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk

T = TypeVar("T")

LONG = 0.5
"""Seconds after which a person is told that they are waiting."""


class Asks(KeysWait):
    """Mixin for a screen that asks the desk something and goes on when the answer is there."""

    @property
    def is_there(self) -> bool:
        """Whether it is open: neither closed nor about to be, and with it what is in it."""
        return self.app.is_running and self in self.app.screen_stack

    def ask(
        self,
        work: Callable[[Desk], T],
        done: Callable[[T], None],
        failed: Callable[[HelpdeskError], None],
        *,
        kind: str = "",
        files: bool = False,
        hold: bool = False,
        meanwhile: str = "Working…",
    ) -> None:
        """Run `work` beside the screen, then `done` with its answer or `failed` with its error.

        Neither is called when the screen has gone meanwhile, or when something of the same `kind` was asked since.
        Nothing else waits for work with the person's `files`.
        With `hold`, which goes without a `kind`, keys wait for that: they are meant for what comes of it. If it takes
        long, `meanwhile` says what is being done.
        """

        def answer(value: T) -> None:
            if self.is_there:
                over()
                done(value)
            self.keys_go(answer)

        def refuse(error: HelpdeskError) -> None:
            if self.is_there:
                over()
                failed(error)
            self.keys_go(answer)

        over = self._hold(answer, meanwhile) if hold else _nothing

        self.app.gateway.ask(work, answer, refuse, kind=kind, files=files)

    def _hold(self, what: object, meanwhile: str) -> Callable[[], None]:
        """Have keys wait, and say so if it takes long. Call the answer when it is over."""
        said: list[str] = []

        def tell(text: str) -> None:
            said.append(text)
            self.say(text)

        def over() -> None:
            waiting.stop()
            if said:
                tell("")

        self.keys_wait(what)
        waiting = self.set_timer(LONG, lambda: tell(meanwhile))
        return over


def _nothing() -> None:
    """Nothing was held back."""
