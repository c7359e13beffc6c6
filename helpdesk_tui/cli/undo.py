"""`helpdesk undo` and `helpdesk redo`."""

from __future__ import annotations

from helpdesk_tui.cli import clocks
from helpdesk_tui.cli.call import DONE, Call
from helpdesk_tui.cli.listed import listed
from helpdesk_tui.cli.render import DIM
from helpdesk_tui.cli.shapes import moment
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.cli.words import number
from helpdesk_tui.desk import undo
from helpdesk_tui.domain.ticket_detail import PastStep
from helpdesk_tui.language.dates import said

COLUMNS = (Column("step", right=True), Column("when", widest=16, keep=4), Column("who"), Column("what"))


def run_undo(call: Call) -> int:
    """Take back the last change, or for an admin a step of anybody."""
    if call.has("--list"):
        return _list(call)
    call.expect(0, 0)
    step = call.whole("--step", 0, least=1)
    outcome = undo.undo_step(call.desk, step) if step else undo.undo(call.desk)
    call.say(f"{outcome.said} (`helpdesk redo` does it again)")
    clocks.follow(call)
    return DONE


def _list(call: Call) -> int:
    about = number(call.expect(1, 1)[0])
    found = undo.steps(call.desk, about)
    if not found:
        call.say(f"Nothing that was done on #{about} can be taken back.")
    now, zone = call.desk.clock.now(), call.desk.zone

    def row(one: PastStep) -> tuple[Cell, ...]:
        return Cell(str(one.id)), Cell(said(one.at, now, zone), (DIM,)), Cell(one.who), Cell(one.said)

    return listed(call, found, _shape, COLUMNS, row)


def _shape(one: PastStep) -> dict[str, object]:
    return {"step": one.id, "at": moment(one.at), "who": one.who, "what": one.said}


def run_redo(call: Call) -> int:
    """Do again what was taken back."""
    call.expect(0, 0)
    return clocks.kept(call, undo.redo(call.desk))
