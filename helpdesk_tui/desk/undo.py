"""Taking back one's own steps, for an admin those of others too, and doing them again: many, also after a restart."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk_tui.desk.calendars import refuse_loose
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.undoing import refuse_on_merged, refuse_without_admin, require_rights
from helpdesk_tui.desk.work import Work, working
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.rank import between
from helpdesk_tui.domain.ticket_detail import PastStep
from helpdesk_tui.errors import Conflict, NotFound
from helpdesk_tui.store import directory, history, records
from helpdesk_tui.store.history import Fact, WrittenChangeSet

SHOWN = 50
"""Steps of a ticket that are offered to be taken back."""

_ORDER_ONLY = {"rank"}
"""Fields that follow from others' moves: put back as near as possible, never a reason to refuse."""


def undo(desk: Desk) -> Outcome:
    """Take back the actor's latest step. NotFound if there is none, Conflict if somebody changed the same since."""
    with working(desk) as work:
        step = history.latest_to_undo(work.unit, desk.actor.id)
        if step is None:
            raise NotFound("There is nothing to undo.", "Everything you did is already taken back.")
        return _take_back(work, step)


def undo_step(desk: Desk, step_id: int) -> Outcome:
    """Take back a step that anybody did, one's own too; it is recorded as undone by who does so, who can redo it.

    For admins. NotFound if there is no such step, Conflict if it does not stand any more, is itself an undoing, or
    if somebody changed the same since.
    """
    with working(desk, Act.UNDO_OTHERS) as work:
        step = history.step(work.unit, step_id)
        if step is None:
            raise NotFound(f"There is no step {step_id}.", "`helpdesk undo --list NUMBER` shows those of a ticket.")
        if step.undone_by_id is not None:
            raise Conflict(f"“{step.summary}” is taken back already.", "`helpdesk redo` does it again.")
        if step.kind != "do":
            raise Conflict(f"“{step.summary}” is no step that can be taken back.", "Change it by hand.")
        return _take_back(work, step)


def steps(desk: Desk, number: int) -> list[PastStep]:
    """The latest steps that changed a ticket and still stand, newest first; for those who may undo what others did."""
    desk.require(Act.UNDO_OTHERS)
    with desk.store.reading() as unit:
        Work(desk, unit).ticket(number)
        return history.steps_on(unit, number, SHOWN)


def _take_back(work: Work, step: WrittenChangeSet) -> Outcome:
    """Take a step back, and before it what rules did because of it: who undoes it wants none of that."""
    facts = history.facts_of(work.unit, step.id)
    require_rights(work, facts)
    followed = history.followed(work.unit, step.id)
    for each in (*followed, step):
        _refuse_if_built_upon(work, each, [one.id for one in (*followed, step)])
        for fact in reversed(facts if each is step else history.facts_of(work.unit, each.id)):
            _apply(work, fact, each, forward=False)
    refuse_without_admin(work)
    refuse_loose(work)
    refuse_on_merged(work)
    if not work.facts:
        raise Conflict(f"“{step.summary}” cannot be taken back: it changed nothing that could be.", "It stays.")
    return work.commit(f"undone: {step.summary}", kind="undo", of=step.id, along=[each.id for each in followed])


def redo(desk: Desk) -> Outcome:
    """Do again what was taken back last. NotFound if there is nothing, Conflict if somebody changed the same since."""
    with working(desk) as work:
        step = history.latest_to_redo(work.unit, desk.actor.id)
        if step is None or step.undone_by_id is None:
            raise NotFound("There is nothing to redo.", "Redo follows an undo, until you do something else.")
        facts = history.facts_of(work.unit, step.id)
        require_rights(work, facts)
        for fact in facts:
            _apply(work, fact, step, forward=True)
        refuse_without_admin(work)
        refuse_loose(work)
        refuse_on_merged(work)
        return work.commit(f"done again: {step.summary}", kind="redo", of=step.id)


def _apply(work: Work, fact: Fact, step: WrittenChangeSet, *, forward: bool) -> None:
    """Write one side of a fact's delta, after making sure that the other side still stands."""
    word = "again" if forward else "undo"
    if fact.entity == "ticket" and not fact.delta:
        work.tell(fact.entity_id, fact.kind, **fact.detail | {"undo": word})
        return
    current = records.fetch(work.unit, fact.entity, fact.entity_id)
    if current is None:
        raise Conflict(f"“{step.summary}” cannot be undone: part of it is gone for good.", "Change it by hand.")
    wanted: dict[str, object] = {}
    for field, (before, after) in fact.delta.items():
        expected, target = (before, after) if forward else (after, before)
        if field not in _ORDER_ONLY and _value(work, fact, current, field) != expected:
            raise _changed_since(work, fact, step)
        wanted[field] = target
    if fact.entity == "ticket" and "rank" in wanted:
        wanted["rank"] = _free_rank(work, current | wanted)
    work.alter(fact.entity, current, wanted, fact.kind, _about(fact, current), **fact.detail | {"undo": word})


def _about(fact: Fact, current: records.Stored) -> int | None:
    """The ticket a fact is about now: what hangs on a ticket may have gone to another since."""
    if fact.entity == "ticket" or "ticket_id" in fact.delta:
        return fact.ticket_id
    about: int | None = current.get("ticket_id", fact.ticket_id)
    return about


def _value(work: Work, fact: Fact, current: records.Stored, field: str) -> object:
    if ":" in field:
        return records.of_pair(work.unit, fact.entity, fact.entity_id, field)
    return current[field]


def _free_rank(work: Work, ticket: records.Stored) -> str:
    """The rank wanted, or one just behind it if another card has taken it meanwhile."""
    column, priority, rank = ticket["column_id"], ticket["priority"], ticket["rank"]
    if not directory.rank_taken(work.unit, column, priority, rank, but_by=ticket["id"]):
        return str(rank)
    return between(rank, directory.next_rank(work.unit, column, priority, rank))


def _refuse_if_built_upon(work: Work, step: WrittenChangeSet, along: Sequence[int]) -> None:
    """A ticket somebody else has worked on since it was made is not taken away from under them.

    What goes `along` with it is none of that.
    """
    for fact in history.facts_of(work.unit, step.id):
        if fact.entity == "ticket" and fact.kind == "created":
            who = history.others_worked_on(work.unit, fact.entity_id, step.id, step.actor_id, along)
            if who is not None:
                raise Conflict(
                    f"#{fact.entity_id} stays: {who} has worked on it since.", "Archive it instead, or ask them."
                )


def _changed_since(work: Work, fact: Fact, step: WrittenChangeSet) -> Conflict:
    who = history.who_touched(work.unit, fact, step.undone_by_id or step.id) or "somebody"
    about = f"#{fact.ticket_id}" if fact.ticket_id else f"the {fact.entity}"
    return Conflict(
        f"“{step.summary}” cannot be taken back or done again: {who} has changed {about} since.",
        "Nothing was changed; look at the ticket's history and change it by hand.",
    )
