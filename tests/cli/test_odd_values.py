"""What another tool wrote into the desk's file is shown as what it is, and nothing else suffers from it."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from helpdesk_tui.cli.main import main
from tests.cli.conftest import Ran, Run, at_home
from tests.odd import ODD, spoil

SHOWS = {
    "an unknown status": "on hold",
    "a priority out of range": "9",
    "a priority in words": "urgent",
    "a title that is not UTF-8": "P\N{REPLACEMENT CHARACTER}r",
    "no title": "?",
    "an assignee who does not exist": "?",
    "a due date in words": "?",
    "kind and language nobody knows": "saga",
    "a column that does not exist": "?",
    "a comment of nobody": "? · ?",
    "a link of an unknown kind": "resembles",
    "an impact and an urgency out of range": "12",
}


@pytest.fixture(scope="module")
def rich_desk(new_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk on which ticket 2 has everything a ticket can have."""
    home = tmp_path_factory.mktemp("rich")
    shutil.copy(new_desk, home / "desk.db")
    with closing(sqlite3.connect(home / "desk.db")) as database, database:
        database.execute(
            "INSERT INTO person (login, name, folded, mail, role, active, removed) "
            "VALUES ('bob', 'Bob Builder', 'bob builder', '', 'agent', 1, 0)"
        )
    with pytest.MonkeyPatch.context() as patch:
        for name, value in at_home(home).items():
            patch.setenv(name, value)
        for words in (
            "board|add|Second",
            "add|Printer is dead|assignee:bob|priority:high|due:tomorrow|+vpn|impact:high",
            "add|Another one",
            "change|2|check:open|reply:hello|note:psst|time:25m|link:#3|watch:bob|status:blocked",
            "view|save|late ones|is:late",
        ):
            assert main(words.split("|")) == 0
    return home / "desk.db"


@pytest.fixture
def desk(home: Path, rich_desk: Path) -> Path:
    """That desk, to be spoilt."""
    shutil.copy(rich_desk, home / "desk.db")
    return home / "desk.db"


def whole(ran: Ran) -> str:
    assert ran.code == 0, ran.err
    return ran.out


@pytest.mark.parametrize("oddity", ODD)
def test_everything_is_still_read(run: Run, desk: Path, oddity: str) -> None:
    spoil(desk, ODD[oddity])
    assert whole(run("list", "--limit", "0")).count("\n") == 3
    assert [ticket["number"] for ticket in run("list", "sort:-number", "--json").json] == [3, 2, 1]
    whole(run("list", "is:archived or is:open", "sort:priority", "sort:due", "sort:assignee"))
    assert run("show", "2", "--json", "--history").json["number"] == 2
    text = whole(run("show", "2", "--history"))
    assert "\x1b" not in text
    assert SHOWS.get(oddity, "") in text
    assert run("show", "3").code == 0
    assert len(whole(run("export", "csv")).splitlines()) >= 4
    assert {ticket["number"] for ticket in run("export", "json").json["tickets"]} == {1, 2, 3}
    for verb in ("board", "label", "view"):
        whole(run(verb))
        whole(run(verb, "list", "--json"))
    for line in ("list assignee:b", "list label:v", "list column:d", "list source:", "change 2 to:", "list requester:"):
        assert run("complete", "bash", f"--line=helpdesk {line}").err == ""


@pytest.mark.parametrize("oddity", ODD)
def test_the_ticket_can_be_changed_and_keeps_what_it_had(run: Run, desk: Path, oddity: str) -> None:
    spoil(desk, ODD[oddity])
    before = stored(desk)
    assert run("change", "2", "+network", "watch:me").code == 0
    assert run("note", "2", "looked at it").code == 0
    assert stored(desk) == before
    for change in ("priority:low", "title:New", "due:none", "status:none", "assignee:me", "to:done", "reopen"):
        assert run("change", "2", change).code in {0, 1, 2}
    assert run("add", "One more", "to:doing").code in {0, 2}  # the column may have lost its name
    assert run("undo").code in {0, 1}


def stored(path: Path) -> tuple[object, ...]:
    """What the row of ticket 2 holds of what nobody has changed."""
    kept = (
        "title, description, board_id, column_id, rank, priority, status, kind, language, source, due_at, assignee_id"
    )
    with closing(sqlite3.connect(path)) as database:
        database.text_factory = bytes
        found: tuple[object, ...] = database.execute(f"SELECT {kept} FROM ticket WHERE id = 2").fetchone()
        return found


def test_an_odd_value_leaves_by_an_export_as_it_is(run: Run, desk: Path) -> None:
    spoil(desk, "UPDATE ticket SET priority = 9, status = 'on hold', due_at = 'tomorrow' WHERE id = 2")
    ticket = next(one for one in run("export", "json").json["tickets"] if one["number"] == 2)
    assert (ticket["priority"], ticket["status"], ticket["due"]) == (9, "on hold", "tomorrow")


def test_an_export_with_an_odd_value_is_not_read_back(run: Run, desk: Path, tmp_path: Path) -> None:
    spoil(desk, "UPDATE ticket SET priority = 9 WHERE id = 2")
    (tmp_path / "out.json").write_text(run("export", "json").out)
    ran = run("--desk", str(tmp_path / "new.db"), "import", "json", str(tmp_path / "out.json"))
    assert (ran.code, "“priority” is too small or too large" in ran.err) == (2, True)


def test_undo_puts_an_odd_value_back(run: Run, desk: Path) -> None:
    spoil(desk, ODD["an unknown status"])
    run("change", "2", "status:none")
    assert run("show", "2", "--json").json["status"] is None
    run("undo")
    assert run("show", "2", "--json").json["status"] == "on hold"


def test_a_role_nobody_knows_may_do_no_more_than_a_requester(run: Run, desk: Path) -> None:
    spoil(desk, "UPDATE person SET role = 'boss' WHERE uid IS NOT NULL")
    assert run("board", "add", "Mine").code == 3
    assert run("change", "2", "priority:low").code == 3


@pytest.mark.parametrize("oddity", ODD)
def test_the_doctor_looks_at_it_and_mends_what_can_be_mended(run: Run, desk: Path, oddity: str) -> None:
    spoil(desk, ODD[oddity])
    for looked in (run("doctor"), run("doctor", "--repair")):
        assert re.fullmatch(r"Nothing bad was found\.\n|\d+ of \d+ things are bad\.\n", looked.err)
        assert looked.code == (0 if "Nothing" in looked.err else 4)
    whole(run("list", "--limit", "0"))
