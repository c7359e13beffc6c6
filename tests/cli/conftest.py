"""A desk of its own for every test of the command line, and a way to run `helpdesk` in this process."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from helpdesk_tui.cli.main import main


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


def at_home(home: Path) -> dict[str, str]:
    """An environment in which nothing of the person running the tests is read or written."""
    return {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "HELPDESK_DESK": str(home / "desk.db"),
        "HELPDESK_DEBUG": "1",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "TERM": "xterm-256color",
    }


@pytest.fixture(scope="session")
def new_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a desk nobody has used yet, to be copied: making one takes longer than the tests themselves."""
    home = tmp_path_factory.mktemp("new")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in at_home(home).items():
            patch.setenv(name, value)
        assert main(["board"]) == 0
    return home / "desk.db"


@pytest.fixture
def home(tmp_path: Path, new_desk: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The home folder of the person at the keyboard, with the new desk in it."""
    for name, value in at_home(tmp_path).items():
        monkeypatch.setenv(name, value)
    shutil.copy(new_desk, tmp_path / "desk.db")
    os.chmod(tmp_path / "desk.db", 0o600)
    return tmp_path


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `helpdesk` with those words on the new desk."""

    def run(*argv: str) -> Ran:
        capsys.readouterr()
        code = main(argv)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Ran(code, out, err)

    return run
