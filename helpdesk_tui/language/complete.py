"""What could be typed at the cursor, as data for every front end: fields, flags, values, and names from the lookup.

Names come only from the lookup, so that nobody is offered what they may not see.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from helpdesk_tui.domain.words import fold
from helpdesk_tui.language import fields
from helpdesk_tui.language.asking import Lookup
from helpdesk_tui.language.lexer import Kind, Token, lex, quoted
from helpdesk_tui.language.spans import Language

LIMIT = 50
"""How many names the lookup is asked for."""


_RESERVED: dict[Language, tuple[str, ...]] = {
    "query": ("me", "none", "any"),
    "change": ("me", "none", "auto", "lead", *fields.CATEGORY_WORDS),
    "rule": ("me", "none", "auto", "lead", "assignee", "watchers", "admins", *fields.CATEGORY_WORDS),
}
"""Words that mean something else where a name is wanted, unless they are quoted."""


class Completion(Struct, frozen=True):
    """Something to type: `insert` takes the place of the text from `start` to `end`.

    `label` is what a menu shows, `hint` a word beside it. An `insert` that ends in `:` wants a value next.
    """

    insert: str
    start: int
    end: int
    label: str
    hint: str = ""


class _Offer(Struct, frozen=True):
    text: str
    hint: str = ""
    is_name: bool = False


def complete(text: str, cursor: int, lookup: Lookup, what: Language = "query") -> list[Completion]:
    """What fits at `cursor` (an index into `text`), best first as typed; empty where nothing does."""
    cursor = max(0, min(cursor, len(text)))
    tokens = lex(text[:cursor], change=what != "query")
    last = tokens[-1] if tokens and tokens[-1].end == cursor else None
    start, typed = _typed(text, cursor, last)
    place = _place(tokens) if last is not None else None
    if place is None and last is not None and last.kind is Kind.BROKEN:
        return []  # within a quoted text there is nothing to offer
    offers = _values(*place, typed, lookup, what) if place is not None else _terms(what)
    found = []
    for offer in offers:
        if _begins(offer, typed):
            insert = _written(offer, what)
            end = cursor + 1 if insert.endswith(":") and text.startswith(":", cursor) else cursor
            found.append(Completion(insert, start, end, offer.text, offer.hint))
    return found


def _typed(text: str, cursor: int, last: Token | None) -> tuple[int, str]:
    """Where the word under the cursor begins, and what of it has been typed."""
    if last is None or last.kind in (Kind.OPEN, Kind.CLOSE, Kind.MINUS, Kind.PLUS, Kind.OPERATOR, Kind.COMMA):
        return cursor, ""
    typed = text[last.start : cursor]
    return last.start, typed.strip('"') if typed.startswith('"') else typed


def _place(tokens: list[Token]) -> tuple[str, str] | None:
    """The field whose value is being typed and its operator; a sign for a label; None if it is no value at all."""
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        if token.kind is Kind.OPERATOR:
            return tokens[at - 1].text.lower(), token.text
        if token.kind in (Kind.PLUS, Kind.MINUS):
            return token.text, ""
        if token.kind not in (Kind.VALUE, Kind.COMMA, Kind.BROKEN) or (at and tokens[at - 1].end != token.start):
            return None
    return None


def _begins(offer: _Offer, typed: str) -> bool:
    # The lookup has its own idea of which names a beginning finds: any word of a person's name, for one.
    return offer.is_name or fold(offer.text).startswith(fold(typed))


def _written(offer: _Offer, what: Language) -> str:
    """A name as it must be typed to be read back as just that name."""
    if not offer.is_name:
        return offer.text
    tokens = lex(f"x:{offer.text}", change=what != "query")
    plain = len(tokens) == 3 and tokens[2].kind is Kind.VALUE and not tokens[2].quoted
    return offer.text if plain and fold(offer.text) not in _RESERVED[what] else quoted(offer.text)


def _terms(what: Language) -> Iterator[_Offer]:
    if what != "query":
        actions = (*fields.ACTIONS, *fields.RULE_ACTIONS) if what == "rule" else fields.ACTIONS
        yield from (_Offer(f"{action.name}:", action.doc) for action in actions)
        yield from (_Offer(verb, doc) for verb, doc in fields.VERBS.items())
        return
    yield from (_Offer(f"{flag.verb}:{flag.name}", flag.doc) for flag in fields.FLAGS)
    yield from (_Offer(f"{field.name}:", field.doc) for field in fields.FIELDS)
    yield _Offer(f"{fields.SORT}:", fields.SORT_DOC)
    yield from (_Offer(word, doc) for word, doc in fields.KEYWORDS.items())


def _values(name: str, operator: str, typed: str, lookup: Lookup, what: Language) -> Iterable[_Offer]:
    if name in ("+", "-"):
        return _terms(what) if what == "query" else _names("label", typed, lookup)
    if what != "query":
        action = fields.action(name)
        if action is None or (action.for_rules and what != "rule"):
            return ()
        words = (*action.words, "none") if action.clears else action.words
        return _with_names(words, action.names, typed, lookup)
    if name in ("is", "has"):
        return (_Offer(flag.name, flag.doc) for flag in fields.FLAGS if flag.verb == name)
    if name == fields.SORT:
        sign = "-" if typed.startswith("-") else ""
        return (_Offer(sign + field.name, field.doc) for field in fields.FIELDS if field.sortable)
    field = fields.field(name)
    return () if field is None else _with_names(field.words_after(operator), field.names, typed, lookup)


def _with_names(words: Iterable[str], kind: str, typed: str, lookup: Lookup) -> Iterator[_Offer]:
    yield from (_Offer(word) for word in words)
    if kind:
        yield from _names(kind, typed, lookup)


def _names(kind: str, typed: str, lookup: Lookup) -> Iterator[_Offer]:
    return (_Offer(name, hint, is_name=True) for name, hint in lookup.known(kind, fold(typed), LIMIT))
