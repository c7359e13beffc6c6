"""A role on a board counts there, whatever it is on the desk: for every verb, and for all that is read."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import text

from helpdesk_tui.clock import FixedClock
from helpdesk_tui.desk import (
    board_columns,
    board_members,
    boards,
    labels,
    linking,
    merging,
    notices,
    organizations,
    people,
    policies,
    presence,
    structure,
    templates,
    tickets,
    timing,
)
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.policies import Terms
from helpdesk_tui.desk.templates import Wording
from helpdesk_tui.desk.tickets import NewTicket
from helpdesk_tui.domain.at_work import Doing
from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.permissions import ON_BOARDS, Act
from helpdesk_tui.domain.related import Tie
from helpdesk_tui.domain.service_level import Targets
from helpdesk_tui.domain.ticket import Priority
from helpdesk_tui.errors import HelpdeskError, NotAllowed, NotFound
from helpdesk_tui.exchange import csv_export, json_desk
from helpdesk_tui.store import directory
from helpdesk_tui.store.sqlite import SqliteStore
from tests.builders import NOON, a_desk, a_person, a_ticket, an_organization, as_uid, question
from tests.desk import test_not_theirs
from tests.desk.every_verb import MISSING, OWN, VERBS, Verb, attach, plain, recorded

ME = 2003
"""The account of whom `built` knows as its requester; tickets 1 and 2 are theirs."""

ROLES = (
    (Role.AGENT, Role.VIEWER),
    (Role.AGENT, Role.REQUESTER),
    (Role.VIEWER, Role.AGENT),
    (Role.REQUESTER, Role.AGENT),
    (Role.REQUESTER, Role.VIEWER),
    (Role.AGENT, Role.ADMIN),
)
"""What somebody is on the desk, and on its board."""

SOMEWHERE = {
    "archive what is old",
    "list the canned replies",
    "look at a canned reply",
    "look at its languages",
    "list the templates",
    "look at a template",
    "sign one's replies",
}
"""Verbs that are of no board: done by whoever may do them on the desk or on any board. So is all of `OF_ALL`."""
OF_ALL = {Act.SEE_ALL_TICKETS, Act.EXPORT}
OF_ITS_ADMIN = {
    "make a column",
    "limit a column",
    "count what a column holds",
    "remove a column",
    "order the columns",
    "archive by itself",
    "give a role on a board",
    "take a role on a board away",
    "have only members on a board",
    "list the members",
}
"""Verbs that are done to one board, by what one is there, although boards themselves are for the desk's admins."""


def set_roles(desk: Path, on_desk: Role, *on_boards: Role) -> None:
    """Make somebody this on the desk and that on each of its boards, in order."""
    store = SqliteStore(desk)
    with store.writing() as unit:
        who = {"uid": ME, "role": on_desk.value}
        unit.connection.execute(text("UPDATE person SET role = :role WHERE uid = :uid"), who)
        for board, there in enumerate(on_boards, 1):
            unit.connection.execute(
                text(
                    "INSERT INTO board_member (board_id, person_id, role) "
                    f"VALUES ({board}, (SELECT id FROM person WHERE uid = :uid), '{there.value}')"
                ),
                who,
            )
        unit.commit()
    store.close()


@pytest.fixture(scope="module")
def built_for(built: Path) -> Callable[..., Path]:
    """The file of the desk on which somebody has a role, and others on its boards; made once for each of them."""

    @cache
    def made(on_desk: Role, *on_boards: Role) -> Path:
        path = built.with_name("-".join(role.value for role in (on_desk, *on_boards)))
        shutil.copy(built, path)
        set_roles(path, on_desk, *on_boards)
        return path

    return made


