"""A name in a query or a change that is kept, when what it names is called differently."""

from __future__ import annotations

from helpdesk_tui.domain.words import fold
from helpdesk_tui.language import fields
from helpdesk_tui.language.lexer import Kind, Token, lex, quoted

_PREPARED = {"canned": "canned", "new": "template"}
"""What a rule's terms of text name."""


def renamed(text: str, kind: str, old: str, new: str, *, change: bool = False) -> str:
    """`text`, a query or with `change` a change, with `new` wherever it names `old` of that kind; else as it was typed.

    `kind` is one of `fields.NAMED`, `canned` or `template`. Never fails: what is no query stays what it is.
    """
    pieces: list[str] = []
    done = 0
    for token, reserved in _naming(text, kind, change):
        if fold(token.text) == fold(old) and (token.quoted or fold(token.text) not in reserved):
            pieces += [text[done : token.start], _written(new, reserved, change)]
            done = token.end
    return "".join((*pieces, text[done:]))


def names(text: str, kind: str, name: str, *, change: bool = False) -> bool:
    """Whether a query or a change names that of that kind."""
    return renamed(text, kind, name, f"{name} ", change=change) != text


def _naming(text: str, kind: str, change: bool) -> list[tuple[Token, tuple[str, ...]]]:
    """The values that are names of that kind, each with the words that would mean something else there."""
    found: list[tuple[Token, tuple[str, ...]]] = []
    named = ""
    reserved: tuple[str, ...] = ()
    for token in lex(text, change=change):
        match token.kind:
            case Kind.FIELD:
                named, reserved = _takes(token.text, change)
            case Kind.PLUS | Kind.MINUS:
                named, reserved = "label" if change else "", ()
            case Kind.VALUE if named == kind:
                found.append((token, reserved))
    return found


def _takes(name: str, change: bool) -> tuple[str, tuple[str, ...]]:
    """What the values after that field name, and the words among them that are no names."""
    if not change:
        field = fields.field(name)
        return ("", ()) if field is None else (field.names, field.words)
    action = fields.action(name)
    if action is None:
        return "", ()
    return _PREPARED.get(action.name, action.names), (*action.words, *(("none",) if action.clears else ()))


def _written(name: str, reserved: tuple[str, ...], change: bool) -> str:
    """A name as a value: in quotes where it would not be read back as just that."""
    tokens = lex(f"x:{name}", change=change)[2:]
    bare = [(token.kind, token.text, token.quoted) for token in tokens] == [(Kind.VALUE, name, False)]
    return name if bare and fold(name) not in reserved else quoted(name)
