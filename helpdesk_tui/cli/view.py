"""`helpdesk view`: saved queries."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk_tui.cli import shapes
from helpdesk_tui.cli.call import DONE, Call
from helpdesk_tui.cli.listed import listed
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.desk import views
from helpdesk_tui.domain.board import View
from helpdesk_tui.domain.permissions import Act
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
    columns = (Column("view", widest=30), Column("for"), Column("query"))
    nothing = "There are no views yet: `helpdesk view save NAME QUERY` saves one."
    if not call.desk.may(Act.SAVE_VIEW):
        nothing = "There are no views for you."
    return listed(call, views.views(call.desk), shapes.view, columns, _row, nothing)


def _row(view: View) -> Sequence[Cell]:
    return Cell(view.name), Cell("" if view.shared else "own"), Cell(view.query)
