"""Naming somebody in a text."""

from __future__ import annotations

import time

import pytest

from helpdesk_tui.domain.mentions import begun, meant, named_in, offered, word_for
from helpdesk_tui.domain.people import Person, Role

BOB = Person(1, "bob", "Bob Builder", Role.AGENT)
ANNA = Person(2, "", "Anna Kask", Role.AGENT)
ANNI = Person(3, "anni", "Anni Kask", Role.AGENT)
PEOPLE = (BOB, ANNA, ANNI)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@bob can you look?", ("bob",)),
        ("ask @bob, or @Anna.Kask.", ("bob", "anna.kask")),
        ("(@bob) @bob @BOB", ("bob",)),
        ("שלום @נועה", ("נועה",)),
        ("mail bob@example.org", ()),
        ("git@host:repo x@y@z", ()),
        ("`@decorator` and\n```\n@bob\n```\nend", ()),
        ("```\n@bob never closed", ()),
        ("@ @@ @. @-", ()),
        ("path/@scope/package", ()),
    ],
)
def test_who_is_named(text: str, names: tuple[str, ...]) -> None:
    assert named_in(text) == names


def test_a_text_names_twenty_people_at_most() -> None:
    assert len(named_in(" ".join(f"@p{n}" for n in range(500)))) == 20


@pytest.mark.parametrize("text", ["@" * 500_000, "`" * 500_000, "@a." * 200_000, "```" + "a`" * 300_000])
def test_a_long_odd_text_takes_no_time(text: str) -> None:
    start = time.perf_counter()
    named_in(text)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("bob", BOB),
        ("BOB", BOB),
        ("builder", BOB),
        ("anna.kask", ANNA),
        ("anna", ANNA),
        ("anni", ANNI),
        ("kask", None),
        ("ann", None),
        ("nobody", None),
    ],
)
def test_whom_a_name_means(name: str, person: Person | None) -> None:
    assert meant(name, PEOPLE) == person


@pytest.mark.parametrize(
    ("line", "typed"),
    [("@", ""), ("ask @bo", "bo"), ("(@anna.k", "anna.k"), ("a@b", None), ("@bob ", None), ("", None), ("@@b", None)],
)
def test_when_a_name_is_being_typed(line: str, typed: str | None) -> None:
    assert begun(line) == typed


def test_who_is_offered_for_what_is_typed() -> None:
    assert offered("an", PEOPLE) == [ANNA, ANNI]
    assert offered("kas", PEOPLE) == [ANNA, ANNI]
    assert offered("b", PEOPLE) == [BOB]
    assert offered("", PEOPLE) == list(PEOPLE)


@pytest.mark.parametrize("person", PEOPLE)
def test_what_is_typed_for_somebody_means_them(person: Person) -> None:
    assert meant(word_for(person), PEOPLE) == person
