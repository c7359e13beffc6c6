"""What a verb that changes something says back."""

from __future__ import annotations

from msgspec import Struct


class Outcome(Struct, frozen=True):
    """The tickets touched, one line for a person, and what they should know besides.

    `change_set` names the undo step; None when nothing needed changing.
    """

    numbers: tuple[int, ...]
    said: str
    warnings: tuple[str, ...] = ()
    change_set: int | None = None
    made: int | None = None
    """The id of the comment, step, label, board, column or view that the verb made, if any."""
