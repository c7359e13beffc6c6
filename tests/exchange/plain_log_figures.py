"""The figures of the help desk's log straight from its CSV file, by a plain script that uses nothing of the program.

The reading of the log is that of its map: a ticket begins in To Do with its first row; "Take in charge ticket" moves it
to Doing, "Resolve ticket" and the like to Done; "Wait" makes it wait until its next row. By itself it prints them:
`python -m tests.exchange.plain_log_figures FILE ZONE FIRST LAST`.
"""

from __future__ import annotations

import csv
import json
import statistics
import sys
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

DONE = {"Resolve ticket", "Closed", "VERIFIED", "RESOLVED", "INVALID", "DUPLICATE"}
AGES = {"< 1 day": (0, 0), "1-7 days": (1, 7), "8-30 days": (8, 30), "31-60 days": (31, 60), "> 60 days": (61, 10**9)}
FIRST_REPLY, RESOLUTION = timedelta(hours=8), timedelta(hours=40)
"""What is promised for tickets of normal priority, in business time."""


class Ticket:
    """What happened to one ticket: on which column and in which state it was from when on."""

    def __init__(self, at: datetime) -> None:
        self.created, self.agent = at, None
        self.columns = [(at, "To Do")]
        self.states = [(at, "running")]

    def happens(self, activity: str, who: str, at: datetime) -> None:
        column = self.columns[-1][1]
        if activity == "Take in charge ticket":
            self.agent, column = who, "Doing"
        elif activity in DONE:
            column = "Done"
        if column != self.columns[-1][1]:
            self.columns.append((at, column))
        state = "done" if column == "Done" else "waiting" if activity == "Wait" else "running"
        if self.states[-1][0] == at:  # what lasted for no time at all was not
            self.states.pop()
        if not self.states or self.states[-1][1] != state:
            self.states.append((at, state))

    @property
    def closed(self) -> datetime | None:
        at, column = self.columns[-1]
        return at if column == "Done" else None

    def stretches(self, state: str) -> list[tuple[datetime, datetime | None]]:
        ends = [*(at for at, _ in self.states[1:]), None]
        return [(at, end) for (at, what), end in zip(self.states, ends, strict=True) if what == state]

    def stays(self) -> list[tuple[str, datetime, datetime | None]]:
        ends = [*(at for at, _ in self.columns[1:]), None]
        return [(column, at, end) for (at, column), end in zip(self.columns, ends, strict=True)]


def read(path: Path) -> list[Ticket]:
    """The tickets of the log, its rows in the order of their moments; a row that is there once more counts once."""
    with path.open(encoding="utf-8", newline="") as file:
        wanted = ("case:concept:name", "Activity", "time:timestamp", "Resource")
        rows = list(dict.fromkeys(tuple(row[name] for name in wanted) for row in csv.DictReader(file)))
    rows.sort(key=lambda row: datetime.fromisoformat(row[2]))
    tickets: dict[str, Ticket] = {}
    for case, activity, moment, who in rows:
        at = datetime.fromisoformat(moment)
        tickets.setdefault(case, Ticket(at)).happens(activity, who, at)
    return list(tickets.values())


def business(start: datetime, end: datetime, zone: ZoneInfo) -> timedelta:
    """Monday to Friday from 8 to 18 by the clock of a zone, day by day."""
    found, day = timedelta(), start.astimezone(zone).date()
    while day <= end.astimezone(zone).date():
        if day.weekday() < 5:
            opens, closes = (datetime.combine(day, time(hour), zone).astimezone(UTC) for hour in (8, 18))
            found += max(timedelta(), min(end, closes) - max(start, opens))
        day += timedelta(days=1)
    return found


def figures(tickets: list[Ticket], first: date, last: date, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    """The figures of the days from `first` to `last`, both included, with the fields of `report --json`."""
    start = datetime.combine(first, time(), zone).astimezone(UTC)
    end = min(datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC), now)
    start = min(start, now)
    closed = [ticket for ticket in tickets if ticket.closed is not None and start <= ticket.closed < end]
    return {
        "resolution": spread([resolution(ticket, zone) for ticket in closed]),
        "sla_kept": kept(closed, zone),
        "reopen": reopened(tickets, start, end),
        "backlog": backlog(tickets, end),
        "lead_time": spread([ticket.closed - ticket.created for ticket in closed if ticket.closed]),
        "cycle_time": spread([taken for ticket in closed if (taken := cycle(ticket)) is not None]),
        "time_in_column": in_columns(tickets, start, end),
        "throughput": {
            "count": len(closed),
            "by agent": dict(Counter(ticket.agent for ticket in closed)),
            "days": by_day([ticket.closed for ticket in closed if ticket.closed], zone),
        },
        "flow": flow(tickets, start, end, zone),
    }


