"""Rules at work: on what happens, right after it happened, and as time passes, once a minute.

Whoever's program looks first does it; what was done is noted in the same transaction, so that nothing is done twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from functools import partial
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from helpdesk_tui.desk import archiving, service_levels
from helpdesk_tui.desk.acting import Acting, acts_again_after, asking_of, bound, bound_query
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.rules import CHAIN_LIMIT, Rule, When
from helpdesk_tui.errors import DeskUnusable, HelpdeskError, LanguageError
from helpdesk_tui.language.asking import Asking
from helpdesk_tui.language.schedules import parse_schedule
from helpdesk_tui.language.shifting import Span, shifted
from helpdesk_tui.store import cards, happened, rules
from helpdesk_tui.store import looked as looks
from helpdesk_tui.store.cards import Condition
from helpdesk_tui.store.happened import Step, apart
from helpdesk_tui.store.looked import Looked
from helpdesk_tui.store.unit_of_work import Unit

AT_ONCE, FOUND_AT_ONCE = 50, 1_000
"""Tickets that one step of a rule of passing time changes, other people's changes coming in between; and those that are
looked up for many such steps."""

EACH = timedelta(seconds=60)
"""How often time passes."""


class _Due(Struct, frozen=True):
    """A rule of time that has something to do: as once for ever, or for this time of its schedule."""

    rule: Rule
    slot: int = rules.ONCE
    every: timedelta | None = None
    problem: str = ""
    """Why it makes no sense any more: that is all there is to do then."""


class Ticked(Struct, frozen=True):
    """What a tick did: the steps of rules, and the tickets that were put away with their boards' old cards."""

    steps: int = 0
    archived: int = 0


# On what happens


def follow(desk: Desk) -> int:
    """Let rules act on everything that happened since they last looked, and on what they do themselves; their steps."""
    with desk.store.reading() as unit:
        upto = happened.upto(unit)
        if upto is None or happened.next_step(unit, upto) is None:
            return 0
    with desk.store.writing() as unit:
        steps = _follow(desk, unit)
        unit.commit()
    return steps


def _follow(desk: Desk, unit: Unit) -> int:
    """Within a transaction: a chain of rules ends by itself, or at its limit."""
    upto, steps = happened.upto(unit), 0
    waiting = [rule for rule in rules.rules(unit) if rule.active and rule.moment.by_event]
    if upto is None or not waiting:
        return 0
    acting = Acting(desk, unit)
    acted: dict[tuple[int, int], int] = {}
    while (step := happened.next_step(unit, upto)) is not None:
        upto = step.last_event
        for rule in waiting:
            numbers = _set_off(rule, step, acted)
            if numbers and (done := _on_step(acting, rule, step, numbers)):
                steps += done
                acted |= dict.fromkeys(((rule.id, number) for number in numbers), happened.last_event(unit))
    happened.note_upto(unit, upto)
    return steps


def _set_off(rule: Rule, step: Step, acted: Mapping[tuple[int, int], int]) -> list[int]:
    """On which tickets a step sets a rule off: not its own, nor what it has seen when it acted there since."""
    if rule.id == step.rule_id:
        return []
    here = (number for number, moments in step.happened.items() if rule.moment in moments)
    return [number for number in here if acted.get((rule.id, number), 0) < step.last_event]


def _on_step(acting: Acting, rule: Rule, step: Step, numbers: list[int]) -> int:
    try:
        numbers = acting.found(rule, rules.among(numbers))
    except LanguageError as error:
        acting.failed(rule, None, str(error))
        return 0
    if not numbers:
        return 0
    if step.depth >= CHAIN_LIMIT:
        acting.stopped(rule, numbers, step.depth)
        return 0
    return len(_act(acting, rule, numbers, step.depth + 1, step.root)[0])


def _act(
    acting: Acting, rule: Rule, numbers: Sequence[int], depth: int = 1, root: int = 0
) -> tuple[list[int], list[int]]:
    """Let a rule act on all of these tickets in one step; where that cannot be, on each of them that it can.

    Returns the steps, and the tickets on which it could not.
    """
    try:
        with apart(acting.unit):
            step = acting.act(rule, numbers, depth, root)
        return ([] if step is None else [step]), []
    except DeskUnusable:
        raise
    except HelpdeskError as error:
        if len(numbers) <= 1:
            acting.failed(rule, next(iter(numbers), None), str(error))
            return [], list(numbers)
    steps, failed = [], []
    for number in numbers:
        done, could_not = _act(acting, rule, [number], depth, root)
        steps += done
        failed += could_not
    return steps, failed


