"""What the fields of a new ticket offer while something is typed into them: what their pickers do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.ticket import Level
from helpdesk_tui.domain.words import fold
from helpdesk_tui.language.terms import AddLabel, SetField, Term
from helpdesk_tui.tui.fuzzy import best
from helpdesk_tui.tui.screens import pick_fields, pickers
from helpdesk_tui.tui.widgets.card import hue
from helpdesk_tui.tui.widgets.picker import Choice

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk

OFFERED = 50
"""Choices offered at once."""


def offers(desk: Desk, field: str, typed: str, board_id: int | None = None) -> tuple[Sequence[Choice], str]:
    """Runs beside the screen: what `typed` may become, as terms of a change, and what is wrong with it if nothing.

    Those are offered as assignees who work on that board, on any without one.
    """
    typed = " ".join(typed.split())
    new = desk.may(Act.CHOOSE_REQUESTER)
    match field:
        case "due":
            return pickers.due_choices(desk, typed)
        case "labels":
            return _labels(desk, typed), ""
        case "requester":
            known = pick_fields.people_known(desk, typed)
            what = pick_fields.RequesterPick.WHAT if new else ""
            return pick_fields.named_choices(field, typed, known, what), ""
        case "organization":
            known = pick_fields.organizations_known(desk, typed)
            what = pick_fields.OrganizationPick.WHAT if new else ""
            return pick_fields.named_choices(field, typed, known, what), ""
        case _:
            return best(typed, _all(desk, field, board_id), lambda one: f"{one.text} {one.note}"), ""


def _all(desk: Desk, field: str, board_id: int | None) -> list[Choice]:
    from helpdesk_tui.desk import people, settings

    match field:
        case "priority":
            return pickers.priority_choices()
        case "assignee":
            agents = people.agents(desk, board_id)
            return pickers.assignee_choices(agents, desk.actor.id, people.load(desk), people.absent(desk, agents))
        case "kind":
            return pick_fields.kind_choices(settings.settings(desk).kinds)
        case "language":
            return pick_fields.language_choices()
        case _:
            return [Choice(pickers.set_field(field, one), one.word) for one in sorted(Level, reverse=True)]


def _labels(desk: Desk, typed: str) -> list[Choice]:
    from helpdesk_tui.desk import labels

    found = labels.labels(desk, typed, OFFERED)
    choices = [Choice((AddLabel(label.name),), label.name, style=hue(label)) for label in found]
    if typed and fold(typed) not in {fold(label.name) for label in found}:
        choices.append(Choice((AddLabel(typed),), typed, "new label", "note"))
    return choices


def word_of(choice: Choice) -> str:
    """What stands in the field once that is chosen: "" where it is nothing, else words that mean it."""
    term: Term = choice.value[0]
    if isinstance(term, SetField):
        if not term.value:
            return ""
        if term.field == "language":
            return str(term.value)
    return choice.text.removesuffix(" (me)")


def begun(field: str, text: str) -> str:
    """The part of a field's text that is being typed: of labels, the last one."""
    return text[_last_label(text) :].strip().removeprefix("+") if field == "labels" else text


def with_choice(field: str, text: str, choice: Choice) -> str:
    """The field's text with that choice in the place of what is being typed; after a label comes the next."""
    if field != "labels":
        return word_of(choice)
    return "".join(f"{label}, " for label in (*labels_in(text[: _last_label(text)]), word_of(choice)))


def labels_in(text: str) -> list[str]:
    """Labels separated by commas, or else by blanks; a `+` in front is let pass."""
    parts = text.split(",") if "," in text else text.split()
    return [part.strip().removeprefix("+") for part in parts if part.strip().removeprefix("+")]


def _last_label(text: str) -> int:
    return text.rfind("," if "," in text else " ") + 1
