"""People in rows: avatar, name, role, organization, what they have to do and what they do now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from msgspec import Struct
from rich.cells import cell_len

from helpdesk_tui.domain.at_work import AtWork, Doing
from helpdesk_tui.domain.people import Face, Person
from helpdesk_tui.domain.text import clean
from helpdesk_tui.language.away import away
from helpdesk_tui.tui.text import filled
from helpdesk_tui.tui.widgets.face import face_piece, face_style
from helpdesk_tui.tui.widgets.lines import Piece
from helpdesk_tui.tui.widgets.wrapping import fit

MIDDLING, ROOMY = 60, 84
"""Widths from which there is room for the role, and for the organization and the login too."""

_SIGNS = {Doing.READING: "◉", Doing.REPLYING: "✎", Doing.NOTING: "✐"}
_PLAIN_SIGNS = {Doing.READING: "@", Doing.REPLYING: "r", Doing.NOTING: "n"}


class Row(Struct, frozen=True):
    """Somebody in the list, or with no `one` the heading above those that follow."""

    one: AtWork | None
    heading: str = ""

    @property
    def person(self) -> Person | None:
        return None if self.one is None else self.one.person


def face_of(person: Person) -> Face:
    """How that person is drawn in a few cells."""
    return Face(person.avatar, person.color, person.short, person.active)


def row_pieces(row: Row, width: int, now: datetime, zone: tzinfo, *, plain: bool = False) -> tuple[Piece, ...]:
    """One row in so many cells."""
    if row.one is None:
        return (("title", fit(row.heading, width)),)
    one, person = row.one, row.one.person
    letters = face_piece(face_of(person))
    hue = face_style(face_of(person)).replace("face-", "hue-")
    lead: list[Piece] = [(f"{hue} strong", filled(letters[1], 4))]
    work = work_pieces(one)
    doing = now_pieces(one, plain=plain) + away_pieces(person, now, zone)
    name = clean(person.name or person.login, limit=200)
    style = "" if person.active else "dim"
    if width < MIDDLING:
        return _spread([*lead, (style, name)], work, width)
    columns: list[Piece] = [
        (style, filled(name, 19 if width < ROOMY else 24)),
        ("dim", filled(f" {_role(person)}", 13)),
    ]
    if width >= ROOMY:
        columns.append(("dim", filled(clean(person.organization, limit=60), 16)))
    taken = sum(cell_len(text) for _, text in work)
    columns += [*work, ("", " " * max(1, 14 - taken))]
    return _spread([*lead, *columns, *doing], [], width)


def work_pieces(one: AtWork) -> list[Piece]:
    """Open tickets, of how many at once, and how many of them are late."""
    if not one.open and one.person.capacity is None:
        return []
    opened = f"{one.open} open" if one.person.capacity is None else f"{one.open}/{one.person.capacity}"
    pieces = [("bad" if one.over else "", f"{opened}{'!' * one.over}")]
    return [*pieces, ("", " "), ("bad", f"{one.late} late")] if one.late else pieces


def now_pieces(one: AtWork, *, plain: bool = False) -> list[Piece]:
    """What they do now: the tickets they have open, and the one they time."""
    signs = _PLAIN_SIGNS if plain else _SIGNS
    words = [f"{signs.get(seen.doing, signs[Doing.READING])} #{seen.number}" for seen in one.here]
    words += [f"timing #{one.timing}"] if one.timing is not None else []
    return [("good", " ".join(words)), ("", " ")] if words else []


def away_pieces(person: Person, now: datetime, zone: tzinfo) -> list[Piece]:
    """Until when they are away."""
    said = away(person, now, zone)
    return [("warn", said)] if said else []


def _role(person: Person) -> str:
    return person.role.value if person.active else "deactivated"


def _spread(left: Sequence[Piece], right: Sequence[Piece], width: int) -> tuple[Piece, ...]:
    """Some at the left and some at the right edge; what does not fit is cut off the left ones."""
    room = width - sum(cell_len(text) for _, text in right) - bool(right)
    kept: list[Piece] = []
    for style, text in left:
        text = fit(text, room)
        if text:
            kept.append((style, text))
            room -= cell_len(text)
    return (*kept, ("", " " * (max(0, room) + bool(right))), *right)
