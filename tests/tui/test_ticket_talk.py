"""Conversation and history in the ticket: what is said can be quoted and rewritten, nothing leaks, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from helpdesk_tui.desk import conversation, merging, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Actor, Role
from helpdesk_tui.domain.ticket import Speech
from helpdesk_tui.errors import Conflict
from helpdesk_tui.tui.drafts import drafts_of
from helpdesk_tui.tui.screens.compare import Compare
from helpdesk_tui.tui.screens.confirm import Confirm
from helpdesk_tui.tui.screens.conflict import Conflict as TwoVersions
from helpdesk_tui.tui.screens.ticket import TicketScreen
from helpdesk_tui.tui.widgets.ticket_body import TicketBody
from helpdesk_tui.tui.widgets.ticket_parts import Reader
from helpdesk_tui.tui.widgets.ticket_talk import conversation as talk
from tests.builders import NOON, a_ticket, an_organization, desk_of, later
from tests.tui.around import Around, make_desk, press, settle


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path)
    tickets.edit(desk, 1, description="one", base_version=tickets.open_ticket(desk, 1).version)
    yield desk
    desk.close()


async def test_a_note_is_quoted_in_a_note_and_never_in_a_reply(desk: Desk) -> None:
    said = conversation.note(desk, 1, "the password is on the wall").made or 0
    app = Around(desk, TicketScreen(1))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        app.screen.query_one(TicketBody).stand_on(("comment", said))
        await press(pilot, "R", "o", "k", "ctrl+s")
    answer = tickets.open_ticket(desk, 1).conversation[-1]
    assert (answer.speech, answer.body) == (Speech.NOTE, "> the password is on the wall\n\nok")


def test_only_the_team_speaks_to_whoever_asked(desk: Desk) -> None:
    acme = an_organization(desk, shares=True)
    rita, ravi = (desk_of(desk, Role.REQUESTER, uid, f"R {uid}", organization=acme) for uid in (2001, 2002))
    number = a_ticket(desk, requester_id=rita.actor.id)
    for one in (rita, ravi, desk):
        conversation.reply(one, number, "Hello.")
    shown = talk(tickets.open_ticket(desk, number), 80, Reader(NOON, UTC)).lines
    heads = ["".join(text for _, text in line.pieces) for line in shown if line.about is not None]
    assert ["to R 2001" in head for head in heads if "Hello" not in head] == [False, False, True]


async def test_a_quote_is_put_behind_the_draft_there_is(desk: Desk) -> None:
    conversation.reply(desk, 1, "hello")
    app = Around(desk, TicketScreen(1))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "r", *"draft", "escape", "R", "ctrl+s")
    assert tickets.open_ticket(desk, 1).conversation[-1].body.startswith("draft\n\n> hello")


async def test_after_ten_minutes_it_is_said_before_one_begins_to_write(desk: Desk) -> None:
    said = conversation.reply(desk, 1, "hello").made or 0
    later(desk, minutes=11)
    app = Around(desk, TicketScreen(1))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        app.screen.query_one(TicketBody).stand_on(("comment", said))
        await press(pilot, "enter")
        assert isinstance(app.screen, TicketScreen)
        assert "ten minutes" in app.drawn()


async def test_a_comment_rewritten_elsewhere_meanwhile_is_shown_in_both_versions(desk: Desk) -> None:
    said = conversation.reply(desk, 1, "hello").made or 0
    app = Around(desk, TicketScreen(1))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        app.screen.query_one(TicketBody).stand_on(("comment", said))
        await press(pilot, "enter", "!")
        conversation.edit_comment(desk, said, "hello from my phone")
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, TwoVersions)
        await press(pilot, "ctrl+s")
    assert tickets.open_ticket(desk, 1).conversation[0].body == "hello!"


async def test_a_rewritten_text_is_shown_before_and_after(desk: Desk) -> None:
    app = Around(desk, TicketScreen(1))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert "+ one" in app.drawn()
        entry = tickets.open_ticket(desk, 1).history[0]
        app.screen.query_one(TicketBody).stand_on(("event", entry.event_id))
        await press(pilot, "enter")
        assert isinstance(app.screen, Compare)
        assert all(word in app.drawn() for word in ("Before", "After", "one"))
        await press(pilot, "escape")
        assert isinstance(app.screen, TicketScreen)


def test_what_a_note_said_is_not_in_the_history_of_who_may_not_read_notes(desk: Desk) -> None:
    note = conversation.note(desk, 1, "zanzibar").made or 0
    conversation.edit_comment(desk, note, "nothing")
    assert any(entry.before == "zanzibar" for entry in tickets.open_ticket(desk, 1).history)
    desk.actor = Actor(desk.actor.id, desk.actor.login, desk.actor.name, Role.VIEWER)
    history = tickets.open_ticket(desk, 1).history
    assert history
    assert not any("zanzibar" in entry.before + entry.after + entry.what for entry in history)


def test_nothing_is_written_on_a_ticket_that_became_part_of_another(desk: Desk) -> None:
    into = tickets.create(desk, tickets.NewTicket("Whole")).made or 0
    version = tickets.open_ticket(desk, 1).version
    merging.merge(desk, [1], into)
    for write in (
        lambda: conversation.reply(desk, 1, "x"),
        lambda: conversation.note(desk, 1, "x"),
        lambda: tickets.edit(desk, 1, title="x", base_version=version),
    ):
        with pytest.raises(Conflict, match=f"merged into #{into}"):
            write()


async def test_an_answer_to_a_ticket_merged_meanwhile_can_go_where_that_went(desk: Desk) -> None:
    into = tickets.create(desk, tickets.NewTicket("Whole")).made or 0
    app = Around(desk, TicketScreen(1))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "r", *"news")
        merging.merge(desk, [1], into)
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, Confirm)
        assert drafts_of(app).of("reply 1") == {"text": "news"}
        await press(pilot, "y")
        assert drafts_of(app).of("reply 1") == {}
    assert tickets.open_ticket(desk, into).conversation[-1].body == "news"
