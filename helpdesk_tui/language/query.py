"""The language to ask in: text to a `Query`.

    is:open assignee:me label:vpn,network priority>=high due<3d "cannot connect" -label:vendor sort:-priority

Words stand side by side for `and`; `or` binds looser, `-` and `not` tighter; parentheses group. A quote within quotes
is written twice. Only names and forms are checked here; what `bob` and `friday` stand for is found by `bind`.
"""

from __future__ import annotations

import re

from helpdesk_tui.errors import LanguageError
from helpdesk_tui.language import fields
from helpdesk_tui.language.lexer import QUERY_LIMIT, Kind, Token, check, lex
from helpdesk_tui.language.nodes import (
    And,
    Compare,
    Everything,
    Flag,
    Node,
    Not,
    Number,
    Or,
    Query,
    Sort,
    Value,
    Word,
)
from helpdesk_tui.language.spans import spans
from helpdesk_tui.language.suggest import did_you_mean, shown
from helpdesk_tui.language.unparse import unparse

__all__ = ["DEPTH_LIMIT", "QUERY_LIMIT", "TERMS_LIMIT", "parse", "spans", "unparse"]

DEPTH_LIMIT = 50
"""How deep parentheses and negations may be nested."""

TERMS_LIMIT = 500
"""How many words, flags and values a query may have."""

_NUMBER = re.compile(r"#[0-9]{1,18}|[0-9]{1,9}")
_EQUATION = re.compile(r"(\w+)(==?|!=)")
_AS_TEXT = "To search for it as text, put it in quotes."


def parse(text: str) -> Query:
    """What `text` asks. LanguageError, and nothing else, if it is not a query."""
    check(text, QUERY_LIMIT)
    return _Parser(lex(text), len(text)).query(text)


