"""The steps of a ticket's checklist."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk_tui.desk import applying
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.work import Work, working
from helpdesk_tui.domain import entry
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.rank import between
from helpdesk_tui.errors import NotFound, UsageError
from helpdesk_tui.store import details, records, values
from helpdesk_tui.store.records import Stored

STEPS_LIMIT = 500
"""Steps one ticket may have."""


def add(desk: Desk, number: int, texts: Sequence[str]) -> Outcome:
    """Add steps at the end, in order."""
    desk.require(Act.EDIT)
    with working(desk) as work:
        ticket = work.ticket(number)
        if values.whole(ticket["steps"]) + len(texts) > STEPS_LIMIT:
            raise UsageError(f"A checklist may have {STEPS_LIMIT} steps.", "Make another ticket for the rest.")
        made = None
        for text in texts:
            made = applying.add_step(work, number, text)
        what = f"step “{texts[0]}”" if len(texts) == 1 else f"{len(texts)} steps"
        return work.commit(f"#{number}: {what} added", made=made)


def tick(desk: Desk, step_id: int, done: bool) -> Outcome:
    """Tick or untick a step; who and when is kept with it."""
    desk.require(Act.EDIT)
    with working(desk) as work:
        step = _step(work, step_id)
        if step["done"] == done:
            return Outcome((), f"“{step['text']}” is {'done' if done else 'open'} already")
        changes = {
            "done": done,
            "done_by_id": desk.actor.id if done else None,
            "done_at": work.now if done else None,
        }
        work.alter("step", step, changes, "ticked", step["ticket_id"], text=step["text"])
        return work.commit(f"#{step['ticket_id']}: “{step['text']}” {'done' if done else 'open again'}")


def rewrite(desk: Desk, step_id: int, text: str) -> Outcome:
    """Say a step differently."""
    desk.require(Act.EDIT)
    with working(desk) as work:
        step = _step(work, step_id)
        work.alter("step", step, {"text": entry.title(text)}, "step", step["ticket_id"], text=text)
        return work.commit(f"#{step['ticket_id']}: step rewritten")


def reorder(desk: Desk, step_id: int, by: int) -> Outcome:
    """Move a step up (-1) or down (1) by one place."""
    desk.require(Act.EDIT)
    with working(desk) as work:
        step = _step(work, step_id)
        others = [rank for other, rank in details.step_ranks(work.unit, step["ticket_id"]) if other != step_id]
        before = sum(1 for rank in others if rank < step["rank"])
        place = before + by
        if not 0 <= place <= len(others):
            return Outcome((), "the step is at the end of the list already")
        rank = between(others[place - 1] if place else None, others[place] if place < len(others) else None)
        work.alter("step", step, {"rank": rank}, "step", step["ticket_id"], text=step["text"])
        return work.commit(f"#{step['ticket_id']}: step moved {'up' if by < 0 else 'down'}")


def remove(desk: Desk, step_id: int) -> Outcome:
    """Take a step off the checklist."""
    desk.require(Act.EDIT)
    with working(desk) as work:
        step = _step(work, step_id)
        work.alter("step", step, {"removed": True}, "step", step["ticket_id"], text=step["text"])
        return work.commit(f"#{step['ticket_id']}: step “{step['text']}” removed")


def _step(work: Work, step_id: int) -> Stored:
    step = records.fetch(work.unit, "step", step_id)
    if step is None or step["removed"] or not work.sees(step["ticket_id"]):
        raise NotFound("There is no such step.", "It may have been removed; look at the ticket again.")
    return step
