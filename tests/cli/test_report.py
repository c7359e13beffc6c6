"""`helpdesk report`: the figures in every form, and what was done on a day."""

from __future__ import annotations

import csv
import html.parser
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Run

KEYS = [
    *("first_reply", "resolution", "sla_kept", "first_contact", "reopen", "satisfaction", "backlog", "lead_time"),
    *("cycle_time", "time_in_column", "flow", "throughput", "load"),
]
DURATIONS = ("first_reply", "resolution", "lead_time", "cycle_time", "time_in_column")
SHARES = ("sla_kept", "first_contact", "reopen", "satisfaction")
SERIES = ("first_reply", "resolution", "lead_time", "cycle_time", "backlog", "flow", "throughput")
FORMATS = ("text", "json", "csv", "markdown", "html")


@pytest.fixture
def worked(run: Run) -> Run:
    """A desk with a closed ticket (#2), an open one (#3) and the example (#1)."""
    run("label", "add", "vpn")
    run("add", "Printer is dead", "+vpn", "assignee:me", "kind:incident")
    run("add", "No network")
    run("reply", "2", "Turned it on.")
    run("move", "2", "done")
    return run


def test_json_has_every_figure_by_its_key(worked: Run) -> None:
    found = worked("report", "--json").json
    assert list(found) == ["period", "query", *KEYS]
    assert all(isinstance(found[key]["count"], int) for key in KEYS)
    for key in DURATIONS:
        assert found[key].keys() >= {"median_seconds", "p90_seconds"}
    assert all("rate" in found[key] for key in SHARES)
    assert all(isinstance(found[key]["points"], list) for key in SERIES)
    assert found["throughput"]["count"] == found["lead_time"]["count"] == 1
    assert found["first_contact"]["rate"] == 1
    assert found["backlog"]["count"] == 2
    assert len(found["backlog"]["points"]) == 90


def test_json_says_null_of_no_tickets(run: Run) -> None:
    ran = run("report", "label:nothing or title:nothing", "--json")
    assert ran.code == 2
    ran = run("report", "title:nothing", "--json")
    assert ran.code == 1
    assert ran.json["lead_time"] == {
        "count": 0,
        "median_seconds": None,
        "p90_seconds": None,
        "points": ran.json["lead_time"]["points"],
    }
    assert [ran.json[key]["rate"] for key in SHARES] == [None] * 4


def test_text_tells_each_figure_in_a_line(worked: Run) -> None:
    out = worked("report").out
    assert "First contact resolution  100% (1 of 1)" in out
    assert "Satisfaction              none" in out
    assert "By week" in out
    assert "Closed by label" in out


def test_a_query_and_a_period_narrow_it(worked: Run) -> None:
    assert worked("report", "label:vpn", "--json").json["backlog"]["count"] == 0
    assert worked("report", "--period", "2020", "--json").json["throughput"]["count"] == 0
    found = worked("report", "--period", "today", "--json").json
    assert found["period"]["first"] == found["period"]["last"]
    assert found["query"] == ""


def test_of_many_weeks_those_are_shown_in_which_anything_happened(worked: Run) -> None:
    rows = worked("report", "--period", "2001-01-01..").out.split("By week\n")[1].splitlines()
    assert rows[0].startswith("week of")
    assert rows[1].split()[3:5] == ["3", "1"]
    assert rows[2].startswith("and 1,3")


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_goes_to_a_file_too_and_overwrites_none(worked: Run, form: str, tmp_path: Path) -> None:
    target = tmp_path / "report"
    assert worked("report", "--format", form, "-o", str(target)).code == 0
    written = target.read_text()
    assert "Backlog" in written or "backlog" in written
    assert worked("report", "--format", form, "-o", str(target)).code == 2
    assert target.read_text() == written
    if form == "json":
        assert json.loads(written)["backlog"]["count"] == 2


def test_csv_has_one_number_a_row(worked: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(worked("report", "--format", "csv", "--period", "7d").out)))
    assert {row["figure"] for row in rows} == set(KEYS)
    assert all(row["measure"] for row in rows)
    told = {(row["figure"], row["of"], row["at"], row["measure"]): row["value"] for row in rows}
    assert told["backlog", "", "", "count"] == "2"
    assert told["throughput", "label: vpn", "", "count"] == "1"
    assert told["sla_kept", "resolution", "", "rate"] == "1.0"
    assert told["lead_time", "", "", "p90_seconds"]
    assert len(told) == len(rows)


