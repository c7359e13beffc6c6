"""The fields of a ticket, part by part: beside its main part, or under it where there is no room."""

from __future__ import annotations

from collections.abc import Iterator

from helpdesk_tui.domain.ticket_detail import TicketDetail
from helpdesk_tui.tui.widgets.card import hue
from helpdesk_tui.tui.widgets.lines import Line
from helpdesk_tui.tui.widgets.ticket_files import files
from helpdesk_tui.tui.widgets.ticket_here import here
from helpdesk_tui.tui.widgets.ticket_parts import (
    CATEGORY_STYLES,
    PRIORITY_STYLES,
    STANDING_STYLES,
    STATUS_STYLES,
    Fact,
    Part,
    Reader,
    facts,
)
from helpdesk_tui.tui.widgets.ticket_promises import expected, promises
from helpdesk_tui.tui.widgets.ticket_related import related
from helpdesk_tui.tui.widgets.ticket_time import time


def people(detail: TicketDetail, width: int, reader: Reader) -> Part:
    """Who asks, who helps, who looks on, who is here."""
    card = detail.card
    if reader.asks:
        return Part("people", "People", facts(_asked(detail, reader), width))
    asks = ", ".join(filter(None, (detail.requester_name, detail.organization)))
    rows: list[Fact] = [
        ("Requester", (("info", asks),) if asks else (("dim", "nobody"),)),
        ("Assignee", (("good", detail.assignee_name or card.assignee),) if card.assignee else (("dim", "nobody"),)),
    ]
    if detail.watchers:
        rows.append(("Watching", (("", ", ".join(detail.watchers)),)))
    return Part("people", "People", facts([*rows, *here(detail, reader)], width))


def work(detail: TicketDetail, width: int, reader: Reader) -> Part:
    """Where it stands and what it is."""
    if reader.asks:
        return Part("work", "Where it stands", facts(_standing(detail, reader), width))
    return Part("work", "Work", facts(_work(detail, reader), width))


SIDE = (people, work, promises, files, related, time)
"""The parts in their order; each gives None where it has nothing to show."""


def parts(detail: TicketDetail, width: int, reader: Reader) -> Iterator[Part]:
    """Those that have something to show."""
    for made in SIDE:
        part = made(detail, width, reader)
        if part is not None:
            yield part


def side(detail: TicketDetail, width: int, reader: Reader) -> list[Line]:
    """The parts one below the other, for a narrow place beside the main part; each begins as in `ticket_lines.body`."""
    lines: list[Line] = []
    for part in parts(detail, width, reader):
        beside = (("dim", f"  {part.beside}"),) if part.beside else ()
        lines += [Line((("title", part.heading), *beside), about=(part.name, 0)), *part.lines, Line()]
    return lines


def _asked(detail: TicketDetail, reader: Reader) -> Iterator[Fact]:
    """Who asked and who helps, for those who asked."""
    asked = ", ".join(filter(None, (detail.requester_name, detail.organization)))
    yield "Asked by", (("info", asked),)
    yield "Helped by", ((("good", detail.assignee_name),) if detail.assignee_name else (("dim", "nobody yet"),))
    yield from here(detail, reader)


def _standing(detail: TicketDetail, reader: Reader) -> Iterator[Fact]:
    """How it stands, for those who asked."""
    card = detail.card
    yield "Now", ((STANDING_STYLES[card.standing], card.standing.value),)
    yield "Asked", (("", reader.said(card.created)),)
    answers = [one.at for one in detail.conversation if one.by_team]
    if answers:
        yield "Answered", (("", reader.said(answers[-1])),)
    yield from expected(detail, reader)
    if card.due is not None and card.closed is None:
        yield "Due", (("", reader.said(card.due)),)
    if card.closed is not None:
        yield "Solved", (("good", reader.said(card.closed)),)
    if card.rating is not None:
        yield "It went", (("", f"{card.rating} of 5"),)


def _work(detail: TicketDetail, reader: Reader) -> Iterator[Fact]:
    card = detail.card
    yield "Board", (("", card.board),)
    yield "Column", ((CATEGORY_STYLES.get(card.category, ""), card.column),)
    yield "Status", ((STATUS_STYLES.get(card.status, "warn"), card.status.value or "none"),)
    why = " × ".join(level.word for level in (detail.impact, detail.urgency) if level is not None)
    yield "Priority", ((PRIORITY_STYLES.get(card.priority, ""), card.priority.word + (f" ({why})" if why else "")),)
    if card.labels:
        yield "Labels", tuple((hue(label), label.name) for label in card.labels)
    if card.due is not None:
        style = "bad" if card.late(reader.now) else ""
        yield "Due", ((style, reader.said(card.due)),)
    if card.kind:
        yield "Kind", (("", card.kind),)
    if card.language:
        yield "Language", (("", card.language),)
    if detail.source:
        yield "Came by", (("", detail.source),)
    yield "Created", (("", reader.said(card.created)),)
    yield "Updated", (("", reader.said(card.updated)),)
    if card.closed is not None:
        yield "Closed", (("good", reader.said(card.closed)),)
