"""The labels of the desk."""

from __future__ import annotations

from msgspec import Struct

from helpdesk_tui.desk import applying, renaming
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.work import Work, working
from helpdesk_tui.domain import entry
from helpdesk_tui.domain.board import Label
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import Conflict, NotFound, UsageError
from helpdesk_tui.store import cards, directory, records
from helpdesk_tui.store.records import Stored

COLORS = ("red", "orange", "yellow", "green", "cyan", "blue", "purple", "pink", "gray")
"""The hues a label may have; each theme shows them in its own way."""


class LabelUse(Struct, frozen=True):
    """A label and how many tickets carry it."""

    label: Label
    tickets: int


def labels(desk: Desk, prefix: str = "", limit: int | None = None) -> tuple[Label, ...]:
    """Labels by name, those that begin so."""
    desk.require(Act.SEE_ALL_TICKETS)
    with desk.store.reading() as unit:
        return tuple(directory.labels(unit, prefix, limit))


def uses(desk: Desk) -> tuple[LabelUse, ...]:
    """Every label with the number of tickets that carry it."""
    desk.require(Act.SEE_ALL_TICKETS)
    with desk.store.reading() as unit:
        counts = directory.label_uses(unit, cards.visible(desk.actor))
        return tuple(LabelUse(label, counts.get(label.id, 0)) for label in directory.labels(unit))


def add(desk: Desk, name: str, color: str = "") -> Outcome:
    """Make a label, or bring a removed one back. Conflict if it is there already."""
    with working(desk, Act.MANAGE_LABELS) as work:
        row = directory.label_row(work.unit, entry.label(name))
        if row is not None and not row.removed:
            raise Conflict(f"There is a label {row.name!r} already.", "Names differ by more than case and accents.")
        label = applying.label_id(work, name)
        if color:
            _recolor(work, _existing(work, name), color)
        return work.commit(f"label {entry.label(name)} added", made=label)


def rename(desk: Desk, old: str, new: str) -> Outcome:
    """Call a label differently on all its tickets. Conflict if another label has that name."""
    with working(desk, Act.MANAGE_LABELS) as work:
        label = _existing(work, old)
        name = entry.label(new)
        other = directory.label_row(work.unit, name)
        if other is not None and other.id != label["id"]:
            raise Conflict(f"There is a label {other.name!r} already.", "Choose another name.")
        with renaming.followed(work, "label", label["id"], (label["name"], name)):
            work.alter("label", label, {"name": name, "folded": fold(name)}, "label")
        return work.commit(f"label {old} is now {name}")


def recolor(desk: Desk, name: str, color: str) -> Outcome:
    """Give a label one of `COLORS`, or none with an empty word."""
    with working(desk, Act.MANAGE_LABELS) as work:
        _recolor(work, _existing(work, name), color)
        return work.commit(f"label {name} is {color or 'without a colour'}")


def remove(desk: Desk, name: str) -> Outcome:
    """Offer a label no more and take it off all tickets; one undo step brings everything back."""
    with working(desk, Act.MANAGE_LABELS) as work:
        label = _existing(work, name)
        # Of every board: a label is the whole desk's. How many tickets of others carried it is theirs to know.
        carriers = work.tickets_of_all(directory.tickets_with_label(work.unit, label["id"]))
        for ticket in carriers:
            work.alter("ticket", ticket, {f"label:{label['id']}": False}, "labels")
        work.alter("label", label, {"removed": True}, "label")
        known = sum(work.sees(ticket["id"]) for ticket in carriers)
        left = renaming.still_named(work, "label", label["name"])
        return work.commit(f"label {label['name']} removed from {known} tickets", left)


def _recolor(work: Work, label: Stored, color: str) -> None:
    if color and color not in COLORS:
        raise UsageError(f"{color!r} is no label colour.", f"Known: {', '.join(COLORS)}.")
    work.alter("label", label, {"color": color}, "label")


def _existing(work: Work, name: str) -> Stored:
    row = directory.label_row(work.unit, name)
    label = records.fetch(work.unit, "label", row.id) if row is not None and not row.removed else None
    if label is None:
        raise NotFound(f"There is no label {name!r}.", "`helpdesk label list` shows them.")
    return label
