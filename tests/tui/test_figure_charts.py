"""What the right side of the figures screen shows of each figure, at whatever width."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from helpdesk_tui.domain.figures import (
    AGES,
    Aged,
    Backlog,
    ColumnTime,
    Dimension,
    Durations,
    Figure,
    Figures,
    Flow,
    Group,
    Kept,
    Load,
    Loaded,
    Period,
    Satisfaction,
    Share,
    Spread,
    Standing,
    Throughput,
    Weekly,
)
from helpdesk_tui.tui.widgets.charts import FANCY, PLAIN, Signs
from helpdesk_tui.tui.widgets.figure_charts import MOST, FigureCharts, Pane, Part
from helpdesk_tui.tui.widgets.figure_lists import ROWS
from tests.tui.around import HOSTILE

LAST = date(2026, 11, 22)
HOUR = 3600.0


def figures(days: int = 30) -> Figures:
    """Of the last so many days; each of them two came, one was closed."""
    dates = tuple(LAST - timedelta(days=days - 1 - at) for at in range(days))
    took = Durations(
        Spread(days, HOUR, 5 * HOUR),
        tuple(Weekly(one, Spread(7, HOUR, 5 * HOUR)) for one in dates if one.weekday() == 0),
    )
    rising = tuple(range(1, days + 1))
    return Figures(
        Period(f"{days}d", dates[0], LAST) if dates else Period("2030", date(2030, 1, 1), date(2030, 12, 31)),
        dates,
        took, took,
        Kept(Share(9, 10), Share(10, 10), Share(8, 9)), Share(4, 10), Share(1, 11), Satisfaction(Share(3, 4), Share(4, 10)),
        Backlog(days, tuple(Aged(name, least, most, 3) for name, least, most in AGES), rising),
        took, took,
        (ColumnTime("IT", "To Do", 1, Spread(9, HOUR, 2 * HOUR), 9 * HOUR),),
        Flow((2,) * days, (1,) * days, (0,) * days,
             (Standing("IT", "To Do", 1, (5,) * days), Standing("IT", "Done", 3, rising))),
        Throughput(days, (1,) * days, ()),
        Load(9, 2, (Loaded("Bob", 7, 6, 2, 4), Loaded("", None, 3, 0, None))),
    )  # fmt: skip


def charts(
    shown: Figures, width: int = 72, height: int = 30, groups: tuple[Group, ...] = (), signs: Signs = FANCY
) -> FigureCharts:
    return FigureCharts(shown, Dimension.LABEL, groups, (width, height), signs)


def text(pane: Pane) -> list[str]:
    return ["".join(piece for _, piece in row) for row in pane.rows]


def a_group(name: str, number: int = 1) -> Group:
    return Group(name, number, 5, Spread(5, HOUR, HOUR), Spread(5, HOUR, HOUR))


@pytest.mark.parametrize("figure", ROWS, ids=lambda one: "overview" if one is None else one.value)
@pytest.mark.parametrize("signs", [FANCY, PLAIN], ids=["fancy", "plain"])
class TestEveryFigure:
    @pytest.mark.parametrize("width", [36, 43, 72, 150])
    @pytest.mark.parametrize("days", [0, 1, 7, 90, 800])
    def test_its_rows_are_as_wide_as_the_screen(
        self, figure: Figure | None, signs: Signs, width: int, days: int
    ) -> None:
        pane = charts(figures(days), width, groups=(a_group("vpn"),), signs=signs).pane(figure)
        assert pane.rows
        assert {cell_len(line) for line in text(pane)} == {width}

    @pytest.mark.parametrize("name", HOSTILE)
    def test_names_from_outside_move_nothing(self, figure: Figure | None, signs: Signs, name: str) -> None:
        found = figures()
        flow = replace(found.flow, columns=tuple(replace(one, board=name, column=name) for one in found.flow.columns))
        columns = tuple(replace(one, board=name, column=name) for one in found.time_in_column)
        load = replace(found.load, people=(Loaded(name, 7, 6, 2, 4),))
        odd = replace(found, flow=flow, time_in_column=columns, load=load)
        pane = charts(odd, groups=(a_group(name),), signs=signs).pane(figure)
        assert {cell_len(line) for line in text(pane)} == {72}
        assert "\x1b" not in "".join(text(pane))

    def test_plain_signs_are_ascii(self, figure: Figure | None, signs: Signs) -> None:
        drawn = "".join(text(charts(figures(), signs=signs).pane(figure)))
        assert signs is FANCY or drawn.replace("·", "").isascii()


class TestParts:
    def parts(self, figure: Figure, *groups: Group) -> list[Part]:
        return list(charts(figures(), groups=groups).pane(figure).parts.values())

    def test_ages_of_the_backlog(self) -> None:
        assert self.parts(Figure.BACKLOG)[1] == Part(Figure.BACKLOG, "1-7 days", "open 1-7 days")

    def test_columns(self) -> None:
        assert [part.part for part in self.parts(Figure.FLOW)] == ["1", "3"]
        assert [part.part for part in self.parts(Figure.TIME_IN_COLUMN)] == ["1"]

    def test_people_and_nobody(self) -> None:
        assert [part.part for part in self.parts(Figure.LOAD)] == ["agent:7", "agent:"]

    def test_clocks_that_were_missed(self) -> None:
        assert [part.part for part in self.parts(Figure.SLA_KEPT)] == ["", "first_reply", "resolution"]

    def test_groups_are_of_what_was_closed(self) -> None:
        assert self.parts(Figure.RESOLUTION, a_group("vpn", 4)) == [
            Part(Figure.THROUGHPUT, "label:4", "closed, label vpn")
        ]

    def test_of_very_many_groups_the_largest_are_drawn(self) -> None:
        groups = tuple(a_group(f"label {at}", at) for at in range(MOST + 5))
        pane = charts(figures(), groups=groups).pane(Figure.THROUGHPUT)
        assert len(pane.parts) == MOST
        assert "and 5 more" in text(pane)[-1]


class TestWhatIsSaid:
    def test_over_their_limit(self) -> None:
        bob, nobody = text(charts(figures()).pane(Figure.LOAD))[1:]
        assert "2 late" in bob
        assert "6/4!" in bob
        assert "3" in nobody

    def test_the_legend_names_the_layers_from_the_top(self) -> None:
        rows = [line.split() for line in text(charts(figures()).pane(Figure.FLOW)) if line.startswith((" ░░", " ██"))]
        assert [(row[0][0], row[-1]) for row in rows] == [("█", "5"), ("░", "30")]

    def test_a_period_still_to_come_has_nothing_in_it(self) -> None:
        assert "none in this period" in "".join(text(charts(figures(0)).pane(Figure.THROUGHPUT)))


def test_weeks_that_do_not_fit_are_put_together_over_the_whole_period() -> None:
    years = figures(3650)
    weeks = years.resolution.weeks
    quarters = tuple(Weekly(weeks[at].monday, Spread(7, HOUR, 2 * HOUR)) for at in range(0, len(weeks), 52))
    shown = replace(years, resolution=Durations(Spread(3650, HOUR, 5 * HOUR), weeks, ((52, quarters),)))
    drawn = text(charts(shown).pane(Figure.RESOLUTION))
    assert "by 52 weeks" in drawn[0]
    assert any("of each 52 weeks" in line for line in drawn)
    assert any("2016" in line for line in drawn), "its beginning is there"
