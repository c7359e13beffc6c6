"""Reading a CSV file strictly: what is wrong is said with its line; nothing is guessed or dropped in silence."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket import TEXT_LIMIT
from helpdesk_tui.errors import UsageError
from helpdesk_tui.exchange.formula import MARKER, unescaped

COLUMNS_LIMIT = 1_000
_LINE_LIMIT = 4 * TEXT_LIMIT
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_TRUSTED = re.compile(
    r"ascii|utf-8|utf-16(-[lb]e)?|iso8859-\d+|latin-1|cp\d+|koi8-[rut]|mac-\w+|big5|gb\w+|euc_\w+|shift_jis"
)


class Shape(Struct, frozen=True):
    """How the file is written: the encoding (a byte order mark wins over it) and the character between cells."""

    encoding: str = "utf-8"
    delimiter: str = ","


class Line(Struct, frozen=True):
    """One row of the file. `number` is the line it ends on, 1 being the first of the file."""

    number: int
    cells: Sequence[str]
    fault: str = ""
    """Why the row cannot be used, empty if it can."""


class Table:
    """A CSV file with its header read; iterate over it for the rows."""

    def __init__(self, source: io.BufferedReader, name: str, shape: Shape) -> None:
        self._name = name
        self._encoding = _sniffed(source, shape.encoding)
        self._source = source
        self._begun = 1
        text = io.TextIOWrapper(source, encoding=self._encoding, errors="strict", newline="")
        self._lines = _Lines(text)
        csv.field_size_limit(TEXT_LIMIT + 1)
        self._reader = csv.reader(self._lines, delimiter=shape.delimiter, strict=True)
        header = self._next()
        self.escaped = header is not None and header[0] == MARKER and not any(header[1:])
        if self.escaped:
            header = self._next()
        if header is None:
            raise UsageError(f"{name} is empty.", "It needs a first line with the names of the columns.")
        if len(header) > COLUMNS_LIMIT:
            raise UsageError(f"{name} has {len(header):,} columns.", f"At most {COLUMNS_LIMIT:,} can be read.")
        self.header = [cell.strip() for cell in header]

    def place(self, column: str) -> int:
        """Which cell of a row the column is. UsageError if it is missing or there twice."""
        places = [place for place, name in enumerate(self.header) if name == column]
        if not places:
            there = ", ".join(clean(name, limit=40) for name in self.header[:20])
            raise UsageError(
                f"{self._name} has no column “{clean(column, limit=60)}”.",
                f"Its columns are: {there}. Correct the map.",
            )
        if len(places) > 1:
            raise UsageError(
                f"{self._name} has {len(places)} columns called “{clean(column, limit=60)}”.",
                "Rename all but one of them: it is not clear which is meant.",
            )
        return places[0]

    def __iter__(self) -> Iterator[Line]:
        width = len(self.header)
        while (cells := self._next()) is not None:
            fault = ""
            if len(cells) > width and not any(cells[width:]):
                cells = cells[:width]
            if len(cells) != width:
                fault = "more cells than the header has" if len(cells) > width else "fewer cells than the header has"
            elif any("\x00" in cell for cell in cells):
                fault = "a NUL character"
            elif self.escaped:
                cells = [unescaped(cell) for cell in cells]
            yield Line(self._reader.line_num, cells, fault)

    def _next(self) -> list[str] | None:
        """The next row that is not a blank line, None at the end."""
        try:
            while True:
                self._begun = self._reader.line_num + 1
                row = next(self._reader, None)
                if row is None or row:
                    return row
        except UnicodeDecodeError as error:
            line, byte = _undecodable(self._source, self._encoding, error)
            raise UsageError(
                f"{self._name} is not {self._encoding.upper()} text: line {line} has the byte 0x{byte:02X}.",
                'Name its encoding in the map, for example encoding = "cp1252" under [file].',
            ) from error
        except UnicodeError as error:
            raise UsageError(
                f"{self._name} is not {self._encoding.upper()} text.", "Name its encoding in the map."
            ) from error
        except csv.Error as error:
            raise self._explained(str(error)) from error

    def _explained(self, reason: str) -> UsageError:
        where = f"{self._name}, line {self._begun}"
        if "unexpected end of data" in reason:
            return UsageError(
                f"{where}: a quote that opens here is never closed.", "Close it, or double it if it is meant."
            )
        if "field larger" in reason:
            return UsageError(
                f"{where}: a cell is longer than {TEXT_LIMIT:,} characters.",
                "Shorten it, or look for an unclosed quote.",
            )
        if "expected after" in reason:
            return UsageError(
                f"{where}: text follows a closing quote.", "Put a delimiter there, or double the quotes that are meant."
            )
        return UsageError(f"{where}: the row cannot be read ({reason}).", "Correct the file.")


class _Lines:
    """The lines of a text, refusing one that would not fit in memory with dignity."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(_LINE_LIMIT)
        if not line:
            raise StopIteration
        self._number += 1
        if len(line) == _LINE_LIMIT and not line.endswith(("\n", "\r")):
            raise UsageError(
                f"Line {self._number} is longer than {_LINE_LIMIT:,} characters.", "Is this a CSV file at all?"
            )
        return line


@contextmanager
def opened(path: Path, shape: Shape) -> Iterator[Table]:
    """The CSV file at `path`, open while the block runs. UsageError if it cannot be read as one."""
    name = clean(path.name, limit=80)
    try:
        source = path.open("rb")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no file can have that name"
        raise UsageError(f"{name} cannot be read: {reason}.", "Check the path.") from error
    with source:
        try:
            yield Table(source, name, shape)
        except OSError as error:
            raise UsageError(f"{name} cannot be read: {error.strerror}.", "Check the disk.") from error


def known_encoding(name: str) -> bool:
    """Whether that is the name of a text encoding that is safe to decode outside data with."""
    try:
        return _TRUSTED.fullmatch(codecs.lookup(name).name) is not None
    except (LookupError, ValueError):
        return False


def _sniffed(source: io.BufferedReader, stated: str) -> str:
    """The encoding by the byte order mark, else the one that was stated."""
    start = source.peek(3)
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            return encoding
    return stated


def _undecodable(source: io.BufferedReader, encoding: str, error: UnicodeDecodeError) -> tuple[int, int]:
    """Line and value of the first byte that is not text in that encoding."""
    if source.seekable():
        source.seek(0)
        for number, line in enumerate(iter(lambda: source.readline(_LINE_LIMIT), b""), start=1):
            try:
                line.decode(encoding)
            except UnicodeDecodeError as found:
                return number, line[found.start]
    return 1, error.object[error.start]