# As time passes


def tick(desk: Desk, go_on: Callable[[], object] = lambda: None) -> Ticked:
    """Do what is due: clocks, what happened and was not looked at, rules of time, old cards. Says what was done.

    `go_on` is called in between and may raise.
    """
    service_levels.catch_up(desk, go_on)
    steps = follow(desk)
    looked, candidates, found = _look(desk)
    acted = 0
    for due in found:
        acted += _work_off(desk, due, candidates, go_on)
    if looked is not None:
        with desk.store.writing() as unit:
            looks.note(unit, looked)
            unit.commit()
    if acted:
        steps += acted + follow(desk)
    return Ticked(steps, _archive(desk))


def tick_if_elected(desk: Desk, session: str, go_on: Callable[[], object] = lambda: None) -> Ticked | None:
    """A tick, if this session is the one of all open ones that does them; else None."""
    if desk.read_only:
        return None
    now, good_for = desk.clock.now(), EACH * 1.5
    with desk.store.reading() as unit:  # many boards may be open: the others hold nobody up
        if not rules.may_be_elected(unit, session, now, good_for):
            return None
    with desk.store.writing() as unit:
        if not rules.may_be_elected(unit, session, now, good_for):
            return None
        rules.elect(unit, session, now, good_for)
        unit.commit()
    return tick(desk, go_on)


def due_slot(rule: Rule, now: datetime, zone: tzinfo) -> int | None:
    """The time of its schedule for which a rule is to act at `now`, by the wall clock; None while none has come.

    Only the latest counts: what was missed while nobody looked is done once.
    """
    latest = parse_schedule(rule.schedule).latest(now, zone)
    if rule.since is not None and latest < rule.since:
        return None
    return int(f"{latest.astimezone(zone):%Y%m%d%H%M}")


def _look(desk: Desk) -> tuple[Looked | None, frozenset[int] | None, list[_Due]]:
    """The rules of time that have something to do, told without holding anybody up.

    With it how far was looked, None where no rule waits for time to pass, and among which tickets, None for all.
    """
    found = []
    with desk.store.reading() as unit:
        asking = asking_of(desk, unit, 0)
        of_time = [rule for rule in rules.rules(unit) if rule.active and not rule.moment.by_event]
        ticking = [rule for rule in of_time if rule.moment is When.TICK]
        looked = Looked(asking.now, happened.last_event(unit), _which(ticking, asking)) if ticking else None
        candidates = None if looked is None else _candidates(unit, ticking, looked, asking)
        for rule in of_time:
            if rule.moment is When.TICK and candidates is not None and not candidates:
                continue
            try:
                due = _of_time(unit, rule, asking)
                if due is not None and _has_work(unit, due, candidates, asking):
                    bound(asking, rule)  # what it changes must make sense, too
                    found.append(due)
            except LanguageError as error:
                if rule.problem != str(error)[:500]:  # else it is known
                    found.append(_Due(rule, problem=str(error)))
    return looked, candidates, found


def _which(ticking: Sequence[Rule], asking: Asking) -> str:
    """Which rules they are, by which hours and on which day, in a few letters: once a day all tickets are asked."""
    hours = asking.lookup.hours()
    said = [(rule.id, rule.query, rule.change, rule.every, rule.since) for rule in ticking]
    days = () if hours is None else (hours.zone, hours.week, sorted(hours.holidays))
    return sha256(repr((said, days, asking.now.date())).encode()).hexdigest()[:32]


def _candidates(unit: Unit, ticking: Sequence[Rule], looked: Looked, asking: Asking) -> frozenset[int] | None:
    """The tickets that may have come to a rule since all were last asked about; None if any may have."""
    before = looks.last(unit)
    if before is None or before.which != looked.which or not before.at <= looked.at:
        return None
    touched = looks.touched(unit, before.event)
    spans: set[Span] = set()
    then = replace(asking, now=before.at)
    for rule in ticking:
        try:
            moved = shifted(bound_query(then, rule).test, bound_query(asking, rule).test)
        except LanguageError:
            continue  # nothing comes to it
        if moved is None:
            return None
        spans |= moved
    passed = looks.passed(unit, spans)
    if touched is None or passed is None:
        return None
    every = {rule.id: acts_again_after(rule) for rule in ticking}
    found = touched | passed | looks.come_round(unit, every, before.at, looked.at)
    return None if len(found) >= looks.MOST else frozenset(found)


