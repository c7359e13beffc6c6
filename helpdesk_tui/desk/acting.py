"""What one rule does: to which tickets, what it changes there, whom it tells; and what it would do, to try it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import cached_property

from msgspec import Struct

from helpdesk_tui.desk import applying, filling, routing, rule_reports, templates
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.work import Work
from helpdesk_tui.domain import placeholders
from helpdesk_tui.domain.business_time import Hours
from helpdesk_tui.domain.canned import in_language
from helpdesk_tui.domain.people import Actor
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.rules import LONGEST_EVERY, Rule, Trial, When, Wording, Would
from helpdesk_tui.domain.ticket import Speech
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import DeskUnusable, HelpdeskError, LanguageError, NotFound, UsageError
from helpdesk_tui.language import dates, terms
from helpdesk_tui.language.asking import Asking
from helpdesk_tui.language.bind import bind
from helpdesk_tui.language.bind_change import bind_change
from helpdesk_tui.language.bound import Always, Bound
from helpdesk_tui.language.changes import parse_change
from helpdesk_tui.language.parts import Put
from helpdesk_tui.language.query import parse
from helpdesk_tui.language.schedules import parse_schedule
from helpdesk_tui.language.terms import Term
from helpdesk_tui.store import cards, directory, prepared, rule_log, rules, values
from helpdesk_tui.store.cards import Condition
from helpdesk_tui.store.happened import apart
from helpdesk_tui.store.history import Fact
from helpdesk_tui.store.lookup import Here, StoreLookup
from helpdesk_tui.store.records import Stored
from helpdesk_tui.store.unit_of_work import Unit

TRIED = 50
"""Tickets that a trial goes through."""

_APART = (terms.Notify, terms.Message, terms.SayCanned, terms.NewFrom, terms.Report)
"""What is not done to the ticket as a change is."""


class Bounds(Struct, frozen=True):
    """A rule with every name in it resolved."""

    query: Bound
    wanted: tuple[Term, ...]

    @property
    def on_ticket(self) -> list[Term]:
        """What it changes on the ticket."""
        return [term for term in self.wanted if not isinstance(term, _APART)]

    @property
    def template(self) -> str:
        """From which template it makes a ticket; "" for none."""
        return next((term.template for term in self.wanted if isinstance(term, terms.NewFrom)), "")


class _Expecting(StoreLookup):
    """Knows some labels more than there are: those that come with a rule that is still being written."""

    def __init__(self, unit: Unit, actor: Actor, labels: Iterable[str]) -> None:
        super().__init__(Here(unit), actor)
        self._expected = {fold(name): -at for at, name in enumerate(labels, start=1)}
        self._labels: dict[str, tuple[int, ...]] = {}

    def labels(self, word: str) -> tuple[int, ...]:
        """Looked up once: many rules may speak of the same."""
        if word not in self._labels:
            expected = self._expected.get(fold(word))
            self._labels[word] = super().labels(word) or (() if expected is None else (expected,))
        return self._labels[word]

    def hours(self) -> Hours | None:
        return self._hours

    @cached_property
    def _hours(self) -> Hours | None:
        return super().hours()


def asking_of(desk: Desk, unit: Unit, me: int, expected: Iterable[str] = ()) -> Asking:
    """The circumstances in which a rule asks: as somebody who sees everything, in the zone of the desk's hours.

    `expected`: labels that will be there by then.
    """
    actor = rules.acting_as(me)
    zone = rules.zone(unit) or desk.zone
    return Asking(actor, desk.clock.now(), zone, _Expecting(unit, actor, expected))


def acts_again_after(rule: Rule) -> timedelta | None:
    """After how long a rule of passing time acts again on a ticket; None for once only."""
    length = dates.duration(rule.every)
    return None if length is None else min(length, LONGEST_EVERY)


def labels_put(change: str) -> list[str]:
    """The labels that a change puts on tickets, which are made with its rule. LanguageError if it is no change."""
    return [" ".join(part.label.text.split()) for part in parse_change(change).parts if isinstance(part, Put)]


def bound_query(asking: Asking, written: Wording | Rule) -> Bound:
    """A rule's query. LanguageError for what makes no sense, or no more."""
    return bind(parse(written.query), asking) if written.query.strip() else Bound(Always())


def bound(asking: Asking, written: Wording | Rule) -> Bounds:
    """A rule's query and change. Errors as for `bound_query`."""
    query = bound_query(asking, written)
    wanted = bind_change(parse_change(written.change), asking, of_rule=True)
    for term in wanted:
        if isinstance(term, terms.Say | terms.Message):
            placeholders.check(term.body if isinstance(term, terms.Say) else term.text)
    return Bounds(query, wanted)


