"""Policies: what they serve, in which order they are tried, what is refused, and what they would do."""

from __future__ import annotations

import pytest

from helpdesk_tui.desk import calendars, labels, policies, service_levels, tickets, undo
from helpdesk_tui.desk.calendars import Hours
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.policies import Terms
from helpdesk_tui.domain.calendar import read_week
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.service_level import Promise, Targets
from helpdesk_tui.domain.ticket import Priority
from helpdesk_tui.errors import Conflict, HelpdeskError, LanguageError, NotAllowed, NotFound, UsageError
from tests.builders import a_person, a_ticket, an_organization, desk_of

SOON = {priority: Targets(30, 120) for priority in Priority}

HOSTILE = ("[/foo]", "\x1b[2J", "a\u202eb", "\u200b", "a\nb", "a\0b", "\ud800", "x" * 5000, "👩‍💻" * 30, "' OR 1=1 --")


def gold(desk: Desk, query: str = "label:gold", name: str = "Gold") -> int:
    """A policy with a query, before the Standard one."""
    if query == "label:gold":
        labels.add(desk, "gold")
    made = policies.add(desk, Terms(name, query, 1, SOON)).made
    assert made is not None
    return made


def names(desk: Desk) -> list[str]:
    return [one.policy.name for one in policies.uses(desk)]


def target(desk: Desk, number: int) -> int:
    """Business minutes promised for the resolution of a ticket."""
    service_levels.catch_up(desk)
    clocks = {one.promise: one.target for one in tickets.open_ticket(desk, number).promises.clocks}
    return clocks[Promise.RESOLUTION]


class TestServing:
    def test_a_new_desk_promises_something_for_every_ticket(self, desk: Desk) -> None:
        assert target(desk, a_ticket(desk)) == 40 * 60

    def test_the_first_that_matches_serves(self, desk: Desk) -> None:
        gold(desk)
        number = a_ticket(desk, change="+gold")
        assert target(desk, number) == 120
        assert target(desk, a_ticket(desk)) == 40 * 60

    def test_by_organization_kind_and_requester(self, desk: Desk) -> None:
        acme = an_organization(desk, "Acme")
        rita = a_person(desk, "Rita Rohtla", Role.REQUESTER, organization=acme)
        assert rita
        gold(desk, "org:Acme kind:incident requester:rita")
        number = a_ticket(desk, change="requester:rita kind:incident")
        assert target(desk, number) == 120

    def test_the_order_counts(self, desk: Desk) -> None:
        first = gold(desk)
        number = a_ticket(desk, change="+gold")
        policies.add(desk, Terms("Silver", "label:gold", 1, {Priority.NORMAL: Targets(60, 60)}))
        assert names(desk) == ["Gold", "Silver", "Standard"]
        policies.move(desk, first, 1)
        assert names(desk) == ["Silver", "Gold", "Standard"]
        assert target(desk, number) == 60

    def test_how_many_open_tickets_each_serves_is_told(self, desk: Desk) -> None:
        gold(desk)
        a_ticket(desk, change="+gold")
        a_ticket(desk, change="+gold to:done")
        a_ticket(desk)
        service_levels.catch_up(desk)
        assert {one.policy.name: one.open for one in policies.uses(desk)} == {"Gold": 1, "Standard": 1}

    def test_what_a_removed_one_served_the_next_one_serves(self, desk: Desk) -> None:
        made = gold(desk)
        number = a_ticket(desk, change="+gold")
        policies.remove(desk, made)
        assert target(desk, number) == 40 * 60
        undo.undo(desk)
        assert target(desk, number) == 120

    def test_without_any_nothing_is_promised(self, desk: Desk) -> None:
        number = a_ticket(desk)
        policies.remove(desk, 1)
        service_levels.catch_up(desk)
        assert tickets.open_ticket(desk, number).promises.clocks == ()
        assert tickets.find(desk, desk.ask("sla:none"))


