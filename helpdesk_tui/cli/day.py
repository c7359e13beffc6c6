"""`helpdesk day`."""

from __future__ import annotations

from helpdesk_tui.cli import shapes, table
from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.cards import priority
from helpdesk_tui.cli.render import BOLD, DIM, RED, YELLOW
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.desk import day
from helpdesk_tui.domain.day import Day, Entry, Group, Part, Why
from helpdesk_tui.language.dates import said

ROOMY = 110
"""Columns of a terminal from which on there is room for more than one reason."""

_LOOKS = {Part.WAITING: (BOLD,), Part.LATE: (RED,), Part.AT_RISK: (YELLOW,)}


def run(call: Call) -> int:
    """List what wants the caller now, or take the next best ticket."""
    call.expect(0, 0)
    if call.has("--take"):
        number, outcome = day.take_next(call.desk)
        if call.has("--json"):
            call.out.json({"number": number})
        return call.report(outcome)
    found = day.read(call.desk)
    if call.has("--json"):
        call.out.json_list(_shape(entry, group, found) for group in found.groups for entry in group.entries)
    elif not found.groups:
        call.say("Nothing waits for you, and nothing is left to take.")
    else:
        table.write(call.out, _columns(call.out.width), _rows(call, found))
        for group in found.groups:
            if group.total > len(group.entries) and group.part is not Part.NEXT:
                call.say(f"Only {len(group.entries)} of {group.total:,} are shown that are {group.part.value}.")
    return DONE if found.groups else NOTHING


def _columns(width: int | None) -> tuple[Column, ...]:
    why = Column("why", widest=28 if width is not None and width < ROOMY else 50)
    return (Column("", widest=15), Column("#", right=True), Column("priority", keep=3), why, Column("title"))


def _rows(call: Call, found: Day) -> list[tuple[Cell, ...]]:
    return [
        _row(call, entry, group, found, first=at == 0)
        for group in found.groups
        for at, entry in enumerate(group.entries)
    ]


def _row(call: Call, entry: Entry, group: Group, found: Day, *, first: bool) -> tuple[Cell, ...]:
    looks = _LOOKS.get(group.part, ())
    return (
        Cell(group.part.value if first else "", looks),
        Cell(str(entry.card.number), (BOLD,)),
        priority(entry.card.priority),
        Cell(" · ".join(_words(call, entry, found)), looks or (DIM,)),
        Cell(entry.card.title),
    )


def _words(call: Call, entry: Entry, found: Day) -> list[str]:
    # The priority has a column of its own.
    told = (reason for reason in entry.reasons if reason.why is not Why.PRIORITY)
    return [reason.words(lambda moment: said(moment, found.now, call.desk.zone)) for reason in told]


def _shape(entry: Entry, group: Group, found: Day) -> shapes.Shape:
    """An entry of `day --json`: the ticket as `list --json` has it, the `part` of the day, and why it is there.

    Each of `reasons` has a `why`, and where that belongs to it who did it and when: `at` and `who`, else null.
    """
    reasons = [
        {"why": one.why.value, "at": shapes.moment(one.at), "who": one.who or None}
        for one in entry.reasons
        if one.why is not Why.PRIORITY  # which the ticket says itself
    ]
    return {"part": group.part.value, "reasons": reasons, **shapes.card(entry.card, found.now)}
