"""Canned replies, templates and the signature from the keyboard."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from helpdesk_tui.desk import canned, people, templates, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.templates import Wording
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.ticket import Status
from helpdesk_tui.tui.screens.canned import CannedEdit, CannedPick
from helpdesk_tui.tui.screens.templates import FromTemplate, TemplateEdit, TemplatePick
from helpdesk_tui.tui.screens.text_entry import TextEntry
from helpdesk_tui.tui.widgets.choice_line import ChoiceLine
from tests.builders import a_desk, a_person, a_ticket, desk_of
from tests.tui.around import HOSTILE
from tests.tui.on_board import AtBoard, at_board


def stock(desk: Desk) -> None:
    """#1 of Dana's, #2 in Estonian, two canned replies, and a template."""
    a_ticket(desk, "Printer is dead", requester_id=a_person(desk, "Dana Cohen", Role.REQUESTER))
    a_ticket(desk, "Võrk on maas", "language:et")
    canned.add(desk, "On it", "Hello {requester.first_name}, by {due|soon}.", change="status:waiting +seen")
    canned.add(desk, "On it", "Tere, #{ticket.number}.", language="et")
    canned.add(desk, "Solved", "It works until {due}.")
    questions = "Who is it for? *\nWhich size? [13, 15] *\nDock? [yes/no]"
    templates.add(desk, Wording("Laptop", "New laptop", "Please.", questions, "Order\n# Setup\nInstall", "+hardware"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = a_desk(tmp_path, stock=stock)
    yield desk
    desk.close()


@asynccontextmanager
async def on(desk: Desk, number: int, size: tuple[int, int] = (120, 36)) -> AsyncIterator[AtBoard]:
    """The board, its cursor on that ticket."""
    async with at_board(desk, desk.store.path.parent, size) as at:
        at.screen.put_cursor_on(number)
        await at.settle()
        yield at


def said(desk: Desk, number: int) -> list[str]:
    return [one.body for one in tickets.open_ticket(desk, number).conversation]


class TestCanned:
    async def test_it_is_seen_as_it_would_be_said_before_it_is(self, desk: Desk) -> None:
        people.set_signature(desk, "Ada, IT")
        async with on(desk, 1) as at:
            await at.press("m")
            shown = at.drawn()
            assert "Hello Dana, by soon." in shown
            assert "Ada, IT" in shown
            assert "It also does: status:waiting +seen" in shown
            await at.press("down")
            assert "It works until ." in at.drawn()
            assert "No value here: {due}" in at.drawn()

    async def test_letters_find_it_and_enter_takes_it_into_the_reply(self, desk: Desk) -> None:
        async with on(desk, 1) as at:
            await at.press("m", *"on", "enter")
            entry = at.app.screen
            assert isinstance(entry, TextEntry)
            assert entry.query_one(TextArea).text == "Hello Dana, by soon."
            assert "Sending it also does: status:waiting +seen." in at.drawn()
            await at.type(" Bye.")
            await at.press("ctrl+s")
            assert said(desk, 1) == ["Hello Dana, by soon. Bye."]
            card = tickets.open_ticket(desk, 1).card
            assert (card.status, [label.name for label in card.labels]) == (Status.WAITING, ["seen"])
            await at.press("u")
            assert said(desk, 1) == []
            assert tickets.open_ticket(desk, 1).card.status is Status.NONE

    async def test_typed_ahead_it_is_the_same(self, desk: Desk) -> None:
        async with on(desk, 1) as at:
            await at.type("msolv\n")
            await at.press("enter", "ctrl+s")
            assert said(desk, 1) == ["It works until ."]

    async def test_one_goes_into_the_reply_that_is_being_written_where_the_cursor_is(self, desk: Desk) -> None:
        async with on(desk, 1) as at:
            await at.press("r")
            assert "ctrl+t canned reply" in at.drawn()
            await at.type("First: . Last.")
            await at.press(*["left"] * 7, "ctrl+t")
            assert isinstance(at.app.screen, CannedPick)
            await at.press(*"on", "enter")
            entry = at.app.screen
            assert isinstance(entry, TextEntry)
            assert entry.query_one(TextArea).text == "First: Hello Dana, by soon.. Last."
            assert "Sending it also does: status:waiting +seen." in at.drawn()
            await at.press("ctrl+t", *"solv", "enter")
            assert "{due} here: look for the gap." in at.drawn()
            await at.press("ctrl+s")
            found = tickets.open_ticket(desk, 1)
            assert found.conversation[0].body == "First: Hello Dana, by soon.It works until .. Last."
            assert (found.card.status, [label.name for label in found.card.labels]) == (Status.WAITING, ["seen"])
            assert "replied with “On it, Solved”" in [entry.what for entry in found.history]

    async def test_leaving_the_list_leaves_the_reply_as_it_is(self, desk: Desk) -> None:
        async with on(desk, 1, (80, 24)) as at:
            await at.press("r")
            await at.type("Hello")
            await at.press("ctrl+t", "escape", "ctrl+s")
            assert said(desk, 1) == ["Hello"]

    async def test_a_draft_keeps_which_one_it_was_begun_with(self, desk: Desk) -> None:
        async with on(desk, 1) as at:
            await at.press("r", "ctrl+t", *"on", "enter", "escape", "r")
            assert isinstance(at.app.screen, TextEntry)
            assert at.app.screen.change == "status:waiting +seen"
            await at.press("ctrl+s")
            history = tickets.open_ticket(desk, 1).history
            assert "replied with “On it”" in [entry.what for entry in history]

    async def test_none_goes_into_a_note(self, desk: Desk) -> None:
        async with on(desk, 1) as at:
            await at.press("c", "ctrl+t")
            assert isinstance(at.app.screen, TextEntry)
            assert "canned" not in at.drawn()

    async def test_it_is_in_the_language_of_the_ticket(self, desk: Desk) -> None:
        async with on(desk, 2) as at:
            await at.press("enter", "m", *"on it", "enter", "ctrl+s")
            assert said(desk, 2) == ["Tere, #2."]
            assert "Tere, #2." in at.drawn()

    async def test_closing_what_waits_for_an_open_one_is_asked_about(self, desk: Desk) -> None:
        canned.edit(desk, canned.find(desk, "Solved").id, change="to:done")
        tickets.change_text(desk, [2], "blocks:#1")
        async with on(desk, 1) as at:
            await at.press("m", *"solved", "enter", "ctrl+s")
            assert said(desk, 1) == []
            await at.press("y")
            assert said(desk, 1) == ["It works until ."]
            assert tickets.open_ticket(desk, 1).card.closed is not None

    async def test_marked_tickets_are_each_answered_after_a_question(self, desk: Desk) -> None:
        async with on(desk, 1) as at:
            await at.press("asterisk", "m", "enter")
            assert "The requesters of 2 tickets will read “On it”" in " ".join(at.drawn().split())
            await at.press("y")
            assert (said(desk, 1), said(desk, 2)) == (["Hello Dana, by soon."], ["Tere, #2."])
            await at.press("u")
            assert (said(desk, 1), said(desk, 2)) == ([], [])

    async def test_esc_keeps_what_was_written_and_the_draft_is_not_said_twice(self, desk: Desk) -> None:
        async with on(desk, 1) as at:
            await at.press("m", "enter")
            await at.type(" Bye.")
            await at.press("escape", "m", "enter")
            assert at.app.screen.query_one(TextArea).text == "Hello Dana, by soon. Bye."
            await at.press("escape", "m", "down", "enter")
            assert at.app.screen.query_one(TextArea).text == "Hello Dana, by soon. Bye.\n\nIt works until ."

    async def test_a_draft_of_one_still_does_what_it_does_besides(self, desk: Desk) -> None:
        async with on(desk, 1) as at:
            await at.press("m", *"seen", "enter")
            await at.type(" Bye.")
            await at.press("escape", "r")
            assert "The requester will read this." in at.drawn()
            assert "also does" in at.drawn()
            await at.press("ctrl+s")
            assert said(desk, 1) == ["Hello Dana, by soon. Bye."]
            assert tickets.open_ticket(desk, 1).card.status is Status.WAITING

    async def test_a_draft_that_was_emptied_does_nothing_besides(self, desk: Desk) -> None:
        async with on(desk, 1) as at:
            await at.press("m", *"seen", "enter")
            await at.type(" Bye.")
            await at.press("escape", "r", "ctrl+u", "escape", "r")
            assert "also does" not in at.drawn()

    async def test_a_new_one_is_written_there_and_offered_at_once(self, desk: Desk) -> None:
        async with on(desk, 1) as at:
            await at.press("m", "ctrl+n")
            assert isinstance(at.app.screen, CannedEdit)
            await at.type("Bye")
            await at.press("tab", "tab")
            await at.type("Bye, {requester.name}.")
            await at.press("ctrl+s")
            assert isinstance(at.app.screen, CannedPick)
            assert "canned reply Bye saved" in at.drawn()
            assert "Bye, Dana Cohen." in at.drawn()
            assert canned.find(desk, "Bye").body == "Bye, {requester.name}."

    async def test_what_is_wrong_is_said_when_it_is_saved(self, desk: Desk) -> None:
        async with on(desk, 1) as at:
            await at.press("m", "ctrl+n")
            await at.type("Bye")
            await at.press("tab", "tab")
            await at.type("Bye, {requester.nam}.")
            await at.press("ctrl+s")
            assert "There is no placeholder {requester.nam}. Did you mean {requester.name}?" in at.drawn()
            await at.press("escape", "ctrl+n")
            assert at.app.screen.query_one(TextArea).text == "Bye, {requester.nam}."

    async def test_a_wrong_change_is_gone_to(self, desk: Desk) -> None:
        async with on(desk, 1) as at:
            await at.press("m", "ctrl+e", "tab", "tab", "tab", "end")
            await at.type(" prioritty:high")
            await at.press("enter")
            assert "priority" in at.drawn()
            assert at.app.screen.focused is at.app.screen.query_one("#change", Input)

    async def test_one_is_rewritten_and_removed_there(self, desk: Desk) -> None:
        async with on(desk, 1) as at:
            await at.press("m", *"solved", "ctrl+e", "tab", "tab", "ctrl+end", "!", "ctrl+s")
            assert canned.find(desk, "Solved").body == "It works until {due}.!"
            await at.press("delete")
            assert [one.name for one in canned.canned(desk)] == ["On it", "On it"]
            await at.press("escape", "u")
            assert canned.find(desk, "Solved").body == "It works until {due}.!"

    @pytest.mark.parametrize("text", HOSTILE)
    async def test_hostile_text_is_only_text(self, desk: Desk, text: str) -> None:
        body = text.translate({ord("{"): "(", ord("}"): ")"})
        canned.add(desk, f"A {text}"[:100], body)
        people.set_signature(desk, body)
        async with on(desk, 1, (80, 24)) as at:
            await at.press("m", "ctrl+e", "escape", "enter")
            assert isinstance(at.app.screen, TextEntry)


class TestTemplates:
    async def test_it_shows_what_it_asks(self, desk: Desk) -> None:
        async with on(desk, 1) as at:
            await at.press("N")
            shown = at.drawn()
            assert isinstance(at.app.screen, TemplatePick)
            for words in ("Which size? [13, 15] *", "# Setup", "+hardware", "Please."):
                assert words in shown

    async def test_the_answers_make_the_ticket(self, desk: Desk) -> None:
        async with on(desk, 1) as at:
            await at.press("N", *"lap", "enter")
            assert isinstance(at.app.screen, FromTemplate)
            await at.type("Anna")
            await at.press("tab", "1", "1", "tab", "y", "enter")
            assert "#3 New laptop" in at.said()
            made = tickets.open_ticket(desk, 3)
            assert made.description == "Please.\n\n**Who is it for?** Anna\n\n**Which size?** 15\n\n**Dock?** yes"
            assert made.card.steps == 2
            await at.press("u")
            assert tickets.count(desk, desk.ask("")) == 2

    @pytest.mark.parametrize("size", [(120, 36), (80, 24)])
    async def test_an_answer_may_have_several_lines(self, desk: Desk, size: tuple[int, int]) -> None:
        templates.add(desk, Wording("Failure", questions="What happened? [long text] *\nWhere?"))
        async with on(desk, 1, size) as at:
            await at.press("N", *"fail", "enter")
            assert "ctrl+s make the ticket" in at.drawn()
            await at.press("ctrl+s")
            assert "must be answered" in at.drawn()
            await at.type("It hummed.")
            await at.press("enter")
            await at.type("Then smoke.")
            await at.press("tab")
            await at.type("Floor 2")
            await at.press("escape", "N", *"fail", "enter", "ctrl+s")
        made = tickets.open_ticket(desk, 3)
        assert made.description == "**What happened?**\nIt hummed.\nThen smoke.\n\n**Where?** Floor 2"

    async def test_what_must_be_answered_is_gone_to(self, desk: Desk) -> None:
        async with on(desk, 1) as at:
            await at.press("N", "enter", "enter")
            assert "“Who is it for?” must be answered." in at.drawn()
            await at.type("Anna")
            await at.press("enter")
            assert "“Which size?” must be answered." in at.drawn()
            assert isinstance(at.app.screen.focused, ChoiceLine)
            await at.press("right", "enter")
            assert tickets.open_ticket(desk, 3).card.title == "New laptop"

    async def test_esc_keeps_the_answers(self, desk: Desk) -> None:
        async with on(desk, 1) as at:
            await at.press("N", "enter")
            await at.type("Anna")
            await at.press("tab", "right", "right", "escape")
            assert "draft" in at.said()
            await at.press("N", "enter", "enter")
            made = tickets.open_ticket(desk, 3)
            assert "Anna" in made.description
            assert "15" in made.description

    async def test_a_new_one_is_written_there(self, desk: Desk) -> None:
        async with on(desk, 1, (80, 24)) as at:
            await at.press("N", "ctrl+n")
            assert isinstance(at.app.screen, TemplateEdit)
            await at.type("Phone")
            await at.press("tab", "tab")
            await at.type("priority:high")
            await at.press("tab", "right", "tab", "tab")
            await at.type("Whose? [one]")
            await at.press("ctrl+s")
            assert "two different choices" in " ".join(at.drawn().split())
            await at.press("backspace", *", two] *", "ctrl+s")
            assert "template Phone saved" in at.drawn()
            wording = templates.wording(templates.find(desk, "Phone"))
            assert wording == Wording("Phone", questions="Whose? [one, two] *", change="priority:high",
                                      for_requesters=True)  # fmt: skip

    async def test_one_is_rewritten_and_removed_there(self, desk: Desk) -> None:
        async with on(desk, 1) as at:
            await at.press("N", "ctrl+e", "end", "s", "ctrl+s")
            assert templates.find(desk, "Laptops").title == "New laptop"
            await at.press("delete")
            assert templates.templates(desk) == ()
            assert "No template yet. ctrl+n writes one" in at.drawn()
            await at.press("escape", "u")
            assert len(templates.templates(desk)) == 1

    @pytest.mark.parametrize("text", HOSTILE)
    async def test_hostile_text_is_only_text(self, desk: Desk, text: str) -> None:
        with desk.store.writing() as unit:
            unit.connection.exec_driver_sql(
                "UPDATE template SET name = ?, title = ?, body = ?, change = ?, questions = json_array(json_object("
                "'ask', ?, 'kind', 'choice', 'choices', json_array(?, 'x')))",
                (text, text, text, text, text, text),
            )
            unit.commit()
        async with on(desk, 1, (80, 24)) as at:
            await at.press("N", "ctrl+e", "escape", "enter", "right", "tab")
            assert isinstance(at.app.screen, FromTemplate)

    async def test_requesters_use_theirs_and_write_none(self, desk: Desk) -> None:
        templates.add(desk, Wording("For all", questions="What? *", change="+secret", for_requesters=True))
        anna = desk_of(desk, Role.REQUESTER)
        async with at_board(anna, desk.store.path.parent) as at:
            await at.press("N")
            shown = at.drawn()
            assert "For all" in shown
            assert "Laptop" not in shown
            assert "secret" not in shown
            assert "ctrl+n" not in shown
            await at.press("ctrl+n", "ctrl+e", "delete")
            assert isinstance(at.app.screen, TemplatePick)
            await at.press("enter")
            await at.type("Help")
            await at.press("enter")
            assert tickets.open_ticket(desk, 3).card.requester == anna.actor.name


class TestSignature:
    async def test_it_is_written_and_taken_away(self, desk: Desk) -> None:
        async with on(desk, 1) as at:
            await at.press("ctrl+p", *"signature", "enter")
            await at.type("Ada")
            await at.press("enter", *"IT", "ctrl+s")
            assert people.signature(desk) == "Ada\nIT"
            await at.press("r", *"Done.", "ctrl+s")
            assert said(desk, 1) == ["Done.\n\nAda\nIT"]
            await at.press("ctrl+p", *"signature", "enter", "ctrl+a", "backspace", "ctrl+s")
            await at.press("ctrl+p", *"signature", "enter")
            entry = at.app.screen.query_one(TextArea)
            entry.clear()
            await at.press("ctrl+s")
            assert people.signature(desk) == ""
