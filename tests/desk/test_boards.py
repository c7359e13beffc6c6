"""Boards, their columns and their members, and what changing them does to tickets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from helpdesk_tui.desk import (
    archiving,
    board_columns,
    board_list,
    board_members,
    boards,
    linking,
    merging,
    people,
    structure,
)
from helpdesk_tui.desk import tickets as verbs
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.undo import redo, undo
from helpdesk_tui.domain.board import Board, Category
from helpdesk_tui.domain.board_templates import TEMPLATES, BoardTemplate, template_named
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.related import Tie
from helpdesk_tui.errors import Conflict, HelpdeskError, NeedsYes, NotAllowed, NotFound, UsageError
from tests.builders import a_desk, a_person, a_ticket, as_uid, column_id, desk_of, later, shown


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = a_desk(tmp_path)
    yield opened
    opened.close()


def a_board(desk: Desk, name: str = "Changes", template: str = "plain") -> Board:
    structure.add_board(desk, name, template_named(template))
    return boards.board_named(desk, name)


def first(desk: Desk) -> Board:
    return boards.all_boards(desk)[0]


def names(desk: Desk) -> list[str]:
    return [column.name for column in first(desk).columns]


class TestANewBoard:
    @pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.word)
    def test_is_as_its_template_has_it(self, desk: Desk, template: BoardTemplate) -> None:
        made = a_board(desk, "New", template.word)
        assert [(column.name, column.category, column.limit, column.hard, column.color) for column in made.columns] == [
            (plan.name, plan.category, plan.limit, plan.hard, plan.color) for plan in template.columns
        ]
        assert (made.members_only, made.archive_after) == (template.members_only, template.archive_after)

    @pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.word)
    def test_has_where_to_begin_and_where_to_end(self, template: BoardTemplate) -> None:
        assert {Category.TODO, Category.DONE} <= {plan.category for plan in template.columns}

    def test_of_no_known_template_names_those_there_are(self) -> None:
        with pytest.raises(UsageError, match="plain, support, single, changes"):
            template_named("scrum")

    def test_is_not_called_as_another_not_even_an_archived_one(self, desk: Desk) -> None:
        structure.archive_board(desk, a_board(desk).id)
        with pytest.raises(Conflict, match="'CHANGES' already"):
            structure.add_board(desk, "CHANGES")

    def test_is_undone_as_one_step(self, desk: Desk) -> None:
        a_board(desk, "Changes", "changes")
        undo(desk)
        assert [board.name for board in boards.all_boards(desk)] == ["IT Support"]

    def test_is_not_undone_once_it_holds_a_ticket(self, desk: Desk) -> None:
        bob = desk_of(desk, Role.AGENT)
        made = a_board(desk)
        a_ticket(bob, board_id=made.id)
        with pytest.raises(Conflict, match="holds tickets"):
            undo(desk)


class TestTheOrder:
    def test_of_boards(self, desk: Desk) -> None:
        a_board(desk, "Two")
        structure.move_board(desk, a_board(desk, "Three").id, -2)
        assert [board.name for board in boards.all_boards(desk)] == ["Three", "IT Support", "Two"]

    def test_of_columns(self, desk: Desk) -> None:
        board_columns.move_column(desk, column_id(desk, "To Do"), 1)
        assert names(desk) == ["Doing", "To Do", "Done"]

    def test_ends_at_the_ends(self, desk: Desk) -> None:
        outcome = board_columns.move_column(desk, column_id(desk, "Done"), 5)
        assert names(desk) == ["To Do", "Doing", "Done"]
        assert outcome.change_set is None


class TestTheCategoryOfAColumn:
    def test_becoming_done_closes_its_tickets(self, desk: Desk) -> None:
        number = a_ticket(desk, change="to:doing status:blocked")
        said = board_columns.edit_column(desk, column_id(desk, "Doing"), category=Category.DONE).said
        card = verbs.open_ticket(desk, number).card
        assert card.closed is not None
        assert not card.status.value
        assert said == "column Doing changed, 1 ticket closed"

    def test_no_longer_done_opens_them(self, desk: Desk) -> None:
        board_columns.add_column(desk, first(desk).id, "Shipped", Category.DONE)
        number = a_ticket(desk, change="to:done")
        board_columns.edit_column(desk, column_id(desk, "Done"), category=Category.DOING)
        assert verbs.open_ticket(desk, number).card.closed is None

    def test_leaves_what_was_merged_closed(self, desk: Desk) -> None:
        board_columns.add_column(desk, first(desk).id, "Shipped", Category.DONE)
        whole, part = a_ticket(desk), a_ticket(desk)
        merging.merge(desk, [part], whole)
        board_columns.edit_column(desk, column_id(desk, "Done"), category=Category.DOING)
        merged = verbs.open_ticket(desk, part)
        assert (merged.card.column, merged.merged_into) == ("Shipped", whole)

    def test_is_taken_back_with_what_it_did(self, desk: Desk) -> None:
        number = a_ticket(desk, change="to:doing status:blocked")
        board_columns.edit_column(desk, column_id(desk, "Doing"), category=Category.DONE)
        undo(desk)
        card = verbs.open_ticket(desk, number).card
        assert (card.closed, card.status.value) == (None, "blocked")

    def test_is_not_taken_back_over_what_has_come_since(self, desk: Desk) -> None:
        bob = desk_of(desk, Role.AGENT)
        board_columns.edit_column(desk, column_id(desk, "Doing"), category=Category.DONE)
        verbs.move(bob, [a_ticket(bob)], column_id(desk, "Doing"))
        with pytest.raises(Conflict, match="neither open nor closed"):
            undo(desk)

    @pytest.mark.parametrize("name", ["To Do", "Done"])
    def test_stays_where_it_is_the_last_of_its_kind(self, desk: Desk, name: str) -> None:
        with pytest.raises(Conflict, match=f"{name} is the only"):
            board_columns.edit_column(desk, column_id(desk, name), category=Category.DOING)
        with pytest.raises(Conflict, match=f"{name} is the only"):
            board_columns.remove_column(desk, column_id(desk, name), column_id(desk, "Doing"))

    def test_asks_before_it_closes_what_waits_for_others(self, desk: Desk) -> None:
        waits, open_one = a_ticket(desk, change="to:doing"), a_ticket(desk)
        linking.link(desk, [waits], Tie.BLOCKED_BY, open_one)
        with pytest.raises(NeedsYes):
            board_columns.edit_column(desk, column_id(desk, "Doing"), category=Category.DONE)
        board_columns.edit_column(desk.insisting(), column_id(desk, "Doing"), category=Category.DONE)


class TestALimit:
    @pytest.fixture
    def full(self, desk: Desk) -> Desk:
        """Doing takes one ticket and no more, and holds #1; #2 is to do."""
        board_columns.edit_column(desk, column_id(desk, "Doing"), limit=1, hard=True)
        a_ticket(desk, change="to:doing")
        a_ticket(desk)
        return desk

    def test_that_is_soft_warns(self, full: Desk) -> None:
        board_columns.edit_column(full, column_id(full, "Doing"), hard=False)
        assert verbs.move(full, [2], column_id(full, "Doing")).warnings == ("Doing is over its limit (2/1).",)

    @pytest.mark.parametrize(
        "into",
        [
            lambda desk: verbs.move(desk, [2], column_id(desk, "Doing")),
            lambda desk: verbs.shift(desk, [2], 1),
            lambda desk: verbs.change_text(desk, [2], "to:doing"),
            lambda desk: verbs.create(desk, verbs.NewTicket("x", column_id=column_id(desk, "Doing"))),
        ],
        ids=["move", "shift", "change", "create"],
    )
    def test_that_is_hard_refuses(self, full: Desk, into: Callable[[Desk], object]) -> None:
        with pytest.raises(Conflict, match="Doing takes 1 ticket and no more: it would hold 2"):
            into(full)
        assert shown(full)["Doing"] == [1]

    def test_that_is_hard_refuses_what_is_reopened(self, desk: Desk) -> None:
        number = a_ticket(desk, change="to:done")
        a_ticket(desk)
        board_columns.edit_column(desk, column_id(desk, "To Do"), limit=1, hard=True)
        with pytest.raises(Conflict, match="To Do takes 1"):
            verbs.change_text(desk, [number], "reopen")

    def test_that_is_hard_refuses_what_comes_back_by_undo(self, full: Desk) -> None:
        bob = desk_of(full, Role.AGENT)
        verbs.move(full, [1], column_id(full, "Done"))
        verbs.move(bob, [2], column_id(full, "Doing"))
        with pytest.raises(Conflict, match="Doing takes 1"):
            undo(full)

    def test_that_is_hard_refuses_none_who_asks_for_help(self, desk: Desk) -> None:
        board_columns.edit_column(desk, column_id(desk, "To Do"), limit=1, hard=True)
        asker = desk_of(desk, Role.REQUESTER)
        for _ in range(3):
            a_ticket(asker)
        assert len(shown(desk)["To Do"]) == 3

    def test_leaves_what_was_there_before_it(self, desk: Desk) -> None:
        for _ in range(3):
            a_ticket(desk)
        board_columns.edit_column(desk, column_id(desk, "To Do"), limit=1, hard=True)
        verbs.change_text(desk, [1], "priority:high +vpn")
        verbs.move(desk, [1], column_id(desk, "Done"))
        assert len(shown(desk)["To Do"]) == 2

    def test_holds_for_all_of_a_step_together(self, desk: Desk) -> None:
        board_columns.edit_column(desk, column_id(desk, "Doing"), limit=2, hard=True)
        numbers = [a_ticket(desk) for _ in range(3)]
        with pytest.raises(Conflict, match="it would hold 3"):
            verbs.move(desk, numbers, column_id(desk, "Doing"))
        assert shown(desk)["Doing"] == []


