"""The palette (ctrl+p): every action, board, view and theme by name, and a ticket by its number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from helpdesk_tui.domain import entry
from helpdesk_tui.tui.actions import Action, key_name
from helpdesk_tui.tui.fuzzy import best
from helpdesk_tui.tui.screens.pick import Pick
from helpdesk_tui.tui.widgets.picker import Choice

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.domain.board import Board, View


class RunAction(Struct, frozen=True):
    """Do this on the screen the palette was opened over."""

    action: Action


class ShowBoard(Struct, frozen=True):
    """Go to this board."""

    board_id: int


class ShowView(Struct, frozen=True):
    """Filter by this view."""

    view: View


class UseTheme(Struct, frozen=True):
    """Draw everything in these colours from now on."""

    name: str


class OpenTicket(Struct, frozen=True):
    """Open the ticket of this number, if there is one."""

    number: int


class Palette(Pick):
    """Dismissed with a RunAction, ShowBoard, ShowView, UseTheme or OpenTicket."""

    HINT = (("enter", "do it"), ("esc", "leave"))

    def __init__(self, actions: Sequence[Action], themes: Sequence[str], ascii_only: bool = False) -> None:
        told = [
            Choice(RunAction(action), action.label, _keys(action, ascii_only))
            for action in actions
            if not action.passes_key and action.id != "palette"
        ]
        super().__init__("Palette", told, prompt="an action, a board, a view, a theme, or #142")
        self._themes = [Choice(UseTheme(name), f"Theme: {name}") for name in themes]
        self.all_choices = [*told, *self._themes]

    def opened(self) -> None:
        super().opened()
        self.ask(_places, self._add_places, self.failed, hold=True)

    def _add_places(self, found: tuple[Sequence[Board], Sequence[View]]) -> None:
        boards, views = found
        places = [
            *(Choice(ShowView(view), f"View: {view.name}", view.query) for view in views),
            *(Choice(ShowBoard(board.id), f"Board: {board.name}") for board in boards),
        ]
        self.all_choices = [*(one for one in self.all_choices if one not in self._themes), *places, *self._themes]
        self.find(self.typed)

    def find(self, typed: str) -> None:
        self.offer([*_tickets(typed), *best(typed, self.all_choices, lambda choice: choice.text)])


def _keys(action: Action, ascii_only: bool) -> str:
    return "  ".join(key_name(key, ascii_only) for key in action.keys[:2])


def _tickets(typed: str) -> Iterator[Choice]:
    number = entry.ticket_number(typed.strip())
    if number is not None:
        yield Choice(OpenTicket(number), f"Open #{number}", "ticket", "accent")


def _places(desk: Desk) -> tuple[Sequence[Board], Sequence[View]]:
    from helpdesk_tui.desk import boards, views

    return (boards.all_boards(desk), views.views(desk)) if desk.actor.on_team else ((), ())
