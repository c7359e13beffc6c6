"""The words after `helpdesk`, taken apart.

Not argparse: a change holds words such as `-printer`, a query `-label:vendor`, both may stand between the options, and
all of them are words here. Only what begins with two dashes is an option (and `-h`, `-o FILE`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from helpdesk_tui.cli.verb import Option
from helpdesk_tui.errors import UsageError

SHORT = {"-h": "--help", "-o": "--output"}
"""The two single-dash options, for the hands that know them."""


class Given(Struct):
    """What was typed: the words in order, and the options by name (True for a switch)."""

    words: list[str] = field(default_factory=list)
    options: dict[str, str | bool] = field(default_factory=dict)


def check_arguments(argv: Sequence[str]) -> None:
    """UsageError for an argument that is not text: broken encoding, or control characters other than line breaks."""
    for place, word in enumerate(argv, 1):
        if word.isascii() and word.isprintable():
            continue
        for character in word:
            category = unicodedata.category(character)
            if category == "Cs":
                raise UsageError(f"Argument {place} is not valid UTF-8 text.", "Check the terminal's encoding.")
            if category == "Cc" and character not in "\n\t":
                raise UsageError(
                    f"Argument {place} holds a control character (U+{ord(character):04X}).", "Leave it out."
                )


def split_verb(argv: Sequence[str], known: Sequence[Option]) -> tuple[Given, str | None, list[str]]:
    """The options before the verb, the verb (None when there is none), and everything after it."""
    place = 0
    before: list[str] = []
    takes_value = {option.name for option in known if option.value}
    while place < len(argv) and argv[place].startswith("-"):
        before.append(argv[place])
        place += 1
        if before[-1] in takes_value and place < len(argv):
            before.append(argv[place])
            place += 1
    given = parse(before, known, "helpdesk")
    if given.words:
        raise UsageError(f"There is no option `{given.words[0]}`.", "`helpdesk --help` lists the options.")
    if place == len(argv):
        return given, None, []
    return given, argv[place], list(argv[place + 1 :])


def parse(argv: Sequence[str], known: Sequence[Option], command: str) -> Given:
    """Words and options of `command`, in any order; after `--` everything is a word."""
    options = {option.name: option for option in known}
    given = Given()
    rest = iter(argv)
    for word in rest:
        if word == "--":
            given.words.extend(rest)
            break
        name, equals, value = word.partition("=")
        name = SHORT.get(name, name)
        if not name.startswith("--") and not (word in SHORT and name in options):
            given.words.append(word)
            continue
        option = options.get(name)
        if option is None:
            raise _unknown(name, options, command)
        if name in given.options:
            raise UsageError(f"`{name}` is given twice.", "Give it once.")
        given.options[name] = _value(option, value if equals else None, rest)
    return given


def _value(option: Option, value: str | None, rest: Iterator[str]) -> str | bool:
    if not option.value:
        if value is not None:
            raise UsageError(f"`{option.name}` takes no value.", f"Write just `{option.name}`.")
        return True
    if value is None:
        value = next(rest, None)
    if value is None:
        raise UsageError(f"`{option.name}` needs a value.", f"Write `{option.name} {option.value}`.")
    if option.choices and value not in option.choices:
        raise UsageError(f"`{option.name}` cannot be `{value}`.", f"It is one of: {', '.join(option.choices)}.")
    return value


def _unknown(name: str, options: dict[str, Option], command: str) -> UsageError:
    from helpdesk_tui.language.suggest import nearest, shown

    near = nearest(name, options)
    hint = f"Did you mean `{near}`?" if near else f"`{command} --help` lists them."
    return UsageError(f"`{command}` has no option `{shown(name)}`.", hint)
