"""The ticket that every desk begins with: it explains itself."""

from __future__ import annotations

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
