"""The boards of the desk: go to one, add one from a template, order, rename, archive and remove them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from helpdesk_tui.domain.board import Column
from helpdesk_tui.domain.board_templates import TEMPLATES, BoardTemplate, ColumnPlan
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.text import clean
from helpdesk_tui.tui.screens.managing import Key, Managing
from helpdesk_tui.tui.screens.pick import Pick, TypeAhead
from helpdesk_tui.tui.screens.text_entry import LineEntry
from helpdesk_tui.tui.widgets.picker import Choice, ChoiceList

if TYPE_CHECKING:
    from helpdesk_tui.desk.board_list import BoardSummary
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome

DIGITS = "123456789"


class BoardsPick(Managing):
    """The boards there are. Dismissed with the id of the one to show."""

    BINDINGS = [
        *(Binding(digit, f"show({digit})", "Show", show=False) for digit in DIGITS),
        Binding("N", "add", "New", show=False),
        Binding("R", "rename", "Rename", show=False),
        Binding("C", "columns", "Columns", show=False),
        Binding("P", "members", "Members", show=False),
        Binding("J", "move(1)", "Lower", show=False),
        Binding("K", "move(-1)", "Raise", show=False),
        Binding("T", "wait_for", "Done cards", show=False),
        Binding("A", "archive", "Archive", show=False),
        Binding("X", "remove", "Remove", show=False),
    ]
    HINT = (("enter", "show"), ("1-9", "that one"), ("esc", "leave"))

    def __init__(self, current: int | None = None) -> None:
        super().__init__("Boards", prompt="a board", empty="No board of that name.")
        self._current = current
        self._found: tuple[BoardSummary, ...] = ()
        self._manages_all = False

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import board_list

        self._manages_all = desk.may(Act.MANAGE_BOARDS)
        self._found = board_list.overview(desk, archived=self._manages_all)
        return [self._choice(at, one) for at, one in enumerate(self._found)]

    def _choice(self, at: int, one: BoardSummary) -> Choice:
        board = one.board
        parts = [f"{one.open:,} open"]
        parts += [f"{one.members} member{'s' * (one.members != 1)}"] * bool(one.members)
        parts += ["members only"] * board.members_only
        digit = f"{at + 1} " if at < len(DIGITS) else "  "
        if board.archived_at is not None:
            return Choice(one, f"  {board.name}", "archived", "dim")
        return Choice(one, f"{digit}{board.name}", " · ".join(parts), current=board.id == self._current)

    def identity(self, choice: Choice) -> object:
        found: int = choice.value.board.id
        return found

    def keys_now(self) -> tuple[Key, ...]:
        manages = any(one.may_manage for one in self._found)
        return (
            Key("N", "new", self._manages_all),
            Key("R", "rename", self._manages_all),
            Key("J", "order", self._manages_all),
            Key("C", "columns", manages),
            Key("P", "members", manages),
            Key("T", "how long done stay", manages),
            Key("A", "archive", self._manages_all),
            Key("X", "remove", self._manages_all),
        )

    def letters(self) -> frozenset[str]:
        return super().letters() | set(DIGITS)

    def seen(self, choice: Choice) -> None:
        board = choice.value.board
        stay = "" if board.archive_after is None else f"   done cards stay {board.archive_after} days"
        self.about(" | ".join(map(written, board.columns)) + stay)

    # What is done

    def chosen(self, choice: Choice | None) -> None:
        if choice is None:
            return
        if choice.value.board.archived_at is None:
            self.dismiss(choice.value.board.id)
        else:
            self.say(f"{choice.value.board.name} is archived: A brings it back.", "bad")

    def action_show(self, digit: int) -> None:
        def show() -> None:
            if digit <= len(self.all_choices):
                self.chosen(self.all_choices[digit - 1])
            else:
                self.say(f"There is no board {digit}.", "bad")

        self.when_found(show)

    def action_add(self) -> None:
        if self.permitted("N"):
            self.open(TemplatePick(), self._name_it)

    def _name_it(self, template: BoardTemplate) -> None:
        self.open(
            LineEntry("Name of the new board", "" if template is TEMPLATES[0] else template.name, "a name"),
            lambda name: self.change(partial(_add, name=name, template=template)),
        )

    def action_rename(self) -> None:
        def rename(choice: Choice) -> None:
            board = choice.value.board
            entry = LineEntry(f"Rename {clean(board.name, limit=60)}", clean(board.name), "a name")
            self.open(entry, lambda name: self.change(partial(_rename, board_id=board.id, name=name)))

        self.act("R", rename)

    def action_move(self, by: int) -> None:
        self.act("J", lambda choice: self.change(partial(_move, board_id=choice.value.board.id, by=by)))

    def action_columns(self) -> None:
        from helpdesk_tui.tui.screens.board_columns import ColumnsPick

        self.act("C", lambda choice: self._inside(choice, ColumnsPick))

    def action_members(self) -> None:
        from helpdesk_tui.tui.screens.board_members import MembersPick

        self.act("P", lambda choice: self._inside(choice, MembersPick))

    def _inside(self, choice: Choice, screen: Any) -> None:
        if not choice.value.may_manage:
            self.say(f"{choice.value.board.name} is managed by others.", "bad")
            return
        self.app.push_screen(screen(choice.value.board.id, choice.value.board.name), lambda _nothing: self.again())

    def action_wait_for(self) -> None:
        def ask(choice: Choice) -> None:
            board = choice.value.board
            days = "none" if board.archive_after is None else str(board.archive_after)
            entry = LineEntry(
                f"Days that done cards of {clean(board.name, limit=40)} stay", days, "14, or none", over=True
            )
            self.open(entry, lambda text: self.change(partial(_stay, board_id=board.id, text=text)))

        self.act("T", ask)

    def action_archive(self) -> None:
        self.act("A", lambda choice: self.change(partial(_archive, choice.value)))

    def action_remove(self) -> None:
        self.act("X", lambda choice: self.change(partial(_remove, board_id=choice.value.board.id)))


class TemplatePick(Pick):
    """What a new board can begin with, and how it would look. Dismissed with a BoardTemplate."""

    HINT = (("enter", "take it"), ("esc", "leave"))
    WIDTH = "-wide"

    def __init__(self) -> None:
        choices = [Choice(one, one.name, f"{len(one.columns)} columns") for one in TEMPLATES]
        super().__init__("New board", choices, prompt="a template", empty="No template of that name.")

    def compose(self) -> ComposeResult:
        with self.box():
            yield TypeAhead(placeholder=self._prompt, select_on_focus=False)
            yield ChoiceList()
            yield Static("", classes="about")
            yield Static("", classes="said -empty")

    def seen(self, choice: Choice) -> None:
        template: BoardTemplate = choice.value
        pieces: list[Any] = []
        for at, plan in enumerate(template.columns):
            look = f"$hue-{plan.color}" if plan.color else "bold"
            pieces += ["  |  " if at else "", (written(plan), look)]
        stay = "" if template.archive_after is None else f" Done cards stay {template.archive_after} days."
        pieces.append(f"\n\n{template.about}{stay}")
        self.query_one(".about", Static).update(Content.assemble(*pieces))


def written(column: Column | ColumnPlan) -> str:
    """A column in a few words: its name and its limit."""
    limit = "" if column.limit is None else f" {column.limit}{'!' * column.hard}"
    return f"{clean(column.name, limit=40)}{limit}"


def _add(desk: Desk, name: str, template: BoardTemplate) -> Outcome:
    from helpdesk_tui.desk import structure

    return structure.add_board(desk, name, template)


def _rename(desk: Desk, board_id: int, name: str) -> Outcome:
    from helpdesk_tui.desk import structure

    return structure.rename_board(desk, board_id, name)


def _move(desk: Desk, board_id: int, by: int) -> Outcome:
    from helpdesk_tui.desk import structure

    return structure.move_board(desk, board_id, by)


def _stay(desk: Desk, board_id: int, text: str) -> Outcome:
    from helpdesk_tui.desk import structure
    from helpdesk_tui.errors import UsageError

    if text.casefold() == "none":
        return structure.set_archive_after(desk, board_id, None)
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise UsageError(f"{text[:30]!r} is no number of days.", "Write a whole number, or none.")
    return structure.set_archive_after(desk, board_id, int(text))


def _archive(one: BoardSummary, desk: Desk) -> Outcome:
    from helpdesk_tui.desk import structure

    turn = structure.archive_board if one.board.archived_at is None else structure.unarchive_board
    return turn(desk, one.board.id)


def _remove(desk: Desk, board_id: int) -> Outcome:
    from helpdesk_tui.desk import structure

    return structure.remove_board(desk, board_id)
