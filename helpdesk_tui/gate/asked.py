"""What somebody asked for who came in over SSH: the words they typed behind the host's name."""

from __future__ import annotations

import shlex
from collections.abc import Mapping

from helpdesk_tui.errors import UsageError

COMMAND = b"SSH_ORIGINAL_COMMAND"
"""Where sshd leaves what was typed, when a key may only do one thing."""

LONGEST = 100_000
"""Bytes a command may have. Linux gives a variable of the environment 131,072."""


def asked(environ: Mapping[bytes, bytes]) -> list[str]:
    """The words of the command, taken apart as a shell does but by no shell; none for the board.

    UsageError for what is not UTF-8 text, too long, or has a quote without an end.
    """
    given = environ.get(COMMAND, b"")
    if len(given) > LONGEST:
        raise UsageError(f"The command is longer than {LONGEST:,} bytes.", "Send long texts on standard input.")
    try:
        return shlex.split(given.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UsageError("The command is not valid UTF-8 text.", "Check the terminal's encoding.") from error
    except ValueError as error:
        raise UsageError(
            "The command has a quote or a backslash without an end.", "Quote it twice: ssh joins the words with blanks."
        ) from error
