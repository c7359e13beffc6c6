"""What a verb of the command line is: data that parsing, help and shell completion all read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helpdesk_tui.cli.call import Call


@dataclass(frozen=True, slots=True)
class Option:
    """One `--option`. It is a switch unless `value` names what follows it ("N", "FILE")."""

    name: str
    help: str
    value: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: `run` does it and returns the exit code.

    `usage` is what follows the verb's name, `actions` are the first words it knows (for nouns such as `label`),
    and `words` says what the other words are, which is what the shell completes them with.
    """

    usage: str
    about: str
    examples: tuple[str, ...]
    run: Callable[[Call], int]
    options: tuple[Option, ...] = ()
    actions: tuple[str, ...] = ()
    words: str = ""


DESK = Option("--desk", "The desk to use: a file, or a database URL.", "PATH")
HELP = Option("--help", "Show this and stop.")
EVERYWHERE = (DESK, HELP)
"""Options that every verb takes."""

JSON = Option("--json", "Print JSON, exact and with stable fields, instead of a table.")
YES = Option("--yes", "Do not ask before changing many tickets.")
