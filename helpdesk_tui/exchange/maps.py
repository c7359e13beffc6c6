"""Maps: small TOML files that say what the columns of somebody else's CSV file mean.

Everything in a map is checked when it is read, so that an import never finds out half-way.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import UsageError
from helpdesk_tui.exchange.moments import TimeShape, known_pattern, zone_named
from helpdesk_tui.exchange.rows import Shape, known_encoding

_SIZE_LIMIT = 1_000_000


class MapPart:
    """One table of a map; every way of asking it for a value says which key is wrong, and `done` what is unknown."""

    def __init__(self, name: str, values: Mapping[str, Any], title: str = "") -> None:
        self._name = name
        self._values = dict(values)
        self._title = title
        self._asked: set[str] = set()

    def part(self, title: str) -> MapPart:
        """The table `[title]`, empty if the map has none."""
        return MapPart(self._name, self._of_kind(title, dict, {}), title)

    def word(self, key: str, default: str = "") -> str:
        """A text, `default` where the key is missing."""
        found: str = self._of_kind(key, str, default)
        return found

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where the key is missing."""
        found = self._of_kind(key, list, [])
        if not all(isinstance(item, str) for item in found):
            raise self.wrong(key, "is not a list of texts")
        return tuple(found)

    def flag(self, key: str, default: bool) -> bool:
        """true or false, `default` where the key is missing."""
        found: bool = self._of_kind(key, bool, default)
        return found

    def needed(self, key: str, what: str) -> str:
        """A text that must be there; `what` says what for."""
        found = self.word(key)
        if not found:
            raise UsageError(
                f"{self._name} does not say which column holds {what}.",
                f'Add a line {key} = "name of the column" under [{self._title}].',
            )
        return found

    def texts(self) -> dict[str, str]:
        """All keys of this table with their texts."""
        return {key: self.word(key) for key in self._values}

    def names(self) -> tuple[str, ...]:
        """All keys of this table."""
        return tuple(self._values)

    def done(self, *parts: MapPart) -> None:
        """UsageError if this table (and its `parts`) hold a key nobody asked for: it is a slip of the pen."""
        for part in (self, *parts):
            unknown = [key for key in part._values if key not in part._asked]
            if unknown:
                known = ", ".join(sorted(part._asked)) or "nothing"
                raise part.wrong(unknown[0], "is not known here", f"Known are: {known}.")

    def wrong(self, key: str, why: str, hint: str = "Correct the map.") -> UsageError:
        """The error for one key of this table."""
        where = f"[{self._title}] " if self._title else ""
        return UsageError(f"{self._name}: {where}“{clean(key, limit=60)}” {why}.", hint)

    def _of_kind(self, key: str, kind: type, default: Any) -> Any:
        self._asked.add(key)
        found = self._values.get(key, default)
        if not isinstance(found, kind):
            words = {dict: "a table", list: "a list", str: "a text", bool: "true or false"}
            raise self.wrong(key, f"is not {words[kind]}")
        return found


class FileParts(Struct, frozen=True):
    """What both kinds of map say of the file itself."""

    shape: Shape
    time: TimeShape


def opened_map(path: Path) -> MapPart:
    """The map at `path`. UsageError, with the line, if it is not TOML."""
    name = clean(path.name, limit=80)
    try:
        with path.open("rb") as file:
            data = file.read(_SIZE_LIMIT + 1)
        if len(data) > _SIZE_LIMIT:
            raise UsageError(f"{name} is too long for a map.", f"A map has at most {_SIZE_LIMIT:,} bytes.")
        return MapPart(name, tomllib.loads(data.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        raise UsageError(f"{name} is not UTF-8 text.", "Save the map as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name} is not a map: {clean(str(error), limit=200)}.", "A map is a TOML file.") from error
    except RecursionError as error:
        raise UsageError(f"{name} is not a map: it is nested too deeply.", "A map is a TOML file.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no file can have that name"
        raise UsageError(f"The map {name} cannot be read: {reason}.", "Check the path given with --map.") from error


def file_parts(whole: MapPart) -> FileParts:
    """The tables [file] and [time], with their defaults: UTF-8, commas, ISO moments in UTC."""
    file, time = whole.part("file"), whole.part("time")
    encoding = file.word("encoding", "utf-8")
    if not known_encoding(encoding):
        raise file.wrong("encoding", f"names no text encoding: {clean(encoding, limit=40)}", "Try utf-8 or cp1252.")
    delimiter = file.word("delimiter", ",")
    if len(delimiter) != 1 or delimiter in '"\r\n\x00':
        raise file.wrong("delimiter", "is not one character", r'Write for example delimiter = ";" or "\t".')
    pattern = time.word("format", "iso")
    if not known_pattern(pattern):
        hint = 'Write "iso", "epoch" or a pattern such as "%d.%m.%Y %H:%M".'
        raise time.wrong("format", "is not a way to write a moment", hint)
    zone = zone_named(time.word("zone", "UTC"))
    file.done(time)
    return FileParts(Shape(encoding, delimiter), TimeShape(pattern, zone))


def one_of(part: MapPart, key: str, value: str, known: Iterable[str]) -> str:
    """`value` if it is known, else UsageError naming what is."""
    words = tuple(known)
    if value not in words:
        raise part.wrong(key, f"cannot be {clean(value, limit=40)}", f"It can be: {', '.join(words)}.")
    return value
