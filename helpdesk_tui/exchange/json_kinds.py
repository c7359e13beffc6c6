"""Kinds of values in a JSON export: how each is written, and what is refused when it is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from helpdesk_tui.domain.odd import UNREADABLE
from helpdesk_tui.errors import UsageError
from helpdesk_tui.store.tables import from_stored, to_stored

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
_RANK = re.compile(r"[0-9A-Za-z]{1,200}")
_SMALL_LIMIT = 500
_EARLIEST, _LATEST = (
    to_stored(datetime(year, month, day, tzinfo=UTC)) for year, month, day in ((1, 1, 1), (9999, 12, 31))
)


class Kind(Struct, frozen=True):
    """A kind of value. `check` takes a value as stored and raises ValueError with a reason if it cannot be one."""

    check: Callable[[Any], None]
    is_moment: bool = False
    optional: bool = False
    default: Any = None
    """What is taken where an export of an earlier version says nothing."""

    def written(self, stored: Any) -> Any:
        """A stored value as the file has it."""
        return moment_text(stored) if self.is_moment and type(stored) is int else stored

    def read(self, value: Any) -> Any:
        """The value to store. ValueError if the file's value is not of this kind."""
        if self.is_moment and value is not None:
            value = _read_moment(value)
        self.accept(value)
        return value

    def accept(self, stored: Any) -> None:
        """ValueError unless the stored value is of this kind."""
        if stored is None:
            if not self.optional:
                raise ValueError("is missing")
            return
        self.check(stored)


def later(kind: Kind, default: Any) -> Kind:
    """A kind of value that exports of earlier versions do not have."""
    return replace(kind, default=default)


def moment_text(stored: int) -> str | int:
    """A stored moment as the file writes it: UTC with milliseconds; what is no moment stays as it is."""
    at = from_stored(stored)
    return stored if at == UNREADABLE else at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _read_moment(value: Any) -> int:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise ValueError("is not a moment like 2026-11-27T17:00:00.000Z")
    try:
        return to_stored(datetime.fromisoformat(value))
    except ValueError as error:
        raise ValueError("is not a moment that exists") from error


def number(low: int, high: int, *, optional: bool = False) -> Kind:
    """A whole number within these bounds."""

    def check(value: Any) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValueError("is not a number")
        if not low <= value <= high:
            raise ValueError("is too small or too large")

    return Kind(check, optional=optional)


def moment(*, optional: bool = False) -> Kind:
    """A moment in UTC with milliseconds."""
    return Kind(number(_EARLIEST, _LATEST).check, is_moment=True, optional=optional)


def flag(*, optional: bool = False) -> Kind:
    """true or false."""

    def check(value: Any) -> None:
        if not isinstance(value, bool):
            raise ValueError("is not true or false")

    return Kind(check, optional=optional)


def choice(*known: str) -> Kind:
    """One of these words."""

    def check(value: Any) -> None:
        if value not in known:
            raise ValueError(f"is none of {', '.join(word or 'nothing' for word in known)}")

    return Kind(check)


def text(rule: Callable[[str], str] | None = None, *, optional: bool = False) -> Kind:
    """A text; `rule` is the desk's own border, which must leave the text as it is."""

    def check(value: Any) -> None:
        if not isinstance(value, str):
            raise ValueError("is not a text")
        if rule is None:
            if len(value) > _SMALL_LIMIT:
                raise ValueError(f"is longer than {_SMALL_LIMIT} characters")
            return
        try:
            fits = rule(value) == value
        except UsageError as error:
            raise ValueError(f"cannot be: {error.message}") from error
        if not fits:
            raise ValueError("has blanks or line ends a desk does not keep")

    return Kind(check, optional=optional)


def rank() -> Kind:
    """A place in an order, see `domain.rank`."""

    def check(value: Any) -> None:
        if not isinstance(value, str) or not _RANK.fullmatch(value):
            raise ValueError("is no place in an order")

    return Kind(check)


def records(read: Callable[[Any], list[dict[str, Any]]]) -> Kind:
    """A list of small records; `read` is how the desk reads them, which must leave them as they are."""

    def check(value: Any) -> None:
        if not isinstance(value, list) or read(value) != value:
            raise ValueError("is not the list a desk keeps there")

    return Kind(check)
