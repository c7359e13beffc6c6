"""Who has a ticket open, and who is told."""

from __future__ import annotations

import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest

from helpdesk_tui.clock import FixedClock, SystemClock
from helpdesk_tui.desk import boards, presence, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.at_work import Doing
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.ticket_detail import Present
from tests.builders import a_desk, a_ticket, desk_of, later
from tests.store.elsewhere import Say, elsewhere


@pytest.fixture
def agent(desk: Desk) -> Desk:
    return desk_of(desk, Role.AGENT)


def test_others_are_told_and_one_is_not_told_of_oneself(desk: Desk, agent: Desk) -> None:
    number = a_ticket(desk)
    presence.here(agent, "s1", number)
    assert presence.others(desk) == {number: (Present("agent2000"),)}
    assert presence.others(agent) == {}
    assert tickets.open_ticket(desk, number).here == (Present("agent2000"),)


def test_a_screen_is_on_one_ticket_at_a_time(desk: Desk, agent: Desk) -> None:
    first, second = a_ticket(desk), a_ticket(desk)
    presence.here(agent, "s1", first)
    presence.here(agent, "s1", second)
    assert list(presence.others(desk)) == [second]


def test_two_screens_of_one_person_are_one_person_and_writing_counts(desk: Desk, agent: Desk) -> None:
    number = a_ticket(desk)
    presence.here(agent, "s1", number)
    presence.here(agent, "s2", number, Doing.REPLYING)
    assert presence.others(desk)[number] == (Present("agent2000", "a reply"),)


def test_who_leaves_is_gone(desk: Desk, agent: Desk) -> None:
    presence.here(agent, "s1", a_ticket(desk))
    presence.gone(agent, "s1")
    assert presence.others(desk) == {}


def test_a_screen_that_was_killed_is_forgotten_after_a_minute(desk: Desk, agent: Desk) -> None:
    number = a_ticket(desk)
    presence.here(agent, "s1", number)
    later(desk, seconds=59)
    assert number in presence.others(desk)
    later(desk, seconds=2)
    assert presence.others(desk) == {}


def open_for_ever(desk: Desk, say: Say, number: int) -> None:
    presence.here(desk_of(desk, Role.AGENT), "s1", number)
    say("open")
    time.sleep(60)


@pytest.mark.files_only
def test_another_process_is_seen_at_once_and_forgotten_a_minute_after_it_was_killed(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, clock=SystemClock())
    number = a_ticket(desk)
    with elsewhere(tmp_path, open_for_ever, number) as other:
        assert other.next() == "open"
        assert presence.others(desk) == {number: (Present("agent2000"),)}
        other.signal(signal.SIGKILL)
        other.end()
    assert number in presence.others(desk)
    desk.clock = FixedClock(desk.clock.now() + timedelta(seconds=61))
    assert presence.others(desk) == {}
    desk.close()


def test_a_beat_keeps_it_there(desk: Desk, agent: Desk) -> None:
    number = a_ticket(desk)
    for _ in range(5):
        presence.here(agent, "s1", number)
        later(desk, seconds=presence.BEAT)
    assert number in presence.others(desk)


def test_it_is_no_news_for_a_board(desk: Desk, agent: Desk) -> None:
    number = a_ticket(desk)
    last = boards.news(desk, 0).last_event_id
    presence.here(agent, "s1", number, Doing.REPLYING)
    assert boards.news(desk, last).last_event_id == last
    assert tickets.open_ticket(desk, number).card.unread is False


class TestWhoeverAsksForHelp:
    @pytest.fixture
    def asker(self, desk: Desk) -> Desk:
        return desk_of(desk, Role.REQUESTER, 2001)

    def test_is_told_only_of_an_answer_to_them(self, desk: Desk, agent: Desk, asker: Desk) -> None:
        own = a_ticket(desk, requester_id=asker.actor.id)
        presence.here(agent, "s1", own)
        assert presence.others(asker) == {}
        presence.here(agent, "s1", own, Doing.NOTING)
        assert presence.others(asker) == {}
        assert tickets.open_ticket(asker, own).here == ()
        presence.here(agent, "s1", own, Doing.REPLYING)
        assert presence.others(asker) == {own: (Present("agent2000", "a reply"),)}

    def test_is_not_told_of_other_tickets(self, desk: Desk, agent: Desk, asker: Desk) -> None:
        presence.here(agent, "s1", a_ticket(desk), Doing.REPLYING)
        assert presence.others(asker) == {}

    def test_leaves_no_trace_on_them_either(self, desk: Desk, asker: Desk) -> None:
        presence.here(asker, "s1", a_ticket(desk))
        presence.here(asker, "s1", 999)
        assert presence.others(desk) == {}


def test_a_viewer_is_not_told_of_notes(desk: Desk, agent: Desk) -> None:
    number = a_ticket(desk)
    presence.here(agent, "s1", number, Doing.NOTING)
    assert presence.others(desk)[number] == (Present("agent2000", "a note"),)
    assert presence.others(desk_of(desk, Role.VIEWER, 2002))[number] == (Present("agent2000"),)
