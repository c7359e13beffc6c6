"""Queries back into text."""

from __future__ import annotations

from helpdesk_tui.errors import LanguageError
from helpdesk_tui.language.fields import SORT
from helpdesk_tui.language.lexer import quoted
from helpdesk_tui.language.nodes import And, Compare, Everything, Flag, Node, Not, Number, Or, Query, Value, Word


def unparse(query: Query) -> str:
    """Text that parses to an equal query."""
    parts = [_text(query.node)]
    parts += [f"{SORT}:{'-' if sort.descending else ''}{sort.field}" for sort in query.sort]
    return " ".join(filter(None, parts))


def _text(node: Node) -> str:
    match node:
        case Everything():
            return ""
        case And(parts):
            return " ".join(_grouped(part) if isinstance(part, Or) else _text(part) for part in parts)
        case Or(parts):
            return " or ".join(_text(part) for part in parts)
        case Not(part):
            return "-" + (_grouped(part) if isinstance(part, And | Or) else _text(part))
        case Word(text):
            return _word(text)
        case Compare(field, op, values):
            return f"{field}{op}{','.join(map(_value, values))}"
        case Flag(verb, name):
            return f"{verb}:{name}"
        case Number(number):
            return f"#{number}"


def _grouped(node: Node) -> str:
    return f"({_text(node)})"


def _value(value: Value) -> str:
    return quoted(value.text) if value.quoted else value.text


def _word(text: str) -> str:
    """Bare where it would be read back as just this word, else in quotes."""
    from helpdesk_tui.language.query import parse

    try:
        bare = parse(text).node == Word(text, prefix=True)
    except LanguageError:
        bare = False
    return text if bare else quoted(text)
