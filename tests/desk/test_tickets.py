"""Making, finding and changing tickets."""

from __future__ import annotations

from datetime import timedelta

import pytest

from helpdesk_tui.desk import tickets, undo
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.odd import MARK
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.ticket import Priority, Speech, Status
from helpdesk_tui.errors import Conflict, LanguageError, NotAllowed, NotFound, UsageError
from tests.builders import NOON, a_person, a_ticket, an_organization, column_id, desk_of, later, shown


def opened(desk: Desk, number: int) -> tickets.TicketDetail:
    return tickets.open_ticket(desk, number)


def test_a_new_ticket_lands_in_to_do(desk: Desk) -> None:
    number = a_ticket(desk)
    assert shown(desk) == {"To Do": [number], "Doing": [], "Done": []}


def test_a_new_ticket_keeps_everything_it_was_given(desk: Desk) -> None:
    bob = a_person(desk, "Bob")
    number = a_ticket(
        desk,
        "VPN drops",
        description="every hour",
        priority=Priority.HIGH,
        assignee_id=bob,
        due=NOON + timedelta(days=1),
        labels=("vpn", "Network"),
        steps=("look", "fix"),
        kind="incident",
        language="et",
    )
    detail = opened(desk, number)
    card = detail.card
    assert (card.title, detail.description, card.priority, card.assignee) == (
        "VPN drops",
        "every hour",
        Priority.HIGH,
        "bob",
    )
    assert [label.name for label in card.labels] == ["Network", "vpn"]
    assert [step.text for step in detail.checklist] == ["look", "fix"]
    assert (card.due, card.kind, card.language) == (NOON + timedelta(days=1), "incident", "et")


def test_numbers_are_counted_up(desk: Desk) -> None:
    assert [a_ticket(desk) for _ in range(3)] == [1, 2, 3]


def test_making_a_ticket_is_one_undo_step_with_its_changes(desk: Desk) -> None:
    a_ticket(desk, priority=Priority.HIGH, labels=("vpn",), steps=("look",))
    from helpdesk_tui.desk import undo

    undo.undo(desk)
    assert shown(desk)["To Do"] == []
    with pytest.raises(NotFound):
        undo.undo(desk)


def test_urgent_cards_stand_first_and_equal_ones_in_order_of_arrival(desk: Desk) -> None:
    first, low, second, critical = (
        a_ticket(desk, priority=priority)
        for priority in (Priority.NORMAL, Priority.LOW, Priority.NORMAL, Priority.CRITICAL)
    )
    assert shown(desk)["To Do"] == [critical, first, second, low]


def test_done_shows_the_latest_closed_first(desk: Desk) -> None:
    numbers = [a_ticket(desk) for _ in range(3)]
    for number in numbers:
        later(desk, minutes=1)
        tickets.change_text(desk, [number], "to:done")
    assert shown(desk)["Done"] == numbers[::-1]


def test_entering_done_closes_and_leaving_opens(desk: Desk) -> None:
    number = a_ticket(desk)
    tickets.move(desk, [number], column_id(desk, "Done"))
    assert opened(desk, number).card.closed == NOON
    tickets.move(desk, [number], column_id(desk, "Doing"))
    assert opened(desk, number).card.closed is None


def test_a_done_ticket_has_no_flag(desk: Desk) -> None:
    number = a_ticket(desk, change="status:blocked")
    tickets.change_text(desk, [number], "to:done")
    assert opened(desk, number).card.status is Status.NONE


def test_a_change_says_what_it_did_and_names_its_undo_step(desk: Desk) -> None:
    one, two = a_ticket(desk), a_ticket(desk)
    outcome = tickets.change_text(desk, [one, two], "priority:high +network")
    assert (outcome.said, outcome.numbers) == ("2 tickets: priority high, +network", (one, two))
    assert outcome.change_set is not None


def test_changing_nothing_is_no_step(desk: Desk) -> None:
    number = a_ticket(desk, change="priority:high")
    assert tickets.change_text(desk, [number], "priority:high").change_set is None


def test_a_change_of_many_is_refused_as_a_whole(desk: Desk) -> None:
    number = a_ticket(desk)
    with pytest.raises(NotFound):
        tickets.change_text(desk, [number, 99], "priority:high")
    assert opened(desk, number).card.priority is Priority.NORMAL


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ("assignee:me", "assignee", "admin"),
        ("status:waiting", "status", Status.WAITING),
        ("priority:critical", "priority", Priority.CRITICAL),
        ("impact:high urgency:high", "priority", Priority.CRITICAL),
        ("impact:high urgency:high priority:low", "priority", Priority.LOW),
        ("to:doing", "column", "Doing"),
        ("to:Done", "column", "Done"),
        ("kind:problem", "kind", "problem"),
        ('title:"Printer burns"', "title", "Printer burns"),
        ('check:"look" check:"fix"', "steps", 2),
        ('reply:"We are on it"', "replies", 1),
        ('note:"again"', "notes", 1),
        ("archive", "archived", True),
    ],
)
def test_each_term_of_a_change_does_what_it_says(desk: Desk, change: str, field: str, value: object) -> None:
    number = a_ticket(desk)
    tickets.change_text(desk, [number], change)
    assert getattr(opened(desk, number).card, field) == value


