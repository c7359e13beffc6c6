"""What a fresh interpreter has loaded after each verb: nothing that the verb does not need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpdesk_tui.cli.registry import VERBS
from tests.cli.conftest import at_home

PROBE = """
import json, os, sys
preloaded, *commands = json.load(sys.stdin)
for name in preloaded:
    __import__(name)
for argv in commands:
    sys.stdout.flush()
    if os.fork() == 0:
        from helpdesk_tui.cli.main import main
        real, sys.stdout = sys.stdout, open(os.devnull, "w")
        sys.stdin = open(os.devnull)
        code = main(argv)
        loaded = {name.partition(".")[0] for name in sys.modules}
        loaded |= {"rich." + name.split(".")[1] for name in sys.modules if name.startswith("rich.")}
        real.write(json.dumps([code, sorted(loaded)]) + chr(10))
        real.flush()
        os._exit(0)
    os.wait()
"""
"""Runs every command in a process of its own that has loaded nothing but what it was told to begin with."""

SHOWN = [["--version"], ["--help"], *([verb, "--help"] for verb in VERBS)]
DONE = [
    ["add", "Printer is dead", "+printer", "priority:high"],
    ["list", "is:open"],
    ["list", "--json"],
    ["show", "1"],
    ["change", "1", "priority:high"],
    ["move", "1", "doing"],
    ["move", "1", "done"],
    ["reopen", "1", "again"],
    ["note", "1", "x"],
    ["check", "1", "x"],
    ["label"],
    ["view", "save", "mine", "is:open"],
    ["board"],
    ["export", "json"],
    ["complete", "bash", "--line=helpdesk list is:"],
]
Loaded = dict[str, tuple[int, frozenset[str]]]


def loaded(home: Path, commands: list[list[str]], *preloaded: str) -> Loaded:
    """The exit code of each `helpdesk argv` and the packages it loaded, by its words."""
    ran = subprocess.run(
        [sys.executable, "-c", PROBE],
        env=os.environ | at_home(home),
        input=json.dumps([preloaded, *commands]),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    answers = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(answers) == len(commands), ran.stderr
    return {" ".join(argv): (code, frozenset(modules)) for argv, (code, modules) in zip(commands, answers, strict=True)}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return loaded(tmp_path_factory.mktemp("shown"), SHOWN)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The first of them makes the desk; what every one of them needs is loaded once."""
    return loaded(tmp_path_factory.mktemp("done"), [["board"], *DONE], "sqlmodel", "sqlalchemy.dialects.sqlite")


@pytest.mark.parametrize("command", [" ".join(argv) for argv in SHOWN])
def test_version_and_help_load_neither_the_store_nor_the_screens(shown: Loaded, command: str) -> None:
    code, modules = shown[command]
    assert code == 0
    assert not modules & {"sqlmodel", "sqlalchemy", "pydantic", "textual", "rich", "alembic"}


@pytest.mark.parametrize("command", [" ".join(argv) for argv in DONE])
def test_no_verb_loads_what_it_does_not_need(done: Loaded, command: str) -> None:
    code, modules = done[command]
    assert code == 0
    assert not modules & {"textual", "alembic", "dateparser", "psycopg", "rich.console", "rich.text"}
