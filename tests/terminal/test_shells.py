"""Completion as somebody at a shell meets it: a word begun, the tab key, the word whole."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.terminal.terminal import Terminal, helpdesk

PROMPT = "ready>"
SETUP = {
    "bash": ("--norc", "--noprofile", "-i"),
    "zsh": ("-d", "-i"),
    "fish": (
        "--no-config",
        "-i",
        "-C",
        "source $HOME/script; function fish_prompt; echo 'ready> '; end; set -g fish_greeting; set -g fish_autosuggestion_enabled 0",
    ),
}
BEGIN = {
    "bash": "PS1='ready> '; bind 'set bell-style none'; source $HOME/script\r",
    "zsh": "",
    "fish": "",
}
ZSHRC = """PS1='ready> '
unsetopt beep
fpath=($HOME/functions $fpath)
autoload -Uz compinit
compinit -u -d $HOME/dump
"""


@pytest.fixture(params=SETUP)
def shell(request: pytest.FixtureRequest, home: Path) -> Iterator[Terminal]:
    """A shell that completes `helpdesk`, on a desk with a label of two words."""
    name: str = request.param
    program = shutil.which(name)
    if program is None:
        pytest.skip(f"{name} is not installed here")
    assert helpdesk(home, "label", "add", "needs paper").returncode == 0
    script = helpdesk(home, "completion", name).stdout
    (home / "script").write_text(script)
    (home / "functions").mkdir()
    (home / "functions" / "_helpdesk").write_text(script)  # as zsh is told to have it always
    (home / ".zshrc").write_text(ZSHRC)
    (home / "bin").mkdir()
    (home / "bin" / "helpdesk").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m helpdesk_tui "$@"\n')
    (home / "bin" / "helpdesk").chmod(0o755)
    surroundings: dict[str, Any] = {
        "PATH": f"{home / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "ZDOTDIR": str(home),
        "INPUTRC": "/dev/null",
    }
    with Terminal(home, *SETUP[name], columns=240, program=[program], **surroundings) as opened:
        opened.press(BEGIN[name])
        opened.shows(PROMPT)
        yield opened


def complete(shell: Terminal, line: str, becomes: str) -> None:
    """Type the beginning of a line and the tab key; then take it away again."""
    shell.shows(PROMPT)
    shell.press(line)
    shell.shows(line)
    shell.press("tab")
    shell.shows(becomes)
    shell.press("ctrl+u")
    shell.wait(lambda: shell.lines[shell.cursor_row].strip() == PROMPT, "the prompt does not come back")


def test_words_become_whole(shell: Terminal) -> None:
    complete(shell, "helpdesk list is:ope", "helpdesk list is:open")
    complete(shell, "helpdesk list 'is:open prio", "helpdesk list 'is:open priority:")
    complete(shell, "helpdesk change 1 priority:cri", "helpdesk change 1 priority:critical")


def test_behind_a_whole_word_the_next_one_is_begun(shell: Terminal) -> None:
    shell.press("helpdesk lis", "tab")
    shell.shows("helpdesk list")
    shell.press("--co", "tab")
    shell.shows("helpdesk list --count")


def test_a_name_of_two_words_stays_one_word_of_the_shell(shell: Terminal, home: Path) -> None:
    shell.press("helpdesk list --count label:need")
    shell.shows("label:need")
    shell.press("tab")
    shell.shows("paper")
    shell.listen(0.2)
    shell.press("enter")
    shell.shows("\n0")


def test_where_a_file_is_meant_files_are_offered(shell: Terminal, home: Path) -> None:
    (home / "tickets-of-october.csv").touch()
    complete(shell, f"helpdesk import csv {home}/tick", "tickets-of-october.csv")