def check_prepared(unit: Unit, bounds: Bounds) -> None:
    """NotFound for a template or a canned reply that a rule names and the desk does not have."""
    for term in bounds.wanted:
        match term:
            case terms.NewFrom(name) if prepared.template_named(unit, name) is None:
                raise NotFound(f"There is no template {name[:60]!r}.", "`helpdesk template list` shows them.")
            case terms.SayCanned(name) if not prepared.canned_named(unit, name):
                raise NotFound(f"There is no canned reply {name[:60]!r}.", "`helpdesk canned list` shows them.")


class Acting:
    """Rules at work within one transaction."""

    def __init__(self, desk: Desk, unit: Unit, *, trying: bool = False) -> None:
        """`trying`: nothing of it is kept, so nothing is done but to the desk."""
        self.unit = unit
        self._trying = trying
        self.now = desk.clock.now()
        actor = rules.actor(unit)
        zone = rules.zone(unit) or desk.zone
        self.desk = Desk(desk.store, actor, desk.clock, zone, "rule").insisting()
        self._bound: dict[int, Bounds | LanguageError] = {}

    @cached_property
    def asking(self) -> Asking:
        return asking_of(self.desk, self.unit, self.desk.actor.id)

    def bounds(self, rule: Rule) -> Bounds:
        """A rule bound once for this transaction. LanguageError as for `bound`."""
        known = self._bound.get(rule.id)
        if known is None:
            try:
                known = bound(self.asking, rule)
            except LanguageError as error:
                known = error
            self._bound[rule.id] = known
        if isinstance(known, LanguageError):
            raise known
        return known

    def found(self, rule: Rule, among: Condition, limit: int | None = None) -> list[int]:
        """The tickets that a rule is about, of those."""
        query = self.bounds(rule).query
        condition = cards.selected(query, self.asking, self.desk.actor) & among
        return cards.numbers(self.unit, condition, cards.list_order(query, self.desk.actor), limit)

    def act(self, rule: Rule, numbers: Sequence[int], depth: int = 1, root: int = 0) -> int | None:
        """Do to these tickets what the rule says, in one step of its own; None if there was nothing to do.

        `root` is the step of a person that this follows from, 0 for none: taken back, it takes this along. Errors as
        the verbs have that a person would use for it.
        """
        bounds = self.bounds(rule)
        work = self._work(rule, depth, root)
        for ticket in work.tickets(numbers):
            self._do(work, rule, bounds, ticket)
        if not numbers:
            self._do(work, rule, bounds, None)
        if not work.facts:
            return None
        subject = "" if not numbers else f"#{numbers[0]}: " if len(numbers) == 1 else f"{len(numbers)} tickets: "
        change_set, _ = work.record(f"{subject}by rule {rule.name}")
        rules.note_acted(self.unit, rule.id, self.now)
        return change_set

    def failed(self, rule: Rule, number: int | None, reason: str) -> None:
        """Note what a rule could not do, and tell the admins if that is news."""
        if not rules.note_problem(self.unit, rule.id, reason, self.now):
            return
        work = self._work(rule, 0)
        work.facts.append(Fact("rule", rule.id, "failed", number, {}, {"text": reason}))
        self._tell(work, rules.admins(self.unit), number, f"The rule could not act: {reason}")
        work.record(f"rule {rule.name} could not act")

    def stopped(self, rule: Rule, numbers: Sequence[int], depth: int) -> None:
        """Note that a chain of rules ends before this one, which it would set off."""
        reason = f"{depth} rules have followed from one another, and the chain stops here."
        work = self._work(rule, depth)
        for number in numbers:
            work.facts.append(Fact("rule", rule.id, "failed", number, {}, {"text": reason}))
        if rules.note_problem(self.unit, rule.id, reason, self.now):
            self._tell(work, rules.admins(self.unit), numbers[0], f"The rule was stopped: {reason}")
        work.record(f"rule {rule.name} stopped")

    def _work(self, rule: Rule, depth: int, root: int = 0) -> Work:
        work = Work(self.desk, self.unit)
        work.because = {"rule": rule.name, "rule_id": rule.id, "depth": depth, "after": root}
        return work

    def _do(self, work: Work, rule: Rule, bounds: Bounds, ticket: Stored | None) -> None:
        if bounds.template:
            made = templates.make(work, bounds.template, bounds.on_ticket)
            ticket = ticket or made
        elif ticket is not None:
            applying.apply(work, ticket, [*self._spoken(bounds.wanted, ticket)])
        self._notify(work, rule, bounds.wanted, ticket)

    def _spoken(self, wanted: Sequence[Term], ticket: Stored) -> Iterator[Term]:
        """The terms that change a ticket, what is said filled in for it."""
        for term in wanted:
            match term:
                case terms.Say(speech, body):
                    yield terms.Say(speech, self._filled(body, ticket))
                case terms.SayCanned(name):
                    yield from self._canned(name, ticket)
                case _ if not isinstance(term, _APART):
                    yield term

    def _canned(self, name: str, ticket: Stored) -> Iterator[Term]:
        check_prepared(self.unit, Bounds(Bound(Always()), (terms.SayCanned(name),)))
        canned = in_language(prepared.canned_named(self.unit, name), filling.languages_of(self.unit, ticket))
        yield terms.Say(Speech.REPLY, self._filled(canned.body, ticket), canned.name)
        yield from bind_change(parse_change(canned.change), self.asking)

    def _filled(self, body: str, ticket: Stored) -> str:
        language = next(iter(filling.languages_of(self.unit, ticket)), "")
        return placeholders.fill(body, filling.values_of(self.desk, self.unit, ticket, language))

    def _notify(self, work: Work, rule: Rule, wanted: Sequence[Term], ticket: Stored | None) -> None:
        """Tell whom the rule says, or the admins of a report."""
        whom = [term.whom for term in wanted if isinstance(term, terms.Notify)]
        text = next((term.text for term in wanted if isinstance(term, terms.Message)), "")
        text = rule.name if not text else text if ticket is None else self._filled(text, ticket)
        if any(isinstance(term, terms.Report) for term in wanted):
            whom, text = whom or ["admins"], self._reported(wanted)
        people = dict.fromkeys(person for each in whom for person in self._meant(work, each, ticket))
        self._tell(work, list(people), None if ticket is None else ticket["id"], text)

    def _reported(self, wanted: Sequence[Term]) -> str:
        """The report in a line, or where it is."""
        if terms.Report("daily") in wanted:
            return rule_reports.in_a_line(self.unit, self.asking)
        where = rule_reports.folder_of(self.desk) if self._trying else rule_reports.as_file(self.desk)
        return f"The daily report is in {where}."

    def _meant(self, work: Work, whom: int | str, ticket: Stored | None) -> Sequence[int]:
        if isinstance(whom, int):
            return [whom]
        if whom == "admins":
            return rules.admins(self.unit)
        if ticket is None:
            return ()
        match whom:
            case "assignee":
                return [ticket["assignee_id"]] if ticket["assignee_id"] is not None else ()
            case "watchers":
                return rules.watchers(self.unit, ticket["id"])
        try:
            return [routing.lead(work, ticket["board_id"])]
        except UsageError:  # nobody there who could be given tickets: it is for those who see to the desk
            return rules.admins(self.unit)

    def _tell(self, work: Work, people: Sequence[int], number: int | None, text: str) -> None:
        for person_id in people:
            person = directory.person(self.unit, person_id)
            if person is not None and person.active:
                work.facts.append(Fact("person", person_id, "told", number, {}, {"text": text}))


