"""A home folder for each test, with the desk of a newcomer in it where one is wanted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.terminal import Terminal, helpdesk


@pytest.fixture(scope="session")
def first_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that was opened once: making one takes longer than most of these tests."""
    home = tmp_path_factory.mktemp("first")
    made = helpdesk(home, "list", "--count")
    assert (made.returncode, made.stdout) == (0, "1\n"), made.stderr
    return home / "data" / "helpdesk" / "desk.db"


@pytest.fixture
def home(tmp_path: Path, first_desk: Path) -> Path:
    """The home folder of somebody who has used the desk before."""
    place = tmp_path / "data" / "helpdesk" / "desk.db"
    place.parent.mkdir(mode=0o700, parents=True)
    shutil.copy(first_desk, place)
    place.chmod(0o600)
    return tmp_path


@pytest.fixture
def terminal(home: Path) -> Iterator[Terminal]:
    """The board, open on that desk."""
    with Terminal(home) as opened:
        opened.shows("Welcome")
        yield opened
