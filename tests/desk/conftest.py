"""A desk with somebody of every role, and with a ticket that is not theirs who ask for help."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path

import pytest

from helpdesk_tui.clock import FixedClock
from helpdesk_tui.desk import (
    board_members,
    canned,
    persons,
    structure,
    templates,
    tickets,
    views,
)
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.persons import Details
from helpdesk_tui.desk.templates import Wording
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.ticket import Priority
from helpdesk_tui.store import directory
from helpdesk_tui.store.sqlite import SqliteStore
from tests.builders import NOON, a_desk, a_person, a_ticket, an_organization, as_uid
from tests.desk.every_verb import AGENT, HIDDEN, OWN, REQUESTER, UIDS, VIEWER, attach, attach_path, board


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a desk with somebody of every role."""
    desk = a_desk(tmp_path_factory.mktemp("built"))
    for role in (AGENT, VIEWER, REQUESTER):
        a_person(desk, f"{role.value.title()} Person", role, role.value, UIDS[role])
    mine = as_uid(desk, UIDS[REQUESTER]).actor.id
    a_ticket(desk, "Own", "check:first check:second reply:hello +old to:todo", requester_id=mine)
    a_ticket(desk, "Own and done", "to:done", requester_id=mine)
    secret_ticket(desk)
    persons.add(desk, Details(name="Zanzibar Customer"))
    structure.add_board(desk, "Empty")
    board_members.set_role(desk, board(desk), a_person(desk, "Mia Member", Role.REQUESTER), Role.REQUESTER)
    structure.archive_board(desk, structure.add_board(desk, "Old").made or 0)
    views.save(desk, "team", "requester:zanzibar", shared=True)
    tickets.change_text(desk, [OWN], f"link:#{HIDDEN}")
    attach_path(desk, OWN)
    canned.add(desk, "hello", "Zanzibar", change="+zanzibar")
    templates.add(desk, Wording("laptop", change="+zanzibar", steps="zanzibar", for_requesters=True))
    templates.add(desk, Wording("zanzibar"))
    desk.close()
    return desk.store.path


def secret_ticket(desk: Desk) -> None:
    """A ticket on which everything that has a text says `zanzibar`."""
    customer = a_person(
        desk, "Zanzibar Customer", Role.REQUESTER, "zanzibar", organization=an_organization(desk, "Zanzibar Ltd")
    )
    number = a_ticket(
        desk,
        "Zanzibar",
        'reply:"zanzibar" note:"zanzibar" check:"zanzibar" +zanzibar',
        description="zanzibar",
        requester_id=customer,
        source="zanzibar",
        priority=Priority.CRITICAL,
        due=NOON,
    )
    assert number == HIDDEN
    attach(desk, number)


@pytest.fixture
def desk_as(built: Path, tmp_path: Path) -> Iterator[Callable[[Role], Desk]]:
    """A fresh copy of that desk as somebody of a role has it open."""
    opened: list[Desk] = []

    def open_as(role: Role) -> Desk:
        path = tmp_path / f"{role.value}{len(opened)}.db"
        shutil.copy(built, path)
        store = SqliteStore(path)
        with store.reading() as unit:
            found = directory.actor_by_uid(unit, UIDS[role])
        assert found is not None
        opened.append(Desk(store, found[0], FixedClock(NOON), UTC))
        return opened[-1]

    yield open_as
    for desk in opened:
        desk.close()
