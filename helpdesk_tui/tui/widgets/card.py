"""A card as lines of pieces: (style name, text). Pure: a ticket and the circumstances in, what to draw out.

Meaning never rests on colour alone: the priority is the thickness of the bar and a sign beside it, what is late says
so, a mark is a tick.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING
from zlib import crc32

from msgspec import Struct, field
from rich.cells import cell_len

from helpdesk_tui.domain.board import Category, Label
from helpdesk_tui.domain.odd import MARK
from helpdesk_tui.domain.people import Face
from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket import Card, Priority, Status
from helpdesk_tui.domain.ticket_detail import Present
from helpdesk_tui.tui.hues import HUES
from helpdesk_tui.tui.text import LONGEST, shown, two_lines
from helpdesk_tui.tui.widgets import moments
from helpdesk_tui.tui.widgets.face import FACES, face_piece
from helpdesk_tui.tui.widgets.lines import Piece, Pieces
from helpdesk_tui.tui.widgets.moments import Said, when
from helpdesk_tui.tui.widgets.wrapping import fit

if TYPE_CHECKING:
    from helpdesk_tui.tui.widgets.moments import Calendars


FULL, SHORT, LINE = "full", "short", "line"
KNOWN = frozenset(Priority)
WORDY = 26
"""Cells within a card from which on there is room to say what somebody does there."""
NAME = 12
"""Cells of the name of somebody who has a ticket open."""

STYLES = (
    *(f"bar-{priority.word}" for priority in Priority),
    *(f"hue-{hue}" for hue in HUES),
    *FACES,
    "title", "number", "unread", "here", "people", "nobody", "counter", "mark", "good", "warn", "late", "waits",
    "group",
)  # fmt: skip
"""Names a piece may be drawn in; "" is the card's own colour."""


class Glyphs(Struct, frozen=True):
    """The signs a card is drawn with."""

    bars: tuple[str, str, str, str]
    signs: tuple[str, str, str, str]
    mark: str
    arrow: str
    dot: str
    done: str
    clock: str
    unread: str
    reply: str
    note: str
    file: str
    star: str
    missing: str
    here: str


FANCY = Glyphs(
    ("▏", "▌", "▊", "█"), ("↓", " ", "↑", "!"), "✓", "→", "·", "✓", "◷", "●", "✎", "✐", "▤", "★", "…", "◉"
)  # fmt: skip
PLAIN = Glyphs(
    (".", "|", "#", "#"), ("-", " ", "^", "!"), "x", ">", "-", "ok", "in", "*", "r", "n", "f", "s", "...", "@"
)


