"""Cutting a query or a change into tokens. It never fails: what cannot be right becomes a `broken` token.

The parsers turn a broken token into an error, the colouring of the filter line shows it as one.
"""

from __future__ import annotations

import re
from enum import StrEnum

from msgspec import Struct

from helpdesk_tui.errors import LanguageError

QUERY_LIMIT = 10_000
"""Characters a query may have."""

_FIELD = re.compile(r"([^\W\d][\w-]*)(<=|>=|:|<|>)")
_QUOTED = re.compile(r'"((?:[^"]+|"")*+)"')
_BARE = re.compile(r'[^\s()"]+')
_BARE_VALUE = re.compile(r'[^\s()",]+')
_CHANGE_BARE = re.compile(r'[^\s"]+')
_CHANGE_BARE_VALUE = re.compile(r'[^\s",]+')
_BLANK = re.compile(r"\s+")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class Kind(StrEnum):
    """What a token is."""

    OPEN = "("
    CLOSE = ")"
    MINUS = "-"
    PLUS = "+"
    COMMA = ","
    WORD = "word"
    FIELD = "field"
    OPERATOR = "operator"
    VALUE = "value"
    BROKEN = "broken"


class Token(Struct, frozen=True):
    """A piece of the text from `start` to `end`; `text` is what it says, without its quotes.

    A broken token's `text` is the sentence that says what is wrong with it.
    """

    kind: Kind
    text: str
    start: int
    end: int
    quoted: bool = False

    @property
    def column(self) -> int:
        """Where it begins, counted from 1."""
        return self.start + 1


def lex(text: str, *, change: bool = False) -> list[Token]:
    """The tokens of a query or, with `change`, of a change; blanks are left out."""
    return _Lexer(text, change).tokens()


def check(text: str, limit: int) -> None:
    """LanguageError for a text that is too long or holds what can neither be typed nor stored."""
    if len(text) > limit:
        raise LanguageError(f"This is longer than {limit:,} characters.", limit + 1, "Ask for less at a time.")
    odd = _UNSTORABLE.search(text)
    if odd:
        what = "a NUL character" if odd[0] == "\0" else "half of a character"
        raise LanguageError(f"There is {what} here.", odd.start() + 1, "Remove it.")


def quoted(text: str) -> str:
    """`text` in quotes, so that it is read back literally."""
    return '"' + text.replace('"', '""') + '"'


class _Lexer:
    def __init__(self, text: str, change: bool) -> None:
        self._text = text
        self._change = change
        self._at = 0
        self._found: list[Token] = []
        self._bare = _CHANGE_BARE if change else _BARE
        self._bare_value = _CHANGE_BARE_VALUE if change else _BARE_VALUE

    def tokens(self) -> list[Token]:
        while self._at < len(self._text):
            blank = _BLANK.match(self._text, self._at)
            if blank:
                self._at = blank.end()
            else:
                self._one()
        return self._found

    def _one(self) -> None:
        here = self._text[self._at]
        if here in "()" and not self._change:
            self._add(Kind(here), here, self._at + 1)
            return
        if here == "-" or (here == "+" and self._change):
            self._add(Kind(here), here, self._at + 1)
            if self._change:
                self._label()
            return
        field = _FIELD.match(self._text, self._at)
        if field:
            self._add(Kind.FIELD, field[1], field.end(1))
            self._add(Kind.OPERATOR, field[2], field.end())
            self._values()
        else:
            self._literal(Kind.WORD, self._bare)

    def _label(self) -> None:
        """What follows + or - in a change: the names of labels, with whatever signs they hold."""
        self._values()

    def _values(self) -> None:
        """Values directly after an operator, separated by commas without blanks."""
        while self._literal(Kind.VALUE, self._bare_value) and self._text.startswith(",", self._at):
            self._add(Kind.COMMA, ",", self._at + 1)

    def _literal(self, kind: Kind, bare: re.Pattern[str]) -> bool:
        """A quoted or bare word or value at the present place; False if there is none."""
        start = self._at
        if self._text.startswith('"', start):
            match = _QUOTED.match(self._text, start)
            if match is None:
                self._add(Kind.BROKEN, "The quote that opens here is never closed.", len(self._text))
                return True
            self._add(kind, match[1].replace('""', '"'), match.end(), quoted=True)
            self._must_end("Put a blank after the closing quote.")
            return True
        match = bare.match(self._text, start)
        if match is None:
            return False
        self._add(kind, match[0], match.end())
        if self._text.startswith('"', self._at):
            self._add(Kind.BROKEN, "A quote can only begin a word or a value.", self._end_of_run())
        return True

    def _must_end(self, message: str) -> None:
        rest = self._text[self._at : self._at + 1]
        if rest and rest not in ",()" and not rest.isspace():
            self._add(Kind.BROKEN, message, self._end_of_run())

    def _end_of_run(self) -> int:
        blank = _BLANK.search(self._text, self._at)
        return blank.start() if blank else len(self._text)

    def _add(self, kind: Kind, text: str, end: int, *, quoted: bool = False) -> None:
        self._found.append(Token(kind, text, self._at, end, quoted))
        self._at = end
