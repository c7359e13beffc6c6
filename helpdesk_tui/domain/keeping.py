"""Keeping a desk safe: its backups, and what a check-up finds."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

DAILY = "daily"
BY_HAND = "by-hand"
REPLACED = "replaced"
"""Occasions of backups, beside those before a change of the schema or an import."""


class Backup(Struct, frozen=True):
    """A copy of the desk that is kept beside it: of which moment, on which occasion, how large (bytes)."""

    path: Path
    at: datetime
    occasion: str
    size: int


class State(StrEnum):
    """How something stands."""

    OK = "ok"
    NOTE = "note"
    BAD = "bad"


class Finding(Struct, frozen=True):
    """What a check-up found about one thing: a sentence, and what to do about it where there is anything to do."""

    what: str
    state: State
    said: str
    do: str = ""