class Painter(Struct, frozen=True):
    """Paints cards for one width, density and moment.

    `here` is who else has which ticket open, `faces` are those of the team by what cards call them, `calendars` what
    the clocks go by: until they are known a card says the day on which something is due.
    """

    width: int
    density: str
    now: datetime
    zone: tzinfo
    glyphs: Glyphs = FANCY
    here: Mapping[int, tuple[Present, ...]] = field(default_factory=dict)
    faces: Mapping[str, Face] = field(default_factory=dict)
    calendars: Calendars = field(default_factory=dict)

    def paint(self, card: Card, marked: bool = False) -> tuple[Pieces, ...]:
        """The lines of a card, each exactly `width` cells."""
        if self.density == LINE:
            return (self._one(card, marked),)
        lines = self._titles(card, marked)
        second = self._people(card)
        if self.density == FULL:
            third = self._labels(card, second)
            return (*lines, second, third) if third else (*lines, second)
        return (*lines, second)

    # Lines

    def _titles(self, card: Card, marked: bool) -> list[Pieces]:
        number = self._number(card)
        room = self._inner - cell_len(number) - 1
        title = clean(card.title, limit=LONGEST)
        if self.density == FULL:
            texts = two_lines(title, room, self._inner) if room > 3 else [fit(title, room)]
        else:
            texts = [fit(title, room)]
        style = "unread" if card.unread else "number"
        first = self._row(card, [("title", texts[0])], [(style, number)], marked=marked, sign=True)
        return [first, *(self._row(card, [("title", text)]) for text in texts[1:])]

    def _people(self, card: Card) -> Pieces:
        said = self._when(card)
        flags = self._flags(card)
        right: list[Piece] = []
        if said is not None:
            text = said.text if self._inner >= cell_len(said.text) + 12 else said.short
            right = [(said.style or "people", text)]
        taken = sum(cell_len(text) + 1 for _, text in right)
        names = self._names(card, self._inner - taken)
        used = sum(cell_len(text) for _, text in names)
        for style, word in flags:
            if self.density == SHORT or used + taken + cell_len(word) + 2 <= self._inner:
                right = [(style, word), ("", " " if right else ""), *right]
                taken += cell_len(word) + 1
        if used + taken > self._inner:
            names = self._names(card, self._inner - taken)
        return self._row(card, names, right)

    def _labels(self, card: Card, people: Pieces) -> Pieces | None:
        """The third line, with what the line of the `people` had no room for."""
        besides, counters = self._besides(card), self._counters(card)
        right = [*besides, ("", " "), *counters] if besides and counters else besides or counters
        room = self._inner - sum(cell_len(text) for _, text in right) - 1
        left: list[Piece] = []
        said = "".join(text for _, text in people)
        for style, word in self._flags(card):
            if word not in said:
                left += [(style, word), ("", " ")]
                room -= cell_len(word) + 1
        left += labels_in(card.labels, room, self.glyphs.missing)
        if not right and not any(text.strip() for _, text in left):
            return None
        return self._row(card, left, right)

    def _one(self, card: Card, marked: bool) -> Pieces:
        said = self._when(card)
        right: list[Piece] = []
        if said is not None and self._inner >= 30:
            right = [(said.style or "people", said.short), ("", " ")]
        if card.number in self.here:
            right.append(("here", self._present(self.here[card.number])[0] + " "))
        if card.assignee in self.faces and self._inner >= WORDY:
            right += [face_piece(self.faces[card.assignee]), ("", " ")]
        right.append(("unread" if card.unread else "number", self._number(card)))
        room = self._inner - sum(cell_len(text) for _, text in right) - 1
        return self._row(card, [("title", shown(card.title, room))], right, marked=marked, sign=True)

    def placeholder(self) -> tuple[Pieces, ...]:
        """What stands where a card is still on its way."""
        blank: Pieces = (("", " " * self.width),)
        waiting: Pieces = (("counter", f"  {self.glyphs.dot}".ljust(self.width)),)
        return (waiting,) + (blank,) * {FULL: 2, SHORT: 1, LINE: 0}[self.density]

    # Pieces

    @property
    def _inner(self) -> int:
        """Cells between the bar with its sign and the right edge."""
        return max(1, self.width - 3)

    def _row(
        self,
        card: Card,
        left: Sequence[Piece],
        right: Sequence[Piece] = (),
        *,
        marked: bool = False,
        sign: bool = False,
    ) -> Pieces:
        bar, thick, says = self._priority(card.priority)
        beside: Piece = ("mark", self.glyphs.mark) if marked else (bar, says if sign else " ")
        ends = cut(right, self._inner)
        taken = _cells(ends)
        begins = cut(left, self._inner - taken - 1 if taken else self._inner)
        gap: Piece = ("", " " * (self._inner - taken - _cells(begins)))
        lead: Pieces = ((bar, thick), beside, ("", " "))
        return tuple(piece for piece in (*lead, *begins, gap, *ends) if piece[1])

    def _priority(self, priority: Priority) -> tuple[str, str, str]:
        """The style of a priority's bar, the bar and its sign; one that this program does not know looks normal."""
        known = priority if priority in KNOWN else Priority.NORMAL
        sign = self.glyphs.signs[known - 1] if known is priority else MARK
        return f"bar-{known.word}", self.glyphs.bars[known - 1], sign

    def _number(self, card: Card) -> str:
        return f"{self.glyphs.unread if card.unread else ''}#{card.number}"

    def _when(self, card: Card) -> Said | None:
        return when(card, self.now, self.zone, self.glyphs.done, self.glyphs.clock, self.calendars)

    def _besides(self, card: Card) -> list[Piece]:
        """The due date where the clock runs out before it, or the clock where the due date comes first."""
        said = moments.besides(card, self.now, self.zone, self.glyphs.clock, self.calendars)
        return [] if said is None else [(said.style or "counter", said.text)]

    def _names(self, card: Card, room: int) -> list[Piece]:
        """Who asked and who helps, in `room` cells; a long name gives way to its first word."""
        if room < 4:
            return []
        between = f" {self.glyphs.dot if card.category is Category.DONE else self.glyphs.arrow} "
        requester, assignee = clean(card.requester, limit=LONGEST), clean(card.assignee, limit=LONGEST)
        helper: Piece = ("people", assignee) if assignee else ("nobody", "nobody")
        if card.assignee in self.faces:
            return self._names_and_face(requester, between, assignee, face_piece(self.faces[card.assignee]), room)
        if card.category is Category.DONE and not assignee:
            return [("people", fit(requester, room))]
        if not requester:
            return [("people", between.lstrip()), (helper[0], fit(helper[1], room - len(between) + 1))]
        for asked in (requester, requester.split()[0]):
            if cell_len(asked) + len(between) + cell_len(helper[1]) <= room:
                return [("people", asked + between), helper]
        left = room - len(between) - cell_len(helper[1])
        if left >= 3:
            return [("people", fit(requester, left) + between), helper]
        return [("people", self.glyphs.arrow + " "), (helper[0], fit(helper[1], room - 2))]

    def _names_and_face(self, requester: str, between: str, assignee: str, face: Piece, room: int) -> list[Piece]:
        """The same with an avatar, which stands for the login where there is no room for both."""
        before = between if requester else between.lstrip()
        for helper in ([face, ("people", f" {assignee}")], [face]):
            for asked in dict.fromkeys((requester, requester.split()[0] if requester else "")):
                pieces = [("people", asked + before), *helper]
                if _cells(pieces) <= room:
                    return pieces
        left = room - len(before) - cell_len(face[1])
        return [("people", fit(requester, left) + before), face] if left >= 3 else [("people", before.lstrip()), face]

    def _flags(self, card: Card) -> list[Piece]:
        found: list[Piece] = []
        if here := self.here.get(card.number):
            found.append(("here", self._present(here)))
        if card.status is not Status.NONE and card.closed is None:
            style = {Status.BLOCKED: "late", Status.WAITING: "waits"}.get(card.status, "warn")
            found.append((style, card.status.value.removeprefix("needs ")))
        if card.escalated and card.closed is None:
            found.append(("late", "escalated"))
        if card.archived:
            found.append(("counter", "archived"))
        return found

    def _present(self, here: Sequence[Present]) -> str:
        """Who has the ticket open; on a narrow card the sign alone says what for."""
        signs = {"": self.glyphs.here, "a reply": self.glyphs.reply}
        sign = signs.get(here[0].writing, self.glyphs.note)
        words = present(here)
        return f"{sign} {words if self._inner >= WORDY else words.rpartition(' ')[0]}"

    def _counters(self, card: Card) -> list[Piece]:
        glyphs = self.glyphs
        words = []
        if card.steps:
            words.append(f"[{card.steps_done}/{card.steps}]")
        words += [
            f"{glyph}{count}"
            for glyph, count in ((glyphs.reply, card.replies), (glyphs.note, card.notes), (glyphs.file, card.files))
            if count
        ]
        if card.rating is not None:
            words.append(f"{glyphs.star}{card.rating}")
        return [("counter", " ".join(words))] if words else []


