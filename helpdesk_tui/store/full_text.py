"""Asking the full-text index: FTS5 on SQLite, lexemes on PostgreSQL (`search_postgres` says how they are made)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, cast, column, func, literal, literal_column, or_, select, union_all
from sqlalchemy import table as named_table
from sqlalchemy.types import UserDefinedType

from helpdesk_tui.store.by_engine import ByEngine

COLUMNS = ("title", "description", "replies", "notes", "checklist", "labels", "requester")
WHOLE = 200
"""Letters of a word that PostgreSQL's index keeps; longer ones are looked for in the texts as well."""

INDEX = named_table("ticket_search", column("rowid"))
_LEXEMES: ColumnElement[Any] = literal_column("ticket_search.words")


class _Question(UserDefinedType[str]):
    cache_ok = True

    def get_col_spec(self, **_how: Any) -> str:
        return "TSQUERY"


class Phrase(Struct, frozen=True):
    """Words, at least one, that follow each other; with `prefix` the last may be the beginning of one."""

    words: tuple[str, ...]
    prefix: bool = False

    @property
    def for_fts5(self) -> str:
        return f'"{" ".join(self.words)}"{"*" if self.prefix else ""}'

    def lexemes(self, place: str) -> str:
        """What asks PostgreSQL's index for the words, in no order. A word is letters and digits: nothing to quote."""
        *first, last = (f"'{place}{word[:WHOLE]}'" for word in self.words)
        begins = self.prefix and len(self.words[-1]) < WHOLE
        return f"({' & '.join([*first, f'{last}:*' if begins else last])})"

    @property
    def needs_a_look(self) -> bool:
        """Whether the index alone cannot tell on PostgreSQL."""
        return len(self.words) > 1 or any(len(word) >= WHOLE for word in self.words)

    def stands_in(self, texts: str) -> ColumnElement[bool]:
        """Whether the words stand so in these texts of PostgreSQL's index."""
        wanted = f" {' '.join(self.words)}{'' if self.prefix else ' '}"
        return func.strpos(literal_column(f"ticket_search.{texts}"), wanted) > 0


def has(ticket_id: ColumnElement[int], phrases: Sequence[Phrase], joiner: str, with_notes: bool) -> ByEngine:
    """Whether a ticket has all (`AND`) or any (`OR`) of these phrases, in what may be read of it."""
    expression = f" {joiner} ".join(phrase.for_fts5 for phrase in phrases)
    if not with_notes:
        readable = " ".join(name for name in COLUMNS if name != "notes")
        expression = f"{{{readable}}}: ({expression})"
    return ByEngine(
        sqlite=ticket_id.in_(select(INDEX.c.rowid).where(_fts5_matches(expression))),
        postgresql=ticket_id.in_(_in_lexemes(phrases, joiner, "pn" if with_notes else "p")),
    )


def in_title(words: Sequence[Phrase]) -> ByEngine:
    """Whether a row of `INDEX` has all of these in its title, each a single word."""
    return ByEngine(
        sqlite=_fts5_matches("title : (" + " AND ".join(word.for_fts5 for word in words) + ")"),
        postgresql=_lexemes_match(" & ".join(word.lexemes("t") for word in words)),
    )


def _fts5_matches(expression: str) -> ColumnElement[bool]:
    return literal_column("ticket_search").op("MATCH", is_comparison=True)(expression)


def _lexemes_match(question: str) -> ColumnElement[bool]:
    return _LEXEMES.op("@@", is_comparison=True)(cast(literal(question), _Question()))


def _in_lexemes(phrases: Sequence[Phrase], joiner: str, places: str) -> Any:
    """The tickets that the index finds, looked through where it cannot tell, and of those too large for it."""
    join, sign = (and_, " & ") if joiner == "AND" else (or_, " | ")
    texts = {"p": "shown", "n": "notes"}
    asked = sign.join(f"({' | '.join(phrase.lexemes(place) for place in places)})" for phrase in phrases)
    look = join(*(or_(*(phrase.stands_in(texts[place]) for place in places)) for phrase in phrases))
    found = select(INDEX.c.rowid).where(_lexemes_match(asked))
    if any(phrase.needs_a_look for phrase in phrases):
        found = found.where(look)
    return union_all(found, select(INDEX.c.rowid).where(_LEXEMES.is_(None), look))
