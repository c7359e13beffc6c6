"""`helpdesk label`."""

from __future__ import annotations

from helpdesk_tui.cli import shapes, table
from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.cli.verb import JSON, Verb
from helpdesk_tui.desk import labels


def run(call: Call) -> int:
    """List the labels or change one."""
    match call.action():
        case "add":
            name, *color = call.expect(1, 2)
            return call.report(labels.create(call.desk, name, *color))
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
    (prefix,) = call.expect(0, 1) or [""]
    found = labels.labels(call.desk, prefix)
    if call.has("--json"):
        call.out.json_list([shapes.label(label) for label in found])
    else:
        rows = [(Cell(label.name), Cell(label.color)) for label in found]
        table.write(call.out, (Column("label", widest=40), Column("colour")), rows)
    return DONE if found else NOTHING


LABEL = Verb(
    usage="[list [PREFIX] | add NAME [COLOUR] | rename OLD NEW | color NAME [COLOUR] | remove NAME]",
    about="Lists labels, and changes them on all tickets at once. Without a colour one follows from the name.",
    examples=("helpdesk label", "helpdesk label rename vpn remote-access", "helpdesk label color vpn blue"),
    run=run,
    options=(JSON,),
    actions=("list", "add", "rename", "color", "remove"),
)
