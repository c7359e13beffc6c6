"""The filter: the query as it stands, coloured by meaning; a line to type in while it is being changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from helpdesk_tui.domain.text import clean
from helpdesk_tui.tui.colouring import Colours
from helpdesk_tui.tui.typed_ahead import KeysWait
from helpdesk_tui.tui.widgets.footer import KeyLine
from helpdesk_tui.tui.widgets.line_input import LineInput
from helpdesk_tui.tui.widgets.lines import Piece
from helpdesk_tui.tui.widgets.one_line import OneLine
from helpdesk_tui.tui.widgets.wrapping import fit

if TYPE_CHECKING:
    from helpdesk_tui.errors import LanguageError
    from helpdesk_tui.language.complete import Completion

ROLES = ("field", "operator", "value", "flag", "word", "negation", "keyword", "paren", "error")


HINT = "press / to filter: is:late  assignee:me  label:vpn  printer"


class Count(Struct, frozen=True):
    """How many the query shows, of how many, how many are marked, and by what they are grouped."""

    shown: int | None = None
    total: int = 0
    marked: int = 0
    lane: str = ""


class FilterShown(OneLine):
    """The query in colours at the left, what it finds at the right."""

    PREFIX = "filter"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"filter--{role}" for role in ROLES), "filter--sign", "filter--dim", "filter--marked", "filter--bad",
        "filter--offer",
    }  # fmt: skip

    def __init__(self) -> None:
        super().__init__(id="filter-shown")
        self._query: tuple[Piece, ...] = ()
        self._count = Count()
        self._hint = ""

    def show(self, query: tuple[Piece, ...], count: Count, hint: str) -> None:
        if (query, count, hint) != (self._query, self._count, self._hint):
            self._query, self._count, self._hint = query, count, hint
            self.redraw()

    def pieces(self, width: int) -> tuple[Sequence[Piece], Sequence[Piece]]:
        right = counted(self._count, bool(self._query))
        room = width - sum(cell_len(text) for _, text in right) - 3
        left: list[Piece] = [("sign", " / ")]
        for name, text in self._query or (("dim", self._hint),):
            shown = fit(text, room)
            left.append((name, shown))
            room -= cell_len(shown)
            if shown != text or room <= 0:
                break
        return left, right


def counted(count: Count, filtered: bool) -> list[Piece]:
    """`3 marked`, `by assignee`, `15 of 182` as pieces."""
    pieces: list[Piece] = []
    if count.marked:
        pieces += [("marked", f" {count.marked:,} marked "), ("", " ")]
    if count.lane:
        pieces.append(("dim", f"by {count.lane}  "))
    if count.shown is not None:
        whole = count.shown == count.total and not filtered
        text = f"{count.total:,} ticket{'s' * (count.total != 1)}" if whole else f"{count.shown:,} of {count.total:,}"
        pieces.append(("dim", f"{text} "))
    return [("", "  "), *pieces] if pieces else []


class FilterSaid(OneLine):
    """In place of the keys while the query is typed: what could come next, or what is wrong and where.

    It stands at the foot of the screen, so that beginning to type moves nothing.
    """

    PREFIX = "filter"
    COMPONENT_CLASSES: ClassVar[set[str]] = FilterShown.COMPONENT_CLASSES

    def __init__(self) -> None:
        super().__init__(id="filter-said")
        self._offers: Sequence[Completion] = ()
        self._error: LanguageError | None = None
        self._count = Count()

    def say(self, offers: Sequence[Completion], error: LanguageError | None, count: Count) -> None:
        self._offers, self._error, self._count = offers, error, count
        self.redraw()

    def pieces(self, width: int) -> tuple[Sequence[Piece], Sequence[Piece]]:
        if self._error is not None:
            return [("bad", fit(f" {sentence(self._error)}", width))], []
        right = counted(self._count, True)
        room = width - sum(cell_len(text) for _, text in right) - 3
        left: list[Piece] = [("", " ")]
        for at, offer in enumerate(self._offers):
            label = clean(offer.label, limit=60)
            hint = f" {clean(offer.hint, limit=40)}" if offer.hint and at == 0 else ""
            room -= cell_len(label) + cell_len(hint) + 3
            if room < 14:
                break
            left += [("offer" if at == 0 else "", label), ("dim", f"{hint}   ")]
        left.append(("dim", "tab completes" if self._offers else "enter keeps it, esc goes back"))
        return left, right


class FilterWrong(OneLine):
    """What is wrong with the query, behind it, where the eye is."""

    PREFIX = "filter"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"filter--bad"}

    def __init__(self) -> None:
        super().__init__(id="filter-wrong")
        self.display = False
        self._said = ""

    def say(self, text: str, room: int = 0) -> None:
        """Say that in so many cells; nothing takes none."""
        self._said = text
        self.display = bool(text)
        self.styles.width = room
        self.redraw()

    def pieces(self, width: int) -> tuple[Sequence[Piece], Sequence[Piece]]:
        return [("bad", fit(self._said, width))], []


def sentence(error: LanguageError) -> str:
    """What is wrong, and at which column."""
    return f"column {error.column}: {clean(str(error), limit=400)}"


class FilterLine(Horizontal):
    """Shows the query; between `edit` and `close` it is typed in.

    Enter and esc hand the keys back to the board, and the keys behind them wait for what the board then shows: they
    wait from here on, until `close` or `refuse`.
    """

    @dataclass
    class Typed(Message):
        """The query reads like this now; `cursor` is where it is being typed."""

        text: str
        cursor: int

    @dataclass
    class Kept(Message):
        """Enter: the query stays."""

        text: str

    @dataclass
    class Left(Message):
        """Escape: back to the query from before."""

    @dataclass
    class Clicked(Message):
        """The line was clicked."""

    def __init__(self) -> None:
        super().__init__(id="filter")
        self.editing = False
        self.count = Count()
        self.before = ""
        """The query as it was before it was edited."""
        self._text = ""
        self._offers: Sequence[Completion] = ()
        self._error: LanguageError | None = None
        self._colours: Colours | None = None
        self._hint = HINT

    def compose(self) -> ComposeResult:
        yield FilterShown()

    def show(self, text: str, count: Count, hint: str = "") -> None:
        """The query in force, and what it finds; without one, a `hint` what to press."""
        self._hint = hint or HINT
        self._text, self.count = text, count
        if self.editing:
            self._say()
        else:
            self.query_one(FilterShown).show(_coloured(text) if text else (), count, self._hint)

    def offer(self, offers: Sequence[Completion], error: LanguageError | None) -> None:
        """What could come next, best first, or what is wrong with what was typed."""
        self._offers, self._error = offers, error
        if self.editing and self._colours is not None:
            self._colours.wrong_from = 0 if error is None else error.column
            self._say()
            self.query_one(QueryInput).refresh()

    def refuse(self, error: LanguageError | None) -> None:
        """The query cannot be kept: the typing goes on, at what is wrong with it."""
        if error is not None:
            self.offer(self._offers, error)
        self._let_keys_go()

    def _say(self) -> None:
        """What is wrong stands behind the query as far as there is room; if that is not all, it is said at the foot."""
        whole = brief = ""
        if self._error is not None:
            whole, brief = sentence(self._error), clean(self._error.message, limit=400)
        room = self.size.width - cell_len(self.query_one(QueryInput).value) - 6
        shown = next((text for text in (whole, brief) if cell_len(text) <= room), "")
        self.query_one(FilterWrong).say(shown, max(0, room))
        if room >= 0:  # what was scrolled away while the line was shorter comes back
            line = self.query_one(QueryInput)
            line.call_after_refresh(line.scroll_to, x=0, animate=False, immediate=True)
        self.screen.query_one(FilterSaid).say(self._offers, None if shown == whole else self._error, self.count)

    async def edit(self) -> None:
        """Begin to type. The line to type in is made when it is first needed."""
        if self.editing:
            return
        self.before = self._text
        text = f"{self._text} " if self._text else ""
        if not self.query(QueryInput):
            self._colours = Colours(self.app.theme_variables, "query")
            await self.mount(QueryInput(text, self._colours), FilterWrong())
        self.editing = True
        self._turn(to_input=True)
        line = self.query_one(QueryInput)
        line.value = text
        line.cursor_position = len(text)
        line.focus()
        self.offer((), None)
        self.post_message(self.Typed(text, len(text)))

    def close(self) -> None:
        """No longer typed in."""
        self.editing = False
        self._turn(to_input=False)
        self.query_one(FilterWrong).say("")
        self.screen.set_focus(None)
        self._let_keys_go()

    def _turn(self, *, to_input: bool) -> None:
        # One by one: a class on the screen would have every widget on it draw itself anew.
        self.query_one(QueryInput).display = self.screen.query_one(FilterSaid).display = to_input
        self.query_one(FilterShown).display = self.screen.query_one(KeyLine).display = not to_input

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.editing:
            self.post_message(self.Typed(event.value, self.query_one(QueryInput).cursor_position))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._hand_over(self.Kept(event.value.strip()))

    def leave(self) -> None:
        self._hand_over(self.Left())

    def _hand_over(self, message: Message) -> None:
        if isinstance(self.screen, KeysWait):
            self.screen.keys_wait(self)
        self.post_message(message)

    def _let_keys_go(self) -> None:
        if isinstance(self.screen, KeysWait):
            self.screen.keys_go(self)

    def complete(self) -> None:
        """Take the first of what is offered."""
        if not self._offers:
            return
        offer, line = self._offers[0], self.query_one(QueryInput)
        insert = offer.insert if offer.insert.endswith((":", " ")) else f"{offer.insert} "
        line.value = line.value[: offer.start] + insert + line.value[offer.end :].lstrip(" ")
        line.cursor_position = offer.start + len(insert)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        if not self.editing:
            self.post_message(self.Clicked())


class QueryInput(LineInput):
    """The line to type a query in."""

    BINDINGS = [
        Binding("escape", "leave", show=False),
        Binding("tab", "complete", show=False),
        Binding("down", "submit", show=False),
    ]

    def __init__(self, text: str, colours: Colours) -> None:
        super().__init__(text, highlighter=colours, select_on_focus=False, max_length=2000, id="filter-input")
        self.cursor_blink = False

    def _line(self) -> FilterLine:
        return next(node for node in self.ancestors if isinstance(node, FilterLine))

    def action_leave(self) -> None:
        self._line().leave()

    def action_complete(self) -> None:
        self._line().complete()


def _coloured(text: str) -> tuple[Piece, ...]:
    """A query as pieces named by the role of what they are."""
    from helpdesk_tui.language.spans import spans

    pieces: list[Piece] = []
    at = 0
    for start, end, role in spans(text):
        pieces += [("", clean(text[at:start])), (role, clean(text[start:end]))]
        at = end
    return tuple(piece for piece in (*pieces, ("", clean(text[at:]))) if piece[1])
