"""`helpdesk policy` and `helpdesk calendar`: what is promised, and by which business time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.cli.conftest import Run

HOURS = ("--hours", "mon-fri 9:00-17:00")
TARGETS = ("--critical", "30m/4h", "--high", "1h/1d")


def policies(run: Run) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in run("policy", "list", "--json").json}


def calendars(run: Run) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in run("calendar", "list", "--json").json}


class TestPolicies:
    def test_are_listed_in_their_order(self, run: Run) -> None:
        run("policy", "add", "Gold", "--query", "priority>=high", *TARGETS)
        lines = run("policy").out.splitlines()
        assert lines[0].split() == [
            "1",
            "Gold",
            "Standard",
            *["30m", "/", "4h", "1h", "/", "10h", "none", "none", "0", "priority>=high"],
        ]
        assert lines[1].split()[1] == "Standard"

    def test_have_documented_fields(self, run: Run) -> None:
        assert policies(run)["Standard"] == {
            "id": 1,
            "name": "Standard",
            "query": "",
            "calendar": "Standard",
            "targets": {
                "critical": {"first_reply": 60, "resolution": 480},
                "high": {"first_reply": 240, "resolution": 960},
                "normal": {"first_reply": 480, "resolution": 2400},
                "low": {"first_reply": 960, "resolution": 4800},
            },
            "open": 1,
            "problem": None,
        }

    def test_are_made_on_a_calendar_whose_days_count(self, run: Run) -> None:
        run("calendar", "add", "Tallinn", "--zone", "Europe/Tallinn", *HOURS)
        assert run("policy", "add", "Gold", "--calendar", "Tallinn", "--high", "1h/1d").code == 0
        assert policies(run)["Gold"]["targets"]["high"] == {"first_reply": 60, "resolution": 480}

    def test_serve_at_once(self, run: Run) -> None:
        run("add", "Printer", "priority:high")
        run("policy", "add", "Gold", "--query", "priority>=high", "--high", "30m/1h")
        assert policies(run)["Gold"]["open"] == 1
        run("undo")
        assert policies(run)["Standard"]["open"] == 2

    def test_are_changed_one_target_at_a_time(self, run: Run) -> None:
        assert run("policy", "change", "Standard", "--name", "Usual", "--low", "none").code == 0
        found = policies(run)["Usual"]["targets"]
        assert found["low"] == {"first_reply": None, "resolution": None}
        assert found["high"]["resolution"] == 960

    def test_are_put_in_order(self, run: Run) -> None:
        run("policy", "add", "Gold", "--query", "priority>=high", *TARGETS)
        assert run("policy", "move", "Gold", "2").code == 0
        assert list(policies(run)) == ["Standard", "Gold"]
        assert "never tried" in run("policy", "show", "Gold").out

    def test_are_removed(self, run: Run) -> None:
        assert run("policy", "remove", "Standard").code == 0
        ran = run("policy")
        assert (ran.code, ran.out) == (1, "")
        assert "Nothing is promised" in ran.err
        assert run("list", "--json", "sla:none").json

    def test_are_shown(self, run: Run) -> None:
        out = run("policy", "show", "standard").out
        assert "serves      every ticket" in out
        assert "critical    1h / 8h" in out

    def test_are_tried_first(self, run: Run) -> None:
        run("add", "Printer", "priority:high")
        assert run("policy", "try", "priority>=high").out == "1 open ticket, served now: 1 by Standard\n"
        assert run("policy", "try", "priority>=high", "--json").json == {
            "open": 1,
            "now": [{"policy": "Standard", "open": 1}],
        }
        assert run("policy", "try", "is:archived").code == 1

    @pytest.mark.parametrize(
        ("words", "code", "why"),
        [
            (["add", "x"], 2, "promises nothing"),
            (["add", "x", "--high", "4h"], 2, "only one target"),
            (["add", "x", "--high", "0h/1h"], 2, "no time at all"),
            (["add", "x", "--high", "1h/3653d"], 2, "ten years"),
            (["add", "x", "--high", "1h/1h", "--calendar", "Mars"], 1, "no calendar 'Mars'"),
            (["add", "x", "--high", "1h/1h", "--query", "is:mine"], 2, "for each person"),
            (["add", "x", "--high", "1h/1h", "--query", "due<fri"], 2, "as time passes"),
            (["add", "x", "--high", "1h/1h", "--query", "sla:late"], 2, "service levels"),
            (["add", "x", "--high", "1h/1h", "--query", "prioritty:high"], 2, "  prioritty:high\n  ^"),
            (["add", "Standard", "--high", "1h/1h"], 4, "already"),
            (["show", "x"], 1, "no policy 'x'"),
            (["change", "x", "--high", "1h/1h"], 1, "no policy 'x'"),
            (["move", "Standard", "0"], 2, "no place"),
            (["remove", "x"], 1, "no policy 'x'"),
            (["try"], 2, "more than that"),
            (["promise", "x"], 2, "has no `promise`"),
        ],
    )
    def test_bad_input_is_one_line(self, run: Run, words: list[str], code: int, why: str) -> None:
        ran = run("policy", *words)
        assert (ran.code, ran.out) == (code, "")
        assert why in ran.err
        assert list(policies(run)) == ["Standard"]


class TestCalendars:
    def test_are_listed_with_who_counts_by_them(self, run: Run) -> None:
        run("calendar", "add", "Tallinn", "--zone", "Europe/Tallinn", "--country", "Estonia", *HOURS)
        out = run("calendar").out
        assert out.splitlines()[0].split() == ["Standard", "UTC", "Standard", "Mon-Fri", "8:00-18:00"]
        assert out.splitlines()[1].split() == ["Tallinn", "Europe/Tallinn", "EE", "Mon-Fri", "9:00-17:00"]

    def test_have_documented_fields(self, run: Run) -> None:
        run("calendar", "add", "Bavaria", "--zone", "Europe/Berlin", "--country", "DE", "--region", "BY", *HOURS,
            "--closed", "2026-12-24..2026-12-25")  # fmt: skip
        found = calendars(run)["Bavaria"]
        days = found.pop("holidays")
        assert "2026-11-01" in days
        assert found == {
            "id": 2,
            "name": "Bavaria",
            "zone": "Europe/Berlin",
            "hours": {day: ["9:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")} | {"sat": [], "sun": []},
            "country": "DE",
            "region": "BY",
            "closed": ["2026-12-24", "2026-12-25"],
            "policies": [],
        }

    def test_are_shown_with_the_holidays_to_come(self, run: Run) -> None:
        run("calendar", "add", "Tallinn", "--country", "EE", *HOURS)
        out = run("calendar", "show", "tallinn").out
        assert "Sun         closed" in out
        assert f"{datetime.now(UTC).year + 1}-01-01 New Year's Day" in out

    def test_are_changed_and_the_clocks_follow(self, run: Run) -> None:
        run("add", "Printer", "priority:low")
        before = run("list", "--json", "printer").json[0]
        assert run("calendar", "change", "Standard", "--hours", "daily 0:00-24:00").code == 0
        after = run("list", "--json", "printer").json[0]
        assert after["sla"]["due"] < before["sla"]["due"]

    def test_lose_their_holidays_and_their_closed_days(self, run: Run) -> None:
        run("calendar", "add", "Tallinn", "--country", "EE", *HOURS, "--closed", "2026-12-24")
        run("calendar", "change", "Tallinn", "--country", "", "--closed", "")
        found = calendars(run)["Tallinn"]
        assert (found["country"], found["holidays"], found["closed"]) == (None, [], [])

    def test_are_removed_unless_they_are_used(self, run: Run) -> None:
        run("calendar", "add", "Tallinn", *HOURS)
        assert run("calendar", "remove", "Tallinn").code == 0
        ran = run("calendar", "remove", "Standard")
        assert ran.code == 4
        assert "The policy Standard counts by the calendar Standard." in ran.err

    def test_know_the_countries_and_their_regions(self, run: Run) -> None:
        assert "EE" in run("calendar", "countries", "--json").json
        assert run("calendar", "countries", "Germany", "--json").json["BY"] == "Bayern"
        assert "Bayern" in run("calendar", "countries", "DE").out
        assert run("calendar", "countries", "EE").code == 1

    @pytest.mark.parametrize(
        ("words", "code", "why"),
        [
            (["add", "x"], 2, "opening hours"),
            (["add", "x", "--hours", "daily closed"], 2, "never opens"),
            (["add", "x", "--hours", "mon 8-10 9-12"], 2, "overlap"),
            (["add", "x", "--hours", "someday 8-10"], 2, "no day of the week"),
            (["add", "x", *HOURS, "--zone", "Mars/Phobos"], 2, "no time zone"),
            (["add", "x", *HOURS, "--country", "XX"], 2, "country 'XX'"),
            (["add", "x", *HOURS, "--country", "EE", "--region", "BY"], 2, "none of its own"),
            (["add", "x", *HOURS, "--region", "BY"], 2, "needs its country"),
            (["add", "x", *HOURS, "--closed", "tomorrow"], 2, "no day"),
            (["add", "Standard", *HOURS], 4, "already"),
            (["change", "Standard", "--hours", "sun 0:00-0:01"], 2, "ten years"),
            (["show", "x"], 1, "no calendar 'x'"),
            (["countries", "XX"], 2, "country 'XX'"),
        ],
    )
    def test_bad_input_is_one_line(self, run: Run, words: list[str], code: int, why: str) -> None:
        ran = run("calendar", *words)
        assert (ran.code, ran.out) == (code, "")
        assert why in ran.err
        assert list(calendars(run)) == ["Standard"]


class TestCompletion:
    @pytest.mark.parametrize(
        ("line", "offered"),
        [
            ("helpdesk policy ", "try"),
            ("helpdesk policy show ", "Standard"),
            ("helpdesk policy add x --calendar ", "Standard"),
            ("helpdesk policy add x --query prio", "priority:"),
            ("helpdesk policy try prio", "priority:"),
            ("helpdesk calendar change ", "Standard"),
            ("helpdesk calendar add x --zone Europe/Tal", "Europe/Tallinn"),
            ("helpdesk calendar add x --country E", "EE"),
            ("helpdesk calendar countries E", "EE"),
        ],
    )
    def test_offers_what_fits(self, run: Run, line: str, offered: str) -> None:
        words = [line.partition("\t")[0] for line in run("complete", "fish", f"--line={line}").out.splitlines()]
        assert offered in words
