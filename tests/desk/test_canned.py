"""Canned replies: what may be saved, in which language they are said, and what saying one does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from helpdesk_tui.desk import canned, conversation, people, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.undo import redo, undo
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.ticket import Speech, Status
from helpdesk_tui.errors import Conflict, LanguageError, NotAllowed, NotFound, UsageError
from tests.builders import NOON, a_desk, a_person, a_ticket, desk_of


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = a_desk(tmp_path)
    yield desk
    desk.close()


def saved(desk: Desk, name: str = "On it", body: str = "Hello {requester.first_name}.", **more: str) -> int:
    made = canned.add(desk, name, body, **more).made
    assert made is not None
    return made


def replies(desk: Desk, number: int) -> list[str]:
    return [one.body for one in tickets.open_ticket(desk, number).conversation if one.speech is Speech.REPLY]


class TestSaving:
    def test_it_can_be_found_by_its_name_whatever_the_case(self, desk: Desk) -> None:
        saved(desk, "Password reset", "Hello.", change="status:waiting")
        found = canned.find(desk, "password RESET")
        assert (found.name, found.body, found.change) == ("Password reset", "Hello.", "status:waiting")

    def test_a_placeholder_that_does_not_exist_is_refused_now(self, desk: Desk) -> None:
        with pytest.raises(UsageError, match=r"no placeholder \{requester\.firstname\}"):
            saved(desk, body="Hello {requester.firstname}")
        made = saved(desk)
        with pytest.raises(UsageError, match=r"no placeholder \{nope\}"):
            canned.edit(desk, made, body="{nope}")
        assert canned.find(desk, "On it").body == "Hello {requester.first_name}."

    def test_a_change_that_is_none_is_refused_now(self, desk: Desk) -> None:
        with pytest.raises(LanguageError, match="prioritty"):
            saved(desk, change="prioritty:high")
        with pytest.raises(LanguageError, match="nobody"):
            saved(desk, change="assignee:nobody")
        with pytest.raises(UsageError, match="says nothing itself"):
            saved(desk, change="reply:again")

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            ({"name": " "}, "needs a name"),
            ({"body": " \n"}, "is empty"),
            ({"language": "xx"}, "no language 'xx'"),
            ({"change": "check:" + "x" * 2000}, "1,000 is the limit"),
            ({"body": "a\x00"}, "NUL"),
        ],
    )
    def test_what_cannot_be_is_refused(self, desk: Desk, given: dict[str, str], says: str) -> None:
        with pytest.raises(UsageError, match=says):
            saved(desk, **given)

    def test_there_is_one_of_a_name_in_each_language(self, desk: Desk) -> None:
        saved(desk)
        made = saved(desk, "ON IT", "Tere.", language="et")
        with pytest.raises(Conflict, match=r"canned reply On it already"):
            saved(desk, "on it")
        with pytest.raises(Conflict):
            canned.edit(desk, made, language="")
        assert [one.language for one in canned.variants(desk, "on it")] == ["", "et"]

    def test_writing_editing_and_removing_are_undone_and_done_again(self, desk: Desk) -> None:
        made = saved(desk)
        canned.edit(desk, made, name="Working on it", body="Other.")
        canned.remove(desk, [made])
        assert canned.canned(desk) == ()
        undo(desk)
        assert canned.find(desk, "Working on it").body == "Other."
        undo(desk)
        assert canned.find(desk, "On it").body == "Hello {requester.first_name}."
        undo(desk)
        assert canned.canned(desk) == ()
        redo(desk)
        redo(desk)
        assert canned.find(desk, "Working on it").body == "Other."

    def test_one_that_is_gone_is_not_found(self, desk: Desk) -> None:
        made = saved(desk)
        canned.remove(desk, [made])
        for refused in (
            lambda: canned.remove(desk, [made]),
            lambda: canned.edit(desk, made, body="x"),
            lambda: canned.filled(desk, a_ticket(desk), made),
            lambda: canned.find(desk, "On it"),
        ):
            with pytest.raises(NotFound):
                refused()


class TestTheLanguage:
    @pytest.fixture
    def three(self, desk: Desk) -> Desk:
        saved(desk, body="Hello", language="en")
        saved(desk, body="Tere", language="et")
        saved(desk, body="שלום", language="he")
        return desk

    def test_is_the_tickets_own(self, three: Desk) -> None:
        number = a_ticket(three, change="language:et")
        assert canned.filled_named(three, number, "On it").text == "Tere"
        assert [one.body for one in canned.offered(three, number)] == ["Tere"]

    def test_else_the_one_the_requester_asked_in_last(self, three: Desk) -> None:
        dana = a_person(three, "Dana", Role.REQUESTER)
        a_ticket(three, change="language:et", requester_id=dana)
        a_ticket(three, change="language:he", requester_id=dana)
        assert canned.filled_named(three, a_ticket(three, requester_id=dana), "On it").text == "שלום"

    def test_else_the_one_for_all_else_english_else_any(self, three: Desk) -> None:
        number = a_ticket(three, change="language:pl")
        assert canned.filled_named(three, number, "On it").text == "Hello"
        saved(three, body="Hi", language="")
        assert canned.filled_named(three, number, "On it").text == "Hi"
        saved(three, "Other", "Cześć", language="ro")
        assert canned.filled_named(three, number, "Other").text == "Cześć"

    def test_is_the_one_that_is_asked_for(self, three: Desk) -> None:
        number = a_ticket(three, change="language:et")
        assert canned.filled_named(three, number, "On it", "he").text == "שלום"
        with pytest.raises(NotFound) as refused:
            canned.use(three, [number], "On it", "pl")
        assert refused.value.hint == "It is in: en, et, he."

    def test_decides_how_moments_are_written(self, desk: Desk) -> None:
        number = a_ticket(desk, due=NOON + timedelta(days=2))
        for language, says in (("", "Fri 27 Nov 12:00"), ("et", "27.11.2026 12:00"), ("fa", "2026/11/27 12:00")):
            saved(desk, body="{due}", language=language)
            assert canned.filled_named(desk, number, "On it", language).text == says


class TestSaying:
    def test_the_placeholders_are_filled_for_the_ticket(self, desk: Desk) -> None:
        saved(
            desk,
            body="{requester.first_name} {requester.name} #{ticket.number} {ticket.title} {ticket.column} {board} "
            "{assignee.first_name} {agent.name} {ticket.priority} {today} {due|soon} {ticket.created}",
        )
        dana = a_person(desk, "Dana Cohen", Role.REQUESTER)
        a_person(desk, "Bob Builder")
        number = a_ticket(desk, "Is {due} dead", "assignee:bob", requester_id=dana)
        canned.use(desk, [number], "on it")
        assert replies(desk, number) == [
            f"Dana Dana Cohen #{number} Is {{due}} dead To Do IT Support Bob Ada Admin normal Wed 25 Nov soon "
            "Wed 25 Nov 12:00"
        ]

    def test_what_has_no_value_is_told_beforehand(self, desk: Desk) -> None:
        made = saved(desk, body="Until {due}, {requester.first_name|friend}.")
        shown = canned.filled(desk, a_ticket(desk), made)
        assert (shown.text, shown.gaps) == ("Until , friend.", ("due",))

    def test_its_change_is_the_same_step(self, desk: Desk) -> None:
        saved(desk, change="status:waiting +asked due:3d")
        number = a_ticket(desk)
        outcome = canned.use(desk, [number], "On it")
        assert outcome.said.startswith(f"#{number}: replied, status waiting, +asked, due ")
        card = tickets.open_ticket(desk, number).card
        assert (card.status, [label.name for label in card.labels], card.replies) == (Status.WAITING, ["asked"], 1)
        undo(desk)
        card = tickets.open_ticket(desk, number).card
        assert (card.status, card.labels, card.replies) == (Status.NONE, (), 0)
        redo(desk)
        assert tickets.open_ticket(desk, number).card.replies == 1

    def test_many_tickets_are_each_answered_in_their_own_words_in_one_step(self, desk: Desk) -> None:
        saved(desk, body="#{ticket.number}")
        saved(desk, body="nr {ticket.number}", language="et")
        numbers = [a_ticket(desk), a_ticket(desk, change="language:et")]
        assert canned.use(desk, [*numbers, numbers[0]], "On it").said == "2 tickets: replied"
        assert [replies(desk, number) for number in numbers] == [[f"#{numbers[0]}"], [f"nr {numbers[1]}"]]
        undo(desk)
        assert [replies(desk, number) for number in numbers] == [[], []]

    def test_the_history_says_which_it_was(self, desk: Desk) -> None:
        canned.add(desk, "VPN reset", "Hello.")
        number = a_ticket(desk, "VPN")
        canned.use(desk, [number], "VPN reset")
        canned.say(desk, number, "Hello again.", "", "VPN reset")
        canned.say(desk, number, "Bye.", "")
        said = [entry.what for entry in tickets.open_ticket(desk, number).history if entry.kind == "replied"]
        assert said == ["replied", "replied with “VPN reset”", "replied with “VPN reset”"]

    def test_it_may_be_changed_by_hand_before(self, desk: Desk) -> None:
        number = a_ticket(desk)
        canned.say(desk, number, "In other words {due}", "priority:high")
        assert replies(desk, number) == ["In other words {due}"]
        assert tickets.open_ticket(desk, number).card.priority.word == "high"

    def test_a_change_that_can_be_made_no_longer_says_nothing(self, desk: Desk) -> None:
        a_person(desk, "Bob Builder")
        saved(desk, change="assignee:bob")
        with desk.store.writing() as unit:
            unit.connection.exec_driver_sql("UPDATE person SET removed = true WHERE login = 'bob'")
            unit.commit()
        number = a_ticket(desk)
        with pytest.raises(LanguageError):
            canned.use(desk, [number], "On it")
        assert replies(desk, number) == []

    def test_nothing_is_said_where_one_ticket_is_missing(self, desk: Desk) -> None:
        saved(desk)
        number = a_ticket(desk)
        with pytest.raises(NotFound):
            canned.use(desk, [number, 999], "On it")
        assert replies(desk, number) == []

    def test_nobody_but_the_team_knows_them(self, desk: Desk) -> None:
        saved(desk)
        number = a_ticket(desk)
        for role in (Role.VIEWER, Role.REQUESTER):
            other = desk_of(desk, role, uid=2000 + list(Role).index(role))
            for refused in (
                lambda other=other: canned.canned(other),
                lambda other=other: canned.find(other, "On it"),
                lambda other=other: canned.variants(other, "On it"),
                lambda other=other: canned.offered(other, number),
                lambda other=other: canned.use(other, [number], "On it"),
                lambda other=other: canned.say(other, number, "x", ""),
                lambda other=other: saved(other, "Mine"),
            ):
                with pytest.raises(NotAllowed):
                    refused()


class TestTheSignature:
    def test_is_under_every_reply_and_no_note(self, desk: Desk) -> None:
        people.set_signature(desk, "  Ada \n IT, floor 2\n\n")
        assert people.signature(desk) == "Ada\n IT, floor 2"
        number = a_ticket(desk)
        conversation.reply(desk, number, "Done.")
        conversation.note(desk, number, "Between us.")
        tickets.change_text(desk, [number], 'reply:"And this." note:"And that."')
        saved(desk, body="Hello.")
        canned.use(desk, [number], "On it")
        said = [one.body for one in tickets.open_ticket(desk, number).conversation]
        under = "\n\nAda\n IT, floor 2"
        assert said == [f"Done.{under}", "Between us.", f"And this.{under}", "And that.", f"Hello.{under}"]

    def test_is_not_there_twice(self, desk: Desk) -> None:
        people.set_signature(desk, "Ada, IT")
        number = a_ticket(desk)
        conversation.reply(desk, number, "Done.\n\nAda, IT\n")
        assert replies(desk, number) == ["Done.\n\nAda, IT"]

    def test_is_shown_with_the_filled_reply(self, desk: Desk) -> None:
        people.set_signature(desk, "Ada, IT")
        assert canned.filled(desk, a_ticket(desk), saved(desk)).signature == "Ada, IT"

    def test_is_ones_own(self, desk: Desk) -> None:
        people.set_signature(desk, "Ada, IT")
        other = desk_of(desk, Role.AGENT)
        number = a_ticket(desk)
        conversation.reply(other, number, "Hi.")
        assert replies(desk, number) == ["Hi."]

    def test_is_taken_away_by_nothing_and_comes_back_by_undo(self, desk: Desk) -> None:
        people.set_signature(desk, "Ada, IT")
        assert people.set_signature(desk, " \n").said == "your replies end without a signature"
        assert people.signature(desk) == ""
        undo(desk)
        assert people.signature(desk) == "Ada, IT"

    def test_does_not_make_an_empty_reply_one(self, desk: Desk) -> None:
        people.set_signature(desk, "Ada, IT")
        with pytest.raises(UsageError, match="empty"):
            conversation.reply(desk, a_ticket(desk), " ")

    def test_too_long_a_one_is_refused(self, desk: Desk) -> None:
        with pytest.raises(UsageError, match="1,000 is the limit"):
            people.set_signature(desk, "x" * 1001)
