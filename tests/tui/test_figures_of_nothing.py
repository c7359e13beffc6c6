"""Of no tickets every figure says the same everywhere: "none" where it is read, 0 and null where it is counted with."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest

from helpdesk_tui.desk import conversation, figures, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain import figure_words
from helpdesk_tui.domain.figures import Dimension, Figure, Figures
from helpdesk_tui.exchange import figures_csv, figures_html, figures_json, figures_markdown, figures_tables
from helpdesk_tui.tui.widgets import figure_cells
from tests.builders import a_ticket

GROUPS: dict[Dimension, Any] = dict.fromkeys(Dimension, ())


def measured(desk: Desk) -> Figures:
    facts = figures.facts(desk)
    return figures.figures(facts, figures.period(facts, "today"))


def numbers(shape: Any) -> Iterator[Any]:
    """Every number in it, and null."""
    if isinstance(shape, dict):
        shape = shape.values()
    elif not isinstance(shape, list):
        if not isinstance(shape, str):
            yield shape
        return
    for one in shape:
        yield from numbers(one)


@pytest.mark.parametrize("figure", Figure)
def test_of_an_empty_desk_each_figure_says_none(desk: Desk, figure: Figure) -> None:
    found = measured(desk)
    assert figure_words.headline(found, figure) == "none"
    assert (figure.called, "none") in figures_tables.overview(found).rows
    assert figure_cells.in_short(found, figure) == ("none", "")
    assert f"| {figure.called} | none |" in figures_markdown.text(found, GROUPS, "").replace("\\", "")
    assert f"<td>{figure.called}</td><td>none</td>" in _without_looks(figures_html.text(found, GROUPS, ""))


@pytest.mark.parametrize("figure", Figure)
def test_of_an_empty_desk_each_figure_counts_nothing(desk: Desk, figure: Figure) -> None:
    found = measured(desk)
    shape = figures_json.shape(found, GROUPS, "")[figure.value]
    assert shape["count"] == 0
    assert set(numbers(shape)) <= {0, None}
    stream = io.StringIO()
    figures_csv.write(found, GROUPS, "", stream)
    rows = [line.split(",") for line in stream.getvalue().splitlines()]
    assert {row[-1] for row in rows if row[0] == figure.value} <= {"", "0"}


def test_of_a_desk_at_work_the_screen_says_none_of_what_a_report_says_none_of(desk: Desk) -> None:
    number = a_ticket(desk)
    conversation.reply(desk, a_ticket(desk), "Hello.")
    tickets.change_text(desk, [number], "to:done")
    found = measured(desk)
    for figure in Figure:
        none = figure_words.headline(found, figure) == "none"
        assert (figure_cells.in_short(found, figure)[0] == "none") is none, figure


def _without_looks(page: str) -> str:
    return page.replace(' class="number"', "").replace("\n", "")
