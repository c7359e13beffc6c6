"""A query that is still being typed at its end: what of it can be asked already, and what is wrong with it even so.

`label:vpn assignee:ali` is on its way to `assignee:alice`: until it is there, `label:vpn` is what is asked. That nobody
is called `ali` is no mistake as long as somebody's name begins so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from helpdesk_tui.errors import LanguageError
from helpdesk_tui.language import fields
from helpdesk_tui.language.fields import Type
from helpdesk_tui.language.lexer import Kind, Token, lex

Ask = Callable[[str], object]
"""Raises LanguageError for what is not a query."""

_OF_A_TERM = (Kind.OPERATOR, Kind.VALUE, Kind.COMMA, Kind.BROKEN)
_TAKES_ANY = frozenset({"source"})
_MEASURED = (Type.MOMENT, Type.AGE, Type.SLA, Type.MINUTES)
_ENDINGS = (
    "d", "m", "0", "00", ":00", "0:00", "1d",
    "1", "01", "-01", "1-01", "01-01", "-01-01", "6-01-01",
    "6", "26", "026", "2026", ".2026", "1.2026", "01.2026",
)  # fmt: skip
"""What may be missing at the end of a date, a time or a length."""


class Standing(Struct, frozen=True):
    """`query` is what can be asked now, None if nothing can; `error` is a mistake, None for what only lacks its end."""

    query: str | None
    error: LanguageError | None = None


def standing(text: str, ask: Ask, *, may_go_on: bool) -> Standing:
    """What `text`, with the cursor at its end, says so far. `may_go_on`: something that exists begins like its end."""
    whole = closed(text)
    error = _error_of(whole, ask)
    if error is None:
        return Standing(whole.strip())
    start, shorter = _without_end(text)
    if error.column <= start:
        return Standing(None, error)
    if may_go_on or error.column > len(text.rstrip()) or _may_be_longer(text, ask):
        error = None
    return Standing(next((rest for rest in shorter if _error_of(rest, ask) is None), None), error)


def without_last_word(text: str) -> str | None:
    """The query without the bare word it ends in; None if it ends in anything else."""
    tokens = lex(text)
    if not tokens or tokens[-1].end < len(text) or tokens[-1].kind is not Kind.WORD or tokens[-1].quoted:
        return None
    return _up_to(text, _without_joints(tokens[:-1]))


def without_open_value(text: str) -> str | None:
    """The query without the term it ends in, where any value is right and so none a mistake; else None."""
    if not any(field.name in _TAKES_ANY for field in _field_at_end(text)):
        return None
    shorter = _without_end(text)[1]
    return shorter[0] if shorter else None


def closed(text: str) -> str:
    """`text` with the quote and the parentheses closed that are open at its end."""
    tokens = lex(text)
    if tokens and tokens[-1].kind is Kind.BROKEN:
        quoted = f'{text}"'
        again = lex(quoted)
        if again[-1].kind is not Kind.BROKEN:
            text, tokens = quoted, again
    kinds = [token.kind for token in tokens]
    return text + ")" * (kinds.count(Kind.OPEN) - kinds.count(Kind.CLOSE))


def _error_of(text: str, ask: Ask) -> LanguageError | None:
    try:
        ask(text)
    except LanguageError as error:
        return error
    return None


def _without_end(text: str) -> tuple[int, list[str]]:
    """Where the term begins that is being typed, and what is left without its last value, and without all of it."""
    tokens = lex(text)
    rest = _without_joints(tokens)
    if len(rest) < len(tokens):
        return tokens[len(rest)].start, [_up_to(text, rest)]
    if not tokens or tokens[-1].end < len(text) or tokens[-1].kind is Kind.CLOSE:
        return len(text), []
    first = len(tokens) - 1
    while first and tokens[first].kind in _OF_A_TERM and tokens[first - 1].end == tokens[first].start:
        first -= 1
    commas = [token for token in tokens[first:] if token.kind is Kind.COMMA]
    shorter = [closed(text[: commas[-1].start])] if commas else []
    return tokens[first].start, [*shorter, _up_to(text, _without_joints(tokens[:first]))]


def _without_joints(tokens: list[Token]) -> list[Token]:
    """The tokens without what at their end waits for a term."""
    end = len(tokens)
    while end and _waits(tokens[end - 1]):
        end -= 1
    return tokens[:end]


def _waits(token: Token) -> bool:
    keyword = token.kind is Kind.WORD and not token.quoted and token.text.lower() in fields.KEYWORDS
    return keyword or token.kind in (Kind.MINUS, Kind.OPEN)


def _up_to(text: str, tokens: list[Token]) -> str:
    return closed(text[: tokens[-1].end]) if tokens else ""


def _may_be_longer(text: str, ask: Ask) -> bool:
    """Whether it ends in the beginning of a date or a length: those are too many to be offered."""
    if not any(field.type in _MEASURED for field in _field_at_end(text)):
        return False
    in_words = text[-1].isalpha()  # `fri`, or a month in any language
    return in_words or any(_error_of(closed(text + ending), ask) is None for ending in _ENDINGS)


def _field_at_end(text: str) -> Iterator[fields.Field]:
    for token in reversed(lex(text)):
        if token.kind is Kind.FIELD:
            found = fields.field(token.text)
            if found is not None:
                yield found
        if token.kind not in _OF_A_TERM:
            return
