"""`helpdesk copy`: a whole desk, from one engine to another and back, checked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests import engines
from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def _databases() -> Iterator[None]:
    with engines.chosen(engines.SQLITE):
        yield


@pytest.fixture
def filled(run: Run, home: Path) -> Path:
    """A desk with some of everything, the files' contents too."""
    path = home / "full.db"
    assert run("--desk", str(path), "demo", "--fill", "--tickets", "60").code == 0
    return path


def everything(run: Run, desk: str) -> str:
    exported = run("--desk", desk, "export", "json")
    assert exported.code == 0
    return exported.out


def test_a_desk_goes_to_a_server_and_comes_back_whole(run: Run, filled: Path, home: Path) -> None:
    there, back = engines.a_url().text, home / "back.db"
    copied = run("copy", str(filled), there)
    assert (copied.code, copied.out) == (0, "")
    assert "69 tickets" in copied.err
    assert run("copy", there, str(back)).code == 0
    assert everything(run, there) == everything(run, str(back)) == everything(run, str(filled))
    assert run("--desk", there, "add", "Another").code == 0
    assert run("--desk", there, "undo").code == 0
    daily = run("--desk", there, "backup", "--daily")
    assert (daily.code, "pg_dump" in daily.err) == (4, True)
    assert run("--desk", there, "tick").code == 0
    assert len(run("--desk", there, "list", "printer").out.splitlines()) == len(
        run("--desk", str(filled), "list", "printer").out.splitlines()
    )


def test_the_sums_of_both_are_alike_whatever_keeps_them(run: Run, filled: Path, home: Path) -> None:
    first = run("copy", "--json", str(filled), str(home / "one.db")).json
    assert first == run("copy", "--json", str(filled), engines.a_url().text).json
    assert {one["table"] for one in first} >= {"ticket", "event", "file_chunk", "setting"}


def test_a_target_that_is_not_empty_is_refused_and_left_alone(run: Run, filled: Path, home: Path) -> None:
    kept = (home / "desk.db").read_bytes()
    refused = run("copy", str(filled), str(home / "desk.db"))
    assert refused.code == 4
    assert "is there already" in refused.err
    assert (home / "desk.db").read_bytes() == kept
    there = engines.a_url().text
    assert run("copy", str(filled), there).code == 0
    assert "holds a desk already" in run("copy", str(filled), there).err


def test_what_does_not_arrive_whole_is_not_kept_and_can_be_tried_again(run: Run, filled: Path) -> None:
    there = engines.a_url().text
    with closing(sqlite3.connect(filled)) as database, database:
        database.execute("UPDATE ticket SET title = 'a' || char(0) || 'b' WHERE id = 7")
    refused = run("copy", str(filled), there)
    assert refused.code == 4
    assert "ticket" in refused.err
    with closing(sqlite3.connect(filled)) as database, database:
        database.execute("UPDATE ticket SET title = 'ab' WHERE id = 7")
    assert run("copy", str(filled), there).code == 0


def test_there_must_be_something_to_copy(run: Run, home: Path) -> None:
    refused = run("copy", str(home / "none.db"), str(home / "new.db"))
    assert refused.code == 4
    assert "There is no desk" in refused.err
    assert not (home / "new.db").exists()
    assert not (home / "none.db").exists()