def present(here: Sequence[Present]) -> str:
    """Who has a ticket open, in few words: `bob answering`, `alice +1 here`."""
    first = here[0]
    doing = {"": "here", "a reply": "answering"}.get(first.writing, "writing")
    more = f" +{len(here) - 1}" if len(here) > 1 else ""
    return f"{fit(clean(first.name, limit=LONGEST), NAME)}{more} {doing}"


def cut(pieces: Sequence[Piece], room: int) -> list[Piece]:
    """The pieces as far as they go into `room` cells; the last one ends in an ellipsis if it does not."""
    kept: list[Piece] = []
    for style, text in pieces:
        text = fit(text, room)
        if not text:
            break
        kept.append((style, text))
        room -= cell_len(text)
    return kept


def _cells(pieces: Sequence[Piece]) -> int:
    return sum(cell_len(text) for _, text in pieces)


def labels_in(labels: Sequence[Label], room: int, missing: str) -> list[Piece]:
    """As many labels as `room` cells hold, each in its hue; what is left out is a sign."""
    pieces: list[Piece] = []
    for at, label in enumerate(labels):
        name = clean(label.name, limit=LONGEST)
        more = at < len(labels) - 1
        width = cell_len(name)
        if width > room - (len(missing) + 1 if more else 0):
            if not pieces and room >= 4:
                pieces += [(hue(label), fit(name, room)), ("", "")]
            elif room >= len(missing):
                pieces.append(("counter", missing))
            return pieces
        pieces += [(hue(label), name), ("", " ")]
        room -= width + 1
    return pieces


def hue(label: Label) -> str:
    """The style of a label: its own colour, else one that follows from its name."""
    if label.color in HUES:
        return f"hue-{label.color}"
    return f"hue-{HUES[crc32(label.name.encode('utf-8', 'replace')) % (len(HUES) - 1)]}"
