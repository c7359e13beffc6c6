"""Rules: written and checked, set off by what happens and by time, and what becomes of them when they cannot act."""

from __future__ import annotations

import pytest

from helpdesk_tui.desk import automation, conversation, notices, rules, tickets, undo
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.rules import Wording
from helpdesk_tui.errors import Conflict, HelpdeskError, LanguageError, NotAllowed, NotFound, UsageError
from tests.builders import a_person, a_ticket, desk_of, later


def a_rule(desk: Desk, when: str, query: str, change: str, name: str = "Rule", every: str = "") -> int:
    made = rules.add(desk, Wording(name, when, query, change, every)).made
    assert made is not None
    return made


def history(desk: Desk, number: int) -> list[str]:
    return [f"{entry.who} {entry.what}" for entry in tickets.open_ticket(desk, number).history]


def found(desk: Desk, query: str) -> list[int]:
    return tickets.numbers(desk, desk.ask(query))


def test_a_rule_acts_right_after_what_set_it_off_and_the_history_names_it(desk: Desk) -> None:
    a_rule(desk, "created", "printer", "+hardware priority:high", "Printers")
    number = a_ticket(desk, "Printer is dead")
    assert found(desk, "label:hardware priority:high") == [number]
    assert history(desk, number)[0] == "rules +hardware, priority normal → high (by rule “Printers”)"
    other = a_ticket(desk, "Mail is slow")
    assert other not in found(desk, "label:hardware")
