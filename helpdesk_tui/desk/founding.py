"""What a new desk begins with."""

from __future__ import annotations

from helpdesk_tui.desk import applying, structure
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.tickets import NewTicket, insert
from helpdesk_tui.desk.work import Work
from helpdesk_tui.store.unit_of_work import Unit

FIRST_BOARD = "IT Support"
EXAMPLE_TITLE = "Welcome: this is a ticket. Press enter to open it"
EXAMPLE_TEXT = """\
Everything here is done from the keyboard. Four keys are enough to begin:

  n       a new ticket
  H  L    move the card under the cursor to the column beside it
  /       find: type a word, or is:late, assignee:me, label:vpn
  ?       all keys of the screen you are on

u takes back whatever you did last, also tomorrow. Nothing is ever lost.

When you have read this, press esc to go back and D to call this ticket done.
`helpdesk demo` in a shell shows a lively desk to play with.
"""
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
