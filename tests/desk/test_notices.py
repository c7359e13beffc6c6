"""What happened on my tickets since I last looked."""

from __future__ import annotations

import pytest

from helpdesk_tui.desk import boards, checklist, conversation, notices, presence, tickets, timing
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.undo import redo, undo
from helpdesk_tui.domain.at_work import MOST_COUNTED, counted
from helpdesk_tui.domain.people import Role
from helpdesk_tui.errors import Conflict
from tests.builders import a_ticket, an_organization, desk_of


@pytest.fixture
def agent(desk: Desk) -> Desk:
    return desk_of(desk, Role.AGENT)


@pytest.fixture
def mine(desk: Desk) -> int:
    """A ticket that the admin works on."""
    return a_ticket(desk, "Mine", "assignee:me")


def new(desk: Desk) -> int:
    return notices.count(desk).new


def said(desk: Desk) -> list[str]:
    return [f"#{notice.number} {notice.who} {notice.what}" for notice in notices.latest(desk) if notice.new]


class TestWhatIsTold:
    def test_what_others_do_on_tickets_i_work_on(self, desk: Desk, agent: Desk, mine: int) -> None:
        tickets.change_text(agent, [mine], "priority:high")
        assert said(desk) == [f"#{mine} agent2000 priority normal → high"]
        assert new(desk) == 1

    def test_on_tickets_i_asked_for_and_on_those_i_watch(self, desk: Desk, agent: Desk) -> None:
        asked = a_ticket(agent, "Asked", requester_id=desk.actor.id)
        watched = a_ticket(agent, "Watched")
        tickets.change_text(desk, [watched], "watch:me")
        notices.mark_seen(desk)
        for number in (asked, watched):
            tickets.change_text(agent, [number], "to:doing")
        assert [notice.number for notice in notices.latest(desk) if notice.new] == [watched, asked]

    def test_not_on_others(self, desk: Desk, agent: Desk) -> None:
        a_ticket(agent, "Theirs", "assignee:me note:x")
        assert said(desk) == []

    def test_that_somebody_else_took_a_ticket_off_me(self, desk: Desk, agent: Desk) -> None:
        number = a_ticket(agent, "Handed on")
        tickets.change_text(desk, [number], "assignee:me")
        notices.mark_seen(desk)
        tickets.change_text(agent, [number], "assignee:me")
        conversation.note(agent, number, "no longer theirs")
        (notice,) = [one for one in notices.latest(desk) if one.new]
        assert (notice.number, notice.who) == (number, "agent2000")
        assert "assignee" in notice.what
        assert new(desk) == 1

    def test_not_that_i_gave_a_ticket_away(self, desk: Desk, agent: Desk) -> None:
        number = a_ticket(agent, "Given away")
        tickets.change_text(desk, [number], "assignee:me")
        notices.mark_seen(desk)
        tickets.change_text(desk, [number], "assignee:agent2000")
        assert new(desk) == 0

    def test_not_what_i_do_myself(self, desk: Desk, mine: int) -> None:
        conversation.note(desk, mine, "done")
        assert new(desk) == 0

    def test_one_step_is_one_notice_however_much_it_did(self, desk: Desk, agent: Desk, mine: int) -> None:
        tickets.change_text(agent, [mine], 'reply:"It prints." status:waiting +printer')
        assert new(desk) == 1
        (notice,) = notices.latest(desk)
        assert notice.what.startswith("replied, ")
        assert notice.excerpt == "It prints."

    def test_the_excerpt_is_what_they_said_themselves(self, desk: Desk, agent: Desk, mine: int) -> None:
        conversation.note(agent, mine, "> you wrote\n\n" + "long " * 100 + "\nmore")
        (notice,) = notices.latest(desk)
        assert notice.excerpt.startswith("long long")
        assert len(notice.excerpt) == 160

    def test_steps_and_time_too(self, desk: Desk, agent: Desk, mine: int) -> None:
        checklist.add(agent, mine, ["Look"])
        tickets.change_text(agent, [mine], "time:25m")
        assert said(desk) == [f"#{mine} agent2000 added 25 min of work", f"#{mine} agent2000 added the step “Look”"]

    def test_not_that_others_watch_or_that_cards_change_places(self, desk: Desk, agent: Desk, mine: int) -> None:
        tickets.watch(agent, [mine])
        assert said(desk) == []

    def test_not_what_happened_before_the_ticket_came_to_me(self, desk: Desk, agent: Desk) -> None:
        number = a_ticket(agent, change="priority:high note:x")
        tickets.change_text(agent, [number], "assignee:admin")
        assert said(desk) == [f"#{number} agent2000 assignee none → admin"]
        tickets.change_text(desk, [number], "watch:me")
        assert new(desk) == 1

    def test_not_what_happened_before_i_watched(self, desk: Desk, agent: Desk) -> None:
        number = a_ticket(agent, change="priority:high")
        tickets.watch(desk, [number])
        assert new(desk) == 0
        tickets.change_text(agent, [number], "priority:low")
        assert new(desk) == 1


