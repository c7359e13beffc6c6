"""What a fresh interpreter has loaded after each verb: nothing that the verb does not need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpdesk_tui.cli.registry import VERBS
from tests.cli.conftest import at_home

PROBE = """
import sys
from helpdesk_tui.cli.main import main
code = main(sys.argv[1:])
print(code, *sorted({name.partition(".")[0] for name in sys.modules} | {"rich." + n.split(".")[1] for n in sys.modules
    if n.startswith("rich.")}), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with a desk that these tests share."""
    home = tmp_path_factory.mktemp("used")
    loaded(home, "board")
    return home


def loaded(home: Path, *argv: str) -> tuple[str, set[str]]:
    """The exit code of `helpdesk argv` and the packages it loaded."""
    ran = subprocess.run(
        [sys.executable, "-c", PROBE, *argv],
        env=os.environ | at_home(home),
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )
    code, *modules = ran.stderr.splitlines()[-1].split()
    return code, set(modules)


@pytest.mark.parametrize("argv", [["--version"], ["--help"], *([verb, "--help"] for verb in VERBS)])
def test_version_and_help_load_neither_the_store_nor_the_screens(tmp_path: Path, argv: list[str]) -> None:
    code, modules = loaded(tmp_path, *argv)
    assert code == "0"
    assert not modules & {"sqlmodel", "sqlalchemy", "pydantic", "textual", "rich", "alembic"}


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_a_verb_loads_no_screens(tmp_path: Path, verb: str) -> None:
    code, modules = loaded(tmp_path, verb, "--help")
    assert code == "0"
    assert "textual" not in modules


@pytest.mark.parametrize(
    "argv",
    [
        ["add", "Printer is dead", "+printer", "priority:high"],
        ["list", "is:open"],
        ["list", "--json"],
        ["show", "1"],
        ["change", "1", "priority:high"],
        ["move", "1", "doing"],
        ["note", "1", "x"],
        ["check", "1", "x"],
        ["label"],
        ["view", "save", "mine", "is:open"],
        ["board"],
        ["export", "json"],
        ["complete", "bash", "--line=helpdesk list is:"],
    ],
    ids=lambda argv: argv[0],
)
def test_no_verb_loads_what_it_does_not_need(used: Path, argv: list[str]) -> None:
    code, modules = loaded(used, *argv)
    assert code == "0"
    assert not modules & {"textual", "alembic", "dateparser", "rich.console", "rich.text"}