@pytest.fixture
def desk_as(built_for: Callable[..., Path], tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """A fresh copy of the desk as somebody of a role on it, and another on its first board, has it open."""
    opened: list[Desk] = []

    def open_as(on_desk: Role, *on_boards: Role) -> Desk:
        path = tmp_path / f"{len(opened)}.db"
        shutil.copy(built_for(on_desk, *on_boards), path)
        opened.append(opened_by(path, ME))
        return opened[-1]

    yield open_as
    for desk in opened:
        desk.close()


def opened_by(path: Path, uid: int) -> Desk:
    store = SqliteStore(path)
    with store.reading() as unit:
        found = directory.actor_by_uid(unit, uid)
    assert found is not None
    return Desk(store, found[0], FixedClock(NOON), UTC)


def may(name: str, verb: Verb, on_desk: Role, on_board: Role) -> bool:
    if name in OF_ITS_ADMIN:
        return on_board in verb.roles
    if name in SOMEWHERE or verb.act in OF_ALL:
        return on_desk in verb.roles or on_board in verb.roles
    return (on_board if verb.act in ON_BOARDS else on_desk) in verb.roles


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_goes_by_the_role_on_the_board(desk_as: Callable[..., Desk], name: str) -> None:
    verb = VERBS[name]
    for on_desk, on_board in ROLES:
        desk = desk_as(on_desk, on_board, on_board)
        before = recorded(desk)
        if may(name, verb, on_desk, on_board):
            verb.do(desk, OWN)
            continue
        with pytest.raises(NotAllowed) as refused:
            verb.do(desk, OWN)
        assert refused.value.hint, (on_desk, on_board)
        assert recorded(desk) == before


def test_a_ticket_goes_to_no_board_where_one_may_not_move(desk_as: Callable[..., Desk]) -> None:
    desk = desk_as(Role.AGENT, Role.AGENT, Role.VIEWER)
    there = boards.board_named(desk, "Empty")
    for move in (
        lambda: tickets.move(desk, [OWN], there.columns[0].id),
        lambda: tickets.change_text(desk, [OWN], "board:Empty"),
    ):
        with pytest.raises(NotAllowed):
            move()
    assert tickets.open_ticket(desk, OWN).card.board_id == 1


@pytest.fixture(scope="module")
def hiding(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with a board for members only, on which everything says `quokka`; account 2001 is an agent not on it."""
    desk = a_desk(tmp_path_factory.mktemp("hiding"))
    a_person(desk, "Alice Agent", Role.AGENT, "alice", 2001)
    a_person(desk, "Rita Requester", Role.REQUESTER, "rita", 2003)
    templates.add(desk, Wording("laptop", for_requesters=True))
    for number in range(1, 4):
        a_ticket(desk, f"Open printer {number}", requester_id=3)
    secret = structure.add_board(desk, "Quokka board").made or 0
    column = board_columns.add_column(desk, secret, "Quokka column", Category.DOING).made or 0
    with desk.store.writing() as unit:
        unit.connection.execute(text(f"UPDATE board SET members_only = 1 WHERE id = {secret}"))
        unit.commit()
    words = 'reply:"quokka" note:"quokka" check:"quokka" time:77m +plain assignee:admin'
    hidden = a_ticket(desk, "Quokka printer", words, description="quokka", source="quokka", column_id=column)
    attach(desk, hidden)
    linking.link(desk, [hidden], Tie.BLOCKS, 1)
    away = a_ticket(desk, "Moved here", column_id=column)
    tickets.move(desk, [away], boards.all_boards(desk)[0].columns[0].id)
    gone = a_ticket(desk, "Same again", description="harmless", column_id=column)
    merging.merge(desk, [gone], 2)
    alice = as_uid(desk, 2001)
    tickets.watch(alice, [1, 2, away])
    alice.close()
    tickets.change_text(desk, [1, 2, away], "priority:high")
    presence.here(desk, "screen", hidden, Doing.REPLYING)
    desk.close()
    return desk.store.path


HIDDEN = 4


@pytest.fixture
def outsider(hiding: Path, tmp_path: Path) -> Iterator[Callable[[int], Desk]]:
    opened: list[Desk] = []

    def open_as(uid: int) -> Desk:
        path = tmp_path / f"{len(opened)}.db"
        shutil.copy(hiding, path)
        opened.append(opened_by(path, uid))
        return opened[-1]

    yield open_as
    for desk in opened:
        desk.close()


class TestABoardForMembersOnly:
    """For those who are not on it, it is not there."""

    class Asked(test_not_theirs.TestWhatIsNotTheirs):
        """The questions of the test of what a requester may read."""

        WORDS = ("", "q", "qu", "quokka", "quokka board", "quokka column", "Open printer", "o", str(HIDDEN))

    Asked.__test__ = False

    @pytest.mark.parametrize("uid", [2001, 2003])
    def test_nothing_of_it_is_in_any_answer(self, outsider: Callable[[int], Desk], uid: int) -> None:
        for answer in self.Asked().everything(outsider(uid)):
            assert "quokka" not in repr(answer).casefold()

    def test_it_is_in_the_answers_of_an_admin(self, outsider: Callable[[int], Desk]) -> None:
        answers = repr(list(self.Asked().everything(outsider(1000)))).casefold()
        for found in ("quokka board", "quokka column", "quokka printer", f"number={HIDDEN}"):
            assert found in answers

    @pytest.mark.parametrize("uid", [2001, 2003])
    @pytest.mark.parametrize("name", VERBS)
    def test_a_ticket_on_it_reads_like_one_that_does_not_exist(
        self, outsider: Callable[[int], Desk], uid: int, name: str
    ) -> None:
        answers = []
        for number in (HIDDEN, MISSING):
            desk = outsider(uid)
            try:
                answers.append(plain(VERBS[name].do(desk, number), number))
            except HelpdeskError as error:
                answers.append(plain((type(error), str(error)), number))
        assert answers[0] == answers[1]

    @pytest.fixture
    def closed(self, tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
        """A desk on which Acme asked for something on the board of an agent and on a closed one; and that agent's."""
        desk = a_desk(tmp_path)
        a_person(desk, "Alice Agent", Role.AGENT, "alice", 2001)
        a_person(desk, "Rita Requester", Role.REQUESTER, "rita", 2003, an_organization(desk, "Acme"))
        secret = structure.add_board(desk, "Quokka").made or 0
        board_members.set_members_only(desk, secret, only=True)
        hidden = boards.board_named(desk, "Quokka").columns[0].id
        a_ticket(desk, requester_id=3, column_id=hidden)
        a_ticket(desk, requester_id=3)
        alice = as_uid(desk, 2001)
        yield desk, alice
        alice.close()
        desk.close()

    def test_its_tickets_are_counted_for_no_organization(self, closed: tuple[Desk, Desk]) -> None:
        assert [[one.open for one in organizations.uses(desk)] for desk in closed] == [[2], [1]]

    def test_a_policy_that_names_it_is_there_for_its_admins_alone(self, closed: tuple[Desk, Desk]) -> None:
        policies.add(closed[0], Terms("Marsupials", "board:Quokka", 1, {Priority.HIGH: Targets(60, 120)}))
        told = [[one.policy.name for one in policies.uses(desk)] for desk in closed]
        assert told == [["Marsupials", "Standard"], ["Standard"]]

    def test_its_tickets_are_counted_for_no_policy(self, closed: tuple[Desk, Desk]) -> None:
        assert [policies.find(desk, "Standard").open for desk in closed] == [2, 1]

    def test_it_is_named_nowhere(self, outsider: Callable[[int], Desk]) -> None:
        desk = outsider(2001)
        assert len(boards.all_boards(desk)) == 1
        with pytest.raises(NotFound):
            boards.read(desk, boards.Question(2, desk.ask("")))
        with pytest.raises(NotFound):
            tickets.create(desk, NewTicket("x", board_id=2))
        with pytest.raises(NotFound):
            tickets.move(desk, [1], 5)

    def test_a_history_names_neither_its_tickets_nor_its_columns(self, outsider: Callable[[int], Desk]) -> None:
        desk = outsider(2001)
        told = [repr(tickets.open_ticket(desk, number).history) for number in (1, 2, 5)]
        assert "blocks another ticket" in told[0] or "another ticket" in told[0]
        assert "merged in another ticket" in told[1]
        assert "another board" in told[2]
        assert tickets.open_ticket(desk, 1).links == ()

    def test_it_counts_for_nothing(self, outsider: Callable[[int], Desk]) -> None:
        admin, desk = outsider(1000), outsider(2001)
        assert people.load(admin)[admin.actor.id] >= 1
        assert people.load(desk).get(admin.actor.id, 0) == 0
        assert [use.tickets for use in labels.uses(admin) if use.label.name == "plain"] == [1]
        assert [use.tickets for use in labels.uses(desk) if use.label.name == "plain"] == [0]
        assert tickets.count(desk, desk.ask("")) == len(tickets.find(desk, desk.ask("")))
        assert presence.others(desk) == {}
        assert timing.running(desk) is None

    def test_what_a_ticket_waits_for_there_is_not_told(self, outsider: Callable[[int], Desk]) -> None:
        assert tickets.change_text(outsider(2001), [1], "to:done").numbers == (1,)

    def test_a_label_can_be_removed_that_is_used_there(self, outsider: Callable[[int], Desk]) -> None:
        assert "0 tickets" in labels.remove(outsider(2001), "plain").said

    def test_no_export_holds_it(self, outsider: Callable[[int], Desk]) -> None:
        desk = outsider(2001)
        for written in (
            lambda stream: json_desk.export(desk, None, stream),
            lambda stream: json_desk.export(desk, desk.ask("is:open or is:archived"), stream),
            lambda stream: csv_export.export(desk, desk.ask(""), stream),
        ):
            stream = io.StringIO()
            assert written(stream) >= 3
            assert "quokka" not in stream.getvalue().casefold()
        stream = io.StringIO()
        json_desk.export(outsider(1000), None, stream)
        assert "quokka" in stream.getvalue().casefold()

    def test_what_is_exported_without_it_can_be_imported(self, outsider: Callable[[int], Desk], tmp_path: Path) -> None:
        path = tmp_path / "export.json"
        with path.open("w", encoding="utf-8") as stream:
            json_desk.export(outsider(2001), None, stream)
        fresh = a_desk(tmp_path / "fresh")
        assert json_desk.import_json(fresh, path).created == 4

    def test_whose_ticket_stands_there_sees_that_one(self, outsider: Callable[[int], Desk]) -> None:
        desk = outsider(2001)
        with desk.store.writing() as unit:
            unit.connection.execute(text(f"UPDATE ticket SET requester_id = {desk.actor.id} WHERE id = {HIDDEN}"))
            unit.commit()
        found = tickets.open_ticket(desk, HIDDEN)
        assert (found.minutes, found.history, found.watchers, found.card.notes) == (0, (), (), 0)
        assert [board.name for board in boards.all_boards(desk)][-1] == "Quokka board"
        with pytest.raises(NotAllowed):
            tickets.change_text(desk, [HIDDEN], "priority:high")
        stream = io.StringIO()
        json_desk.export(desk, None, stream)
        assert "Quokka printer" not in stream.getvalue()

    def test_its_words_weigh_nothing_in_what_is_alike(self, outsider: Callable[[int], Desk]) -> None:
        desk = outsider(2001)
        assert [card.number for card in linking.likely_duplicates(desk, "quokka printer")] == []
        assert linking.likely_duplicates(desk, "open printer")
        assert notices.count(desk).new >= 0
        assert question(desk)
