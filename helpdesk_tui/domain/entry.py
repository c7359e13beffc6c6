"""What may be written into a desk: the border at which impossible texts and values are refused."""

from __future__ import annotations

import re

from helpdesk_tui.domain.text import is_blank
from helpdesk_tui.domain.ticket import TEXT_LIMIT, TITLE_LIMIT
from helpdesk_tui.errors import UsageError

NAME_LIMIT = 100
"""Characters the name of a person, label, board, column or view may have."""

LARGEST_NUMBER = 2**63 - 1
"""The largest ticket number there can be."""

_TICKET_NUMBER = re.compile(r"#?([0-9]{1,19})")


def title(text: str) -> str:
    """A ticket's title in one line, blanks folded. UsageError if nothing is to be seen of it or it is too long."""
    missing = UsageError("A ticket needs a title.", "Say in a few words what is wrong.")
    return _line(text, "title", missing, "Put the rest into the description.")


def step(text: str) -> str:
    """A step of a checklist, in one line as a title is."""
    missing = UsageError("A step needs a text.", "Say in a few words what is to be done.")
    return _line(text, "step", missing, "Make two of it, or put the rest into a note.")


def _line(text: str, what: str, missing: UsageError, shorter: str) -> str:
    line = " ".join(_possible(text, what).split())
    if is_blank(line):
        raise missing
    if len(line) > TITLE_LIMIT:
        raise UsageError(f"The {what} has {len(line):,} characters; {TITLE_LIMIT} is the limit.", shorter)
    return line


def long_text(text: str, what: str) -> str:
    """A description or a comment, line ends unified. UsageError if it is too long."""
    body = _possible(text, what).replace("\r\n", "\n").replace("\r", "\n")
    if len(body) > TEXT_LIMIT:
        raise UsageError(
            f"The {what} has {len(body):,} characters; {TEXT_LIMIT:,} is the limit.", "Attach it as a file."
        )
    return body


def spoken(text: str, what: str) -> str:
    """A reply or a note: a long text with something to be seen."""
    body = long_text(text, what).strip("\n")
    if is_blank(body):
        raise UsageError(f"The {what} is empty.", "Write something, or leave it.")
    return body


def name(text: str, what: str) -> str:
    """A name in one line. UsageError if nothing is to be seen of it or it is too long."""
    line = " ".join(_possible(text, what).split())
    if is_blank(line):
        raise UsageError(f"A {what} needs a name.", "Give it one.")
    if len(line) > NAME_LIMIT:
        raise UsageError(f"The name of a {what} may have {NAME_LIMIT} characters, not {len(line):,}.", "Shorten it.")
    return line


def label(text: str) -> str:
    """A label's name, without the `+` it may be typed with."""
    line = name(text.strip().removeprefix("+"), "label")
    if "," in line:
        raise UsageError(f"A label has no comma in its name: {line!r}.", "Add two labels instead.")
    return line


def ticket_number(text: str) -> int | None:
    """The number in `142` or `#142`: plain digits, from 1 to 2^63-1. None for anything else."""
    digits = _TICKET_NUMBER.fullmatch(text)
    number = int(digits[1]) if digits else 0
    return number if 1 <= number <= LARGEST_NUMBER else None


def _possible(text: str, what: str) -> str:
    """`text` unless it holds what no database and no terminal can carry."""
    if "\x00" in text:
        raise UsageError(f"The {what} contains a NUL character.", "Remove it and try again.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"The {what} is not valid text (broken characters).", "Check its encoding: UTF-8.") from error
    return text
