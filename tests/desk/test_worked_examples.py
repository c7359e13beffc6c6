"""Worked examples of service levels, as the practice has them: a calendar, a policy, what happened, and what is due.

All times are those of the calendar's zone. 1 December 2026 is a Tuesday.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from helpdesk_tui.clock import FixedClock
from helpdesk_tui.desk import calendars, conversation, merging, policies, service_levels, tickets, undo
from helpdesk_tui.desk.calendars import Hours
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.policies import Terms
from helpdesk_tui.domain.calendar import read_days, read_week
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.service_level import Promise, Promised
from helpdesk_tui.domain.targets import read_targets
from helpdesk_tui.domain.ticket import Priority
from tests.builders import a_desk, desk_of


@dataclass(frozen=True)
class Kept:
    """A calendar, and what a policy on it promises: by priority, normal alone where nothing is said."""

    hours: str = "mon-fri 9:00-17:00"
    zone: str = "Europe/Tallinn"
    country: str = ""
    closed: str = ""
    normal: str = "4h/16h"
    high: str = "1h/8h"


OFFICE = Kept()
ALWAYS = Kept(hours="daily 0-24", normal="2h/3h")

# Each step: when, and what happens. `due` is what each clock says at the end: when it is or was missed; "in time" or
# "late" behind it once it is over; how much is left where it stands still.
EXAMPLES = [
    pytest.param(OFFICE, ["12-01 10:00 new"], "12-01 14:00", "12-03 10:00", id="within opening hours"),
    pytest.param(OFFICE, ["12-04 20:00 new"], "12-07 13:00", "12-08 17:00", id="on a Friday night"),
    pytest.param(OFFICE, ["12-01 17:00 new"], "12-02 13:00", "12-03 17:00", id="as the door closes"),
    pytest.param(OFFICE, ["12-01 09:00 new", "12-01 09:30 priority:high"], "12-01 10:00", "12-01 17:00",
                 id="to the very end of the day"),
    pytest.param(OFFICE, ["12-04 20:00 new", "12-05 12:00 reply"], "in time", "12-08 17:00",
                 id="answered outside the hours"),
    pytest.param(OFFICE, ["12-01 10:00 new", "12-01 14:00 reply"], "in time", "12-03 10:00",
                 id="answered at the last moment"),
    pytest.param(OFFICE, ["12-01 10:00 new", "12-01 14:01 reply"], "12-01 14:00 late", "12-03 10:00",
                 id="answered a minute late"),
    pytest.param(OFFICE, ["12-01 10:00 new", "12-01 11:00 note", "12-01 11:30 asks"], "12-01 14:00", "12-03 10:00",
                 id="a note and the requester's own words answer nobody"),
    pytest.param(OFFICE, ["12-04 10:00 new", "12-04 16:00 waiting", "12-07 11:00 asks"], "12-04 14:00", "12-08 13:00",
                 id="a pause over a weekend"),
    pytest.param(OFFICE, ["12-01 10:00 new", "12-01 11:00 waiting"], "3h left", "15h left",
                 id="waiting for the requester"),
    pytest.param(
        OFFICE,
        ["12-01 10:00 new", "12-01 11:00 waiting", "12-01 12:00 asks", "12-01 13:00 waiting", "12-02 13:00 asks"],
        "12-02 15:00", "12-04 11:00", id="waiting twice",
    ),
    pytest.param(OFFICE, ["12-04 20:00 new", "12-05 10:00 waiting", "12-06 10:00 asks"], "12-07 13:00", "12-08 17:00",
                 id="a pause within a weekend costs nothing"),
    pytest.param(OFFICE, ["12-01 10:00 new", "12-01 12:00 to:done", "12-03 09:00 reopen"], "12-03 11:00", "12-04 15:00",
                 id="opened again"),
    pytest.param(OFFICE, ["12-01 10:00 new", "12-03 12:00 to:done"], "12-01 14:00 late", "12-03 10:00 late",
                 id="done too late, without an answer"),
    pytest.param(OFFICE, ["12-04 16:00 new", "12-05 12:00 to:done"], "in time", "in time", id="done on a Saturday"),
    pytest.param(OFFICE, ["12-01 10:00 new", "12-01 12:00 to:done", "12-02 10:00 undo"], "12-01 14:00", "12-03 10:00",
                 id="a close that was undone had never been"),
    pytest.param(OFFICE, ["12-01 10:00 new", "12-01 11:00 waiting", "12-02 11:00 undo"], "12-01 14:00", "12-03 10:00",
                 id="a pause that was undone had never been"),
    pytest.param(OFFICE, ["12-01 10:00 new", "12-01 15:00 priority:high"], "12-01 11:00", "12-02 10:00",
                 id="priority raised in the middle"),
    pytest.param(OFFICE, ["12-01 10:00 new", "12-01 15:00 priority:high", "12-01 16:00 priority:normal"],
                 "12-01 14:00", "12-03 10:00", id="priority raised and lowered"),
    pytest.param(OFFICE, ["12-01 10:00 new", "12-01 12:00 priority:low"], "none", "none",
                 id="a priority for which nothing is promised"),
    pytest.param(OFFICE, ["12-01 10:00 new", "12-02 10:00 policy 2h/4h"], "12-01 12:00", "12-01 14:00",
                 id="policy changed"),
    pytest.param(OFFICE, ["12-01 10:00 new", "12-02 10:00 policy none/8h"], "none", "12-02 10:00",
                 id="a promise dropped"),
    pytest.param(OFFICE, ["12-01 10:00 new", "12-02 10:00 hours mon-fri 10:00-12:00"], "12-02 12:00", "12-10 12:00",
                 id="opening hours changed"),
    pytest.param(OFFICE, ["12-01 10:00 new", "12-01 10:30 gold", "12-01 11:00 +gold"], "12-01 11:00", "12-01 12:00",
                 id="another policy serves it from its beginning"),
    pytest.param(OFFICE, ["12-01 10:00 new", "12-01 10:30 gold", "12-01 11:00 +gold", "12-01 12:00 -gold"],
                 "12-01 14:00", "12-03 10:00", id="and then no longer"),
    pytest.param(OFFICE, ["12-01 10:00 new", "12-01 12:00 other", "12-01 13:00 merge"], "12-01 14:00", "12-03 10:00",
                 id="another ticket merged into it"),
    pytest.param(OFFICE, ["12-01 10:00 new", "12-01 12:00 other", "12-01 12:30 answered", "12-01 15:00 merge"],
                 "in time", "12-03 10:00", id="a ticket merged into it brings the answer it had"),
    pytest.param(Kept(country="EE"), ["12-23 16:00 new"], "12-28 12:00", "12-29 16:00", id="a holiday in Estonia"),
    pytest.param(Kept(zone="Europe/Berlin", country="DE"), ["12-23 16:00 new"], "12-24 12:00", "12-28 16:00",
                 id="which is none in Germany"),
    pytest.param(Kept(closed="2026-12-02"), ["12-01 16:00 new"], "12-03 12:00", "12-04 16:00",
                 id="closed for a day of its own"),
    pytest.param(Kept(hours="mon-fri 8-12, 13-17"), ["12-01 11:00 new"], "12-01 16:00", "12-03 11:00",
                 id="a break at noon"),
    pytest.param(Kept(hours="daily 22:00-6:00"), ["12-01 12:00 new"], "12-02 02:00", "12-03 06:00",
                 id="night shifts, over midnight"),
    pytest.param(ALWAYS, ["2027-03-28 02:00 new"], "2027-03-28 05:00", "2027-03-28 06:00", id="an hour is skipped"),
    pytest.param(ALWAYS, ["2027-10-31 02:00 new"], "2027-10-31 03:00", "2027-10-31 04:00", id="an hour comes twice"),
    pytest.param(Kept(zone="Asia/Kathmandu"), ["12-01 09:45 new"], "12-01 13:45", "12-03 09:45",
                 id="three quarters of an hour off"),
    pytest.param(Kept(zone="Australia/Lord_Howe", hours="daily 0-24", normal="2h/3h"), ["2027-04-04 01:00 new"],
                 "2027-04-04 02:30", "2027-04-04 03:30", id="a clock set back by half an hour"),
]  # fmt: skip


@pytest.mark.parametrize(("kept", "steps", "first", "last"), EXAMPLES)
def test_example(tmp_path: Path, kept: Kept, steps: list[str], first: str, last: str) -> None:
    clock = FixedClock(datetime(2026, 11, 26, tzinfo=UTC))
    desk = a_desk(tmp_path, clock=clock)
    asker = desk_of(desk, Role.REQUESTER, name="Rita Rohtla")
    _promise(desk, kept)
    number = 0
    for step in steps:
        day, time, what = step.split(" ", 2)
        at = _moment(f"{day} {time}", kept.zone)
        clock.advance(at - clock.now())
        number = _do(desk, asker, number, what) or number
        service_levels.catch_up(desk)
    said = {one.promise: _said(one, kept.zone) for one in tickets.open_ticket(desk, number).promises.clocks}
    assert said.get(Promise.FIRST_REPLY, "none") == first
    assert said.get(Promise.RESOLUTION, "none") == last
    desk.close()


def _promise(desk: Desk, kept: Kept) -> None:
    """Have the Standard policy and its calendar be these."""
    week = read_week(kept.hours)
    calendars.change(
        desk,
        calendars.find(desk, "Standard").id,
        Hours(zone=kept.zone, week=week, country=kept.country, own_days=read_days(kept.closed)),
    )
    targets = {
        Priority.NORMAL: read_targets(kept.normal, week),
        Priority.HIGH: read_targets(kept.high, week),
        Priority.LOW: read_targets("none", week),
    }
    policies.change(desk, policies.find(desk, "Standard").policy.id, Terms(targets=targets))


def _do(desk: Desk, asker: Desk, number: int, what: str) -> int | None:
    """One step of a history; the number of a ticket that it is about from now on."""
    verb, _, rest = what.partition(" ")
    match verb:
        case "new":
            return tickets.create(asker, tickets.NewTicket("Printer is dead")).made
        case "other":
            tickets.create(asker, tickets.NewTicket("Printer again"))
        case "merge":
            merging.merge(desk, [number + 1], number)
        case "reply":
            conversation.reply(desk, number, "We are on it.")
        case "answered":
            conversation.reply(desk, number + 1, "Which one?")
        case "note":
            conversation.note(desk, number, "Toner?")
        case "asks":
            conversation.reply(asker, number, "Any news?")
        case "waiting":
            tickets.change_text(desk, [number], "status:waiting")
        case "undo":
            undo.undo(desk)
        case "policy":
            _policy(desk, rest)
        case "gold":
            tickets.change_text(desk, [number], "+gold")
            undo.undo(desk)
            week = read_week(OFFICE.hours)
            terms = Terms("Gold", "label:gold", 1, {Priority.NORMAL: read_targets("1h/2h", week)})
            policies.add(desk, terms)
        case "hours":
            calendars.change(desk, calendars.find(desk, "Standard").id, Hours(week=read_week(rest)))
        case _:
            tickets.change_text(desk, [number], what)
    return None


def _policy(desk: Desk, targets: str) -> None:
    found = policies.find(desk, "Standard")
    assert found.calendar is not None
    terms = Terms(targets={Priority.NORMAL: read_targets(targets, found.calendar.week)})
    policies.change(desk, found.policy.id, terms)


def _moment(text: str, zone: str) -> datetime:
    text = text if text.startswith("20") else f"2026-{text}"
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _said(one: Promised, zone: str) -> str:
    """A clock as the table has it."""
    over = "" if one.missed is None else " late"
    if one.missed is False:
        return "in time"
    if one.due is None:
        assert one.left is not None
        return f"{one.left.total_seconds() / 3600:g}h left"
    local = one.due.astimezone(ZoneInfo(zone))
    return f"{local:%m-%d %H:%M}{over}" if local.year == 2026 else f"{local:%Y-%m-%d %H:%M}{over}"
