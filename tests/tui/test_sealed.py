"""The screens as they are for who comes in through the gate: nothing leads to a file, a program or a shell."""

from __future__ import annotations

import ast
import io
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from textual import events
from textual.widgets import Input

from helpdesk_tui import bootstrap
from helpdesk_tui.clock import FixedClock
from helpdesk_tui.desk import files, people
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.spooling import spooled, spooled_paths
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import NotAllowed
from helpdesk_tui.tui import desktop
from helpdesk_tui.tui.screens.files import FilesPick
from tests.builders import NOON, a_desk, a_person, a_ticket, config_for
from tests.tui.on_board import AtBoard, at_board

ROOT = Path(__file__).parents[2]


def two_tickets(desk: Desk) -> None:
    a_person(desk, "Alice Agent", login="alice", uid=2001)
    a_ticket(desk, "Printer is dead")
    a_ticket(desk, "Network is slow")
    with spooled(desk, "it's a log.txt", io.BytesIO(b"hello")) as one:
        files.attach(desk, [1], [one])


@pytest.fixture
def sealed(tmp_path: Path) -> Desk:
    """The desk as alice has it through the gate."""
    a_desk(tmp_path, stock=two_tickets).close()
    return bootstrap.open_desk(config_for(tmp_path, gate="alice"), clock=FixedClock(NOON))


@pytest_asyncio.fixture
async def board(tmp_path: Path, sealed: Desk) -> AsyncIterator[AtBoard]:
    async with at_board(sealed, tmp_path, gate="alice") as found:
        yield found
    sealed.close()


class TestFiles:
    async def test_they_are_listed_and_it_is_said_how_they_come_and_go(self, board: AtBoard) -> None:
        await board.press("f")
        drawn = board.drawn()
        assert "it's a log.txt" in drawn
        assert "ssh … attach 1 NAME <FILE" in drawn
        assert not [word for word in ("attach a file", "ctrl+s", "ctrl+n", "or a path") if word in drawn]
        await board.press("enter")
        assert """ssh … files 1 --get 'it'"'"'s a log.txt' >FILE""" in board.said()

    @pytest.mark.parametrize("key", ["ctrl+s", "ctrl+n"])
    async def test_no_key_chooses_a_file_or_a_folder(self, board: AtBoard, key: str) -> None:
        await board.press("f", key)
        assert isinstance(board.app.screen, FilesPick)

    async def test_a_path_that_is_typed_finds_nothing(self, board: AtBoard) -> None:
        await board.press("f")
        await board.type("/etc/")
        assert "attach /etc/" not in board.drawn()

    async def test_a_path_that_is_pasted_is_no_file(self, board: AtBoard) -> None:
        board.app.post_message(events.Paste("/etc/passwd"))
        await board.settle()
        assert board.app.screen is board.screen

    async def test_several_cards_get_a_file_over_ssh_alone(self, board: AtBoard) -> None:
        await board.press("space", "j", "space", "f")
        assert board.app.screen is board.screen
        assert "files come in over SSH" in board.said()

    async def test_they_are_still_removed(self, board: AtBoard) -> None:
        await board.press("f", "delete")
        assert files.files(board.desk, 1) == ()


class TestPeople:
    async def test_an_admin_is_not_told_the_accounts_of_the_machine(
        self, tmp_path: Path, sealed: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("pwd.getpwall", lambda: pytest.fail("the machine was asked"))
        monkeypatch.setattr("pwd.getpwnam", lambda name: pytest.fail(f"the machine was asked for {name}"))
        admin = bootstrap.open_desk(config_for(tmp_path, gate="admin"), clock=FixedClock(NOON))
        async with at_board(admin, tmp_path, gate="admin") as board:
            await board.press("P", "N")
            assert "an account" not in board.drawn()
            await board.type("Dora Doe")
            await board.press("enter")
            board.app.screen.query_one("#login", Input).value = "root"
            await board.press("ctrl+s")
        assert "Dora Doe" in [person.name for person in people.everybody(sealed)]
        admin.close()
        sealed.close()


class TestTheProgram:
    async def test_it_is_not_stopped(self, board: AtBoard, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "kill", lambda *given: pytest.fail(f"kill{given}"))
        board.app.action_suspend_process()
        await board.press("ctrl+z")

    async def test_no_picture_is_written(self, board: AtBoard, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.chdir(tmp_path)
        before = set(tmp_path.rglob("*"))
        board.app.action_screenshot(filename="x.svg", path=str(tmp_path))
        await board.settle()
        assert not {path for path in set(tmp_path.rglob("*")) - before if path.suffix == ".svg"}

    async def test_no_link_is_opened(self, board: AtBoard, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("webbrowser.open", lambda *given, **_more: pytest.fail(f"open{given}"))
        board.app.open_url("https://example.org")

    async def test_what_goes_wrong_names_no_folder(self, board: AtBoard, tmp_path: Path) -> None:
        def fail(_desk: Desk) -> None:
            raise NotAllowed(f"{tmp_path}/desk.db is nobody's business.", f"See {tmp_path}/helpdesk.log.")

        board.screen.ask(fail, lambda _nothing: None, board.screen.failed)
        await board.settle()
        assert clean("desk.db is nobody's business. See helpdesk.log.") in board.said()

    def test_nothing_is_opened_with_a_desktops_program(self, tmp_path: Path) -> None:
        assert not desktop.may_open(config_for(tmp_path, gate="alice"), {"DISPLAY": ":0"})


class TestTheDesk:
    def test_it_reads_no_file_by_its_path(self, sealed: Desk) -> None:
        with pytest.raises(NotAllowed, match="Through the gate"), spooled_paths(sealed, [Path("/etc/passwd")]):
            pass

    def test_it_writes_no_file_by_its_path(self, sealed: Desk, tmp_path: Path) -> None:
        with pytest.raises(NotAllowed, match="Through the gate"):
            files.save(sealed, files.files(sealed, 1), tmp_path)

    @pytest.mark.parametrize("act", [Act.IMPORT, Act.BACKUP])
    def test_nobody_imports_or_backs_up(self, sealed: Desk, act: Act) -> None:
        assert not sealed.may(act)
        with pytest.raises(NotAllowed, match="Through the gate"):
            sealed.require(act)

    def test_insisting_breaks_no_seal(self, sealed: Desk) -> None:
        assert sealed.insisting().sealed

    def test_it_is_not_made_where_there_is_none(self, tmp_path: Path) -> None:
        with pytest.raises(Exception, match="no desk behind this gate"):
            bootstrap.open_desk(config_for(tmp_path / "nowhere", gate="alice"))
        assert not (tmp_path / "nowhere").exists()


def test_no_other_screen_reaches_beyond_the_desk() -> None:
    """Whoever adds one has to look at it with the gate in mind."""
    watched = {"subprocess", "webbrowser", "shutil", "pty", "socket", "tempfile", "urllib.request"}
    found: dict[str, set[str]] = {}
    for path in (ROOT / "helpdesk_tui" / "tui").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        calls = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        reach = (names & watched) | ({"open"} & calls)
        if reach:
            found[path.name] = reach
    assert found == {"desktop.py": {"subprocess", "shutil"}, "accidents.py": {"open"}}


def test_only_the_screen_of_files_picks_paths() -> None:
    users = {
        path.name
        for path in (ROOT / "helpdesk_tui" / "tui").rglob("*.py")
        if "PathPick" in (text := path.read_text(encoding="utf-8")) or "spooled_paths" in text or "files.save" in text
    }
    assert users == {"files.py", "pick_path.py", "desktop.py"}
