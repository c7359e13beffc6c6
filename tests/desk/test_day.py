"""My day: what wants a person now and why, and taking the next best ticket."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from helpdesk_tui.desk import automation, board_columns, conversation, day, rules, tickets, undo
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.day import Entry, Part, Why
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.rules import Wording
from helpdesk_tui.domain.ticket import Priority
from helpdesk_tui.errors import Conflict, NotAllowed, NotFound
from helpdesk_tui.store import records
from tests.builders import NOON, a_person, a_ticket, as_uid, column_id, desk_of, later


@pytest.fixture
def bob(desk: Desk) -> Desk:
    """An agent, whose day it is."""
    return desk_of(desk, Role.AGENT)


def own(bob: Desk, title: str = "Mine", change: str = "", **fields: object) -> int:
    """A ticket of his."""
    return a_ticket(bob, title, change, assignee_id=bob.actor.id, **fields)


def part(bob: Desk, wanted: Part) -> list[int]:
    """The numbers in that part of the day."""
    return [entry.card.number for group in day.read(bob).groups if group.part is wanted for entry in group.entries]


def why(entry: Entry) -> str:
    return " · ".join(reason.words(lambda moment: f"{moment:%a %H:%M}") for reason in entry.reasons)


def said_of(bob: Desk, number: int, wanted: Part) -> str:
    groups = [group for group in day.read(bob).groups if group.part is wanted]
    return next(why(entry) for group in groups for entry in group.entries if entry.card.number == number)


class TestTheParts:
    def test_an_empty_day_has_none(self, bob: Desk) -> None:
        assert day.read(bob).groups == ()
        assert day.read(bob).best is None

    def test_what_is_late_by_its_due_date(self, bob: Desk) -> None:
        number = own(bob, "Mine", "due:today to:doing", priority=Priority.LOW)
        later(bob, days=1)
        assert part(bob, Part.LATE) == [number]
        assert said_of(bob, number, Part.LATE) == "late since Wed 23:59"

    def test_what_is_late_by_its_service_level(self, bob: Desk) -> None:
        number = own(bob, priority=Priority.CRITICAL)
        later(bob, hours=2)
        assert part(bob, Part.LATE) == [number]
        assert said_of(bob, number, Part.LATE) == "critical · late since Wed 13:00"

    def test_what_is_at_risk(self, bob: Desk) -> None:
        number = own(bob, priority=Priority.CRITICAL)
        later(bob, minutes=40)
        assert part(bob, Part.AT_RISK) == [number]
        assert said_of(bob, number, Part.AT_RISK) == "critical · at risk, due Wed 13:00"

    def test_what_is_due_today(self, bob: Desk) -> None:
        number = own(bob, "Mine", 'due:"17:00"')
        assert part(bob, Part.TODAY) == [number]
        assert said_of(bob, number, Part.TODAY) == "due today Wed 17:00"

    def test_what_is_begun(self, bob: Desk) -> None:
        number = own(bob, "Mine", "to:doing", priority=Priority.LOW)
        assert part(bob, Part.BEGUN) == [number]

    def test_only_ones_own_but_for_what_can_be_taken(self, bob: Desk, desk: Desk) -> None:
        a_ticket(desk, "Ada's", "due:today to:doing", assignee_id=desk.actor.id)
        later(bob, days=1)
        assert day.read(bob).groups == ()

    def test_nothing_that_is_done_or_put_away(self, bob: Desk) -> None:
        own(bob, "Mine", "due:today to:done")
        own(bob, "Mine", "due:today archive")
        assert day.read(bob).groups == ()

    def test_each_in_one_part_and_where_it_can_be_taken(self, bob: Desk) -> None:
        number = own(bob, "Mine", "due:today")
        later(bob, days=1)
        day_of_bob = day.read(bob)
        assert [(group.part, group.total) for group in day_of_bob.groups] == [(Part.LATE, 1), (Part.NEXT, 1)]
        assert day_of_bob.best is not None
        assert day_of_bob.best.card.number == number

    def test_more_than_are_shown_are_counted(self, bob: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(day, "SHOWN", 2)
        monkeypatch.setattr(day, "OFFERED", 2)
        for _ in range(3):
            own(bob, "Mine", "due:today")
        groups = day.read(bob).groups
        assert [(len(group.entries), group.total) for group in groups] == [(2, 3), (2, 3)]

    def test_a_viewer_has_none(self, desk: Desk) -> None:
        with pytest.raises(NotAllowed):
            day.read(desk_of(desk, Role.VIEWER))


class TestTheReasons:
    @pytest.mark.parametrize("priority", list(Priority))
    @pytest.mark.parametrize("due", ["", 'due:"12:10"', 'due:"17:00"', "due:2026-12-24"])
    @pytest.mark.parametrize("status", ["", "status:waiting"])
    @pytest.mark.parametrize("minutes", [0, 45, 240, 3000])
    def test_they_agree_with_the_part(self, bob: Desk, priority: Priority, due: str, status: str, minutes: int) -> None:
        own(bob, "Mine", f"{due} to:doing", priority=priority)
        later(bob, minutes=minutes / 2)
        if status:
            tickets.change_text(bob, [1], status)
        later(bob, minutes=minutes / 2)
        expected = {Part.LATE: Why.LATE, Part.AT_RISK: Why.AT_RISK, Part.TODAY: Why.TODAY}
        (group,) = day.read(bob).groups
        reasons = {reason.why for reason in group.entries[0].reasons}
        told = [why for why in expected.values() if why in reasons]
        assert told == [why for part, why in expected.items() if part is group.part]


class TestWhatWaitsForMe:
    def test_an_answer_that_nobody_has_answered(self, bob: Desk, desk: Desk) -> None:
        rita = desk_of(desk, Role.REQUESTER, uid=3000, name="Rita Rohtla")
        number = own(bob, requester_id=rita.actor.id)
        conversation.reply(rita, number, "It still smokes.")
        tickets.mark_seen(bob, number)
        assert part(bob, Part.WAITING) == [number]
        assert said_of(bob, number, Part.WAITING).startswith("requester3000 answered Wed 12:00")
        conversation.reply(bob, number, "Unplug it.")
        assert part(bob, Part.WAITING) == []

    def test_what_a_colleague_wrote_until_i_look(self, bob: Desk, desk: Desk) -> None:
        number = own(bob)
        conversation.note(desk, number, "Seen this before.")
        assert said_of(bob, number, Part.WAITING).startswith("admin wrote Wed 12:00")
        tickets.mark_seen(bob, number)
        assert part(bob, Part.WAITING) == []

    def test_my_name_in_a_note_wherever_it_is(self, bob: Desk, desk: Desk) -> None:
        number = a_ticket(desk, "Ada's", assignee_id=desk.actor.id)
        conversation.note(desk, number, "What says @agent2000?")
        assert said_of(bob, number, Part.WAITING).startswith("admin named you Wed 12:00")
        later(bob, minutes=1)
        conversation.note(bob, number, "Nothing.")
        assert part(bob, Part.WAITING) == []

    def test_no_name_in_what_was_taken_back(self, bob: Desk, desk: Desk) -> None:
        number = a_ticket(desk, "Ada's", assignee_id=desk.actor.id)
        conversation.note(desk, number, "What says @agent2000?")
        undo.undo(desk)
        assert part(bob, Part.WAITING) == []

    def test_nothing_on_a_ticket_that_is_done(self, bob: Desk, desk: Desk) -> None:
        number = own(bob)
        conversation.note(desk, number, "@agent2000: done.")
        tickets.change_text(desk, [number], "to:done")
        assert part(bob, Part.WAITING) == []

    def test_what_a_rule_says_neither_asks_nor_answers(self, bob: Desk, desk: Desk) -> None:
        rita = desk_of(desk, Role.REQUESTER, uid=3000, name="Rita Rohtla")
        quiet, asked = own(bob), own(bob, requester_id=rita.actor.id)
        conversation.reply(rita, asked, "It still smokes.")
        tickets.mark_seen(bob, asked)
        for change in ('note:"Looked at"', 'reply:"We look at it."'):
            rules.add(desk, Wording(change[:5], "tick", "is:open", change))
        automation.tick(desk)
        assert tickets.open_ticket(bob, quiet).card.notes == 1
        assert part(bob, Part.WAITING) == [asked]
        assert said_of(bob, asked, Part.WAITING).startswith("requester3000 answered")

    def test_the_longest_waiting_first(self, bob: Desk, desk: Desk) -> None:
        first, second = own(bob), own(bob)
        conversation.note(desk, second, "One.")
        later(bob, minutes=5)
        conversation.note(desk, first, "Two.")
        assert part(bob, Part.WAITING) == [second, first]


class TestTheNextBest:
    def test_the_order(self, bob: Desk, desk: Desk) -> None:
        """Each of these presses more than the one before it."""
        low = a_ticket(bob, "Low, the oldest", priority=Priority.LOW)
        normal = a_ticket(bob, "Normal, with a day to go")
        sooner = a_ticket(bob, "Normal, due in the morning", 'due:"2026-11-26 06:00"')
        today = a_ticket(bob, "Low, due tonight", 'due:"2026-11-25 23:00"', priority=Priority.LOW)
        high = a_ticket(bob, "High, with a clock until four", priority=Priority.HIGH)
        late = a_ticket(bob, "Low and late", 'due:"2026-11-25 12:10"', priority=Priority.LOW)
        critical = a_ticket(bob, "Critical", priority=Priority.CRITICAL)
        escalated = a_ticket(bob, "Escalated", priority=Priority.LOW)
        with desk.store.writing() as unit:
            records.write(unit, "ticket", escalated, {"escalated": True})
            unit.commit()
        later(bob, minutes=20)
        assert part(bob, Part.NEXT) == [escalated, critical, late, high, today, sooner, normal, low]

    def test_mine_and_nobodys_that_are_to_begin(self, bob: Desk, desk: Desk) -> None:
        free, mine = a_ticket(desk, "Free"), own(bob)
        a_ticket(desk, "Ada's", assignee_id=desk.actor.id)
        own(bob, "Begun", "to:doing")
        own(bob, "Waiting", "status:waiting")
        own(bob, "Blocked", "status:blocked")
        assert sorted(part(bob, Part.NEXT)) == [free, mine]

    def test_none_that_waits_for_another(self, bob: Desk) -> None:
        waits = a_ticket(bob, "Mount the screen", priority=Priority.CRITICAL)
        first = a_ticket(bob, "Buy a screen", f"blocks:#{waits}", priority=Priority.LOW)
        assert part(bob, Part.NEXT) == [first]

    def test_what_is_nobodys_says_so(self, bob: Desk) -> None:
        number = a_ticket(bob, "Free", 'due:"17:00"', priority=Priority.HIGH)
        assert said_of(bob, number, Part.NEXT) == "high · due today Wed 16:00 · nobody's yet"


class TestTakingIt:
    def test_it_is_mine_and_begun(self, bob: Desk) -> None:
        number = a_ticket(bob, "Free", priority=Priority.HIGH)
        taken, outcome = day.take_next(bob)
        card = tickets.open_ticket(bob, taken).card
        assert taken == number
        assert (card.assignee, card.column) == ("agent2000", "Doing")
        assert outcome.said == f"#{number} taken: high, due today Wed 25 Nov 16:00"

    def test_it_is_one_undo_step(self, bob: Desk) -> None:
        number = a_ticket(bob, "Free")
        day.take_next(bob)
        undo.undo(bob)
        card = tickets.open_ticket(bob, number).card
        assert (card.assignee, card.column) == ("", "To Do")

    def test_two_never_take_the_same(self, bob: Desk, desk: Desk) -> None:
        a_person(desk, "Carol Clerk", uid=2002)
        carol = as_uid(desk, 2002)
        both = {a_ticket(desk, "One"), a_ticket(desk, "Two")}
        assert {day.take_next(bob)[0], day.take_next(carol)[0]} == both
        carol.close()

    @pytest.mark.parametrize("people", [4])
    def test_several_at_once_each_get_another(self, desk: Desk, people: int) -> None:
        numbers = [a_ticket(desk, f"Ticket {at}") for at in range(3 * people)]
        team = [desk_of(desk, Role.AGENT, uid=4000 + at) for at in range(people)]

        def take(one: Desk) -> list[int]:
            return [day.take_next(one)[0] for _ in range(3)]

        with ThreadPoolExecutor(people) as pool:
            taken = [number for numbers in pool.map(take, team) for number in numbers]
        assert sorted(taken) == numbers
        for one in team:
            one.close()

    def test_nothing_is_left(self, bob: Desk) -> None:
        with pytest.raises(NotFound, match="Nothing is left to take"):
            day.take_next(bob)

    def test_a_full_column_is_warned_of(self, bob: Desk, desk: Desk) -> None:
        board_columns.edit_column(desk, column_id(desk, "Doing"), limit=1)
        a_ticket(bob, "One")
        a_ticket(bob, "Two")
        day.take_next(bob)
        _, outcome = day.take_next(bob)
        assert outcome.warnings

    def test_a_column_that_takes_no_more_refuses(self, bob: Desk, desk: Desk) -> None:
        board_columns.edit_column(desk, column_id(desk, "Doing"), limit=1, hard=True)
        a_ticket(bob, "One")
        number = a_ticket(bob, "Two")
        day.take_next(bob)
        with pytest.raises(Conflict):
            day.take_next(bob)
        assert tickets.open_ticket(bob, number).card.assignee == ""

    def test_the_clocks_of_what_is_taken_run_on(self, bob: Desk) -> None:
        number = a_ticket(bob, "Free", priority=Priority.HIGH)
        day.take_next(bob)
        assert tickets.open_ticket(bob, number).card.sla_due == NOON + timedelta(hours=4)