def _of_time(unit: Unit, rule: Rule, asking: Asking) -> _Due | None:
    if rule.moment is When.TICK:
        return _Due(rule, rules.ONCE, acts_again_after(rule))
    slot = due_slot(rule, asking.now, asking.zone)
    return None if slot is None or rules.has_run(unit, rule.id, slot) else _Due(rule, slot, None)


def _has_work(unit: Unit, due: _Due, candidates: frozenset[int] | None, asking: Asking) -> bool:
    if due.rule.moment is When.SCHEDULE:
        return True
    wanted = cards.selected(bound_query(asking, due.rule), asking, asking.me)
    return bool(cards.numbers(unit, wanted & _left(due, candidates, asking.now), (), 1))


def _left(due: _Due, candidates: frozenset[int] | None, now: datetime) -> Condition:
    """Whether a rule is still to act on a ticket."""
    left = rules.not_done(due.rule.id, due.slot, due.every, now)
    if candidates is None or due.rule.moment is When.SCHEDULE:
        return left
    return left & rules.among(sorted(candidates))


def _work_off(desk: Desk, due: _Due, candidates: frozenset[int] | None, go_on: Callable[[], object]) -> int:
    """Let a rule act on all that it has to, so many tickets at a time; its steps."""
    steps = 0
    while numbers := _next(desk, due, candidates):
        for start in range(0, len(numbers), AT_ONCE):
            go_on()
            some = numbers[start : start + AT_ONCE]
            done = _turn(desk, due, partial(_act_on, due=due, some=some))
            if done is None:
                return steps
            steps += done
    if due.problem or due.rule.moment is When.SCHEDULE:
        steps += _turn(desk, due, partial(_end, due=due)) or 0
    return steps


def _next(desk: Desk, due: _Due, candidates: frozenset[int] | None) -> list[int]:
    """The next tickets that a rule is to act on, looked up without holding anybody up."""
    if due.problem or (due.rule.moment is When.SCHEDULE and not due.rule.query):
        return []
    with desk.store.reading() as unit:
        asking = asking_of(desk, unit, 0)
        query = bound_query(asking, due.rule)
        wanted = cards.selected(query, asking, asking.me) & _left(due, candidates, asking.now)
        return cards.numbers(unit, wanted, cards.list_order(query, asking.me), FOUND_AT_ONCE)


def _turn(desk: Desk, due: _Due, work: Callable[[Acting], int]) -> int | None:
    """Do something by a rule in a transaction of its own; None if somebody wrote it differently meanwhile."""
    with desk.store.writing() as unit:
        if not any(_same(rule, due.rule) for rule in rules.rules(unit)):
            return None
        done = work(Acting(desk, unit))
        unit.commit()
    return done


def _same(now: Rule, before: Rule) -> bool:
    return now.id == before.id and now.active and now.wording == before.wording


def _act_on(acting: Acting, due: _Due, some: Sequence[int]) -> int:
    """Act on those of the tickets that are still to be acted on; how many steps that were."""
    rule, now = due.rule, acting.now
    try:
        numbers = acting.found(rule, _left(due, None, now) & rules.among(some))
    except LanguageError as error:  # what it names was there when it was looked at
        acting.failed(rule, None, str(error))
        rules.note_runs(acting.unit, rule.id, some, rules.FAILED, now)
        return 0
    if not numbers:
        return 0
    steps, failed = _act(acting, rule, numbers)
    rules.note_runs(acting.unit, rule.id, failed, rules.FAILED, now)
    rules.note_runs(acting.unit, rule.id, [each for each in numbers if each not in failed], due.slot, now)
    return len(steps)


def _end(acting: Acting, due: _Due) -> int:
    """Tell what keeps a rule from acting; else do what it does on no ticket, and be done with this time of it."""
    rule = due.rule
    if due.problem:
        acting.failed(rule, None, due.problem)
        return 0
    if rules.has_run(acting.unit, rule.id, due.slot):
        return 0
    steps = [] if rule.query else _act(acting, rule, [])[0]
    rules.note_runs(acting.unit, rule.id, [0], due.slot, acting.now)
    return len(steps)


def _archive(desk: Desk) -> int:
    """Put away the cards that have been done for longer than their board has them stay."""
    if not archiving.is_due(Desk(desk.store, rules.acting_as(0), desk.clock, desk.zone)):
        return 0
    with desk.store.writing() as unit:
        actor = rules.actor(unit)
        unit.commit()
    return len(archiving.archive_old(Desk(desk.store, actor, desk.clock, desk.zone)).numbers)
