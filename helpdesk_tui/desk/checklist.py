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
from helpdesk_tui.domain.template import STEPS_LIMIT, Checklist, checklists_from
from helpdesk_tui.errors import Conflict, NotFound, UsageError
from helpdesk_tui.store import details, records, values
from helpdesk_tui.store.records import Stored


def add(desk: Desk, number: int, texts: Sequence[str], checklist: str = "") -> Outcome:
    """Add steps at the end of the checklist of that name, in order; the ticket's own first one has none."""
    name = entry.name(checklist, "checklist") if checklist else ""
    return _add(desk, number, (Checklist(name, tuple(texts)),))


def add_written(desk: Desk, number: int, text: str) -> Outcome:
    """Add the steps written in `text`: one a line, `# Name` above those of a checklist of that name."""
    return _add(desk, number, checklists_from(text))


def _add(desk: Desk, number: int, lists: Sequence[Checklist]) -> Outcome:
    steps = [(checklist, text) for checklist in lists for text in checklist.steps]
    with working(desk, Act.EDIT) as work:
        ticket = work.ticket(number)
        if values.whole(ticket["steps"]) + len(steps) > STEPS_LIMIT:
            raise UsageError(f"A ticket may have {STEPS_LIMIT} steps.", "Make another ticket for the rest.")
        made = None
        for checklist, text in steps:
            made = applying.add_step(work, number, text, checklist.name)
        what = f"step “{steps[0][1]}”" if len(steps) == 1 else f"{len(steps)} steps"
        return work.commit(f"#{number}: {what} added", made=made)


def tick(desk: Desk, step_id: int, done: bool) -> Outcome:
    """Tick or untick a step; who and when is kept with it."""
    with working(desk, Act.EDIT) as work:
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


def rewrite(desk: Desk, step_id: int, text: str, *, base: str | None = None) -> Outcome:
    """Say a step differently. With `base`, what it said when one began: Conflict if it says something else by now."""
    text = entry.step(text)
    with working(desk, Act.EDIT) as work:
        step = _step(work, step_id)
        if base is not None and step["text"] not in (base, text):
            raise Conflict(f"The step says “{step['text']}” by now.", "Somebody rewrote it; nothing was overwritten.")
        if not work.alter("step", step, {"text": text}, "step", step["ticket_id"], text=text):
            return Outcome((), "nothing to change")
        return work.commit(f"#{step['ticket_id']}: step rewritten")


def reorder(desk: Desk, step_id: int, by: int) -> Outcome:
    """Move a step up (-1) or down (1) by one place in its checklist."""
    with working(desk, Act.EDIT) as work:
        step = _step(work, step_id)
        ranks = details.step_ranks(work.unit, step["ticket_id"], step["checklist"])
        others = [rank for other, rank in ranks if other != step_id]
        before = sum(1 for rank in others if rank < step["rank"])
        place = before + by
        if not 0 <= place <= len(others):
            return Outcome((), "the step is at the end of the list already")
        rank = between(others[place - 1] if place else None, others[place] if place < len(others) else None)
        work.alter("step", step, {"rank": rank}, "step", step["ticket_id"], text=step["text"])
        return work.commit(f"#{step['ticket_id']}: step moved {'up' if by < 0 else 'down'}")


def remove(desk: Desk, step_id: int) -> Outcome:
    """Take a step off the checklist."""
    with working(desk, Act.EDIT) as work:
        step = _step(work, step_id)
        work.alter("step", step, {"removed": True}, "step", step["ticket_id"], text=step["text"])
        return work.commit(f"#{step['ticket_id']}: step “{step['text']}” removed")


def _step(work: Work, step_id: int) -> Stored:
    step = records.fetch(work.unit, "step", step_id)
    if step is None or step["removed"] or not work.sees(step["ticket_id"]):
        raise NotFound("There is no such step.", "It may have been removed; look at the ticket again.")
    return step
