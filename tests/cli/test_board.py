"""`helpdesk board`: the boards of a desk, their columns and their members."""

from __future__ import annotations

from typing import Any

import pytest

from helpdesk_tui.cli.catalog.boards import TEMPLATES
from helpdesk_tui.domain import board_templates
from tests.cli.conftest import Run


def boards(run: Run, *more: str) -> dict[str, dict[str, Any]]:
    return {board["name"]: board for board in run("board", "list", "--json", *more).json}


def columns(run: Run, board: str = "IT Support") -> dict[str, dict[str, Any]]:
    return {column["name"]: column for column in boards(run)[board]["columns"]}


class TestBoards:
    def test_are_listed_with_their_columns_and_limits(self, run: Run) -> None:
        run("board", "limit", "IT Support", "Doing", "4", "--hard")
        run("add", "Printer is dead")
        out = run("board").out
        assert "IT Support" in out
        assert "To Do | Doing (4!) | Done" in out
        assert boards(run)["IT Support"]["open"] >= 1

    @pytest.mark.parametrize("word", TEMPLATES)
    def test_are_made_from_a_template(self, run: Run, word: str) -> None:
        assert run("board", "add", "New", "--template", word).code == 0
        made, template = boards(run)["New"], board_templates.template_named(word)
        assert [column["name"] for column in made["columns"]] == [plan.name for plan in template.columns]
        assert made["members_only"] == template.members_only

    def test_have_the_templates_that_there_are(self, run: Run) -> None:
        assert tuple(one["template"] for one in run("board", "templates", "--json").json) == TEMPLATES
        assert "Making (2!)" in run("board", "templates").out

    def test_stand_in_the_order_they_are_given(self, run: Run) -> None:
        run("board", "add", "Network")
        run("board", "add", "Changes")
        assert run("board", "move", "Changes", "1").code == 0
        assert list(boards(run)) == ["Changes", "IT Support", "Network"]

    def test_are_archived_and_brought_back(self, run: Run) -> None:
        run("board", "add", "Old")
        assert run("board", "archive", "Old").code == 0
        assert list(boards(run)) == ["IT Support"]
        assert boards(run, "--all")["Old"]["archived"]
        assert run("board", "unarchive", "Old").code == 0
        assert "Old" in boards(run)

    def test_put_away_what_has_been_done_for_long(self, run: Run) -> None:
        run("board", "archive-after", "IT Support", "14")
        assert boards(run)["IT Support"]["archive_after"] == 14
        assert run("board", "archive-old").code == 1
        run("board", "archive-after", "IT Support", "none")
        assert boards(run)["IT Support"]["archive_after"] is None


class TestColumns:
    def test_are_added_as_they_are_said_to_be(self, run: Run) -> None:
        run("board", "column", "add", "IT Support", "Review", "--limit", "2", "--hard", "--color", "purple")
        assert columns(run)["Review"] == {
            "name": "Review",
            "category": "doing",
            "limit": 2,
            "hard": True,
            "color": "purple",
        }

    def test_close_their_tickets_when_they_become_done(self, run: Run) -> None:
        run("add", "Printer", "to:doing")
        ran = run("board", "column", "category", "IT Support", "Doing", "done")
        assert "1 ticket closed" in ran.err

    def test_one_that_is_empty_needs_no_other_for_its_tickets(self, run: Run) -> None:
        run("add", "Printer is dead", "to:doing")
        assert "still holds 1 ticket" in run("board", "column", "remove", "IT Support", "Doing").err
        run("board", "column", "add", "IT Support", "Review")
        assert run("board", "column", "remove", "IT Support", "Review").code == 0
        assert run("board", "column", "remove", "IT Support", "Doing", "--into", "Done").code == 0
        assert list(columns(run)) == ["To Do", "Done"]

    def test_are_coloured_limited_and_ordered(self, run: Run) -> None:
        run("board", "column", "color", "IT Support", "Doing", "red")
        run("board", "column", "limit", "IT Support", "Doing", "3", "--hard")
        run("board", "column", "limit", "IT Support", "Doing", "4", "--soft")
        run("board", "column", "move", "IT Support", "Doing", "1")
        assert list(columns(run)) == ["Doing", "To Do", "Done"]
        assert columns(run)["Doing"]["color"] == "red"
        assert (columns(run)["Doing"]["limit"], columns(run)["Doing"]["hard"]) == (4, False)

    def test_that_are_full_take_no_more_where_the_limit_is_hard(self, run: Run) -> None:
        run("board", "limit", "IT Support", "Doing", "1", "--hard")
        run("add", "One", "to:doing")
        ran = run("add", "Two", "to:doing")
        assert ran.code == 4
        assert "Doing takes 1 ticket and no more" in ran.err


class TestMembers:
    def test_are_added_listed_and_removed(self, run: Run) -> None:
        run("user", "add", "alice", "--no-account", "--role", "agent")
        assert run("board", "member", "add", "IT Support", "alice", "viewer").code == 0
        listed = run("board", "member", "list", "IT Support", "--json").json
        assert [(one["login"], one["role"]) for one in listed] == [("alice", "viewer")]
        assert run("board", "member", "remove", "IT Support", "alice").code == 0
        assert run("board", "member", "list", "IT Support").code == 1

    def test_may_be_all_who_work_there(self, run: Run) -> None:
        run("board", "member", "only", "IT Support", "yes")
        assert boards(run)["IT Support"]["members_only"]
        run("board", "member", "only", "IT Support", "no")
        assert not boards(run)["IT Support"]["members_only"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["board", "add", "X", "--template", "scrum"], "plain"),
        (["board", "move", "IT Support", "0"], "no place"),
        (["board", "move", "IT Support", "first"], "no place"),
        (["board", "archive", "IT Support"], "last board"),
        (["board", "archive-after", "IT Support", "soon"], "number of days"),
        (["board", "archive-after", "IT Support", "0"], "number of days"),
        (["board", "column", "color", "IT Support", "Doing", "ultraviolet"], "Known: red"),
        (["board", "column", "category", "IT Support", "Done", "doing"], "only done column"),
        (["board", "column", "category", "IT Support", "Done", "maybe"], "todo, doing, done"),
        (["board", "column", "explode", "IT Support", "Done"], "--help"),
        (["board", "member", "add", "IT Support", "nobody"], "nobody"),
        (["board", "member", "only", "IT Support", "maybe"], "--help"),
    ],
)
def test_what_cannot_be_is_said(run: Run, typed: list[str], said: str) -> None:
    ran = run(*typed)
    assert ran.code != 0
    assert said in ran.err
    assert not ran.out
