"""A real OpenSSH server on the loopback, as permissive as it can be: only the lines of `gate keys` stand in the way."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from helpdesk_tui.desk import ssh_keys
from tests.builders import a_desk
from tests.gate.house import Answered, House
from tests.servers import free_port, lacks, listens, needs

LET_IN = (
    "LANG LC_* TERM* TZ* COLORTERM NO_COLOR HOME USER LOGNAME SHELL PATH TMPDIR EDITOR VISUAL PAGER BROWSER COLUMNS"
    " PYTHON* HELPDESK_* TEXTUAL* XDG_* SQLITE_* PG* DISPLAY"
)
"""Far more than any server takes. Not LD_* and BASH_ENV: those act before the forced command is even started."""

CONFIG = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
PidFile none
UsePAM no
StrictModes no
AuthorizedKeysFile {folder}/keys
PermitRootLogin yes
PasswordAuthentication no
KbdInteractiveAuthentication no
AllowTcpForwarding yes
AllowAgentForwarding yes
AllowStreamLocalForwarding yes
X11Forwarding yes
GatewayPorts yes
PermitUserRC yes
AcceptEnv {let_in}
Subsystem sftp internal-sftp
MaxStartups 200
MaxSessions 100
"""


class Server:
    """sshd, and the keys of the house's people as `helpdesk gate keys` writes them."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._sshd, self._ssh, keygen = needs("sshd"), needs("ssh"), needs("ssh-keygen")
        self.folder = Path(tempfile.mkdtemp(prefix="hd-"))  # short: the path of a socket may have 108 bytes
        for name in ("host", "alice", "bob", "stranger"):
            command = [keygen, "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(self.folder / name)]
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
        self._let_in("alice", "bob")
        self.port = self._start()

    def _let_in(self, *logins: str) -> None:
        desk = a_desk(self.house.inside)
        for login in logins:
            ssh_keys.add(desk, login, (self.folder / f"{login}.pub").read_text())
        desk.close()
        (self.folder / "keys").write_bytes(self.at_home("--state", str(self.house.state), "keys").out)

    def at_home(self, *words: str) -> Answered:
        """`helpdesk gate …` at the account that owns the desk."""
        command = [str(self.house.python), "-I", "-c", AS_ADMIN, "--desk", str(self.house.desk), "gate", *words]
        ran = subprocess.run(command, env={"LANG": "C.UTF-8"}, capture_output=True, timeout=60, check=True)
        return Answered(ran.returncode, ran.stdout, ran.stderr)

    def _start(self) -> int:
        if os.getuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        for _ in range(5):
            port = free_port()
            config = self.folder / "config"
            config.write_text(CONFIG.format(port=port, folder=self.folder, let_in=LET_IN))
            self._process = subprocess.Popen(
                [self._sshd, "-D", "-e", "-f", str(config)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=(self.folder / "log").open("wb"),
            )
            if listens(port) and self._process.poll() is None:
                return port
            self._process.kill()
            self._process.wait()
        raise AssertionError((self.folder / "log").read_text())

    # As a client

    def ssh(self, login: str, *options: str, shared: bool = False) -> list[str]:
        """The client's command line with the key of that person, up to what is asked for."""
        settings = {
            "IdentityFile": self.folder / login, "IdentitiesOnly": "yes", "IdentityAgent": "none", "BatchMode": "yes",
            "UserKnownHostsFile": "/dev/null", "StrictHostKeyChecking": "no", "LogLevel": "ERROR",
            "ControlMaster": "auto" if shared else "no", "ControlPersist": "60",
            "ControlPath": f"{self.folder}/{login}.sock" if shared else "none",
        }  # fmt: skip
        given = [word for name, value in settings.items() for word in ("-o", f"{name}={value}")]
        user = pwd.getpwuid(os.getuid()).pw_name
        return [self._ssh, "-F", "none", "-p", str(self.port), *given, *options, f"{user}@127.0.0.1"]

    def call(
        self, login: str, *command: str, given: bytes = b"", options: Sequence[str] = (), shared: bool = True
    ) -> Answered:
        """One command over one connection, which the next ones share."""
        return self.run(*self.ssh(login, *options, shared=shared), *command, given=given)

    def run(self, *command: str, given: bytes = b"", **environment: str) -> Answered:
        """Some other program of OpenSSH."""
        ran = subprocess.run(
            command, input=given, capture_output=True, timeout=60, cwd=self.folder, check=False,
            env={"PATH": os.environ["PATH"], "HOME": str(self.folder), "TERM": "xterm-256color", **environment},
        )  # fmt: skip
        return Answered(ran.returncode, ran.stdout, ran.stderr)

    def needs_terminals(self) -> None:
        """Skip the test, or fail in CI, where this server can give no terminal: one that root has not started needs
        a devpts whose terminals belong to the group `tty`."""
        if os.getuid() != 0 and self.call("alice", "list", options=["-tt"], shared=False).code == 255:
            lacks("a terminal from an sshd that root has not started")

    def close(self) -> None:
        for login in ("alice", "bob"):
            if (self.folder / f"{login}.sock").exists():
                subprocess.run([*self.ssh(login, "-O", "exit", shared=True)], capture_output=True, check=False)
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        shutil.rmtree(self.folder, ignore_errors=True)


AS_ADMIN = """
import sys
from helpdesk_tui import bootstrap
from helpdesk_tui.cli.main import main
from helpdesk_tui.desk.admission import Account
bootstrap.account_of = lambda _uid: Account(1000, "admin", "Ada Admin")
real = bootstrap.open_desk
bootstrap.open_desk = lambda *given, **more: real(*given, **more | {"uid": 1000})
sys.exit(main(sys.argv[1:]))
"""
"""The program as the desk's first admin runs it, whatever the account of these tests."""
