"""Long texts from standard input."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from helpdesk_tui.cli import stdin
from helpdesk_tui.errors import UsageError


def piped(monkeypatch: pytest.MonkeyPatch, content: bytes, *, ended: bool = True) -> None:
    reader, writer = os.pipe()
    os.write(writer, content)
    if ended:
        os.close(writer)
    monkeypatch.setattr(sys, "stdin", os.fdopen(reader, encoding="utf-8"))


def test_a_pipe_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, "Żółć\r\nzweite\n".encode())
    assert stdin.offered() == ("Żółć\nzweite", False)


def test_an_open_but_silent_pipe_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, b"", ended=False)
    assert stdin.offered() == ("", True)


def test_an_empty_pipe_is_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, b"")
    assert stdin.offered() == ("", False)


def test_a_file_somebody_else_is_reading_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "titles"
    path.write_text("one\ntwo\n")
    with path.open() as file:
        os.lseek(file.fileno(), 4, os.SEEK_SET)
        monkeypatch.setattr(sys, "stdin", file)
        assert stdin.offered() == ("", False)


def test_a_file_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_bytes(b"\xef\xbb\xbfhello\n")
    with path.open() as file:
        monkeypatch.setattr(sys, "stdin", file)
        assert stdin.offered() == ("hello", False)


@pytest.mark.parametrize(("content", "says"), [(b"\xff\xfe\x00", "not UTF-8"), (b"a" * 4_000_001, "1,000,000")])
def test_what_is_no_text_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "text").write_bytes(content)
    with (tmp_path / "text").open() as file:
        monkeypatch.setattr(sys, "stdin", file)
        with pytest.raises(UsageError, match=says):
            stdin.awaited()


def test_a_closed_input_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert (stdin.awaited(), stdin.offered()) == ("", ("", False))
