"""Completion of both languages, and what a query says while it is typed, as data for the screens and the shells."""

from __future__ import annotations

from msgspec import Struct

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.errors import LanguageError
from helpdesk_tui.language.complete import Completion, complete
from helpdesk_tui.language.unfinished import Standing, standing, without_last_word, without_open_value


class Typed(Struct, frozen=True):
    """A query as it is being typed: what could stand at the cursor, and what is said so far.

    `instead` is what to ask if that finds nothing, because what it ends in may be the beginning of a field, a flag or
    a value.
    """

    offers: list[Completion]
    standing: Standing
    instead: str | None = None


def complete_query(desk: Desk, text: str, cursor: int) -> list[Completion]:
    """What could stand at the cursor of a query, as far as the acting person may know it."""
    return complete(text, cursor, desk.asking().lookup, "query")


def complete_change(desk: Desk, text: str, cursor: int) -> list[Completion]:
    """What could stand at the cursor of a change."""
    return complete(text, cursor, desk.asking().lookup, "change")


def typed_query(desk: Desk, text: str, cursor: int) -> Typed:
    """The query as far as it goes. What only lacks its end is no mistake while the cursor stands there."""
    offers = complete_query(desk, text, cursor)
    if cursor >= len(text):
        instead = (without_last_word(text) or without_open_value(text)) if offers else None
        return Typed(offers, standing(text, desk.ask, may_go_on=bool(offers)), instead)
    try:
        desk.ask(text)
    except LanguageError as error:
        return Typed(offers, Standing(None, error))
    return Typed(offers, Standing(text.strip()))


def complete_rule(desk: Desk, text: str, cursor: int) -> list[Completion]:
    """What fits at `cursor` in the change of a rule, best first."""
    return complete(text, cursor, desk.asking().lookup, "rule")
