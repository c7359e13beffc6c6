"""Desks and files for the tests of what comes in and goes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from helpdesk_tui import bootstrap
from helpdesk_tui.clock import FixedClock
from helpdesk_tui.config import Config
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.store import migrate

NOW = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
DATA = Path(__file__).parents[3] / "shared" / "data"

NewDesk = Callable[..., Desk]
Stock = Callable[[Desk], object]


@pytest.fixture(scope="session")
def bare_desk(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a desk without anybody, since making one takes longer than most tests."""
    path = tmp_path_factory.mktemp("bare") / "bare.db"
    migrate.create(path)
    return path.read_bytes()


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory, bare_desk: bytes) -> Callable[[Stock, bool], bytes]:
    """The bytes of a desk to which that has been done, once: what many tests begin with is made for the first."""
    folder = tmp_path_factory.mktemp("stocked")

    @cache
    def made(stock: Stock, example: bool) -> bytes:
        path = folder / f"{made.cache_info().currsize}.db"
        path.write_bytes(bare_desk)
        desk = opened(path, example)
        stock(desk)
        desk.close()
        return path.read_bytes()

    return made


def opened(path: Path, example: bool, uid: int | None = None) -> Desk:
    config = Config(path, *(path.with_name(name) for name in ("screens.json", "log", "drafts.json")))
    return bootstrap.open_desk(config, clock=FixedClock(NOW), zone=UTC, example=example, uid=uid)


@pytest.fixture
def new_desk(tmp_path: Path, bare_desk: bytes, stocked: Callable[[Stock, bool], bytes]) -> Iterator[NewDesk]:
    """Opens desks in files of their own; `example` decides about the welcome ticket, `stock` is done to a new one."""
    desks: list[Desk] = []

    def make(name: str = "desk", *, example: bool = False, uid: int | None = None, stock: Stock | None = None) -> Desk:
        path = tmp_path / f"{name}.db"
        if not path.exists():
            path.write_bytes(stocked(stock, example) if stock else bare_desk)
        desks.append(opened(path, example, uid))
        return desks[-1]

    yield make
    for desk in desks:
        desk.close()


@pytest.fixture
def desk(new_desk: NewDesk) -> Desk:
    """A desk with a board and no ticket; the person running the tests is its admin."""
    return new_desk()


@pytest.fixture
def real_log() -> Path:
    """The help desk log of the data folder, if it is there."""
    path = DATA / "helpdesk_log.csv"
    if not path.exists():
        pytest.skip("the real log is not in ../shared/data")
    return path


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Writes a file and gives its path."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write