class TestRemovingAColumn:
    def test_needs_no_other_while_it_is_empty(self, desk: Desk) -> None:
        board_columns.remove_column(desk, column_id(desk, "Doing"))
        assert names(desk) == ["To Do", "Done"]

    def test_needs_one_where_its_tickets_go(self, desk: Desk) -> None:
        a_ticket(desk, change="to:doing")
        with pytest.raises(UsageError, match="Doing still holds 1 ticket"):
            board_columns.remove_column(desk, column_id(desk, "Doing"))

    def test_takes_archived_tickets_along(self, desk: Desk) -> None:
        number = a_ticket(desk, change="to:doing")
        verbs.change_text(desk, [number], "archive")
        board_columns.remove_column(desk, column_id(desk, "Doing"), column_id(desk, "To Do"))
        assert verbs.open_ticket(desk, number).card.column == "To Do"

    def test_is_no_way_around_a_hard_limit(self, desk: Desk) -> None:
        board_columns.edit_column(desk, column_id(desk, "To Do"), limit=1, hard=True)
        for change in ("to:doing", "to:doing"):
            a_ticket(desk, change=change)
        with pytest.raises(Conflict, match="it would hold 2"):
            board_columns.remove_column(desk, column_id(desk, "Doing"), column_id(desk, "To Do"))

    def test_is_not_gone_behind_by_an_undo(self, desk: Desk) -> None:
        """A ticket that was there goes to no column that is no more."""
        bob = desk_of(desk, Role.AGENT)
        number = a_ticket(bob, change="to:doing")
        verbs.move(bob, [number], column_id(desk, "Done"))
        board_columns.remove_column(desk, column_id(desk, "Doing"))
        with pytest.raises(Conflict, match="Doing, which is no more"):
            undo(bob)
        assert shown(desk)["Done"] == [number]