# Trying a rule


def found(desk: Desk, written: Wording) -> int:
    """How many tickets a rule that is being written is about now, of all there are."""
    desk.require(Act.SETTINGS)
    with desk.store.reading() as unit:
        asking = asking_of(desk, unit, 0, labels_put(written.change))
        return cards.count(unit, cards.selected(bound_query(asking, written), asking, asking.me))


def trial(desk: Desk, rule: Rule) -> Trial:
    """What a rule would do now: it does so to the first tickets that it is about, and nothing of that is kept.

    LanguageError for a rule that makes no sense any more.
    """
    desk.require(Act.SETTINGS)
    with desk.store.writing() as unit:  # and never committed
        acting = Acting(desk, unit, trying=True)
        for name in labels_put(rule.change):
            applying.label_id(Work(acting.desk, unit), name)
        bounds = acting.bounds(rule)
        next_at = None
        if rule.moment is When.SCHEDULE:
            next_at = parse_schedule(rule.schedule).following(acting.now, acting.desk.zone)
        if rule.moment is When.SCHEDULE and not rule.query:
            return Trial(rule.name, 0, (_would(acting, rule, None),), next_at)
        condition = cards.selected(bounds.query, acting.asking, acting.desk.actor)
        if rule.moment is When.TICK:
            condition &= rules.not_done(rule.id, rules.ONCE, acts_again_after(rule), acting.now)
        order = cards.list_order(bounds.query, acting.desk.actor)
        numbers = cards.numbers(unit, condition, order, TRIED)
        total = len(numbers) if len(numbers) < TRIED else cards.count(unit, condition)
        return Trial(rule.name, total, tuple(_would(acting, rule, number) for number in numbers), next_at)


def _would(acting: Acting, rule: Rule, number: int | None) -> Would:
    """What the rule does to one ticket, in words; what it did stays, as it would for those after it."""
    title = ""
    if number is not None:
        title = values.text(Work(acting.desk, acting.unit).ticket(number)["title"])
    try:
        with apart(acting.unit):
            change_set = acting.act(rule, [] if number is None else [number])
            if change_set is None:
                return Would(number, title, "nothing to change")
            words = rule_log.in_words(acting.unit, change_set, acting.desk.actor, acting.now, acting.desk.zone)
    except DeskUnusable:
        raise
    except HelpdeskError as error:
        return Would(number, title, str(error), fails=True)
    return Would(number, title, words)
