"""What a history can be narrowed to: kinds of events that belong together for a reader."""

from __future__ import annotations

FIELDS = "fields"
GROUPS: dict[str, frozenset[str]] = {
    FIELDS: frozenset({"changed", "labels", "imported"}),
    "moves": frozenset({"created", "moved", "archived", "ordered"}),
    "people": frozenset({"assigned", "watchers", "mentioned"}),
    "conversation": frozenset({"replied", "noted", "reworded"}),
    "checklist": frozenset({"step", "ticked"}),
    "files": frozenset({"attached"}),
    "related": frozenset({"linked", "links", "merged", "split"}),
    "time": frozenset({"time"}),
}
"""The groups in the order they are offered, with their kinds of events. What is in none is among the fields."""


def group_of(kind: str) -> str:
    """The group that a kind of event belongs to."""
    return next((name for name, kinds in GROUPS.items() if kind in kinds), FIELDS)
