"""What a new desk begins with."""

from __future__ import annotations

from helpdesk_tui.desk import applying, structure
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.tickets import NewTicket, insert
from helpdesk_tui.desk.work import Work
from helpdesk_tui.domain.example import EXAMPLE_STEPS, EXAMPLE_TEXT, EXAMPLE_TITLE
from helpdesk_tui.domain.shipped_rules import FROM_THE_START
from helpdesk_tui.domain.words import fold
from helpdesk_tui.store.unit_of_work import Unit

FIRST_BOARD = "IT Support"


def found(desk: Desk, unit: Unit, *, example: bool) -> None:
    """Make the first board, and the ticket that explains itself. Not an undo step: there is nothing before it."""
    work = Work(desk, unit)
    structure.insert_board(work, FIRST_BOARD)
    work.forget_boards()
    if example:
        number = insert(work, NewTicket(EXAMPLE_TITLE, EXAMPLE_TEXT, source="welcome"))
        for step in EXAMPLE_STEPS:
            applying.add_step(work, number, step)
    for position, rule in enumerate(FROM_THE_START):
        row = {"name": rule.name, "folded": fold(rule.name), "moment": rule.when, "query": rule.query}
        since = {"active": True, "since": work.now, "position": position}
        work.make("rule", {**row, "change": rule.change, **since}, "rule", lasting=True, text=rule.name)
    work.record("desk founded", kind="found")
