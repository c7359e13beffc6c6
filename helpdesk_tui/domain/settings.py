"""What a desk's admins can set, with its defaults. One table says how each is written, read and checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.ticket import KINDS, Level, Priority
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import UsageError

KIND_LIMIT = 40
"""Characters the name of a kind may have, and kinds a desk may have."""

PROPOSED = ((1, 1, 2), (1, 2, 3), (2, 3, 4))
"""The priority that impact (rows) and urgency (columns), each from low to high, propose: ITIL's priority matrix."""

NOBODY = "nobody"
"""What strangers are on a desk that takes in none of them."""

_STRANGERS = (Role.REQUESTER.value, NOBODY)
_PRIORITIES = {priority.word: priority for priority in Priority}


class Settings(Struct, frozen=True):
    """The settings as they stand. `file_limit_mb` is the size of the largest file, in 1024 x 1024 bytes.

    `strangers` is the role of an account that the desk does not know, or `NOBODY`.
    """

    kinds: tuple[str, ...] = KINDS
    priorities: tuple[tuple[int, ...], ...] = PROPOSED
    file_limit_mb: int = 25
    strangers: str = Role.REQUESTER.value

    def proposed_priority(self, impact: Level, urgency: Level) -> Priority:
        """The priority that impact and urgency propose."""
        return Priority(self.priorities[impact - 1][urgency - 1])


class Setting(Struct, frozen=True):
    """One of them. `read` makes the value of what a person writes (UsageError if it is none), `written` the reverse."""

    name: str
    what: str
    example: str
    read: Callable[[str], Any]
    written: Callable[[Any], str]
    called: str = ""
    """What screens call it, where its name does not say it."""

    @property
    def heading(self) -> str:
        return self.called or self.name.replace("_", " ")


def _read_kinds(text: str) -> list[str]:
    kinds = [" ".join(part.split()) for part in text.split(",") if part.strip()]
    if not kinds:
        raise UsageError("A desk needs at least one kind.", "Write them with commas between: incident, request.")
    if len(kinds) > KIND_LIMIT or any(len(kind) > KIND_LIMIT or not kind.isprintable() for kind in kinds):
        raise UsageError(f"There may be {KIND_LIMIT} kinds of {KIND_LIMIT} plain characters each.", "Shorten the list.")
    if len({fold(kind) for kind in kinds}) < len(kinds) or {"none", "any"} & {fold(kind) for kind in kinds}:
        raise UsageError("Two kinds have one name, or one is called none or any.", "Give each a name of its own.")
    return kinds


def _read_priorities(text: str) -> list[list[int]]:
    words = text.replace("/", " ").replace(",", " ").split()
    unknown = [word for word in words if fold(word) not in _PRIORITIES]
    if unknown or len(words) != 9:
        what = f"{unknown[0]!r} is no priority" if unknown else f"These are {len(words)} priorities"
        raise UsageError(
            f"{what}: the table has nine, three for each impact from low to high.",
            f"Write it as `{_written_priorities(PROPOSED)}`.",
        )
    values = [int(_PRIORITIES[fold(word)]) for word in words]
    return [values[start : start + 3] for start in (0, 3, 6)]


def _written_priorities(rows: Any) -> str:
    return " / ".join(" ".join(Priority(value).word for value in row) for row in rows)


def _read_limit(text: str) -> int:
    if not text.strip().isascii() or not text.strip().isdigit() or not 1 <= int(text.strip()[:6]) <= 1000:
        raise UsageError(f"{text[:30]!r} is no size.", "Write a whole number of megabytes, from 1 to 1000.")
    return int(text)


def _read_strangers(text: str) -> str:
    word = fold(text.strip())
    if word not in _STRANGERS:
        raise UsageError(f"Strangers cannot be {text[:30]!r}.", f"Write {' or '.join(_STRANGERS)}.")
    return word


SETTINGS: Mapping[str, Setting] = {
    setting.name: setting
    for setting in (
        Setting("kinds", "The kinds of work a ticket can be.", ", ".join(KINDS), _read_kinds, ", ".join),
        Setting(
            "priorities",
            "The priority that impact (rows, low to high) and urgency (columns) propose.",
            _written_priorities(PROPOSED),
            _read_priorities,
            _written_priorities,
        ),
        Setting(
            "strangers",
            "What an account is that the desk does not know: requester, or nobody, who is not let in.",
            Role.REQUESTER.value,
            _read_strangers,
            str,
        ),
        Setting(
            "file_limit_mb",
            "The largest file that can be attached, in megabytes.",
            "25",
            _read_limit,
            str,
            "largest file, MB",
        ),
    )
}


def setting(name: str) -> Setting:
    """The setting of that name. UsageError with the names if there is none."""
    found = SETTINGS.get(name)
    if found is None:
        raise UsageError(f"There is no setting {name[:40]!r}.", f"Settings: {', '.join(SETTINGS)}.")
    return found


def settings_from(stored: Mapping[str, Any]) -> Settings:
    """The settings of a desk's stored values; what is missing, or not what this program writes, is the default."""
    kept: dict[str, Any] = {}
    for name, value in stored.items():
        if name in SETTINGS and value is not None:
            try:
                read = SETTINGS[name].read(SETTINGS[name].written(value))
            except (UsageError, TypeError, ValueError):
                continue
            if read == value:
                kept[name] = read
    if "kinds" in kept:
        kept["kinds"] = tuple(kept["kinds"])
    if "priorities" in kept:
        kept["priorities"] = tuple(map(tuple, kept["priorities"]))
    return Settings(**kept)
