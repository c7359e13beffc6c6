from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import hypothesis
import pytest

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.store import sqlite
from tests import engines, made_once
from tests.builders import a_desk

made_once.install()
# How long an example takes tells of the machine and of who else uses it.
hypothesis.settings.register_profile("tests", deadline=None)
hypothesis.settings.load_profile("tests")


def pytest_configure(config: pytest.Config) -> None:
    """Where Python is told to keep nothing of what it compiles, every program of the tests would compile all anew."""
    if sys.dont_write_bytecode:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(config.rootpath / ".pytest_cache" / "compiled")


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: a test often waits for a process or for the disk."""
    return len(os.sched_getaffinity(0)) + 1


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--both", action="store_true", help="run on PostgreSQL every test that can run there")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The tests that run on both engines."""
    files_only = metafunc.definition.get_closest_marker("files_only")
    both = engines.ON_BOTH | engines.MORE if metafunc.config.getoption("--both") else engines.ON_BOTH
    if metafunc.module.__name__ in both and not files_only:
        metafunc.parametrize("engine", [engines.SQLITE, engines.POSTGRESQL], indirect=True)


@pytest.fixture(autouse=True)
def engine(request: pytest.FixtureRequest) -> Iterator[str]:
    """What keeps the desks of this test."""
    name: str = getattr(request, "param", engines.SQLITE)
    with engines.chosen(name):
        yield name


@pytest.fixture
def durable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The desks of this test are on the disk whenever they say so, as outside the tests."""
    monkeypatch.setattr(sqlite, "_PRAGMAS", made_once.REAL_PRAGMAS)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty desk at noon on a Wednesday, as its admin."""
    opened = a_desk(tmp_path)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for each test that makes it: to make all of them takes its time."""
    root = tmp_path_factory.mktemp("homes")
    return (root / str(number) for number in count())


@pytest.fixture(autouse=True)
def _apart(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the settings of whoever runs it, or sets the tests' garbage aside as what stays."""
    home = next(_homes)
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(home / variable.lower()))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("HELPDESK_DESK", raising=False)
    monkeypatch.setattr(gc, "freeze", lambda: None)
