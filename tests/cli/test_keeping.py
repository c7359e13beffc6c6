"""`helpdesk backup`, `restore` and `doctor`, as they are typed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from helpdesk_tui.desk import automation
from helpdesk_tui.desk.automation import Ticked
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.errors import DeskReplaced, DeskUnusable
from helpdesk_tui.store import far_away
from tests.cli.conftest import Run


def test_a_backup_goes_beside_the_desk_or_where_one_says(run: Run, home: Path) -> None:
    made = run("backup", "--json")
    assert made.code == 0
    assert Path(made.json["file"]).parent == home / "desk.db-backups"
    assert Path(made.json["file"]).stat().st_size == made.json["size"]
    assert run("backup", str(home / "copy.db")).code == 0
    assert (home / "copy.db").stat().st_mode & 0o777 == 0o600


def test_backups_are_listed_newest_first(run: Run) -> None:
    nothing = run("backup", "--list")
    assert (nothing.code, nothing.out) == (1, "")
    run("backup")
    run("backup", "--daily")
    listed = run("backup", "--list", "--json").json
    assert sorted(one["occasion"] for one in listed) == ["by-hand", "daily"]
    assert [one["at"] for one in listed] == sorted((one["at"] for one in listed), reverse=True)
    assert "daily" in run("backup", "--list").out


def test_a_second_daily_backup_of_a_day_is_none_and_no_error(run: Run) -> None:
    assert run("backup", "--daily", "--json").json["file"] is not None
    again = run("backup", "--daily", "--json")
    assert (again.code, again.json) == (0, {"file": None})


def test_a_tick_takes_the_backup_of_the_day(run: Run) -> None:
    for _ in range(2):
        ticked = run("tick")
        assert (ticked.code, ticked.out, ticked.err) == (0, "", "")
    assert [one["occasion"] for one in run("backup", "--list", "--json").json] == ["daily"]


def test_a_tick_does_what_is_due_where_the_backup_cannot_be_taken(run: Run, home: Path) -> None:
    run("add", "Done long ago")
    (home / "desk.db-backups").write_text("in the way")
    ticked = run("tick", "--json")
    assert (ticked.code, ticked.json) == (0, {"steps": 0, "archived": 0})
    assert "Today's backup was not taken. The backup folder" in ticked.err


def test_a_tick_every_minute_goes_on_where_the_desk_was_away(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter((None, DeskUnusable("The server is away.", "Start it."), None, DeskReplaced("Restored.")))

    def tick(_desk: Desk) -> Ticked:
        failure = next(answers)
        if failure is not None:
            raise failure
        return Ticked(1, 0)

    monkeypatch.setattr(automation, "tick", tick)
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    ticked = run("tick", "--every-minute")
    assert ticked.code == 4
    assert ticked.err.splitlines() == [
        "rules acted in 1 step.",
        "The server is away. Start it.",
        "rules acted in 1 step.",
        "helpdesk: Restored.",
    ]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("backup", "{home}"), 4, "it is a folder"),
        (("backup", "{home}/desk.db"), 4, "it is the desk itself"),
        (("backup", "{home}/nowhere/copy.db"), 4, "No such file"),
        (("backup", "/proc/copy.db"), 4, "cannot be written"),
        (("backup", "--daily", "x"), 2, "takes no file"),
        (("backup", "a", "b"), 2, "does not take `b`"),
        (("restore",), 2, "needs more"),
        (("restore", "x.db"), 2, "--yes"),
        (("restore", "x.db", "--yes"), 4, "There is no backup x.db"),
        (("restore", "{home}", "--yes"), 4, "is a folder"),
        (("restore", "{home}/desk.db", "--yes"), 4, "is the desk itself"),
        (("restore", "/dev/null", "--yes"), 4, "no regular file"),
        (("restore", "/etc/passwd", "--yes"), 4, "not an SQLite database"),
        (("undo", "--step", "999"), 1, "no step 999"),
        (("undo", "--step", "x"), 2, "whole number"),
        (("undo", "--list"), 2, "needs more"),
    ],
)
def test_what_goes_wrong_is_one_sentence(run: Run, home: Path, words: tuple[str, ...], code: int, says: str) -> None:
    before = (home / "desk.db").read_bytes()
    ran = run(*(word.format(home=home) for word in words))
    assert (ran.code, ran.err.count("\n")) == (code, 1)
    assert says in ran.err
    assert (home / "desk.db").read_bytes() == before


def test_there_and_back(run: Run, home: Path) -> None:
    run("backup", str(home / "copy.db"))
    run("add", "After")
    back = run("restore", str(home / "copy.db"), "--yes", "--json")
    assert back.code == 0
    assert back.json["tickets"] == 1
    assert "After" not in run("list").out
    assert run("restore", Path(back.json["kept"]).name, "--yes").code == 0
    assert "After" in run("list").out


def test_doctor_says_how_it_stands_and_exits_so(run: Run, home: Path) -> None:
    well = run("doctor", "--json")
    assert well.code == 0
    assert {one["state"] for one in well.json} <= {"ok", "note"}
    (home / "desk.db").chmod(0o644)
    ill = run("doctor")
    assert ill.code == 4
    assert "Everybody on this machine may read the file." in ill.out
    assert f"chmod o= {home / 'desk.db'}" in ill.out
    assert "are bad" in ill.err


def test_doctor_looks_at_a_desk_that_does_not_open(run: Run, home: Path) -> None:
    (home / "desk.db").write_text("no desk at all")
    said = run("doctor")
    assert said.code == 4
    assert "not an SQLite database" in said.out


def test_doctor_looks_at_what_is_around(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Mars/Olympus")
    monkeypatch.setenv("LC_ALL", "C")
    found = {one["what"]: one for one in run("doctor", "--json").json}
    assert found["time zone"]["state"] == "note"
    assert found["characters"]["state"] == "note"
    assert {"disk", "SQLite", "terminal", "sharing"} <= found.keys()


def test_what_could_be_taken_back_is_listed_by_its_step(run: Run) -> None:
    run("add", "Printer is dead")
    run("change", "2", "priority:high")
    listed = run("undo", "--list", "2", "--json").json
    assert listed[0]["what"].endswith("priority high")
    assert str(listed[0]["step"]) in run("undo", "--list", "2").out
    assert run("undo", "--step", str(listed[0]["step"])).code == 0
    assert "priority high" not in run("list", "priority:high").out
    nothing = run("undo", "--list", "1")
    assert (nothing.code, nothing.out, nothing.err) == (1, "", "Nothing that was done on #1 can be taken back.\n")


class TestADeskOnANetworkFileSystem:
    @pytest.fixture(autouse=True)
    def on_nfs(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(far_away, "file_system_of", lambda _path: "nfs4")

    def test_is_warned_about_once_by_what_changes_it(self, run: Run) -> None:
        ran = run("add", "Printer is dead")
        assert (ran.code, ran.err.count("network file system (nfs4)")) == (0, 1)

    @pytest.mark.parametrize("words", [("list",), ("show", "1"), ("board",)])
    def test_is_not_warned_about_by_what_only_reads(self, run: Run, words: tuple[str, ...]) -> None:
        assert "network" not in run(*words).err

    def test_is_found_by_the_doctor(self, run: Run) -> None:
        found = {one["what"]: one for one in run("doctor", "--json").json}
        assert found["file system"]["state"] == "bad"
        assert "two machines" in found["file system"]["said"]
