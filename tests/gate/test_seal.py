"""The second wall: what the interpreter refuses, whatever the verbs would do."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

TRIED = """
import json, os, signal, socket, sqlite3, sys, tempfile
from pathlib import Path
folder, inside = Path(sys.argv[1]), Path(sys.argv[2])
os.chdir(folder)
import asyncio.subprocess, pdb, pty, shutil, subprocess, webbrowser
from helpdesk_tui.gate.seal import seal
seal(inside / "desk.db", inside / "state", inside / "helpdesk.log")
closed, open_ = {}, {}
def tried(into, name, do):
    try:
        do()
    except PermissionError as error:
        into[name] = "refused" if "closed by the gate" in str(error) else "denied"
    except BaseException as error:
        into[name] = repr(error)
    else:
        into[name] = "done"
for name, do in {
    "run": lambda: subprocess.run(["touch", folder / "made"]),
    "shell": lambda: subprocess.Popen("touch made", shell=True),
    "system": lambda: os.system("touch made"),
    "popen": lambda: os.popen("touch made").read(),
    "exec": lambda: os.execv("/bin/sh", ["sh", "-c", "touch made"]),
    "spawn": lambda: os.posix_spawn("/bin/sh", ["sh"], {}),
    "spawnv": lambda: os.spawnv(os.P_WAIT, "/bin/sh", ["sh"]),
    "fork": os.fork,
    "forkpty": os.forkpty,
    "pty": lambda: pty.spawn("/bin/sh"),
    "browser": lambda: webbrowser.get("true %s").open("http://x"),
    "debugger": breakpoint,
    "write": lambda: (folder / "made").write_text("x"),
    "append": lambda: (folder / "secret").open("a"),
    "read": lambda: (folder / "secret").read_text(),
    "relative": lambda: open("secret").read(),
    "dotted": lambda: open(inside / "state" / ".." / ".." / "outside" / "secret").read(),
    "bytes": lambda: open(os.fsencode(folder / "secret")).read(),
    "os.open": lambda: os.open(folder / "secret", os.O_RDONLY),
    "passwd": lambda: open("/etc/passwd").read(),
    "environment": lambda: open("/proc/1/environ").read(),
    "list": lambda: os.listdir(folder),
    "scan": lambda: list(os.scandir("/")),
    "remove": lambda: os.remove(folder / "secret"),
    "rename": lambda: os.rename(folder / "secret", folder / "made"),
    "rename in": lambda: os.rename(folder / "secret", inside / "state" / "secret"),
    "mkdir": lambda: os.mkdir(folder / "made"),
    "chmod": lambda: os.chmod(folder / "secret", 0o777),
    "truncate": lambda: os.truncate(folder / "secret", 0),
    "symlink": lambda: os.symlink(folder / "secret", inside / "state" / "link"),
    "link": lambda: os.link(folder / "secret", inside / "state" / "link"),
    "copy": lambda: shutil.copy(folder / "secret", inside / "state" / "copy"),
    "chdir": lambda: os.chdir(inside),
    "database": lambda: sqlite3.connect(folder / "made.db"),
    "another desk": lambda: sqlite3.connect(inside / "desk.db2"),
    "beside the desk": lambda: (inside / "desk.db.old").write_text("x"),
    "hidden beside it": lambda: (inside / ".desk.dbx").write_text("x"),
    "database by uri": lambda: sqlite3.connect(f"file:{folder}/made.db", uri=True),
    "connect": lambda: socket.create_connection(("127.0.0.1", 22), 1),
    "unix socket": lambda: socket.socket(socket.AF_UNIX).connect(str(folder / "agent")),
    "listen": lambda: socket.socket().bind(("127.0.0.1", 0)),
    "stop": lambda: os.kill(os.getpid(), signal.SIGSTOP),
    "kill": lambda: os.kill(1, signal.SIGHUP),
    "temporary": lambda: tempfile.NamedTemporaryFile(prefix="other-"),
}.items():
    tried(closed, name, do)
for name, do in {
    "desk": lambda: sqlite3.connect(inside / "desk.db").execute("CREATE TABLE x (y)"),
    "queue": lambda: (inside / "desk.db-queue").write_text(""),
    "queue in the making": lambda: (inside / ".desk.db-queue-1").write_text(""),
    "made": lambda: os.link(inside / ".desk.db-queue-1", inside / "desk.db-queue-2"),
    "backups": lambda: (inside / "desk.db-backups").mkdir(),
    "backup": lambda: (inside / "desk.db-backups" / ".today.part").write_text(""),
    "folder of reports": lambda: (inside / "desk-reports").mkdir(),
    "report": lambda: (inside / "desk-reports" / "daily.txt").write_text(""),
    "its rights": lambda: os.chown(inside / "desk.db-backups" / ".today.part", os.getuid(), os.getgid()),
    "listed": lambda: os.listdir(inside / "desk.db-backups"),
    "state": lambda: (inside / "state").mkdir(),
    "remembered": lambda: (inside / "state" / "screens.json").write_text("{}"),
    "log": lambda: (inside / "helpdesk.log").open("a"),
    "module": lambda: __import__("wave"),
    "zone": lambda: __import__("zoneinfo").ZoneInfo("Europe/Tallinn"),
    "temporary": lambda: tempfile.TemporaryFile(prefix="helpdesk-").write(b"x"),
    "alive": lambda: os.kill(os.getpid(), 0),
    "person": lambda: __import__("pwd").getpwuid(0),
}.items():
    tried(open_, name, do)
print(json.dumps([closed, open_]))
"""


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], dict[str, str], Path]:
    """What became of each: what must be refused, what must go on, and the folder outside."""
    folder = tmp_path_factory.mktemp("seal")
    outside, inside = folder / "outside", folder / "inside"
    outside.mkdir()
    inside.mkdir()
    (outside / "secret").write_text("secret")
    ran = subprocess.run(
        [sys.executable, "-c", TRIED, outside, inside], capture_output=True, text=True, timeout=60, check=False,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    closed, opened = json.loads(ran.stdout)
    return closed, opened, outside


def test_no_way_out_is_open(tried: tuple[dict[str, str], dict[str, str], Path]) -> None:
    closed, _, outside = tried
    assert {name: what for name, what in closed.items() if what != "refused"} == {}
    assert len(closed) > 35
    assert [path.name for path in outside.iterdir()] == ["secret"]
    assert (outside / "secret").read_text() == "secret"


def test_the_desk_goes_on_working(tried: tuple[dict[str, str], dict[str, str], Path]) -> None:
    _, opened, _ = tried
    assert {name: what for name, what in opened.items() if what != "done"} == {}
