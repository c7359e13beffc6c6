"""People in a few cells: their initials in their hue."""

from __future__ import annotations

from zlib import crc32

from helpdesk_tui.domain.people import Face
from helpdesk_tui.domain.text import clean
from helpdesk_tui.tui.hues import HUES
from helpdesk_tui.tui.widgets.wrapping import fit

CELLS = 4
"""Initials take no more: three letters, or two wide ones."""

FACES = tuple(f"face-{hue}" for hue in HUES)
"""The styles they are drawn in."""


def face_style(face: Face) -> str:
    """The hue they chose, else one that follows from what they are called."""
    if face.color in HUES:
        return f"face-{face.color}"
    return f"face-{HUES[crc32(face.name.encode('utf-8', 'replace')) % (len(HUES) - 1)]}"


def face_piece(face: Face) -> tuple[str, str]:
    """The initials, safe to show, and their style."""
    return face_style(face), fit(clean(face.initials, limit=8), CELLS)
