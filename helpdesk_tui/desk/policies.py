"""Policies: what is promised for which tickets, by which calendar, in which order they are tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.structure import reorder
from helpdesk_tui.desk.work import Work, working
from helpdesk_tui.domain import entry
from helpdesk_tui.domain.calendar import Calendar
from helpdesk_tui.domain.people import Actor, Role
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.service_level import Policy, Targets
from helpdesk_tui.domain.targets import too_long
from helpdesk_tui.domain.ticket import Priority
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import Conflict, HelpdeskError, LanguageError, NotFound, UsageError
from helpdesk_tui.language.asking import Asking
from helpdesk_tui.language.bind import bind
from helpdesk_tui.language.depends import depends_on_clocks, depends_on_reader
from helpdesk_tui.language.query import parse
from helpdesk_tui.store import calendars as kept
from helpdesk_tui.store import service_terms
from helpdesk_tui.store.cards import visible
from helpdesk_tui.store.lookup import StoreLookup
from helpdesk_tui.store.records import Stored
from helpdesk_tui.store.where import where

QUERY_LIMIT = 1_000
"""Characters of a policy's query."""

_SOMEBODY = (Actor(0, "", "", Role.ADMIN, by_itself=True), Actor(-1, "", "", Role.ADMIN, by_itself=True))
_SOMETIME = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2031, 6, 18, 13, 37, 11, tzinfo=UTC))
_SOMEWHERE = ZoneInfo("Pacific/Auckland")


class Terms(Struct, frozen=True):
    """What of a policy is to be set; None for what stays. Of the targets, only those of the priorities named."""

    name: str | None = None
    query: str | None = None
    calendar: int | None = None
    targets: Mapping[Priority, Targets] | None = None


class PolicyUse(Struct, frozen=True):
    """A policy, its calendar, how many open tickets that may be seen it serves, and what is wrong with it, "" for
    nothing."""

    policy: Policy
    calendar: Calendar | None
    open: int
    problem: str


class Trial(Struct, frozen=True):
    """How many open tickets a query would serve, and by which policy they are served now: "" for none."""

    open: int
    now: Mapping[str, int]

    @property
    def said(self) -> str:
        """In a line."""
        now = ", ".join(f"{count:,} by {name or 'none'}" for name, count in self.now.items())
        plural = "ticket" if self.open == 1 else "tickets"
        return f"{self.open:,} open {plural}" + (f", served now: {now}" if now else "")


def uses(desk: Desk) -> tuple[PolicyUse, ...]:
    """All policies in the order in which they are tried; for those who do not manage them, but for those that ask for
    something which is not there for them, as a board of which they are no members."""
    desk.require(Act.SEE_ALL_TICKETS)
    with desk.store.reading() as unit:
        known = {one.id: one for one in service_terms.calendars(unit)}
        served = service_terms.open_by_policy(unit, visible(desk.actor))
        found = kept.policies(unit)
    manages = desk.may(Act.SETTINGS)
    return tuple(
        PolicyUse(one, known.get(one.calendar_id), served.get(one.id, 0), _problem(desk, one, found[:at], known))
        for at, one in enumerate(found)
        if manages or _can_be_asked(desk, one.query)
    )


def _can_be_asked(desk: Desk, query: str) -> bool:
    """Whether everything that a query names is there for the acting person."""
    try:
        desk.ask(query)
    except LanguageError:
        return False
    return True


def find(desk: Desk, name: str) -> PolicyUse:
    """The policy of that name. NotFound if there is none."""
    found = next((one for one in uses(desk) if fold(one.policy.name) == fold(name)), None)
    if found is None:
        raise NotFound(f"There is no policy {name[:100]!r}.", "`helpdesk policy list` shows them.")
    return found


def add(desk: Desk, terms: Terms) -> Outcome:
    """Make a policy, before the first one without a query: that takes every ticket. `made` is its id.

    UsageError without a name, a calendar or any target; LanguageError for a query that is none.
    """
    if terms.name is None or terms.calendar is None:
        raise UsageError("A policy needs a name and a calendar.", "`helpdesk calendar list` shows the calendars.")
    warnings = check_query(desk, terms.query or "")
    with working(desk, Act.SETTINGS) as work:
        name = entry.name(terms.name, "policy")
        values = {"query": "", **_values(work, terms, None)}
        _refuse_empty(values["targets"])
        known = kept.policies(work.unit)
        made = work.make("policy", values | {"position": len(known)}, "policy", text=name)
        if values["query"]:
            ids = [one.id for one in known]
            place = next((at for at, one in enumerate(known) if not one.query.strip()), len(known))
            reorder(work, "policy", [*ids, made], made, place - len(known))
        return work.commit(f"policy {name} added", warnings, made=made)


def change(desk: Desk, policy_id: int, terms: Terms) -> Outcome:
    """Change what is given; the clocks of all tickets follow, see `service_levels.catch_up`."""
    warnings = [] if terms.query is None else check_query(desk, terms.query)
    with working(desk, Act.SETTINGS) as work:
        row = work.row("policy", policy_id)
        values = _values(work, terms, row)
        _refuse_empty(values.get("targets") or row["targets"])
        work.alter("policy", row, values, "policy", text=row["name"])
        return work.commit(f"policy {row['name']} changed" if work.facts else "", warnings)


def move(desk: Desk, policy_id: int, by: int) -> Outcome:
    """Have a policy tried so many places later, earlier if negative."""
    with working(desk, Act.SETTINGS) as work:
        row = work.row("policy", policy_id)
        reorder(work, "policy", [one.id for one in kept.policies(work.unit)], policy_id, by)
        return work.commit(f"policy {row['name']} {'moved' if work.facts else 'stays where it is'}")