class TestSinceWhen:
    def test_looking_ends_it_and_older_ones_stay_to_be_read(self, desk: Desk, agent: Desk, mine: int) -> None:
        conversation.note(agent, mine, "one")
        assert [notice.new for notice in notices.look(desk)] == [True]
        assert new(desk) == 0
        conversation.note(agent, mine, "two")
        assert [(notice.excerpt, notice.new) for notice in notices.latest(desk)] == [("two", True), ("one", False)]

    def test_reading_the_ticket_ends_it_too(self, desk: Desk, agent: Desk, mine: int) -> None:
        conversation.note(agent, mine, "one")
        tickets.mark_seen(desk, mine)
        assert new(desk) == 0

    def test_looking_is_no_news_for_a_board(self, desk: Desk, agent: Desk, mine: int) -> None:
        conversation.note(agent, mine, "one")
        last = boards.news(desk, 0).last_event_id
        notices.look(desk)
        assert boards.news(desk, last).last_event_id == last

    def test_counting_goes_on_where_it_left_off(self, desk: Desk, agent: Desk, mine: int) -> None:
        nothing = notices.count(desk)
        assert (nothing.new, nothing.upto) == (0, boards.news(desk, 0).last_event_id)
        conversation.note(agent, mine, "one")
        one = notices.count(desk, nothing.upto)
        conversation.note(agent, mine, "two")
        assert (one.new, one.upto) == (1, nothing.upto)
        assert notices.count(desk, one.upto) == notices.count(desk)
        assert notices.count(desk).new == 2

    def test_they_are_counted_up_to_a_hundred(self, desk: Desk, agent: Desk, mine: int) -> None:
        for number in range(MOST_COUNTED + 5):
            conversation.note(agent, mine, str(number))
        assert new(desk) == MOST_COUNTED
        assert counted(new(desk)) == "99+"
        assert counted(7) == "7"


class TestUndone:
    def test_what_was_taken_back_was_never_news(self, desk: Desk, agent: Desk, mine: int) -> None:
        conversation.note(agent, mine, "oops")
        undo(agent)
        assert new(desk) == 0
        redo(agent)
        assert [notice.excerpt for notice in notices.latest(desk)] == ["oops"]
        assert new(desk) == 1

    def test_taking_back_what_i_had_seen_is(self, desk: Desk, agent: Desk, mine: int) -> None:
        tickets.change_text(agent, [mine], "priority:high")
        notices.look(desk)
        undo(agent)
        assert said(desk) == [f"#{mine} agent2000 priority high → normal (undo)"]


class TestBeingNamed:
    def test_tells_and_has_me_watch(self, desk: Desk, agent: Desk) -> None:
        number = a_ticket(agent, "Theirs")
        outcome = conversation.note(agent, number, "@admin what do you think?")
        assert outcome.said == f"#{number}: noted, told admin"
        (notice,) = notices.latest(desk)
        assert (notice.what, notice.excerpt) == ("named you", "@admin what do you think?")
        assert tickets.open_ticket(desk, number).watchers == ("admin",)

    def test_in_a_reply_and_by_a_change_too(self, desk: Desk, agent: Desk) -> None:
        conversation.reply(agent, a_ticket(agent), "@admin will call you")
        tickets.change_text(agent, [a_ticket(agent)], 'note:"@admin see this"')
        assert [notice.what for notice in notices.latest(desk)] == ["named you", "named you"]

    def test_naming_oneself_or_nobody_known_is_nothing(self, desk: Desk, agent: Desk) -> None:
        number = a_ticket(agent)
        assert conversation.note(agent, number, "@agent2000 @nobody").said == f"#{number}: noted"
        assert tickets.open_ticket(desk, number).watchers == ()

    def test_is_undone_with_what_was_said(self, desk: Desk, agent: Desk) -> None:
        number = a_ticket(agent)
        conversation.note(agent, number, "@admin")
        undo(agent)
        assert new(desk) == 0
        assert tickets.open_ticket(desk, number).watchers == ()
        redo(agent)
        assert new(desk) == 1
        assert tickets.open_ticket(desk, number).watchers == ("admin",)

    def test_a_rewritten_note_tells_only_those_it_did_not_name_before(self, desk: Desk, agent: Desk) -> None:
        number = a_ticket(agent)
        said = conversation.note(agent, number, "hello").made or 0
        assert conversation.edit_comment(agent, said, "hello @admin").said.endswith("told admin")
        notices.look(desk)
        assert "told" not in conversation.edit_comment(agent, said, "hello again @admin").said
        assert [notice.what for notice in notices.latest(desk) if notice.new] == ["rewrote the text"]

    def test_the_history_says_who_was_named(self, desk: Desk, agent: Desk) -> None:
        number = a_ticket(agent)
        conversation.note(agent, number, "@admin")
        assert "named admin" in [entry.what for entry in tickets.open_ticket(desk, number).history]

    def test_whoever_asks_for_help_cannot_be_called_into_a_note(self, desk: Desk) -> None:
        asker = desk_of(desk, Role.REQUESTER, 2001)
        number = a_ticket(desk, requester_id=asker.actor.id)
        notices.mark_seen(asker)
        assert conversation.note(desk, number, f"@{asker.actor.login} is difficult").said == f"#{number}: noted"
        assert said(asker) == []


