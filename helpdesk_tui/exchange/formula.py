"""Cells that a spreadsheet would run as a formula, made harmless and brought back.

Quoting is no defence: a spreadsheet runs `"=1+1"` as gladly as `=1+1`. An apostrophe in front is what every spreadsheet
takes as "this is text". Cells that already look escaped get one more, so that taking one away always gives
back what was there.
"""

from __future__ import annotations

import re

MARKER = "#board-csv 1 escaped"
"""First line of a file whose cells went through `escaped`; only such a file is read back with `unescaped`."""

_RISKY = re.compile(r"'*[ \u00a0\u3000]*[=+\-@\t\r\n\x0b\x0c＝＋－＠\u2212]")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?")


def escaped(cell: str) -> str:
    """`cell` so that a spreadsheet shows it and does not run it. Plain numbers such as -5 stay numbers."""
    cell = cell.replace("\x00", "\N{SYMBOL FOR NULL}")
    if _RISKY.match(cell) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def unescaped(cell: str) -> str:
    """The cell that `escaped` was given."""
    if cell.startswith("'") and _RISKY.match(cell):
        return cell[1:]
    return cell
