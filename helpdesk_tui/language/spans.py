"""Colouring a line of either language by meaning, while it is being typed. Never fails."""

from __future__ import annotations

from typing import Literal

from helpdesk_tui.language import fields
from helpdesk_tui.language.lexer import Kind, Token, lex

Role = Literal["field", "operator", "value", "flag", "word", "negation", "keyword", "paren", "error"]
Language = Literal["query", "change", "rule"]

_PLAIN_ROLES: dict[Kind, Role] = {
    Kind.OPEN: "paren",
    Kind.CLOSE: "paren",
    Kind.PLUS: "operator",
    Kind.MINUS: "negation",
    Kind.OPERATOR: "operator",
    Kind.COMMA: "operator",
    Kind.VALUE: "value",
    Kind.BROKEN: "error",
}


def spans(text: str, what: Language = "query") -> list[tuple[int, int, Role]]:
    """From where to where each piece of `text` goes, and its role; in order, without overlap, blanks left out."""
    found: list[tuple[int, int, Role]] = []
    field = ""
    for token in lex(text, change=what != "query"):
        if token.kind is Kind.FIELD:
            field = token.text.lower()
        elif token.kind in (Kind.PLUS, Kind.MINUS):
            field = ""
        found.append((token.start, token.end, _role(token, field, what)))
    return found


def _role(token: Token, field: str, what: Language) -> Role:
    if token.kind is Kind.FIELD:
        return _field_role(field, what)
    if token.kind is Kind.VALUE and what == "query" and field in ("is", "has"):
        return "flag" if fields.flag(field, token.text) else "error"
    if token.kind is Kind.WORD:
        keywords = fields.KEYWORDS if what == "query" else fields.VERBS
        return "keyword" if not token.quoted and token.text.lower() in keywords else "word"
    return _PLAIN_ROLES[token.kind]


def _field_role(name: str, what: Language) -> Role:
    if what != "query":
        action = fields.action(name)
        return "field" if action and (what == "rule" or not action.for_rules) else "error"
    if name in ("is", "has"):
        return "flag"
    return "field" if name == fields.SORT or fields.field(name) else "error"
