"""Completion of both languages, as data for the screens and the shells."""

from __future__ import annotations

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.language.complete import Completion, complete


def complete_query(desk: Desk, text: str, cursor: int) -> list[Completion]:
    """What could stand at the cursor of a query, as far as the acting person may know it."""
    return complete(text, cursor, desk.asking().lookup, "query")


def complete_change(desk: Desk, text: str, cursor: int) -> list[Completion]:
    """What could stand at the cursor of a change."""
    return complete(text, cursor, desk.asking().lookup, "change")
