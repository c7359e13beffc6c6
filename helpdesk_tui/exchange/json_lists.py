"""The lists of a JSON export, in their order."""

from __future__ import annotations

from collections.abc import Mapping

from helpdesk_tui.exchange.json_events import EVENTS
from helpdesk_tui.exchange.json_service import AUTOMATION, CALENDARS, POLICIES, RULE_RUNS, RULES
from helpdesk_tui.exchange.json_shape import (
    BOARDS,
    CANNED,
    CHANGE_SETS,
    COLUMNS,
    COMMENTS,
    FILES,
    KEYS,
    LABELS,
    LINKS,
    MEMBERS,
    NOTICES_SEEN,
    ORGANIZATIONS,
    PEOPLE,
    SEEN,
    SET,
    STEPS,
    TEMPLATES,
    TIMERS,
    TIMES,
    VIEWS,
    Section,
)

OF_SERVICE = ("calendars", "policies", "rules", "rule_runs", "automation")
LATER = frozenset({"settings", "members", "keys", *OF_SERVICE})
"""Lists that exports of earlier versions do not have."""

DESK_SECTIONS: Mapping[str, Section] = {
    "settings": SET,
    "organizations": ORGANIZATIONS,
    "people": PEOPLE,
    "boards": BOARDS,
    "columns": COLUMNS,
    "members": MEMBERS,
    "keys": KEYS,
    "labels": LABELS,
    "views": VIEWS,
    "canned": CANNED,
    "templates": TEMPLATES,
    "calendars": CALENDARS,
    "policies": POLICIES,
    "rules": RULES,
    "rule_runs": RULE_RUNS,
    "automation": AUTOMATION,
    "notices_seen": NOTICES_SEEN,
    "change_sets": CHANGE_SETS,
    "events": EVENTS,
}
"""The lists before `tickets`, in their order; `events` there are those of no ticket."""

TICKET_SECTIONS: Mapping[str, Section] = {
    "links": LINKS,
    "comments": COMMENTS,
    "checklist": STEPS,
    "time": TIMES,
    "files": FILES,
    "seen": SEEN,
    "timers": TIMERS,
    "events": EVENTS,
}
"""The lists within a ticket, beside `labels` and `watchers`, which are lists of ids."""
