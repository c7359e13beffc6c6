"""Reading a large JSON document piece by piece, strictly: what is not plain JSON is refused with its place.

Never more than one element of a list is held in memory. Refused are NaN and infinities, numbers no desk can keep, a key
given twice, broken characters, and whatever follows the end.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any, TextIO

from helpdesk_tui.errors import UsageError

_CHUNK = 1 << 18
_VALUE_LIMIT = 64 << 20
"""Characters one element may have."""

_TAIL = 16
"""An error this close to the end of what has been read may only mean that more is to come."""

_BLANK = re.compile(r"[ \t\r\n]*")
_ODD_ESCAPE = re.compile(r"\\u(0000|[dD][89a-fA-F][0-9a-fA-F]{2})")


class JsonStream:
    """A cursor on a JSON text. `name` is what errors call the text."""

    def __init__(self, source: TextIO, name: str) -> None:
        self._source = source
        self._name = name
        self._text = ""
        self._at = 0
        self._before = 0
        self._ended = False

    @property
    def characters(self) -> int:
        """How many characters have been read past."""
        return self._before + self._at

    def members(self) -> Iterator[str]:
        """The keys of the object here; after each, its value is to be taken by `value` or `items`."""
        self._take("{", "an object")
        met: set[str] = set()
        if self._peek() == "}":
            self._at += 1
            return
        while True:
            key = self.value()
            if not isinstance(key, str):
                raise self.wrong("a key is not a text")
            if key in met:
                raise self.wrong(f"the key “{key[:40]}” is there twice")
            met.add(key)
            self._take(":", "a colon")
            yield key
            if not self._goes_on("}"):
                return

    def items(self) -> Iterator[Any]:
        """The elements of the list here, one after the other."""
        self._take("[", "a list")
        if self._peek() == "]":
            self._at += 1
            return
        while True:
            yield self.value()
            if not self._goes_on("]"):
                return

    def value(self) -> Any:
        """The value here, whole."""
        self._peek()
        while True:
            try:
                found, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                unfinished = error.msg.startswith("Unterminated") or error.pos >= len(self._text) - _TAIL
                if self._ended or not unfinished:
                    raise self.wrong(error.msg[:1].lower() + error.msg[1:], error.pos) from error
            except _Unfit as error:
                raise self.wrong(str(error)) from error
            except RecursionError as error:
                raise self.wrong("it is nested too deeply") from error
            else:
                if end < len(self._text) or self._ended:  # a number at the very end may go on
                    self._check_characters(found, end)
                    self._at = end
                    return found
            if len(self._text) - self._at > _VALUE_LIMIT:
                raise self.wrong("one value is larger than any export writes")
            self._more()

    def end(self) -> None:
        """UsageError if anything follows."""
        if self._peek():
            raise self.wrong("something follows the end")

    def wrong(self, why: str, at: int | None = None) -> UsageError:
        """The error for what stands here."""
        place = self._before + (self._at if at is None else at)
        return UsageError(f"{self._name} cannot be read: {why} (at character {place:,}).", "Nothing was imported.")

    def _check_characters(self, found: Any, end: int) -> None:
        """Escapes can write what no text may hold: only where one is seen is the value looked through."""
        for escape in _ODD_ESCAPE.finditer(self._text, self._at, end):
            if escape[1] == "0000":
                raise self.wrong("a text contains a NUL character", escape.start())
            try:
                json.dumps(found, ensure_ascii=False).encode()
            except UnicodeEncodeError as error:
                raise self.wrong("a text contains half a character (a lone surrogate)", escape.start()) from error
            except RecursionError as error:
                raise self.wrong("it is nested too deeply") from error
            return

    def _goes_on(self, closing: str) -> bool:
        """Past the comma, or past the end of what is being read."""
        found = self._peek()
        if found not in {",", closing} or not found:
            raise self.wrong(f"a comma or {closing} is missing")
        self._at += 1
        return found == ","

    def _take(self, wanted: str, what: str) -> None:
        if self._peek() != wanted:
            raise self.wrong(f"{what} is expected")
        self._at += 1

    def _peek(self) -> str:
        """The next character that is not blank, empty at the end."""
        while True:
            blank = _BLANK.match(self._text, self._at)
            self._at = blank.end() if blank else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if self._ended:
                return ""
            self._more()

    def _more(self) -> None:
        """Drop what is behind and read on, more at a time the longer the value is."""
        try:
            chunk = self._source.read(max(_CHUNK, len(self._text) - self._at))
        except UnicodeDecodeError as error:
            raise self.wrong("it is not UTF-8 text") from error
        self._ended = not chunk
        self._before += self._at
        self._text = self._text[self._at :] + chunk
        self._at = 0


class _Unfit(Exception):
    """A value that JSON as written by `export` never has."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _Unfit(f"the key “{twice[:40]}” is there twice")
    return found


def _no_constant(word: str) -> Any:
    raise _Unfit(f"{word} is not a number")


def _whole(digits: str) -> int:
    if len(digits) > 19 or not -(2**63) <= (number := int(digits)) < 2**63:
        raise _Unfit("a number is larger than a desk can keep")
    return number


def _fraction(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _Unfit(f"{digits[:20]} is not a number")
    return number


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique, parse_constant=_no_constant, parse_int=_whole, parse_float=_fraction
)
