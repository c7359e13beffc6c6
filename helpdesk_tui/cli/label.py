"""`helpdesk label`."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk_tui.cli import shapes
from helpdesk_tui.cli.call import Call
from helpdesk_tui.cli.listed import listed
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.desk import labels
from helpdesk_tui.desk.labels import LabelUse


def run(call: Call) -> int:
    """List the labels or change one."""
    match call.action():
        case "add":
            name, *color = call.expect(1, 2)
            return call.report(labels.add(call.desk, name, *color))
        case "rename":
            old, new = call.expect(2, 2)
            return call.report(labels.rename(call.desk, old, new))
        case "color":
            name, *color = call.expect(1, 2)
            return call.report(labels.recolor(call.desk, name, *(color or [""])))
        case "remove":
            (name,) = call.expect(1, 1)
            return call.report(labels.remove(call.desk, name))
    return _list(call)


def _list(call: Call) -> int:
    call.expect(0, 0)
    columns = (Column("label", widest=40), Column("colour"), Column("tickets"))
    nothing = "There are no labels yet: `+name` in a change makes one."
    return listed(call, labels.uses(call.desk), _shape, columns, _row, nothing)


def _shape(use: LabelUse) -> dict[str, object]:
    return shapes.label(use.label, use.tickets)


def _row(use: LabelUse) -> Sequence[Cell]:
    return Cell(use.label.name), Cell(use.label.color), Cell(str(use.tickets))
