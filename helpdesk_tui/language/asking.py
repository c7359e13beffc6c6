"""Who asks, when and where, and what the names in a query or a change stand for."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from helpdesk_tui.domain.people import Actor

if TYPE_CHECKING:
    # Few questions are about working days.
    from helpdesk_tui.domain.business_time import Hours

SUGGESTIONS = 500
"""How many known names are looked through for the one that was meant."""


class Lookup(Protocol):
    """Finds what a name stands for, among what the person asking may know about. Compares with `words.fold`."""

    def people(self, word: str) -> tuple[int, ...]:
        """Ids by login or full name; if nobody is called just so, by any word of a name; empty if nobody."""

    def labels(self, word: str) -> tuple[int, ...]:
        """Ids of labels of that name."""

    def organizations(self, word: str) -> tuple[int, ...]:
        """Ids of organizations of that name."""

    def boards(self, word: str) -> tuple[int, ...]:
        """Ids of boards of that name."""

    def columns(self, word: str) -> tuple[int, ...]:
        """Ids of columns of that name, on whichever board."""

    def hours(self) -> Hours | None:
        """The opening hours by which working days are counted; None where the desk has none."""

    def known(self, kind: str, prefix: str, limit: int) -> list[tuple[str, str]]:
        """Names beginning with `prefix` (folded), each with a hint beside it, for completion and suggestions.

        `kind` is one of `fields.NAMED`: person label organization board column source kind. A name given here is found
        again by the method above for its kind.
        """


class Asking(Struct, frozen=True):
    """The circumstances in which names and dates get their meaning. `now` is an aware UTC moment."""

    me: Actor
    now: datetime
    zone: tzinfo
    lookup: Lookup
