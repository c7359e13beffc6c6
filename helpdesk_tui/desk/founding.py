"""Who is let in, and what a new desk begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC

from helpdesk_tui.clock import Clock
from helpdesk_tui.desk import applying, structure
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.tickets import NewTicket, insert
from helpdesk_tui.desk.work import Work
from helpdesk_tui.domain.people import Actor, Role
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import NotAllowed
from helpdesk_tui.store import directory, records
from helpdesk_tui.store.engine import Store
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


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the operating system: the numeric id is what counts, the rest is what it is called."""

    uid: int
    login: str
    name: str


def admit(store: Store, account: Account, clock: Clock, *, example: bool = True) -> Actor:
    """The person of that account on this desk: the first becomes its admin, strangers ask for help as requesters.

    NotAllowed if the person has been deactivated.
    """
    with store.reading() as unit:
        known = directory.actor_by_uid(unit, account.uid)
    if known is None:
        with store.writing() as unit:
            known = directory.actor_by_uid(unit, account.uid)
            if known is None:
                known = (_enrol(store, unit, account, clock, example), True)
                unit.commit()
    actor, active = known
    if not active:
        raise NotAllowed("Your account on this desk has been deactivated.", "Ask an admin of the desk.")
    return actor


def _enrol(store: Store, unit: Unit, account: Account, clock: Clock, example: bool) -> Actor:
    first = directory.nobody_yet(unit)
    role = Role.ADMIN if first else Role.REQUESTER
    login = account.login if not directory.login_taken(unit, account.login) else f"{account.login}-{account.uid}"
    person = records.add(
        unit,
        "person",
        {"uid": account.uid, "login": login, "name": account.name, "folded": fold(account.name), "role": role.value},
    )
    actor = Actor(person, login, account.name, role)
    if first and not directory.boards(unit):
        _found(Work(Desk(store, actor, clock, UTC, "welcome"), unit), example)
    return actor


def _found(work: Work, example: bool) -> None:
    """The first board, and the ticket that explains itself. Not an undo step: there is nothing before it."""
    structure.insert_board(work, FIRST_BOARD)
    work.forget_boards()
    if example:
        number = insert(work, NewTicket(EXAMPLE_TITLE, EXAMPLE_TEXT, source="welcome"))
        for step in EXAMPLE_STEPS:
            applying.add_step(work, number, step)
    work.record("desk founded", kind="found")
