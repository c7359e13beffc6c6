"""What of the caller's environment counts inside."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from helpdesk_tui import config
from helpdesk_tui.gate.surroundings import let_in
from tests.gate.house import Doorman, House


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TERM", "xterm-256color"), ("TERM", "screen.linux"), ("COLORTERM", "truecolor"), ("LANG", "et_EE.UTF-8"),
        ("LC_ALL", "C.UTF-8"), ("LC_CTYPE", "en_US.utf8@x"), ("TZ", "Europe/Tallinn"), ("TZ", ":UTC"), ("NO_COLOR", "1"),
    ],
)  # fmt: skip
def test_a_terminal_a_locale_and_a_zone_are_let_in(name: str, value: str) -> None:
    assert dict(let_in({name: value})) == {name: value}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TERM", "../x"), ("TERM", "a b"), ("TERM", ""), ("TERM", "x" * 65), ("TERM", "x\n"), ("LANG", "/x"),
        ("LC_ALL", "../../x"), ("LC_", "C"), ("LC_all", "C"), ("TZ", "/etc/x"), ("TZ", "../x"), ("TZ", "a/b/c/d"),
        ("PATH", "/bin"), ("HOME", "/"), ("PYTHONPATH", "/"), ("HELPDESK_DESK", "x"), ("TERMINFO", "/x"), ("term", "x"),
    ],
)  # fmt: skip
def test_everything_else_stays_outside(name: str, value: str) -> None:
    assert dict(let_in({name: value})) == {}


def test_no_color_says_no_more_than_that() -> None:
    assert dict(let_in({"NO_COLOR": "\x1b]0;x\x07"})) == {"NO_COLOR": "1"}


def test_a_gate_without_isolation_refuses_to_be_told_where_python_finds_its_modules(house: House) -> None:
    words = [word for word in house.line("alice") if word != "-I"]
    environment = house.surroundings("list", PYTHONPATH=str(house.folder / "nowhere"))
    ran = subprocess.run(words, env=environment, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    assert ran.returncode == 3
    assert b"helpdesk gate keys" in ran.stderr


def test_what_is_told_names_no_folder_of_the_machine(tmp_path: Path) -> None:
    visit = config.load(str(tmp_path / "desk.db"), gate="alice", state=tmp_path / "state")
    told = f"The desk {tmp_path}/desk.db cannot be used; see {tmp_path}/state/helpdesk.log and the folder {tmp_path}."
    assert str(tmp_path) not in visit.veiled(told)
    assert "desk.db" in visit.veiled(told)
    assert config.load(str(tmp_path / "desk.db")).veiled(told) == told


def test_what_is_told_does_not_name_the_database(tmp_path: Path) -> None:
    visit = config.load("postgresql+psycopg://desk@db.example.org/helpdesk", gate="alice", state=tmp_path)
    told = f"The server of the desk {visit.desk} cannot be reached. {visit.desk} is not there."
    assert visit.veiled(told) == "The server of the desk cannot be reached. the desk is not there."


class TestWhatIsRemembered:
    def test_each_person_has_a_folder_of_their_own(self, tmp_path: Path) -> None:
        alice, bob = (config.load("x.db", gate=login, state=tmp_path) for login in ("alice", "bob"))
        assert alice.drafts_path.parent == alice.state_path.parent == tmp_path / "gate" / "alice"
        assert bob.drafts_path.parent == tmp_path / "gate" / "bob"

    @pytest.mark.parametrize("login", ["..", ".", "a/b", "../bob", "ALICE", "Alice", "x" * 100, "-", "õ", " ", "a\n"])
    def test_a_login_that_is_no_plain_name_leads_nowhere_else(self, tmp_path: Path, login: str) -> None:
        folder = config.load("x.db", gate=login, state=tmp_path).drafts_path.parent
        assert folder.resolve().parent == (tmp_path / "gate").resolve()
        assert folder.name.startswith("=")

    def test_a_draft_of_one_is_not_offered_to_another(self, house: House, doorman: Doorman) -> None:
        for login in ("alice", "bob"):
            assert doorman.call("list", login=login).code in {0, 1}
        assert {path.name for path in (house.state / "gate").iterdir()} >= {"alice", "bob"}
        assert all(path.stat().st_mode & 0o077 == 0 for path in (house.state / "gate").iterdir())