def test_csv_cells_are_no_formulas(run: Run) -> None:
    run("label", "add", "=1+1")
    run("add", "Printer", "+=1+1")
    run("move", "2", "done")
    out = run("report", "--format", "csv").out
    cells = [row["of"] for row in csv.DictReader(io.StringIO(out))]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


class _Tags(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self.seen.add(tag)
        if tag not in {"meta", "rect", "line", "polyline", "polygon", "circle"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            assert self.open.pop() == tag


def test_html_is_whole_has_pictures_and_fetches_nothing(worked: Run) -> None:
    out = worked("report", "--format", "html").out
    tags = _Tags()
    tags.feed(out)
    assert tags.open == []
    assert {"svg", "table", "polyline", "polygon", "rect"} <= tags.seen
    assert not tags.seen & {"script", "img", "link", "iframe", "object"}
    assert "http://" not in out
    assert "https://" not in out
    assert "First contact resolution" in out


def test_names_from_outside_are_text_in_html_and_markdown(run: Run) -> None:
    name = "<script>alert(1)</script> | [x](javascript:0)"
    run("label", "add", name)
    run("add", "Printer", f"+{name}")
    run("move", "2", "done")
    page = run("report", "--format", "html").out
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    text = run("report", "--format", "markdown").out
    assert r"\<script\>alert(1)\</script\> \| \[x\](javascript:0)" in text


def test_markdown_says_what_each_figure_means(worked: Run) -> None:
    out = worked("report", "--format", "markdown").out
    assert out.startswith("# Figures, ")
    assert "**Reopen rate.** Of the tickets that came into done" in out
    assert "| To Do |" in out


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["--period", "soon"], "is not a period"),
        (["--period", "2026-03..2026-01"], "ends before it begins"),
        (["--period", "1800..2020"], "no longer than a hundred years"),
        (["--period", "0001-01-01"], "from 1000 to 9000"),
        (["--format", "pdf"], "cannot be `pdf`"),
        (["--json", "--format", "csv"], "two different things"),
        (["--day", "monday"], "is for `helpdesk report daily`"),
        (["priority:huge"], "priority"),
        (["daily", "more"], "does not take"),
        (["daily", "--period", "7d"], "about one day"),
        (["daily", "--format", "csv"], "no table"),
        (["daily", "--day", "31 february"], "february"),
        (["daily", "--day", "2999-01-01"], "still to come"),
    ],
)
def test_what_makes_no_sense_is_said(run: Run, argv: list[str], says: str) -> None:
    ran = run("report", *argv)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err.lower()


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_the_daily_report_in_every_form(worked: Run, form: str, tmp_path: Path) -> None:
    out = worked("report", "daily", "--day", "today", "--format", form).out
    assert "Printer is dead" in out
    assert worked("report", "daily", "--day", "today", "--format", form, "-o", str(tmp_path / "daily")).code == 0
    assert "Printer is dead" in (tmp_path / "daily").read_text()
    if form == "json":
        found = json.loads(out)
        assert found["came_in"]["count"] == 3
        assert [ticket["deeds"] for ticket in found["workers"][0]["tickets"] if ticket["number"] == 2] == [
            ["created", "assigned", "1 reply", "closed"]
        ]


def test_the_daily_report_is_of_yesterday(worked: Run) -> None:
    assert "Nobody worked on anything." in worked("report", "daily").out


def test_hostile_titles_do_nothing_in_the_daily_report(run: Run) -> None:
    run("add", "<b>x</b>\u202eevil [y](z)")
    assert "\u202e" not in run("report", "daily", "--day", "today").out
    assert "<b>" not in run("report", "daily", "--day", "today", "--format", "html").out
    assert r"\[y\]" in run("report", "daily", "--day", "today", "--format", "markdown").out


def test_clocks_that_are_behind_are_worked_out_first(worked: Run, home: Path) -> None:
    with closing(sqlite3.connect(home / "desk.db", isolation_level=None)) as base:
        base.execute("INSERT INTO automation (name, upto, holder) VALUES ('clocks', 0, '')")
        base.execute("UPDATE ticket_service SET resolution_used = NULL")
        assert worked("report", "--json").json["resolution"]["count"] == 1
        assert base.execute("SELECT upto FROM automation WHERE name = 'clocks'").fetchone() == (None,)


def test_the_shell_offers_periods_and_forms(run: Run) -> None:
    assert "90d" in run("complete", "fish", "--line=helpdesk report --period 9").out
    assert "last month" in run("complete", "fish", "--line=helpdesk report --period las").out
    assert "markdown" in run("complete", "fish", "--line=helpdesk report --format m").out
    assert "is:open" in run("complete", "fish", "--line=helpdesk report is:o").out
