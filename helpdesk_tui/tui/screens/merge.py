"""A look at a merge before it is done: which ticket goes into which, and what goes with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.geometry import Size
from textual.widgets import Static

from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import HelpdeskError
from helpdesk_tui.tui.asks import Asks
from helpdesk_tui.tui.screens.sheet import Sheet
from helpdesk_tui.tui.widgets.lines import Line, LineView
from helpdesk_tui.tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.merging import Merging


class MergeLook(Asks, Sheet[Any]):
    """Dismissed with the Merging that was looked at, to be done; None when it was left."""

    WIDTH = "-wide"
    BINDINGS = [
        Binding("y,enter", "yes", "Merge", show=False),
        Binding("s", "swap", "Swap", show=False),
        Binding("n,q", "leave", "No", show=False),
    ]

    def __init__(self, numbers: Sequence[int], into: int) -> None:
        super().__init__("Merge")
        self._numbers, self._into = tuple(numbers), into
        self._looked: Merging | None = None
        swap = (("s", "the other way round"),) if len(self._numbers) == 1 else ()
        self.HINT = (("y", "merge"), *swap, ("esc", "leave it"))

    def compose(self) -> ComposeResult:
        with self.box():
            yield LineView()
            yield Static("", classes="said -empty")

    def opened(self) -> None:
        super().opened()
        self._look()

    def _look(self) -> None:
        self._looked = None
        numbers, into = self._numbers, self._into
        self.ask(lambda desk: _preview(desk, numbers, into), self._show, self._refused, hold=True)

    def _show(self, looked: Merging) -> None:
        self._looked = looked
        self.say("")
        self._draw()

    def _refused(self, error: HelpdeskError) -> None:
        self.query_one(LineView).display = False
        self.say(str(error), "bad")

    def _draw(self) -> None:
        view = self.query_one(LineView)
        width = view.scrollable_content_region.width
        if self._looked is None or width <= 0:
            return
        drawn = list(lines(self._looked, width))
        view.display = True
        view.styles.height = min(len(drawn), self.rows_free(taken=2))
        view.show_lines(drawn)

    def sized(self, size: Size) -> None:
        super().sized(size)
        self.call_after_refresh(self._draw)

    def action_yes(self) -> None:
        if self._looked is not None:
            self.dismiss(self._looked)

    def action_swap(self) -> None:
        """The other ticket is to stay."""
        if len(self._numbers) == 1:
            self._numbers, self._into = (self._into,), self._numbers[0]
            self._look()


def lines(looked: Merging, width: int) -> Iterator[Line]:
    """What goes where, from top to bottom."""
    for one in looked.brought:
        yield from _ticket(one.number, one.title, width, "dim")
        yield Line((("dim", "  brings "), ("", one.in_words)))
    become = "is closed and becomes" if len(looked.brought) == 1 else "are closed and become"
    yield Line((("key", "  ↓ "), ("dim", f"{become} part of")))
    yield from _ticket(looked.into, looked.title, width, "strong")
    for warning in looked.warnings:
        yield from (Line((("warn", part),)) for part in wrap(clean(warning), width))


def _ticket(number: int, title: str, width: int, style: str) -> Iterator[Line]:
    lead = f"#{number} "
    first, *more = wrap(clean(title), max(8, width - len(lead)))
    yield Line((("accent", lead), (style, first)))
    yield from (Line((("", " " * len(lead)), (style, part))) for part in more[:2])


def _preview(desk: Desk, numbers: Sequence[int], into: int) -> Merging:
    from helpdesk_tui.desk import merging

    return merging.preview(desk, numbers, into)
