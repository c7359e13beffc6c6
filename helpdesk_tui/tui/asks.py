"""How the screens around the board ask the desk: always through the app's gateway, never waiting."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from helpdesk_tui.errors import HelpdeskError

if TYPE_CHECKING:
    from textual.screen import Screen

    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.tui.gateway import Gateway

    _Base = Screen[Any]
else:
    _Base = object

T = TypeVar("T")


class Asks(_Base):
    """Mixin for a screen that asks the desk something and goes on when the answer is there."""

    def ask(
        self,
        work: Callable[[Desk], T],
        done: Callable[[T], None],
        failed: Callable[[HelpdeskError], None],
        *,
        kind: str = "",
    ) -> None:
        """Run `work` beside the screen, then `done` with its answer or `failed` with its error.

        Neither is called when the screen has gone meanwhile, or when something of the same `kind` was asked since.
        """

        def answer(value: T) -> None:
            if self.is_attached:
                done(value)

        def refuse(error: HelpdeskError) -> None:
            if self.is_attached:
                failed(error)

        gateway: Gateway = self.app.gateway  # type: ignore[attr-defined]
        gateway.ask(work, answer, refuse, kind=kind)
