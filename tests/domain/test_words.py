"""Folding of names, and search tokens that are exactly SQLite's."""

from __future__ import annotations

import sqlite3
import sys
import unicodedata
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_tui.domain.words import fold, has_phrase, tokens

LETTERS = "aZ1 -'é́ßİıŁǠşțẞяЖשלוםُپیک‌◌̱̣🤔𐐀ᏣＡｂ"
TEXTS = st.text(st.one_of(st.sampled_from(LETTERS), st.characters(exclude_categories=["Cs"], exclude_characters="\0")))


@pytest.fixture(scope="module")
def sqlite_tokens() -> Iterator[Callable[[str], list[str]]]:
    """What SQLite's own tokenizer makes of a text."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(body, tokenize='unicode61 remove_diacritics 2')")
    database.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(texts, 'instance')")

    def of(text: str) -> list[str]:
        database.execute("DELETE FROM texts")
        database.execute("INSERT INTO texts VALUES (?)", (text,))
        return [term for (term,) in database.execute("SELECT term FROM terms ORDER BY offset")]

    yield of
    database.close()


def test_tokens_are_those_of_sqlite_for_every_code_point() -> None:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(body, tokenize='unicode61 remove_diacritics 2')")
    database.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(texts, 'instance')")
    codes = [code for code in range(1, sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
    # All assigned ones of the basic plane, every seventh of the next with its alphabets, few of those that are alike.
    codes = [
        c
        for c in codes
        if (c < 0x10000 and unicodedata.category(chr(c)) != "Cn") or c % (7 if c < 0x20000 else 101) == 0
    ]
    within = {code: f"x{chr(code)}y {chr(code)}" for code in codes}
    database.executemany("INSERT INTO texts(rowid, body) VALUES (?, ?)", within.items())
    found: dict[int, list[str]] = {}
    for code, term in database.execute("SELECT doc, term FROM terms ORDER BY doc, offset"):
        found.setdefault(code, []).append(term)
    assert [hex(code) for code, text in within.items() if tokens(text) != found[code]] == []


@given(text=TEXTS)
def test_tokens_are_those_of_sqlite_for_any_text(sqlite_tokens: Callable[[str], list[str]], text: str) -> None:
    assert tokens(text) == sqlite_tokens(text)


@given(TEXTS)
def test_tokens_of_tokens_are_the_same_tokens(text: str) -> None:
    once = tokens(text)
    assert tokens(" ".join(once)) == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Can't connect (VPN)", ["can", "t", "connect", "vpn"]),
        ("Mägi Ștefan łódź", ["magi", "stefan", "łodz"]),
        ("מדפסת שבורה", ["מדפסת", "שבורה"]),
        ("می‌خواهم", ["می", "خواهم"]),
        ("100% C++ #12", ["100", "c", "12"]),
        ("---", []),
    ],
)
def test_tokens_of_everyday_texts(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("phrase", "prefix", "found"),
    [
        (["cannot", "connect"], False, True),
        (["cannot", "conn"], False, False),
        (["cannot", "conn"], True, True),
        (["cann", "connect"], True, False),
        (["connect", "cannot"], True, False),
        (["vpn"], False, True),
        (["vpn", "today"], True, False),
    ],
)
def test_a_phrase_is_its_words_in_order(phrase: list[str], prefix: bool, found: bool) -> None:
    assert has_phrase("He cannot connect to the VPN", phrase, prefix=prefix) is found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café", "cafe\N{COMBINING ACUTE ACCENT}"),
        ("MÄGI", "mägi"),
        ("Mägi", "magi"),
        ("İstanbul", "istanbul"),
        ("Straße", "STRASSE"),
        ("  two   words ", "two\twords"),
        ("ＶＰＮ", "vpn"),
        ("v\N{ZERO WIDTH SPACE}pn", "vpn"),
        ("שָׁלוֹם", "שלום"),
    ],
)
def test_variants_of_one_spelling_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_composed_and_decomposed_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))