class TestMaking:
    def test_one_with_a_query_comes_before_the_one_without(self, desk: Desk) -> None:
        gold(desk)
        assert names(desk) == ["Gold", "Standard"]

    def test_one_without_a_query_comes_last(self, desk: Desk) -> None:
        policies.add(desk, Terms("Rest", "", 1, SOON))
        assert names(desk) == ["Standard", "Rest"]
        assert "never tried" in policies.find(desk, "Rest").problem

    @pytest.mark.parametrize(
        ("terms", "why"),
        [
            (Terms("", "", 1, SOON), "needs a name"),
            (Terms(None, "", 1, SOON), "needs a name"),
            (Terms("x", "", None, SOON), "a calendar"),
            (Terms("x", "", 1, {}), "promises nothing"),
            (Terms("x", "", 1, {Priority.HIGH: Targets()}), "promises nothing"),
            (Terms("x", "", 1, {Priority.HIGH: Targets(60, 60 * 30_000)}), "ten years"),
            (Terms("x", "sort:due", 1, SOON), "nothing in order"),
            (Terms("x", "printer " * 200, 1, SOON), "1,000 characters"),
        ],
    )
    def test_what_cannot_be_one_is_refused(self, desk: Desk, terms: Terms, why: str) -> None:
        with pytest.raises(UsageError, match=why) as refused:
            policies.add(desk, terms)
        assert refused.value.hint
        assert names(desk) == ["Standard"]

    def test_two_of_one_name_are_refused(self, desk: Desk) -> None:
        with pytest.raises(Conflict, match="already"):
            policies.add(desk, Terms("STANDARD", "", 1, SOON))

    def test_a_calendar_that_is_not_there_is_refused(self, desk: Desk) -> None:
        with pytest.raises(NotFound, match="no such calendar"):
            policies.add(desk, Terms("x", "", 99, SOON))

    @pytest.mark.parametrize("name", HOSTILE)
    def test_any_name_is_kept_or_refused(self, desk: Desk, name: str) -> None:
        try:
            policies.add(desk, Terms(name, "", 1, SOON))
        except HelpdeskError:
            return
        assert len(policies.uses(desk)) == 2

    def test_the_team_sees_them_and_admins_make_them(self, desk: Desk) -> None:
        agent = desk_of(desk, Role.AGENT)
        assert names(agent) == ["Standard"]
        for work in (
            lambda: policies.add(agent, Terms("x", "", 1, SOON)),
            lambda: policies.change(agent, 1, Terms("x")),
            lambda: policies.move(agent, 1, 1),
            lambda: policies.remove(agent, 1),
            lambda: policies.attempt(agent, "is:open"),
        ):
            with pytest.raises(NotAllowed):
                work()

    def test_requesters_see_none(self, desk: Desk) -> None:
        with pytest.raises(NotAllowed):
            policies.uses(desk_of(desk, Role.REQUESTER))


class TestQueries:
    @pytest.mark.parametrize(
        "query", ["assignee:me", "is:mine", "is:unread", "-is:mine", "(is:open or watcher:me)", "not requester:me"]
    )
    def test_that_mean_something_else_for_each_person_are_refused(self, desk: Desk, query: str) -> None:
        with pytest.raises(UsageError, match="for each person") as refused:
            policies.check_query(desk, query)
        assert "bob" in refused.value.hint

    @pytest.mark.parametrize(
        "query",
        ["due<fri", "is:due", "created>3d", "age>2w", "idle<1h", "updated:today", "-(closed>eow)", "replied<2d"],
    )
    def test_that_mean_something_else_later_are_refused(self, desk: Desk, query: str) -> None:
        with pytest.raises(UsageError, match="as time passes"):
            policies.check_query(desk, query)

    @pytest.mark.parametrize(
        "query", ["is:late", "sla:risk", "sla:none", "sla<1h", "not sla:any", "is:open or is:late"]
    )
    def test_that_ask_for_service_levels_are_refused(self, desk: Desk, query: str) -> None:
        with pytest.raises(UsageError, match="service levels"):
            policies.check_query(desk, query)

    @pytest.mark.parametrize(
        "query", ["prioritty:high", "label:nothing", "is:opn", '"', "(", "org:Acme", "due<2026-02-30"]
    )
    def test_that_make_no_sense_are_refused_with_their_place(self, desk: Desk, query: str) -> None:
        with pytest.raises(LanguageError) as refused:
            policies.check_query(desk, query)
        assert refused.value.column >= 1

    @pytest.mark.parametrize(
        "query",
        ["", "priority>=high", "is:open", "printer vpn", "created>=2026-01-01T00:00+00:00", "#1", "category:todo"],
    )
    def test_that_mean_one_thing_are_taken(self, desk: Desk, query: str) -> None:
        assert policies.check_query(desk, query) == []

    def test_with_a_day_are_told_where_it_begins(self, desk: Desk) -> None:
        outcome = policies.add(desk, Terms("New", "created>=2026-12-01", 1, SOON))
        assert outcome.warnings == ("Days in its query begin at midnight UTC.",)

    def test_that_make_no_sense_any_more_are_told_and_serve_nothing(self, desk: Desk) -> None:
        gold(desk)
        number = a_ticket(desk, change="+gold")
        labels.remove(desk, "gold")
        assert "makes no sense any more" in policies.find(desk, "Gold").problem
        tickets.change_text(desk, [number], "priority:normal to:doing")
        assert target(desk, number) == 40 * 60


