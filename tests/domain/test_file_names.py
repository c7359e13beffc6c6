"""Names of files, whatever they are called where they come from."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_tui.domain.file_names import LONGEST, cleaned, free, numbered, size_in_words
from helpdesk_tui.domain.text import clean

ANY = st.text(st.characters(exclude_categories=()), max_size=400)
NASTY = st.lists(
    st.sampled_from(["..", "/", "\\", "\x00", "\n", "\u202e", ".", "-", " ", "\ud800", "a", "\u0301", "ש", ".txt"])
)


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("log.txt", "log.txt"),
        ("/var/log/syslog", "syslog"),
        ("../../etc/cron.d/x", "x"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("C:\\Users\\me\\scan.pdf", "scan.pdf"),
        ("folder/", "folder"),
        ("..", "file"),
        ("../..", "file"),
        ("", "file"),
        ("   ", "file"),
        ("\x00", "file"),
        ("a\x00b.txt", "a b.txt"),
        ("two\nlines.txt", "two lines.txt"),
        ("esc\x1b]52;c;x\x07.txt", "esc ]52;c;x .txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u200b", "file"),
        (".bashrc", "_bashrc"),
        ("-rf", "_rf"),
        ("trailing. . ", "trailing"),
        ("lone\ud800.txt", "lone_.txt"),
        ("e\u0301te.txt", "\u00e9te.txt"),
        ("מסמך.pdf", "מסמך.pdf"),
        ("می\u200cخواهم.txt", "می\u200cخواهم.txt"),
        ("%2e%2e%2f", "%2e%2e%2f"),
    ],
)
def test_a_name_becomes_one_that_is_safe_to_save_under(given_name: str, name: str) -> None:
    assert cleaned(given_name) == name


def test_a_name_of_300_characters_is_shortened_and_keeps_its_ending() -> None:
    assert cleaned("x" * 300 + ".tar.gz") == "x" * (LONGEST - 3) + ".gz"


def test_an_ending_of_300_characters_is_no_ending() -> None:
    assert cleaned("x." + "y" * 300) == "x." + "y" * (LONGEST - 2)


def test_shortening_never_cuts_a_character_in_two() -> None:
    assert cleaned("ש" * 300) == "ש" * (LONGEST // 2)


@given(ANY | NASTY.map("".join))
def test_whatever_it_was_called_it_stays_where_it_is_saved(name: str) -> None:
    found = cleaned(name)
    folder = Path("/chosen")
    assert Path(os.path.normpath(folder / found)).parent == folder
    assert 0 < len(found.encode()) <= LONGEST
    assert found[0] not in ".-"


@given(ANY | NASTY.map("".join))
def test_nothing_in_it_acts_on_a_terminal(name: str) -> None:
    found = cleaned(name)
    assert "\n" not in found
    assert all(character.isprintable() or character in "\u200c\u200d" for character in found)
    assert clean(found) == found or len(clean(found)) < len(found)  # only marks heaped on each other are left out


@given(ANY | NASTY.map("".join))
def test_a_clean_name_is_left_as_it_is(name: str) -> None:
    assert cleaned(cleaned(name)) == cleaned(name)


@given(st.lists(st.sampled_from(["a.txt", "A.TXT", "a (2).txt", "b"]), max_size=12))
def test_no_two_files_of_one_ticket_have_the_same_name(names: list[str]) -> None:
    taken: list[str] = []
    for name in names:
        taken.append(free(name, taken))
    assert len({name.casefold() for name in taken}) == len(names)


@given(ANY, st.integers(2, 999))
def test_a_numbered_name_is_still_a_safe_one(name: str, place: int) -> None:
    found = numbered(cleaned(name), place)
    assert cleaned(found) == found


@pytest.mark.parametrize(
    ("name", "second"), [("log.txt", "log (2).txt"), ("README", "README (2)"), ("a.tar.gz", "a.tar (2).gz")]
)
def test_the_second_of_a_name_is_numbered_before_its_ending(name: str, second: str) -> None:
    assert free(name, [name]) == second


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 B"), (999, "999 B"), (1_000, "1.0 kB"), (1_234_567, "1.2 MB"), (25 << 20, "25.0 MB"), (250_000, "244 kB"),
     (3 << 40, "3072 GB")],
)  # fmt: skip
def test_a_size_is_short(size: int, words: str) -> None:
    assert size_in_words(size) == words
