"""Each figure as charts and rows, in the cells there are: what the right side of the figures screen shows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct, field
from rich.cells import cell_len

from helpdesk_tui.domain.figure_words import amount, percent, tickets
from helpdesk_tui.domain.figures import (
    Dimension,
    Figure,
    Figures,
    Group,
    Share,
    Standing,
)
from helpdesk_tui.domain.text import clean
from helpdesk_tui.tui.text import filled, shown
from helpdesk_tui.tui.widgets import figure_cells as cells
from helpdesk_tui.tui.widgets.charts import (
    Bins,
    Row,
    Signs,
    beside,
    binned,
    counts,
    cut,
    layer_sign,
    layer_style,
    layers,
    lengths,
    lying,
    standing,
    whiskers,
)

CREATED, CLOSED, OPEN, TOOK, LATE = "hue-blue", "hue-green", "hue-orange", "hue-cyan", "bad"

BESIDE = 64
"""Cells from which two small charts stand beside each other."""

ROOMY = 60
"""Cells from which names are drawn longer, and more stands beside them."""

MOST = 200
"""Rows of agents, labels, … at most: those with the most tickets."""

_SCALE = 7
"""Cells of the numbers beside a chart of lengths of time."""

LEAST_ROWS = 4
"""Rows of a chart, without its dates, below which it says nothing."""

WITHOUT = {
    Dimension.AGENT: "nobody",
    Dimension.LABEL: "no label",
    Dimension.ORGANIZATION: "no organization",
    Dimension.KIND: "no kind",
}
"""What those are called that are of no agent, label, …"""


class Part(Struct, frozen=True):
    """A row whose tickets can be shown: of which part of which figure, and how that is called."""

    figure: Figure
    part: str
    name: str


class Pane(Struct):
    """Rows of one width; some of them, by their index, are parts of a figure."""

    rows: list[Row] = field(default_factory=list)
    parts: dict[int, Part] = field(default_factory=dict)

    def add(self, *rows: Row) -> None:
        self.rows += rows

    def part(self, row: Row, figure: Figure, part: str, name: str) -> None:
        self.parts[len(self.rows)] = Part(figure, part, name)
        self.rows.append(row)


class FigureCharts:
    """Draws the figures of a period in so many cells; `height` is what is seen at once."""

    def __init__(
        self, figures: Figures, by: Dimension, groups: Sequence[Group], size: tuple[int, int], signs: Signs
    ) -> None:
        self._figures = figures
        self._by = by
        self._groups = groups
        self._width, self._height = size
        self._signs = signs

    def pane(self, figure: Figure | None) -> Pane:
        """Everything about a figure; None: a little of all."""
        pane = Pane()
        match figure:
            case None:
                self._overview(pane)
            case Figure.FIRST_REPLY | Figure.RESOLUTION | Figure.LEAD_TIME | Figure.CYCLE_TIME:
                self._took(pane, figure)
            case Figure.SLA_KEPT:
                self._kept(pane)
            case Figure.FIRST_CONTACT:
                self._share(pane, figure, "with one reply and never opened again", self._figures.first_contact)
            case Figure.REOPEN:
                self._share(pane, figure, "moved out of done later", self._figures.reopen)
            case Figure.SATISFACTION:
                self._satisfaction(pane)
            case Figure.BACKLOG:
                self._backlog(pane)
            case Figure.TIME_IN_COLUMN:
                self._columns(pane)
            case Figure.FLOW:
                self._flow(pane)
            case Figure.THROUGHPUT:
                self._throughput(pane)
            case Figure.LOAD:
                self._load(pane)
        return pane

    # The overview

    def _overview(self, pane: Pane) -> None:
        two = self._width >= BESIDE
        width = (self._width - 3) // 2 if two else self._width
        rows = max(LEAST_ROWS, min(10, (self._height - 11) // 3)) if two else max(LEAST_ROWS, (self._height - 9) // 2)
        rows -= rows % 2
        figures, flow = self._figures, self._figures.flow
        top = max([1.0, *self._bins(width).sums(flow.created), *self._bins(width).sums(flow.closed)])
        charts = [
            self._counted("Created", flow.created, CREATED, width, rows, top),
            self._counted("Closed", flow.closed, CLOSED, width, rows, top),
            self._days_end("Backlog", figures.backlog.days, width, rows),
            self._ages(width, rows),
            self._weeks(Figure.FIRST_REPLY, width, rows),
            self._weeks(Figure.RESOLUTION, width, rows),
        ]
        if two:
            for left, right in zip(charts[::2], charts[1::2], strict=True):
                pane.add(*beside(left, right, width, self._width - 2 * width), self._row(""))
        else:
            for chart in charts:
                pane.add(*chart, self._row(""))
        pane.rows.pop()

    def _ages(self, width: int, rows: int) -> list[Row]:
        ages = self._figures.backlog.ages
        most = max((age.count for age in ages), default=0)
        found = [self._title("Age of the backlog", "", width)]
        return found + [
            self._bar(f"{age.name:<11}", age.count, most, f"{age.count:,}", OPEN, width) for age in ages[: rows + 2]
        ]

    # Time that something took

    def _took(self, pane: Pane, figure: Figure) -> None:
        grouped = figure in cells.BUSINESS
        rows = self._rows_for(9 if grouped else 3)
        pane.add(*self._weeks(figure, self._width, rows))
        each, _ = cells.durations(self._figures, figure).in_bars(self._width - _SCALE)
        pane.add(self._row("dim", f" bar: median, line: p90, of each {'week' if each == 1 else f'{each} weeks'}"))
        if grouped:
            pane.add(self._row(""))
            self._by_group(pane, figure)

    def _weeks(self, figure: Figure, width: int, rows: int) -> list[Row]:
        business = figure in cells.BUSINESS
        took = cells.durations(self._figures, figure)
        each, weeks = took.in_bars(width - _SCALE)
        said = cells.spread(took.spread, width - len(figure.called) - 3, business=business)
        by = f" by {each} weeks" if each > 1 else ""
        title = self._title(figure.called, said + by if len(figure.called + said + by) + 3 <= width else said, width)
        pairs = [None if week.spread.median is None else (week.spread.median, week.spread.p90 or 0) for week in weeks]
        if not any(pairs):
            return [title, self._nothing(width)]
        scale = lengths(
            max(pair[1] for pair in pairs if pair is not None),
            cells.edge(business=business),
            in_days=not business,
        )
        return [title, *whiskers(pairs, TOOK, scale, [week.monday for week in weeks], width, rows, self._signs)]

    def _columns(self, pane: Pane) -> None:
        found, wide = self._figures.time_in_column, self._width >= ROOMY
        if not found:
            pane.add(self._nothing(self._width))
        most = max((one.spread.median or 0 for one in found), default=0)
        for board, columns in groupby(found, key=lambda one: one.board):
            together = ", all together" if wide else ""
            pane.add(self._title(shown(board, self._width // 2), f"median, p90{together}", self._width))
            for one in columns:
                said = f"{amount(one.spread.median):>8} {amount(one.spread.p90):>8}"
                said += f" {amount(one.total):>10}" if wide else ""
                row = self._bar(self._name(one.column), one.spread.median or 0, most, said, TOOK, self._width)
                pane.part(row, Figure.TIME_IN_COLUMN, str(one.column_id), f"on {clean(one.column, limit=40)}")
            pane.add(self._row(""))

    # Shares

    def _kept(self, pane: Pane) -> None:
        kept = self._figures.sla_kept
        pane.add(self._title("Service level kept", "", self._width))
        for share, name, part in (
            (kept.both, "both clocks", ""),
            (kept.first_reply, "first reply", Figure.FIRST_REPLY.value),
            (kept.resolution, "resolution", Figure.RESOLUTION.value),
        ):
            missed = "missed" if not part else f"missed, {name}"
            pane.part(self._share_row(name, share), Figure.SLA_KEPT, part, missed)
        pane.add(self._row(""), self._row("dim", " enter shows those that missed it."))

    def _share(self, pane: Pane, figure: Figure, name: str, share: Share) -> None:
        pane.part(self._share_row(name, share), figure, "", name)

    def _satisfaction(self, pane: Pane) -> None:
        found = self._figures.satisfaction
        pane.add(self._title("Satisfaction", "", self._width))
        pane.part(self._share_row("rated 4 or 5", found.well), Figure.SATISFACTION, "well", "rated 4 or 5")
        pane.part(self._share_row("rated at all", found.answered), Figure.SATISFACTION, "", "rated")

    def _share_row(self, name: str, share: Share) -> Row:
        said = f"{percent(share.rate):>5}  {cells.of(share):<15}"
        name = filled(f" {name}", max(14, len(name) + 2))
        room = max(4, self._width - len(name) - len(said) - 2)
        bar = lying(share.part, share.count, room, self._signs).rstrip()
        rest = self._signs.track * (room - len(bar)) if share.count else " " * room
        return cut((("", name), (CREATED, bar), ("dim", rest), ("", f" {said} ")), self._width)

    # How many

    def _backlog(self, pane: Pane) -> None:
        backlog = self._figures.backlog
        pane.add(*self._days_end("Backlog", backlog.days, self._width, self._rows_for(9)), self._row(""))
        most = max((age.count for age in backlog.ages), default=0)
        pane.add(self._title("By age", tickets(backlog.count), self._width))
        for age in backlog.ages:
            row = self._bar(self._name(age.name), age.count, most, self._said(age.count), OPEN, self._width)
            pane.part(row, Figure.BACKLOG, age.name, f"open {age.name}")

    def _flow(self, pane: Pane) -> None:
        flow, width = self._figures.flow, self._width
        rows = max(LEAST_ROWS, min(6, (self._height - 14) // 3))
        top = max([1.0, *self._bins(width).sums(flow.created), *self._bins(width).sums(flow.closed)])
        boards = [(board, list(columns)) for board, columns in groupby(flow.columns, key=lambda one: one.board)]
        for board, columns in boards:
            self._stacked(pane, board, columns)
        pane.add(*self._counted("Created", flow.created, CREATED, width, rows, top), self._row(""))
        pane.add(*self._counted("Closed", flow.closed, CLOSED, width, rows, top))
        if any(flow.reopened):
            pane.add(self._row(""), *self._counted("Opened again", flow.reopened, LATE, width, rows, 0))

    def _stacked(self, pane: Pane, board: str, columns: Sequence[Standing]) -> None:
        """Where the tickets of a board stood: the last column, which only grows, at the bottom, and cut off there."""
        width = self._width
        bins = self._wide_bins(width)
        stack = [bins.lasts(one.days) for one in reversed(columns)]
        sums = [sum(values) for values in zip(*stack, strict=True)]
        if not any(sums):
            return
        least = min(stack[0]) if len(stack) > 1 else 0
        scale = counts(max(sums), least if least > max(sums) / 3 else 0)
        pane.add(self._title(f"{shown(board, width // 2)}: tickets on each column", "at the end of a day", width))
        pane.add(*layers(stack, scale, bins.starts, width, self._rows_for(10), self._signs))
        for at, one in enumerate(columns):
            layer = len(columns) - 1 - at
            name = filled(f" {clean(one.column, limit=40)}", max(12, min(30, width - 20)))
            sign = f" {layer_sign(layer, self._signs) * 2}"
            count = one.days[-1] if one.days else 0
            row = cut(((layer_style(layer), sign), ("", name), ("strong", f"{count:>8,}")), width)
            pane.part(row, Figure.FLOW, str(one.column_id), f"on {clean(one.column, limit=40)}")
        pane.add(self._row(""))

    def _throughput(self, pane: Pane) -> None:
        through, width = self._figures.throughput, self._width
        bins = self._bins(width)
        pane.add(
            *self._counted(
                "Closed", through.days, CLOSED, width, self._rows_for(9), max([1.0, *bins.sums(through.days)])
            )
        )
        pane.add(self._row(""))
        self._by_group(pane, Figure.THROUGHPUT)

    def _load(self, pane: Pane) -> None:
        load, width = self._figures.load, self._width
        pane.add(self._title("Open tickets", "late of open, of how many at once", width))
        if not load.people:
            pane.add(self._nothing(width))
        most = max((max(one.open, one.capacity or 0) for one in load.people), default=0)
        for one in load.people[:MOST]:
            name = f" {self._name(one.name or 'nobody')}"
            late = f"{one.late:,} late" if one.late else ""
            limit = "" if one.capacity is None else f"/{one.capacity:,}"
            over = one.capacity is not None and one.open > one.capacity
            said = f"{late:>9} {f'{one.open:,}{limit}':>7}{'!' if over else ' '}"
            room = max(4, width - cell_len(name) - len(said) - 2)
            whole = lying(one.open, most, room, self._signs)
            late_cells = len(lying(one.late, most, room, self._signs).rstrip()) if one.late else 0
            late_bar = self._signs.heavy * min(late_cells, len(whole.rstrip()))
            rest = whole[len(late_bar) :]
            if one.capacity is not None and most:
                at = min(room - 1, round(one.capacity / most * room) - len(late_bar))
                if 0 <= at < len(rest) and rest[at] == " ":
                    rest = rest[:at] + self._signs.mark + rest[at + 1 :]
            pieces = (("", name), (LATE, late_bar), (OPEN, rest), ("bad" if over else "", f" {said} "))
            pane.part(
                cut(pieces, width),
                Figure.LOAD,
                f"{Dimension.AGENT}:{one.id or ''}",
                f"of {clean(one.name) or 'nobody'}",
            )
        self._left_out(pane, len(load.people))

    def _by_group(self, pane: Pane, figure: Figure) -> None:
        """The closed tickets by agent, label, organization or kind, and how long those took."""
        took = figure in cells.BUSINESS
        title = f"Closed, by {self._by.value}"
        pane.add(self._title(title, f"{figure.called.lower()}: median, p90" if took else "tickets", self._width))
        if not self._groups:
            pane.add(self._nothing(self._width))
        groups = self._groups[:MOST]
        spreads = [one.first_reply if figure is Figure.FIRST_REPLY else one.resolution for one in groups]
        values = [spread.median or 0 for spread in spreads] if took else [one.closed for one in groups]
        for one, spread, value in zip(groups, spreads, values, strict=True):
            name = one.name or WITHOUT[self._by]
            said = self._said(one.closed)
            if took:
                said = f"{amount(spread.median, business=True):>8} {amount(spread.p90, business=True):>8} {said}"
            row = self._bar(self._name(name), value, max(values), said, TOOK if took else CLOSED, self._width)
            which = one.name if self._by is Dimension.KIND else one.id or ""
            pane.part(
                row, Figure.THROUGHPUT, f"{self._by.value}:{which}", f"closed, {self._by.value} {clean(name, limit=40)}"
            )
        self._left_out(pane, len(self._groups))

    def _left_out(self, pane: Pane, count: int) -> None:
        if count > MOST:
            pane.add(self._row("dim", f" and {count - MOST:,} more: filter them with /"))

    # Of all of them

    def _bins(self, width: int) -> Bins:
        """The days of the period in as many bars as fit beside numbers of six cells."""
        room = max(1, width - 7)
        return binned(self._figures.days, room * 2 if self._signs.dots else room)

    def _wide_bins(self, width: int) -> Bins:
        """The same where each bar takes a cell."""
        return binned(self._figures.days, max(1, width - 7))

    def _counted(self, name: str, days: Sequence[int], style: str, width: int, rows: int, top: float) -> list[Row]:
        """How many of something there were on each day, or in each week if that is too many; `top` is worth showing."""
        bins = self._bins(width)
        title = self._title(f"{name} {bins.said}", f"{sum(days):,}", width)
        if not any(days):
            return [title, self._nothing(width)]
        values = bins.sums(days)
        return [title, *standing(values, style, counts(max(top, *values)), bins.starts, width, rows, self._signs)]

    def _days_end(self, name: str, days: Sequence[int], width: int, rows: int) -> list[Row]:
        """How many of something there were at the end of each day, or of each week."""
        bins = self._bins(width)
        title = self._title(name, f"{days[-1]:,} at the end" if days else "", width)
        if not any(days):
            return [title, self._nothing(width)]
        values = bins.lasts(days)
        return [title, *standing(values, OPEN, counts(max(values)), bins.starts, width, rows, self._signs, apart=False)]

    def _bar(self, name: str, value: float, most: float, said: str, style: str, width: int) -> Row:
        room = max(2, width - cell_len(name) - len(said) - 4)
        return cut((("", f" {name}"), (style, lying(value, most, room, self._signs)), ("", f" {said} ")), width)

    def _rows_for(self, others: int) -> int:
        """Rows for a chart beside so many others."""
        rows = max(LEAST_ROWS, min(14, self._height - others - 4))
        return rows - rows % 2

    def _name(self, name: str) -> str:
        return filled(clean(name, limit=60), 20 if self._width >= ROOMY else 12)

    def _said(self, count: int) -> str:
        return f"{count:>{7 if self._width >= ROOMY else 5},}"

    def _title(self, name: str, said: str, width: int) -> Row:
        name = filled(f" {name}", min(width, len(f" {name}")))
        return cut((("strong", name), ("dim", f"  {said}")), width)

    def _nothing(self, width: int) -> Row:
        return cut((("dim", "  none in this period"),), width)

    def _row(self, style: str, text: str = "") -> Row:
        return cut(((style, text),), self._width)
