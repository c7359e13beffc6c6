"""What the README says: its commands work as they stand there, its pictures are there, its keys are the keys."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from helpdesk_tui.cli.main import main
from helpdesk_tui.tui.actions import ACTIONS, TICKET, key_name
from tests.cli.conftest import Run
from tests.gate.house import key_of

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TOUR = README.partition("## A short tour")[2].partition("\n## ")[0]

COMMANDS = re.findall(r"^ {4}((?:date \| )?helpdesk .*)$", TOUR.partition("A real history.")[0], re.MULTILINE)


def test_the_tour_works_command_by_command(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the order they stand in, on a new desk that knows the labels they name."""
    for label in ("vpn", "network", "vendor"):
        run("label", "add", label)
    assert len(COMMANDS) > 15
    for command in COMMANDS:
        sent, _, typed = command.rpartition(" | ")
        verb = shlex.split(typed)[1]
        with monkeypatch.context() as patch:
            if sent:
                patch.setattr(sys, "stdin", os.fdopen(_from(sent), encoding="utf-8"))
            code = main(shlex.split(typed)[1:])
        said = capsys.readouterr().err
        assert code == 0 or (verb == "list" and code == 1), f"{command}\n{said}"


PEOPLE = re.findall(r"^ {4}(helpdesk .*)$", README.partition("## People")[2].partition("\n## ")[0], re.MULTILINE)


def test_people_are_kept_command_by_command(run: Run) -> None:
    assert len(PEOPLE) > 8
    for command in PEOPLE:
        ran = run(*shlex.split(command.partition(" >")[0])[1:])
        assert ran.code == 0, f"{command}\n{ran.err}"


BOARDS = re.findall(r"^ {4}(helpdesk .*)$", README.partition("## Boards")[2].partition("\n## ")[0], re.MULTILINE)


def test_boards_are_made_command_by_command(run: Run) -> None:
    run("user", "add", "alice", "--no-account", "--role", "agent")
    assert len(BOARDS) > 4
    for command in BOARDS:
        ran = run(*shlex.split(command)[1:])
        assert ran.code == 0, f"{command}\n{ran.err}"


PROMISES = re.findall(
    r"^ {4}(helpdesk .*)$", README.partition("## Service levels")[2].partition("\n## ")[0], re.MULTILINE
)


def test_service_levels_are_set_command_by_command(run: Run) -> None:
    run("label", "add", "vendor")
    run("add", "Printer is dead", "priority:high")
    assert len(PROMISES) > 5
    for command in PROMISES:
        ran = run(*shlex.split(command)[1:])
        assert ran.code == 0, f"{command}\n{ran.err}"


GATE = re.findall(r"^ {4}sudo -u desk (helpdesk .*)$", README.partition("**The gate**")[2], re.MULTILINE)


def test_the_gate_is_set_up_command_by_command(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = home / "gate" / "desk.db"
    assert len(GATE) > 3
    told = ""
    for command in GATE:
        typed = command.replace("/srv/helpdesk/desk.db", str(desk)).partition(" | ")[0].partition(" <")[0]
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", os.fdopen(_from(f"echo {key_of('alice@laptop')}"), encoding="utf-8"))
            assert main(shlex.split(typed)[1:]) == 0, f"{command}\n{capsys.readouterr().err}"
        out = capsys.readouterr().out
        told = out if " gate keys" in typed else told
    assert " alice" in told
    assert told.endswith("alice@laptop\n")


def _from(command: str) -> int:
    """The end to read from of what that command prints."""
    reader, writer = os.pipe()
    with os.fdopen(writer, "wb") as pipe:
        pipe.write(subprocess.run(shlex.split(command), capture_output=True, check=True).stdout)
    return reader


FIGURES = re.findall(r"^ {4}(helpdesk .*)$", README.partition("## Figures")[2].partition("\n## ")[0], re.MULTILINE)


def test_figures_are_told_command_by_command(run: Run) -> None:
    run("move", "1", "done")
    assert len(FIGURES) > 4
    for command in FIGURES:
        ran = run(*shlex.split(command.partition(" >")[0])[1:])
        assert ran.code == 0, f"{command}\n{ran.err}"


def test_a_mistake_is_answered_as_it_says(run: Run) -> None:
    command, answer = re.findall(r"^ {4}\$ (helpdesk .*)\n((?: {4}.*\n)+)", TOUR, re.MULTILINE)[0]
    assert run(*shlex.split(command)[1:]).err == textwrap.dedent(answer)


def test_its_pictures_are_there() -> None:
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", README)
    assert pictures
    assert [name for name in pictures if not (ROOT / name).is_file()] == []


KEYS = [(key, word) for row in re.findall(r"^\| (`.*?) \|", TOUR, re.MULTILINE)
        for key, word in re.findall(r"(?:`|<code>)(\S+?)(?:`|</code>) ([a-z ]+)", row)]  # fmt: skip


@pytest.mark.parametrize(("key", "word"), KEYS)
def test_its_keys_are_the_keys(key: str, word: str) -> None:
    key = key.replace("&#124;", "|")
    called = [
        action.label.lower() for action in ACTIONS if TICKET in action.scopes and key in map(key_name, action.keys)
    ]
    assert any(word.split()[0] in label for label in called), called


def test_its_table_of_keys_was_found() -> None:
    assert len(KEYS) == 17
