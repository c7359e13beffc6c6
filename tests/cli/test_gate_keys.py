"""`helpdesk gate key` and `helpdesk gate keys`."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from helpdesk_tui.domain.ssh_keys import PublicKey, read_key
from helpdesk_tui.errors import UsageError
from helpdesk_tui.gate.lines import line
from tests.cli.conftest import Run
from tests.gate.house import key_of
from tests.servers import needs


def send(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Have that on standard input."""
    monkeypatch.setattr("helpdesk_tui.cli.stdin.awaited", lambda: text)


def me(run: Run) -> str:
    """The login of the desk's admin."""
    (person,) = run("export", "json").json["people"]
    login: str = person["login"]
    return login


def test_a_key_is_added_listed_and_removed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    send(monkeypatch, key_of("laptop"))
    login = me(run)
    assert run("gate", "key").code == 1
    assert run("gate", "key", "add", login).code == 0
    (found,) = run("gate", "key", "list", "--json").json
    assert (found["login"], found["comment"], found["kind"]) == (login, "laptop", "ssh-ed25519")
    assert found["fingerprint"] in run("gate", "key").out
    assert run("gate", "key", "remove", found["fingerprint"]).code == 0
    assert run("gate", "keys").code == 1


def test_a_line_opens_the_gate_and_nothing_else(
    run: Run,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    send(monkeypatch, key_of("laptop"))
    login = me(run)
    run("gate", "key", "add", login)
    written = run("gate", "keys").out
    found = re.fullmatch(r'command="(.*)",restrict,pty (ssh-ed25519 \S+ laptop)\n', written)
    assert found is not None
    execute, *words = shlex.split(found[1])
    assert execute == "exec"
    assert words[:6] == [sys.executable, "-I", "-m", "helpdesk_tui", "--desk", str(home / "desk.db")]
    assert words[6:] == ["gate", "--key", read_key(found[2]).fingerprint, login]


def test_the_state_folder_goes_into_the_lines(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    send(monkeypatch, key_of("laptop"))
    run("gate", "key", "add", me(run))
    assert "--state /var/lib/helpdesk --key" in run("gate", "keys", "--state", "/var/lib/helpdesk").out


KEY = PublicKey("ssh-ed25519", key_of("x").split()[1], "x")


@pytest.mark.parametrize(
    "path", ["/srv/a b.db", '/srv/"q".db', "/srv/'s'.db", "/srv/$HOME`id`.db", "/srv/back\\slash\\", "/srv/;x&&y|z #"]
)
def test_whatever_the_path_the_command_is_the_command(tmp_path: Path, path: str) -> None:
    """As sshd reads the line, and then the shell that it starts."""
    written = line(["printf", "%s", path], KEY)
    file = tmp_path / "keys"
    file.write_text(written + "\n")
    assert subprocess.run([needs("ssh-keygen"), "-lf", file], capture_output=True, check=False).returncode == 0
    quoted = re.match(r'command="((?:\\"|[^"])*)",restrict,pty ', written)
    assert quoted is not None
    command = quoted[1].replace('\\"', '"')
    assert subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True).stdout == path


@pytest.mark.parametrize("path", ["/srv/new\nline.db", "/srv/\x1b.db", "/srv/\x00.db"])
def test_a_path_that_would_begin_another_line_is_refused(path: str) -> None:
    with pytest.raises(UsageError):
        line(["helpdesk", "--desk", path], KEY)


@pytest.mark.parametrize("words", [["add"], ["add", "a", "b"], ["remove"], ["list", "x"], ["nope"]])
def test_wrong_usage_is_refused(run: Run, words: list[str]) -> None:
    assert run("gate", "key", *words).code == 2


def test_the_address_of_a_database_is_not_written_into_the_lines(run: Run) -> None:
    answer = run("--desk", "postgresql+psycopg://desk:secret@127.0.0.1:1/none", "gate", "keys")
    assert answer.code != 0
    assert "secret" not in answer.out + answer.err
