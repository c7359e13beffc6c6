"""What is promised on the demo desk: to one organization more than to others, so that clocks stand in every state."""

from __future__ import annotations

from typing import Any

from helpdesk_tui.clock import zone_name
from helpdesk_tui.domain.business_time import DAY
from helpdesk_tui.domain.ticket import Priority
from helpdesk_tui.domain.words import fold
from helpdesk_tui.exchange.demo_texts import read_data
from helpdesk_tui.store import bulk, records

ALWAYS = "Around the clock"
"""The calendar of what is promised day and night."""


def add(rows: bulk.Bulk) -> None:
    """Promise it before all else, each unless there is a policy of that name; without any calendar nothing is."""
    known = [row for row in bulk.all_records(rows.unit, "policy") if not row["removed"]]
    calendars = {row["folded"]: row["id"] for row in bulk.all_records(rows.unit, "calendar") if not row["removed"]}
    names = {row["folded"] for row in known}
    wanted = [one for one in read_data("more.toml")["promise"] if fold(one["name"]) not in names]
    if not wanted or not calendars:
        return
    standard = next(iter(calendars.values()))
    for row in known:
        records.write(rows.unit, "policy", row["id"], {"position": row["position"] + len(wanted)})
    for position, one in enumerate(wanted):
        calendar = _always(rows, calendars) if one.get("always", False) else standard
        rows.add(
            "policy",
            name=one["name"],
            folded=fold(one["name"]),
            query=one["query"],
            calendar_id=calendar,
            targets={str(int(Priority[word.upper()])): _pair(pair) for word, pair in one["targets"].items()},
            position=position,
        )


def _always(rows: bulk.Bulk, calendars: dict[str, Any]) -> int:
    if fold(ALWAYS) not in calendars:
        calendars[fold(ALWAYS)] = rows.add(
            "calendar", name=ALWAYS, folded=fold(ALWAYS), zone=zone_name(), week=[[[0, DAY]]] * 7
        )
    return int(calendars[fold(ALWAYS)])


def _pair(minutes: list[int]) -> list[int | None]:
    return [each or None for each in minutes]
