"""Figures of a large desk with a long past: `python -m tests.bench.figures DESK FOLDER` prints seconds as JSON.

The desk is copied, its tickets go through the columns, and events are added until there are ten for each ticket.
"""

from __future__ import annotations

import gc
import json
import shutil
import sqlite3
import sys
import time
from pathlib import Path

from helpdesk_tui import bootstrap, config
from helpdesk_tui.desk import figures
from helpdesk_tui.domain.figures import Dimension

PERIODS = ("90d", "all", "30d", "this year", "last month", "7d", "365d", "all", "90d")
EVENTS = 10

_TOOK = "(1 + ticket.id * 7919 % 900000000)"
"""Milliseconds that a ticket takes to be begun, and as many to be done: up to ten days each."""

_COLUMNS = {name: f"(SELECT min(id) FROM board_column WHERE category = '{name}')" for name in ("todo", "doing", "done")}


def worn(desk: Path, copy: Path) -> tuple[int, int]:
    """Make the copy; how many tickets and events it has."""
    shutil.copy(desk, copy)
    with sqlite3.connect(copy) as base:
        there = base.execute("SELECT count(*) FROM ticket").fetchone()[0]
        events = base.execute("SELECT count(*) FROM event").fetchone()[0]
        for _ in range(max(0, EVENTS - events // there)):
            base.execute(
                "INSERT INTO event (change_set_id, actor_id, ticket_id, entity, entity_id, kind, at, delta, detail) "
                "SELECT (SELECT max(id) FROM change_set), 1, id, 'ticket', id, 'changed', created_at, '{}', '{}' FROM ticket"
            )
        goes = f"ticket.id % 10 < 7 AND created_at + 2 * {_TOOK} < (SELECT max(created_at) FROM ticket)"
        ended = f"created_at + {_TOOK}"
        done = f"created_at + 2 * {_TOOK}"
        base.execute("DELETE FROM stay")
        for place, (column, since, until) in enumerate(
            (("todo", "created_at", ended), ("doing", ended, done), ("done", done, "NULL"))
        ):
            base.execute(
                f"INSERT INTO stay SELECT ticket.id, {place}, {_COLUMNS[column]}, {since}, {until} FROM ticket WHERE {goes}"
            )
        base.execute(
            f"INSERT INTO stay SELECT id, 0, {_COLUMNS['todo']}, created_at, NULL FROM ticket WHERE NOT ({goes})"
        )
        base.execute(f"UPDATE ticket SET closed_at = {done}, column_id = {_COLUMNS['done']} WHERE {goes}")
        base.execute(
            f"UPDATE ticket_service SET resolution_used = {_TOOK.replace('ticket.id', 'ticket_id')}, "
            f"first_reply_used = {_TOOK.replace('ticket.id', 'ticket_id')} / 3, resolution_missed = ticket_id % 3 = 0, "
            "first_reply_missed = ticket_id % 4 = 0, first_reply_at = "
            "(SELECT created_at + 60000 FROM ticket WHERE id = ticket_id), doing_at = "
            f"(SELECT {ended} FROM ticket WHERE id = ticket_id AND {goes})"
        )
        return there, base.execute("SELECT count(*) FROM event").fetchone()[0]


def measured(copy: Path) -> dict[str, object]:
    """Seconds to the first figures, to those of another period, and to tell tickets apart by one thing."""
    desk = bootstrap.open_desk(config.load(str(copy)))
    figures.facts(desk, "title:nothing")  # what is loaded with the first question
    gc.freeze()
    start = time.perf_counter()
    facts = figures.facts(desk)
    figures.figures(facts, figures.period(facts))
    first = time.perf_counter() - start
    taken = []
    for named in PERIODS:
        start = time.perf_counter()
        figures.figures(facts, figures.period(facts, named))
        taken.append(time.perf_counter() - start)
    apart = []
    for by in Dimension:
        start = time.perf_counter()
        figures.groups(facts, figures.period(facts, "all"), by)
        apart.append(time.perf_counter() - start)
    desk.close()
    return {"first": first, "change": max(taken), "group": max(apart)}


def main() -> int:
    desk, folder = map(Path, sys.argv[1:])
    copy = folder / "figures.db"
    tickets, events = worn(desk, copy)
    print(json.dumps({"tickets": tickets, "events": events, **measured(copy)}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
