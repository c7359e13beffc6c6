"""A desk behind a gate: its people, what is none of their business, and ways to call at it as sshd would."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy
import sqlmodel

from helpdesk_tui.desk import conversation, ssh_keys, tickets
from helpdesk_tui.domain.people import Role
from tests.builders import a_desk, a_person, as_uid

ROOT = Path(__file__).parents[2]
SECRET = "xyzzy-canary-of-the-house"
"""Stands in files that nobody may read through the gate, and in another desk."""

BESIDE = "plugh-beside-the-secret"
"""The name of a file outside that is in no command: who says it has looked into the folder."""

ALICE, BOB, CAROL = 2001, 2002, 2003
"""An agent, somebody who asks for help, and an agent who was let go."""


@dataclass(frozen=True)
class Answered:
    """How a call at the gate ended."""

    code: int
    out: bytes
    err: bytes

    @property
    def text(self) -> str:
        """All that the caller was told."""
        return (self.out + self.err).decode(errors="replace")


def key_of(seed: str) -> str:
    """A public key that nobody has the other half of."""
    blob = b"\0\0\0\x0bssh-ed25519\0\0\0 " + hashlib.sha256(seed.encode()).digest()
    return f"ssh-ed25519 {base64.b64encode(blob).decode()} {seed}"


@dataclass
class House:
    """`folder/inside` is the desk's, `folder/outside` is everything else on the machine."""

    folder: Path
    python: Path = field(init=False)
    before: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.inside, self.outside = self.folder / "inside", self.folder / "outside"
        self.desk, self.state = self.inside / "desk.db", self.folder / "state"
        self.secret, self.new = self.outside / "secret.txt", self.outside / "new-file"
        self.other = self.outside / "other.db"
        self._furnish()
        self.python = a_program(self.folder / "program")
        self.before = self.around()

    def _furnish(self) -> None:
        desk = a_desk(self.inside)
        a_person(desk, "Alice Agent", Role.AGENT, "alice", ALICE)
        a_person(desk, "Carol Gone", Role.AGENT, "carol", CAROL, active=False)
        a_person(desk, "Bob Asks", Role.REQUESTER, "bob", BOB)
        tickets.create(desk, tickets.NewTicket("The printer of the house"))
        conversation.note(desk, 1, "toner is ordered")
        for login in ("alice", "bob"):
            ssh_keys.add(desk, login, key_of(login))
        alice = as_uid(desk, ALICE)
        tickets.create(alice, tickets.NewTicket("What alice wrote"))
        alice.close()
        desk.close()
        self.outside.mkdir()
        self.secret.write_text(f"{SECRET}\n")
        (self.outside / "sitecustomize.py").write_text(f"open({str(self.new)!r}, 'w').close()\n")
        (self.outside / "rc.sh").write_text(f"touch {self.new}\n")
        (self.outside / BESIDE).write_text("nothing\n")
        elsewhere = a_desk(self.outside / "elsewhere")
        tickets.create(elsewhere, tickets.NewTicket(SECRET))
        elsewhere.close()
        (self.outside / "elsewhere" / "desk.db").rename(self.other)

    # Calling

    def line(self, login: str, key: str = "") -> list[str]:
        """What stands in authorized_keys for that person, and for a key of that fingerprint."""
        whose = ["--key", key, login] if key else [login]
        return [str(self.python), "-I", "-m", "helpdesk_tui", "--desk", str(self.desk), "gate",
                "--state", str(self.state), *whose]  # fmt: skip

    def surroundings(self, command: bytes | str | None, **more: str) -> dict[bytes, bytes]:
        """The environment that sshd makes, and what a caller might add to it."""
        own = {"SSH_CONNECTION": "127.0.0.1 1 127.0.0.1 2", "LANG": "C.UTF-8", "TERM": "xterm-256color"}
        made = {os.fsencode(name): os.fsencode(value) for name, value in (own | more).items()}
        if command is not None:
            made[b"SSH_ORIGINAL_COMMAND"] = command.encode() if isinstance(command, str) else command
        return made

    def call(self, command: bytes | str | None, *, login: str = "alice", given: bytes = b"", **more: str) -> Answered:
        """Start the forced command of that person as sshd does."""
        ran = subprocess.run(
            self.line(login), env=self.surroundings(command, **more), input=given, capture_output=True, timeout=60,
            cwd=self.outside, check=False,
        )  # fmt: skip
        return Answered(ran.returncode, ran.stdout, ran.stderr)

    # Looking

    def around(self) -> dict[str, str]:
        """Every file outside, with what is in it."""
        found = (path for path in self.outside.rglob("*") if path.is_file())
        return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}

    def assert_untouched(self, *answers: Answered) -> None:
        """Nothing outside was made, changed or read, and nobody but who called has done anything."""
        assert self.around() == self.before
        assert not [answer.text for answer in answers if SECRET in answer.text]
        # By another process: to close the desk's files here would drop SQLite's locks on a desk that is open here.
        assert subprocess.run(["grep", "-rqF", SECRET, self.inside], check=False).returncode == 1

    def doers(self) -> set[str]:
        """The logins of all who have changed anything on the desk so far."""
        with closing(sqlite3.connect(self.desk)) as found:
            rows = found.execute("SELECT DISTINCT p.login FROM change_set c JOIN person p ON p.id = c.actor_id")
            return {row[0] for row in rows}


