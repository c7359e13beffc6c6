"""Rules: writing them, putting them in order, switching them on and off. `automation` is where they act."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from helpdesk_tui.desk import acting, applying, templates
from helpdesk_tui.desk.acting import Bounds
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.work import Work, no_such, working
from helpdesk_tui.domain import entry, shipped_rules
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.rules import (
    LONGEST_EVERY,
    SHORTEST_EVERY,
    TEXT_LIMIT,
    Acted,
    Rule,
    Shipped,
    Trial,
    When,
    Wording,
)
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import Conflict, LanguageError, NotFound, UsageError
from helpdesk_tui.language import dates, terms
from helpdesk_tui.language.depends import depends_on_reader
from helpdesk_tui.language.schedules import parse_schedule
from helpdesk_tui.language.suggest import did_you_mean
from helpdesk_tui.language.terms import Term
from helpdesk_tui.store import records, rule_log
from helpdesk_tui.store import rules as stored
from helpdesk_tui.store.records import Stored
from helpdesk_tui.store.rules import acting_as as rules_actor

LOGGED = 200
"""Acts of rules that are listed at most, the newest."""


def rules(desk: Desk) -> tuple[Rule, ...]:
    """Every rule, in the order in which they are tried. For admins, as all that is here."""
    desk.require(Act.SETTINGS)
    with desk.store.reading() as unit:
        return stored.rules(unit)


def find(desk: Desk, name: str) -> Rule:
    """The rule of that name. NotFound if there is none."""
    found = rules(desk)
    named = next((rule for rule in found if fold(rule.name) == fold(name)), None)
    if named is None:
        hint = did_you_mean(name, [rule.name for rule in found])
        raise NotFound(f"There is no rule {name[:60]!r}.", hint or "`helpdesk rule list` shows them.")
    return named


def add(desk: Desk, written: Wording, *, active: bool = True, labels: Sequence[str] = ()) -> Outcome:
    """Write a rule, tried after all others. UsageError or LanguageError for what cannot be, Conflict for a taken name.

    The outcome warns of what it would do at once. The labels it puts on tickets, and `labels` besides, are made.
    """
    desk.require(Act.SETTINGS)
    row = _checked(desk, written, labels)
    with working(desk, Act.SETTINGS) as work:
        _refuse_second(work, row["name"], but=None)
        for name in (*acting.labels_put(row["change"]), *labels):
            applying.label_id(work, name)
        values = {**row, "active": active, "since": work.now, "position": stored.last_position(work.unit) + 1}
        made = work.make("rule", values, "rule", text=row["name"])
        outcome = work.commit(f"rule {row['name']} added{'' if active else ', off'}", made=made)
    return _with_warning(desk, outcome, written) if active else outcome


def add_shipped(desk: Desk, name: str, *, active: bool = True) -> Outcome:
    """Write a rule that comes with the program. NotFound for a name that none of them has."""
    found = next((one for one in shipped_rules.SHIPPED if fold(one.wording.name) == fold(name)), None)
    if found is None:
        names = [one.wording.name for one in shipped_rules.SHIPPED]
        raise NotFound(f"No rule {name[:60]!r} comes with the program.", did_you_mean(name, names))
    made = found.steps != "" and _make_template(desk, templates.Wording(found.wording.name, steps=found.steps))
    outcome = add(desk, found.wording, active=active, labels=found.labels)
    told = (f"The template {found.wording.name} was made with it.",) if made else ()
    return replace(outcome, warnings=(*outcome.warnings, *told))


def _make_template(desk: Desk, written: templates.Wording) -> bool:
    """Write the template that a rule makes tickets from; whether there was none."""
    if any(fold(one.name) == fold(written.name) for one in templates.templates(desk)):
        return False
    templates.add(desk, written)
    return True


def shipped(desk: Desk) -> tuple[Shipped, ...]:
    """The rules that come with the program, and whether the desk has one of that name."""
    there = {fold(rule.name) for rule in rules(desk)}
    return tuple(replace(one, added=fold(one.wording.name) in there) for one in shipped_rules.SHIPPED)


def check(desk: Desk, written: Wording) -> None:
    """The errors of `add`, before anything is written: for a screen, while it is being typed."""
    desk.require(Act.SETTINGS)
    _checked(desk, written)


def check_when(desk: Desk, written: Wording) -> None:
    """What is wrong with what sets a rule off, alone: a LanguageError is about that part of it."""
    desk.require(Act.SETTINGS)
    _when(written.when)


def check_query(desk: Desk, written: Wording) -> None:
    """What is wrong with its query, alone."""
    desk.require(Act.SETTINGS)
    _bounds(desk, replace(written, change=""), _put(written.change))


def check_change(desk: Desk, written: Wording) -> None:
    """What is wrong with its change, alone."""
    desk.require(Act.SETTINGS)
    _bounds(desk, replace(written, query=""), _put(written.change))


def _put(change: str) -> list[str]:
    """The labels that a change puts on tickets; none while it is no change."""
    try:
        return acting.labels_put(change)
    except LanguageError:
        return []


def edit(desk: Desk, rule_id: int, written: Wording) -> Outcome:
    """Write a rule differently. Errors as for `add`."""
    desk.require(Act.SETTINGS)
    row = _checked(desk, written)
    with working(desk, Act.SETTINGS) as work:
        _refuse_second(work, row["name"], but=rule_id)
        for name in acting.labels_put(row["change"]):
            applying.label_id(work, name)
        current = work.row("rule", rule_id)
        if any(current[field] != row[field] for field in ("moment", "schedule")):
            row["since"] = work.now
        work.alter("rule", current, row, "rule", text=row["name"])
        stored.forget(work.unit, rule_id)
        outcome = work.commit(f"rule {row['name']} changed", made=rule_id)
    return _with_warning(desk, outcome, written) if current["active"] else outcome


def remove(desk: Desk, rule_ids: Sequence[int]) -> Outcome:
    """Remove rules; one undo step brings them back."""
    with working(desk, Act.SETTINGS) as work:
        rows = [work.row("rule", rule_id) for rule_id in rule_ids]
        for row in rows:
            work.alter("rule", row, {"removed": True}, "rule", text=row["name"])
        return work.commit(f"rule {', '.join(row['name'] for row in rows)} removed")


def switch(desk: Desk, rule_id: int, *, on: bool) -> Outcome:
    """Let a rule act from now on, or no more."""
    with working(desk, Act.SETTINGS) as work:
        row = work.row("rule", rule_id)
        since = {"since": work.now} if on and not row["active"] else {}
        work.alter("rule", row, {"active": on, **since}, "rule", text=row["name"])
        outcome = work.commit(f"rule {row['name']} {'on' if on else 'off'}")
        rule = next(one for one in stored.rules(work.unit) if one.id == rule_id)
    return _with_warning(desk, outcome, rule.wording) if on else outcome


def move(desk: Desk, rule_id: int, place: int) -> Outcome:
    """Try a rule as the so-manieth of all, from 1."""
    with working(desk, Act.SETTINGS) as work:
        ids = [rule.id for rule in stored.rules(work.unit)]
        name = work.row("rule", rule_id)["name"]
        if not 1 <= place <= len(ids):
            raise UsageError(f"There is no place {place}.", f"There are {len(ids)} rules: say from 1 to {len(ids)}.")
        ids.remove(rule_id)
        ids.insert(place - 1, rule_id)
        rows = records.fetch_many(work.unit, "rule", ids)
        for position, each in enumerate(ids):
            work.alter("rule", rows[each], {"position": position}, "rule", text=rows[each]["name"])
        return work.commit(f"rule {name} is number {place} now")


def trial(desk: Desk, rule_id: int) -> Trial:
    """What a rule would do now, changing nothing: to the first of the tickets that it finds."""
    return acting.trial(desk, _there(desk, rule_id))


def trial_of(desk: Desk, written: Wording) -> Trial:
    """The same for a rule that is still being written. Errors as for `add`."""
    desk.require(Act.SETTINGS)
    row = _checked(desk, written)
    words = {name: row[name] for name in ("name", "schedule", "query", "change", "every")}
    return acting.trial(desk, Rule(0, moment=When(row["moment"]), active=True, since=None, **words))


def log(desk: Desk, rule_id: int | None = None, limit: int = LOGGED) -> list[Acted]:
    """What a rule did, or all of them, and what they could not do; the latest first."""
    desk.require(Act.SETTINGS)
    now = desk.clock.now()
    with desk.store.reading() as unit:
        return rule_log.log(unit, desk.actor, rule_id, limit, now, desk.zone)


def _there(desk: Desk, rule_id: int) -> Rule:
    found = next((rule for rule in rules(desk) if rule.id == rule_id), None)
    if found is None:
        raise no_such("rule")
    return found


def _with_warning(desk: Desk, outcome: Outcome, written: Wording) -> Outcome:
    """Tell how much a rule of passing time has before it."""
    if When.TICK.value != written.when:
        return outcome
    found = acting.found(desk, written)
    if not found:
        return outcome
    told = (
        f"It acts on {found:,} ticket{'s' * (found != 1)} within the next minute: switch it off if that is not meant."
    )
    return replace(outcome, warnings=(*outcome.warnings, told))


def _checked(desk: Desk, written: Wording, labels: Sequence[str] = ()) -> Stored:
    """The record of a rule, everything in it as it may be."""
    name = entry.name(written.name, "rule")
    moment, schedule = _when(written.when)
    query = _short(written.query, "query")
    change = _short(written.change, "change")
    if not change:
        raise UsageError("The rule changes nothing.", "Say what it is to do, as in `+network assignee:auto`.")
    row = {"moment": moment.value, "schedule": schedule, "query": query, "change": change}
    bounds = _bounds(desk, Wording(name, written.when, query, change), (*acting.labels_put(change), *labels))
    _refuse_unfit(moment, query, bounds.wanted)
    return {"name": name, "folded": fold(name), **row, "every": _every(moment, written.every)}


def _bounds(desk: Desk, written: Wording, labels: Sequence[str]) -> Bounds:
    """What a rule says, the same whoever would ask."""
    with desk.store.reading() as unit:
        asking = acting.asking_of(desk, unit, 0, labels)
        one, other = (acting.bound(replace(asking, me=rules_actor(me)), written) for me in (0, -1))
        acting.check_prepared(unit, one)
    if one != other:
        raise UsageError("Nobody is `me` in a rule.", "Name the person.")
    if depends_on_reader(one.query.test):
        raise UsageError("Nothing is `unread` by a rule.", "Ask for what happened: `idle>3d`, or `--when replied`.")
    return one


def _when(text: str) -> tuple[When, str]:
    word = fold(" ".join(text.split()))
    if not word:
        raise UsageError("The rule does not say when.", "`helpdesk rule moments` lists what sets a rule off.")
    if word in set(When) - {When.SCHEDULE}:
        return When(word), ""
    if any(sign.isdigit() for sign in word) or word == "hourly":
        parse_schedule(word)
        return When.SCHEDULE, word
    known = [moment.value for moment in When if moment is not When.SCHEDULE]
    raise UsageError(f"No rule is set off by {word[:40]!r}.", f"{did_you_mean(word, known)} Or write `daily 07:00`.")


def _short(text: str, what: str) -> str:
    text = entry.long_text(text, what).strip()
    if len(text) > TEXT_LIMIT:
        raise UsageError(
            f"The {what} has {len(text):,} characters; {TEXT_LIMIT:,} is the limit.", "Make two rules of it."
        )
    return text


def _every(moment: When, text: str) -> str:
    text = " ".join(text.split())
    if not text:
        return ""
    if moment is not When.TICK:
        raise UsageError("Only a rule of `tick` acts again every so often.", "Leave that away, or write when it comes.")
    length = dates.duration(text)
    if length is None or not SHORTEST_EVERY <= length <= LONGEST_EVERY:
        minutes = int(SHORTEST_EVERY.total_seconds() // 60)
        raise UsageError(
            f"{text[:40]!r} is no time after which it acts again.",
            f"From {minutes}m to {LONGEST_EVERY.days}d, as in `3d`.",
        )
    return text


def _refuse_unfit(moment: When, query: str, wanted: Sequence[Term]) -> None:
    makes, reports, notifies, says = (
        any(isinstance(term, kind) for term in wanted)
        for kind in (terms.NewFrom, terms.Report, terms.Notify, terms.Message)
    )
    if says and reports:
        raise UsageError("A report is told as it is.", "Leave the message away.")
    if says and not notifies:
        raise UsageError("Nobody is told that message.", "Say whom: `notify:assignee`.")
    on_tickets = not makes and not reports
    if moment is When.TICK and not query:
        raise UsageError(
            "A rule of passing time needs a query: it would act on every ticket.", "Say which it is about."
        )
    if moment is When.SCHEDULE and on_tickets and not query:
        raise UsageError("Which tickets the rule changes is not said.", "Give it a query, or let it make a ticket.")
    if reports and (moment is not When.SCHEDULE or query or _changes_tickets(wanted)):
        raise UsageError("A report comes by a schedule, without a query.", "As in `daily 07:00` and `report:daily`.")
    if makes and moment is When.SCHEDULE and query:
        raise UsageError("A ticket that comes by a schedule needs no query.", "Leave the query away.")


def _changes_tickets(wanted: Sequence[Term]) -> bool:
    return any(not isinstance(term, terms.Report | terms.Notify) for term in wanted)


def _refuse_second(work: Work, name: str, but: int | None) -> None:
    for rule in stored.rules(work.unit):
        if fold(rule.name) == fold(name) and rule.id != but:
            raise Conflict(f"There is a rule {rule.name!r} already.", "Change that one, or choose another name.")
