"""Service levels through the gate: holidays and time zones are of the program, and are read behind the seal."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gate.house import Doorman, House

TRIED = """
import json, sys
from pathlib import Path
from helpdesk_tui.errors import UsageError
from helpdesk_tui.gate.seal import seal
folder = Path(sys.argv[1])
seal(folder / "desk.db", folder / "state", folder / "helpdesk.log")
from helpdesk_tui.desk import public_days
from helpdesk_tui.domain.calendar import checked_zone
told = {"days": len(public_days.days("DE", "BY")), "zone": checked_zone("asia/kathmandu")}
for wrong in ("../../etc/passwd", "/etc/passwd", "tallinn"):
    try:
        checked_zone(wrong)
    except UsageError as error:
        told[wrong] = str(error)
print(json.dumps(told))
"""


def test_holidays_and_zones_are_known_behind_the_seal(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", TRIED, str(tmp_path)], capture_output=True, text=True, check=True)
    told = json.loads(ran.stdout)
    assert told["days"] > 700
    assert told["zone"] == "Asia/Kathmandu"
    assert "Did you mean Europe/Tallinn?" in told["tallinn"]
    assert "no time zone" in told["../../etc/passwd"]
    assert "no time zone" in told["/etc/passwd"]


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("policy", "every ticket"),
        ("policy show Standard", "critical"),
        ("calendar", "Mon-Fri 8:00-18:00"),
        ("calendar show Standard", "closed"),
        ("calendar countries DE", "Bayern"),
    ],
)
def test_the_team_looks_at_them(house: House, doorman: Doorman, command: str, shown: str) -> None:
    answer = doorman.call(command)
    assert answer.code == 0, answer.text
    assert shown in answer.text
    house.assert_untouched(answer)


@pytest.mark.parametrize("command", ["policy remove Standard", "calendar change Standard --zone UTC"])
def test_what_is_for_admins_is_refused(house: House, doorman: Doorman, command: str) -> None:
    answer = doorman.call(command)
    assert answer.code == 3
    house.assert_untouched(answer)
