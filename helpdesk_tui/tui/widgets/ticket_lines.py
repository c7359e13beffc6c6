"""A ticket as lines: what the ticket screen and the preview draw. Pure: values in, lines out.

The parts are functions of their own, each in its file: `ticket_side.SIDE` for the fields, `MAIN` for the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace
from rich.cells import cell_len

from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket import Card, Status
from helpdesk_tui.domain.ticket_detail import Present, TicketDetail
from helpdesk_tui.language import dates
from helpdesk_tui.tui.widgets.card import present
from helpdesk_tui.tui.widgets.lines import Line, Piece
from helpdesk_tui.tui.widgets.markdown import markdown
from helpdesk_tui.tui.widgets.ticket_checklist import checklist
from helpdesk_tui.tui.widgets.ticket_history import history
from helpdesk_tui.tui.widgets.ticket_parts import (
    CATEGORY_STYLES,
    FRAMED,
    PRIORITY_STYLES,
    STANDING_STYLES,
    STATUS_STYLES,
    Part,
    Reader,
    none,
)
from helpdesk_tui.tui.widgets.ticket_side import parts
from helpdesk_tui.tui.widgets.ticket_talk import conversation
from helpdesk_tui.tui.widgets.wrapping import fit, wrap


def head(card: Card, width: int, rows: int, reader: Reader, here: Sequence[Present] = ()) -> list[Line]:
    """The number and title, in at most `rows` lines, with the column, priority and due date at the right edge.

    Who else has the ticket open stands there too.
    """
    facts: list[Piece] = [(CATEGORY_STYLES.get(card.category, ""), clean(card.column, limit=30))]
    if reader.asks:
        facts = [(STANDING_STYLES[card.standing], card.standing.value)]
        return _head(card, width, rows, facts + ([("accent", present(here))] if here else []))
    if card.archived:
        facts.append(("dim", "archived"))
    facts.append((PRIORITY_STYLES.get(card.priority, ""), card.priority.word))
    if card.status is not Status.NONE:
        facts.append((STATUS_STYLES.get(card.status, "warn"), card.status.value))
    if (due := due_piece(card, reader)) is not None:
        facts.append(due)
    if here:
        facts.append(("accent", present(here)))
    return _head(card, width, rows, facts)


def _head(card: Card, width: int, rows: int, facts: Sequence[Piece]) -> list[Line]:
    number = f" #{card.number} "
    right = sum(cell_len(text) + 2 for _, text in facts)
    title = clean(card.title)
    if cell_len(number) + cell_len(title) + right + 3 <= width:
        gap = " " * (width - cell_len(number) - cell_len(title) - right - 1)
        return [Line((("cursor", number), ("title", f" {title}"), ("", gap), *_spaced(facts)), back="bar")]
    room = width - cell_len(number) - 2
    lines = wrap(title, room)
    shown = lines[: max(1, rows - 1)]
    if len(lines) > len(shown):
        shown[-1] = fit(shown[-1] + " " + lines[len(shown)], room)
    indent = " " * cell_len(number)
    first = Line((("cursor", number), ("title", f" {shown[0]}")), back="bar")
    rest = [Line((("title", f"{indent} {line}"),), back="bar") for line in shown[1:]]
    return [first, *rest, Line((("", indent), *_spaced(facts)), back="bar")]


def _spaced(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for index, (style, text) in enumerate(pieces):
        yield (style, f"  {text}" if index else f" {text}")


def due_piece(card: Card, reader: Reader) -> Piece | None:
    """When it is due, and how bad that is."""
    if card.closed is not None:
        return ("good", f"done {reader.said(card.closed)}")
    if card.due is None:
        return None
    if card.due < reader.now:
        return ("bad", f"late, {reader.said(card.due)}")
    today = dates.day_of(reader.now, reader.zone)[1]
    return ("warn" if card.due < today else "", f"due {reader.said(card.due)}")


def description(detail: TicketDetail, width: int, reader: Reader) -> Part:
    """What was asked."""
    text = markdown(detail.description, width) if detail.description.strip() else none("No description.")
    return Part("description", "Description", text, hint=reader.hint("edit"))


MAIN = (description, checklist, conversation)
"""The parts above the history, in their order."""


def body(detail: TicketDetail, width: int, reader: Reader, *, with_side: bool) -> Iterator[Line]:
    """Description, checklist, conversation and history; with the fields too, where they have no place beside.

    Made while it is taken. The first line of each part is `about` (its name, 0), what a cursor may stand on is `about`
    its kind and id.
    """
    inner = width - 4 if width >= FRAMED else width - 2
    for made in MAIN:
        if (part := made(detail, inner, reader)) is not None:
            yield from framed(part, width)
    if with_side:
        for part in parts(detail, inner, reader):
            yield from framed(part, width)
    if (past := history(detail, inner, reader)) is not None:
        yield from framed(past, width)


def framed(part: Part, width: int) -> Iterator[Line]:
    """A box of that width around the part, its heading in the upper edge and keys in the lower one."""
    beside = fit(f"  {part.beside}" if part.beside else "", max(0, width - cell_len(part.heading) - 8))
    taken = cell_len(part.heading) + cell_len(beside)
    heading = (("title", part.heading), ("dim", beside))
    about = (part.name, 0)
    if width < FRAMED:
        rule = "─" * max(0, width - taken - 4)
        yield Line((("edge", "─ "), *heading, ("edge", f" {rule}")), about=about)
        yield from (replace(line, pieces=(("", " "), *line.pieces)) for line in part.lines)
        yield Line()
        return
    yield Line((("edge", "╭─ "), *heading, ("edge", f" {'─' * (width - taken - 5)}╮")), about=about)
    yield from (Line(line.pieces, line.back, True, line.about) for line in part.lines)
    if part.hint:
        yield Line((("edge", f"╰{'─' * (width - len(part.hint) - 6)} "), ("dim", part.hint), ("edge", " ──╯")))
    else:
        yield Line((("edge", f"╰{'─' * (width - 2)}╯"),))
