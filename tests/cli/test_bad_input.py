"""Bad input, one row a case: one clear line, the right exit code, nothing written, never a traceback."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run

LONG = "x" * 128 * 1024
MANY = [str(number) for number in range(1, 200_001)]

USAGE = [
    ("unknown verb", ["lst"], "Did you mean `list`?"),
    ("unknown option", ["list", "--jsno"], "Did you mean `--json`?"),
    ("option before the verb", ["--jsno", "list"], "no option `--jsno`"),
    ("ascii for a verb", ["--ascii", "list"], "`--ascii` is for the board"),
    ("desk twice", ["--desk", "a.db", "list", "--desk", "b.db"], "`--desk` is given twice"),
    ("desk empty", ["--desk", "", "list"], "is empty"),
    ("desk as a database URI", ["--desk", "file:x?mode=rwc&vfs=unix-none", "list"], "is not a path"),
    ("desk with ESC", ["--desk", "a\x1b[2Jb", "list"], "control character"),
    ("desk with a newline", ["--desk", "a\nb", "list"], "control"),
    ("desk in broken UTF-8", ["--desk", "a\udcffb", "list"], "UTF-8"),
    ("limit twice", ["list", "--limit", "1", "--limit", "2"], "given twice"),
    ("limit negative", ["list", "--limit", "-1"], "whole number"),
    ("limit in other digits", ["list", "--limit", "٣"], "whole number"),
    ("limit with underscores", ["list", "--limit", "1_000"], "whole number"),
    ("limit too long", ["list", "--limit", "9" * 5000], "whole number"),
    ("limit empty", ["list", "--limit="], "whole number"),
    ("show without a number", ["show"], "Usage: helpdesk show NUMBER"),
    ("an action without its word", ["user", "show"], "Usage: helpdesk user show LOGIN"),
    ("an action of two words", ["board", "column"], "Usage: helpdesk board column add BOARD NAME"),
    ("an option without its number", ["undo", "--list"], "Usage: helpdesk undo --list NUMBER"),
    ("show two numbers", ["show", "1", "2"], "does not take `2`"),
    ("number zero", ["show", "0"], "not a ticket number"),
    ("number negative", ["show", "-1"], "not a ticket number"),
    ("number over 2**63", ["show", str(2**63)], "not a ticket number"),
    ("number of 5000 digits", ["show", "9" * 5000], "not a ticket number"),
    ("number in other digits", ["show", "٣"], "not a ticket number"),
    ("number with underscores", ["show", "1_000"], "not a ticket number"),
    ("number with ESC", ["show", "1\x1b[2J"], "control character"),
    ("no title", ["add"], "Usage: helpdesk add TITLE"),
    ("empty title", ["add", ""], "title"),
    ("blank title", ["add", "  "], "title"),
    ("invisible title", ["add", "\u200b"], "title"),
    ("long title", ["add", LONG], "500"),
    ("title of 1 MB", ["add", "x" * 1_000_000], "1,000,000 characters; 500 is the limit"),
    ("200,000 numbers", ["change", *MANY, "+vpn"], "10,000 is the limit"),
    ("query with NUL", ["list", "a\x00b"], "control character"),
    ("title with NUL", ["add", "a\x00b"], "control character"),
    ("title in broken UTF-8", ["add", "a\udc80b"], "UTF-8"),
    ("unknown term", ["add", "x", "prioritty:high"], "Did you mean `priority`?"),
    ("31 February", ["add", "x", "due:2026-02-31"], "31"),
    ("29 February 2023", ["add", "x", "due:2023-02-29"], "29"),
    ("year 0", ["add", "x", "due:0000-01-01"], ""),
    ("year 10000", ["add", "x", "due:10000-01-01"], ""),
    ("after the end of time", ["add", "x", "due:9999999999d"], ""),
    ("epoch 1e20", ["add", "x", "due:1e20"], "not a date"),
    ("the last day there is", ["add", "x", "due:9999-12-31"], "out of the calendar"),
    ("24:00", ["add", "x", "due:24:00"], "midnight is 00:00"),
    ("25 o'clock", ["add", "x", "due:25:00"], ""),
    ("leap second", ["add", "x", "due:23:59:60"], ""),
    ("ISO week", ["add", "x", "due:2024-W01-1"], ""),
    ("change without terms", ["change", "1"], "needs more"),
    ("change to nothing", ["change", "1", ""], "nothing to change"),
    ("change of numbers only", ["change", "1", "1"], ""),
    ("move without a column", ["move", "1"], "needs more"),
    ("move to nowhere", ["move", "1", "nowhere"], "nowhere"),
    ("move to an empty column", ["move", "1", ""], ""),
    ("check without a step", ["check", "1"], "no steps to add"),
    ("undo with words", ["undo", "5"], "does not take `5`"),
    ("empty view name", ["view", "save", "", "is:open"], "name"),
    ("view of a wrong query", ["view", "save", "x", "prioritty:high"], "`priority`"),
    ("empty label", ["label", "add", ""], "label"),
    ("label as a path", ["label", "add", "a,b"], "label"),
    ("unknown board", ["board", "rename", "nope", "x"], "nope"),
    ("WIP limit zero", ["board", "column", "limit", "IT Support", "Doing", "0"], "limit"),
    ("WIP limit in words", ["board", "column", "limit", "IT Support", "Doing", "many"], "limit"),
    ("column removed into itself", ["board", "column", "remove", "IT Support", "Doing", "--into", "Doing"], "column"),
    ("unknown category", ["board", "column", "add", "IT Support", "x", "--category", "maybe"], "todo, doing, done"),
    ("import of what", ["import", "xml", "x"], "log, csv, json"),
    ("log without a map", ["import", "log", "x.csv"], "--map"),
    ("import of nothing", ["import", "csv", "/dev/null/x"], "cannot be read"),
    ("map of nothing", ["import", "csv", "x", "--map", "/dev/null/x"], "cannot be read"),
    ("JSON with a map", ["import", "json", "x", "--map", "y"], "no map"),
    ("export of what", ["export", "xml"], "json, csv"),
    ("raw JSON", ["export", "json", "--raw"], "for CSV"),
    ("export into nowhere", ["export", "csv", "-o", "/dev/null/x"], "cannot be written"),
    ("completion of what", ["completion", "tcsh"], "bash, zsh, fish"),
]


@pytest.mark.parametrize(("argv", "says"), [row[1:] for row in USAGE], ids=[row[0] for row in USAGE])
def test_wrong_usage(run: Run, home: Path, argv: list[str], says: str) -> None:
    before = (home / "desk.db").stat().st_mtime_ns
    ran = run(*argv)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("helpdesk: ")
    assert says in ran.err
    assert len(ran.err) < 500
    assert (home / "desk.db").stat().st_mtime_ns == before


QUERIES = [
    ("an open quote", '"', 1),
    ("an unknown field", "prioritty:high", 1),
    ("an unknown operator", "title>x", 6),
    ("two colons", "label:b:c", None),
    ("a:b:c", "a:b:c", 1),
    ("NEAR(", "NEAR(", None),
    ("an open parenthesis", "(is:open", None),
    ("2000 parentheses", "(" * 2000 + "x" + ")" * 2000, None),
    ("100 KB", "a " * 50_000, None),
    ("an unknown flag", "is:opne", 4),
    ("31 February", "due<2026-02-31", 5),
    ("nobody", "assignee:nobody-at-all", 10),
    ("a moment beyond time", "due<99999999999d", None),
    ("a loose or", "or", None),
    ("SQL", "' OR 1=1 --", None),
    ("a loose AND", "AND", 1),
    ("a loose not", "not", None),
]


@pytest.mark.parametrize(("query", "column"), [row[1:] for row in QUERIES], ids=[row[0] for row in QUERIES])
def test_a_query_that_is_none_shows_where(run: Run, query: str, column: int | None) -> None:
    ran = run("list", query)
    assert (ran.code, ran.out) == (2, "")
    _, shown, mark = ran.err.splitlines()
    assert mark.strip() == "^"
    assert len(shown) < 200
    if column is not None:
        assert mark.index("^") == column + 1


@pytest.mark.parametrize(
    "query",
    [
        "foo-bar", "o'brien", "*", "%", "_", "' 1=1", "c++", "100%", "-x", "NEAR", "\u202edlrow",
        "مرحبا", "\U0001f469\u200d\U0001f4bb", "a\nb", "=cmd|x", "#999", "-#1", "{}", "\\", "$(rm)",
    ],
)  # fmt: skip
def test_an_odd_query_is_just_text(run: Run, query: str) -> None:
    ran = run("list", query)
    assert ran.code in {0, 1}
    assert "helpdesk: " not in ran.err


@pytest.mark.parametrize(
    "title", ["-foo bar", "--", "[/foo]", "=cmd|' /C calc'!A0", "\u202eevil", "a, *..", "İ ß ǅ", "e\u0301"]
)
def test_an_odd_title_is_kept_as_it_is(run: Run, title: str) -> None:
    assert run("add", "--", title).code == 0
    assert run("show", "2", "--json").json["title"] == title


def test_one_label_in_two_spellings_is_one_label(run: Run) -> None:
    run("add", "x", "+caf\u00e9")
    run("add", "y", "+cafe\u0301")
    assert run("list", "label:café", "--count").out == "2\n"


@pytest.mark.parametrize("name", ["*", "..", "=cmd", "%", "-x"])
def test_an_odd_label_is_a_name_like_any_other(run: Run, name: str) -> None:
    assert run("label", "add", "--", name).code == 0
    run("change", "1", f'+"{name}"')
    assert run("list", f'label:"{name}"', "--count").out == "1\n"
    run("add", "without it")
    assert run("list", f'-label:"{name}"', "--count").out == "1\n"


@pytest.mark.parametrize(("name", "same"), [("İstanbul", "i̇stanbul"), ("straße", "STRASSE"), ("ǅ", "ǆ")])
def test_names_that_differ_by_case_alone_are_one_name(run: Run, name: str, same: str) -> None:
    run("add", "x", f"+{name}")
    assert name in run("label", "add", same).err
    run("add", "y", f"+{same}")
    assert run("list", f"label:{same}", "--count").out == "2\n"


def test_a_query_that_contradicts_itself_finds_nothing(run: Run) -> None:
    ran = run("list", "created>2026-02-01 created<2026-01-01")
    assert (ran.code, ran.out) == (1, "")


def test_a_saved_query_that_names_what_is_gone_says_what(run: Run) -> None:
    run("view", "save", "working", "column:doing")
    run("board", "column", "remove", "IT Support", "Doing", "--into", "To Do")
    ran = run("list", run("view", "show", "working").out.strip())
    assert ran.code == 2
    assert "There is no column `doing`" in ran.err


def test_nobody_is_their_own_grandparent(run: Run) -> None:
    for title in ("A", "B"):
        run("add", title)
    run("change", "2", "parent:#3")
    run("change", "3", "parent:#1")
    for number, parent in ((1, 2), (2, 2), (3, 2)):
        ran = run("change", str(number), f"parent:#{parent}")
        assert ran.code == 2
        assert ran.err.count("\n") == 1


def test_an_account_that_the_machine_does_not_know_has_a_name(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 54321)
    assert run("add", "From nobody").code == 0
    assert run("show", "2", "--json").json["requester"] == "uid54321"


def not_a_desk(path: Path) -> None:
    path.write_bytes(b"this is no database " * 500)


def newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE something (else_ TEXT)")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("name", "prepare"),
    [
        ("a folder", Path.mkdir),
        ("a FIFO", os.mkfifo),
        ("not a database", not_a_desk),
        ("another program's database", newer),
        ("a broken link into nowhere", lambda path: path.symlink_to("/dev/null/nowhere")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_desk_that_cannot_be_used(run: Run, tmp_path: Path, name: str, prepare: object) -> None:
    path = tmp_path / "odd.db"
    prepare(path)  # type: ignore[operator]
    for argv in (["list"], ["add", "x"]):
        ran = run("--desk", str(path), *argv)
        assert (ran.code, ran.out) == (4, "")
        assert ran.err.startswith("helpdesk: ")
        assert ran.err.count("\n") == 1


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/proc/self/mem", "/dev/null/desk.db", "/dev/full"])
def test_no_device_and_no_nowhere_is_a_desk(run: Run, path: str) -> None:
    ran = run("--desk", path, "list")
    assert ran.code == 4
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", ":", "UTC+25"])
def test_an_odd_time_zone_is_no_reason_to_fail(run: Run, monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    monkeypatch.setenv("TZ", zone)
    assert run("list").code == 0


def test_who_somebody_is_does_not_come_from_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USER", "LOGNAME", "SUDO_USER"):
        monkeypatch.setenv(name, "somebody-else")
    run("add", "x")
    assert "somebody-else" not in run("show", "2", "--history").out


@pytest.mark.parametrize("folder", [None, "", "/dev/null/home"])
def test_no_home_is_no_reason_to_fail(run: Run, monkeypatch: pytest.MonkeyPatch, folder: str | None) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name)
    if folder is None:
        monkeypatch.delenv("HOME")
    else:
        monkeypatch.setenv("HOME", folder)
    assert run("list").code == 0


def test_an_unexpected_error_is_a_sentence_and_the_log_has_the_rest(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HELPDESK_DEBUG")
    monkeypatch.setattr("helpdesk_tui.desk.finding.pages", lambda *_, **__: 1 / 0)
    ran = run("list")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err.count("\n") == 1
    assert "ZeroDivisionError" in ran.err
    (log,) = (home / "state").rglob("helpdesk.log")
    assert "Traceback" in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("argv", [["change", "1", "+vpn"], ["add", "x"], ["label", "add", "x"], ["note", "1", "x"]])
def test_what_a_role_may_not_is_exit_code_3(run: Run, home: Path, argv: list[str]) -> None:
    connection = sqlite3.connect(home / "desk.db")
    connection.execute("UPDATE person SET role = 'viewer'")
    connection.commit()
    connection.close()
    ran = run(*argv)
    assert ran.code == 3
    assert "may not" in ran.err
