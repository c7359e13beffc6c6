"""One call of a verb: what was typed, where it answers, and the desk it works on, opened when first asked for."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from helpdesk_tui.cli.offered import EVERYTHING, Offered
from helpdesk_tui.cli.parsing import Given
from helpdesk_tui.cli.render import Messages, Output
from helpdesk_tui.cli.verb import Verb
from helpdesk_tui.errors import LanguageError, UsageError

if TYPE_CHECKING:
    from helpdesk_tui.config import Config
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome

DONE, NOTHING = 0, 1
"""Exit codes of a verb that ended well: something was done or found, or nothing was."""


def imports_are_over() -> None:
    """Let the garbage collector work again (see `main`); what the imports made stays for good, so it is left alone."""
    gc.freeze()
    gc.enable()


class Misread(UsageError):
    """A query or a change that does not parse, with the text it is about and a mark under the wrong character."""

    def __init__(self, error: LanguageError, text: str) -> None:
        super().__init__(error.message, error.hint)
        self.column = error.column
        self.text = text


class Call:
    """What a verb is given. Close it when the verb has run."""

    def __init__(
        self,
        verb: Verb,
        given: Given,
        out: Output,
        messages: Messages,
        offered: Offered = EVERYTHING,
        visit: Config | None = None,
    ) -> None:
        self.name = verb.name
        self.verb = verb
        self.words = given.words
        self.out = out
        self.offered = offered
        """The verbs and options that are there for whoever calls."""
        self._visit = visit
        self._options = given.options
        self._messages = messages
        self._desk: Desk | None = None

    # what was typed

    def has(self, option: str) -> bool:
        """Whether a switch or an option was given."""
        return option in self._options

    def text(self, option: str) -> str | None:
        """The value of an option, None when it was not given."""
        value = self._options.get(option)
        return value if isinstance(value, str) else None

    def whole(self, option: str, default: int, least: int = 0) -> int:
        """The value of an option as a whole number from `least` to a thousand million."""
        value = self.text(option)
        if value is None:
            return default
        if not (value.isascii() and value.isdigit() and len(value) <= 10 and least <= int(value) <= 10**9):
            raise UsageError(f"`{option}` is a whole number from {least}, not `{value[:30]}`.")
        return int(value)

    def expect(self, least: int, most: int | None = None) -> list[str]:
        """The words, when there are at least and at most so many; UsageError with the usage otherwise."""
        if len(self.words) < least:
            raise UsageError(f"`helpdesk {self.name}` needs more than that.", f"Usage: {self.usage}")
        if most is not None and len(self.words) > most:
            extra = self.words[most]
            raise UsageError(f"`helpdesk {self.name}` does not take `{extra[:80]}`.", f"Usage: {self.usage}")
        return self.words

    def action(self) -> str:
        """The first word, taken off, of a noun such as `label`; `list` when there is none."""
        if not self.words:
            return "list"
        action = self.words.pop(0)
        if action not in self.verb.actions:
            known = ", ".join(self.verb.actions)
            raise UsageError(f"`helpdesk {self.name}` has no `{action[:80]}`.", f"It has: {known}.")
        self.name = f"{self.name} {action}"
        return action

    @property
    def usage(self) -> str:
        """One line: how the verb is written, with the action or the option that was typed."""
        first, *others = self.verb.usage.split("\n")
        lines = [f"{self.verb.name} {first}".rstrip(), *map(str.strip, others)]
        options = [option for option in self._options if option.startswith("--")]
        meant = (line for line in lines if f"{line} ".startswith(f"{self.name} ") and self.name != self.verb.name)
        named = (line for line in lines if any(f"{option} " in f"{line} ".replace("]", " ") for option in options))
        return f"helpdesk {next(meant, next(named, lines[0]))}"

    # what it works on

    @property
    def sealed(self) -> bool:
        """Whether this call came in through the gate: no file is read or written by its path."""
        return self.offered.sealed

    @property
    def config(self) -> Config:
        """The configuration, read now; in the gate, the one with which it was opened."""
        if self._visit is not None:
            return self._visit
        from helpdesk_tui import config

        return config.load(self.text("--desk"))

    @property
    def desk(self) -> Desk:
        """The desk, opened at the first use."""
        if self._desk is None:
            from helpdesk_tui.bootstrap import open_desk

            self._desk = open_desk(self.config)
            imports_are_over()
        return self._desk

    def close(self) -> None:
        """Close the desk if it was opened."""
        if self._desk is not None:
            self._desk.close()
            self._desk = None

    # what it answers

    def say(self, text: str) -> None:
        """A message for a person, on standard error."""
        self._messages.say(text)

    @property
    def messages(self) -> Messages:
        """Standard error, for progress and questions."""
        return self._messages

    def report(self, outcome: Outcome) -> int:
        """Tell what a changing verb did, and give its exit code."""
        if outcome.change_set is None:
            self.say(f"{outcome.said or 'Nothing changed.'}")
        else:
            self.say(f"{outcome.said} (`helpdesk undo` takes it back)")
            if self._desk is not None and self._desk.caution:
                self.say(self._desk.caution)
        for warning in outcome.warnings:
            self.say(warning)
        return DONE

    @contextmanager
    def reading(self, text: str) -> Iterator[None]:
        """Around parsing `text`: a LanguageError in it becomes a message that shows where."""
        try:
            yield
        except LanguageError as error:
            raise Misread(error, text) from None

    @property
    def at_keyboard(self) -> bool:
        """Whether somebody can be asked: the input and the messages are both a terminal."""
        return self._messages.terminal and sys.stdin is not None and sys.stdin.isatty()

    def confirm(self, question: str) -> bool:
        """Ask; yes when nobody is there to be asked, since every change can be undone."""
        if not self.at_keyboard:
            return True
        self._messages.over(f"{question} [y/N] ")
        return sys.stdin.readline().strip().casefold() in {"y", "yes"}
