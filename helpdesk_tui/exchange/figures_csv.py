"""Figures as CSV, one number a row, for a spreadsheet to make its own tables of."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TextIO

from helpdesk_tui.domain.figures import Dimension, Figure, Figures, Group
from helpdesk_tui.exchange import figures_json
from helpdesk_tui.exchange.formula import escaped

COLUMNS = ("figure", "of", "at", "measure", "value")
"""`of` is a clock, an age, a column, a person or a group, `at` a day or a week's Monday; each "" where it is of all."""

_NAMES = ("age", "column", "agent", "name")
_MOMENTS = ("day", "week")
_DIMENSIONS = frozenset(by.value for by in Dimension)


def write(figures: Figures, groups: Mapping[Dimension, Iterable[Group]], query: str, stream: TextIO) -> None:
    """Write them; `stream` must not translate line ends. A cell that would run as a formula gets a leading `'`."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    found = figures_json.shape(figures, groups, query)
    for figure in Figure:
        for of, at, measure, value in _numbers(found[figure.value], "", ""):
            writer.writerow([figure.value, escaped(of), at, measure, "" if value is None else value])


def _numbers(shape: Mapping[str, Any], of: str, at: str) -> Iterator[tuple[str, str, str, Any]]:
    """Each number in what is there as JSON, with what it is of."""
    for name, value in shape.items():
        if name in _NAMES or name in _MOMENTS or (name == "columns" and not of and not at and "points" in shape):
            continue
        if name == "columns" and isinstance(value, Mapping):
            yield from ((column, at, "tickets", count) for column, count in value.items())
        elif isinstance(value, Mapping):
            yield from _numbers(value, _joined(of, "" if name == "by" else name), at)
        elif isinstance(value, list):
            for one in value:
                yield from _one(one, _joined(of, name) if name in _DIMENSIONS else of, at, name)
        elif name != "board":
            yield of, at, name, value


def _one(shape: Mapping[str, Any], of: str, at: str, within: str) -> Iterator[tuple[str, str, str, Any]]:
    named = [str(shape[name] or "(none)") for name in ("board", *_NAMES) if name in shape]
    moment = next((shape[name] for name in _MOMENTS if name in shape), at)
    yield from _numbers(shape, _joined(of, " / ".join(named)), f"{moment} week" if within == "weeks" else moment)


def _joined(of: str, more: str) -> str:
    return ": ".join(part for part in (of, more) if part)