class TestAnArchivedBoard:
    @pytest.fixture
    def old(self, desk: Desk) -> Desk:
        """#1 is on IT Support, #2 on the archived board Old."""
        a_ticket(desk)
        made = a_board(desk, "Old")
        a_ticket(desk, board_id=made.id)
        structure.archive_board(desk, made.id)
        return desk

    def test_is_no_longer_among_the_boards(self, old: Desk) -> None:
        assert [board.name for board in boards.all_boards(old)] == ["IT Support"]
        assert [one.board.name for one in board_list.overview(old, archived=True)] == ["IT Support", "Old"]

    @pytest.mark.parametrize(("query", "found"), [("", [1]), ("is:open", [1]), ("is:archived", [2]), ("#2", [2])])
    def test_keeps_its_tickets_for_who_asks_for_them(self, old: Desk, query: str, found: list[int]) -> None:
        assert verbs.numbers(old, old.ask(query)) == found

    def test_is_known_by_its_name_and_offered_no_more(self, old: Desk) -> None:
        assert verbs.numbers(old, old.ask("board:Old is:archived")) == [2]
        assert [name for name, _ in old.asking().lookup.known("board", "", 9)] == ["IT Support"]

    def test_comes_back_with_them(self, old: Desk) -> None:
        undo(old)
        assert verbs.numbers(old, old.ask("is:open")) == [2, 1]
        redo(old)
        structure.unarchive_board(old, boards.board_named(old, "Old", archived=True).id)
        assert verbs.numbers(old, old.ask("is:open")) == [2, 1]

    def test_leaves_away_what_had_been_archived_by_itself(self, old: Desk) -> None:
        board = boards.board_named(old, "Old", archived=True)
        structure.unarchive_board(old, board.id)
        verbs.change_text(old, [2], "archive")
        structure.archive_board(old, board.id)
        structure.unarchive_board(old, board.id)
        assert verbs.numbers(old, old.ask("is:open")) == [1]

    def test_takes_no_ticket_in(self, old: Desk) -> None:
        board = boards.board_named(old, "Old", archived=True)
        with pytest.raises(Conflict, match="Old is archived"):
            verbs.move(old, [1], board.columns[0].id)
        with pytest.raises(UsageError, match="takes no new tickets"):
            verbs.create(old, verbs.NewTicket("x", board_id=board.id))

    def test_lets_its_tickets_go_to_another_board(self, old: Desk) -> None:
        verbs.move(old, [2], column_id(old, "Doing"))
        assert verbs.numbers(old, old.ask("is:open")) == [2, 1]

    def test_is_not_the_last_one(self, old: Desk) -> None:
        with pytest.raises(Conflict, match="The last board stays"):
            structure.archive_board(old, first(old).id)


