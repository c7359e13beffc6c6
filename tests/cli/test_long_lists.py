"""Lists of more than a page: whole, in order, and written while they are read."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from helpdesk_tui.cli.main import main
from helpdesk_tui.desk import tickets
from tests.builders import a_desk
from tests.cli.conftest import Run, at_home

TICKETS = 1_201


@pytest.fixture(scope="module")
def long_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with more tickets than two pages hold."""
    home = tmp_path_factory.mktemp("long")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in at_home(home).items():
            patch.setenv(name, value)
        fill = ["demo", "--fill", "--tickets", str(TICKETS), "--open-share", "1"]
        assert main(["--desk", str(home / "desk.db"), *fill]) == 0
    return home / "desk.db"


@pytest.fixture(autouse=True)
def _desk(home: Path, long_desk: Path) -> None:
    shutil.copy(long_desk, home / "desk.db")


def test_a_table_has_a_line_for_each(run: Run) -> None:
    lines = run("list", "sort:number", "--limit", "0").out.splitlines()
    assert [int(line.split()[0]) for line in lines] == list(range(1, TICKETS + 1))


def test_json_is_one_array(run: Run) -> None:
    found = run("list", "sort:number", "--limit", "0", "--json").json
    assert [ticket["number"] for ticket in found] == list(range(1, TICKETS + 1))


@pytest.mark.parametrize("limit", [1, 499, 500, 501, 1000, 1001, TICKETS, TICKETS + 1])
def test_a_limit_is_kept_wherever_the_pages_end(run: Run, limit: int) -> None:
    found = run("list", "sort:number", "--limit", str(limit), "--json").json
    assert [ticket["number"] for ticket in found] == list(range(1, min(limit, TICKETS) + 1))


def test_an_offset_begins_further_on(run: Run) -> None:
    found = run("list", "sort:number", "--limit", "0", "--offset", "700", "--json").json
    assert [ticket["number"] for ticket in found] == list(range(701, TICKETS + 1))


def test_a_list_that_goes_on_says_so(run: Run) -> None:
    assert "Only the first 50 are shown" in run("list").err
    assert run("list", "--limit", "0").err == ""


def test_exports_have_all_of_it(run: Run) -> None:
    assert len(json.loads(run("export", "json").out)["tickets"]) == TICKETS
    assert len(json.loads(run("export", "json", "is:open").out)["tickets"]) == int(
        run("list", "is:open", "--count").out
    )
    assert run("export", "csv").out.count("\r\n") >= TICKETS + 2


def test_the_desk_is_free_between_two_pages(tmp_path: Path, long_desk: Path) -> None:
    shutil.copy(long_desk, tmp_path / "desk.db")
    desk = a_desk(tmp_path, uid=os.getuid())
    pages = tickets.pages(desk, desk.ask("sort:number"), at_once=2)
    assert [card.number for card in next(pages)] == [1, 2]
    assert desk.store.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    tickets.change_text(desk, [3], "title:Renamed")
    assert next(pages)[0].title == "Renamed"
    desk.close()