def a_program(folder: Path) -> Path:
    """A Python in which the program is installed, as it would be for a service: isolated, it finds its modules."""
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    others = {str(Path(module.__file__ or "").parents[1]) for module in (sqlmodel, sqlalchemy)}
    (folder / "lib" / version / "site-packages" / "house.pth").write_text("\n".join((str(ROOT), *others, "")))
    return python


SERVER = """
import gc, json, os, pkgutil, sys
import helpdesk_tui
for module in pkgutil.walk_packages(helpdesk_tui.__path__, "helpdesk_tui."):
    if not module.name.startswith(("helpdesk_tui.tui", "helpdesk_tui.store.migrations", "helpdesk_tui.__main__")):
        __import__(module.name)
for name in ("sqlmodel", "sqlalchemy.dialects.sqlite", "sqlite3"):
    __import__(name)
gc.collect()
gc.freeze()
for asked in sys.stdin.buffer:
    argv, environment, streams, first = json.loads(asked)
    child = os.fork()
    if child == 0:
        for number, path in enumerate(streams):
            opened = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(opened, number)
            os.close(opened)
        sys.stdin = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)
        os.environb.clear()
        os.environb.update({bytes.fromhex(name): bytes.fromhex(value) for name, value in environment.items()})
        from helpdesk_tui.cli.main import main
        exec(first)
        code = main(argv)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    sys.__stdout__.write(f"{code}\\n")
    sys.__stdout__.flush()
"""
"""Answers calls in children of one process that has loaded the program: some fifty a second instead of two."""


class Doorman:
    """Calls at the gate as `House.call` does, but for what happens before the program is loaded."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._files = Path(tempfile.mkdtemp(dir=house.folder))
        self._process = subprocess.Popen(
            [house.python, "-I", "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=house.outside
        )

    def call(
        self,
        command: bytes | str | None,
        *,
        login: str = "alice",
        key: str = "",
        given: bytes = b"",
        first: str = "",
        **more: str,
    ) -> Answered:
        """Call there as that person, with the key of that fingerprint; `first` is done in the process before."""
        given_file, out, err = (self._files / name for name in ("in", "out", "err"))
        given_file.write_bytes(given)
        environment = {name.hex(): value.hex() for name, value in self.house.surroundings(command, **more).items()}
        argv = self.house.line(login, key)[4:]
        asked: Any = [argv, environment, [str(given_file), str(out), str(err)], first]
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked).encode() + b"\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        return Answered(code, out.read_bytes(), err.read_bytes())

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


def fill(text: str, house: House) -> str:
    """A try as written in `tries`, with the paths of this house."""
    places: Mapping[str, Path] = {
        "SECRET": house.secret, "NEW": house.new, "OUTSIDE": house.outside, "OTHER": house.other, "DESK": house.desk,
    }  # fmt: skip
    for name, path in places.items():
        text = text.replace(f"%{name}%", str(path))
    return text