class TestArchivingByItself:
    @pytest.fixture
    def waiting(self, desk: Desk) -> Desk:
        """#1 was done twenty days ago, #2 just now; done cards stay for 14 days."""
        structure.set_archive_after(desk, first(desk).id, 14)
        a_ticket(desk, change="to:done")
        later(desk, days=20)
        a_ticket(desk, change="to:done")
        return desk

    def test_puts_away_what_was_done_long_ago(self, waiting: Desk) -> None:
        assert archiving.archive_old(waiting).said == "1 done card archived"
        assert shown(waiting)["Done"] == [2]

    def test_says_why(self, waiting: Desk) -> None:
        archiving.archive_old(waiting)
        assert verbs.open_ticket(waiting, 1).history[0].what == "archived: done for 14 days"

    def test_is_done_once_however_many_boards_are_open(self, waiting: Desk) -> None:
        bob = desk_of(waiting, Role.AGENT)
        assert [archiving.archive_old(one).numbers for one in (waiting, bob, waiting)] == [(1,), (), ()]

    def test_is_no_step_of_who_had_the_board_open(self, waiting: Desk) -> None:
        archiving.archive_old(waiting)
        undo(waiting)
        assert shown(waiting)["Done"] == []
        assert verbs.open_ticket(waiting, 1).card.archived

    def test_leaves_boards_alone_where_cards_stay(self, waiting: Desk) -> None:
        structure.set_archive_after(waiting, first(waiting).id, None)
        assert archiving.archive_old(waiting).said == "nothing to archive"

    @pytest.mark.parametrize("days", [0, -1, 3_651])
    def test_wants_a_number_of_days(self, desk: Desk, days: int) -> None:
        with pytest.raises(UsageError, match="number of days"):
            structure.set_archive_after(desk, first(desk).id, days)


class TestMembers:
    def test_have_a_role_of_their_own_on_the_board(self, desk: Desk) -> None:
        bob = a_person(desk)
        board_members.set_role(desk, first(desk).id, bob, Role.VIEWER)
        assert [(one.person.login, one.role) for one in board_members.members(desk, first(desk).id)] == [
            ("bob", Role.VIEWER)
        ]
        board_members.remove_member(desk, first(desk).id, bob)
        assert board_members.members(desk, first(desk).id) == ()

    def test_one_by_one_are_undone(self, desk: Desk) -> None:
        bob = a_person(desk)
        board_members.set_role(desk, first(desk).id, bob, Role.VIEWER)
        undo(desk)
        assert board_members.members(desk, first(desk).id) == ()

    def test_alone_are_let_in_where_only_members_are(self, desk: Desk) -> None:
        made = a_board(desk, "Changes", "changes")
        bob = desk_of(desk, Role.AGENT)
        assert [board.name for board in boards.all_boards(bob)] == ["IT Support"]
        board_members.set_role(desk, made.id, bob.actor.id, Role.AGENT)
        assert [board.name for board in boards.all_boards(as_uid(desk, 2000))] == ["IT Support", "Changes"]

    def test_need_not_be_admins_of_the_desk(self, desk: Desk) -> None:
        made = a_board(desk, "Changes", "changes")
        with pytest.raises(UsageError, match="so of every board"):
            board_members.set_role(desk, made.id, desk.actor.id, Role.VIEWER)
        verbs.create(desk, verbs.NewTicket("x", board_id=made.id))

    def test_are_active(self, desk: Desk) -> None:
        with pytest.raises(UsageError, match="no longer active"):
            board_members.set_role(desk, first(desk).id, a_person(desk, active=False), Role.AGENT)

    def test_that_are_none_are_not_taken_away(self, desk: Desk) -> None:
        with pytest.raises(NotFound, match="no role of their own"):
            board_members.remove_member(desk, first(desk).id, a_person(desk))

    def test_lowered_leave_their_tickets_to_somebody(self, desk: Desk) -> None:
        bob = a_person(desk)
        a_ticket(desk, change="assignee:bob")
        warned = board_members.set_role(desk, first(desk).id, bob, Role.VIEWER).warnings
        assert warned == ("bob still has 1 open ticket on IT Support and does not work there.",)


