"""Who is let in: the first account, those the desk knows, and strangers as its setting says."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from helpdesk_tui.desk import settings
from helpdesk_tui.desk.admission import Account, admit
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from helpdesk_tui.errors import NotAllowed
from tests.builders import a_desk, a_person

STRANGER = Account(4000, "stranger", "Sam Stranger")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path)


def known(desk: Desk) -> int:
    with desk.store.reading() as unit:
        return int(unit.scalar(text("SELECT count(*) FROM person")))


def test_a_stranger_asks_for_help(desk: Desk) -> None:
    assert admit(desk.store, STRANGER, desk.clock).role is Role.REQUESTER
    assert admit(desk.store, STRANGER, desk.clock).id == admit(desk.store, STRANGER, desk.clock).id


def test_a_stranger_is_not_let_in_where_the_desk_takes_in_nobody(desk: Desk) -> None:
    settings.change(desk, "strangers", "Nobody")
    before = known(desk)
    with pytest.raises(NotAllowed) as refused:
        admit(desk.store, STRANGER, desk.clock)
    assert "takes in nobody" in str(refused.value)
    assert refused.value.hint
    assert known(desk) == before


def test_who_is_known_already_stays(desk: Desk) -> None:
    admit(desk.store, STRANGER, desk.clock)
    settings.change(desk, "strangers", "nobody")
    assert admit(desk.store, STRANGER, desk.clock).login == "stranger"


def test_the_first_of_a_desk_is_its_admin_whatever_else(tmp_path: Path) -> None:
    assert a_desk(tmp_path).actor.role is Role.ADMIN


def test_who_was_deactivated_is_not_let_in(desk: Desk) -> None:
    a_person(desk, "Sam Stranger", uid=STRANGER.uid, active=False)
    with pytest.raises(NotAllowed, match="deactivated"):
        admit(desk.store, STRANGER, desk.clock)
