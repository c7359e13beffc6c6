"""`helpdesk label`."""

from __future__ import annotations

from helpdesk_tui.cli import shapes, table
from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.desk import labels


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
    found = labels.uses(call.desk)
    if call.has("--json"):
        call.out.json_list(shapes.label(use.label, use.tickets) for use in found)
    else:
        rows = [(Cell(use.label.name), Cell(use.label.color), Cell(str(use.tickets))) for use in found]
        if not found:
            call.say("There are no labels yet: `+name` in a change makes one.")
        table.write(call.out, (Column("label", widest=40), Column("colour"), Column("tickets")), rows)
    return DONE if found else NOTHING
