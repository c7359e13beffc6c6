from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.store import sqlite
from tests import engines, made_once
from tests.builders import a_desk

made_once.install()


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


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the settings of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(home / variable.lower()))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("HELPDESK_DESK", raising=False)


@pytest.fixture(autouse=True)
def _garbage_is_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that runs within the tests does not set their garbage aside as what stays for good."""
    monkeypatch.setattr(gc, "freeze", lambda: None)
