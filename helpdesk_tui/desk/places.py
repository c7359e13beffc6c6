"""What every step leaves in order: no hard limit exceeded, no ticket on a column that is no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpdesk_tui.domain.board import Category, Column
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.errors import Conflict
from helpdesk_tui.store import cards, places
from helpdesk_tui.store.history import Fact

if TYPE_CHECKING:
    from helpdesk_tui.desk.work import Work

_PLACE = {"column_id", "archived_at", "removed"}
"""What of a ticket's changes may bring it onto a column."""


def check(work: Work, kind: str) -> None:
    """Conflict if the step that is being recorded leaves tickets where they may not be.

    A hard limit holds for those who move cards: what somebody asks for is always taken in.
    """
    moved = {fact.entity_id for fact in work.facts if fact.entity == "ticket" and _PLACE & fact.delta.keys()}
    hard = {column.id: column for column in work.all_columns() if column.hard and column.limit} if moved else {}
    if hard:
        _refuse_too_many(work, moved, hard)
    if kind in {"undo", "redo"}:
        _refuse_lost(work, moved)


def _refuse_too_many(work: Work, moved: set[int], hard: dict[int, Column]) -> None:
    made = {fact.entity_id for fact in work.facts if fact.entity == "column" and "removed" in fact.delta}
    standing = places.standing(work.unit, moved)
    now = {number: at.column_id for number, at in standing.items() if at.counts}
    before = _before(work.facts, {number: at.column_id for number, at in standing.items()})
    for column_id in set(now.values()) & hard.keys() - made:
        column = hard[column_id]
        gain = list(now.values()).count(column_id) - list(before.values()).count(column_id)
        held = cards.held(work.unit, column_id)
        if gain > 0 and held > (column.limit or 0) and work.desk.may(Act.MOVE, column.board_id):
            tickets = "1 ticket" if column.limit == 1 else f"{column.limit} tickets"
            raise Conflict(
                f"{column.name} takes {tickets} and no more: it would hold {held}.",
                "Finish or move one of them first.",
            )


def _before(facts: list[Fact], columns: dict[int, int]) -> dict[int, int]:
    """On which column each of the tickets stood before this step, those left out that did not count on any."""
    first: dict[int, dict[str, object]] = {number: {} for number in columns}
    for fact in facts:
        if fact.entity == "ticket" and fact.entity_id in first:
            for field in _PLACE & fact.delta.keys():
                first[fact.entity_id].setdefault(field, fact.delta[field][0])
    return {
        number: int(str(fields.get("column_id", columns[number])))
        for number, fields in first.items()
        if fields.get("archived_at") is None and not fields.get("removed")
    }


def _refuse_lost(work: Work, moved: set[int]) -> None:
    for number, at in places.standing(work.unit, moved).items():
        if at.is_lost:
            raise Conflict(
                f"#{number} would go back to {at.column}, which is no more.", "Nothing was changed; move it by hand."
            )
    for fact in work.facts:
        if fact.delta.get("removed", (None, None))[1] and fact.entity in {"board", "column"}:
            held = places.on_column if fact.entity == "column" else places.on_board
            if held(work.unit, fact.entity_id):
                raise Conflict(f"That {fact.entity} holds tickets by now.", "Nothing was changed; move them first.")
        if fact.entity == "column" and "category" in fact.delta:
            done = fact.delta["category"][1] == Category.DONE.value
            if places.out_of_order(work.unit, fact.entity_id, done=done):
                raise Conflict(
                    "Tickets have come to that column since, which would be neither open nor closed.",
                    "Nothing was changed; change the column's category by hand.",
                )