def spread(amounts: list[timedelta]) -> dict[str, Any]:
    seconds = [amount.total_seconds() for amount in amounts]
    if not seconds:
        return {"count": 0, "median_seconds": None, "p90_seconds": None}
    tenths = statistics.quantiles(seconds, n=10, method="inclusive") if len(seconds) > 1 else seconds * 9
    return {"count": len(seconds), "median_seconds": statistics.median(seconds), "p90_seconds": tenths[8]}


def resolution(ticket: Ticket, zone: ZoneInfo) -> timedelta:
    assert ticket.closed is not None
    waited = sum((business(at, to or ticket.closed, zone) for at, to in ticket.stretches("waiting")), timedelta())
    return business(ticket.created, ticket.closed, zone) - waited


def kept(closed: list[Ticket], zone: ZoneInfo) -> dict[str, Any]:
    """Nobody replied, so the clock of the first reply ran as long as that of the resolution."""
    used = [
        sum((business(at, to, zone) for at, to in ticket.stretches("running") if to), timedelta()) for ticket in closed
    ]
    first, last = (sum(each <= target for each in used) for target in (FIRST_REPLY, RESOLUTION))
    return {"count": len(used), "part": first, "first_reply": first, "resolution": last}


def cycle(ticket: Ticket) -> timedelta | None:
    begun = [at for at, column in ticket.columns if column == "Doing"]
    return ticket.closed - begun[0] if begun and ticket.closed else None


def reopened(tickets: list[Ticket], start: datetime, end: datetime) -> dict[str, Any]:
    came = [[to for at, to in ticket.stretches("done") if start <= at < end] for ticket in tickets]
    return {"count": sum(bool(each) for each in came), "part": sum(any(each) for each in came)}


def backlog(tickets: list[Ticket], end: datetime) -> dict[str, Any]:
    there = [
        ticket
        for ticket in tickets
        if ticket.created < end
        and not any(at < end and (to is None or end <= to) for at, to in ticket.stretches("done"))
    ]
    days = [(end - ticket.created).days for ticket in there]
    ages = {name: sum(least <= day <= most for day in days) for name, (least, most) in AGES.items()}
    return {"count": len(there), "ages": ages}


def in_columns(tickets: list[Ticket], start: datetime, end: datetime) -> dict[str, Any]:
    found: dict[str, list[timedelta]] = {}
    for ticket in tickets:
        sums: dict[str, timedelta] = {}
        for column, at, to in ticket.stays():
            if to is not None and start <= to < end:
                sums[column] = sums.get(column, timedelta()) + (to - at)
        for column, amount in sums.items():
            found.setdefault(column, []).append(amount)
    return {
        column: {**spread(amounts), "total_seconds": sum(amounts, timedelta()).total_seconds()}
        for column, amounts in found.items()
    }


def flow(tickets: list[Ticket], start: datetime, end: datetime, zone: ZoneInfo) -> dict[str, Any]:
    done = [stretch for ticket in tickets for stretch in ticket.stretches("done")]
    moments = {
        "created": [ticket.created for ticket in tickets],
        "closed": [at for at, _ in done],
        "reopened": [to for _, to in done if to is not None],
    }
    there = Counter(
        column
        for t in tickets
        for column, at, to in t.stays()
        if at < end and (to is None or end <= to) and start < end
    )
    return {
        **{name: by_day([at for at in those if start <= at < end], zone) for name, those in moments.items()},
        "columns": dict(there),
    }


def by_day(moments: list[datetime], zone: ZoneInfo) -> dict[str, int]:
    return dict(Counter(at.astimezone(zone).date().isoformat() for at in moments))


if __name__ == "__main__":
    where, named, *days = sys.argv[1:]
    asked = (date.fromisoformat(day) for day in days)
    sys.stdout.write(
        json.dumps(figures(read(Path(where)), *asked, ZoneInfo(named), datetime.now(UTC)), indent=2) + "\n"
    )
