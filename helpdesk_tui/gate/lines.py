"""The lines of sshd's `authorized_keys`: each key opens the gate as its person, and nothing else."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from helpdesk_tui.domain.ssh_keys import PublicKey
from helpdesk_tui.errors import UsageError


def line(command: Sequence[str], key: PublicKey) -> str:
    """One line: the key, and the command that sshd runs for it instead of whatever was asked for.

    The account's shell, which starts it, gives way to it (`exec`): nothing is left to stop or to come back to.
    `restrict` takes everything else away: the forwarding of ports, agents and displays, and rc files. UsageError for
    a path that cannot be written into a line.
    """
    words = shlex.join(command)
    if not words.isprintable():
        raise UsageError("The path of the program or of the desk holds control characters.", "Put them elsewhere.")
    quoted = f"exec {words}".replace('"', '\\"')
    return f'command="{quoted}",restrict,pty {key.kind} {key.data} {key.comment}'.rstrip()