class _Parser:
    """Recursive descent over the tokens; `_depth` keeps the descent within bounds."""

    def __init__(self, tokens: list[Token], length: int) -> None:
        self._tokens = tokens
        self._at = 0
        self._end = length + 1
        self._depth = 0
        self._terms = 0
        self._sort: list[Sort] = []
        words = [at for at, token in enumerate(tokens) if token.kind is Kind.WORD and _is_plain(token)]
        self._last_word = words[-1] if words else -1

    def query(self, text: str) -> Query:
        node = self._either() if self._tokens else None
        left = self._peek()
        if left is not None:
            raise LanguageError("No parenthesis is open here.", left.column, _AS_TEXT)
        return Query(node or Everything(), tuple(self._sort), text)

    def _either(self) -> Node | None:
        """Alternatives separated by `or`; None if there is nothing but an order."""
        parts = [self._all()]
        while self._keyword("or"):
            before = self._previous()
            parts.append(self._all())
            if None in parts:
                raise LanguageError("There is nothing on one side of `or`.", before.column, "Say what else may hold.")
        return _joined(Or, parts)

    def _all(self) -> Node | None:
        """Terms side by side, or joined by `and`."""
        parts = [self._term()]
        while (token := self._peek()) is not None and token.kind is not Kind.CLOSE:
            if _is_keyword(token, "or"):
                break
            if self._keyword("and"):
                if parts[-1] is None:
                    raise LanguageError("There is nothing before `and`.", token.column, "Remove it.")
                parts.append(self._required("after `and`"))
            else:
                parts.append(self._term())
        return _joined(And, parts)

    def _term(self) -> Node | None:
        """One term; None for `sort:…`, which selects nothing."""
        token = self._peek()
        if token is None:
            raise LanguageError("A term is missing at the end.", self._end, "Say what to look for.")
        self._at += 1
        match token.kind:
            case Kind.MINUS:
                return self._negation(token, "after `-`")
            case Kind.OPEN:
                return self._group(token)
            case Kind.CLOSE:
                raise LanguageError("A term is missing before `)`.", token.column, "Say what to look for.")
            case Kind.FIELD:
                return self._compare(token)
            case Kind.BROKEN:
                raise _broken(token)
        if _is_keyword(token, "not"):
            return self._negation(token, "after `not`")
        if not _is_plain(token) and token.text.lower() in fields.KEYWORDS:
            raise LanguageError(f"A term is missing before `{token.text}`.", token.column, _AS_TEXT)
        return self._word(token)

    def _word(self, token: Token) -> Node:
        self._count(token)
        if _is_plain(token):
            self._refuse_equation(token)
            return Word(token.text, self._at - 1 == self._last_word, token.column)
        return Number(int(token.text.lstrip("#")), token.column)

    def _refuse_equation(self, token: Token) -> None:
        """`priority=high` would be a search for that text; nobody means it."""
        equation = None if token.quoted else _EQUATION.match(token.text)
        if equation and fields.field(equation[1]):
            raise LanguageError(
                f"A field is compared with `:`, not with `{equation[2]}`.",
                token.column + equation.start(2),
                f"Write `{equation[1]}:`; `-{equation[1]}:` is the opposite.",
            )

    def _negation(self, token: Token, where: str) -> Node:
        following = self._peek()
        if token.kind is Kind.MINUS and following is not None and following.start != token.end:
            raise LanguageError("`-` must stand directly before what it negates.", token.column, _AS_TEXT)
        self._deeper(token)
        part = self._required(where)
        self._depth -= 1
        return Not(part)

    def _group(self, token: Token) -> Node | None:
        self._deeper(token)
        node = self._either()
        closing = self._peek()
        if closing is None:
            raise LanguageError("The parenthesis that opens here is never closed.", token.column, "Add a `)`.")
        self._at += 1
        self._depth -= 1
        return node

    def _compare(self, token: Token) -> Node | None:
        operator = self._tokens[self._at]
        self._at += 1
        name = token.text.lower()
        values = self._values(token, operator)
        if name == fields.SORT:
            self._order(operator, values)
            return None
        if name in ("is", "has"):
            return self._flags(name, token, operator, values)
        field = fields.field(name)
        if field is None:
            known = [*(field.name for field in fields.FIELDS), "is", "has", fields.SORT]
            hint = f"{did_you_mean(name, known)} {_AS_TEXT}"
            raise LanguageError(f"There is no field `{shown(token.text)}`.", token.column, hint)
        if operator.text not in field.operators:
            raise LanguageError(
                f"`{field.name}` cannot be compared with `{operator.text}`.",
                operator.column,
                f"Write `{field.name}:` and a value.",
            )
        if operator.text != ":" and len(values) > 1:
            message = f"Only one value can stand after `{operator.text}`."
            raise LanguageError(message, values[1].column, f"Lists go with `{field.name}:`.")
        return Compare(field.name, operator.text, values, token.column)

    def _values(self, field: Token, operator: Token) -> tuple[Value, ...]:
        values: list[Value] = []
        after = operator
        while True:
            token = self._peek()
            if token is not None and token.kind is Kind.BROKEN and token.start == after.end:
                raise _broken(token)
            if token is None or token.kind is not Kind.VALUE:
                what = "the comma" if values else f"`{shown(field.text)}{operator.text}`"
                raise LanguageError(f"A value is missing after {what}.", after.end + 1, "Blanks in it need quotes.")
            self._count(token)
            self._at += 1
            values.append(Value(token.text, token.quoted, token.column))
            comma = self._peek()
            if comma is None or comma.kind is not Kind.COMMA:
                return tuple(values)
            after = comma
            self._at += 1

    def _flags(self, verb: str, token: Token, operator: Token, values: tuple[Value, ...]) -> Node | None:
        if operator.text != ":":
            raise LanguageError(f"`{verb}` goes with `:` only.", operator.column, f"Write `{verb}:` and a flag.")
        found: list[Node | None] = []
        for value in values:
            if fields.flag(verb, value.text) is None:
                raise LanguageError(
                    f"There is no flag `{verb}:{shown(value.text)}`.",
                    value.column,
                    did_you_mean(value.text, fields.flags_of(verb)),
                )
            found.append(Flag(verb, value.text.lower(), token.column))
        return _joined(Or, found)

    def _order(self, operator: Token, values: tuple[Value, ...]) -> None:
        if operator.text != ":":
            raise LanguageError("`sort` goes with `:` only.", operator.column, "Write `sort:` and a field.")
        for value in values:
            name = value.text.removeprefix("-")
            field = fields.field(name)
            if field is None or not field.sortable:
                known = [field.name for field in fields.FIELDS if field.sortable]
                at = value.column + len(value.text) - len(name)
                raise LanguageError(f"Nothing can be sorted by `{shown(name)}`.", at, did_you_mean(name, known))
            self._sort.append(Sort(field.name, name != value.text, value.column))

    def _required(self, where: str) -> Node:
        """A term that must select something."""
        start = self._peek()
        node = self._term()
        if node is None:
            column = start.column if start else self._end
            raise LanguageError(f"A term is missing {where}.", column, "An order selects nothing.")
        return node

    def _count(self, token: Token) -> None:
        self._terms += 1
        if self._terms > TERMS_LIMIT:
            raise LanguageError(f"There are more than {TERMS_LIMIT} terms.", token.column, "Ask for less at a time.")

    def _deeper(self, token: Token) -> None:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise LanguageError(f"This is nested more than {DEPTH_LIMIT} deep.", token.column, "Leave some out.")

    def _keyword(self, word: str) -> bool:
        token = self._peek()
        if token is not None and _is_keyword(token, word):
            self._at += 1
            return True
        return False

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _previous(self) -> Token:
        return self._tokens[self._at - 1]


def _is_plain(token: Token) -> bool:
    """Whether a word is free text, rather than a keyword or a ticket's number."""
    if token.quoted:
        return True
    return token.text.lower() not in fields.KEYWORDS and not _NUMBER.fullmatch(token.text)


def _is_keyword(token: Token, word: str) -> bool:
    return token.kind is Kind.WORD and not token.quoted and token.text.lower() == word


def _joined(how: type[And] | type[Or], parts: list[Node | None]) -> Node | None:
    """The parts as one node, groups of the same sort opened up; None if there is none."""
    flat: list[Node] = []
    for part in parts:
        if isinstance(part, how):
            flat.extend(part.parts)
        elif part is not None:
            flat.append(part)
    if not flat:
        return None
    return flat[0] if len(flat) == 1 else how(tuple(flat))


def _broken(token: Token) -> LanguageError:
    return LanguageError(token.text, token.column, "A quote within quotes is written twice.")
