"""`helpdesk rule` and `helpdesk tick`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def stale(run: Run) -> Run:
    """A desk with an open ticket #2, and a rule of passing time that is about it and the welcome."""
    run("add", "Printer is dead")
    run(
        "rule",
        "add",
        "Stale",
        "--when",
        "tick",
        "--if",
        "is:open",
        "--then",
        "priority:up notify:admins",
        "--every",
        "1d",
    )
    return run


class TestRule:
    def test_a_new_desk_has_one(self, run: Run) -> None:
        (only,) = run("rule", "--json").json
        assert only == {
            "name": "Reopen on reply",
            "when": "answered",
            "if": "is:done or is:archived",
            "then": "reopen",
            "every": None,
            "on": True,
            "acted": None,
            "problem": None,
        }

    def test_writing_one_tells_what_it_has_before_it(self, stale: Run) -> None:
        ran = stale("rule", "add", "Another", "--when", "tick", "--if", "is:open", "--then", "+x")
        assert "rule Another added (`helpdesk undo` takes it back)" in ran.err
        assert "It acts on 2 tickets within the next minute" in ran.err
        assert stale("rule", "remove", "Another").code == 0

    def test_trying_one_changes_nothing(self, stale: Run) -> None:
        ran = stale("rule", "try", "Stale")
        assert "priority normal → high" in ran.out
        assert "Stale: 2 tickets now. Nothing was changed." in ran.err
        assert stale("list", "priority:high").code == 1
        would = stale("rule", "try", "Stale", "--json").json["would"]
        assert [one["number"] for one in would] == [2, 1]

    def test_trying_one_that_is_not_written_yet(self, stale: Run) -> None:
        ran = stale("rule", "try", "--when", "created", "--if", "printer", "--then", "assignee:auto")
        assert ran.code == 0
        assert "assignee none → " in ran.out
        assert stale("rule", "try", "--when", "weekdays 07:00", "--then", "report:daily").code == 0

    def test_a_tick_lets_it_act_and_the_log_tells(self, stale: Run) -> None:
        assert "rules acted in 1 step." in stale("tick").err
        assert stale("tick").err == ""
        acted = stale("rule", "log", "--json").json
        assert {one["number"] for one in acted} == {1, 2}
        assert all(one["did"].startswith("priority normal → high") for one in acted)
        assert stale("rule", "--json").json[1]["acted"] is not None
        assert "by rule “Stale”" in stale("show", "2", "--history").out
        assert stale("undo", "--step", str(acted[0]["step"])).code == 0
        assert "(taken back)" in stale("rule", "log").out

    def test_it_is_switched_ordered_rewritten_and_removed(self, stale: Run) -> None:
        assert stale("rule", "off", "Stale").code == 0
        assert stale("tick").err == ""
        assert "off" in stale("rule").out
        assert stale("rule", "on", "stale").code == 0
        assert stale("rule", "move", "Stale", "1").code == 0
        assert [one["name"] for one in stale("rule", "--json").json] == ["Stale", "Reopen on reply"]
        assert stale("rule", "change", "Stale", "--name", "Old", "--every", "").code == 0
        assert stale("rule", "show", "Old", "--json").json["every"] is None
        assert stale("rule", "remove", "Old").code == 0
        assert stale("undo").code == 0
        assert len(stale("rule", "--json").json) == 2

    def test_those_that_come_with_the_program(self, run: Run) -> None:
        there = run("rule", "shipped", "--json").json
        assert {"Route by skill", "Warn at risk", "Archive the done"} <= {one["name"] for one in there}
        for one in there:
            assert run("rule", "add", one["name"], "--shipped", "--off").code == (4 if one["there"] else 0)
        assert all(one["there"] for one in run("rule", "shipped", "--json").json)
        assert run("rule", "on", "Check the backups").code == 0
        assert "It comes next Mon " in run("rule", "try", "Check the backups").err

    def test_what_sets_one_off_is_listed(self, run: Run) -> None:
        assert "a ticket is created" in run("rule", "moments").out
        assert run("rule", "moments", "--json").json["answered"]

    @pytest.mark.parametrize(
        ("argv", "says"),
        [
            (["add", "X"], "does not say when"),
            (["add", "X", "--when", "tikc", "--then", "+x"], "Did you mean `tick`?"),
            (["add", "X", "--when", "created"], "changes nothing"),
            (["add", "X", "--when", "created", "--if", "prioritty:high", "--then", "+x"], "  prioritty:high\n  ^"),
            (["add", "X", "--when", "created", "--then", "+x asignee:bob"], "  +x asignee:bob\n     ^"),
            (["add", "X", "--when", "daily 25:00", "--then", "report:daily"], "  daily 25:00\n        ^"),
            (["add", "X", "--when", "created", "--then", "watch:me"], "Nobody is `me`"),
            (["add", "Stale", "--when", "created", "--then", "+x"], "already"),
            (["add", "Nothing", "--shipped"], "comes with the program"),
            (["add", "Warn at risk", "--shipped", "--when", "tick"], "added as it is"),
            (["show", "Stael"], "Did you mean `Stale`?"),
            (["move", "Stale", "0"], "no place"),
            (["move", "Stale", "9"], "no place"),
            (["try", "Nope"], "There is no rule"),
            (["log", "Nope"], "There is no rule"),
            (["dance"], "It has: list, show"),
            (["on"], "needs more"),
        ],
    )
    def test_what_cannot_be_is_said_in_a_sentence(self, stale: Run, argv: list[str], says: str) -> None:
        ran = stale("rule", *argv)
        assert ran.code in {1, 2, 4}
        assert says in ran.err

    def test_hostile_names_are_shown_as_text(self, run: Run) -> None:
        name = "\u202e[@click=app.quit]x[/nope]"
        assert run("rule", "add", name, "--when", "created", "--then", f'note:"{name}"').code == 0
        run("add", "Printer")
        for words in (("rule",), ("rule", "log"), ("rule", "show", name), ("show", "2", "--history")):
            assert "\u202e" not in run(*words).out


class TestTick:
    def test_nothing_to_do_says_nothing(self, run: Run) -> None:
        ran = run("tick")
        assert (ran.code, ran.out, ran.err) == (0, "", "")
        assert run("tick", "--json").json == {"steps": 0, "archived": 0}

    def test_it_takes_no_words(self, run: Run) -> None:
        assert run("tick", "tock").code == 2
