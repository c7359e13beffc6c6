"""The screen `P`: who works here and at what, and everything that is done to people."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from helpdesk_tui.desk import organizations, people, persons, presence, rules
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.persons import Details
from helpdesk_tui.domain.at_work import AtWork, Doing
from helpdesk_tui.domain.people import Person, Role
from helpdesk_tui.domain.rules import Wording
from helpdesk_tui.tui.screens import person_form
from helpdesk_tui.tui.screens.organizations import OrganizationsPick
from helpdesk_tui.tui.screens.people import PeoplePick
from helpdesk_tui.tui.screens.person_form import NewAccount, PersonForm
from helpdesk_tui.tui.widgets.people_list import Row, row_pieces
from tests.builders import NOON, a_person, a_ticket, an_organization, as_uid
from tests.tui.around import HOSTILE
from tests.tui.on_board import AtBoard, at_board

pytestmark = pytest.mark.asyncio


def stock(desk: Desk) -> None:
    bob = a_person(desk, "Bob Builder", uid=2001)
    a_person(desk, "Carol Clerk", uid=2002)
    mari = a_person(desk, "Mari Maasikas", Role.REQUESTER, organization=an_organization(desk))
    persons.edit(desk, bob, Details(capacity=1, skills=["printers"]))
    for title in ("Printer is dead", "VPN drops"):
        a_ticket(desk, title, "due:2026-11-24", requester_id=mari, assignee_id=bob)


@pytest_asyncio.fixture
async def board(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[AtBoard]:
    stock(desk)
    accounts = [NewAccount("dora", "Dora Doe", True), NewAccount("bob", "Bob Builder", True)]
    monkeypatch.setattr(person_form, "accounts_of_this_machine", lambda: accounts)
    async with at_board(desk, tmp_path) as found:
        await found.press("P")
        yield found


def one(desk: Desk, name: str) -> Person:
    return next(person for person in people.everybody(desk) if person.name == name)


def row_of(board: AtBoard, name: str) -> str:
    return next(line for line in board.drawn().splitlines() if name in line)


class TestTheList:
    async def test_in_groups_with_what_each_has_to_do(self, board: AtBoard) -> None:
        text = board.drawn()
        assert text.index("Team 3") < text.index("Bob Builder") < text.index("Ada Admin") < text.index("Requesters 1")
        assert "BB" in row_of(board, "Bob Builder")
        assert "2/1! 2 late" in row_of(board, "Bob Builder")
        assert "Acme" in row_of(board, "Mari Maasikas")

    async def test_letters_find_names_skills_and_roles(self, board: AtBoard) -> None:
        await board.press(*"printers")
        assert "Bob Builder" in board.drawn()
        assert "Carol" not in board.drawn()

    async def test_the_cursor_passes_over_headings(self, board: AtBoard) -> None:
        await board.press("down", "down", "down")
        assert "Mari" in next(line for line in board.drawn().splitlines() if "▸" in line)
        await board.press("up")
        assert "Carol" in next(line for line in board.drawn().splitlines() if "▸" in line)
        await board.press("up", "up", "up", "up")
        assert "Bob" in next(line for line in board.drawn().splitlines() if "▸" in line)

    async def test_what_they_do_now_is_there(self, board: AtBoard, desk: Desk) -> None:
        bob = as_uid(desk, 2001)
        presence.here(bob, "s", 2, Doing.REPLYING)
        screen = board.app.screen
        assert isinstance(screen, PeoplePick)
        screen.here_changed({}, {})
        await board.settle()
        assert "✎ #2" in row_of(board, "Bob Builder")
        bob.close()

    @pytest.mark.parametrize("size", [(80, 24), (40, 12)])
    async def test_on_smaller_screens(self, desk: Desk, tmp_path: Path, size: tuple[int, int]) -> None:
        stock(desk)
        async with at_board(desk, tmp_path, size=size) as board:
            await board.press("P")
            assert "BB  Bob Builder" in board.drawn()
            assert "2/1!" in board.drawn()

    @pytest.mark.parametrize("name", HOSTILE)
    @pytest.mark.parametrize("width", [20, 60, 110])
    async def test_whatever_their_names_rows_keep_their_width(self, name: str, width: int) -> None:
        person = Person(1, "", name, Role.AGENT, organization=name, initials=name[:3])
        pieces = row_pieces(Row(AtWork(person, 3, 1)), width, NOON, NOON.tzinfo)  # type: ignore[arg-type]
        from rich.cells import cell_len

        assert sum(cell_len(text) for _, text in pieces) <= width


class TestKeys:
    async def test_enter_edits(self, board: AtBoard, desk: Desk) -> None:
        await board.press("enter")
        assert isinstance(board.app.screen, PersonForm)
        await board.press(*" Jr", "ctrl+s")
        assert one(desk, "Bob Builder Jr").login == "bob"
        assert "Bob Builder Jr" in board.drawn()

    async def test_every_field_is_kept(self, board: AtBoard, desk: Desk) -> None:
        await board.press("enter", "tab", "tab", "v", "tab")
        for text in ("bob@it.example", "Acme Ltd", "", "en", "Europe/Tallinn", "", "1 dec", "2 dec", "green", "BoB"):
            await board.type(text)
            await board.press("tab")
        await board.press("ctrl+s")
        bob = one(desk, "Bob Builder")
        assert (bob.role, bob.mail, bob.organization) == (Role.VIEWER, "bob@it.example", "Acme Ltd")
        assert (bob.languages, bob.zone, bob.capacity) == (("en",), "Europe/Tallinn", 1)
        assert bob.away_from is not None
        assert bob.away_until is not None
        assert (bob.away_from.day, bob.away_until.day, bob.color) == (1, 2, "green")
        assert bob.avatar.upper() == "BOB"

    async def test_what_is_wrong_is_said_and_the_form_stays(self, board: AtBoard) -> None:
        await board.press("enter", *["tab"] * 8)
        await board.type("x")
        await board.press("ctrl+s")
        assert "no number of tickets" in board.drawn()
        assert isinstance(board.app.screen, PersonForm)

    async def test_n_takes_in_an_account_of_the_machine(
        self, board: AtBoard, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from helpdesk_tui import bootstrap
        from helpdesk_tui.desk.admission import Account

        monkeypatch.setattr(bootstrap, "account_named", lambda login: Account(3001, login, "Dora Doe"))
        await board.press("N")
        assert "dora" in board.drawn()
        assert "bob " not in board.line(5)
        await board.press(*"dor", "enter")
        await board.press("ctrl+s")
        assert (one(desk, "Dora Doe").login, one(desk, "Dora Doe").role) == ("dora", Role.REQUESTER)
        assert "added" in board.drawn()

    async def test_n_takes_in_somebody_by_name(self, board: AtBoard, desk: Desk) -> None:
        await board.press("N")
        await board.type("Zoe Zimmer")
        await board.press("enter", "ctrl+s")
        assert one(desk, "Zoe Zimmer").login == ""

    async def test_d_asks_who_takes_the_open_tickets(self, board: AtBoard, desk: Desk) -> None:
        await board.press("D")
        assert "who takes their 2 open tickets?" in board.drawn()
        await board.press(*"carol", "enter")
        assert not one(desk, "Bob Builder").active
        assert {found.person.name: found.open for found in people.at_work(desk)}["Carol Clerk"] == 2
        assert "Deactivated 1" in board.drawn()

    async def test_h_gives_the_open_tickets_to_another(self, board: AtBoard, desk: Desk) -> None:
        await board.press("H")
        assert "who takes their 2 open tickets?" in board.drawn()
        assert "nobody" not in board.drawn()
        await board.press(*"carol", "enter")
        assert one(desk, "Bob Builder").active
        assert {found.person.name: found.open for found in people.at_work(desk)}["Carol Clerk"] == 2
        assert "2 open tickets of bob → carol" in board.drawn()

    async def test_d_takes_back(self, board: AtBoard, desk: Desk) -> None:
        await board.press("down", "down", "D", "y")
        assert not one(desk, "Carol Clerk").active
        await board.press("D")
        assert one(desk, "Carol Clerk").active

    async def test_m_merges_after_a_question(self, board: AtBoard, desk: Desk) -> None:
        persons.add(desk, Details(name="Mary Maasikas"))
        screen = board.app.screen
        assert isinstance(screen, PeoplePick)
        screen.again()
        await board.settle()
        await board.press(*"mary", "M", *"mari", "enter")
        assert "Merge into Mari Maasikas" in board.drawn()
        await board.press("y")
        assert "Mary Maasikas" not in [person.name for person in people.everybody(desk)]

    async def test_e_erases_who_asked_after_a_question_that_enter_does_not_answer(
        self, board: AtBoard, desk: Desk
    ) -> None:
        mari = one(desk, "Mari Maasikas").id
        await board.press(*"mari", "E", "enter")
        assert "This cannot be undone." in board.drawn()
        assert one(desk, "Mari Maasikas").active
        await board.press("y")
        assert "Mari Maasikas" not in [person.name for person in people.everybody(desk)]
        assert f"erased person {mari}" in board.drawn()

    async def test_e_does_not_erase_one_of_the_team(self, board: AtBoard, desk: Desk) -> None:
        await board.press(*"carol", "E")
        assert "works at this desk" in board.drawn()
        assert "cannot be undone" not in board.drawn()
        assert one(desk, "Carol Clerk").active

    async def test_t_shows_their_tickets(self, board: AtBoard) -> None:
        await board.press("T")
        assert board.app.screen is board.screen
        assert board.screen.text == "assignee:bob"

    async def test_t_of_a_requester_shows_what_they_asked(self, board: AtBoard) -> None:
        await board.press(*"mari", "T")
        assert board.screen.text == "requester:mari"
        assert "2 tickets" in board.drawn() or "2 of 2" in board.drawn()

    async def test_o_shows_and_edits_organizations(self, board: AtBoard, desk: Desk) -> None:
        await board.press("O")
        assert isinstance(board.app.screen, OrganizationsPick)
        assert "1 person · 2 open" in board.drawn() or "1 person · 0 open" in board.drawn()
        await board.press("enter", "tab", *"acme.ee", "tab", "right", "ctrl+s")
        found = organizations.find(desk, "Acme OÜ")
        assert (found.domains, found.shares) == (("acme.ee",), True)
        await board.press("N", *"Tamme", "ctrl+s")
        rules.add(desk, Wording("Theirs", "created", "org:Tamme", "priority:high"))
        await board.press("X")
        assert "organization Tamme removed. The rule Theirs still names Tamme." in board.drawn()
        assert [use.organization.name for use in organizations.uses(desk)] == ["Acme OÜ"]

    async def test_m_merges_two_organizations_after_a_question(self, board: AtBoard, desk: Desk) -> None:
        organizations.add(desk, "Tamme", shares=True)
        await board.press("O", *"acme", "M", *"tam", "enter")
        assert "Merge into Tamme" in board.drawn()
        assert "There each sees the tickets of all." in board.drawn()
        await board.press("y")
        assert [use.organization.name for use in organizations.uses(desk)] == ["Tamme"]
        assert "is Tamme now: 1 person" in board.drawn()

    async def test_the_last_admin_stays(self, board: AtBoard, desk: Desk) -> None:
        await board.press("down", "enter", "tab", "tab", "v", "ctrl+s")
        assert "last admin" in board.drawn()
        assert one(desk, "Ada Admin").role is Role.ADMIN


class TestThoseWhoDoNotManagePeople:
    async def test_see_the_team_and_edit_themselves(self, desk: Desk, tmp_path: Path) -> None:
        stock(desk)
        bob = as_uid(desk, 2001)
        async with at_board(bob, tmp_path) as board:
            await board.press("P")
            text = board.drawn()
            assert "Carol Clerk" in text
            assert "Mari" not in text
            assert "deactivate" not in text
            await board.press(*"carol")
            assert "enter edit" not in board.drawn()
            await board.press("enter")
            assert "everybody their own entry" in board.drawn()
            await board.press(*["backspace"] * 5, *"bob")
            assert "enter edit" in board.drawn()
            await board.press("enter")
            assert isinstance(board.app.screen, PersonForm)
            assert "Mail" not in board.drawn()
            await board.type(", vpn")
            await board.press("ctrl+s")
            assert one(desk, "Bob Builder").skills == ("printers", "vpn")
        bob.close()

    async def test_who_stops_managing_people_while_it_is_open_sees_the_team(self, desk: Desk, tmp_path: Path) -> None:
        stock(desk)
        carol = as_uid(desk, 2002)
        persons.edit(desk, carol.actor.id, Details(role=Role.ADMIN))
        with carol.store.reading() as unit:
            carol.keep_up(unit)
        async with at_board(carol, tmp_path) as board:
            await board.press("P")
            assert "Mari" in board.drawn()
            persons.edit(desk, carol.actor.id, Details(role=Role.AGENT))
            for _ in range(20):
                await board.pilot.pause(0.1)
            await board.settle()
            assert "Mari" not in board.drawn()
            assert "merge" not in board.drawn()
        carol.close()


async def test_a_key_stands_in_one_line_with_what_it_does(desk: Desk, tmp_path: Path) -> None:
    async with at_board(desk, tmp_path, size=(80, 24)) as at:
        await at.press("P")
        assert "T their tickets" in at.drawn()
