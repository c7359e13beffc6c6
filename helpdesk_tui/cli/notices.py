"""`helpdesk notices`."""

from __future__ import annotations

from functools import partial

from helpdesk_tui.cli import shapes_people
from helpdesk_tui.cli.call import Call
from helpdesk_tui.cli.listed import listed
from helpdesk_tui.cli.render import BOLD, DIM
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.desk import notices
from helpdesk_tui.domain.at_work import Notice
from helpdesk_tui.language.dates import said

COLUMNS = (
    Column("#", right=True),
    Column("when", widest=16, keep=4),
    Column("title", widest=30, keep=3),
    Column("what"),
)


def run(call: Call) -> int:
    """List what happened on one's tickets, and remember that it was looked at."""
    call.expect(0, 0)
    found = (notices.latest if call.has("--keep") else notices.look)(call.desk)
    shown = [notice for notice in found if notice.new or call.has("--all")]
    return listed(call, shown, shapes_people.notice, COLUMNS, partial(_row, call), "Nothing new on your tickets.")


def _row(call: Call, notice: Notice) -> tuple[Cell, ...]:
    looks = (BOLD,) if notice.new else (DIM,)
    excerpt = f": {notice.excerpt}" if notice.excerpt else ""
    return (
        Cell(str(notice.number) if notice.number else "", looks),
        Cell(said(notice.at, call.desk.clock.now(), call.desk.zone), (DIM,)),
        Cell(notice.title),
        Cell(f"{notice.who} {notice.what}{excerpt}", () if notice.new else (DIM,)),
    )
