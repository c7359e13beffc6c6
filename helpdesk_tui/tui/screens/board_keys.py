"""Moving about on the board, and marking cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpdesk_tui.tui.screens.board_base import BoardBase

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk


class BoardKeys(BoardBase):
    """Mixin: where the cursor goes, and what is marked."""

    range_from: int | None
    """The ticket from which `V` marks, the last one marked."""

    # The cursor

    def _go(self, cursor: int, *, leap: bool = False) -> None:
        column = self.column
        if column is None or not column.pages.total:
            return
        cursor = max(0, min(cursor, column.pages.total - 1))
        column.go(cursor, leap=leap)
        self.cursor_moved()

    def _step(self, by: int, *, leap: bool = False) -> None:
        if self.column is not None:
            self._go(self.column.cursor + by, leap=leap)

    def action_go_up(self) -> None:
        self._step(-1, leap=True)

    def action_go_down(self) -> None:
        self._step(1, leap=True)

    def action_previous(self) -> None:
        self._step(-1)

    def action_next(self) -> None:
        self._step(1)

    def action_go_first(self) -> None:
        self._go(0)

    def action_go_last(self) -> None:
        if self.column is not None:
            self._go(self.column.pages.total - 1)

    def action_page_up(self) -> None:
        self._page(-1.0)

    def action_page_down(self) -> None:
        self._page(1.0)

    def action_half_up(self) -> None:
        self._page(-0.5)

    def action_half_down(self) -> None:
        self._page(0.5)

    def _page(self, pages: float) -> None:
        column = self.column
        if column is None or not column.pages.total:
            return
        by = round(pages * column.page()) or (1 if pages > 0 else -1)
        column.scroll_with_cursor(by)
        self.cursor_moved()

    def action_go_left(self) -> None:
        self._enter(self.active - 1)

    def action_go_right(self) -> None:
        self._enter(self.active + 1)

    def action_column(self, key: str) -> None:
        if int(key) <= len(self.columns):
            self._enter(int(key) - 1)
        else:
            self.say(f"There is no column {key}.", "bad")

    def _enter(self, place: int) -> None:
        if 0 <= place < len(self.columns) and place != self.active:
            self.activate(place)
            self.cursor_moved()

    # Marks

    def action_mark(self) -> None:
        card = self.card
        if card is None:
            return
        self.marks.symmetric_difference_update({card.number})
        self.range_from = card.number
        self.redraw_marks()
        self._step(1)

    def action_mark_range(self) -> None:
        column, card = self.column, self.card
        if column is None or card is None:
            return
        if self.range_from is None:
            self.marks.add(card.number)
            self.range_from = card.number
            self.redraw_marks()
            self.say("Marked from here: go to the other end and press V again.")
            return
        question, column_id, first, last = self.seen.question, column.column_id, self.range_from, card.number

        def between(numbers: list[int]) -> None:
            if first not in numbers or last not in numbers:
                self.say("The range begins in another column; V begins one here.", "bad")
                self.range_from = None
                return
            ends = sorted((numbers.index(first), numbers.index(last)))
            self.marks.update(numbers[ends[0] : ends[1] + 1])
            self.redraw_marks()
            self.say(f"{len(self.marks):,} marked: every action takes them together. esc unmarks.")

        def work(desk: Desk) -> list[int]:
            from helpdesk_tui.desk import boards

            return boards.all_numbers(desk, question, column_id)

        self.range_from = None
        self.ask(work, between, self.failed, hold=True)

    def action_mark_all(self) -> None:
        question = self.seen.question

        def mark(numbers: list[int]) -> None:
            if numbers and self.marks >= set(numbers):
                self.marks.clear()
                self.say("Nothing is marked any more.")
            else:
                self.marks.update(numbers)
                self.say(f"{len(self.marks):,} marked: every action takes them together. esc unmarks.")
            self.redraw_marks()

        def work(desk: Desk) -> list[int]:
            from helpdesk_tui.desk import boards

            return boards.all_numbers(desk, question)

        self.ask(work, mark, self.failed, hold=True)

    def action_clear(self) -> None:
        if self.marks or self.range_from is not None:
            self.marks.clear()
            self.range_from = None
            self.redraw_marks()
        elif self.text:
            self.ask_for("")
        else:
            self.say("")

    def ask_for(self, text: str, view_name: str = "") -> None:
        """Show what this query selects from now on."""
        self.text, self.view_name = text, view_name
        self.show_standing()
        self.look(anew=True)