class TestAnAdminOfABoard:
    @pytest.fixture
    def bob(self, desk: Desk) -> Desk:
        bob = desk_of(desk, Role.AGENT)
        board_members.set_role(desk, first(desk).id, bob.actor.id, Role.ADMIN)
        return as_uid(desk, 2000)

    def test_manages_its_columns_and_members(self, desk: Desk, bob: Desk) -> None:
        board_columns.edit_column(bob, column_id(desk, "Doing"), name="Working")
        board_members.set_role(bob, first(desk).id, a_person(desk, "Eve"), Role.VIEWER)
        structure.set_archive_after(bob, first(desk).id, 7)
        assert "Working" in names(desk)
        assert "Eve" in [member.person.name for member in board_members.members(desk, first(desk).id)]
        assert first(desk).archive_after == 7

    def test_does_not_add_rename_or_remove_boards(self, desk: Desk, bob: Desk) -> None:
        tried: tuple[Callable[[], object], ...] = (
            lambda: structure.add_board(bob, "Mine"),
            lambda: structure.rename_board(bob, first(desk).id, "Mine"),
            lambda: structure.archive_board(bob, first(desk).id),
            lambda: structure.remove_board(bob, first(desk).id),
        )
        for forbidden in tried:
            with pytest.raises(NotAllowed):
                forbidden()

    def test_manages_no_other(self, desk: Desk, bob: Desk) -> None:
        with pytest.raises(NotAllowed):
            board_columns.add_column(bob, a_board(desk).id, "Mine", Category.DOING)


class TestGoingToAnotherBoard:
    @pytest.fixture
    def changes(self, desk: Desk) -> Board:
        """A board for its members; the agent bob is none of them, eve is."""
        made = a_board(desk, "Changes", "changes")
        a_person(desk)
        board_members.set_role(desk, made.id, a_person(desk, "Eve", Role.REQUESTER), Role.AGENT)
        return boards.board_named(desk, "Changes")

    def test_keeps_who_works_there_too(self, desk: Desk, changes: Board) -> None:
        number = a_ticket(desk, change="assignee:me")
        verbs.move(desk, [number], changes.columns[0].id)
        assert verbs.open_ticket(desk, number).card.assignee == "admin"

    def test_takes_it_from_who_does_not(self, desk: Desk, changes: Board) -> None:
        number = a_ticket(desk, change="assignee:bob")
        outcome = verbs.move(desk, [number], changes.columns[0].id)
        assert outcome.warnings == (f"bob does not work on Changes: #{number} is nobody's now.",)
        assert verbs.open_ticket(desk, number).card.assignee == ""

    @pytest.mark.usefixtures("changes")
    def test_gives_it_to_who_does(self, desk: Desk) -> None:
        number = a_ticket(desk)
        verbs.change_text(desk, [number], "assignee:eve board:Changes")
        assert verbs.open_ticket(desk, number).card.assignee == "eve"

    def test_of_whom_it_may_be_given_to(self, desk: Desk, changes: Board) -> None:
        number = a_ticket(desk, board_id=changes.id)
        with pytest.raises(UsageError, match="bob is no agent on the board Changes"):
            verbs.change_text(desk, [number], "assignee:bob")
        assert {one.login for one in people.agents(desk, changes.id)} == {"admin", "eve"}
        assert {one.login for one in people.agents(desk, first(desk).id)} == {"admin", "bob"}

    def test_is_for_those_who_may_move_on_both(self, desk: Desk, changes: Board) -> None:
        number = a_ticket(desk)
        bob = desk_of(desk, Role.AGENT)
        board_members.set_role(desk, changes.id, bob.actor.id, Role.VIEWER)
        with pytest.raises(NotAllowed):
            verbs.move(as_uid(desk, 2000), [number], changes.columns[0].id)


