"""Every picker and form: what its keys do, what it is dismissed with, and hostile text in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.screen import Screen
from textual.widgets import Input, TextArea

from helpdesk_tui.desk import board_members, tickets, views
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.board import Board, Category, Column, Label, View
from helpdesk_tui.domain.people import Person, Role
from helpdesk_tui.domain.ticket import Priority, Status
from helpdesk_tui.language.terms import AddLabel, RemoveLabel, SetField
from helpdesk_tui.store import bulk
from helpdesk_tui.tui.actions import actions_for
from helpdesk_tui.tui.screens import palette
from helpdesk_tui.tui.screens import views as places
from helpdesk_tui.tui.screens.board_columns import ColumnsPick
from helpdesk_tui.tui.screens.board_members import MembersPick
from helpdesk_tui.tui.screens.boards import BoardsPick
from helpdesk_tui.tui.screens.change_line import LINES, ChangeLine
from helpdesk_tui.tui.screens.confirm import Confirm
from helpdesk_tui.tui.screens.create import Create
from helpdesk_tui.tui.screens.edit import Edit
from helpdesk_tui.tui.screens.help import Help
from helpdesk_tui.tui.screens.organizations import OrganizationsPick
from helpdesk_tui.tui.screens.people import PeoplePick
from helpdesk_tui.tui.screens.pick import Pick
from helpdesk_tui.tui.screens.pick_labels import LabelsPick
from helpdesk_tui.tui.screens.pickers import (
    AssigneePick,
    DuePick,
    PriorityPick,
    StatusPick,
    ThemePick,
    assignee_choices,
)
from helpdesk_tui.tui.screens.text_entry import LineEntry, TextEntry
from helpdesk_tui.tui.widgets.picker import Choice, ChoiceList
from tests.builders import a_person, an_organization
from tests.tui.around import HOSTILE, NOW, Around, make_desk, press, settle

ALICE = Person(1, "alice", "Alice Meri", Role.AGENT)
BOB = Person(2, "bob", "Bob Tamm", Role.ADMIN)
BOARDS = (
    Board(1, "IT Support", (Column(1, 1, "To Do", Category.TODO), Column(2, 1, "Doing", Category.DOING))),
    Board(2, "Projects", (Column(3, 2, "Ideas", Category.TODO),)),
)
VIEW = View(1, "My open work", "is:open assignee:me", 1, True)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path)
    yield desk
    desk.close()
    LINES.clear()


async def answers(desk: Desk, screen: Screen[Any], *keys: str, size: tuple[int, int] = (80, 24)) -> list[Any]:
    """What the screen was dismissed with after those keys; empty while it is still there."""
    app = Around(desk, screen)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        return app.answers


class SomeLabels(LabelsPick):
    """Labels that no desk has to hold."""

    def __init__(self, names: Sequence[str], carried: dict[str, int], tickets: int, heading: str = "Labels") -> None:
        super().__init__(heading, range(1, tickets + 1))
        self.names = names
        self.on_tickets = carried

    def carried(self, _desk: Desk) -> dict[str, int]:
        return self.on_tickets

    def known(self, _desk: Desk, typed: str) -> list[Label]:
        return [Label(i, name) for i, name in enumerate(self.names) if name.startswith(typed)]


class SomeAgents(AssigneePick):
    people: tuple[Person, ...] = (ALICE, BOB)
    absent: Mapping[int, str] = {}

    def load(self, _desk: Desk) -> list[Choice]:
        return self.offered(self.people, 2, {1: 3}, self.absent)


class SomeColumns(places.MovePick):
    boards = BOARDS

    def load(self, _desk: Desk) -> list[Choice]:
        return self.offered(self.boards)


def assignees() -> AssigneePick:
    return SomeAgents("Assign #1", "alice")


def due() -> DuePick:
    return DuePick("Due", NOW)


def move() -> places.MovePick:
    return SomeColumns("Move #1", 1, 2)


def labelled(carried: dict[str, int] | None = None, count: int = 1) -> LabelsPick:
    return SomeLabels(("network", "printer", "vpn"), carried or {}, count)


@pytest.mark.parametrize(
    ("make", "keys", "value"),
    [
        (lambda: PriorityPick("P", Priority.HIGH), ["enter"], (SetField("priority", Priority.HIGH),)),
        (lambda: PriorityPick("P"), ["enter"], (SetField("priority", Priority.CRITICAL),)),
        (lambda: PriorityPick("P"), [*"low", "enter"], (SetField("priority", Priority.LOW),)),
        (lambda: PriorityPick("P"), ["down", "down", "up", "enter"], (SetField("priority", Priority.HIGH),)),
        (lambda: PriorityPick("P"), ["pagedown", "enter"], (SetField("priority", Priority.LOW),)),
        (lambda: StatusPick("S", Status.BLOCKED), ["enter"], (SetField("status", Status.BLOCKED),)),
        (lambda: StatusPick("S"), [*"none", "enter"], (SetField("status", Status.NONE),)),
        (assignees, ["enter"], (SetField("assignee", 1),)),
        (assignees, [*"me", "enter"], (SetField("assignee", 2),)),
        (assignees, [*"tamm", "enter"], (SetField("assignee", 2),)),
        (assignees, [*"nob", "enter"], (SetField("assignee", None),)),
        (due, [*"none", "enter"], (SetField("due", None),)),
        (due, [*"zzz", "enter"], "stays"),
        (labelled, [*"vp", "enter"], (AddLabel("vpn"),)),
        (labelled, ["space", "down", "tab", "enter"], (AddLabel("network"), AddLabel("printer"))),
        (labelled, ["space", "space", "enter"], ()),
        (labelled, [*"brand-new", "enter"], (AddLabel("brand-new"),)),
        (lambda: labelled({"vpn": 1}), ["space", "enter"], (RemoveLabel("vpn"),)),
        (lambda: labelled({"vpn": 1}, 2), [*"vpn", "enter"], (AddLabel("vpn"),)),
        (labelled, ["enter"], ()),
        (move, ["enter"], 2),
        (move, [*"ideas", "enter"], 3),
        (lambda: places.ViewsPick([VIEW], "is:late", True), ["enter"], places.ShowView(VIEW)),
        (lambda: places.ViewsPick([VIEW], "is:late", True), [*"Late", "enter"], places.SaveView("Late")),
        (lambda: places.ViewsPick([VIEW], "is:late", False), [*"Late", "enter"], "stays"),
        (lambda: places.ViewsPick([VIEW], "is:late", True), ["delete"], places.RemoveView(VIEW)),
        (lambda: places.ViewsPick([VIEW], "is:late", False), ["delete"], "stays"),
        (lambda: ThemePick(["nord", "gruvbox"], "nord"), ["down", "enter"], "gruvbox"),
        (lambda: Confirm("Remove", "Remove the view?", "remove"), ["y"], True),
        (lambda: Confirm("Remove", "Remove the view?", "remove"), ["n"], None),
        (lambda: LineEntry("Step", "abc"), ["d", "enter"], "abcd"),
        (lambda: LineEntry("Step", "a"), ["backspace", "enter"], None),
        (lambda: TextEntry("Note", "x"), [*"hi", "ctrl+s"], "hi"),
        (lambda: TextEntry("Note", "x"), ["ctrl+s"], "stays"),
    ],
)
async def test_a_picker_gives_what_was_chosen(desk: Desk, make: Any, keys: list[str], value: Any) -> None:
    assert await answers(desk, make(), *keys) == ([] if value == "stays" else [value])


@pytest.mark.parametrize(
    "make",
    [
        lambda: PriorityPick("P"),
        assignees,
        due,
        labelled,
        move,
        lambda: places.ViewsPick([VIEW], "", True),
        lambda: Create(1),
        lambda: ChangeLine([1]),
        lambda: Help(actions_for("board", lambda _: True)),
        lambda: palette.Palette(actions_for("board", lambda _: True), ["nord"]),
        lambda: TextEntry("Note", "x"),
    ],
)
@pytest.mark.parametrize("size", [(120, 36), (40, 12), (20, 6)])
async def test_esc_leaves_and_nothing_is_set(desk: Desk, make: Any, size: tuple[int, int]) -> None:
    assert await answers(desk, make(), "down", "escape", size=size) == [None]


async def test_the_moment_a_date_means_is_shown_while_typing(desk: Desk) -> None:
    app = Around(desk, due())
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, *"fri 17:00")
        assert "Fri 27 Nov 17:00" in app.drawn()
        await press(pilot, "enter")
        (terms,) = app.answers
        assert terms[0].value.isoformat() == "2026-11-27T15:00:00+00:00"


async def test_a_moment_that_is_over_is_called_past(desk: Desk) -> None:
    app = Around(desk, due())
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, *"2026-11-01")
        assert "Sun 1 Nov 23:59, past" in app.drawn()


async def test_a_date_that_does_not_exist_says_so(desk: Desk) -> None:
    app = Around(desk, due())
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, *"2026-02-31")
        assert "2026-02-31" in app.drawn().splitlines()[3]
        await press(pilot, "enter")
        assert app.answers == []


async def test_a_theme_is_tried_while_the_cursor_stands_on_it_and_given_back(desk: Desk) -> None:
    app = Around(desk, ThemePick(["nord", "gruvbox"], "nord"))
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "down")
        assert app.theme == "gruvbox"
        await press(pilot, "escape")
        assert app.theme == "nord"


async def test_the_current_value_is_in_view_at_once(desk: Desk) -> None:
    choices = [Choice(at, f"choice {at}", current=at == 39) for at in range(40)]
    app = Around(desk, Pick("One of many", choices))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "▸ choice 39" in app.drawn()


async def test_a_note_has_half_the_line_and_what_the_text_leaves(desk: Desk) -> None:
    words = "it stands beside it, as long as there is room"
    app = Around(desk, Pick("Two", [Choice(1, "short", words), Choice(2, "long " * 9 + "end", words)]))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert f"▸ short   {words}  │" in app.drawn()
        assert "lon… it stands beside it, as lon…  │" in app.drawn()


async def test_a_click_chooses(desk: Desk) -> None:
    app = Around(desk, PriorityPick("P"))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.click(ChoiceList, offset=(4, 2))
        await settle(pilot)
        assert app.answers == [(SetField("priority", Priority.NORMAL),)]


async def test_ten_thousand_labels_are_offered_by_their_beginning(desk: Desk) -> None:
    everything = [f"label{i}" for i in range(10_000)]
    assert await answers(desk, SomeLabels(everything, {}, 1), *"label9999", "enter") == [(AddLabel("label9999"),)]


async def burst(desk: Desk, screen: Screen[Any], *keys: str) -> list[Any]:
    """What the screen is dismissed with when the keys come faster than the desk answers."""
    app = Around(desk, screen)
    async with app.run_test() as pilot:
        for key in keys:
            app.type(key)
        await settle(pilot)
        await settle(pilot)
        return app.answers


@pytest.mark.parametrize(
    ("make", "keys", "value"),
    [
        (due, [*"none", "enter"], (SetField("due", None),)),
        (labelled, [*"vp", "enter"], (AddLabel("vpn"),)),
        (labelled, [*"vp", "space", "enter"], (AddLabel("vpn"),)),
        (assignees, [*"bob", "enter"], (SetField("assignee", 2),)),
        (move, [*"ideas", "enter"], 3),
        (lambda: TextEntry("Note", "x"), [*"hello", "ctrl+s"], "hello"),
    ],
)
async def test_keys_in_a_burst_mean_the_same(desk: Desk, make: Any, keys: list[str], value: Any) -> None:
    assert await burst(desk, make(), *keys) == [value]


async def test_tab_completes_what_was_typed_last(desk: Desk) -> None:
    app = Around(desk, ChangeLine([1]))
    async with app.run_test() as pilot:
        await settle(pilot)
        for key in (*"prio", "tab"):
            app.type(key)
        await settle(pilot)
        assert app.screen.query_one(Input).value == "priority:"


# The new ticket


async def test_enter_on_the_title_is_enough(desk: Desk) -> None:
    (outcome,) = await answers(desk, Create(1), *"Dead", "enter")
    assert tickets.open_ticket(desk, outcome.made).card.title == "Dead"


async def test_the_details_are_said_in_the_words_of_the_change_language(desk: Desk) -> None:
    app = Around(desk, Create(1))
    async with app.run_test() as pilot:
        await settle(pilot)
        for name, text in {
            "title": "Dead",
            "priority": "high",
            "due": "fri 17:00",
            "labels": "+vpn, two words",
            "assignee": "me",
            "requester": "me",
        }.items():
            app.screen.query_one(f"#{name}", Input).value = text
        app.screen.query_one(TextArea).text = "It is.\nReally."
        await press(pilot, "ctrl+s")
        (outcome,) = app.answers
    made = tickets.open_ticket(desk, outcome.made)
    assert made.card.priority is Priority.HIGH
    assert {label.name for label in made.card.labels} == {"vpn", "two words"}
    assert made.description == "It is.\nReally."
    assert made.assignee_id == made.requester_id == desk.actor.id
    assert made.card.due is not None


async def test_a_wrong_detail_keeps_the_form_and_names_the_field(desk: Desk) -> None:
    app = Around(desk, Create(1))
    async with app.run_test() as pilot:
        await settle(pilot)
        app.screen.query_one("#title", Input).value = "Dead"
        app.screen.query_one("#priority", Input).value = "hihg"
        await press(pilot, "ctrl+s")
        assert app.answers == []
        assert "`priority` is never `hihg`" in app.drawn()
        assert "Priority: `" not in app.drawn()
        assert app.focused is app.screen.query_one("#priority")


async def test_a_title_is_needed(desk: Desk) -> None:
    app = Around(desk, Create(1))
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        assert "needs a title" in app.drawn()


async def test_what_was_typed_is_offered_again(desk: Desk) -> None:
    assert await answers(desk, Create(1), *"Half a", "escape") == [None]
    app = Around(desk, Create(1))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.screen.query_one("#title", Input).value == "Half a"
        assert "the draft you left" in app.drawn()
        await press(pilot, "enter")
    assert await answers(desk, Create(1), "escape") == [None]
    app = Around(desk, Create(1))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.screen.query_one("#title", Input).value == ""


async def test_drafts_of_another_desk_are_not_offered(desk: Desk) -> None:
    await answers(desk, Create(1), *"Half", "escape")
    app = Around(desk, Create(1))
    app.config = replace(app.config, desk=app.config.desk.with_name("other.db"))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.screen.query_one("#title", Input).value == ""


# The change line


async def test_the_change_line_shows_what_it_will_do(desk: Desk) -> None:
    for _ in range(2):
        tickets.create(desk, tickets.NewTicket("Another"))
    app = Around(desk, ChangeLine([1, 2, 3]))
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, *'priority:high +network due:"fri 17:00"')
        assert "3 tickets: priority high, +network, due Fri 27 Nov 17:00" in app.drawn()
        await press(pilot, "enter")
        assert app.answers[0].numbers == (1, 2, 3)
    assert all(tickets.open_ticket(desk, n).card.priority is Priority.HIGH for n in (1, 2, 3))


async def test_the_change_line_completes_with_tab(desk: Desk) -> None:
    app = Around(desk, ChangeLine([1]))
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, *"prio", "tab")
        assert app.screen.query_one(Input).value == "priority:"
        await press(pilot, *"hi", "tab")
        assert app.screen.query_one(Input).value == "priority:high "


async def test_a_wrong_change_stays_with_the_cursor_on_the_mistake(desk: Desk) -> None:
    app = Around(desk, ChangeLine([1]))
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, *"+vpn prioritty:high", "enter")
        assert app.answers == []
        assert "priority" in app.drawn()
        assert app.screen.query_one(Input).cursor_position == 5


async def test_a_line_that_was_left_lies_in_wait_for_no_other_ticket(desk: Desk) -> None:
    assert await answers(desk, ChangeLine([1]), *"archive", "escape") == [None]
    app = Around(desk, ChangeLine([1]))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.screen.query_one(Input).value == ""
        await press(pilot, "up")
        assert app.screen.query_one(Input).value == "archive"


async def test_earlier_lines_come_back_with_up(desk: Desk) -> None:
    await answers(desk, ChangeLine([1]), *"+vpn", "enter")
    await answers(desk, ChangeLine([1]), *"+net", "enter")
    app = Around(desk, ChangeLine([1]))
    async with app.run_test() as pilot:
        await settle(pilot)
        line = app.screen.query_one(Input)
        await press(pilot, "up")
        assert line.value == "+net"
        await press(pilot, "up", "up")
        assert line.value == "+vpn"
        await press(pilot, "down", "down")
        assert line.value == ""
        await press(pilot, *"+new", "up", "down")
        assert line.value == "+new"


# Palette and help


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("#142", palette.OpenTicket(142)),
        ("142", palette.OpenTicket(142)),
        ("nord", palette.UseTheme("nord")),
        ("board it", palette.ShowBoard(1)),
    ],
)
async def test_the_palette_finds(desk: Desk, typed: str, value: Any) -> None:
    screen = palette.Palette(actions_for("board", lambda _: True), ["nord"])
    assert await answers(desk, screen, *typed, "enter") == [value]


async def test_the_palette_runs_actions_and_views(desk: Desk) -> None:
    views.save(desk, "Mine", "is:mine")
    app = Around(desk, palette.Palette(actions_for("board", lambda _: True), ["nord"]))
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, *"view: mi", "enter")
    assert app.answers[0].view.query == "is:mine"
    (found,) = await answers(desk, palette.Palette(actions_for("board", lambda _: True), []), *"assig", "enter")
    assert found.action.id == "assign"


async def test_help_is_searched_by_typing(desk: Desk) -> None:
    app = Around(desk, Help(actions_for("board", lambda _: True)))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        assert "Move about" in app.drawn()
        await press(pilot, *"is:late")
        assert "Move about" not in app.drawn()
        assert "is:late" in app.drawn()


async def test_help_finds_a_key_by_the_name_of_what_it_does(desk: Desk) -> None:
    app = Around(desk, Help(actions_for("board", lambda _: True)))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, *"due")
        assert "When it should be done." in app.drawn()


# Hostile text


def hostile_screens(text: str) -> Iterator[Screen[Any]]:
    person = Person(7, text, text, Role.AGENT)
    boards = (Board(1, text, (Column(1, 1, text, Category.TODO),)),)
    agents = SomeAgents(text, text)
    agents.people = (person,)
    yield agents
    yield SomeLabels([text], {text: 1}, 1, text)
    for board_id in (1, 2):
        columns = SomeColumns(text, board_id, 1)
        columns.boards = boards
        yield columns
    yield BoardsPick(1)
    yield ColumnsPick(1, text)
    yield MembersPick(1, text)
    yield PeoplePick()
    yield OrganizationsPick()
    yield places.ViewsPick([View(1, text, text, 1, True)], text, True)
    yield Confirm(text, text, "remove")
    yield LineEntry(text, "abc", "prompt")
    yield TextEntry(text, text, says=text)


def everything_is_called(desk: Desk, text: str) -> None:
    """Whatever has a name on this desk, as another tool may have written it."""
    an_organization(desk)
    board_members.set_role(desk, 1, a_person(desk, "Anna"), Role.AGENT)
    with desk.store.writing() as unit:
        for table in ("board", "board_column", "person", "organization"):
            unit.connection.exec_driver_sql(f"UPDATE {table} SET name = ?", (text,))
        unit.commit()


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_harmless_in_every_picker(desk: Desk, text: str) -> None:
    everything_is_called(desk, text)
    first, *more = hostile_screens(text)
    app = Around(desk, first)
    async with app.run_test(size=(60, 20)) as pilot:
        for screen in (first, *more):
            if screen is not first:
                app.switch_screen(screen)
            await settle(pilot)
            await press(pilot, "down", "up")
            assert app.screen is screen
            assert not any(letter in app.drawn() for letter in "\x1b\x07\u202e")


async def test_a_hostile_description_can_be_edited_and_is_kept_where_it_was_not(desk: Desk) -> None:
    made = tickets.create(desk, tickets.NewTicket("x", "a\u202eb [/foo]"))
    assert made.made is not None
    before = tickets.open_ticket(desk, made.made)
    await answers(desk, Edit(before), *"y", "ctrl+s")
    after = tickets.open_ticket(desk, made.made)
    assert after.card.title == "xy"
    assert after.description == before.description


async def test_ten_thousand_labels_on_the_desk(desk: Desk) -> None:
    with desk.store.writing() as unit:
        rows = bulk.Bulk(unit)
        for i in range(10_000):
            rows.add("label", name=f"label{i:05}", folded=f"label{i:05}")
        rows.finish()
        unit.commit()
    from helpdesk_tui.tui.screens.ticket import TicketScreen

    app = Around(desk, TicketScreen(1))
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "t", *"label09949", "enter")
    assert [label.name for label in tickets.open_ticket(desk, 1).card.labels] == ["label09949"]


@pytest.mark.parametrize(("agent", "told"), [(ALICE, "3 open  away until 2 Dec"), (BOB, "0/4 open")])
def test_beside_an_agent_stands_how_much_is_on_them_and_whether_they_are_away(agent: Person, told: str) -> None:
    choices = assignee_choices([ALICE, replace(BOB, capacity=4)], 9, {1: 3}, {1: "away until 2 Dec"})
    assert next(one for one in choices if one.text == agent.short).note.endswith(told)