class TestChanging:
    def test_the_targets_of_one_priority_leave_the_others(self, desk: Desk) -> None:
        policies.change(desk, 1, Terms(targets={Priority.HIGH: Targets(10, 20)}))
        found = policies.find(desk, "Standard").policy.targets
        assert found[Priority.HIGH] == Targets(10, 20)
        assert found[Priority.CRITICAL] == Targets(60, 480)

    def test_the_clocks_follow(self, desk: Desk) -> None:
        number = a_ticket(desk)
        policies.change(desk, 1, Terms(targets={Priority.NORMAL: Targets(10, 20)}))
        assert target(desk, number) == 20
        undo.undo(desk)
        assert target(desk, number) == 40 * 60

    def test_the_calendar(self, desk: Desk) -> None:
        number = a_ticket(desk)
        made = calendars.add(desk, Hours("Nights", "UTC", read_week("daily 22-6"))).made
        policies.change(desk, 1, Terms(calendar=made))
        service_levels.catch_up(desk)
        assert {one.due.hour for one in tickets.open_ticket(desk, number).promises.clocks if one.due} <= {
            *range(7),
            22,
            23,
        }

    def test_a_calendar_on_which_its_targets_take_ten_years_is_refused(self, desk: Desk) -> None:
        made = calendars.add(desk, Hours("Never", "UTC", read_week("sun 0:00-0:01"))).made
        with pytest.raises(UsageError, match="ten years or more on the calendar Never"):
            policies.change(desk, 1, Terms(calendar=made))

    def test_nothing_left_to_promise_is_refused(self, desk: Desk) -> None:
        with pytest.raises(UsageError, match="promises nothing"):
            policies.change(desk, 1, Terms(targets=dict.fromkeys(Priority, Targets())))

    def test_nothing_changed_is_no_step(self, desk: Desk) -> None:
        assert policies.change(desk, 1, Terms("Standard")).change_set is None

    def test_one_that_is_not_there(self, desk: Desk) -> None:
        with pytest.raises(NotFound):
            policies.change(desk, 99, Terms("x"))
        with pytest.raises(NotFound, match="no policy 'x'"):
            policies.find(desk, "x")


class TestTrying:
    def test_says_how_many_it_would_serve_and_who_serves_them_now(self, desk: Desk) -> None:
        gold(desk)
        a_ticket(desk, change="+gold priority:high")
        a_ticket(desk, change="priority:high")
        a_ticket(desk, change="priority:high to:done")
        service_levels.catch_up(desk)
        trial = policies.attempt(desk, "priority>=high")
        assert (trial.open, trial.now) == (2, {"Gold": 1, "Standard": 1})
        assert "2 open tickets, served now: 1 by" in trial.said

    def test_changes_nothing(self, desk: Desk) -> None:
        a_ticket(desk)
        before = policies.uses(desk)
        policies.attempt(desk, "")
        assert policies.uses(desk) == before

    def test_is_refused_as_the_policy_would_be(self, desk: Desk) -> None:
        with pytest.raises(UsageError):
            policies.attempt(desk, "is:mine")
