"""`helpdesk view`: saved queries."""

from __future__ import annotations

from helpdesk_tui.cli import shapes, table
from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.desk import views
from helpdesk_tui.domain.text import clean


def run(call: Call) -> int:
    """List the views, show one, or change them."""
    match call.action():
        case "save":
            name, *words = call.expect(2)
            query = " ".join(words)
            with call.reading(query):
                return call.report(views.save(call.desk, name, query, shared=False if call.has("--own") else None))
        case "remove":
            (name,) = call.expect(1, 1)
            return call.report(views.remove(call.desk, name))
        case "show":
            (name,) = call.expect(1, 1)
            found = views.find(call.desk, name)
            if call.has("--json"):
                call.out.json(shapes.view(found))
            else:
                call.out.line(clean(found.query))
            return DONE
    return _list(call)


def _list(call: Call) -> int:
    call.expect(0, 0)
    found = views.views(call.desk)
    if call.has("--json"):
        call.out.json_list(shapes.view(view) for view in found)
    else:
        rows = [(Cell(view.name), Cell("" if view.shared else "own"), Cell(view.query)) for view in found]
        if not found:
            call.say("There are no views yet: `helpdesk view save NAME QUERY` saves one.")
        table.write(call.out, (Column("view", widest=30), Column("for"), Column("query")), rows)
    return DONE if found else NOTHING
