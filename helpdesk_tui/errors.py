"""What can go wrong, in sentences a person can act on. Each kind owns its exit code."""

from __future__ import annotations


class HelpdeskError(Exception):
    """Base of every expected failure: one sentence what happened, and a hint what to do."""

    exit_code = 4

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class UsageError(HelpdeskError):
    """The words of the request are wrong: a value, an option, a query."""

    exit_code = 2


class LanguageError(UsageError):
    """A query or a change that does not parse or names something unknown.

    `column` is 1-based and points at the first wrong character of the text as typed.
    """

    def __init__(self, message: str, column: int, hint: str = "") -> None:
        super().__init__(message, hint)
        self.column = column


class NotFound(HelpdeskError):
    """What was named does not exist, or may not be seen: the two read alike."""

    exit_code = 1


class NotAllowed(HelpdeskError):
    """The acting person's role does not permit this."""

    exit_code = 3


class LetOut(NotAllowed):
    """The person was deactivated while they had the desk open: there is nothing more for them to do here."""


class Conflict(HelpdeskError):
    """Somebody else changed the same thing first; nothing was overwritten."""

    exit_code = 4


class NeedsYes(Conflict):
    """Nothing stands against it but good sense: it is done once the person says that they mean it."""


class Overtaken(NeedsYes):
    """Somebody has changed the same since it was read to be changed here."""


class DeskUnusable(HelpdeskError):
    """The desk's file cannot be used: missing rights, damaged, newer, locked, full."""

    exit_code = 4


class DeskReplaced(DeskUnusable):
    """The desk that is open is not the one under its name any more: a backup was restored, or its file was removed."""


class DeskBusy(DeskUnusable):
    """Another writer held the desk for longer than we were willing to wait."""


class Cancelled(HelpdeskError):
    """The person stopped a long piece of work; nothing of it was kept."""

    exit_code = 4
