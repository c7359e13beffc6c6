"""What the words of a command stand for: ticket numbers, and the terms of a change as a shell hands them over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from helpdesk_tui.errors import UsageError

LARGEST_NUMBER = 10**12
"""No desk counts that far; larger numbers are typing errors, and would not fit the store."""

_LOOKS_LIKE_NUMBER = re.compile(r"#?[0-9]+")
_LOOKS_LIKE_TERM = re.compile(r"[+-]\S|[A-Za-z_]+:(?!//)\S")
_FIELD = re.compile(r"([A-Za-z_]+):")
_SPOKEN = frozenset({"reply", "note", "check", "title"})
"""Fields whose value is prose: in one shell argument everything behind the colon belongs to it."""


def number(word: str) -> int:
    """The ticket number in `142` or `#142`; UsageError for anything else."""
    digits = word.removeprefix("#")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 13 and 1 <= int(digits) <= LARGEST_NUMBER):
        shown = word if len(word) <= 30 else word[:30] + "…"
        raise UsageError(f"`{shown}` is not a ticket number.", "Write it as 142 or #142.")
    return int(digits)


def numbers(words: Sequence[str]) -> list[int]:
    """Ticket numbers, each once, in the order typed."""
    return list(dict.fromkeys(number(word) for word in words))


def leading_numbers(words: Sequence[str]) -> list[str]:
    """The words at the beginning that look like ticket numbers."""
    leading: list[str] = []
    for word in words:
        if not _LOOKS_LIKE_NUMBER.fullmatch(word):
            break
        leading.append(word)
    return leading


def split_title(words: Sequence[str]) -> tuple[str, list[str]]:
    """The title and the terms of `add`.

    The title is the first word, and the ones after it up to the first that looks like a term. A first word with
    blanks in it was quoted: then it is the whole title.
    """
    end = 1
    if words and " " not in words[0]:
        while end < len(words) and not _LOOKS_LIKE_TERM.match(words[end]):
            end += 1
    return " ".join(words[:end]), list(words[end:])


def change_text(words: Sequence[str]) -> str:
    """A change as one line of its language, from the words of a shell, which has taken the quotes off.

    `due:fri 17:00` in one word is one term, as are `+needs paper` and all that follows `reply:`; a word that holds
    several terms (`priority:high +vpn`) stays several.
    """
    return " ".join(_term(word) for word in words)


def _term(word: str) -> str:
    if not any(c.isspace() for c in word) or '"' in word:
        return word
    field = _FIELD.match(word)
    pieces = word.split()
    if (field is None or field[1].lower() not in _SPOKEN) and all(_LOOKS_LIKE_TERM.match(piece) for piece in pieces):
        return word
    if field is not None:
        return f'{field[0]}"{word[field.end() :].strip()}"'
    if word[0] in "+-":
        return f'{word[0]}"{word[1:].strip()}"'
    return word
