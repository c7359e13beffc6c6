"""What is in the files of a desk, in a JSON export: the list `contents`, each content once, a piece an element.

    {"sha256": "9f86d0…", "place": 0, "data": "dGVzdA=="}

The pieces of one content follow each other; none is so large that it could not be held in memory.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Any

from helpdesk_tui.store import files
from helpdesk_tui.store.unit_of_work import Unit

LARGEST_PIECE = 8 * files.PIECE
"""Bytes one element may stand for."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


def written(unit: Unit, numbers: Sequence[int] | None) -> Iterator[dict[str, Any]]:
    """The contents of the files on these tickets, None for all."""
    for sha256, _ in files.contents(unit, numbers):
        place = 0
        while (data := files.piece(unit, sha256, place)) is not None:
            yield {"sha256": sha256, "place": place, "data": base64.b64encode(data).decode()}
            place += 1


class Contents:
    """Takes the elements one by one and keeps what they say. ValueError, with the reason, for what cannot be so."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._met: set[str] = set()
        self._sha256 = ""
        self._place = 0
        self._size = 0
        self._digest = hashlib.sha256()

    def add(self, value: Any) -> None:
        """The next element."""
        if not isinstance(value, dict) or value.keys() != {"sha256", "place", "data"}:
            raise ValueError("is not an object of sha256, place and data")
        if value["sha256"] != self._sha256:
            self.finish()
            self._begin(value["sha256"])
        if type(value["place"]) is not int or value["place"] != self._place:
            raise ValueError(f"is not the piece {self._place} that is expected")
        data = _decoded(value["data"])
        self._digest.update(data)
        self._size += len(data)
        files.keep_piece(self._unit, self._sha256, self._place, data)
        self._place += 1

    def _begin(self, sha256: Any) -> None:
        if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
            raise ValueError("“sha256” is not 64 hexadecimal digits")
        if sha256 in self._met:
            raise ValueError("goes on with a content that was left before")
        self._met.add(sha256)
        self._sha256, self._place, self._size, self._digest = sha256, 0, 0, hashlib.sha256()

    def finish(self) -> None:
        """No further piece of this content comes."""
        if not self._sha256:
            return
        if self._digest.hexdigest() != self._sha256:
            raise ValueError("ends a content that is not what its SHA-256 says")
        files.keep_size(self._unit, self._sha256, self._size)
        self._sha256 = ""


def _decoded(text: Any) -> bytes:
    if not isinstance(text, str) or len(text) > LARGEST_PIECE * 4 // 3 + 4:
        raise ValueError("“data” is no text, or too long")
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("“data” is not base64") from error
    if not data:
        raise ValueError("“data” is empty")
    return data
