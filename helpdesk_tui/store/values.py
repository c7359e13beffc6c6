"""What stands in the tables as values of the domain: the one place that copes with what another tool wrote there.

SQLite keeps a text in a column of numbers, a blob in one of texts, and numbers nobody agreed upon. Nothing here raises:
odd values become what `domain.odd` makes of them. Known ones cost a look into a dictionary.
"""

from __future__ import annotations

import json
from typing import Any

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.odd import MARK, odd_number, odd_word
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.ticket import Level, Priority, Speech, Status

_PRIORITIES = {priority.value: priority for priority in Priority}
_LEVELS = {level.value: level for level in Level}
_STATUSES = {status.value: status for status in Status}
_CATEGORIES = {category.value: category for category in Category}
_ROLES = {role.value: role for role in Role}


def priority(value: Any) -> Priority:
    return _PRIORITIES.get(value) or odd_number(Priority, value)


def level(value: Any) -> Level | None:
    """Impact or urgency; None where nothing is set."""
    return _LEVELS.get(value) or (odd_number(Level, value) if value else None)


def status(value: Any) -> Status:
    found = _STATUSES.get(value)
    return odd_word(Status, value) if found is None else found


def category(value: Any) -> Category:
    return _CATEGORIES.get(value) or odd_word(Category, value)


def role(value: Any) -> Role:
    """A person's role. One that is not known may do no more than a requester."""
    return _ROLES.get(value, Role.REQUESTER)


def speech(value: Any) -> Speech:
    """Who a comment is for. Unless it is surely a reply, only the team is shown it."""
    return Speech.REPLY if value == Speech.REPLY.value else Speech.NOTE


def text(value: Any, missing: str = MARK) -> str:
    """A text; `missing` where there is none."""
    if type(value) is str:
        return value
    if value is None:
        return missing
    return value.decode("utf-8", "replace") if type(value) is bytes else str(value)


def words(value: Any) -> tuple[str, ...]:
    """The words of a text that has commas between them."""
    return tuple(word for part in text(value, "").split(",") if (word := part.strip()))


def whole(value: Any) -> int:
    """A count, an id or another number that is 0 where there is none."""
    return value if type(value) is int else 0


def whole_or_none(value: Any) -> int | None:
    """A number that need not be there."""
    return value if type(value) is int else None


def name(login: Any, full: Any) -> str:
    """What a person is called where space is scarce: the login, else the name."""
    return text(login or full)


def from_json(stored: Any) -> Any:
    """What a JSON column holds; nothing where another tool has put something else there."""
    if isinstance(stored, int | float):  # SQLite keeps the text of a number as that number
        return stored
    try:
        return json.loads(stored)
    except (TypeError, ValueError, RecursionError):
        return {}


def delta(value: Any) -> dict[str, list[Any]]:
    """What an event says was before and after, field by field, as far as it says so."""
    if not isinstance(value, dict):
        return {}
    return {field: sides for field, sides in value.items() if isinstance(sides, list) and len(sides) == 2}


def detail(value: Any) -> dict[str, Any]:
    """What an event says besides."""
    return value if isinstance(value, dict) else {}
