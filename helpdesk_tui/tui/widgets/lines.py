"""A scrolling view of drawn lines: the ground of the ticket, the help and every list to choose from.

Lines are plain values; only those on the screen are turned into strips. Nothing here is a widget per line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from msgspec import Struct
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from helpdesk_tui.tui.widgets.styled_when_drawn import StyledWhenDrawn

STYLES = (
    "dim", "strong", "emph", "code", "link", "title", "key", "accent", "good", "warn", "bad", "info", "note", "done",
    "edge", "edge-on", "cursor", "cursor-off", "bar",
    "hue-red", "hue-orange", "hue-yellow", "hue-green", "hue-cyan", "hue-blue", "hue-purple", "hue-pink", "hue-gray",
)  # fmt: skip
"""Names a piece of a line may be drawn in; "" is the view's own colour. Several may be joined by a blank."""

_FORMS = {"strong": Style(bold=True), "emph": Style(italic=True)}
"""Those of them that leave the colour as it is."""

GROUNDS = ("cursor", "cursor-off", "bar")
"""Those of them that are a background."""


Piece = tuple[str, str]
"""A style, or several, and text that is already safe to show."""

Pieces = tuple[Piece, ...]


class Line(Struct, frozen=True):
    """One line: its pieces over the background of the style `back`.

    A `framed` line stands between the sides of a box as wide as the view, which are added, in the style `edge`, when it
    is drawn; `back` then stays within them. `about` names what it belongs to, where a cursor may stand on that:
    ("step", 7).
    """

    pieces: Pieces = ()
    back: str = ""
    framed: bool = False
    about: tuple[str, int] | None = None
    edge: str = "edge"

    @property
    def width(self) -> int:
        """Cells taken."""
        return sum(cell_len(text) for _, text in self.pieces)


PLAIN_GLYPHS = str.maketrans(
    {
        "─": "-", "│": "|", "╭": "+", "╮": "+", "╰": "+", "╯": "+", "▸": ">", "▾": "v", "▌": "|", "□": "o", "✓": "x",
        "→": ">", "←": "<", "↑": "^", "↓": "v", "…": ".", "•": "*", "·": "-", "×": "x", "–": "-", "—": "-", "★": "*",
        "“": '"', "”": '"', "▏": "|", "┼": "+", "−": "-",
    }
)  # fmt: skip
"""What the program's own glyphs become on a terminal without UTF-8; the width stays."""


STRIPS_KEPT = 500
"""Drawn lines that are kept: scrolling by one draws one anew."""


class DrawnLines(ScrollView, can_focus=True, inherit_bindings=False):
    """Draws `line_at(0)`, `line_at(1)`, … and scrolls over `height_of_all` of them without animation.

    In which colours says `piece_style`: see `LineView`.
    """

    DEFAULT_CSS = """
    DrawnLines {
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 0;
        scrollbar-background: $foreground 5%;
        scrollbar-background-hover: $foreground 5%;
        scrollbar-background-active: $foreground 5%;
        scrollbar-color: $foreground 25%;
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: Sequence[Line] = ()
        self._strips: dict[int, tuple[Line, int, Strip]] = {}

    # What is drawn

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Draw these from now on; the place scrolled to is kept as far as it exists."""
        if lines == self._lines and self.virtual_size.height == len(lines):
            return
        self._lines = lines
        self.set_height(len(lines))

    def line_at(self, index: int) -> Line | None:
        """The line of that index, None past the end. Views that compute their lines override it."""
        return self._lines[index] if index < len(self._lines) else None

    def set_height(self, lines: int) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, lines)
        self.refresh()

    # Where it is scrolled

    def scroll_by(self, lines: int) -> None:
        """Scroll that many lines down (up if negative), at once."""
        self.scroll_to_line(self.scroll_offset.y + lines)

    def scroll_to_line(self, index: int) -> None:
        self.scroll_to(y=index, animate=False, immediate=True, force=True)  # also before the scrollbar is there

    def bring_into_view(self, first: int, last: int | None = None) -> None:
        """Scroll as little as it takes to show the lines from `first` to `last`."""
        height = self.scrollable_content_region.height
        last = first if last is None else last
        top = self.scroll_offset.y
        if first < top:
            self.scroll_to_line(first)
        elif last >= top + height:
            self.scroll_to_line(min(first, last - height + 1))

    # How it is drawn

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        line = self.line_at(y + self.scroll_offset.y)
        if line is None:
            return Strip.blank(width, self.piece_style("", ""))
        index = y + self.scroll_offset.y
        drawn = self._strips.get(index)
        if drawn is None or drawn[0] is not line or drawn[1] != width:
            if len(self._strips) >= STRIPS_KEPT:
                self._strips.clear()
            drawn = self._strips[index] = (line, width, self._strip(line, width))
        return drawn[2]

    def _strip(self, line: Line, width: int) -> Strip:
        plain = getattr(self.app, "plain_glyphs", False)
        segments = [
            Segment(text.translate(PLAIN_GLYPHS) if plain else text, self.piece_style(name, back))
            for name, text, back in (_between_sides(line, width) if line.framed else _alone(line))
            if text
        ]
        return Strip(segments).adjust_cell_length(width, self.piece_style("", "" if line.framed else line.back))

    def piece_style(self, name: str, back: str) -> Style:
        """The colours of the style `name` on the background of the style `back`."""
        raise NotImplementedError

    def watch_has_focus(self, _has_focus: bool) -> None:
        """No style asks for the focus: working all of them out again is for nothing."""

    def notify_style_update(self) -> None:
        self._strips = {}
        super().notify_style_update()


