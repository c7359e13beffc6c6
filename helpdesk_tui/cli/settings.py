"""`helpdesk config`: the settings of a desk."""

from __future__ import annotations

from helpdesk_tui.cli import table
from helpdesk_tui.cli.call import DONE, Call
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.desk import settings
from helpdesk_tui.domain.settings import SETTINGS, setting
from helpdesk_tui.domain.text import clean


def run(call: Call) -> int:
    """List the settings, print one, or change one."""
    match call.action():
        case "get":
            (name,) = call.expect(1, 1)
            setting(name)
            call.out.line(clean(settings.in_words(call.desk)[name]))
            return DONE
        case "set":
            name, *words = call.expect(2)
            return call.report(settings.change(call.desk, name, " ".join(words)))
        case "reset":
            (name,) = call.expect(1, 1)
            return call.report(settings.change(call.desk, name, None))
    return _list(call)


def _list(call: Call) -> int:
    call.expect(0, 0)
    values = settings.in_words(call.desk)
    if call.has("--json"):
        call.out.json(values)
        return DONE
    rows = [(Cell(name), Cell(value), Cell(SETTINGS[name].what)) for name, value in values.items()]
    table.write(call.out, (Column("setting"), Column("value", widest=60), Column("what it is")), rows)
    return DONE
