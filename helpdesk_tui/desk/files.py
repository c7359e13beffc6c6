"""The files on tickets: attaching, finding, reading and removing them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.saying import subject
from helpdesk_tui.desk.work import Work, no_such_ticket, working
from helpdesk_tui.domain.file_names import free, size_in_words
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket_detail import Attached
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import DeskUnusable, NotFound, UsageError
from helpdesk_tui.store import files as stored
from helpdesk_tui.store import records
from helpdesk_tui.store.records import Stored

if TYPE_CHECKING:
    from helpdesk_tui.desk.spooling import Spooled

FILES_LIMIT = 500
"""Files one ticket may have."""


def attach(desk: Desk, numbers: Sequence[int], given: Sequence[Spooled]) -> Outcome:
    """Attach these files to each of the tickets: one undo step. What is in them is kept once.

    Everybody who sees a ticket sees its files. A name that the ticket has already gets a number: `log (2).txt`.
    """
    with working(desk, Act.ATTACH) as work:
        tickets = work.tickets(numbers)
        for one in given:
            if not stored.has_content(work.unit, one.sha256):
                stored.keep_content(work.unit, one.sha256, one.size, one.pieces())
        names = [_attach_to(work, ticket["id"], given) for ticket in tickets]
        made = work.facts[-1].entity_id if work.facts else None
        return work.commit(f"{subject(numbers)}: {_in_words(given, names)} attached", made=made)


def _attach_to(work: Work, number: int, given: Sequence[Spooled]) -> list[str]:
    """The names the files got there."""
    taken = stored.names_on(work.unit, number)
    if len(taken) + len(given) > FILES_LIMIT:
        raise UsageError(f"A ticket may have {FILES_LIMIT} files, #{number} has {len(taken)}.", "Pack them into one.")
    added: list[str] = []
    for one in given:
        name = free(one.name, [*taken, *added])
        added.append(name)
        record = {
            "ticket_id": number,
            "name": name,
            "size": one.size,
            "sha256": one.sha256,
            "added_by_id": work.desk.actor.id,
            "at": work.now,
        }
        work.make("file", record, "attached", number, name=name, size=one.size)
    return added


def _in_words(given: Sequence[Spooled], names: Sequence[Sequence[str]]) -> str:
    if len(given) != 1:
        return f"{len(given)} files"
    name = names[0][0] if len(names) == 1 else given[0].name
    return f"{name} ({size_in_words(given[0].size)})"


def files(desk: Desk, number: int) -> tuple[Attached, ...]:
    """The files on a ticket, in the order they came. NotFound alike if it does not exist or may not be seen."""
    with desk.store.reading() as unit:
        found = stored.of_visible_ticket(unit, number, desk.actor)
    if found is None:
        raise no_such_ticket(number)
    return found


def file_named(desk: Desk, number: int, name: str) -> Attached:
    """The file of that name on a ticket, the latest if there are several; else the one in that place of the list."""
    found = files(desk, number)
    same = [file for file in found if file.name == name] or [file for file in found if fold(file.name) == fold(name)]
    if same:
        return same[-1]
    if name.isascii() and name.isdigit() and len(name) < 6 and 1 <= int(name) <= len(found):
        return found[int(name) - 1]
    raise NotFound(f"#{number} has no file “{clean(name, limit=80)}”.", f"`helpdesk files {number}` lists its files.")


def pieces(desk: Desk, file: Attached) -> Iterator[bytes]:
    """What is in a file that `files` gave, a piece at a time.

    DeskUnusable at the end if it is not what was attached. Contents never change, so the desk is not held meanwhile.
    """
    digest = hashlib.sha256()
    place = 0
    while (data := _piece(desk, file.sha256, place)) is not None:
        digest.update(data)
        place += 1
        yield data
    if digest.hexdigest() != file.sha256:
        raise DeskUnusable(
            f"The content of “{clean(file.name, limit=80)}” in the desk is damaged.",
            "What was read of it is not to be trusted; look for it in a backup.",
        )


def _piece(desk: Desk, sha256: str, place: int) -> bytes | None:
    with desk.store.reading() as unit:
        return stored.piece(unit, sha256, place)


def remove(desk: Desk, file_ids: Sequence[int]) -> Outcome:
    """Take files off their tickets: one undo step. The team may remove any, others what they attached themselves."""
    with working(desk) as work:
        found = [_file(work, file_id) for file_id in dict.fromkeys(file_ids)]
        for file in found:
            act = Act.ATTACH if file["added_by_id"] == desk.actor.id else Act.EDIT
            desk.require(act, work.ticket(file["ticket_id"])["board_id"])
            work.alter("file", file, {"removed": True}, "attached", file["ticket_id"], name=file["name"])
        tickets = list(dict.fromkeys(file["ticket_id"] for file in found))
        what = f"file “{clean(found[0]['name'])}”" if len(found) == 1 else f"{len(found)} files"
        return work.commit(f"{subject(tickets)}: {what} removed")


def _file(work: Work, file_id: int) -> Stored:
    """A file that is there and may be seen. NotFound alike for all others."""
    file = records.fetch(work.unit, "file", file_id)
    if file is None or file["removed"] or not work.sees(file["ticket_id"]):
        raise _no_such_file()
    board_id = work.ticket(file["ticket_id"])["board_id"]
    if not work.desk.may(Act.READ_NOTES, board_id) and stored.is_on_note(work.unit, file_id):
        raise _no_such_file()
    return file


def _no_such_file() -> NotFound:
    return NotFound("There is no such file.", "It may have been removed; look at the ticket again.")


def save(desk: Desk, chosen: Sequence[Attached], folder: Path) -> tuple[Path, ...]:
    """Write these files, which `files` gave, into a folder, and say where: see `file_saving`."""
    from helpdesk_tui.desk.file_saving import save_into

    desk.require_files()
    return save_into(folder, [(file.name, pieces(desk, file)) for file in chosen])
