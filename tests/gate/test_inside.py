"""What it is like inside the gate, for a verb that would do more than it should."""

from __future__ import annotations

import json
import os
import pwd
import signal
from typing import Any

import pytest

from helpdesk_tui.domain.ssh_keys import read_key
from tests.gate.house import Doorman, House, fill, key_of

TRIED = """
import socket, subprocess
def tried(call):
    import resource, signal
    became = {}
    for name, do in {
        "read": lambda: open("%SECRET%").read(),
        "write": lambda: open("%NEW%", "w"),
        "another desk": lambda: __import__("sqlite3").connect("%OTHER%"),
        "run": lambda: subprocess.run(["touch", "%NEW%"]),
        "shell": lambda: os.system("touch %NEW%"),
        "connect": lambda: socket.create_connection(("127.0.0.1", 22), 1),
        "stop": lambda: os.kill(os.getpid(), signal.SIGSTOP),
    }.items():
        try:
            became[name] = repr(do())
        except PermissionError as error:
            became[name] = "refused" if "closed by the gate" in str(error) else repr(error)
    blocked = [number.value for number in signal.pthread_sigmask(signal.SIG_BLOCK, ())]
    limit = resource.getrlimit(resource.RLIMIT_CORE)
    call.out.line(json.dumps({"became": became, "environment": dict(os.environ), "blocked": blocked, "core": limit}))
    return 0
from helpdesk_tui.cli import listing
listing.run = tried
"""

FAILS = """
def fails(call):
    raise RuntimeError("what nobody foresaw")
from helpdesk_tui.cli import listing
listing.run = fails
"""

REPORTS = """
def reports(call):
    from helpdesk_tui.desk import rule_reports
    call.out.line(rule_reports.as_file(call.desk).name)
    return 0
from helpdesk_tui.cli import listing
listing.run = reports
"""


@pytest.fixture(scope="module")
def inside(house: House, doorman: Doorman) -> dict[str, Any]:
    """What a verb that tries everything met with, called by somebody who brings a lot along."""
    answer = doorman.call(
        "list", first=fill(TRIED, house), HOME=str(house.outside), EDITOR="sh", HELPDESK_DEBUG="1",
        TEXTUAL_LOG=str(house.new), TMPDIR=str(house.outside), COLORTERM="truecolor",
    )  # fmt: skip
    assert answer.code == 0, answer.text
    house.assert_untouched(answer)
    found: dict[str, Any] = json.loads(answer.out)
    return found


def test_the_interpreter_is_sealed(inside: dict[str, Any]) -> None:
    assert len(inside["became"]) == 7
    assert {name: what for name, what in inside["became"].items() if what != "refused"} == {}


def test_the_environment_is_what_was_let_in_and_the_accounts_own_home(inside: dict[str, Any]) -> None:
    home = pwd.getpwuid(os.getuid()).pw_dir
    let_in = {"LANG": "C.UTF-8", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    assert inside["environment"] == {**let_in, "HOME": home}


def test_nothing_stops_it_and_it_leaves_no_core(inside: dict[str, Any]) -> None:
    assert signal.SIGTSTP.value in inside["blocked"]
    assert inside["core"] == [0, 0]


def test_what_nobody_foresaw_is_in_the_log_of_the_gate_and_the_caller_is_told_no_folder(
    house: House, doorman: Doorman
) -> None:
    answer = doorman.call("list", first=FAILS)
    assert (answer.code, answer.out) == (4, b"")
    said = "helpdesk: Something unexpected happened (RuntimeError). The log file has the rest: helpdesk.log\n"
    assert answer.err.decode() == said
    log = house.state / "helpdesk.log"
    assert "what nobody foresaw" in log.read_text()
    assert log.stat().st_mode & 0o077 == 0


def test_what_a_rule_reports_is_written_beside_the_desk(house: House, doorman: Doorman) -> None:
    answer = doorman.call("list", first=REPORTS)
    assert answer.code == 0, answer.text
    assert (house.inside / "desk-reports" / answer.out.decode().strip()).stat().st_mode & 0o077 == 0


def test_what_goes_wrong_says_nothing_of_the_machine(house: House, doorman: Doorman) -> None:
    house.desk.rename(house.desk.with_name("away.db"))
    try:
        answer = doorman.call("list")
    finally:
        house.desk.with_name("away.db").rename(house.desk)
    assert answer.code == 4
    assert str(house.folder) not in answer.text


class TestWhoComesIn:
    def test_with_a_key_of_theirs(self, doorman: Doorman) -> None:
        answer = doorman.call("list --count", key=read_key(key_of("alice")).fingerprint)
        assert answer.code == 0, answer.text

    @pytest.mark.parametrize("of", ["bob", "nobody"])
    def test_not_with_the_key_of_another(self, doorman: Doorman, of: str) -> None:
        answer = doorman.call("list --count", key=read_key(key_of(of)).fingerprint)
        assert (answer.code, answer.out) == (3, b"")
        assert b"Your key leads to nobody" in answer.err

    @pytest.mark.parametrize("login", ["nobody-is-called-so", "Alice Agent", "ALICE", "../alice", "alice\n"])
    def test_not_as_somebody_who_is_not_there(self, doorman: Doorman, login: str) -> None:
        answer = doorman.call("list --count", login=login)
        assert (answer.code, answer.out) == (3, b"")

    def test_not_who_was_let_go_although_the_key_still_leads_here(self, doorman: Doorman) -> None:
        answer = doorman.call("list", login="carol")
        assert answer.code == 3
        assert b"deactivated" in answer.err
