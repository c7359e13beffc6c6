"""Telling the desk which ticket this terminal shows, and whether an answer is being written on it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from helpdesk_tui.domain.at_work import Doing

if TYPE_CHECKING:
    from textual.screen import Screen

    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.tui.gateway import Gateway

LOOK = 1.0
"""Seconds between two looks at what is open. Nothing is drawn by one, and nothing is written unless it has changed."""

At = tuple[int, Doing]


@runtime_checkable
class Attends(Protocol):
    """A screen that is about one ticket."""

    def attends(self) -> At | None:
        """The ticket, and what is done there; None for none."""


class Attending:
    """What the person at this terminal attends to, as the desk was told last."""

    def __init__(self, gateway: Gateway, screens: Callable[[], Sequence[Screen[Any]]]) -> None:
        self._gateway = gateway
        self._screens = screens
        self._session = os.urandom(8).hex()
        self._told: At | None = None
        self._looks = 0
        """How often it was looked since the desk was told."""

    def look(self) -> None:
        """Tell the desk what is open, if that has changed or was told a while ago."""
        from helpdesk_tui.desk.presence import BEAT

        at = next((found for screen in reversed(self._screens()) if (found := _attended(screen)) is not None), None)
        self._looks += 1
        if at != self._told or (at is not None and self._looks >= BEAT / LOOK):
            self._tell(at)

    def end(self) -> None:
        """This terminal is being left."""
        if self._told is not None:
            self._tell(None)

    def _tell(self, at: At | None) -> None:
        session = self._session
        self._told, self._looks = at, 0

        def work(desk: Desk) -> None:
            from helpdesk_tui.desk import presence

            if at is None:
                presence.gone(desk, session)
            else:
                presence.here(desk, session, *at)

        self._gateway.ask(work, _nothing, _nothing)


def _attended(screen: Screen[Any]) -> At | None:
    return screen.attends() if isinstance(screen, Attends) else None


def _nothing(_value: object) -> None:
    """Whoever cannot be told that somebody is here does without."""
