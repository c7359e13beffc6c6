"""How a noun lists what there is of it and shows one: JSON where it is asked for, else a table or facts by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from helpdesk_tui.cli import table
from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.domain.text import clean

T = TypeVar("T")


def listed(
    call: Call,
    found: Sequence[T],
    shape: Callable[[T], Any],
    columns: Sequence[Column],
    row: Callable[[int, T], Sequence[Cell]],
    nothing: str = "",
) -> int:
    """Print all of it, each `row` from its place, counted from 1; of none, `nothing` says how there comes to be one."""
    if call.has("--json"):
        call.out.json_list(map(shape, found))
    else:
        if not found and nothing:
            call.say(nothing)
        table.write(call.out, columns, [row(at, one) for at, one in enumerate(found, 1)])
    return DONE if found else NOTHING


def shown(call: Call, parts: Mapping[str, str], width: int = 12) -> int:
    """Print what one is, those parts left out that say nothing."""
    for part, text in parts.items():
        if text:
            call.out.line(f"{part:<{width}}{clean(text)}")
    return DONE
