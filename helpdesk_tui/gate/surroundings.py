"""The environment inside the gate: made anew, with the little that the other side's terminal must be able to tell."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Iterator, Mapping

from helpdesk_tui.errors import NotAllowed

_PLAIN = {
    "TERM": re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}"),
    "COLORTERM": re.compile(r"[A-Za-z0-9_-]{1,32}"),
    "LANG": re.compile(r"[A-Za-z0-9_.@-]{1,64}"),
    "TZ": re.compile(r":?[A-Za-z0-9_+-]{1,32}(?:/[A-Za-z0-9_+-]{1,32}){0,2}"),
}
"""What may come in, and how it looks: names of a terminal, a locale and a time zone, never a path."""

_LOCALE = re.compile(r"LC_[A-Z]{1,20}")
NO_COLOR = "NO_COLOR"


def let_in(environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The variables of the caller that count inside."""
    for name, value in environ.items():
        looks = _PLAIN["LANG"] if _LOCALE.fullmatch(name) else _PLAIN.get(name)
        if looks is not None and looks.fullmatch(value):
            yield name, value
    if environ.get(NO_COLOR):
        yield NO_COLOR, "1"


def settle() -> None:
    """Leave of the environment what may come in, and of the terminal's keys none that could stop or dump the program.

    NotAllowed when Python itself was started on the caller's terms.
    """
    if not sys.flags.ignore_environment and any(name.startswith("PYTHON") for name in os.environ):
        raise NotAllowed(
            "This gate stands open to the environment of its callers.",
            "Tell an admin to use the lines that `helpdesk gate keys` prints.",
        )
    kept = dict(let_in(os.environ))
    os.environ.clear()
    os.environ.update(kept | {"HOME": _home()})
    time.tzset()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTSTP})  # whoever handles it later: it never arrives
    _no_core_dumps()


def _home() -> str:
    """The account's own home folder, from the password database."""
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        return "/nonexistent"


def _no_core_dumps() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
