"""Rules as the desk keeps them: what they are, what they have acted on, and how they went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, delete, exists, false, func, insert, not_, or_, select, true, update

from helpdesk_tui.domain.people import Actor, Role
from helpdesk_tui.domain.rules import RULES_NAME, Rule, When
from helpdesk_tui.domain.words import fold
from helpdesk_tui.store import tables, tables_service, values
from helpdesk_tui.store.among import one_of
from helpdesk_tui.store.by_itself import rules_actor
from helpdesk_tui.store.plain import Plain
from helpdesk_tui.store.tables import from_stored, to_stored
from helpdesk_tui.store.unit_of_work import Unit

ONCE, FAILED = 0, -1
"""Slots: that a rule of passing time acted on a ticket, and that it could not."""

NOT_AGAIN_FOR = timedelta(hours=1)
"""How long what could not be done is left alone."""

_rule = tables.core(tables_service.Rule)
_policy = tables.core(tables_service.Policy)
_calendar = tables.core(tables_service.Calendar)
_person = tables.core(tables.Person)
_ticket = tables.core(tables.Ticket)
_states = tables_service.automation
_runs = tables_service.rule_run

_MOMENTS = {moment.value: moment for moment in When}
_BY_EVENT = {moment.value: moment for moment in When if moment.by_event}


def rules(unit: Unit) -> tuple[Rule, ...]:
    """Every rule, in the order in which they are tried; without those of a moment that this program does not know."""
    rows = unit.rows(select(_rule).where(_rule.c.removed == false()).order_by(_rule.c.position, _rule.c.id))
    states = {row.name: row for row in unit.rows(select(_states).where(_states.c.name.startswith("rule:")))}
    return tuple(
        Rule(
            row.id,
            values.text(row.name),
            _MOMENTS[row.moment],
            values.text(row.schedule, ""),
            values.text(row.query, ""),
            values.text(row.change, ""),
            values.text(row.every, ""),
            bool(row.active),
            row.since,
            None if state is None or state.upto is None else from_stored(state.upto),
            "" if state is None else values.text(state.holder, ""),
        )
        for row in rows
        if row.moment in _MOMENTS
        for state in [states.get(f"rule:{row.id}")]
    )


def last_position(unit: Unit) -> int:
    """The position of the last rule, -1 where there is none."""
    found: int | None = unit.scalar(select(func.max(_rule.c.position)).where(_rule.c.removed == false()))
    return -1 if found is None else found


def waited_for(unit: Unit) -> frozenset[When]:
    """What may happen to a ticket that sets a rule off."""
    return frozenset(_BY_EVENT[moment] for (moment,) in unit.ask(_WAITING) if moment in _BY_EVENT)


_WAITING = Plain("SELECT DISTINCT moment FROM rule WHERE removed = FALSE AND active = TRUE")


def zone(unit: Unit) -> tzinfo | None:
    """The zone by whose clock rules go: that of the calendar of the first policy, None where there is none."""
    names = unit.scalars(
        select(_calendar.c.zone)
        .join(_policy, _policy.c.calendar_id == _calendar.c.id)
        .where(_policy.c.removed == false(), _calendar.c.removed == false())
        .order_by(_policy.c.position, _policy.c.id)
    )
    for name in names:
        try:
            return ZoneInfo(values.text(name))
        except (ValueError, OSError):
            continue
    return None


# Who acts


def actor(unit: Unit) -> Actor:
    """Whoever acts when a rule does: somebody on no list, made when a rule first acts."""
    found = unit.scalar(rules_actor())
    if found is None:
        who = {"name": RULES_NAME, "folded": fold(RULES_NAME), "role": Role.VIEWER.value, "removed": True}
        found = unit.run(insert(_person).values(**_nothing_said(), **who)).inserted_primary_key[0]
        keep(unit, RULES_NAME, {"upto": found})
    return acting_as(int(found))


def acting_as(person_id: int) -> Actor:
    """Somebody who may do everything and is nobody in particular."""
    return Actor(person_id, "", RULES_NAME, Role.ADMIN, by_itself=True)


def _nothing_said() -> dict[str, Any]:
    from helpdesk_tui.store.records import defaults

    return {name: value for name, value in defaults("person").items() if name != "removed"}


def admins(unit: Unit) -> list[int]:
    """Who is told what goes wrong with the rules: those who can change them and come to the desk."""
    comes = or_(_person.c.uid.is_not(None), _person.c.login.is_not(None))
    there = and_(_person.c.role == Role.ADMIN.value, _person.c.active == true(), _person.c.removed == false(), comes)
    return list(unit.scalars(select(_person.c.id).where(there).order_by(_person.c.id)))


def leads(unit: Unit, board_id: int) -> list[int]:
    """Who leads a board: its members that are admins there; without any, the admins of the desk."""
    member = tables.board_member
    raised = (
        select(_person.c.id)
        .join(member, member.c.person_id == _person.c.id)
        .where(member.c.board_id == board_id, member.c.role == Role.ADMIN.value)
        .where(_person.c.active == true(), _person.c.removed == false())
        .order_by(_person.c.id)
    )
    return list(unit.scalars(raised)) or admins(unit)


def watchers(unit: Unit, number: int) -> list[int]:
    """Who watches a ticket and may still come."""
    pair = tables.watcher
    there = (pair.c.ticket_id == number, _person.c.active == true(), _person.c.removed == false())
    return list(unit.scalars(select(_person.c.id).join(pair, pair.c.person_id == _person.c.id).where(*there)))


# How rules went


def note_acted(unit: Unit, rule_id: int, at: datetime) -> None:
    """The rule did something now; what kept it from that longer ago than a while does so no more."""
    state = unit.first(select(_states.c.until).where(_states.c.name == f"rule:{rule_id}"))
    healed = state is None or state.until is None or abs(at - state.until) > NOT_AGAIN_FOR
    keep(unit, f"rule:{rule_id}", {"upto": to_stored(at), **({"holder": "", "until": None} if healed else {})})


def note_problem(unit: Unit, rule_id: int, problem: str, at: datetime) -> bool:
    """What keeps a rule from doing what it is to; whether that is news."""
    name, problem = f"rule:{rule_id}", problem[:500]
    known = unit.scalar(select(_states.c.holder).where(_states.c.name == name)) == problem
    keep(unit, name, {"holder": problem, "until": at})
    return not known


def forget(unit: Unit, rule_id: int) -> None:
    """Nothing is known any more of how a rule went: it was written differently."""
    unit.run(delete(_states).where(_states.c.name == f"rule:{rule_id}"))


def given_at(unit: Unit, people: Iterable[int]) -> dict[int, int]:
    """When each of these people was last picked for a ticket, in milliseconds; those never picked are left out."""
    names = {f"given:{person}": person for person in people}
    rows = unit.rows(select(_states.c.name, _states.c.upto).where(_states.c.name.in_(list(names))))
    return {names[row.name]: values.whole(row.upto) for row in rows}


def note_given(unit: Unit, person_id: int, at: datetime) -> None:
    """Somebody was picked for a ticket now."""
    keep(unit, f"given:{person_id}", {"upto": to_stored(at)})


def keep(unit: Unit, name: str, state: Mapping[str, Any]) -> None:
    """Set what is given of a state, made if it is not there."""
    if unit.first(select(_states.c.name).where(_states.c.name == name)) is None:
        unit.run(insert(_states), [{"name": name, "upto": None, "holder": "", "until": None, **state}])
    else:
        unit.run(update(_states).where(_states.c.name == name).values(**state))


# What they have acted on


def not_done(rule_id: int, slot: int, every: timedelta | None, now: datetime) -> ColumnElement[bool]:
    """Whether a rule is still to act on a ticket: not done before (with `every`, so long ago), nor tried in vain.

    What was noted at a moment far ahead was so by a clock that went wrong, and does not count.
    """
    mine = and_(_runs.c.rule_id == rule_id, _runs.c.ticket_id == _ticket.c.id)
    done = and_(mine, _runs.c.slot == slot)
    if every is not None:
        done = and_(done, _runs.c.at > now - every, _runs.c.at <= now + timedelta(days=1))
    failed = and_(mine, _runs.c.slot == FAILED, _runs.c.at > now - NOT_AGAIN_FOR, _runs.c.at <= now + NOT_AGAIN_FOR)
    return not_(or_(exists().where(done), exists().where(failed)))


def has_run(unit: Unit, rule_id: int, slot: int, ticket_id: int = 0) -> bool:
    """Whether a rule acted in that slot."""
    this = and_(_runs.c.rule_id == rule_id, _runs.c.ticket_id == ticket_id, _runs.c.slot == slot)
    return unit.first(select(_runs.c.at).where(this)) is not None


def note_runs(unit: Unit, rule_id: int, numbers: Sequence[int], slot: int, at: datetime) -> None:
    """A rule has acted on these tickets (0: on none) in that slot; what was tried in vain is over."""
    over = and_(_runs.c.rule_id == rule_id, one_of(_runs.c.ticket_id, numbers), _runs.c.slot.in_([slot, FAILED]))
    unit.run(delete(_runs).where(over))
    unit.run(insert(_runs), [{"rule_id": rule_id, "ticket_id": each, "slot": slot, "at": at} for each in numbers])


def among(numbers: Sequence[int]) -> ColumnElement[bool]:
    """Whether a ticket is one of these."""
    return one_of(_ticket.c.id, numbers)


# Who lets time pass


def may_be_elected(unit: Unit, session: str, now: datetime, good_for: timedelta) -> bool:
    """Whether no other session lets time pass for the desk.

    What somebody held beyond twice that time was held by a clock that went wrong.
    """
    held = unit.first(select(_states.c.holder, _states.c.until).where(_states.c.name == _TICK))
    others = held is not None and held.holder != session and held.until is not None
    return not (others and now < held.until <= now + 2 * good_for)


def elect(unit: Unit, session: str, now: datetime, good_for: timedelta) -> None:
    """This session lets time pass for the desk, for so long or until it says so again."""
    keep(unit, _TICK, {"holder": session, "until": now + good_for})


_TICK = "tick"
