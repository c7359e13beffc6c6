"""What is in a folder, for choosing a file or a folder by typing: looked at beside the screen."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from helpdesk_tui.domain.file_names import size_in_words
from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import UsageError
from helpdesk_tui.tui.fuzzy import best

SHOWN = 300
"""Entries offered at once; more are found by a few letters of their names."""


class Entry(Struct, frozen=True):
    """A file or a folder: how it reads, what is typed to mean it, and a file's size in words."""

    path: Path
    name: str
    typed: str
    is_folder: bool
    note: str = ""


class Listing(Struct, frozen=True):
    """What typed letters find in a folder. `more` entries are left out; `at_folder`: nothing is typed behind it."""

    folder: Path
    entries: tuple[Entry, ...]
    more: int
    at_folder: bool


def typed_path(text: str) -> str:
    """The path that a person or a terminal means: quotes, escaped blanks and `file://` are taken off."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    if text.startswith("file://"):
        return unquote(urlsplit(text).path)
    return re.sub(r"\\(.)", r"\1", text)


def is_path(text: str) -> bool:
    """Whether a pasted text looks like the path of a file: what terminals paste when a file is dropped on them."""
    path = typed_path(text)
    return "\n" not in path and path.startswith(("/", "~/"))


def listing(typed: str, base: Path, *, folders_only: bool = False) -> Listing:
    """What `typed`, seen from the folder `base`, may name. UsageError if its folder cannot be read."""
    path = typed_path(typed)
    begun, slash, rest = path.rpartition("/")
    folder = base / _home(begun + slash) if slash else base
    found = sorted(_entries(folder, begun + slash, hidden=rest.startswith(".")), key=_order)
    if folders_only:
        found = [entry for entry in found if entry.is_folder]
    fitting = best(rest, found, lambda entry: entry.name)
    shown = tuple(_with_size(entry) for entry in fitting[:SHOWN])
    return Listing(Path(os.path.realpath(folder)), shown, len(fitting) - len(shown), at_folder=not rest)


def _home(path: str) -> str:
    return os.path.expanduser(path) if path.startswith("~/") else path


def _order(entry: Entry) -> tuple[bool, str]:
    return not entry.is_folder, entry.name.casefold()


def _entries(folder: Path, begun: str, *, hidden: bool) -> Iterator[Entry]:
    try:
        with os.scandir(folder) as found:
            for one in found:
                if one.name.startswith(".") and not hidden:
                    continue
                is_folder = one.is_dir()
                if is_folder or one.is_file():
                    yield Entry(Path(one.path), one.name, begun + one.name + "/" * is_folder, is_folder)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no folder can have that name"
        raise UsageError(f"{clean(str(folder), limit=200)} cannot be read: {reason}.") from error


def _with_size(entry: Entry) -> Entry:
    if entry.is_folder:
        return entry
    try:
        status = os.stat(entry.path)
    except OSError:
        return entry
    size = size_in_words(status.st_size) if stat.S_ISREG(status.st_mode) else ""
    return Entry(entry.path, entry.name, entry.typed, is_folder=False, note=size)
