"""Erasing somebody who asked for help: their name, texts and files go for good, what is counted stays."""

from __future__ import annotations

from collections.abc import Callable

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.work import Work, working
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.errors import Conflict, DeskUnusable
from helpdesk_tui.store import belongings, derived, erasure, records
from helpdesk_tui.store.history import Fact
from helpdesk_tui.store.sqlite import SqliteStore
from helpdesk_tui.store.unit_of_work import Unit

IN_BACKUPS = "Backups made before still hold it: `helpdesk backup --list` shows those beside the desk."
ON_A_SERVER = "The server's own log and its backups of before still hold it."
NOT_WIPED = (
    "What was erased may still stand in unused parts of the desk, which others were at for too long: "
    "`helpdesk user erase '{name}' --yes` cleans them later."
)


def erase(desk: Desk, person_id: int, tell: Callable[[str], object] = lambda _doing: None) -> Outcome:
    """Put “erased person 12” in the place of a requester, and nothing in that of all they and their tickets said.

    Cannot be undone. Conflict for one of the team, who must become a requester first. Of one erased already only the
    file is cleaned again. Where they are spoken of is looked for while others go on working; `tell` hears what is done.
    """
    check_erasable(desk, person_id)
    tell("Looking for them in the whole desk …")
    with desk.store.reading() as unit:
        sought = erasure.seek(unit, person_id, f"erased person {person_id}")
    tell("Erasing …")
    with working(desk, Act.MANAGE_PEOPLE) as work:
        row = work.row("person", person_id)
        name = f"erased person {person_id}"
        if row["erased"]:
            outcome = Outcome((), f"{name}: nothing was left to erase")
        else:
            _refuse_the_team(work.unit, row)
            outcome = _erased(work, person_id, name, sought)
    tell("Writing the desk anew without it …")
    wiped, still_hold = _wiped(desk), IN_BACKUPS if isinstance(desk.store, SqliteStore) else ON_A_SERVER
    warnings = (still_hold,) if wiped else (NOT_WIPED.format(name=name), still_hold)
    return Outcome(outcome.numbers, outcome.said, warnings, outcome.change_set)


def check_erasable(desk: Desk, person_id: int) -> None:
    """Conflict for one of the team, before anybody is asked whether they mean it."""
    desk.require(Act.MANAGE_PEOPLE)
    with desk.store.reading() as unit:
        row = records.fetch(unit, "person", person_id)
        if row is not None and not row["erased"]:
            _refuse_the_team(unit, row)


def _refuse_the_team(unit: Unit, row: records.Stored) -> None:
    roles = {row["role"], *belongings.roles(unit, row["id"]).values()}
    if roles != {Role.REQUESTER.value}:
        raise Conflict(
            f"{row['login'] or row['name']} works at this desk, or did: the history says who did what.",
            "Hand over their work, make them a requester on the desk and on its boards, and erase them then.",
        )


def _erased(work: Work, person_id: int, name: str, sought: erasure.Sought) -> Outcome:
    erased = erasure.erase(work.unit, person_id, name, sought)
    for number in erased.tickets:
        work.tell(number, "erased")
    work.facts.append(Fact("person", person_id, "erased", None, {}, {"tickets": len(erased.tickets)}))
    derived.recount(work.unit, {*erased.tickets, *erased.recount})
    what = ", ".join(
        f"{count:,} {word}{'' if count == 1 else 's'}"
        for count, word in ((len(erased.tickets), "ticket"), (erased.files, "file"))
        if count
    )
    return work.commit(f"{name}{f': {what} emptied' if what else ''}", kind="erase")


def _wiped(desk: Desk) -> bool:
    """Whether nothing of what was deleted is left in the desk's files."""
    try:
        return desk.store.wipe()
    except DeskUnusable:
        return False
