"""`helpdesk attach`."""

from __future__ import annotations

import os
from pathlib import Path

from helpdesk_tui.cli import stdin
from helpdesk_tui.cli.call import Call
from helpdesk_tui.cli.words import number
from helpdesk_tui.desk import files
from helpdesk_tui.desk.spooling import spooled, spooled_paths
from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import UsageError


def run(call: Call) -> int:
    """Attach files by their paths, or what comes on standard input under a name."""
    word, *given = call.expect(2)
    ticket = number(word)
    if given[-1] == "-":
        name, *more = given[:-1] or [""]
        if more or not name:
            raise UsageError("Give one name for what comes on standard input.", f"Usage: {call.usage}")
        return _from_stdin(call, ticket, name)
    if call.sealed and (len(given) > 1 or os.sep in given[0]):
        raise UsageError("Through the gate a file comes on standard input, under one name.", f"Usage: {call.usage}")
    if call.sealed or (len(given) == 1 and _is_only_a_name(given[0])):
        return _from_stdin(call, ticket, given[0])
    with spooled_paths(call.desk, [Path(path) for path in given]) as found:
        return call.report(files.attach(call.desk, [ticket], found))


def _is_only_a_name(word: str) -> bool:
    """Whether a word is no path: it has no slash, and nothing here is called so."""
    return os.sep not in word and not os.path.lexists(word)


def _from_stdin(call: Call, ticket: int, name: str) -> int:
    data = stdin.data()
    if data is None:
        if call.sealed:
            raise UsageError("Nothing is sent on standard input.", f"Usage: {call.usage}")
        raise UsageError(
            f"There is no file {clean(name, limit=80)} here, and nothing is sent on standard input.",
            f"As in: helpdesk attach {ticket} {clean(name, limit=80)} <FILE",
        )
    with spooled(call.desk, name, data) as one:
        return call.report(files.attach(call.desk, [ticket], [one]))
