"""A day in rows: a ticket and why it is there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from msgspec import Struct
from rich.cells import cell_len

from helpdesk_tui.domain.day import MEANINGS, Entry, Part, Reason, Why
from helpdesk_tui.domain.day_names import MONTHS, WEEKDAYS
from helpdesk_tui.domain.odd import MARK, UNREADABLE
from helpdesk_tui.language.dates import day_of
from helpdesk_tui.tui.text import filled, shown
from helpdesk_tui.tui.widgets.card import FANCY, KNOWN, PLAIN
from helpdesk_tui.tui.widgets.lines import Piece
from helpdesk_tui.tui.widgets.wrapping import fit

NUMBER = 7
"""Cells of a ticket's number."""

ROOMY = 60
"""Width from which the reasons stand beside the title; below, only the first of them does."""

_STYLES = {
    Why.LATE: "bad", Why.AT_RISK: "warn", Why.ESCALATED: "bad", Why.NAMED: "accent", Why.ANSWERED: "accent",
    Why.WROTE: "accent", Why.FREE: "dim", Why.CAME: "dim", Why.DUE: "dim",
}  # fmt: skip
_PRIORITIES = {"critical": "bad", "high": "warn"}


class Row(Struct, frozen=True):
    """A ticket in its part of the day, or with no `entry` the heading above those that follow."""

    part: Part
    entry: Entry | None = None
    heading: str = ""


def row_pieces(row: Row, width: int, now: datetime, zone: tzinfo, *, plain: bool = False) -> tuple[Piece, ...]:
    """One row in so many cells."""
    if row.entry is None:
        heading = fit(row.heading, width)
        return (("title", heading), ("dim", fit(f" · {MEANINGS[row.part]}", width - cell_len(heading))))
    card, signs = row.entry.card, (PLAIN if plain else FANCY).signs
    sign = signs[card.priority - 1] if card.priority in KNOWN else MARK
    lead: list[Piece] = [(_PRIORITIES.get(card.priority.word, "dim"), f"{sign} ")]
    lead.append(("strong" if card.unread else "dim", filled(f"#{card.number}", NUMBER)))
    room = width - 2 - NUMBER
    said = [
        (_style(reason), reason.words(lambda at: short(at, now, zone)))
        for reason in row.entry.reasons
        if reason.why is not Why.PRIORITY or row.part is Part.NEXT  # elsewhere its sign is enough
    ]
    title = max(10, room * 9 // 20) if width >= ROOMY else max(6, room - cell_len(said[0][1]) - 2)
    return (*lead, ("", filled(shown(card.title, title), title)), ("", "  "), *_reasons(said, room - title - 2))


def _reasons(said: Sequence[Piece], room: int) -> list[Piece]:
    pieces: list[Piece] = []
    for style, text in said:
        between = " · " if pieces else ""
        text = shown(text, room - len(between))
        if room <= len(between) or not text:
            break
        pieces += [("dim", between), (style, text)]
        room -= len(between) + cell_len(text)
    return pieces


def _style(reason: Reason) -> str:
    return _PRIORITIES.get(reason.who, "") if reason.why is Why.PRIORITY else _STYLES.get(reason.why, "")


def short(at: datetime, now: datetime, zone: tzinfo) -> str:
    """A moment in few cells: the hour of today, the day of another with its hour while that is near, else the date."""
    if at == UNREADABLE:
        return MARK
    start, end = day_of(now, zone)
    if start <= at < end:
        return f"{at.astimezone(zone):%H:%M}"
    local = at.astimezone(zone)
    if abs((at - now).days) < 6:
        return f"{WEEKDAYS[local.weekday()]} {local:%H:%M}"
    year = "" if local.year == now.astimezone(zone).year else f" {local.year}"
    return f"{local.day} {MONTHS[local.month - 1]}{year}"
