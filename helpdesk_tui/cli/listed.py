"""How a noun lists what there is of it and shows one: JSON where it is asked for, else a table or facts by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from helpdesk_tui.cli import table
from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.render import DIM
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.domain.text import clean

T = TypeVar("T")


def listed(
    call: Call,
    found: Sequence[T],
    shape: Callable[[T], Any],
    columns: Sequence[Column],
    row: Callable[[T], Sequence[Cell]],
    nothing: str = "",
    *,
    numbered: bool = False,
) -> int:
    """Print all of it, a `row` each, `numbered` from 1; of none, `nothing` says how there comes to be one."""
    if call.has("--json"):
        call.out.json_list(map(shape, found))
    else:
        if not found and nothing:
            call.say(nothing)
        rows = [row(one) for one in found]
        if numbered:
            rows = [(Cell(str(at), (DIM,)), *cells) for at, cells in enumerate(rows, 1)]
        table.write(call.out, columns, rows)
    return DONE if found else NOTHING


def shown(call: Call, parts: Mapping[str, str], width: int = 12) -> int:
    """Print what one is, those parts left out that say nothing."""
    for part, text in parts.items():
        if text:
            first, *more = clean(text, lines=True).split("\n")
            call.out.line(f"{part:<{width}}{first}")
            for line in more:
                call.out.line(" " * width + line)
    return DONE
