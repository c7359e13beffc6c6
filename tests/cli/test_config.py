"""`helpdesk config`: what an admin sets, and what follows from it."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run


def test_the_settings_are_listed_with_their_values(run: Run) -> None:
    told = run("config", "--json").json
    assert told["kinds"] == "incident, request, problem, task"
    assert told["file_limit_mb"] == "25"
    assert "incident, request" in run("config").out


def test_a_kind_of_one_s_own_is_used_at_once(run: Run) -> None:
    assert run("config", "set", "kinds", "incident,", "wish").code == 0
    assert run("config", "get", "kinds").out == "incident, wish\n"
    run("add", "A quieter printer", "kind:Wish")
    assert [ticket["kind"] for ticket in run("list", "kind:wish", "--json").json] == ["wish"]
    assert run("change", "2", "kind:task").code == 2


def test_tickets_keep_and_are_found_by_a_kind_that_was_taken_away(run: Run) -> None:
    run("add", "x", "kind:task")
    run("config", "set", "kinds", "incident")
    assert run("list", "kind:task", "--count").out == "1\n"
    run("config", "reset", "kinds")
    assert run("change", "1", "kind:task").code == 0


def test_the_priority_table_is_the_desk_s_own(run: Run) -> None:
    run("config", "set", "priorities", "high high high / high high high / high high critical")
    run("add", "x", "impact:low", "urgency:low")
    assert run("list", "#2", "--json").json[0]["priority"] == "high"


def test_a_change_of_a_setting_is_undone(run: Run) -> None:
    run("config", "set", "file_limit_mb", "50")
    assert "file_limit_mb" in run("undo").err
    assert run("config", "get", "file_limit_mb").out == "25\n"


@pytest.mark.parametrize(
    "words",
    [
        ["set", "kinds"],
        ["set", "colour", "green"],
        ["set", "priorities", "low"],
        ["get"],
        ["get", "colour"],
        ["reset", "colour"],
        ["set", "file_limit_mb", "-1"],
    ],
)
def test_wrong_usage_changes_nothing(run: Run, words: list[str]) -> None:
    assert run("config", *words).code == 2
    assert run("config", "get", "file_limit_mb").out == "25\n"
