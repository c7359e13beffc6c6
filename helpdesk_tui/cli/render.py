"""The only writer to standard output, and what is known about it: a terminal or not, its width, its colours."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TextIO

from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import HelpdeskError, UsageError

WIDEST = 400
"""Columns beyond which a terminal's claim about its width is not believed."""

AT_ONCE = 100
"""Objects of a list that are written in one go."""

BOLD, DIM, RED, GREEN, YELLOW, BLUE, CYAN = "1", "2", "31", "32", "33", "34", "36"
"""The looks used, as the terminal's own 16 colours, so that every theme stays readable."""


class Unwritable(HelpdeskError):
    """Standard output did not take what was written to it."""


class Output:
    """Standard output. Data goes through here and nowhere else."""

    def __init__(self, stream: TextIO | None) -> None:
        if stream is None:
            raise UsageError("Standard output is closed.", "Send it to a file, a pipe or /dev/null.")
        self._stream = stream
        self.terminal = stream.isatty()
        self.colored = self.terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") not in {None, "dumb"}
        self._exact = (stream.encoding or "").lower().replace("-", "") == "utf8"
        self._encode = json.JSONEncoder(ensure_ascii=not self._exact).encode
        if not self._exact and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")

    @property
    def width(self) -> int | None:
        """Columns of the terminal; None when the output is not one, and lines may have any length."""
        if not self.terminal:
            return None
        claimed = os.environ.get("COLUMNS", "")
        if claimed.isascii() and claimed.isdigit() and len(claimed) < 7:
            return min(max(int(claimed), 20), WIDEST)
        try:
            return min(max(os.get_terminal_size(self._stream.fileno()).columns, 20), WIDEST)
        except OSError:
            return 80

    def line(self, text: str = "") -> None:
        """One line of text that is safe to show: its outside parts went through `clean`."""
        self.raw(text + "\n")

    def raw(self, text: str) -> None:
        """Text as it is. Unwritable when the output is full or gone; BrokenPipeError when its reader left."""
        with self._writing():
            self._stream.write(text)

    def data(self, pieces: Iterable[bytes]) -> None:
        """Bytes as they are, for files. Raises as `raw` does."""
        with self._writing():
            self._stream.flush()
            for piece in pieces:
                self._stream.buffer.write(piece)

    def json(self, value: object) -> None:
        """One JSON object, on several lines."""
        self.line(self._json(value, indent=2))

    def json_list(self, values: Iterable[dict[str, object]]) -> None:
        """A JSON array with one object a line, so that line tools can read it too."""
        written = map(self._json, values)
        lines = list(islice(written, AT_ONCE))
        self.raw("[")
        while lines:
            following = list(islice(written, AT_ONCE))
            self.raw(",\n ".join(lines) + (",\n " if following else ""))
            lines = following
        self.line("]")

    def _json(self, value: object, indent: int | None = None) -> str:
        text = json.dumps(value, ensure_ascii=not self._exact, indent=indent) if indent else self._encode(value)
        if self._exact and clean(text, lines=True) != text:
            return json.dumps(value, indent=indent)  # exact as well, and nothing in it can act on a terminal
        return text

    def styled(self, text: str, *looks: str) -> str:
        """`text` in those looks where the output shows colours."""
        return f"\x1b[{';'.join(looks)}m{text}\x1b[0m" if self.colored and looks and text else text

    def finish(self) -> None:
        """Hand over everything written; raises as `raw` does."""
        with self._writing():
            self._stream.flush()

    def abandon(self) -> None:
        """Forget what could not be written, so that the interpreter does not try once more when it ends."""
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), self._stream.fileno())

    @contextmanager
    def exactly(self) -> Iterator[TextIO]:
        """The stream itself, for files of data: UTF-8 whatever the locale, line ends as they are written."""
        with self._writing():
            if isinstance(self._stream, io.TextIOWrapper):
                self._stream.reconfigure(encoding="utf-8", newline="")
            yield self._stream

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            raise
        except OSError as error:
            raise Unwritable(f"The answer could not be written: {error.strerror}.") from error


class Messages:
    """Standard error: what happened, for a person. A closed or full one is no reason to fail."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self.terminal = stream is not None and stream.isatty()
        self.veil: Callable[[str], str] = str
        """Takes out of a message what its reader is not to know."""
        self.log_path: Path | None = None
        """Where what nobody foresaw is written down; None for where this account has it."""

    def say(self, text: str) -> None:
        """One or more lines; whatever comes from outside is made safe here."""
        self._write(clean(self.veil(text), lines=True) + "\n")

    def over(self, text: str) -> None:
        """A line of progress that the next one replaces; only for terminals. Empty clears it."""
        if self.terminal:
            self._write("\r\x1b[K" + clean(text))

    def _write(self, text: str) -> None:
        if self._stream is None:
            return
        try:
            self._stream.write(text.encode(self._stream.encoding or "ascii", "replace").decode(self._stream.encoding))
            self._stream.flush()
        except (OSError, ValueError):
            self._stream = None


def standard_output() -> Output:
    """Standard output as it is now."""
    return Output(sys.stdout)