class TestANewTicket:
    def test_goes_to_the_first_board_that_takes_it(self, desk: Desk) -> None:
        made = a_board(desk, "Changes", "changes")
        structure.move_board(desk, made.id, -1)
        number = a_ticket(desk_of(desk, Role.REQUESTER))
        assert verbs.open_ticket(desk, number).card.board == "IT Support"

    def test_goes_to_no_column_of_an_archived_board(self, desk: Desk) -> None:
        made = a_board(desk, "Old")
        structure.archive_board(desk, made.id)
        with pytest.raises(UsageError, match="takes no new tickets"):
            verbs.create(desk, verbs.NewTicket("x", column_id=made.columns[1].id))

    def test_of_who_only_asks_goes_to_no_board_of_members(self, desk: Desk) -> None:
        made = a_board(desk)
        asker = desk_of(desk, Role.REQUESTER)
        a_ticket(asker, board_id=made.id)
        board_members.set_members_only(desk, made.id, True)
        with pytest.raises(UsageError, match="takes no new tickets from you"):
            verbs.create(as_uid(desk, 2000), verbs.NewTicket("x", board_id=made.id))

    def test_where_no_board_is_open_to_them_is_told_to_who_closes_the_last_and_to_who_asks(self, desk: Desk) -> None:
        made = a_board(desk)
        assert board_members.set_members_only(desk, made.id, True).warnings == ()
        told = board_members.set_members_only(desk, first(desk).id, True).warnings
        assert told == ("No board is left where those who are no members can ask for help.",)
        with pytest.raises(UsageError, match="This desk takes no new tickets from you"):
            a_ticket(desk_of(desk, Role.REQUESTER))


@pytest.mark.parametrize("seed", range(12))
def test_no_ticket_and_no_total_is_lost_whatever_is_done_to_columns(desk: Desk, seed: int) -> None:
    chance = Random(seed)
    bob = desk_of(desk, Role.AGENT)
    a_board(desk, "Other", "support")
    author = desk_of(desk, Role.AGENT, uid=2001)  # who takes nothing back
    numbers = [a_ticket(author) for _ in range(6)]

    def some_column(board: Board | None = None) -> int:
        known = [c.id for b in boards.all_boards(desk) if board in (None, b) for c in b.columns]
        return chance.choice(known)

    steps = (
        lambda: verbs.move(chance.choice([desk, bob]), [chance.choice(numbers)], some_column()),
        lambda: verbs.change_text(bob, [chance.choice(numbers)], chance.choice(["archive", "reopen", "to:done"])),
        lambda: board_columns.add_column(desk, first(desk).id, f"C{chance.random()}", chance.choice(list(Category))),
        lambda: board_columns.edit_column(desk, some_column(), category=chance.choice(list(Category))),
        lambda: board_columns.edit_column(desk, some_column(), limit=chance.randint(1, 4), hard=True),
        lambda: board_columns.remove_column(desk, some_column(first(desk)), some_column(first(desk))),
        lambda: board_columns.move_column(desk, some_column(), chance.choice([-1, 1])),
        lambda: structure.archive_board(desk, boards.all_boards(desk)[-1].id),
        lambda: [structure.unarchive_board(desk, one.board.id) for one in board_list.overview(desk, archived=True)],
        lambda: undo(chance.choice([desk, bob])),
        lambda: redo(chance.choice([desk, bob])),
    )
    for _ in range(60):
        try:
            chance.choice(steps)()
        except HelpdeskError:
            continue
    for one in board_list.overview(desk, archived=True):
        if one.board.archived_at is not None:
            structure.unarchive_board(desk, one.board.id)
    standing: dict[int, int] = {}
    for board in boards.all_boards(desk):
        state = boards.read(desk, boards.Question(board.id, desk.ask("")))
        for column in state.columns:
            assert column.total == column.shown == len(column.first)
            for card in column.first:
                standing[card.number] = column.column.id
                assert (card.closed is not None) == (column.column.category is Category.DONE)
    away = set(verbs.numbers(desk, desk.ask("is:archived")))
    assert set(numbers) == standing.keys() | away
    assert not standing.keys() & away
