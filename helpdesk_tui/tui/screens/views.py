"""Where to go: saved views, boards and their columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from textual.binding import Binding

from helpdesk_tui.domain.board import Board, View
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.tui.fuzzy import best
from helpdesk_tui.tui.screens.pick import Pick
from helpdesk_tui.tui.widgets.picker import Choice
from helpdesk_tui.tui.widgets.ticket_parts import CATEGORY_STYLES

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk


class ShowView(Struct, frozen=True):
    """Filter the board by this view."""

    view: View


class SaveView(Struct, frozen=True):
    """Keep the filter under this name."""

    name: str


class RemoveView(Struct, frozen=True):
    """Forget this view."""

    view: View


class ViewsPick(Pick):
    """Saved views; a name that none has saves the filter under it. Dismissed with a ShowView, SaveView or RemoveView.

    `query` is the filter as it stands, which is what would be saved; `may_save` says whether this person may.
    """

    BINDINGS = [Binding("delete,ctrl+x", "remove", "Remove", show=False, priority=True)]

    def __init__(self, views: Sequence[View], query: str, may_save: bool) -> None:
        choices = [Choice(ShowView(view), view.name, view.query, current=view.query == query) for view in views]
        super().__init__("Saved views", choices, prompt="a view, or a new name for this filter")
        self._saves = may_save and bool(query.strip())
        self._query = query
        self.HINT = (("enter", "show"), *((("del", "remove"),) if may_save else ()), ("esc", "leave"))
        self._may_save = may_save

    def find(self, typed: str) -> None:
        typed = typed.strip()
        found = best(typed, self.all_choices, lambda choice: choice.text)
        if typed and self._saves and all(typed.casefold() != choice.text.casefold() for choice in found):
            found.append(Choice(SaveView(typed), f"save this filter as “{typed}”", self._query, "note"))
        self.offer(found, at_current=not typed)
        if not self.all_choices and not typed:
            self.say(f"No views yet. {'Type a name to save this filter.' if self._saves else 'Filter first, with /.'}")

    def action_remove(self) -> None:
        choice = self.list.choice
        if self._may_save and choice is not None and isinstance(choice.value, ShowView):
            self.dismiss(RemoveView(choice.value.view))


class MovePick(Pick):
    """The columns of the board the ticket is on, then those of the others. Dismissed with the id of a column."""

    HINT = (("enter", "move"), ("esc", "leave"))

    def __init__(self, heading: str, board_id: int | None = None, column_id: int | None = None) -> None:
        super().__init__(heading, empty="No column of that name.")
        self._board_id = board_id
        self._column_id = column_id

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import boards

        return self.offered([board for board in boards.all_boards(desk) if desk.may(Act.MOVE, board.id)])

    def offered(self, boards: Sequence[Board]) -> list[Choice]:
        """The columns of this board, then those of the others under their board's name."""
        here_first = sorted(boards, key=lambda board: board.id != self._board_id)
        return [
            Choice(
                column.id,
                column.name if board.id == self._board_id else f"{board.name}: {column.name}",
                column.category.value if column.category.value != column.name.casefold() else "",
                CATEGORY_STYLES.get(column.category, ""),
                current=column.id == self._column_id,
            )
            for board in here_first
            for column in board.columns
        ]