def remove(desk: Desk, policy_id: int) -> Outcome:
    """Remove a policy: what it served is served by the next one that matches, or by none."""
    with working(desk, Act.SETTINGS) as work:
        row = work.row("policy", policy_id)
        work.alter("policy", row, {"removed": True}, "policy", text=row["name"])
        return work.commit(f"policy {row['name']} removed")


def attempt(desk: Desk, query: str) -> Trial:
    """What a policy with that query would serve if it were tried first. Changes nothing."""
    desk.require(Act.SETTINGS)
    check_query(desk, query)
    asking = _asking(desk)
    condition = where(bind(parse(query), asking), asking, may_read_notes=True)
    with desk.store.reading() as unit:
        names = {one.id: one.name for one in kept.policies(unit)}
        counts = service_terms.served_now(unit, condition)
    now: dict[str, int] = {}
    for policy_id, count in counts.items():
        name = "" if policy_id is None else names.get(policy_id, "")
        now[name] = now.get(name, 0) + count
    return Trial(sum(counts.values()), now)


def check_query(desk: Desk, query: str) -> list[str]:
    """UsageError for a query that means something else for another person or later on; what there is to know of it.

    A policy serves a ticket whoever looks at it and whenever.
    """
    desk.require(Act.SETTINGS)
    return _checked(desk, query)


def _checked(desk: Desk, query: str) -> list[str]:
    if not query.strip():
        return []
    if len(query) > QUERY_LIMIT:
        raise UsageError(f"The query of a policy has at most {QUERY_LIMIT:,} characters.", "Shorten it.")
    parsed = parse(query)
    first = bind(parsed, _asking(desk))
    if first.sort or first.lanes:
        raise UsageError("A policy puts nothing in order.", "Leave `sort:` out.")
    if depends_on_clocks(first.test):
        raise UsageError(
            "A policy cannot ask for service levels: they follow from it.", "Ask for what the ticket itself is."
        )
    if depends_on_reader(first.test) or first != bind(parsed, _asking(desk, me=_SOMEBODY[1])):
        raise UsageError(
            "This query means something else for each person: a policy serves a ticket whoever looks at it.",
            "Name people, as in assignee:bob, in place of `me`.",
        )
    if first != bind(parsed, _asking(desk, now=_SOMETIME[1])):
        raise UsageError(
            "This query means something else as time passes: a policy serves a ticket from beginning to end.",
            "Name days in full, as in created>=2026-12-01, and leave out what is late, due or old.",
        )
    if first != bind(parsed, _asking(desk, zone=_SOMEWHERE)):
        return ["Days in its query begin at midnight UTC."]
    return []


def _asking(desk: Desk, me: Actor = _SOMEBODY[0], now: datetime = _SOMETIME[0], zone: tzinfo = UTC) -> Asking:
    """As the clocks are asked for: by nobody, at no particular time; see `store.serving`."""
    return Asking(me, now, zone, StoreLookup(desk.store, me))


def _values(work: Work, terms: Terms, row: Stored | None) -> dict[str, Any]:
    """What is to be stored. UsageError for what a policy cannot have."""
    values: dict[str, Any] = {}
    if terms.name is not None:
        name = entry.name(terms.name, "policy")
        known = kept.policies(work.unit)
        if any(fold(one.name) == fold(name) and (row is None or one.id != row["id"]) for one in known):
            raise Conflict(f"There is a policy {name!r} already.", "Choose another name.")
        values |= {"name": name, "folded": fold(name)}
    if terms.query is not None:
        values["query"] = terms.query.strip()
    if terms.calendar is not None:
        values["calendar_id"] = work.row("calendar", terms.calendar)["id"]
    if terms.targets is not None or row is None:
        before = kept.targets_of({} if row is None else row["targets"])
        after = {**before, **(terms.targets or {})}
        values["targets"] = {
            str(int(priority)): [after[priority].first_reply, after[priority].resolution]
            for priority in Priority
            if priority in after
        }
    if "calendar_id" in values or "targets" in values:
        now = {**(row or {}), **values}
        _refuse_impossible(work, now["calendar_id"], now["targets"])
    return values


def _refuse_impossible(work: Work, calendar_id: int, targets: Any) -> None:
    calendar = next((one for one in service_terms.calendars(work.unit) if one.id == calendar_id), None)
    amounts = [each for one in kept.targets_of(targets).values() for each in (one.first_reply, one.resolution) if each]
    if calendar is not None and any(too_long(each, calendar.week) for each in amounts):
        raise UsageError(f"A target takes ten years or more on the calendar {calendar.name}.", "Promise it sooner.")


def _refuse_empty(targets: Any) -> None:
    if not any(one != Targets() for one in kept.targets_of(targets).values()):
        raise UsageError("A policy that promises nothing is none.", "Give at least one target, as in 4h/16h.")


def _problem(desk: Desk, policy: Policy, before: Sequence[Policy], known: Mapping[int, Calendar]) -> str:
    """What keeps a policy from doing what it says, for who manages them."""
    calendar = known.get(policy.calendar_id)
    if calendar is None or calendar.removed or not any(calendar.week):
        return "Its calendar cannot be counted by."
    taken = next((one.name for one in before if not one.query.strip()), None)
    if taken is not None:
        return f"It is never tried: {taken}, before it, serves every ticket."
    try:
        _checked(desk, policy.query)
    except LanguageError as error:
        return f"Its query makes no sense any more: {error.message}"
    except HelpdeskError as error:
        return error.message
    return ""
