"""A card as lines of styled pieces: values in, pieces out, no widget and no colours yet.

A style is the name of a component class of `CardList`; what is drawn is made safe here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from zlib import crc32

from rich.cells import cell_len

from helpdesk_tui.domain.board import Category, Label
from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket import Card, Priority, Status
from helpdesk_tui.tui.moments import lateness, short
from helpdesk_tui.tui.widgets.wrapping import fit, wrap

Piece = tuple[str, str]
Row = tuple[Piece, ...]


class Density(StrEnum):
    """How much of a card is shown."""

    FULL = "full"
    SHORT = "short"
    LINE = "line"

    @property
    def next(self) -> Density:
        members = list(Density)
        return members[(members.index(self) + 1) % len(members)]


NARROW = 36
"""Below this many cells a full card gives its title a second line."""


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that decides how a card reads besides the card itself. `now` in whole minutes: clocks tick by them."""

    width: int
    density: Density
    now: datetime
    zone: tzinfo
    plain: bool = False

    @property
    def rows(self) -> int:
        """Rows of a card, without the gap above it."""
        if self.density is Density.FULL:
            return 4 if self.width < NARROW else 3
        return 2 if self.density is Density.SHORT else 1

    @property
    def gap(self) -> int:
        """Blank rows above each card."""
        return 1 if self.density is Density.FULL else 0


PRIORITY_STYLES = {Priority.CRITICAL: "critical", Priority.HIGH: "high", Priority.NORMAL: "normal", Priority.LOW: "low"}
# The bar grows with the priority, so that it reads without colours too.
_BARS = {Priority.CRITICAL: "█", Priority.HIGH: "▌", Priority.NORMAL: "▎", Priority.LOW: "┊"}
_PLAIN_BARS = {Priority.CRITICAL: "#", Priority.HIGH: "=", Priority.NORMAL: "|", Priority.LOW: ":"}
_STATUS_STYLES = {Status.BLOCKED: "bad", Status.WAITING: "info", Status.REVIEW: "warn", Status.REWORK: "warn"}
_STATUS_SHORT = {Status.REVIEW: "review", Status.REWORK: "rework"}
LABEL_HUES = ("red", "orange", "yellow", "green", "cyan", "blue", "purple", "pink", "gray")

_GLYPHS = {"to": "→", "by": "·", "done": "✓", "steps": "☑", "said": "✎", "file": "⎘", "star": "★", "new": "●", "mark": "◆"}
_PLAIN_GLYPHS = {"to": ">", "by": "-", "done": "done", "steps": "x", "said": "c", "file": "f", "star": "*", "new": "o", "mark": "+"}


def card_rows(card: Card, look: Look, *, marked: bool = False) -> tuple[Row, ...]:
    """The rows of a card, each exactly `look.width` cells wide, `look.rows` of them."""
    painter = _Painter(card, look, marked)
    rows = {Density.FULL: painter.full, Density.SHORT: painter.short, Density.LINE: painter.line}[look.density]()
    blank: Row = (("edge", painter.bar), ("", " " * (look.width - 1)))
    return (*rows, *[blank] * (look.rows - len(rows)))[: look.rows]


