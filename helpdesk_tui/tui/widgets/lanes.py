"""Swimlanes: the cards of a column under headings, by a field that both orders and names them.

A card stands in one lane; of several labels it is the first by name that counts.
"""

from __future__ import annotations

from enum import StrEnum

from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket import Card


class Lane(StrEnum):
    """What cards are grouped by."""

    NONE = ""
    ASSIGNEE = "assignee"
    PRIORITY = "priority"
    REQUESTER = "requester"
    ORGANIZATION = "organization"
    LABEL = "label"
    STATUS = "status"
    KIND = "kind"

    @property
    def field(self) -> str:
        """The name of that field in a query."""
        return "org" if self is Lane.ORGANIZATION else self.value


def lane_of(lane: Lane, card: Card) -> str:
    """The heading under which a card stands."""
    match lane:
        case Lane.ASSIGNEE:
            name = card.assignee or "nobody"
        case Lane.PRIORITY:
            name = card.priority.word
        case Lane.REQUESTER:
            name = card.requester or "no requester"
        case Lane.ORGANIZATION:
            name = card.organization or "no organization"
        case Lane.LABEL:
            name = card.labels[0].name if card.labels else "no label"
        case Lane.STATUS:
            name = card.status.value or "no status"
        case Lane.KIND:
            name = card.kind or "no kind"
        case Lane.NONE:
            return ""
    return f" {clean(name, limit=80)}"