class LineView(StyledWhenDrawn, DrawnLines, can_focus=True, inherit_bindings=False):
    """Drawn lines in the colours of the theme."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"lines--{name}" for name in STYLES}
    DEFAULT_CSS = """
    LineView {
        & > .lines--dim { color: $text-muted; }
        & > .lines--strong { text-style: bold; }
        & > .lines--emph { text-style: italic; }
        & > .lines--code { color: $text-secondary; }
        & > .lines--link { color: $text-primary; text-style: underline; }
        & > .lines--title { color: $foreground; text-style: bold; }
        & > .lines--key { color: $text-warning; text-style: bold; }
        & > .lines--accent { color: $text-primary; text-style: bold; }
        & > .lines--good { color: $text-success; }
        & > .lines--warn { color: $text-warning; }
        & > .lines--bad { color: $text-error; }
        & > .lines--info { color: $text-secondary; }
        & > .lines--note { color: $text-accent; }
        & > .lines--done { color: $text-muted; text-style: strike; }
        & > .lines--hue-red { color: $hue-red; }
        & > .lines--hue-orange { color: $hue-orange; }
        & > .lines--hue-yellow { color: $hue-yellow; }
        & > .lines--hue-green { color: $hue-green; }
        & > .lines--hue-cyan { color: $hue-cyan; }
        & > .lines--hue-blue { color: $hue-blue; }
        & > .lines--hue-purple { color: $hue-purple; }
        & > .lines--hue-pink { color: $hue-pink; }
        & > .lines--hue-gray { color: $hue-gray; }
        & > .lines--edge { color: $foreground 35%; }
        & > .lines--edge-on { color: $primary; }
        & > .lines--cursor { background: $primary 35%; text-style: bold; }
        & > .lines--cursor-off { background: $foreground 12%; }
        & > .lines--bar { background: $panel; }
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._styles: dict[tuple[str, str], Style] = {}

    def piece_style(self, name: str, back: str) -> Style:
        style = self._styles.get((name, back))
        if style is None:
            style = self.get_component_rich_style(f"lines--{back}") if back else self.rich_style
            for part in name.split():
                drawn = self.get_component_rich_style(f"lines--{part}")
                if part in GROUNDS:
                    style += Style(bgcolor=drawn.bgcolor, bold=drawn.bold, reverse=drawn.reverse)
                elif part in _FORMS:
                    style += _FORMS[part]
                else:
                    style += Style(color=drawn.color, bold=drawn.bold, strike=drawn.strike, underline=drawn.underline)
            self._styles[name, back] = style
        return style

    def notify_style_update(self) -> None:
        self._styles = {}
        super().notify_style_update()


def _alone(line: Line) -> Iterator[tuple[str, str, str]]:
    """The pieces with the background of each."""
    return ((style, text, line.back) for style, text in line.pieces)


def _between_sides(line: Line, width: int) -> Iterator[tuple[str, str, str]]:
    yield line.edge, "│ ", ""
    yield from _alone(line)
    yield "", " " * (width - 4 - line.width), line.back
    yield line.edge, " │", ""
