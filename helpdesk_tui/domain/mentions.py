"""Naming somebody in a reply or a note, as in `@bob` or `@anna.kask`: it tells them, and makes them watch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from helpdesk_tui.domain.people import Person
from helpdesk_tui.domain.words import fold

MOST = 20
"""People one text may name; more would be a shout, not a mention."""

_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_MENTION = re.compile(r"(?<![\w@.+/-])@(\w[\w.-]*)")
_BEGUN = re.compile(r"(?:^|[^\w@.+/-])@([\w.-]*)\Z")


def named_in(text: str) -> tuple[str, ...]:
    """The names after an `@`, each once, in order. Mail addresses and what stands in code are none."""
    names = (match[1].rstrip(".-") for match in _MENTION.finditer(_CODE.sub(" ", text)))
    return tuple(dict.fromkeys(fold(name) for name in names))[:MOST]


def meant(name: str, people: Iterable[Person]) -> Person | None:
    """Who is called so: by login, else by a full name with dots for blanks, else by the only such word of a name."""
    name = fold(name)
    by_word: list[Person] = []
    by_name: list[Person] = []
    for person in people:
        if person.login and fold(person.login) == name:
            return person
        words = fold(person.name).split()
        if ".".join(words) == name:
            by_name.append(person)
        elif name in words:
            by_word.append(person)
    found = by_name or by_word
    return found[0] if len(found) == 1 else None


def begun(line: str) -> str | None:
    """What is typed of a name at the end of `line`, "" right after the `@`; None where no name is being typed."""
    found = _BEGUN.search(line)
    return None if found is None else found[1]


def word_for(person: Person) -> str:
    """What is typed to name that person, without the `@`."""
    return person.login or ".".join(person.name.split()).lower()


def offered(typed: str, people: Sequence[Person]) -> list[Person]:
    """Those whose login, or any word of whose name, begins as typed; logins first."""
    typed = fold(typed)
    by_login = [person for person in people if fold(word_for(person)).startswith(typed)]
    others = [
        person
        for person in people
        if person not in by_login and any(word.startswith(typed) for word in fold(person.name).split())
    ]
    return by_login + others
