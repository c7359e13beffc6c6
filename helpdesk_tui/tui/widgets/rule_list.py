"""Rules in rows, and what they would do or did to tickets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from rich.cells import cell_len

from helpdesk_tui.domain.rules import Acted, Rule, Would
from helpdesk_tui.domain.text import clean
from helpdesk_tui.tui.text import LONGEST, filled, shown
from helpdesk_tui.tui.widgets.lines import Piece, Pieces
from helpdesk_tui.tui.widgets.wrapping import fit

Moment = Callable[[datetime], str]
"""Puts a moment into a few cells."""

PLACE = 4
"""Cells of a rule's number in the order."""

NUMBER = 8
"""Cells of a ticket's number."""

WHEN = 16
"""Cells of what sets a rule off, and of when it did something."""

ROOMY, WIDE = 60, 96
"""Widths from which a row says all of that, and what the rule does as well."""


def rule_pieces(rule: Rule, place: int, width: int, moment: Moment) -> Pieces:
    """A rule: its place, whether it is on, its name, what sets it off, and what came of it."""
    style = "" if rule.active else "dim"
    lead: list[Piece] = [("dim", filled(f"{place}", PLACE)), ("good" if rule.active else "dim", _state(rule))]
    room = width - PLACE - len(_state(rule))
    if rule.problem:
        came: Piece = ("bad", "cannot act")
    elif rule.acted is not None:
        came = ("dim", f"acted {moment(rule.acted)}")
    else:
        came = ("dim", "")
    if width < ROOMY:
        tail = "cannot act" if rule.problem else clean(rule.when, limit=LONGEST)
        tail = fit(tail, room // 2)
        name = filled(shown(rule.name, room - cell_len(tail) - 1), room - cell_len(tail) - 1)
        return (*lead, (style, name), ("", " "), ("bad" if rule.problem else "accent", tail))
    left = room - 2 * (WHEN + 2)
    does = left * 3 // 5 if width >= WIDE else 0
    return (
        *lead,
        (style, filled(shown(rule.name, left - does - 2), left - does)),
        ("accent" if rule.active else "dim", filled(shown(rule.when, WHEN), WHEN + 2)),
        ("dim", filled(shown(_does(rule), does - 2), does) if does else ""),
        (came[0], fit(came[1], WHEN + 2)),
    )


def _does(rule: Rule) -> str:
    return f"{rule.query} → {rule.change}" if rule.query else rule.change


def _state(rule: Rule) -> str:
    return "on   " if rule.active else "off  "


def would_pieces(would: Would, width: int) -> Pieces:
    """What a rule would do to a ticket, or why it could not."""
    return _on_ticket(would.number, would.title, ("bad" if would.fails else "", would.does), width)


def acted_pieces(acted: Acted, width: int, moment: Moment, *, named: bool) -> Pieces:
    """What a rule did to a ticket, or could not do; `named`: which rule it was."""
    when = filled(moment(acted.at), WHEN - 4)
    said = f"{acted.rule}: {acted.words}" if named else acted.words
    rest = _on_ticket(acted.number, acted.title, ("bad" if acted.failed else "", said), width - len(when))
    return (("dim", when), *rest)


def _on_ticket(number: int | None, title: str, said: Piece, width: int) -> Pieces:
    """A ticket at the left, what happens to it at the right; without a ticket, that has the line."""
    if number is None:
        return ((said[0], shown(said[1], width)),)
    room = max(0, width - NUMBER)
    left = room * 2 // 5 if width >= ROOMY else room // 2
    return (
        ("strong", fit(filled(f"#{number}", NUMBER), width)),
        ("", filled(shown(title, left - 2), left) if left > 2 else ""),
        (said[0], shown(said[1], room - left)),
    )
