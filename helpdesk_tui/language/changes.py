"""The language to change in: text to a `Change`. `bind_change` gives its terms their meaning.

    +vpn -printer assignee:bob priority:high due:"fri 17:00" to:doing status:waiting check:"call back" archive

A new ticket is described in the same words, with its title among them: `Printer is dead +printer priority:high`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from helpdesk_tui.domain.ticket import TEXT_LIMIT
from helpdesk_tui.errors import LanguageError
from helpdesk_tui.language import fields
from helpdesk_tui.language.bind_change import bind_change
from helpdesk_tui.language.lexer import Kind, Token, check, lex
from helpdesk_tui.language.nodes import Value
from helpdesk_tui.language.parts import Change, Do, Give, Part, Put, Take
from helpdesk_tui.language.suggest import did_you_mean, nearest, shown

__all__ = ["CHANGE_LIMIT", "TERMS_LIMIT", "Change", "bind_change", "parse_change", "parse_new", "parse_new_line"]

CHANGE_LIMIT = TEXT_LIMIT + 10_000
"""Characters a change may have: it may hold a whole reply."""

TERMS_LIMIT = 500
"""How many labels and values a change may have."""

_TERM = re.compile(r"([^\W\d][\w-]*):(?=\S)")
_CHUNK = re.compile(r'(?:\+|[^\W\d][\w-]*:)"(?:[^"]+|"")*+"(?=\s|$)|\S+')


def parse_change(text: str) -> Change:
    """What `text` changes. LanguageError, and nothing else, if it is not a change."""
    check(text, CHANGE_LIMIT)
    return Change(_agreeing(_parts(lex(text, change=True))), text)


def parse_new(words: Sequence[str]) -> tuple[str, Change]:
    """The title and the terms of a new ticket from the words of a command line, which the shell has unquoted.

    `+label` and `field:value` are terms, to the end of their word; the other words are the title.
    """
    line = " ".join(words)
    check(line, CHANGE_LIMIT)
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word) + 1)
    return _described(zip(starts, words, strict=False), line)


def parse_new_line(line: str) -> tuple[str, Change]:
    """The same from a line typed into the program, where a value with blanks is in quotes."""
    check(line, CHANGE_LIMIT)
    return _described(((chunk.start(), chunk[0]) for chunk in _CHUNK.finditer(line)), line)


def _described(words: Iterable[tuple[int, str]], line: str) -> tuple[str, Change]:
    title: list[str] = []
    parts: list[Part] = []
    for start, word in words:
        found = list(_terms_of(word, start))
        parts += found
        if not found:
            title.append(word)
    agreed = _agreeing(parts)
    if title:
        for part in agreed:
            if isinstance(part, Give) and part.name == "title":
                raise LanguageError("The title is given twice.", part.column, "The free words are the title already.")
    return " ".join(" ".join(title).split()), Change(agreed, line)


def _terms_of(word: str, start: int) -> Iterator[Part]:
    """The terms that one word of a new ticket stands for; none if it belongs to the title."""
    if word.startswith("+") and word[1:].strip():
        yield from _parts(_as_typed(word, start)) if _needs_lexing(word[1:]) else [Put(_value(word[1:], start + 1))]
        return
    term = _TERM.match(word)
    if term is None:
        return
    action = fields.action(term[1])
    if action is not None and action.for_rules:
        return
    rest = word[term.end() :]
    if action is None:
        meant = nearest(term[1], (action.name for action in fields.ACTIONS))
        if meant and not any(sign.isspace() for sign in word):
            raise _no_term(term[1], start + 1)
    elif _needs_lexing(rest) and (action.takes != "text" or rest.startswith('"')):
        yield from _parts(_as_typed(word, start))
    else:
        yield Give(action.name, _value(rest, start + term.end()), start + 1)


def _needs_lexing(rest: str) -> bool:
    """Whether quotes or commas mean something: not where the shell has taken the quotes from around a blank."""
    return rest.startswith('"') or not any(sign.isspace() for sign in rest)


def _value(text: str, start: int) -> Value:
    return Value(text.strip(), column=start + 1)


def _as_typed(word: str, start: int) -> list[Token]:
    tokens = lex(word, change=True)
    return [replace(token, start=token.start + start, end=token.end + start) for token in tokens]


def _parts(tokens: Sequence[Token]) -> Iterator[Part]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        match token.kind:
            case Kind.PLUS | Kind.MINUS:
                values, at = _values(tokens, at, token)
                yield from (Put(value) if token.kind is Kind.PLUS else Take(value) for value in values)
            case Kind.FIELD:
                operator = tokens[at]
                values, at = _values(tokens, at + 1, operator)
                yield from _given(token, operator, values)
            case Kind.BROKEN:
                raise _broken(token)
            case _:
                yield _done(token)


def _given(token: Token, operator: Token, values: list[Value]) -> Iterator[Give]:
    action = fields.action(token.text)
    if action is None:
        raise _no_term(token.text, token.column)
    if operator.text != ":":
        raise LanguageError(
            f"A change sets with `:`, not with `{operator.text}`.", operator.column, f"Write `{action.name}:` instead."
        )
    lists = action.several and action.takes != "text"
    if len(values) > 1 and not lists:
        hint = "Put the text in quotes." if action.takes == "text" else "Name the one that is meant."
        raise LanguageError(f"`{action.name}` takes one value.", values[1].column, hint)
    yield from (Give(action.name, value, token.column) for value in values)


def _done(token: Token) -> Do:
    verb = token.text.lower()
    if token.quoted or verb not in fields.VERBS:
        hint = did_you_mean(verb, fields.VERBS) if nearest(verb, fields.VERBS) else ""
        raise LanguageError(
            f"`{shown(token.text)}` changes nothing.",
            token.column,
            hint or "Write `+label`, `-label` or `field:value`.",
        )
    return Do(verb, token.column)


def _values(tokens: Sequence[Token], at: int, after: Token) -> tuple[list[Value], int]:
    """The values from `at` on, directly after a sign or comma, and where the next term begins."""
    values: list[Value] = []
    while True:
        token = tokens[at] if at < len(tokens) else None
        if token is not None and token.kind is Kind.BROKEN:
            raise _broken(token)
        if token is None or token.kind is not Kind.VALUE:
            raise LanguageError(f"A value is missing after `{after.text}`.", after.end + 1, "Blanks in it need quotes.")
        values.append(Value(token.text, token.quoted, token.column))
        at += 1
        if at == len(tokens) or tokens[at].kind is not Kind.COMMA:
            return values, at
        after = tokens[at]
        at += 1


def _agreeing(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts, if none contradicts an earlier one."""
    checked: list[Part] = []
    names: set[str] = set()
    for part in parts:
        if len(checked) == TERMS_LIMIT:
            raise LanguageError(f"There are more than {TERMS_LIMIT} terms.", _column(part), "Change less at a time.")
        name = _single(part)
        if name in names:
            raise LanguageError(f"`{name}` is said twice.", _column(part), "Keep the one that is meant.")
        if name:
            names.add(name)
        checked.append(part)
    for both, done in (
        ({"archive", "reopen"}, "archived and reopened"),
        ({"escalate", "calm"}, "escalated and calmed"),
    ):
        if both <= names:
            last = next(part for part in reversed(checked) if isinstance(part, Do) and part.verb in both)
            raise LanguageError(f"A ticket cannot be {done} at once.", last.column, "Keep one of them.")
    return tuple(checked)


def _single(part: Part) -> str | None:
    """What a part may be said of only once; None if it may be repeated."""
    match part:
        case Do(verb):
            return verb
        case Give(name):
            action = fields.action(name)
            return None if action and action.several else name
    return None


def _column(part: Part) -> int:
    return part.label.column if isinstance(part, Put | Take) else part.column


def _no_term(name: str, column: int) -> LanguageError:
    known = [action.name for action in fields.ACTIONS]
    return LanguageError(f"There is nothing to set called `{shown(name)}`.", column, did_you_mean(name, known))


def _broken(token: Token) -> LanguageError:
    return LanguageError(token.text, token.column, "A quote within quotes is written twice.")
