"""A minute with nothing to do: `python -m tests.bench.tick DESK`, one JSON object.

Thirty rules of passing time that find no ticket of the desk, asked again and again. The desk is copied first.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from helpdesk_tui import bootstrap
from helpdesk_tui.config import load
from helpdesk_tui.desk import automation, rules
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.rules import Wording

RULES, TICKS = 30, 15
QUERIES = (
    "is:open idle>900d priority:low",
    "sla:risk assignee:none idle>900d",
    "is:late priority:critical due<-900d",
    "is:open is:waiting idle>90bd age>900d",
    "is:done closed<1d idle>900d",
    "is:open age>900d priority<high",
    'is:open "nosuchword"',
    "is:due requester:none assignee:none idle>900d",
    "is:unassigned created<2000-01-01",
    "sla:late replied<2000-01-01",
)


def measured(desk: Desk) -> dict[str, float]:
    """Milliseconds, by the clock and of the processor: the first time, when all tickets are asked, and each after."""
    for at in range(RULES):
        query = f"{QUERIES[at % len(QUERIES)]} -#{at + 1}"
        rules.add(desk, Wording(f"Rule {at}", "tick", query, "priority:up", "1d" if at % 2 else ""))
    first = _tick(desk)[0]
    later = [_tick(desk) for _ in range(TICKS)]
    return {
        "first": first,
        "tick": statistics.median(wall for wall, _ in later),
        "tick_cpu": statistics.median(worked for _, worked in later),
    }


def _tick(desk: Desk) -> tuple[float, float]:
    began, worked = time.perf_counter(), time.process_time()
    assert automation.tick(desk) == automation.Ticked()
    return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        shutil.copy(sys.argv[1], path)
        path.chmod(0o600)
        desk = bootstrap.open_desk(load(str(path)))
        print(json.dumps(measured(desk)))
        desk.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
