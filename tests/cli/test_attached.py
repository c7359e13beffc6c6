"""`helpdesk attach` and `helpdesk files`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def _here(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder of one's own, nothing on standard input."""
    (home / "here").mkdir()
    monkeypatch.chdir(home / "here")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    send(monkeypatch, b"")


def send(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Send bytes to standard input."""
    reader, writer = os.pipe()
    os.write(writer, data)
    os.close(writer)
    monkeypatch.setattr(sys, "stdin", os.fdopen(reader, encoding="utf-8"))


def piped(*words: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own, with bytes on both sides."""
    return subprocess.run(
        [sys.executable, "-m", "helpdesk_tui", *words],
        input=data,
        capture_output=True,
        check=False,
    )


class TestAttach:
    def test_a_path(self, run: Run) -> None:
        Path("log.txt").write_text("it went wrong")
        ran = run("attach", "1", "log.txt")
        assert (ran.code, ran.out) == (0, "")
        assert ran.err == "#1: log.txt (13 B) attached (`helpdesk undo` takes it back)\n"
        assert run("files", "1", "--get", "log.txt").out == "it went wrong"

    def test_several_paths_are_one_step(self, run: Run) -> None:
        for name in "ab":
            Path(name).write_text(name)
        assert "2 files attached" in run("attach", "1", "a", "./b").err
        run("undo")
        assert run("files", "1").code == 1

    def test_what_is_sent_gets_the_name(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        send(monkeypatch, b"\xff\x00binary")
        assert "core (8 B) attached" in run("attach", "1", "core").err

    def test_a_file_of_that_name_goes_before_what_is_sent(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("log.txt").write_text("from the path")
        send(monkeypatch, b"from outside")
        run("attach", "1", "log.txt")
        assert run("files", "1", "--get", "log.txt").out == "from the path"

    def test_a_dash_says_that_it_is_sent(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("log.txt").write_text("from the path")
        send(monkeypatch, b"from outside")
        run("attach", "1", "log.txt", "-")
        assert run("files", "1", "--get", "log.txt").out == "from outside"

    def test_bytes_come_back_as_they_went_in(self) -> None:
        data = bytes(range(256)) * 9000
        assert piped("attach", "1", "data.bin", data=data).returncode == 0
        assert piped("files", "1", "--get", "data.bin").stdout == data

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["1"], "needs more than that"),
            (["x", "log.txt"], "`x` is not a ticket number"),
            (["1", "log.txt"], "There is nothing in log.txt"),
            (["1", "none/log.txt"], "none/log.txt cannot be read: No such file"),
            (["1", "log.txt", "other"], "log.txt cannot be read: No such file"),
            (["1", "."], ". is a folder"),
            (["1", "/dev/zero"], "/dev/zero is not a regular file"),
            (["1", "-"], "Give one name"),
            (["1", "a", "b", "-"], "Give one name"),
            (["1", "x" * 300], "There is nothing in xxx"),
        ],
    )
    def test_what_cannot_be_attached_is_said_in_one_line(self, run: Run, words: list[str], said: str) -> None:
        ran = run("attach", *words)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
        assert said in ran.err
        assert run("files", "1").code == 1

    def test_a_ticket_that_is_not_there(self, run: Run) -> None:
        Path("a").write_text("a")
        ran = run("attach", "99", "a")
        assert (ran.code, "There is no ticket #99" in ran.err) == (1, True)

    def test_at_a_keyboard_nobody_is_waited_for(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        leader, follower = os.openpty()
        monkeypatch.setattr(sys, "stdin", os.fdopen(follower, encoding="utf-8"))
        ran = run("attach", "1", "lgo.txt")
        assert (ran.code, "There is no file lgo.txt here" in ran.err) == (2, True)
        os.close(leader)

    @pytest.mark.parametrize("name", ["../../x.txt", "two\nlines.txt", "-rf", "x" * 300 + ".txt"])
    def test_an_odd_name_is_made_a_safe_one(
        self, run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        if "/" in name:
            (home.parent / "x.txt").write_text("x")
            target = os.path.relpath(home.parent / "x.txt")
            assert run("attach", "1", "--", target).code == 0
        else:
            send(monkeypatch, b"x")
            assert run("attach", "1", "--", name).code == 0
        (file,) = run("files", "1", "--json").json
        assert file["name"].endswith(("x.txt", "two lines.txt", "_rf"))
        assert len(file["name"]) <= 180


class TestFiles:
    @pytest.fixture(autouse=True)
    def _two(self, run: Run) -> None:
        Path("a.txt").write_text("first")
        Path("b c.txt").write_text("second")
        run("attach", "1", "a.txt", "b c.txt")

    def test_they_are_listed(self, run: Run) -> None:
        lines = run("files", "1").out.splitlines()
        assert [line.split(maxsplit=3)[0] for line in lines] == ["1", "2"]
        assert lines[0].endswith("a.txt")
        assert "6 B" in lines[1]

    def test_as_json(self, run: Run) -> None:
        first, _ = run("files", "1", "--json").json
        assert (first["name"], first["size"], len(first["sha256"])) == ("a.txt", 5, 64)

    def test_one_is_read_by_name_or_place(self, run: Run) -> None:
        assert run("files", "1", "--get", "B C.txt").out == "second"
        assert run("files", "1", "--get", "1").out == "first"

    def test_one_that_is_not_there(self, run: Run) -> None:
        ran = run("files", "1", "--get", "none")
        assert (ran.code, ran.out) == (1, "")
        assert "#1 has no file “none”" in ran.err

    def test_all_are_saved_and_nothing_is_overwritten(self, run: Run) -> None:
        assert run("files", "1", "--save", ".").err == "Saved: a (2).txt\nSaved: b c (2).txt\n"
        assert (Path("a.txt").read_text(), Path("a (2).txt").read_text()) == ("first", "first")

    def test_those_named_are_saved(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        assert run("files", "1", "b c.txt", "--save", str(tmp_path / "out")).code == 0
        assert os.listdir(tmp_path / "out") == ["b c.txt"]

    def test_a_folder_that_is_not_there(self, run: Run) -> None:
        ran = run("files", "1", "--save", "none")
        assert (ran.code, "Nothing can be saved in none" in ran.err) == (2, True)

    def test_one_is_removed_and_brought_back(self, run: Run) -> None:
        assert "file “a.txt” removed" in run("files", "1", "--remove", "a.txt").err
        assert len(run("files", "1", "--json").json) == 1
        run("undo")
        assert len(run("files", "1", "--json").json) == 2

    def test_two_things_at_once_are_refused(self, run: Run) -> None:
        assert "do not go together" in run("files", "1", "--get", "a.txt", "--save", ".").err

    def test_nothing_is_written_to_a_terminal(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("helpdesk_tui.cli.render.Output.terminal", True, raising=False)
        monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
        ran = run("files", "1", "--get", "a.txt")
        assert (ran.code, "first" in ran.out) == (2, False)

    def test_a_full_disk_and_a_reader_that_leaves(self) -> None:
        assert piped("attach", "1", "big", data=b"x" * 3_000_000).returncode == 0
        command = f"{sys.executable} -m helpdesk_tui files 1 --get big"
        full = subprocess.run(f"{command} >/dev/full", shell=True, capture_output=True, check=False)
        assert (full.returncode, b"could not be written" in full.stderr) == (4, True)
        left = subprocess.run(f"{command} | head -c 10", shell=True, capture_output=True, check=False)
        assert (left.stdout, left.stderr) == (b"x" * 10, b"")

    def test_names_are_offered_to_the_shell(self, run: Run) -> None:
        offered = run("complete", "zsh", "--line", "helpdesk files 1 --get ").out
        assert "a.txt\t5 B" in offered
        assert "'b c.txt'" in offered


def test_no_files_says_how_to_add_one(run: Run) -> None:
    ran = run("files", "1")
    assert (ran.code, "helpdesk attach 1 PATH" in ran.err) == (1, True)
