"""Calendars and policies as the clocks read them, whatever may stand there, and which policy serves a ticket."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from helpdesk_tui.desk import policies, service_levels, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.service_level import Targets
from helpdesk_tui.domain.ticket import Priority
from helpdesk_tui.store import calendars, serving
from tests.builders import a_person, a_ticket, an_organization, later

WEEK = [[[480, 1080]]] * 5 + [[], []]
ONLY_NORMAL = {Priority.NORMAL: Targets(60, 120)}


def write(desk: Desk, sql: str, **values: Any) -> None:
    with desk.store.writing() as unit:
        unit.run(text(sql), values or None)
        unit.commit()


def known(desk: Desk) -> dict[int, Any]:
    with desk.store.reading() as unit:
        return {found: time.hours for found, time in calendars.calendars(unit).items()}


def serves(desk: Desk, *numbers: int) -> list[str | None]:
    with desk.store.reading() as unit:
        found = serving.served(unit, numbers)
    return [found[number].name if number in found else None for number in numbers]


def a_policy(desk: Desk, name: str, query: str) -> None:
    policies.add(desk, policies.Terms(name, query, 1, ONLY_NORMAL))


def test_a_new_desk_has_a_calendar_and_a_policy(desk: Desk) -> None:
    assert [tuple(map(bool, hours.week)) for hours in known(desk).values()] == [(True,) * 5 + (False,) * 2]
    with desk.store.reading() as unit:
        (standard,) = calendars.policies(unit)
    assert standard.targets[Priority.CRITICAL] == Targets(60, 480)
    assert set(standard.targets) == set(Priority)


def test_holidays_are_both_the_public_and_its_own_days(desk: Desk) -> None:
    write(desk, "UPDATE calendar SET public_days = '2026-12-24 2026-12-25', own_days = '2026-12-28'")
    assert known(desk)[1].holidays == {date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 28)}


@pytest.mark.parametrize(
    ("field", "odd"),
    [
        ("zone", "Nowhere/Else"),
        ("zone", ""),
        ("zone", "/etc/passwd"),
        ("week", json.dumps([[]] * 7)),
        ("week", json.dumps(WEEK[:6])),
        ("week", json.dumps([[[480, 480]], *WEEK[1:]])),
        ("week", json.dumps([[[480, 600], [540, 700]], *WEEK[1:]])),
        ("week", json.dumps([[[-1, 600]], *WEEK[1:]])),
        ("week", json.dumps({"mon": 1})),
        ("week", "7"),
        ("public_days", "2026-02-30"),
        ("own_days", "Christmas"),
    ],
)
def test_a_calendar_that_makes_no_sense_is_none_and_stops_nothing(desk: Desk, field: str, odd: str) -> None:
    number = a_ticket(desk)
    write(desk, f"UPDATE calendar SET {field} = :odd", odd=odd)
    assert known(desk) == {}
    tickets.change_text(desk, [number], "priority:high")
    assert tickets.open_ticket(desk, number).card.sla_due is None


@pytest.mark.parametrize(
    ("stored", "promised"),
    [
        ({"2": [60, None]}, Targets(60, None)),
        ({"2": [0, 60]}, Targets(None, 60)),
        ({"2": ["60", 60]}, Targets(None, 60)),
        ({"2": [-5, 60]}, Targets(None, 60)),
        ({"2": [60]}, None),
        ({"2": 60}, None),
        ({"7": [1, 2]}, None),
        ({}, None),
        ([], None),
        (7, None),
    ],
)
def test_targets_that_make_no_sense_promise_nothing(stored: Any, promised: Targets | None) -> None:
    assert calendars.targets_of(stored).get(Priority.NORMAL) == promised


def test_policies_are_tried_in_their_order(desk: Desk) -> None:
    one, other, third = (a_ticket(desk, change=change) for change in ("+vpn +mail", "+mail", ""))
    a_policy(desk, "VPN", "label:vpn")
    a_policy(desk, "Mail", "label:mail")
    assert serves(desk, one, other, third) == ["VPN", "Mail", "Standard"]
    policies.move(desk, policies.find(desk, "Mail").policy.id, -1)
    assert serves(desk, one, other, third) == ["Mail", "Mail", "Standard"]


def test_without_one_for_all_some_tickets_are_served_by_none(desk: Desk) -> None:
    one, other = a_ticket(desk, change="+vpn"), a_ticket(desk)
    a_policy(desk, "VPN", "label:vpn")
    policies.remove(desk, 1)
    assert serves(desk, one, other) == ["VPN", None]


def test_whoever_looks_the_same_policy_serves(desk: Desk) -> None:
    acme = an_organization(desk, "Acme")
    kai = a_person(desk, "Kai Kask", role=Role.REQUESTER, login="kai", organization=acme)
    number = a_ticket(desk, requester_id=kai)
    a_policy(desk, "Gold", "org:Acme kind:incident or org:Acme -kind:incident")
    assert serves(desk, number) == ["Gold"]
    later(desk, days=4000)
    assert serves(desk, number) == ["Gold"]


def test_archived_and_closed_tickets_are_served_as_others_are(desk: Desk) -> None:
    number = a_ticket(desk, change="+vpn")
    a_policy(desk, "VPN", "label:vpn")
    tickets.change_text(desk, [number], "to:done archive")
    assert serves(desk, number) == ["VPN"]


def test_a_query_that_makes_no_sense_any_more_serves_nothing(desk: Desk) -> None:
    number = a_ticket(desk)
    a_policy(desk, "Odd", "created>=2020-01-01")
    assert serves(desk, number) == ["Odd"]
    for odd in ("label:gone", "(((", "no:such:thing", "x" * 5000 + ":"):
        write(desk, "UPDATE policy SET query = :odd WHERE name = 'Odd'", odd=odd)
        assert serves(desk, number) == ["Standard"]


def test_a_priority_without_targets_has_no_clocks(desk: Desk) -> None:
    a_policy(desk, "Only normal", "kind:incident")
    service_levels.catch_up(desk)
    normal, high = (a_ticket(desk, change=f"kind:incident priority:{word}") for word in ("normal", "high"))
    assert [tickets.open_ticket(desk, number).card.sla_due is None for number in (normal, high)] == [False, True]