def test_a_duplicate_is_linked_and_closed(desk: Desk) -> None:
    first, second = a_ticket(desk), a_ticket(desk)
    tickets.change_text(desk, [second], f"duplicate:#{first}")
    detail = opened(desk, second)
    assert detail.card.column == "Done"
    assert [(link.relation, link.number) for link in detail.links] == [("duplicates", first)]
    assert [(link.relation, link.number) for link in opened(desk, first).links] == [("duplicated by", second)]


def test_time_is_summed(desk: Desk) -> None:
    number = a_ticket(desk, change="time:25m")
    tickets.change_text(desk, [number], "time:1h")
    assert opened(desk, number).minutes == 85


def test_reopening_brings_back_from_done_and_from_the_archive(desk: Desk) -> None:
    number = a_ticket(desk, change="to:done")
    tickets.change_text(desk, [number], "archive")
    tickets.change_text(desk, [number], "reopen")
    card = opened(desk, number).card
    assert (card.archived, card.closed, card.column) == (False, None, "To Do")


def test_the_archive_is_out_of_sight_until_asked_for(desk: Desk) -> None:
    number = a_ticket(desk, change="archive")
    assert shown(desk)["To Do"] == []
    assert [card.number for card in tickets.find(desk, desk.ask("is:archived"))] == [number]


def test_labels_are_one_whatever_their_case_and_composition(desk: Desk) -> None:
    number = a_ticket(desk, labels=("Café",))
    tickets.change_text(desk, [number], "+cafe\u0301 +CAFÉ")
    assert [label.name for label in opened(desk, number).card.labels] == ["Café"]


def test_the_fifty_first_label_is_refused(desk: Desk) -> None:
    number = a_ticket(desk, labels=tuple(f"label {n}" for n in range(50)))
    with pytest.raises(UsageError, match="50 labels"):
        tickets.change_text(desk, [number], "+onemore")


def test_a_ticket_follows_its_requester_into_the_organization(desk: Desk) -> None:
    dana = a_person(desk, "Dana Levi", Role.REQUESTER, organization=an_organization(desk, "Acme OÜ"))
    number = a_ticket(desk, requester_id=dana)
    detail = opened(desk, number)
    assert (detail.requester_name, detail.organization) == ("Dana Levi", "Acme OÜ")


@pytest.mark.parametrize("role", [Role.REQUESTER, Role.VIEWER])
def test_only_agents_are_given_tickets(desk: Desk, role: Role) -> None:
    person = a_person(desk, "Vera", role)
    with pytest.raises(UsageError, match="no agent"):
        a_ticket(desk, assignee_id=person)


def test_who_left_is_given_no_tickets(desk: Desk) -> None:
    a_person(desk, "Gone", active=False)
    with pytest.raises((UsageError, LanguageError)):
        a_ticket(desk, change="assignee:gone")


def test_a_move_over_the_limit_warns(desk: Desk) -> None:
    from helpdesk_tui.desk import board_columns

    board_columns.edit_column(desk, column_id(desk, "Doing"), limit=1)
    one, two = a_ticket(desk), a_ticket(desk)
    assert tickets.shift(desk, [one], 1).warnings == ()
    assert tickets.shift(desk, [two], 1).warnings == ("Doing is over its limit (2/1).",)


def test_shifting_goes_by_columns_and_stops_at_the_last(desk: Desk) -> None:
    number = a_ticket(desk)
    assert tickets.shift(desk, [number], 1).said == f"#{number} → Doing"
    assert tickets.shift(desk, [number], 5).said == f"#{number} → Done"
    assert tickets.shift(desk, [number], 1).change_set is None


def test_watching_is_begun_and_ended_by_the_same_verb(desk: Desk) -> None:
    first, second = a_ticket(desk, "a"), a_ticket(desk, "b")
    assert tickets.watch(desk, [first]).said == f"#{first}: watched by admin"
    assert tickets.watch(desk, [first, second]).said == "2 tickets: watched by admin"
    assert tickets.open_ticket(desk, second).watchers == ("admin",)
    assert tickets.watch(desk, [first, second]).said == "2 tickets: no longer watched by admin"
    assert tickets.open_ticket(desk, first).watchers == ()
    undo.undo(desk)
    assert tickets.open_ticket(desk, first).watchers == ("admin",)


