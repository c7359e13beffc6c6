"""The files of a ticket from the keyboard."""

from __future__ import annotations

import asyncio
import io
import os
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from textual import events

from helpdesk_tui.desk import files, spooling
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.spooling import spooled
from helpdesk_tui.domain.people import Role
from helpdesk_tui.tui import desktop
from helpdesk_tui.tui.screens.files import FilesPick
from helpdesk_tui.tui.screens.pick_path import PathPick
from tests.builders import a_desk, a_ticket, desk_of
from tests.tui.on_board import AtBoard, at_board
from tests.tui.quiet import send

pytestmark = pytest.mark.asyncio


def attach(desk: Desk, number: int, name: str, content: bytes = b"hello") -> None:
    with spooled(desk, name, io.BytesIO(content)) as one:
        files.attach(desk, [number], [one])


def two_tickets(desk: Desk) -> None:
    a_ticket(desk, "Printer is dead")
    a_ticket(desk, "Network is slow")
    attach(desk, 1, "scan.pdf")
    attach(desk, 1, "log.txt", b"it went wrong")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder the program was started in."""
    folder = tmp_path / "here"
    (folder / "sub").mkdir(parents=True)
    (folder / "trace.txt").write_text("trace")
    (folder / "sub" / "inner.txt").write_text("inner")
    monkeypatch.chdir(folder)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return folder


@pytest_asyncio.fixture
async def board(tmp_path: Path, here: Path) -> AsyncIterator[AtBoard]:
    desk = a_desk(tmp_path, stock=two_tickets)
    async with at_board(desk, tmp_path) as found:
        yield found
    desk.close()


def names(board: AtBoard, number: int = 1) -> list[str]:
    return [file.name for file in files.files(board.desk, number)]


async def test_f_lists_the_files_of_the_card(board: AtBoard) -> None:
    await board.press("f")
    assert isinstance(board.app.screen, FilesPick)
    drawn = board.drawn()
    assert "Files of #1" in drawn
    assert "scan.pdf" in drawn
    assert "13 B · admin, " in drawn
    assert "save all 2 files" in drawn


async def test_f_lists_them_in_the_ticket_too(board: AtBoard) -> None:
    await board.press("enter", "f")
    assert isinstance(board.app.screen, FilesPick)


async def test_without_files_there_is_one_thing_to_do(board: AtBoard) -> None:
    await board.press("j", "f")
    assert "No files yet." in board.drawn()
    await board.press("enter")
    assert isinstance(board.app.screen, PathPick)


async def test_a_file_is_attached_by_a_few_letters(board: AtBoard) -> None:
    await board.press("f", "ctrl+n")
    await board.type("tra")
    await board.press("enter")
    assert names(board) == ["scan.pdf", "log.txt", "trace.txt"]
    assert "trace.txt (5 B) attached · u undoes" in board.said()
    await board.press("u")
    assert names(board) == ["scan.pdf", "log.txt"]


async def test_no_change_waits_while_a_large_file_is_read(
    board: AtBoard, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "large.bin").write_bytes(os.urandom(1024) * 25 * 1024)
    begun, go_on, read = threading.Event(), threading.Event(), spooling._read

    def slowly(*what: Any) -> bytes:
        begun.set()
        go_on.wait(60)
        return read(*what)

    monkeypatch.setattr(spooling, "_read", slowly)
    await board.press("f", "ctrl+n", *"large")
    send(board.app, "enter")
    assert await asyncio.to_thread(begun.wait, 20)
    send(board.app, "L")
    for _ in range(1000):
        if board.where(1) == "Doing":
            break
        await asyncio.sleep(0.01)
    assert board.where(1) == "Doing"
    assert "large.bin" not in names(board)
    go_on.set()
    await board.settle()
    assert "large.bin" in names(board)
    assert "#1: large.bin (25.0 MB) attached · u undoes" in board.said()


async def test_enter_goes_into_a_folder_and_up_again(board: AtBoard) -> None:
    await board.press("f", "ctrl+n")
    assert "sub/" in board.drawn()
    await board.press("enter")
    assert "inner.txt" in board.drawn()
    await board.press("end", "down", "enter")
    assert "trace.txt" in board.drawn()


async def test_tab_completes(board: AtBoard) -> None:
    await board.press("f", "ctrl+n")
    await board.type("su")
    await board.press("tab", "down", "up", "enter")
    assert names(board)[-1] == "inner.txt"


async def test_a_path_typed_in_the_list_is_attached(board: AtBoard, here: Path) -> None:
    await board.press("f")
    await board.type(f"{here}/trace.txt")
    await board.press("enter", "enter")
    assert names(board)[-1] == "trace.txt"


async def test_a_file_dropped_on_the_terminal_is_offered_to_be_attached(board: AtBoard, here: Path) -> None:
    await board.press("enter")
    board.app.post_message(events.Paste(f"'{here}/trace.txt' "))
    await board.settle()
    assert isinstance(board.app.screen, PathPick)
    await board.press("enter")
    assert names(board)[-1] == "trace.txt"


async def test_another_text_pasted_on_the_board_does_nothing(board: AtBoard) -> None:
    board.app.post_message(events.Paste("hello"))
    await board.settle()
    assert board.app.screen is board.screen


async def test_marked_cards_get_the_file_all_of_them(board: AtBoard) -> None:
    await board.press("asterisk", "f")
    assert "Attach to 2 tickets" in board.drawn()
    await board.type("trace")
    await board.press("enter")
    assert (names(board)[-1], names(board, 2)) == ("trace.txt", ["trace.txt"])
    await board.press("u")
    assert names(board, 2) == []


async def test_what_cannot_be_attached_says_why(board: AtBoard, here: Path) -> None:
    (here / "empty").touch()
    await board.press("f", "ctrl+n")
    await board.type("empty")
    await board.press("enter")
    assert "There is nothing in" in board.said()


async def test_a_folder_that_is_not_there_says_so(board: AtBoard) -> None:
    await board.press("f", "ctrl+n")
    await board.type("none/")
    assert "none cannot be read: No such file or directory" in str(board.app.screen.query_one(".said").render())
    await board.press("enter")
    assert isinstance(board.app.screen, PathPick)
    await board.press("escape")
    assert board.app.screen is board.screen


async def test_a_file_is_saved_where_one_says(board: AtBoard, here: Path) -> None:
    await board.press("f")
    await board.type("log")
    await board.press("enter")
    assert "save here" in board.drawn()
    await board.press("enter")
    assert (here / "log.txt").read_text() == "it went wrong"
    assert "saved:" in board.said()


async def test_nothing_is_overwritten(board: AtBoard, here: Path) -> None:
    (here / "log.txt").write_text("precious")
    await board.press("f", "down", "enter", "enter")
    assert (here / "log.txt").read_text() == "precious"
    assert (here / "log (2).txt").read_text() == "it went wrong"


async def test_all_are_saved_in_a_folder_below(board: AtBoard, here: Path) -> None:
    await board.press("f", "down", "down", "enter")
    await board.type("sub/")
    await board.press("enter")
    assert sorted(os.listdir(here / "sub")) == ["inner.txt", "log.txt", "scan.pdf"]
    assert "2 files saved in" in board.said()


async def test_delete_removes_and_u_brings_back(board: AtBoard) -> None:
    await board.press("f", "delete")
    assert names(board) == ["log.txt"]
    await board.press("u")
    assert names(board) == ["scan.pdf", "log.txt"]


async def test_with_a_desktop_enter_opens(board: AtBoard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desktop, "may_open", lambda _config: True)
    monkeypatch.setattr(desktop, "open_file", lambda _desk, file, _config: f"{file.name} opened")
    await board.press("f")
    assert "ctrl+s save" in board.drawn()
    await board.press("enter")
    assert "scan.pdf opened" in board.said()


async def test_names_that_act_on_a_terminal_are_shown_as_what_they_are(board: AtBoard, here: Path) -> None:
    (here / "a\x1b[2J\u202e").mkdir()
    (here / "[@click=app.quit]x").write_text("x")
    (here / os.fsdecode(b"broken\xff")).write_text("x")
    with board.desk.store.writing() as unit:
        unit.connection.exec_driver_sql("UPDATE file SET name = '[/b] x' || char(27) || ']52;c;x'")
        unit.commit()
    await board.press("f")
    assert "[/b] x␛]52;c;x" in board.drawn()
    await board.press("ctrl+n")
    assert "[@click=app.quit]x" in board.drawn()
    await board.press("enter")
    assert "cannot be typed" in board.drawn()
    await board.type("broken")
    await board.press("enter")
    assert names(board)[-1] == "broken_"


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12)])
async def test_it_fits(tmp_path: Path, here: Path, size: tuple[int, int]) -> None:
    desk = a_desk(tmp_path, stock=two_tickets)
    async with at_board(desk, tmp_path, size) as board:
        await board.press("f")
        assert "scan.pdf" in board.drawn()
        await board.press("ctrl+n")
        assert "trace.txt" in board.drawn()
    desk.close()


async def test_a_viewer_saves_and_changes_nothing(tmp_path: Path, here: Path) -> None:
    desk = a_desk(tmp_path, stock=two_tickets)
    async with at_board(desk_of(desk, Role.VIEWER), tmp_path) as board:
        await board.press("f", "ctrl+n", "delete")
        assert isinstance(board.app.screen, FilesPick)
        assert "attach" not in board.drawn()
        await board.press("enter", "enter")
        assert (here / "scan.pdf").exists()
    desk.close()
