"""What an event looks like in a JSON export: nothing is taken in that undo and history could not work with."""

from __future__ import annotations

import re
from typing import Any

from helpdesk_tui.domain.settings import SETTINGS
from helpdesk_tui.exchange.json_kinds import Kind, choice, flag, moment, number, text
from helpdesk_tui.exchange.json_service import CALENDARS, POLICIES, RULES
from helpdesk_tui.exchange.json_shape import (
    BOARDS,
    CANNED,
    COLUMNS,
    COMMENTS,
    FILES,
    ID,
    KEYS,
    LABELS,
    ORGANIZATIONS,
    PEOPLE,
    REQUIRED,
    ROLES,
    STEPS,
    TEMPLATES,
    TICKETS,
    TIMES,
    VIEWS,
    Section,
    body,
    set_to,
)

_PAIR = re.compile(r"(label|watcher|link:(relates|blocks|duplicates|parent)):[1-9][0-9]{0,17}")

_MEMBER = re.compile(r"member:[1-9][0-9]{0,17}")

_SECTION_OF = {
    section.entity: section
    for section in (
        ORGANIZATIONS,
        PEOPLE,
        BOARDS,
        COLUMNS,
        KEYS,
        LABELS,
        VIEWS,
        CANNED,
        TEMPLATES,
        TICKETS,
        COMMENTS,
        STEPS,
        TIMES,
        FILES,
        CALENDARS,
        POLICIES,
        RULES,
    )
}
_KINDS_OF = {entity: dict(section.fields.values()) for entity, section in _SECTION_OF.items()}
_KINDS_OF["setting"] = {name: set_to(name) for name in SETTINGS}


_GOING_ALONG = frozenset({"comment", "step", "time", "file"})
"""What a merge or a split takes to another ticket."""


def _delta_of(entity: str, delta: Any) -> None:
    """ValueError unless undo and history can work with what a delta says."""
    if not isinstance(delta, dict):
        raise ValueError("is not an object")
    for name, change in delta.items():
        if not isinstance(change, list) or len(change) != 2:
            raise ValueError(f"says of “{name[:40]}” not what was before and after")
        kind = _KINDS_OF[entity].get(name)
        if kind is None and entity == "ticket" and _PAIR.fullmatch(name):
            kind = flag()
        if kind is None and entity == "board" and _MEMBER.fullmatch(name):
            kind = Kind(choice(*ROLES).check, optional=True)
        if kind is None and name == "ticket_id" and entity in _GOING_ALONG:
            kind = REQUIRED
        if kind is None and name == "folded":
            kind = body("name")
        if kind is None:
            raise ValueError(f"changes the unknown field “{name[:40]}”")
        for side in change:
            try:
                kind.accept(side)
            except ValueError as error:
                raise ValueError(f"has a value of “{name[:40]}” that {error}") from error


def _detail(value: Any) -> None:
    if not isinstance(value, dict) or not all(isinstance(part, str | int | bool | None) for part in value.values()):
        raise ValueError("is not an object of simple values")


EVENTS = Section(
    "event",
    {
        "id": ("id", ID),
        "change_set": ("change_set_id", REQUIRED),
        "actor": ("actor_id", REQUIRED),
        "at": ("at", moment()),
        "kind": ("kind", text()),
        "entity": ("entity", choice(*_KINDS_OF)),
        "entity_id": ("entity_id", number(0, 2**62)),
        "delta": ("delta", Kind(lambda _: None)),
        "detail": ("detail", Kind(_detail)),
    },
)


def read_event(value: Any) -> dict[str, Any]:
    """`EVENTS.read`, and a look at what the delta changes."""
    row = EVENTS.read(value)
    try:
        _delta_of(row["entity"], row["delta"])
    except ValueError as error:
        raise ValueError(f"“delta” {error}") from error
    return row
