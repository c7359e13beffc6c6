"""What the words of a command stand for: ticket numbers, and the terms of a change as a shell hands them over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from helpdesk_tui.domain import entry
from helpdesk_tui.errors import UsageError
from helpdesk_tui.language.lexer import quoted

_NUMBER = re.compile(r"#?[0-9]+")
_TERM = re.compile(r"[+-]\S|[A-Za-z_]+:(?!//)\S")
_PLAIN = re.compile(r"[^\W_][\w-]*")
_FIELD = re.compile(r"([A-Za-z_]+):")
_SPOKEN = frozenset({"reply", "note", "check", "title"})
"""Fields whose value is prose: in one shell argument everything behind the colon belongs to it."""


def number(word: str) -> int:
    """The ticket number in `142` or `#142`; UsageError for anything else."""
    found = entry.ticket_number(word)
    if found is None:
        shown = word if len(word) <= 30 else word[:30] + "…"
        raise UsageError(f"`{shown}` is not a ticket number.", "Write it as 142 or #142.")
    return found


def numbers(words: Sequence[str]) -> list[int]:
    """Ticket numbers, each once, in the order typed."""
    return list(dict.fromkeys(number(word) for word in words))


def leading_numbers(words: Sequence[str]) -> list[str]:
    """The words at the beginning that look like ticket numbers."""
    leading: list[str] = []
    for word in words:
        if not _NUMBER.fullmatch(word):
            break
        leading.append(word)
    return leading


def change_text(words: Sequence[str]) -> str:
    """A change as one line of its language, from the words of a shell, which has taken the quotes off.

    `due:fri 17:00` in one word is one term, as are `+needs paper` and all that follows `reply:`; a word that holds
    several terms (`priority:high +vpn`) stays several.
    """
    return " ".join(_term(word) for word in words)


def column_term(name: str) -> str:
    """The term that moves to the column of that name or category."""
    return f"to:{name}" if _PLAIN.fullmatch(name) else f"to:{quoted(name)}"


def _term(word: str) -> str:
    field = _FIELD.match(word)
    rest = word[field.end() :] if field is not None else word[1:]
    if rest.startswith('"') or not word:
        return word
    if field is not None and field[1].lower() in _SPOKEN:
        return field[0] + quoted(rest.strip())
    pieces = word.split()
    if len(pieces) < 2 or all(_TERM.match(piece) for piece in pieces):
        return word
    if field is not None:
        return field[0] + quoted(rest.strip())
    if word[0] in "+-":
        return word[0] + quoted(rest.strip())
    return word
