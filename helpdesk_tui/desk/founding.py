"""What a new desk begins with."""

from __future__ import annotations

from helpdesk_tui.desk import applying, structure
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.tickets import NewTicket, insert
from helpdesk_tui.desk.work import Work
from helpdesk_tui.store.unit_of_work import Unit

FIRST_BOARD = "IT Support"
EXAMPLE_TITLE = "Welcome! Enter opens this ticket"
EXAMPLE_TEXT = """\
Four keys are enough to begin:

  n      a new ticket
  H  L   move the card one column
  /      find: a word, is:late, label:vpn
  ?      every other key of a screen

u takes back whatever you did last, also tomorrow. Nothing is ever lost.

In the ticket, esc goes back. On the board, v shows or hides the ticket under the cursor, as it does now.
When you have read this, press D: the ticket is done.

`helpdesk demo` in a shell shows a lively desk to play with.
"""
"""Its beginning stands beside a board of 120 columns, and below one of 80, at the first start."""
EXAMPLE_STEPS = ("Open this ticket", "Move it to Doing with L", "Take that back with u", "Make your own with n")


def found(desk: Desk, unit: Unit, *, example: bool) -> None:
    """Make the first board, and the ticket that explains itself. Not an undo step: there is nothing before it."""
    work = Work(desk, unit)
    structure.insert_board(work, FIRST_BOARD)
    work.forget_boards()
    if example:
        number = insert(work, NewTicket(EXAMPLE_TITLE, EXAMPLE_TEXT, source="welcome"))
        for step in EXAMPLE_STEPS:
            applying.add_step(work, number, step)
    work.record("desk founded", kind="found")
