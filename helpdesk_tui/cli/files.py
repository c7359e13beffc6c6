"""`helpdesk files`."""

from __future__ import annotations

from pathlib import Path

from helpdesk_tui.cli import shapes
from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.listed import listed
from helpdesk_tui.cli.render import CYAN, DIM
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.cli.words import number
from helpdesk_tui.desk import files
from helpdesk_tui.domain.file_names import size_in_words
from helpdesk_tui.domain.ticket_detail import Attached
from helpdesk_tui.errors import UsageError
from helpdesk_tui.language.dates import said

COLUMNS = (Column("#", right=True), Column("size", right=True), Column("by", keep=4), Column("added", keep=3),
           Column("name"))  # fmt: skip


def run(call: Call) -> int:
    """List the files of a ticket, or do one thing with them."""
    word, *names = call.expect(1)
    ticket = number(word)
    asked = [option for option in ("--get", "--save", "--remove", "--json") if call.has(option)]
    if len(asked) > 1:
        raise UsageError(f"`{asked[0]}` and `{asked[1]}` do not go together.", "Give one of them.")
    if call.has("--save"):
        return _save(call, ticket, names, Path(call.text("--save") or ""))
    call.expect(1, 1)
    if (name := call.text("--get")) is not None:
        return _get(call, ticket, name)
    if (name := call.text("--remove")) is not None:
        return call.report(files.remove(call.desk, [files.file_named(call.desk, ticket, name).id]))
    return _list(call, ticket)


def _list(call: Call, ticket: int) -> int:
    found = files.files(call.desk, ticket)
    now, zone = call.desk.clock.now(), call.desk.zone

    def row(file: Attached) -> tuple[Cell, ...]:
        at = said(file.at, now, zone)
        return Cell(size_in_words(file.size)), Cell(file.by, (CYAN,)), Cell(at, (DIM,)), Cell(file.name)

    how = f"`helpdesk attach {ticket} {'NAME <FILE' if call.sealed else 'PATH'}` adds one."
    return listed(call, found, shapes.file, COLUMNS, row, f"#{ticket} has no files: {how}", numbered=True)


def _get(call: Call, ticket: int, name: str) -> int:
    file = files.file_named(call.desk, ticket, name)
    if call.out.terminal:
        or_save = "" if call.sealed else ", or use --save FOLDER"
        raise UsageError(
            "What is in a file could act on the terminal: it is not written there.",
            f"Send it elsewhere: helpdesk files {ticket} --get NAME >FILE{or_save}.",
        )
    call.out.data(files.pieces(call.desk, file))
    return DONE


def _save(call: Call, ticket: int, names: list[str], folder: Path) -> int:
    chosen = [files.file_named(call.desk, ticket, name) for name in names] or files.files(call.desk, ticket)
    for path in files.save(call.desk, chosen, folder):
        call.say(f"Saved: {path}")
    if not chosen:
        call.say(f"#{ticket} has no files.")
    return DONE if chosen else NOTHING
