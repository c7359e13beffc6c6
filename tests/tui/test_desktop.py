"""Opening a file with the desktop's program: only where there is a desktop, and only what is no program."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path

import pytest

from helpdesk_tui.desk import files
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.spooling import spooled
from helpdesk_tui.domain.ticket_detail import Attached
from helpdesk_tui.errors import UsageError
from helpdesk_tui.tui import desktop
from tests.builders import a_ticket, config_for


@pytest.fixture
def opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desktop whose opener writes down what it is given, and fails for what is called odd."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "xdg-open"
    script.write_text('#!/bin/sh\necho "$1" >> "$0.log"\ncase "$1" in *odd*) exit 3;; esac\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return folder / "xdg-open.log"


def attached(desk: Desk, name: str) -> Attached:
    number = a_ticket(desk)
    with spooled(desk, name, io.BytesIO(b"hello")) as one:
        files.attach(desk, [number], [one])
    return files.files(desk, number)[0]


@pytest.mark.parametrize(
    ("environ", "may"),
    [
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"DISPLAY": "localhost:10.0", "SSH_CONNECTION": "x"}, True),
        ({"SSH_CONNECTION": "x", "SSH_TTY": "/dev/pts/1"}, False),
        ({"DISPLAY": ""}, False),
        ({}, False),
    ],
)
@pytest.mark.usefixtures("opener")
def test_only_where_there_is_a_display(tmp_path: Path, environ: dict[str, str], may: bool) -> None:
    assert desktop.may_open(config_for(tmp_path), environ) == may


@pytest.mark.usefixtures("opener")
def test_not_where_the_settings_forbid_it(desk: Desk, tmp_path: Path) -> None:
    config = config_for(tmp_path, open_files=False)
    assert not desktop.may_open(config)
    with pytest.raises(UsageError, match="no desktop here"):
        desktop.open_file(desk, attached(desk, "a.txt"), config)


def test_not_without_an_opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":0")
    assert not desktop.may_open(config_for(tmp_path))


def test_a_copy_for_reading_only_is_handed_over(desk: Desk, tmp_path: Path, opener: Path) -> None:
    said = desktop.open_file(desk, attached(desk, "scan.pdf"), config_for(tmp_path))
    copy = Path(opener.read_text().strip())
    assert (copy.name, copy.read_bytes(), copy.stat().st_mode & 0o777) == ("scan.pdf", b"hello", 0o400)
    assert copy.parent.stat().st_mode & 0o777 == 0o700
    assert said.startswith("scan.pdf opened")


def test_copies_are_gone_after_a_day(desk: Desk, tmp_path: Path, opener: Path) -> None:
    file, config = attached(desk, "scan.pdf"), config_for(tmp_path)
    desktop.open_file(desk, file, config)
    old = Path(opener.read_text().strip())
    os.utime(old, (time.time() - 2 * desktop.KEPT,) * 2)
    desktop.open_file(desk, file, config)
    assert [copy.name for copy in old.parent.iterdir()] == ["scan.pdf"]
    assert old.stat().st_mtime > time.time() - 100


@pytest.mark.parametrize("name", ["setup.exe", "a.DESKTOP", "run.sh", "x.pdf.py"])
def test_programs_are_not_opened(desk: Desk, tmp_path: Path, opener: Path, name: str) -> None:
    with pytest.raises(UsageError, match="may be a program"):
        desktop.open_file(desk, attached(desk, name), config_for(tmp_path))
    assert not opener.exists()


@pytest.mark.usefixtures("opener")
def test_a_desktop_that_knows_no_program_says_so(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no program for odd"):
        desktop.open_file(desk, attached(desk, "odd"), config_for(tmp_path))
