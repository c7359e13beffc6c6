"""`helpdesk gate`: what sshd runs for somebody's key, and the keys themselves."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from helpdesk_tui import config
from helpdesk_tui.cli import stdin
from helpdesk_tui.cli.call import DONE, NOTHING, Call, imports_are_over
from helpdesk_tui.cli.listed import listed
from helpdesk_tui.cli.offered import Offered
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.domain.ssh_keys import KnownKey, may_enter
from helpdesk_tui.errors import DeskUnusable, NotAllowed, UsageError
from helpdesk_tui.gate.asked import asked

HELP = ["--help"]
ALONE = "`ssh -t` opens the board, `ssh … list` runs a verb, `ssh … help` lists the verbs."


def run(call: Call) -> int:
    """Let somebody in, or show and change who comes in with which key."""
    match call.expect(1):
        case ["keys", *_]:
            call.expect(1, 1)
            return _lines(call)
        case ["key", *words]:
            return _key(call, words or ["list"])
    return _enter(call)


# For one person


def _enter(call: Call) -> int:
    """Do what was asked for over SSH as the person of that name, and nothing else."""
    from helpdesk_tui.cli.main import run_words
    from helpdesk_tui.cli.offered import through_the_gate
    from helpdesk_tui.gate import seal, surroundings

    (login,) = call.expect(1, 1)
    words = _help(asked(os.environb))
    surroundings.settle()
    visit = _visit(call, login)
    call.messages.veil, call.messages.log_path = visit.veiled, visit.log_path
    seal.seal(visit.desk if isinstance(visit.desk, Path) else None, visit.state_path.parent, visit.log_path)
    if not words and not (sys.stdin.isatty() and call.out.terminal):
        raise UsageError("There is no terminal here for a board.", ALONE)
    offered = through_the_gate()
    return run_words(words, call.out, call.messages, _theirs(offered, visit) if words == HELP else offered, visit)


def _theirs(offered: Offered, visit: config.Config) -> Offered:
    """What of it has any use for whoever comes in."""
    from helpdesk_tui.bootstrap import open_desk
    from helpdesk_tui.cli.needs import there_for

    desk = open_desk(visit)
    imports_are_over()
    try:
        return there_for(desk, offered)
    finally:
        desk.close()


def _help(words: list[str]) -> list[str]:
    """`help` and `help VERB`: ssh takes a `--help` behind the host's name for its own."""
    if words[:1] != ["help"]:
        return words
    return [*words[1:2], *HELP]


def _visit(call: Call, login: str) -> config.Config:
    """The configuration of somebody who comes in, with a folder of their own for what is remembered."""
    if not may_enter(login):
        raise NotAllowed("That is nobody's name at this gate.", "Ask an admin of the desk.")
    state = call.text("--state")
    try:
        visit = config.load(call.text("--desk"), gate=login, state=None if state is None else Path(state).absolute())
        visit = replace(visit, key=call.text("--key") or "")
    except UsageError as error:
        raise DeskUnusable("This gate is not set up as it should be.", "Tell an admin of the desk.") from error
    with suppress(OSError):  # what cannot be remembered is forgotten
        visit.state_path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return visit


# The keys


def _key(call: Call, words: list[str]) -> int:
    from helpdesk_tui.desk import ssh_keys

    match words:
        case ["list"]:
            return _list(call)
        case ["add", login]:
            if call.at_keyboard:
                call.say(f"Paste the public key of {login}, then press ctrl+d on an empty line.")
            return call.report(ssh_keys.add(call.desk, login, stdin.awaited()))
        case ["remove", fingerprint]:
            return call.report(ssh_keys.remove(call.desk, fingerprint))
    raise UsageError("`helpdesk gate key` is not written like that.", "It is: add LOGIN, list, or remove FINGERPRINT.")


def _list(call: Call) -> int:
    from helpdesk_tui.desk import ssh_keys

    columns = (Column("who", widest=30), Column("kind"), Column("fingerprint"), Column("comment"))
    nothing = "Nobody has a key: `helpdesk gate key add LOGIN <KEY.pub` adds one."
    return listed(call, ssh_keys.keys(call.desk), _shape, columns, _row, nothing)


def _row(one: KnownKey) -> tuple[Cell, ...]:
    return Cell(one.login or one.name), Cell(one.key.kind), Cell(one.key.fingerprint), Cell(one.key.comment)


def _shape(one: KnownKey) -> dict[str, object]:
    return {
        "login": one.login,
        "active": one.active,
        "kind": one.key.kind,
        "data": one.key.data,
        "fingerprint": one.key.fingerprint,
        "comment": one.key.comment,
        "added": one.at.isoformat(),
    }


def _lines(call: Call) -> int:
    """Print the lines for authorized_keys: the keys of those who may come in."""
    from helpdesk_tui.desk import ssh_keys
    from helpdesk_tui.gate.lines import line

    # Isolated: neither the environment nor the folder it starts in has a say in what Python loads.
    program = [sys.executable, "-I", "-m", "helpdesk_tui", *_desk(call), "gate"]
    state = call.text("--state")
    if state is not None:
        program += ["--state", str(Path(state).absolute())]
    found = [one for one in ssh_keys.keys(call.desk) if one.active and may_enter(one.login)]
    for one in found:
        call.out.line(line([*program, "--key", one.key.fingerprint, one.login], one.key))
    if not found:
        call.say("Nobody has a key: `helpdesk gate key add LOGIN <KEY.pub` adds one.")
    return DONE if found else NOTHING


def _desk(call: Call) -> list[str]:
    """How the desk is named in the lines: a database in the config of the account alone, for it may have a password."""
    desk = call.config.desk
    if isinstance(desk, Path):
        return ["--desk", str(desk.absolute())]
    if call.has("--desk"):
        raise UsageError(
            "The address of a database may hold a password, which does not belong into these lines.",
            'Name it in the config file of the account that runs the gate: url = "…".',
        )
    return []