def test_somebody_else_is_made_to_watch_and_to_stop_in_words(desk: Desk) -> None:
    number = a_ticket(desk, "a")
    a_person(desk, "Bob Builder")
    assert tickets.change_text(desk, [number], "watch:bob").said == f"#{number}: watched by bob"
    assert tickets.change_text(desk, [number], "unwatch:bob").said == f"#{number}: no longer watched by bob"
    assert tickets.open_ticket(desk, number).watchers == ()


def test_a_requesters_answer_ends_the_wait(desk: Desk) -> None:
    dana = desk_of(desk, Role.REQUESTER)
    number = a_ticket(desk, requester_id=dana.actor.id, change="status:waiting")
    from helpdesk_tui.desk import conversation

    conversation.reply(dana, number, "It happened again")
    assert opened(desk, number).card.status is Status.NONE


def test_the_teams_own_reply_does_not_end_the_wait(desk: Desk) -> None:
    number = a_ticket(desk, change="status:waiting")
    tickets.change_text(desk, [number], 'reply:"any news?"')
    assert opened(desk, number).card.status is Status.WAITING


class TestRewritingTexts:
    def test_a_text_nobody_else_touched_is_rewritten(self, desk: Desk) -> None:
        number = a_ticket(desk)
        version = opened(desk, number).version
        said = tickets.edit(desk, number, title="New", description="text", base_version=version).said
        assert said == "#1: title and description rewritten"
        assert (opened(desk, number).card.title, opened(desk, number).description) == ("New", "text")

    def test_anothers_change_of_another_field_does_not_matter(self, desk: Desk) -> None:
        number = a_ticket(desk)
        version = opened(desk, number).version
        tickets.change_text(desk, [number], "priority:high")
        tickets.edit(desk, number, description="mine", base_version=version)
        assert opened(desk, number).card.priority is Priority.HIGH
        assert opened(desk, number).description == "mine"

    def test_the_same_text_changed_by_another_is_a_conflict_that_names_them(self, desk: Desk) -> None:
        number = a_ticket(desk)
        bob = desk_of(desk, Role.AGENT, name="Bob")
        version = opened(desk, number).version
        tickets.edit(bob, number, description="his", base_version=version)
        with pytest.raises(Conflict, match="agent2000"):
            tickets.edit(desk, number, description="mine", base_version=version)
        assert opened(desk, number).description == "his"


class TestConversation:
    def test_replies_and_notes_are_told_apart(self, desk: Desk) -> None:
        number = a_ticket(desk, change='reply:"to you" note:"to us"')
        said = [(one.speech, one.body) for one in opened(desk, number).conversation]
        assert said == [(Speech.REPLY, "to you"), (Speech.NOTE, "to us")]

    def test_what_was_said_may_be_reworded_for_ten_minutes(self, desk: Desk) -> None:
        from helpdesk_tui.desk import conversation

        comment = conversation.reply(desk, a_ticket(desk), "Helo").made
        assert comment is not None
        conversation.edit_comment(desk, comment, "Hello")
        later(desk, minutes=11)
        with pytest.raises(NotAllowed, match="ten minutes"):
            conversation.edit_comment(desk, comment, "Goodbye")

    def test_an_empty_reply_is_refused(self, desk: Desk) -> None:
        from helpdesk_tui.desk import conversation

        with pytest.raises(UsageError, match="empty"):
            conversation.reply(desk, a_ticket(desk), " \n ")


def test_history_tells_in_words_what_happened(desk: Desk) -> None:
    number = a_ticket(desk)
    tickets.change_text(desk, [number], "priority:high +vpn assignee:me")
    tickets.shift(desk, [number], 1)
    told = [entry.what for entry in opened(desk, number).history]
    assert told == ["moved To Do → Doing", "priority normal → high, +vpn, assignee none → admin", "created the ticket"]


class TestHistoryInWords:
    @pytest.mark.parametrize(
        ("due", "written"),
        [
            ("2026-11-30 14:30", "due none → Mon 30 Nov 14:30"),
            ("2027-02-01 09:00", "due none → Mon 1 Feb 2027 09:00"),
        ],
    )
    def test_moments_are_written_as_everywhere_else(self, desk: Desk, due: str, written: str) -> None:
        number = a_ticket(desk)
        tickets.change_text(desk, [number], f'due:"{due}"')
        assert opened(desk, number).history[0].what == written

    @pytest.mark.files_only
    def test_a_moment_nobody_can_read_is_said_to_be_one(self, desk: Desk) -> None:
        number = a_ticket(desk)
        with desk.store.writing() as unit:
            unit.connection.exec_driver_sql(f"UPDATE ticket SET due_at = 'soon' WHERE id = {number}")
            unit.commit()
        tickets.change_text(desk, [number], "due:2026-11-30")
        assert opened(desk, number).history[0].what == f"due {MARK} → Mon 30 Nov 23:59"
