"""Swimlanes: the cards of a column under headings, by a field that both orders and names them."""

from __future__ import annotations

from enum import StrEnum

from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket import Card


class Lane(StrEnum):
    """The field cards are grouped by; it is asked for as `sort:` of that name."""

    NONE = ""
    ASSIGNEE = "assignee"
    PRIORITY = "priority"
    REQUESTER = "requester"
    STATUS = "status"
    KIND = "kind"


def lane_of(lane: Lane, card: Card) -> str:
    """The heading under which a card stands."""
    match lane:
        case Lane.ASSIGNEE:
            name = card.assignee or "nobody"
        case Lane.PRIORITY:
            name = card.priority.word
        case Lane.REQUESTER:
            name = card.requester or "no requester"
        case Lane.STATUS:
            name = card.status.value or "no status"
        case Lane.KIND:
            name = card.kind or "no kind"
        case Lane.NONE:
            return ""
    return f" {clean(name, limit=80)}"
