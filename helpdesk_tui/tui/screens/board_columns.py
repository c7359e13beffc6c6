"""The columns of a board: add, rename, order, colour, limit and remove them, and say what being in them means."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.binding import Binding

from helpdesk_tui.domain.board import Board, Category, Column
from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import UsageError
from helpdesk_tui.tui.screens.managing import Key, Managing
from helpdesk_tui.tui.screens.pick import Pick
from helpdesk_tui.tui.screens.pick_labels import ColorPick
from helpdesk_tui.tui.screens.text_entry import LineEntry
from helpdesk_tui.tui.widgets.picker import Choice
from helpdesk_tui.tui.widgets.ticket_parts import CATEGORY_STYLES

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome

MEANS = {
    Category.TODO: "new tickets land in the first of these",
    Category.DOING: "it is being worked on",
    Category.DONE: "tickets in it are closed",
}


class ColumnsPick(Managing):
    """The columns of one board, from left to right, each changed in place."""

    BINDINGS = [
        Binding("N", "add", "New", show=False),
        Binding("R", "rename", "Rename", show=False),
        Binding("G", "category", "Category", show=False),
        Binding("C", "color", "Colour", show=False),
        Binding("L", "limit", "Limit", show=False),
        Binding("J", "move(1)", "Right", show=False),
        Binding("K", "move(-1)", "Left", show=False),
        Binding("X", "remove", "Remove", show=False),
    ]
    HINT = (("enter", "rename"), ("esc", "back"))

    def __init__(self, board_id: int, name: str) -> None:
        super().__init__(f"Columns of {clean(name, limit=60)}", prompt="a column", empty="No column of that name.")
        self._board_id = board_id
        self._board: Board | None = None
        self._totals: dict[int, int] = {}

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import board_list

        self._board, self._totals = board_list.columns(desk, self._board_id)
        return [self._choice(one) for one in self._board.columns]

    def _choice(self, column: Column) -> Choice:
        held = self._totals.get(column.id, 0)
        limit = "" if column.limit is None else f" of {column.limit}{', no more' if column.hard else ''}"
        style = f"hue-{column.color}" if column.color else CATEGORY_STYLES.get(column.category, "")
        return Choice(column, column.name, f"{column.category.value} · {held:,}{limit}", style)

    def identity(self, choice: Choice) -> object:
        found: int = choice.value.id
        return found

    def keys_now(self) -> tuple[Key, ...]:
        return (
            Key("N", "new"),
            Key("R", "rename"),
            Key("J", "order"),
            Key("G", "category"),
            Key("L", "limit"),
            Key("C", "colour"),
            Key("X", "remove"),
        )

    def seen(self, choice: Choice) -> None:
        column: Column = choice.value
        limit = "" if column.limit is None else "   a card more is refused" if column.hard else "   a card more warns"
        self.about(f"{column.category.value}: {MEANS[column.category]}{limit}")

    # What is done

    def chosen(self, choice: Choice | None) -> None:
        if choice is not None:
            self._rename(choice)

    def action_rename(self) -> None:
        self.act("R", self._rename)

    def _rename(self, choice: Choice) -> None:
        column: Column = choice.value
        entry = LineEntry(f"Rename {clean(column.name, limit=60)}", clean(column.name), "a name")
        self.open(entry, lambda name: self._edit(column, name=name))

    def action_add(self) -> None:
        def named(name: str) -> None:
            self.open(
                CategoryPick(f"What is being in {clean(name, limit=40)}?", Category.DOING),
                lambda category: self.change(partial(_add, self._board_id, name, category)),
            )

        self.open(LineEntry("Name of the new column", prompt="a name"), named)

    def action_category(self) -> None:
        def ask(choice: Choice) -> None:
            column: Column = choice.value
            picker = CategoryPick(f"What is being in {clean(column.name, limit=40)}?", column.category)
            self.open(picker, lambda category: self._edit(column, category=category))

        self.act("G", ask)

    def action_color(self) -> None:
        def ask(choice: Choice) -> None:
            column: Column = choice.value
            self.open(ColorPick(column.name, column.color), lambda color: self._edit(column, color=color))

        self.act("C", ask)

    def action_limit(self) -> None:
        def ask(choice: Choice) -> None:
            column: Column = choice.value
            now = "none" if column.limit is None else f"{column.limit}{'!' * column.hard}"
            entry = LineEntry(
                f"Limit of {clean(column.name, limit=30)}: 5 warns, 5! refuses, none",
                now,
                "5, 5! or none",
                limit=12,
                over=True,
            )
            self.open(entry, lambda text: self.change(partial(_limit, column.id, text)))

        self.act("L", ask)

    def action_move(self, by: int) -> None:
        self.act("J", lambda choice: self.change(partial(_move, choice.value.id, by)))

    def action_remove(self) -> None:
        self.act("X", self._remove)

    def _remove(self, choice: Choice) -> None:
        """What is archived there goes somewhere too, although it is not counted in the list."""
        column: Column = choice.value

        def held(tickets: int) -> None:
            others = [one for one in self._board.columns if one.id != column.id] if self._board is not None else []
            if not tickets or not others:
                self.change(partial(_remove, column.id, None))
                return
            others.sort(key=lambda one: one.category is not column.category)
            choices = [Choice(one.id, one.name, one.category.value) for one in others]
            archived = tickets - self._totals.get(column.id, 0)
            of_these = f", {archived:,} of them archived" if archived > 0 else ""
            heading = f"{clean(column.name, limit=30)} holds {tickets:,}{of_these}: where do they go?"
            self.open(Pick(heading, choices), lambda into: self.change(partial(_remove, column.id, into)))

        self.ask(partial(_held, column.id), held, lambda error: self.say(str(error), "bad"), hold=True)

    def _edit(self, column: Column, **changes: Any) -> None:
        self.change(partial(_edit, column.id, changes))


class CategoryPick(Pick):
    """What being in a column means. Dismissed with a Category."""

    def __init__(self, heading: str, current: Category) -> None:
        super().__init__(
            heading,
            [
                Choice(one, one.value, MEANS[one], CATEGORY_STYLES.get(one, ""), current=one is current)
                for one in Category
            ],
        )


def _add(board_id: int, name: str, category: Category, desk: Desk) -> Outcome:
    from helpdesk_tui.desk import board_columns

    return board_columns.add_column(desk, board_id, name, category)


def _edit(column_id: int, changes: dict[str, Any], desk: Desk) -> Outcome:
    from helpdesk_tui.desk import board_columns

    return board_columns.edit_column(desk, column_id, **changes)


def _limit(column_id: int, text: str, desk: Desk) -> Outcome:
    from helpdesk_tui.desk import board_columns

    text = text.strip().casefold()
    if text == "none":
        return board_columns.edit_column(desk, column_id, unlimited=True, hard=False)
    number = text.removesuffix("!").strip()
    if not (number.isascii() and number.isdigit() and len(number) < 9):
        raise UsageError(f"{text!r} is no WIP limit.", "Write 5, 5! for one that takes no more, or none.")
    return board_columns.edit_column(desk, column_id, limit=int(number), hard=text.endswith("!"))


def _move(column_id: int, by: int, desk: Desk) -> Outcome:
    from helpdesk_tui.desk import board_columns

    return board_columns.move_column(desk, column_id, by)


def _held(column_id: int, desk: Desk) -> int:
    from helpdesk_tui.desk import board_columns

    return board_columns.held(desk, column_id)


def _remove(column_id: int, into: int | None, desk: Desk) -> Outcome:
    from helpdesk_tui.desk import board_columns

    return board_columns.remove_column(desk, column_id, into)
