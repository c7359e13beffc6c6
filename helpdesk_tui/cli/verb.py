"""What a verb of the command line is: data that parsing, help and shell completion all read."""

from __future__ import annotations

from typing import NamedTuple


class Option(NamedTuple):
    """One `--option`. It is a switch unless `value` names what follows it ("N", "FILE")."""

    name: str
    help: str
    value: str = ""
    choices: tuple[str, ...] = ()


class Verb(NamedTuple):
    """One verb. `runs` is where it is done, as `module:function` of this package, imported only then.

    `usage` is what follows the verb's name, `actions` are the first words it knows (for nouns such as `label`),
    and `words` says what its words are, which is what the shell completes them with.
    """

    name: str
    summary: str
    runs: str
    usage: str
    about: str
    examples: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    actions: tuple[str, ...] = ()
    words: str = ""


DESK = Option("--desk", "The desk to use: its file.", "PATH")
HELP = Option("--help", "Show this and stop.")

JSON = Option("--json", "Print JSON, exact and with stable fields.")
