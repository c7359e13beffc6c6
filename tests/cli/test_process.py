"""The real program in a process of its own: terminals, closed and full streams, signals."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, at_home

PROGRAM = [sys.executable, "-m", "helpdesk_tui"]


def environment(home: Path, **more: str) -> dict[str, str]:
    return {**os.environ, **at_home(home), "HELPDESK_DEBUG": "", **more}


def helpdesk(home: Path, *argv: str, **how: Any) -> subprocess.CompletedProcess[str]:
    how = {"env": environment(home), "stdin": subprocess.DEVNULL} | how
    if "input" in how:
        del how["stdin"]
    return subprocess.run([*PROGRAM, *argv], capture_output=True, text=True, timeout=60, check=False, **how)


def in_shell(home: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Run a line of a shell in which `helpdesk` is the program."""
    script = f'helpdesk() {{ "{sys.executable}" -m helpdesk_tui "$@"; }}\n{command}'
    return subprocess.run(
        ["bash", "-c", script], env=environment(home), capture_output=True, text=True, timeout=60, check=False
    )


def in_terminal(home: Path, *argv: str, **more: str) -> tuple[int, str]:
    """Run the program with a terminal for everything; its exit code and what it drew."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, *argv], stdin=follower, stdout=follower, stderr=follower, env=environment(home, **more)
    )
    os.close(follower)
    drawn = b""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if not select.select([leader], [], [], 0.2)[0]:
            continue
        try:
            chunk = os.read(leader, 65536)
        except OSError:
            break
        drawn += chunk
    os.close(leader)
    return process.wait(10), drawn.decode(errors="replace")


@pytest.mark.parametrize("given", [{"stdin": subprocess.DEVNULL}, {"input": "q"}], ids=["null", "pipe"])
def test_the_board_needs_a_terminal(home: Path, given: dict[str, Any]) -> None:
    ran = helpdesk(home, **given)
    assert ran.returncode == 2
    assert "needs a terminal" in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert ran.stdout == ""


@pytest.mark.parametrize("term", ["dumb", ""])
def test_the_board_needs_a_terminal_that_can_move_its_cursor(home: Path, term: str) -> None:
    code, drawn = in_terminal(home, TERM=term)
    assert code == 2
    assert drawn.count("\n") == 1
    assert "\x1b" not in drawn


@pytest.mark.parametrize(
    ("command", "code", "says"),
    [
        ("helpdesk <&-", 2, "needs a terminal"),
        ("helpdesk <&- >&- 2>&-", 2, ""),
        ("helpdesk list >&-", 2, "Standard output is closed"),
        ("helpdesk list 2>&-", 0, ""),
        ("helpdesk list <&-", 0, ""),
        ("helpdesk list <&- 2>&- >/dev/null", 0, ""),
        ("helpdesk list >/dev/full", 4, "No space left"),
        ("helpdesk list --json >/dev/full", 4, "No space left"),
        ("helpdesk --help >/dev/full", 4, "No space left"),
        ("helpdesk list 2>/dev/full", 0, ""),
        ("helpdesk add x <&-", 0, "#2"),
        ("helpdesk reply 1 <&-", 2, "empty"),
        ("for i in 1 2 3; do echo $i; done | helpdesk note 1", 0, "undo"),
    ],
)
def test_streams_may_be_closed_or_full(home: Path, command: str, code: int, says: str) -> None:
    ran = in_shell(home, command)
    assert ran.returncode == code
    assert says in ran.stderr
    assert "Traceback" not in ran.stderr
    assert "Exception ignored" not in ran.stderr


def test_a_reader_may_leave_early(run: Run, home: Path) -> None:
    for _ in range(3):
        run("add", "x" * 500)
    ran = in_shell(home, "set -o pipefail; helpdesk show 1 --history | head -1; echo ${PIPESTATUS[0]}")
    assert ran.stderr == ""
    assert ran.stdout.splitlines()[-1] == "0"


def test_an_open_but_silent_input_is_not_waited_for(home: Path) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "add", "x"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(home),
    )
    assert process.wait(20) == 0
    assert process.stderr is not None
    assert b"open but silent" in process.stderr.read()


def test_a_table_fits_the_terminal_and_has_colours(run: Run, home: Path) -> None:
    run("add", "Drukarka nie działa " * 20, "priority:critical")
    code, drawn = in_terminal(home, "list", COLUMNS="60")
    assert code == 0
    assert "\x1b[1;31mcritical" in drawn


def test_no_color_means_none(home: Path) -> None:
    _, drawn = in_terminal(home, "list", NO_COLOR="1")
    assert "\x1b" not in drawn


def reads_standard_input(pid: int) -> bool:
    """Whether the process is in the call `read` (0, on ARM 63) of its standard input."""
    call = Path(f"/proc/{pid}/syscall").read_text(encoding="ascii").split()
    return call[:2] in (["0", "0x0"], ["63", "0x0"])


def test_ctrl_c_is_quiet(home: Path) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "note", "1"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(home),
        # A shell that runs the tests in the background has them ignore it, and whatever they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    end = time.monotonic() + 30
    while not reads_standard_input(process.pid) and time.monotonic() < end:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 130
    assert process.stderr is not None
    assert process.stderr.read() == b""


def test_a_terminal_that_is_not_utf_8_gets_question_marks(run: Run, home: Path) -> None:
    run("add", "żółć")
    ran = helpdesk(home, "list", "#2", env=environment(home, PYTHONIOENCODING="ascii"))
    assert ran.returncode == 0
    assert "????" in ran.stdout
    exact = helpdesk(home, "list", "#2", "--json", env=environment(home, PYTHONIOENCODING="ascii"))
    assert "\\u017c" in exact.stdout
