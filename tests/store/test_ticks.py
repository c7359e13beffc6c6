"""Many programs let time pass for one desk at once, each a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from helpdesk_tui.desk import rules, tickets
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.rules import Wording
from tests.builders import a_desk, a_person, a_ticket

PROGRAMS = 4


def test_programs_that_tick_at_once_do_nothing_twice(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    a_person(desk, "Whoever runs the tests", Role.AGENT, "tester", os.getuid())
    numbers = [a_ticket(desk, f"Ticket {n}") for n in range(30)]
    rules.add(desk, Wording("Once", "tick", "is:open", 'note:"Once"'))
    rules.add(desk, Wording("Hourly", "hourly", "", "report:daily"))
    command = [sys.executable, "-m", "helpdesk_tui", "--desk", str(tmp_path / "desk.db"), "tick"]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(PROGRAMS)]
    told = [one.communicate(timeout=120)[1] for one in running]
    assert [one.returncode for one in running] == [0] * PROGRAMS, told
    assert {len(tickets.open_ticket(desk, number).conversation) for number in numbers} == {1}
    reported = [entry for entry in rules.log(desk) if entry.rule == "Hourly"]
    assert len(reported) <= 1
    desk.close()
