"""The seal: the interpreter itself refuses what no verb inside the gate has any business with.

The verbs that would lead out are closed already. This is the second wall: an audit hook, which nothing can take away
again, through which no program starts, no connection is made, and no file is touched but those of the desk, of what
is remembered for its people, and of the program.
"""

from __future__ import annotations

import errno
import os
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

_READ_BY_PYTHON = ("/usr/share/zoneinfo/", "/usr/lib/zoneinfo/", "/usr/share/lib/zoneinfo/", "/etc/zoneinfo/")
_READ_OF_THE_SYSTEM = ("/etc/localtime", "/dev/null", "/dev/urandom", "/proc/self/mountinfo", "/proc/self/environ")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_OWN = "helpdesk-"
"""What the names of the program's temporary files begin with."""

_NEVER = frozenset(
    {
        *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty"),
        *("os.startfile", "pty.spawn", "webbrowser.open", "os.chdir", "os.chroot", "os.setxattr", "os.removexattr"),
        *("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"),
        *("sqlite3.load_extension", "builtins.breakpoint", "pdb.Pdb", "cpython.run_interactivehook"),
        *("cpython.run_stdin", "cpython.run_file", "cpython.run_command", "cpython.run_startup", "code.interact"),
        *("os.symlink", "os.mkfifo", "os.mknod", "ftplib.connect", "smtplib.connect"),
    }
)
_READS = frozenset({"os.listdir", "os.scandir", "os.walk", "glob.glob"})
_CHANGES = frozenset(
    {
        *("os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.chown", "os.truncate", "os.utime", "os.rename"),
        "os.link",
    }
)


def seal(desk: Path | None, folder: Path, log: Path) -> None:
    """From now on, and for good, this process touches the desk's file and what belongs to it, what is remembered in
    `folder`, and the log, and no more. `desk` is None where it is no file."""
    files = () if desk is None else (*_beside(os.path.abspath(desk)), *_beside(os.path.realpath(desk)))
    mine = (*files, _folder(folder), os.path.abspath(log), *_temporary())
    code = (_folder(Path(__file__).parents[2]), *map(_folder, _interpreter()))
    sys.addaudithook(_Hook((*mine, *code, *_READ_BY_PYTHON, *_READ_OF_THE_SYSTEM), (*mine, "/dev/null")))


def _beside(desk: str) -> Iterable[str]:
    """The desk's file, and how the names of those beside it begin: its log, its queue, its backups, what is still in
    the making, and the folder of what rules report. Not another desk whose name only begins alike."""
    folder, name = os.path.split(desk)
    reports = _folder(f"{os.path.splitext(desk)[0]}-reports")
    return os.path.join(desk, ""), f"{desk}-", os.path.join(folder, f".{name}-"), reports


def _folder(path: Path | str) -> str:
    return os.path.join(os.path.abspath(path), "")


def _temporary() -> Iterable[str]:
    return (os.path.join(tempfile.gettempdir(), _OWN),)


def _interpreter() -> Iterable[str]:
    """Where modules are loaded from."""
    known = {sys.prefix, sys.exec_prefix, sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")}
    return sorted(known | {path for path in sys.path if path})


class _Hook:
    """Called by the interpreter for everything it is about to do; raises PermissionError for what is closed."""

    def __init__(self, readable: tuple[str, ...], writable: tuple[str, ...]) -> None:
        self._readable = readable
        self._writable = writable
        checks: dict[str, Callable[[str, tuple[Any, ...]], None]] = dict.fromkeys(_NEVER, _refuse)
        checks |= dict.fromkeys(_READS, self._read) | dict.fromkeys(_CHANGES, self._change)
        checks |= {"open": self._open, "os.kill": self._signal, "os.killpg": self._signal}
        checks |= {"sqlite3.connect": self._connect}
        self._checks = checks

    def __call__(self, event: str, given: tuple[Any, ...]) -> None:
        check = self._checks.get(event)
        if check is not None:
            check(event, given)

    def _open(self, event: str, given: tuple[Any, ...]) -> None:
        path, mode, flags = given
        if path == tempfile.gettempdir():  # a file without a name: no folder can be written to in another way
            return
        writes = (isinstance(flags, int) and flags & _WRITES) or (isinstance(mode, str) and set(mode) & set("wax+"))
        self._touch(event, path, self._writable if writes else self._readable)

    def _read(self, event: str, given: tuple[Any, ...]) -> None:
        self._touch(event, given[0], self._readable)

    def _change(self, event: str, given: tuple[Any, ...]) -> None:
        for path in given:
            if isinstance(path, str | bytes | os.PathLike):
                self._touch(event, path, self._writable)

    def _connect(self, event: str, given: tuple[Any, ...]) -> None:
        name = os.fsdecode(given[0])
        if name != ":memory:":
            self._touch(event, unquote(urlsplit(name).path) if name.startswith("file:") else name, self._writable)

    def _signal(self, event: str, given: tuple[Any, ...]) -> None:
        if given[1] != 0:  # 0 only asks whether there is such a process
            _refuse(event, given)

    def _touch(self, event: str, path: Any, allowed: tuple[str, ...]) -> None:
        if path is None or isinstance(path, int):  # a descriptor that is open already
            return
        whole = os.path.abspath(os.fsdecode(path))
        if not f"{whole}/".startswith(allowed) and not whole.startswith(allowed):
            _refuse(event, (path,))


def _refuse(event: str, _given: tuple[Any, ...]) -> None:
    raise PermissionError(errno.EACCES, f"closed by the gate ({event})")
