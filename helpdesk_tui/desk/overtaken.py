"""Two who change the same record of the desk: the second is told, and says whose words stay."""

from __future__ import annotations

from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import Overtaken
from helpdesk_tui.store import history
from helpdesk_tui.store.history import Delta
from helpdesk_tui.store.records import Stored
from helpdesk_tui.store.unit_of_work import Unit

_FOLLOWS = frozenset({"folded", "since", "position"})
"""Fields that change with others, or that a person changes by moving something about."""

_WORDS = {"moment": "time", "schedule": "time", "body": "text", "week": "hours", "own_days": "closed days"}
"""What a field is called where that is not its name."""

_SHOWN = 60
"""Characters of what somebody else wrote that are shown."""


def refuse_overtaken(unit: Unit, entity: str, current: Stored, delta: Delta, read_at: int) -> None:
    """Overtaken if somebody has changed one of these fields after that event, in whatever way."""
    since = history.changed_since(unit, entity, current["id"], read_at)
    taken = [field for field in delta if field in since and field not in _FOLLOWS]
    if not taken:
        return
    names = dict.fromkeys(_WORDS.get(field, field.removesuffix("_id").replace("_", " ")) for field in taken)
    theirs = current[taken[0]]
    now = f": it is “{clean(theirs, limit=_SHOWN)}” now" if len(names) == 1 and _is_text(theirs) else ""
    raise Overtaken(
        f"{since[taken[0]]} has changed the {' and the '.join(names)} meanwhile{now}.",
        "Nothing was overwritten: look at theirs first, or say that yours is to stand.",
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
