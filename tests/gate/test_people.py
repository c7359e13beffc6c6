"""People are kept through the gate as well, and the machine's own accounts are no part of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.gate.house import Doorman, House


@pytest.mark.parametrize("login", ["root", "nobody-of-this-machine"])
def test_a_login_is_one_for_the_gate_whether_or_not_the_machine_has_such_an_account(
    house: House, doorman: Doorman, login: str
) -> None:
    answer = doorman.call(f"user add {login} --role viewer", login="admin")
    assert (answer.code, answer.err) == (0, f"{login} added (`helpdesk undo` takes it back)\n".encode())
    with closing(sqlite3.connect(house.desk)) as found:
        assert found.execute("SELECT name, uid FROM person WHERE login = ?", (login,)).fetchall() == [(login, None)]


def test_two_organizations_are_made_one(doorman: Doorman) -> None:
    for command in ("org add Acme", "org add 'Acme Ltd'", "org merge 'Acme Ltd' Acme"):
        answer = doorman.call(command, login="admin")
        assert answer.code == 0, answer.text
