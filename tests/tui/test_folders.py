"""Finding a file or a folder by typing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from helpdesk_tui.errors import UsageError
from helpdesk_tui.tui.folders import SHOWN, is_path, listing, typed_path


@pytest.fixture
def base(tmp_path: Path) -> Path:
    base = tmp_path / "base"
    (base / "Logs" / "old").mkdir(parents=True)
    for name, size in (("access.log", 2048), (".hidden", 1), ("zebra.txt", 3), ("Logs/error.log", 5)):
        (base / name).write_bytes(b"x" * size)
    os.mkfifo(base / "pipe")
    (base / "gone").symlink_to("nowhere")
    (base / "device").symlink_to("/dev/zero")
    return base


def found(typed: str, base: Path, **more: bool) -> list[str]:
    return [entry.typed for entry in listing(typed, base, **more).entries]


def test_folders_come_first_and_only_what_can_be_attached_is_offered(base: Path) -> None:
    assert found("", base) == ["Logs/", "access.log", "zebra.txt"]


def test_a_few_letters_find(base: Path) -> None:
    assert found("zeb", base) == ["zebra.txt"]
    assert found("log", base) == ["Logs/", "access.log"]
    assert found("nothing", base) == []


def test_a_dot_shows_what_is_hidden(base: Path) -> None:
    assert found(".h", base) == [".hidden"]


def test_a_slash_goes_in(base: Path) -> None:
    assert found("Logs/", base) == ["Logs/old/", "Logs/error.log"]
    assert found("Logs/err", base) == ["Logs/error.log"]
    assert found(f"{base}/Logs/err", Path("/")) == [f"{base}/Logs/error.log"]


def test_the_home_folder_is_a_tilde(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(base))
    assert found("~/zeb", Path("/")) == ["~/zebra.txt"]


def test_only_folders_to_save_in(base: Path) -> None:
    assert found("", base, folders_only=True) == ["Logs/"]


def test_a_size_stands_beside_a_file(base: Path) -> None:
    assert [(entry.name, entry.note) for entry in listing("acc", base).entries] == [("access.log", "2.0 kB")]


def test_of_many_entries_the_first_are_offered(tmp_path: Path) -> None:
    for index in range(SHOWN + 5):
        (tmp_path / f"{index:04}").touch()
    assert (len(listing("", tmp_path).entries), listing("", tmp_path).more) == (SHOWN, 5)
    assert found("0304", tmp_path) == ["0304"]


@pytest.mark.parametrize(
    ("typed", "said"), [("none/", "No such file"), ("zebra.txt/", "Not a directory"), ("a\x00b/", "no folder can have")]
)
def test_a_folder_that_cannot_be_read_says_why(base: Path, typed: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        listing(typed, base)


@pytest.mark.parametrize(
    ("pasted", "path"),
    [
        ("/tmp/a.txt", "/tmp/a.txt"),
        ("'/tmp/two words.txt' ", "/tmp/two words.txt"),
        ('"/tmp/two words.txt"', "/tmp/two words.txt"),
        ("/tmp/two\\ words.txt", "/tmp/two words.txt"),
        ("file:///tmp/two%20words.txt\n", "/tmp/two words.txt"),
        ("~/a.txt", "~/a.txt"),
    ],
)
def test_what_terminals_paste_for_a_dropped_file_is_a_path(pasted: str, path: str) -> None:
    assert is_path(pasted)
    assert typed_path(pasted) == path


@pytest.mark.parametrize("text", ["printer", "", "/a\n/b", "#12", "~", "C:\\x"])
def test_other_texts_are_none(text: str) -> None:
    assert not is_path(text)
