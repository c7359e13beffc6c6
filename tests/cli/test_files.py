"""Import and export by the command line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from helpdesk_tui.cli.exporting import _Shown
from tests.cli.conftest import Run

LIST = "title,priority,labels\nPrinter is dead,high,printer\nVPN drops,low,vpn\n,low,vpn\n"
LOG = """\
case,what,when,who
A1,Open,2026-01-05 09:00,Anna
A1,Take,2026-01-05 10:00,Bob
A2,Open,2026-01-06 09:00,Anna
A1,Solve,2026-01-07 09:00,Bob
"""
MAP = """\
[columns]
ticket = "case"
activity = "what"
time = "when"
resource = "who"
[ticket]
source = "test"
start = "todo"
[activities]
Open = "note"
Take = "to:doing assignee:me"
Solve = "to:done"
"""


def test_a_list_comes_in_and_what_is_left_out_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST)
    ran = run("import", "csv", str(tmp_path / "list.csv"))
    assert (ran.code, ran.out) == (0, "")
    assert "2 tickets made" in ran.err
    assert "Left out 1 row" in ran.err
    assert run("list", "label:vpn", "--count").out == "1\n"


def test_a_list_comes_in_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST)
    run("import", "csv", str(tmp_path / "list.csv"))
    assert "2 known already" in run("import", "csv", str(tmp_path / "list.csv")).err
    assert run("list", "--count").out == "3\n"


def test_a_log_comes_in_with_its_own_moments(run: Run, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(LOG)
    (tmp_path / "log.toml").write_text(MAP)
    ran = run("import", "log", str(tmp_path / "log.csv"), "--map", str(tmp_path / "log.toml"))
    assert ran.code == 0
    assert "2 tickets made" in ran.err
    (closed,) = run("list", "is:done", "--json").json
    assert closed["created"].startswith("2026-01-05T")
    assert closed["closed"].startswith("2026-01-07T")


def test_a_csv_export_is_safe_unless_raw(run: Run) -> None:
    run("add", "=1+1")
    assert "'=1+1" in run("export", "csv").out
    assert run("export", "csv", "--raw").out.startswith("number,title")
    assert "'=1+1" not in run("export", "csv", "--raw").out


def test_a_json_export_makes_the_same_desk(run: Run, tmp_path: Path) -> None:
    run("add", "Żółć", "+vpn", "priority:high")
    run("reply", "2", "On our way")
    assert run("export", "json", "-o", str(tmp_path / "desk.json")).code == 0
    new = ("--desk", str(tmp_path / "new.db"))
    assert run(*new, "import", "json", str(tmp_path / "desk.json")).code == 0
    assert run(*new, "list", "--json").json == run("list", "--json").json
    again = run(*new, "export", "json")
    assert again.out == (tmp_path / "desk.json").read_text()


def test_an_export_overwrites_nothing_and_is_its_owners(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    assert run("export", "csv", "-o", str(target)).code == 0
    assert target.stat().st_mode & 0o777 == 0o600
    ran = run("export", "csv", "-o", str(target))
    assert ran.code == 2
    assert "exists already" in ran.err


def test_an_export_of_nothing_is_exit_code_1(run: Run) -> None:
    assert run("export", "csv", "is:archived").code == 1


def test_an_export_to_a_full_disk_leaves_no_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("helpdesk_tui.exchange.csv_export.export", full)
    ran = run("export", "csv", "-o", str(tmp_path / "out.csv"))
    assert ran.code == 4
    assert "No space left" in ran.err
    assert not (tmp_path / "out.csv").exists()


def test_an_export_looked_at_in_a_terminal_cannot_act_on_it(capsys: pytest.CaptureFixture[str]) -> None:
    from helpdesk_tui.cli.render import Output

    _Shown(Output(sys.stdout)).write("a\x1b[2J\r\nb\u202e\r\n")
    assert capsys.readouterr().out == "a␛[2J\nb\N{REPLACEMENT CHARACTER}\n"


@pytest.mark.parametrize(
    "content",
    [b"", b"title\n", b"\xff\xfe\x00", b"\x00" * 100, b"a,b\n1\n", b'title\n"open', "title\n\u202e".encode("utf-16")],
    ids=["empty", "head only", "broken", "NUL", "no title", "open quote", "UTF-16"],
)
def test_an_odd_list_is_a_sentence(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "list.csv").write_bytes(content)
    assert run("import", "csv", str(tmp_path / "list.csv")).code in {0, 1, 2}


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '"x"', '{"format": "other"}', "[" * 100_000, "NaN", '{"format": 1e999}']
)
def test_an_odd_json_file_is_a_sentence(run: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / "desk.json").write_text(content)
    ran = run("--desk", str(tmp_path / "new.db"), "import", "json", str(tmp_path / "desk.json"))
    assert ran.code == 2
    assert ran.err.count("\n") == 1
