"""`confirm`, `reopen` and `rate`: what whoever asked says of their ticket."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from helpdesk_tui.domain.people import Role
from tests.cli.conftest import Ran, Run
from tests.cli.test_verbs import say


def be(home: Path, role: Role) -> None:
    """Have whoever runs the tests in that role."""
    with closing(sqlite3.connect(home / "desk.db")) as direct, direct:
        direct.execute("UPDATE person SET role = ? WHERE uid = ?", (role.value, os.getuid()))


@pytest.fixture
def mine(run: Run, home: Path) -> Run:
    """Rita's own tickets: #2 open, #3 done; #4 is somebody else's."""
    run("user", "add", "--name", "Ravi Rand")
    run("add", "Printer is dead", "requester:me")
    run("add", "VPN drops", "requester:me")
    run("move", "3", "done")
    run("add", "Not theirs", 'requester:"Ravi Rand"')
    be(home, Role.REQUESTER)
    return run


def shown(run: Run, number: int) -> dict[str, object]:
    found: dict[str, object] = run("show", str(number), "--json").json
    return found


class TestConfirm:
    def test_it_is_done_with_that(self, mine: Run) -> None:
        ran = mine("confirm", "2")
        assert (ran.code, ran.out) == (0, "")
        assert "#2: solved" in ran.err
        assert shown(mine, 2)["category"] == "done"

    def test_it_is_taken_back(self, mine: Run) -> None:
        mine("confirm", "#2")
        mine("undo")
        assert shown(mine, 2)["category"] == "todo"

    def test_of_what_is_done_it_is_noted(self, mine: Run) -> None:
        assert mine("confirm", "3").code == 0

    def test_the_team_does_not_say_it(self, mine: Run, home: Path) -> None:
        be(home, Role.AGENT)
        assert mine("confirm", "2").code == 3


class TestReopen:
    def test_it_is_open_again(self, mine: Run) -> None:
        assert mine("reopen", "3").code == 0
        assert (shown(mine, 3)["category"], shown(mine, 3)["conversation"]) == ("todo", [])

    def test_it_says_why_in_the_same_step(self, mine: Run) -> None:
        mine("reopen", "3", "It", "drops again.")
        assert [said["body"] for said in mine("show", "3", "--json").json["conversation"]] == ["It drops again."]
        mine("undo")
        assert (shown(mine, 3)["category"], shown(mine, 3)["conversation"]) == ("done", [])

    def test_why_comes_from_standard_input(self, mine: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        say(monkeypatch, "First this,\nthen that.\n")
        assert mine("reopen", "3", "-").code == 0
        assert mine("show", "3", "--json").json["conversation"][0]["body"] == "First this,\nthen that."

    def test_the_team_opens_again_too(self, mine: Run, home: Path) -> None:
        be(home, Role.AGENT)
        assert mine("reopen", "3", "Not yet.").code == 0


class TestRate:
    def test_how_it_went(self, mine: Run) -> None:
        ran = mine("rate", "3", "4")
        assert (ran.code, ran.out) == (0, "")
        assert "#3: 4 of 5" in ran.err
        assert shown(mine, 3)["rating"] == 4

    def test_the_last_counts(self, mine: Run) -> None:
        mine("rate", "3", "1")
        mine("rate", "3", "5")
        assert shown(mine, 3)["rating"] == 5


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["confirm"], 2, "needs more"),
        (["confirm", "2", "3"], 2, "does not take `3`"),
        (["confirm", "two"], 2, "not a ticket number"),
        (["confirm", "4"], 1, "no ticket #4"),
        (["confirm", "77"], 1, "no ticket #77"),
        (["reopen"], 2, "needs more"),
        (["reopen", "2"], 2, "open already"),
        (["reopen", "3", " "], 2, "text is empty"),
        (["reopen", "4"], 1, "no ticket #4"),
        (["rate", "3"], 2, "needs more"),
        (["rate", "3", "0"], 2, "`0` is no rating"),
        (["rate", "3", "6"], 2, "1..5"),
        (["rate", "3", "５"], 2, "no rating"),
        (["rate", "3", "good"], 2, "`good` is no rating"),
        (["rate", "3", "5", "thanks"], 2, "does not take `thanks`"),
        (["rate", "2", "5"], 2, "not solved yet"),
        (["rate", "4", "5"], 1, "no ticket #4"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(mine: Run, words: list[str], code: int, says: str) -> None:
    before = shown(mine, 2), shown(mine, 3)
    ran = mine(*words)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err
    assert (shown(mine, 2), shown(mine, 3)) == before


@pytest.mark.parametrize(
    ("typed", "offers"),
    [
        ("confirm ", ["2"]),
        ("reopen ", ["3"]),
        ("rate ", ["3"]),
        ("rate 3 ", ["5", "4", "3", "2", "1"]),
        ("rate 3 5 ", []),
        ("reopen 3 ", []),
    ],
)
def test_the_shell_completes_them(mine: Run, typed: str, offers: list[str]) -> None:
    ran = mine("complete", "bash", "--line", f"helpdesk {typed}")
    assert offered(ran) == offers


def offered(ran: Ran) -> list[str]:
    return [line.partition("\t")[0] for line in ran.out.splitlines()]
