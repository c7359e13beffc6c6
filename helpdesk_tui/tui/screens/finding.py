"""Keys that are for what the typed letters find: while that is on its way, so are they."""

from __future__ import annotations

from collections.abc import Callable

from helpdesk_tui.tui.asks import Asks
from helpdesk_tui.tui.styled_once import StyledOnce

FOUND = "what the letters find"
"""What keys wait for."""


class Finds(Asks, StyledOnce):
    """Mixin of a screen that offers what is being typed."""

    _waiting = False
    _later: Callable[[], None] | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether what the letters find is on its way."""
        return self._waiting

    def wait(self) -> None:
        """What the letters find is on its way."""
        self._waiting = True

    def arrived(self) -> None:
        """What is offered now is what the letters find: do what was asked for meanwhile."""
        self._waiting = False
        does, self._later = self._later, None
        if does is not None:
            does()
        self.keys_go(FOUND)
        self.paint_whole()

    def when_found(self, does: Callable[[], None]) -> None:
        """Do it to what the letters find: now, or as soon as that is there; letters typed meanwhile wait for it."""
        if self._waiting:
            self._later = does
            self.keys_wait(FOUND)
        else:
            does()
