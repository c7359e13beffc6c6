"""Two real accounts of the machine with a group in common, for what only the system itself can decide."""

from __future__ import annotations

import grp
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers import needs

ROOT = Path(__file__).parents[2]

SERVER = """
import contextlib, io, json, os, sys, traceback
from helpdesk_tui.cli.main import main
warm, ready = sys.argv[1:3]
# Everything that these verbs load is loaded while it may still be read: Python itself may be in a folder of root's.
for words in (
    ["add", "x"], ["note", "1", "x"], ["list"], ["list", "--count"], ["user", "add", "w", "--role", "agent"],
    ["user", "edit", "w", "--role", "viewer"], ["backup", "--json"], ["backup", "--daily"], ["backup", "--list"],
    ["restore", warm + ".copy", "--yes"], ["backup", warm + ".copy"], ["restore", warm + ".copy", "--yes"],
    ["doctor", "--json", "--repair"], ["doctor"], ["undo"], ["nothing"],
):
    nowhere = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
        main(["--desk", warm, *words])
open(ready, "w").close()
for line in sys.stdin:
    told = json.loads(line)
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number, path in ((1, told["out"]), (2, told["err"])):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        if os.getuid() == 0:
            os.setgroups(told["groups"]), os.setgid(told["gid"]), os.setuid(told["uid"])
        os.umask(told["umask"])
        code = 70
        try:
            code = main(told["argv"])
            sys.stdout.flush(), sys.stderr.flush()
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
"""


@dataclass(frozen=True)
class Ran:
    """How a command of an account ended."""

    code: int
    out: str
    err: str


class Warm:
    """A process of root that has everything loaded, and becomes somebody for each command."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        ready = folder / "ready"
        given = {"HELPDESK_DEBUG": "1", "HOME": str(folder), "LC_ALL": "C.UTF-8", "HELPDESK_DESK": ""}
        self._process = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(folder / "warm.db"), str(ready)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=os.environ | given,
        )
        end = time.monotonic() + 60
        while not ready.exists() and self._process.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
        assert ready.exists()

    def run(self, uid: int, gid: int, groups: tuple[int, ...], argv: tuple[str, ...], umask: int) -> Ran:
        out, err = self._folder / "out", self._folder / "err"
        told = {"uid": uid, "gid": gid, "groups": groups, "umask": umask, "argv": argv}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(told | {"out": str(out), "err": str(err)}) + "\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        return Ran(code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))

    def end(self) -> None:
        self._process.communicate(timeout=30)


@dataclass(frozen=True)
class Person:
    """An account."""

    login: str
    uid: int
    gid: int
    groups: tuple[int, ...]
    warm: Warm

    def runs(self, *argv: str, umask: int = 0o077) -> Ran:
        """Run `helpdesk` as this account, by default with an umask that gives others nothing."""
        return self.warm.run(self.uid, self.gid, self.groups, argv, umask)


@contextmanager
def two_and_a_stranger(folder: Path) -> Iterator[tuple[str, Person, Person, Person]]:
    """The group of a team, two members of it, and somebody who is in no group; all are gone afterwards.

    Skipped where this is not root's process, and failed in CI: `.ci/run` runs as root.
    """
    if os.geteuid() != 0:
        reason = "making accounts needs root"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    for program in ("useradd", "userdel", "groupadd", "groupdel"):
        needs(program)
    tag = f"hd{os.getpid() % 100_000}"
    logins = [f"{tag}{letter}" for letter in "abx"]
    warm = Warm(folder)
    try:
        _system("groupadd", tag)
        for login in logins:
            more = [] if login.endswith("x") else ["-G", tag]
            _system("useradd", "-M", "-s", "/usr/sbin/nologin", *more, login)
        yield (tag, *(_person(login, tag, warm) for login in logins))  # type: ignore[misc]
    finally:
        warm.end()
        for login in logins:
            _system("userdel", login)
        _system("groupdel", tag)


def _system(program: str, *told: str) -> None:
    """Change the accounts of the machine; another test may be at it, and then one's turn comes."""
    for _ in range(40):
        done = subprocess.run([needs(program), *told], capture_output=True, text=True)
        if done.returncode not in {1, 10}:  # somebody else has the file of accounts, or of groups
            break
        time.sleep(0.25)
    assert done.returncode == 0, done.stderr


def _person(login: str, group: str, warm: Warm) -> Person:
    entry = pwd.getpwnam(login)
    shared = (grp.getgrnam(group).gr_gid,) if login in grp.getgrnam(group).gr_mem else ()
    return Person(login, entry.pw_uid, entry.pw_gid, shared, warm)


@contextmanager
def public_folder() -> Iterator[Path]:
    """A folder that every account may enter."""
    made = Path(tempfile.mkdtemp(prefix="helpdesk-team-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)
