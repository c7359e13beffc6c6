"""A small desk's names without a store, for the tests of the languages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from helpdesk_tui.domain.people import Actor, Role
from helpdesk_tui.domain.ticket import KINDS
from helpdesk_tui.domain.words import fold
from helpdesk_tui.language.asking import Asking

NOW = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
"""A Wednesday, 10:30 in Tallinn."""

TALLINN = ZoneInfo("Europe/Tallinn")

PEOPLE = {
    1: ("ann", "Ann Admin"),
    2: ("bob", "Bob Builder"),
    3: ("mmagi", "Mari Mägi"),
    4: ("", "Mari Tamm"),
    5: ("", "Ștefan Popescu"),
    6: ("", "יעל כהן"),
}
LABELS = {1: "vpn", 2: "network", 3: "vendor", 4: "needs parts", 5: "Çay"}
ORGANIZATIONS = {1: "Acme OÜ", 2: "Beta"}
BOARDS = {1: "Support", 2: "Projects"}
COLUMNS = {1: "To Do", 2: "Doing", 3: "Done", 4: "To Do", 5: "Waiting room"}
SOURCES = ("mail", "log")


@dataclass
class Names:
    """A lookup over the tables above; remembers what it was asked for."""

    asked: list[tuple[str, str]] = field(default_factory=list)

    def people(self, word: str) -> tuple[int, ...]:
        wanted = fold(word)
        exact = tuple(number for number, (login, name) in PEOPLE.items() if wanted and wanted in (login, fold(name)))
        return exact or tuple(number for number, (_, name) in PEOPLE.items() if wanted in fold(name).split())

    def labels(self, word: str) -> tuple[int, ...]:
        return _ids(LABELS, word)

    def organizations(self, word: str) -> tuple[int, ...]:
        return _ids(ORGANIZATIONS, word)

    def boards(self, word: str) -> tuple[int, ...]:
        return _ids(BOARDS, word)

    def columns(self, word: str) -> tuple[int, ...]:
        return _ids(COLUMNS, word)

    def hours(self) -> None:
        return None

    def known(self, kind: str, prefix: str, limit: int) -> list[tuple[str, str]]:
        self.asked.append((kind, prefix))
        tables = {"label": LABELS, "organization": ORGANIZATIONS, "board": BOARDS, "column": COLUMNS}
        if kind == "person":
            found = [(login, name) if login else (name, "") for login, name in PEOPLE.values()]
        elif kind == "source":
            found = [(source, "") for source in SOURCES]
        elif kind == "kind":
            found = [(name, "") for name in KINDS]
        else:
            found = [(name, "") for name in tables[kind].values()]
        return [
            (name, hint)
            for name, hint in dict.fromkeys(found)
            if fold(name).startswith(prefix)
            or (kind == "person" and any(word.startswith(prefix) for word in fold(f"{name} {hint}").split()))
        ][:limit]


def _ids(table: dict[int, str], word: str) -> tuple[int, ...]:
    return tuple(number for number, name in table.items() if fold(name) == fold(word))


def asking(me: int = 2, now: datetime = NOW, zone: tzinfo = TALLINN) -> Asking:
    """Bob, in Tallinn, on that Wednesday morning."""
    return Asking(Actor(me, PEOPLE[me][0], PEOPLE[me][1], Role.AGENT), now, zone, Names())
