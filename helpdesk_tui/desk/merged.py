"""A ticket that has become part of another: what is written goes to that one, and is not lost on this."""

from __future__ import annotations

from helpdesk_tui.desk.work import Work
from helpdesk_tui.errors import Conflict
from helpdesk_tui.store.records import Stored


def refuse_merged(work: Work, ticket: Stored) -> None:
    """Conflict if this ticket was merged into another, naming that if the acting person may see it."""
    where = ticket["merged_into_id"]
    if where is None:
        return
    if work.sees(where):
        raise Conflict(f"#{ticket['id']} was merged into #{where}.", f"Write on #{where} instead.")
    raise Conflict(f"#{ticket['id']} was merged into another ticket.", "Nobody reads it here any more.")
