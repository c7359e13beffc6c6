"""What a rule tells of the whole desk: in a line for notices, or in full as a file beside the desk."""

from __future__ import annotations

from pathlib import Path

from helpdesk_tui.desk import daily
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.file_saving import save_into
from helpdesk_tui.domain import daily as report
from helpdesk_tui.errors import UsageError
from helpdesk_tui.language.asking import Asking
from helpdesk_tui.language.bind import bind
from helpdesk_tui.language.dates import said
from helpdesk_tui.language.query import parse
from helpdesk_tui.store import cards, modes
from helpdesk_tui.store.sqlite import SqliteStore
from helpdesk_tui.store.unit_of_work import Unit

_COUNTED = (
    ("came in since yesterday", "created>=yesterday"),
    ("closed", "closed>=yesterday"),
    ("open", "is:open"),
    ("late", "is:late"),
    ("at risk", "sla:risk"),
    ("due today", "is:due"),
    ("without an assignee", "is:open is:unassigned"),
    ("still for a week", "is:open idle>1w"),
)


def in_a_line(unit: Unit, asking: Asking) -> str:
    """Such as `5 came in since yesterday, 3 closed, 41 open, 2 late`; what there is none of is left out."""
    counts = {
        words: cards.count(unit, cards.selected(bind(parse(query), asking), asking, asking.me))
        for words, query in _COUNTED
    }
    told = ", ".join(f"{number:,} {words}" for words, number in counts.items() if number)
    return f"{told or 'Nothing is open, and nothing came in'}. `helpdesk report daily` tells more."


def folder_of(desk: Desk) -> Path:
    """Where reports are kept: beside the desk's file. UsageError for a desk on a server, which has no such place."""
    if not isinstance(desk.store, SqliteStore):
        raise UsageError("A desk on a server has no folder for reports.", "Write `report:daily`, for the notices.")
    return desk.store.path.with_name(f"{desk.store.path.stem}-reports")


def as_file(desk: Desk) -> Path:
    """Write the report of yesterday there; its path. It may be read by whoever may read the desk's file.

    UsageError if it cannot be written.
    """
    folder = folder_of(desk)
    found = daily.daily(desk)
    written = report.text(found, lambda at: said(at, found.at, desk.zone))
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be made: {error.strerror}.", "Make room, or a folder of that name."
        ) from error
    (path,) = save_into(folder, [(f"daily-{found.day}.txt", [written.encode()])], by_path=True)
    for made in (folder, path):
        modes.follow_if_own(made, Path(desk.store.name))
    return path