class TestWhoeverAsksForHelp:
    @pytest.fixture
    def asker(self, desk: Desk) -> Desk:
        return desk_of(desk, Role.REQUESTER, 2001)

    @pytest.fixture
    def own(self, desk: Desk, asker: Desk) -> int:
        number = a_ticket(desk, "Own", requester_id=asker.actor.id)
        notices.mark_seen(asker)
        return number

    def test_is_told_of_replies_and_of_what_can_be_seen(self, desk: Desk, asker: Desk, own: int) -> None:
        conversation.reply(desk, own, "It is on its way.")
        tickets.change_text(desk, [own], "to:doing priority:high")
        assert said(asker) == [
            f"#{own} admin moved To Do → Doing, priority normal → high",
            f"#{own} admin replied",
        ]

    @pytest.mark.parametrize(
        "change", ['note:"zanzibar"', "time:25m", "watch:me", "+zanzibar", "check:zanzibar", "impact:high"]
    )
    def test_is_told_nothing_of_the_teams_own(self, desk: Desk, asker: Desk, own: int, change: str) -> None:
        tickets.change_text(desk, [own], change)
        assert [one for one in notices.latest(asker) if "zanzibar" in repr(one) or one.new] == []
        assert new(asker) == 0

    def test_is_told_only_the_public_part_of_a_step(self, desk: Desk, asker: Desk, own: int) -> None:
        hidden = a_ticket(desk, "zanzibar")
        tickets.change_text(desk, [own], f'status:waiting +zanzibar link:#{hidden} note:"zanzibar" watch:me')
        (notice,) = (one for one in notices.latest(asker) if one.new)
        assert (notice.what, notice.excerpt) == ("status none → waiting", "")

    def test_a_reply_and_a_note_of_one_step_tell_the_reply(self, desk: Desk, asker: Desk, own: int) -> None:
        tickets.change_text(desk, [own], 'note:"zanzibar" reply:"hello"')
        (notice,) = (one for one in notices.latest(asker) if one.new)
        assert (notice.what, notice.excerpt) == ("replied", "hello")

    def test_is_not_told_of_others_tickets_even_as_their_watcher(self, desk: Desk, asker: Desk) -> None:
        number = a_ticket(desk, "zanzibar")
        tickets.change_text(desk, [number], f"watch:{asker.actor.login}")
        conversation.reply(desk, number, "zanzibar")
        assert notices.latest(asker) == []
        assert new(asker) == 0

    def test_a_shared_ticket_of_a_colleague_is_not_theirs(self, desk: Desk) -> None:
        acme = an_organization(desk, "Acme", shares=True)
        asker = desk_of(desk, Role.REQUESTER, 2001, organization=acme)
        number = a_ticket(desk, "Colleague's", organization_id=acme)
        conversation.reply(desk, number, "hello")
        assert notices.latest(asker) == []


def test_a_viewer_is_told_of_no_note(desk: Desk, agent: Desk) -> None:
    viewer = desk_of(desk, Role.VIEWER, 2002)
    number = a_ticket(desk)
    tickets.watch(viewer, [number])
    conversation.note(agent, number, "zanzibar")
    conversation.reply(agent, number, "hello")
    assert [notice.excerpt for notice in notices.latest(viewer)] == ["hello"]
    assert new(viewer) == 1


@pytest.mark.files_only
def test_odd_rows_of_another_tool_raise_nothing(desk: Desk, agent: Desk, mine: int) -> None:
    conversation.note(agent, mine, "hello")
    with desk.store.writing() as unit:
        for statement in (
            "INSERT INTO notices_seen VALUES (1, 'soon')",
            "INSERT INTO presence VALUES ('x', 2, 1, 'dancing', 'never')",
            "INSERT INTO timer VALUES (1, 1, 'noon')",
            "UPDATE comment SET body = x'ff00', speech = 'shout'",
        ):
            unit.connection.exec_driver_sql(statement)
        unit.commit()
    assert new(desk) == 1
    assert [notice.what for notice in notices.latest(desk)] == ["wrote a note"]
    assert presence.others(desk) == {}
    assert timing.running(desk) is not None
    with pytest.raises(Conflict):
        timing.stop(desk)
