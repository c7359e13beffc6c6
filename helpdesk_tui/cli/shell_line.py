"""A shell's line as far as it is typed: the words in front of the cursor, and the one being written."""

from __future__ import annotations

from msgspec import Struct


class Typed(Struct, frozen=True):
    """`words` are complete and without quotes; `current` is the word at the cursor, likewise.

    `quote` is the quote still open in it. `broken` is how much of `current` stands before the last `:` or `=` outside
    quotes, where bash begins a new word of its own.
    """

    words: tuple[str, ...]
    current: str
    quote: str = ""
    broken: int = 0


def split(line: str) -> Typed:
    """Take a line apart as a shell would, except that its end may be in the middle of anything."""
    words: list[str] = []
    current: list[str] = []
    quote = ""
    broken = 0
    begun = escaped = False
    for character in line:
        if escaped:
            current.append(character)
            escaped = False
        elif character == "\\" and quote != "'":
            begun = escaped = True
        elif quote:
            if character == quote:
                quote = ""
            else:
                current.append(character)
        elif character in "'\"":
            begun, quote = True, character
        elif character.isspace():
            if begun:
                words.append("".join(current))
            current, begun, broken = [], False, 0
        else:
            begun = True
            current.append(character)
            if character in ":=":
                broken = len(current)
    return Typed(tuple(words), "".join(current), quote, broken)
