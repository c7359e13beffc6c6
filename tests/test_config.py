"""What the program is told by its surroundings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpdesk_tui import config

ROOT = Path(__file__).parent.parent


def draws_ascii(home: Path, **environment: str) -> bool:
    """Whether a board started with just that environment draws itself in ASCII."""
    ran = subprocess.run(
        [sys.executable, "-c", "from helpdesk_tui import config; print(config.load('desk.db').ascii)"],
        cwd=ROOT,
        env={"HOME": str(home), "PATH": os.environ.get("PATH", ""), "TERM": "xterm-256color", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.strip() == "True"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, False),
        ({"LANG": "et_EE.UTF-8"}, False),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, False),
        ({"LANG": "C"}, True),
        ({"LC_ALL": "POSIX"}, True),
        ({"LANG": "et_EE.ISO-8859-1"}, True),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "C"}, True),
        ({"LANG": "en_US.UTF-8", "TERM": "linux"}, True),
        ({"LANG": "en_US.UTF-8", "TERM": "linux-16color"}, True),
        ({"LANG": "en_US.UTF-8", "TERM": "vt220"}, True),
        ({"LANG": "en_US.UTF-8", "TERM": "tmux-256color"}, False),
    ],
)
def test_ascii_is_chosen_where_the_terminal_would_lack_our_signs(
    tmp_path: Path, environment: dict[str, str], expected: bool
) -> None:
    assert draws_ascii(tmp_path, **environment) is expected


@pytest.mark.parametrize(("told", "expected"), [("ascii = true", True), ("ascii = false", False)])
def test_what_the_config_says_counts_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str, expected: bool
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("TERM", "linux" if not expected else "xterm")
    (tmp_path / "helpdesk").mkdir()
    (tmp_path / "helpdesk" / "config.toml").write_text(told)
    assert config.load("desk.db").ascii is expected
    assert config.load("desk.db", ascii_only=True).ascii


def test_whether_the_preview_is_shown_is_remembered_once_somebody_chose(tmp_path: Path) -> None:
    first = config.load(str(tmp_path / "desk.db"))
    assert first.preview is None
    config.remember(first, preview=False)
    assert config.load(str(tmp_path / "desk.db")).preview is False
