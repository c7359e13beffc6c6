"""Keys for the gate: added, listed and removed, each a step that can be taken back."""

from __future__ import annotations

import pytest

from helpdesk_tui.desk import ssh_keys, tickets
from helpdesk_tui.desk.admission import admit_login, keep_up
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.tickets import NewTicket
from helpdesk_tui.desk.undo import redo, undo
from helpdesk_tui.domain.people import Role
from helpdesk_tui.errors import Conflict, LetOut, NotAllowed, NotFound, UsageError
from tests.builders import a_person, desk_of
from tests.gate.house import key_of


@pytest.fixture(autouse=True)
def _people(desk: Desk) -> None:
    a_person(desk, "Alice Agent", login="alice", uid=2001)
    a_person(desk, "Bob Builder", login="bob", uid=2002)


def known(desk: Desk) -> list[tuple[str, str]]:
    return [(one.login, one.key.comment) for one in ssh_keys.keys(desk)]


def test_a_key_is_its_persons(desk: Desk) -> None:
    ssh_keys.add(desk, "alice", key_of("laptop"))
    ssh_keys.add(desk, "alice", key_of("desktop"))
    ssh_keys.add(desk, "Bob Builder", key_of("phone"))
    assert known(desk) == [("alice", "laptop"), ("alice", "desktop"), ("bob", "phone")]


@pytest.mark.parametrize("login", ["alice", "bob"])
def test_no_key_is_two_peoples_or_one_persons_twice(desk: Desk, login: str) -> None:
    ssh_keys.add(desk, "alice", key_of("laptop"))
    with pytest.raises(Conflict, match="alice’s already"):
        ssh_keys.add(desk, login, key_of("laptop").replace(" laptop", " under another name"))


def test_adding_and_removing_are_taken_back(desk: Desk) -> None:
    ssh_keys.add(desk, "alice", key_of("laptop"))
    undo(desk)
    assert known(desk) == []
    redo(desk)
    ssh_keys.remove(desk, ssh_keys.keys(desk)[0].key.fingerprint)
    assert known(desk) == []
    undo(desk)
    assert known(desk) == [("alice", "laptop")]


def test_a_key_that_went_to_another_is_not_brought_back_to_the_first(desk: Desk) -> None:
    ssh_keys.add(desk, "alice", key_of("shared"))
    alice = ssh_keys.keys(desk)[0].key.fingerprint
    ssh_keys.remove(desk, alice)
    other = desk_of(desk, Role.ADMIN)
    ssh_keys.add(other, "bob", key_of("shared"))
    with pytest.raises(Conflict):
        undo(desk)
    assert known(desk) == [("bob", "shared")]


def test_the_beginning_of_a_fingerprint_will_do(desk: Desk) -> None:
    ssh_keys.add(desk, "alice", key_of("laptop"))
    fingerprint = ssh_keys.keys(desk)[0].key.fingerprint
    ssh_keys.remove(desk, fingerprint.removeprefix("SHA256:")[:8])
    assert known(desk) == []


@pytest.mark.parametrize("fingerprint", ["", "SHA256:", "SHA256:abcd", "alice", "%", "*", "SHA256:" + "x" * 43])
def test_no_key_is_removed_by_mistake(desk: Desk, fingerprint: str) -> None:
    ssh_keys.add(desk, "alice", key_of("laptop"))
    with pytest.raises(NotFound):
        ssh_keys.remove(desk, fingerprint)
    assert len(known(desk)) == 1


def test_nobody_without_a_plain_login_gets_one(desk: Desk) -> None:
    for login in ("keys", "-rf", ""):
        a_person(desk, f"Person {login}", login=login)
        with pytest.raises(UsageError, match="no login"):
            ssh_keys.add(desk, f"Person {login}".strip(), key_of("laptop"))


@pytest.mark.parametrize("role", [Role.AGENT, Role.VIEWER, Role.REQUESTER])
def test_only_who_manages_people_knows_and_changes_them(desk: Desk, role: Role) -> None:
    ssh_keys.add(desk, "alice", key_of("laptop"))
    fingerprint = ssh_keys.keys(desk)[0].key.fingerprint
    other = desk_of(desk, role)
    for act in (
        lambda: ssh_keys.keys(other),
        lambda: ssh_keys.add(other, "bob", key_of("phone")),
        lambda: ssh_keys.remove(other, fingerprint),
    ):
        with pytest.raises(NotAllowed):
            act()


class TestComingIn:
    def test_somebody_is_let_in_with_their_own_key_alone(self, desk: Desk) -> None:
        ssh_keys.add(desk, "alice", key_of("laptop"))
        fingerprint = ssh_keys.keys(desk)[0].key.fingerprint
        assert admit_login(desk.store, "alice", fingerprint).login == "alice"
        for login, key in (("bob", fingerprint), ("alice", "SHA256:x"), ("alice", "SHA256:"), ("", fingerprint)):
            with pytest.raises(NotAllowed, match="leads to nobody"):
                admit_login(desk.store, login, key)

    def test_a_removed_key_lets_nobody_in(self, desk: Desk) -> None:
        ssh_keys.add(desk, "alice", key_of("laptop"))
        fingerprint = ssh_keys.keys(desk)[0].key.fingerprint
        ssh_keys.remove(desk, fingerprint)
        with pytest.raises(NotAllowed):
            admit_login(desk.store, "alice", fingerprint)

    def test_whoever_came_with_a_key_is_let_out_when_it_is_removed(self, desk: Desk) -> None:
        ssh_keys.add(desk, "alice", key_of("laptop"))
        fingerprint = ssh_keys.keys(desk)[0].key.fingerprint
        alice = Desk(
            desk.store,
            admit_login(desk.store, "alice", fingerprint),
            desk.clock,
            desk.zone,
            sealed=True,
            key=fingerprint,
        )
        keep_up(alice)
        ssh_keys.add(desk, "alice", key_of("desktop"))
        ssh_keys.remove(desk, fingerprint)
        for act in (lambda: keep_up(alice), lambda: tickets.create(alice, NewTicket("Let me in"))):
            with pytest.raises(LetOut, match="key you came with has been taken off"):
                act()

    def test_nobody_is_made_who_is_not_there(self, desk: Desk) -> None:
        with pytest.raises(NotAllowed):
            admit_login(desk.store, "mallory")
        with desk.store.reading() as unit:
            from helpdesk_tui.store import directory

            assert not directory.login_taken(unit, "mallory")
