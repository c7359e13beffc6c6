"""Time, watching and notices by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpdesk_tui import bootstrap, config
from helpdesk_tui.clock import SystemClock
from helpdesk_tui.desk import conversation, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from tests.builders import desk_of
from tests.cli.conftest import Run


@pytest.fixture
def colleague(home: Path) -> Desk:
    """Somebody else on the same desk."""
    mine = bootstrap.open_desk(config.load(str(home / "desk.db")), clock=SystemClock())
    return desk_of(mine, Role.AGENT, name="Bob Builder")


class TestTime:
    @pytest.mark.parametrize(
        ("words", "minutes"), [(["25m"], 25), (["90"], 90), (["1h30m"], 90), (["1h", "30m"], 90), (["1h 30m"], 90)]
    )
    def test_minutes_by_hand(self, run: Run, words: list[str], minutes: int) -> None:
        ran = run("time", "1", *words)
        assert (ran.code, ran.out) == (0, "")
        assert f"{minutes} min logged" in ran.err
        shown = run("time", "1", "--json").json
        assert (shown["minutes"], shown["people"][0]["minutes"]) == (minutes, minutes)
        assert run("undo").code == 0
        assert run("time", "1").code == 1

    def test_a_timer_is_started_and_stopped(self, run: Run) -> None:
        assert run("time", "--json").code == 1
        assert "timing #1" in run("time", "1", "--start").err
        assert run("time", "--json").json["number"] == 1
        assert "timing" in run("time", "1").out
        assert "1 min logged" in run("time", "--stop").err
        assert run("time").code == 1

    def test_one_timer_at_a_time(self, run: Run) -> None:
        run("add", "other")
        run("time", "1", "--start")
        ran = run("time", "2", "--start")
        assert (ran.code, "You are timing #1" in ran.err) == (4, True)

    @pytest.mark.parametrize("words", [["1", "25m"], ["25m"], ["#1", "25"]])
    def test_what_was_worked_may_be_said_when_it_stops(self, run: Run, words: list[str]) -> None:
        run("time", "1", "--start")
        assert "25 min logged" in run("time", *words, "--stop").err

    def test_the_wrong_ticket_is_not_stopped(self, run: Run) -> None:
        run("add", "other")
        run("time", "1", "--start")
        assert run("time", "2", "25m", "--stop").code == 2
        assert run("time", "1", "--stop").code == 0

    def test_it_can_be_dropped(self, run: Run) -> None:
        run("time", "1", "--start")
        assert "not logged" in run("time", "--drop").err
        assert run("time", "--drop").code == 1

    @pytest.mark.parametrize(
        "words", [["1", "soon"], ["1", "0m"], ["1", "-5"], ["1", "9999999h"], ["x", "5m"], ["1", "5m", "--start"]]
    )
    def test_what_is_no_time_is_refused(self, run: Run, words: list[str]) -> None:
        ran = run("time", *words)
        assert ran.code == 2
        assert run("time", "1").code == 1

    def test_who_worked_and_how_long(self, run: Run, colleague: Desk) -> None:
        tickets.change_text(colleague, [1], "time:1h")
        run("time", "1", "25m")
        out = run("time", "1").out
        assert [line.split()[-2:] for line in out.splitlines()] == [["60", "min"], ["25", "min"], ["85", "min"]]
        assert "in all" in out

    def test_two_things_at_once_are_refused(self, run: Run) -> None:
        assert run("time", "1", "--start", "--stop").code == 2


class TestWatch:
    def test_watching_and_no_longer(self, run: Run) -> None:
        run("add", "other")
        assert run("watch", "1", "#2").code == 0
        assert run("list", "watcher:me", "--count").out == "2\n"
        assert run("watch", "1").code == 0
        assert run("unwatch", "1", "2").code == 0
        assert run("list", "watcher:me", "--count").out == "0\n"

    def test_all_of_it_is_one_step(self, run: Run) -> None:
        run("add", "other")
        run("watch", "1", "2")
        run("undo")
        assert run("list", "watcher:me", "--count").out == "0\n"

    @pytest.mark.parametrize("words", [[], ["x"], ["0"], ["--json"]])
    def test_what_names_no_ticket_is_refused(self, run: Run, words: list[str]) -> None:
        assert run("watch", *words).code == 2


class TestNotices:
    def test_nothing_new_is_exit_code_1(self, run: Run) -> None:
        ran = run("notices")
        assert (ran.code, ran.out) == (1, "")
        assert run("notices", "--json").json == []

    def test_what_others_did_once(self, run: Run, colleague: Desk) -> None:
        run("watch", "1")
        conversation.note(colleague, 1, "Toner is here.")
        ran = run("notices")
        assert ran.code == 0
        assert "wrote a note: Toner is here." in ran.out
        assert run("notices").code == 1
        assert "Toner is here." in run("notices", "--all").out

    def test_they_can_be_kept_for_the_next_time(self, run: Run, colleague: Desk) -> None:
        run("watch", "1")
        conversation.reply(colleague, 1, "Done.")
        for _ in range(2):
            (notice,) = run("notices", "--keep", "--json").json
            assert (notice["number"], notice["what"], notice["text"], notice["new"]) == (1, "replied", "Done.", True)

    def test_hostile_words_do_nothing(self, run: Run, colleague: Desk) -> None:
        run("watch", "1")
        tickets.change_text(colleague, [1], "title:x")
        conversation.note(colleague, 1, "\x1b]52;c;aGk=\x07 a\u202eb")
        out = run("notices").out
        assert "\x1b" not in out
        assert "\u202e" not in out


class TestDay:
    def test_a_quiet_one(self, run: Run) -> None:
        run("change", "1", "to:done")
        ran = run("day")
        assert (ran.code, ran.out) == (1, "")
        assert "nothing is left to take" in ran.err

    def test_what_wants_me_and_why(self, run: Run, colleague: Desk) -> None:
        run("add", "Mine", "assignee:me", "to:doing", "priority:low", "due:1 jan 2030")
        conversation.note(colleague, 2, "Toner is here.")
        out = run("day").out
        assert "waiting for you" in out
        assert "agent2000 wrote" in out
        assert "next" in out
        assert "nobody's yet" in out

    def test_as_json(self, run: Run) -> None:
        (entry,) = run("day", "--json").json
        assert (entry["part"], entry["number"]) == ("next", 1)
        assert [reason["why"] for reason in entry["reasons"]][-1] == "nobody's yet"

    def test_taking_the_next_best(self, run: Run) -> None:
        ran = run("day", "--take", "--json")
        assert ran.json == {"number": 1}
        assert "#1 taken" in ran.err
        assert run("show", "1", "--json").json["category"] == "doing"
        ran = run("day", "--take")
        assert (ran.code, "Nothing is left to take" in ran.err) == (1, True)