class _Painter:
    def __init__(self, card: Card, look: Look, marked: bool) -> None:
        self.card = card
        self.look = look
        self.glyphs = _PLAIN_GLYPHS if look.plain else _GLYPHS
        self.bar = (_PLAIN_BARS if look.plain else _BARS)[card.priority]
        self.marked = marked
        self.inner = look.width - 3  # bar, a blank at each side

    def full(self) -> list[Row]:
        number = self.number()
        title = clean(self.card.title, limit=300)
        room = self.inner - cell_len(number) - 1
        first, *more = wrap(title, room) or [""]
        rows = []
        if self.look.rows == 4 and more:
            rest = " ".join(more)
            rows = [self.row([self.title(first)], [("dim", number)]), self.row([self.title(fit(rest, self.inner))], [])]
        else:
            rows = [self.row([self.title(fit(title, room))], [("dim", number)])]
        return [*rows, self.row(self.people(), self.clock()), self.row(self.labels(), self.counters())]

    def short(self) -> list[Row]:
        number = self.number()
        title = fit(clean(self.card.title, limit=300), self.inner - cell_len(number) - 1)
        return [self.row([self.title(title)], [("dim", number)]), self.row(self.people(), self.clock())]

    def line(self) -> list[Row]:
        right = self.clock() if self.inner >= 30 else []
        number = self.number()
        room = self.inner - cell_len(number) - 1 - (_width(right) + 1 if right else 0)
        title = fit(clean(self.card.title, limit=300), room)
        return [self.row([("dim", f"{number} "), self.title(title)], right)]

    def row(self, left: Sequence[Piece], right: Sequence[Piece]) -> Row:
        """Pieces at the left edge and at the right one; the left gives way."""
        room = self.inner - (_width(right) + 1 if right else 0)
        if room < 4:  # no place for both
            left, right, room = (left, (), self.inner) if _width(left) else ((), right, 0)
        kept = _cut(left, room)
        gap = self.inner - _width(kept) - _width(right)
        mark = ("mark", self.glyphs["mark"]) if self.marked else ("", " ")
        style = PRIORITY_STYLES[self.card.priority]
        return ((style, self.bar), mark, *kept, ("", " " * max(0, gap)), *right, ("", " "))

    def title(self, text: str) -> Piece:
        return ("done" if self.card.category is Category.DONE else "title", text)

    def number(self) -> str:
        new = self.glyphs["new"] + " " if self.card.unread else ""
        return f"{new}#{self.card.number}"

    def people(self) -> list[Piece]:
        card = self.card
        arrow = self.glyphs["by" if card.category is Category.DONE else "to"]
        nobody = "nobody" if card.category is not Category.DONE else ""
        asks = clean(card.requester, limit=60)
        helps = clean(card.assignee, limit=60) or nobody
        pieces: list[Piece] = [("dim", f"{asks} {arrow} {helps}" if asks else f"{arrow} {helps}")]
        if card.status is not Status.NONE:
            word = _STATUS_SHORT.get(card.status, card.status.value)
            pieces = [(_STATUS_STYLES[card.status], word), ("", " "), *pieces]
        if card.escalated:
            pieces = [("bad", "escalated"), ("", " "), *pieces]
        return pieces

    def clock(self) -> list[Piece]:
        card, look = self.card, self.look
        if card.closed is not None:
            return [("good", f"{self.glyphs['done']} {short(card.closed, look.now, look.zone)}")]
        moments = [moment for moment in (card.due, card.sla_due) if moment is not None]
        if not moments:
            return []
        nearest = min(moments)
        if nearest < look.now:
            return [("bad", f"late {lateness(nearest, look.now)}")]
        day = look.now.astimezone(look.zone).date()
        soon = nearest.astimezone(look.zone).date() == day
        said = short(nearest, look.now, look.zone)
        return [("warn" if soon else "dim", f"today {said}" if soon and said[0].isdigit() else said)]

    def labels(self) -> list[Piece]:
        return [
            piece
            for label in self.card.labels
            for piece in ((f"hue-{hue_of(label)}", clean(label.name, limit=40)), ("", " "))
        ]

    def counters(self) -> list[Piece]:
        card, glyphs = self.card, self.glyphs
        shown = [
            (card.steps > 0, f"{glyphs['steps']}{card.steps_done}/{card.steps}"),
            (card.replies + card.notes > 0, f"{glyphs['said']}{card.replies + card.notes}"),
            (card.files > 0, f"{glyphs['file']}{card.files}"),
            (card.rating is not None, f"{glyphs['star']}{card.rating}"),
        ]
        text = "  ".join(words for there, words in shown if there)
        return [("dim", text)] if text else []


def hue_of(label: Label) -> str:
    """The label's own colour, or one that follows from its name alone."""
    if label.color in LABEL_HUES:
        return label.color
    return LABEL_HUES[crc32(label.name.casefold().encode("utf-8", "replace")) % (len(LABEL_HUES) - 1)]


def minute_of(now: datetime) -> datetime:
    """`now` in whole minutes, so that what is drawn changes only when a clock on it does."""
    return now - timedelta(seconds=now.second, microseconds=now.microsecond)


def _width(pieces: Iterable[Piece]) -> int:
    return sum(cell_len(text) for _, text in pieces)


def _cut(pieces: Sequence[Piece], room: int) -> list[Piece]:
    """As many pieces as `room` cells hold, the last one cut with an ellipsis."""
    kept: list[Piece] = []
    for style, text in pieces:
        width = cell_len(text)
        if width <= room:
            kept.append((style, text))
            room -= width
            continue
        if room > 1:
            kept.append((style, fit(text, room)))
        break
    return kept
