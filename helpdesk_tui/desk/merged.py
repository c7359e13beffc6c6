"""A ticket that has become part of another: what is written goes to that one, and is not lost on this."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpdesk_tui.errors import Conflict
from helpdesk_tui.store.records import Stored

if TYPE_CHECKING:
    from helpdesk_tui.desk.work import Work

_FOLLOWED = 20
"""Merges that are followed from one ticket to the next: more were hardly made, and another tool may tie a ring."""


def refuse_merged(work: Work, ticket: Stored) -> None:
    """Conflict if this ticket was merged into another, naming that if the acting person may see it."""
    where = ticket["merged_into_id"]
    if where is None:
        return
    if work.sees(where):
        raise Conflict(f"#{ticket['id']} was merged into #{where}.", f"Go on with #{where} instead, or reopen this.")
    raise Conflict(f"#{ticket['id']} was merged into another ticket.", "Nobody reads it here any more.")


def become(work: Work, ticket: Stored) -> Stored:
    """The ticket that this one has become, over one merge or several, as far as the acting person may see."""
    for _ in range(_FOLLOWED):
        where = ticket["merged_into_id"]
        if where is None or not work.sees(where):
            break
        ticket = work.ticket(where)
    return ticket
