"""What the shells offer at the cursor."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpdesk_tui.cli.completion import SCRIPTS
from tests.cli.conftest import Run


def offered(run: Run, line: str, shell: str = "fish") -> list[str]:
    return [row.partition("\t")[0] for row in run("complete", shell, f"--line={line}").out.splitlines()]


def test_who_can_be_given_tickets_is_offered_where_they_are_handed_over(run: Run) -> None:
    run("user", "add", "zoe", "--no-account", "--role", "agent")
    run("user", "add", "zed", "--no-account")
    assert offered(run, "helpdesk user hand-over z") == ["zed", "zoe"]
    assert offered(run, "helpdesk user hand-over zed z") == ["zoe"]
    assert offered(run, "helpdesk user deactivate zed --hand-over z") == ["zoe"]


def test_organizations_are_offered_to_be_merged(run: Run) -> None:
    run("org", "add", "Acme")
    assert offered(run, "helpdesk org merge A") == offered(run, "helpdesk org merge x A") == ["Acme"]


@pytest.mark.parametrize(
    ("line", "some"),
    [
        ("helpdesk ", {"add", "list", "board"}),
        ("helpdesk li", {"link", "list"}),
        ("helpdesk --desk x.db lis", {"list"}),
        ("helpdesk list --c", {"--count"}),
        ("helpdesk label re", {"rename", "remove"}),
        ("helpdesk completion ", {"bash", "zsh", "fish"}),
        ("helpdesk board column add x y --category do", {"doing", "done"}),
        ("helpdesk board column ", {"add", "limit", "remove"}),
        ("helpdesk board member add x y ", {"admin", "viewer"}),
        ("helpdesk board add x --template ", {"changes", "single"}),
        ("helpdesk list is:op", {"is:open"}),
        ("helpdesk list is:open prio", {"priority:"}),
        ("helpdesk list 'is:open prio", {"is:open priority:"}),
        ("helpdesk list --json label:v", {"label:vpn"}),
        ("helpdesk export csv label:v", {"label:vpn"}),
        ("helpdesk change 1 priority:h", {"priority:high"}),
        ("helpdesk change is:open +v", {"+vpn"}),
        ("helpdesk add 'a title' +v", {"+vpn"}),
        ("helpdesk show ", {"1", "2"}),
        ("helpdesk move 1 D", {"Doing", "Done"}),
        ("helpdesk view show m", {"mine"}),
        ("helpdesk view save x is:op", {"is:open"}),
        ("helpdesk label remove ", {"vpn"}),
    ],
)
def test_what_is_offered(run: Run, line: str, some: set[str]) -> None:
    run("add", "x", "+vpn")
    run("view", "save", "mine", "is:mine")
    assert some <= set(offered(run, line))


@pytest.mark.parametrize("line", ["helpdesk lst ", "helpdesk list prioritty:", "helpdesk reply 1 ", "", "'"])
def test_where_nothing_fits_there_is_silence(run: Run, line: str) -> None:
    ran = run("complete", "bash", f"--line={line}")
    assert ran.err == ""


def test_an_unusable_desk_is_silence(run: Run, home: Path) -> None:
    (home / "desk.db").write_text("no desk at all" * 1000)
    ran = run("complete", "bash", "--line=helpdesk list is:")
    assert (ran.code, ran.out, ran.err) == (1, "", "")


@pytest.mark.parametrize(
    ("shell", "line", "inserted"),
    [
        ("bash", "helpdesk list label:needs", "'\"needs paper\"'"),
        ("zsh", "helpdesk list label:needs", "'label:\"needs paper\"'"),
        ("fish", "helpdesk list label:needs", 'label:"needs paper"'),
        ("bash", "helpdesk list 'label:needs", 'label:"needs paper"'),
        ("bash", 'helpdesk list "label:needs', 'label:\\"needs paper\\"'),
    ],
)
def test_each_shell_gets_it_in_its_own_quotes(run: Run, shell: str, line: str, inserted: str) -> None:
    run("label", "add", "needs paper")
    assert offered(run, line, shell) == [inserted]


@pytest.mark.parametrize(
    ("line", "reply"),
    [
        ("helpdesk lis", ["list"]),
        ("helpdesk list is:ope", ["open"]),
        ("helpdesk list label:needs", ["'\"needs paper\"'"]),
        ("helpdesk change 1 priority:h", ["high"]),
    ],
)
def test_bash_completes(run: Run, home: Path, line: str, reply: list[str]) -> None:
    run("label", "add", "needs paper")
    (home / "helpdesk").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m helpdesk_tui "$@"\n')
    (home / "helpdesk").chmod(0o755)
    script = f"""{run("completion", "bash").out}
COMP_LINE={shlex.quote(line)} COMP_POINT={len(line)} _helpdesk
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    path = f"{home}:{os.environ['PATH']}"
    ran = subprocess.run(
        ["bash", "-c", script], env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    assert (ran.stdout.splitlines(), ran.stderr) == (reply, "")


@pytest.mark.parametrize("shell", SCRIPTS)
def test_the_scripts_are_read_by_their_shells(run: Run, tmp_path: Path, shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed here")
    script = tmp_path / "script"
    script.write_text(run("completion", shell).out)
    assert subprocess.run([program, "-n", str(script)], check=False, capture_output=True).returncode == 0
