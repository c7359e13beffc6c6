"""Places at the end of columns, handed out without asking the store each time."""

from __future__ import annotations

from helpdesk_tui.domain.rank import between
from helpdesk_tui.store import directory
from helpdesk_tui.store.unit_of_work import Unit


class Ranks:
    """The next place at the end of each column's priorities, counted on from what the store has."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._last: dict[tuple[int, int], str | None] = {}

    def next(self, column_id: int, priority: int) -> str:
        """A rank after all others of that priority on the column."""
        place = column_id, priority
        if place not in self._last:
            self._last[place] = directory.edge_rank(self._unit, column_id, priority, last=True)
        rank = between(self._last[place], None)
        self._last[place] = rank
        return rank
