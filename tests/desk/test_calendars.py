"""Calendars: made, changed and removed as undo steps; what cannot be one is refused."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import date

import pytest

from helpdesk_tui.desk import calendars, policies, public_days, service_levels, tickets, undo
from helpdesk_tui.desk.calendars import Hours
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.policies import Terms
from helpdesk_tui.domain.calendar import Calendar, read_days, read_week
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.service_level import Targets
from helpdesk_tui.domain.ticket import Priority
from helpdesk_tui.errors import Conflict, HelpdeskError, NotAllowed, NotFound, UsageError
from tests.builders import a_ticket, desk_of

OFFICE = read_week("mon-fri 9:00-17:00")

HOSTILE = ("[/foo]", "\x1b[2J", "a\u202eb", "\u200b", "a\nb", "a\0b", "\ud800", "x" * 5000, "👩‍💻" * 30, "' OR 1=1 --")


def a_calendar(desk: Desk, name: str = "Tallinn", **more: object) -> int:
    made = calendars.add(desk, Hours(name, **{"zone": "Europe/Tallinn", "week": OFFICE, **more})).made  # type: ignore[arg-type]
    assert made is not None
    return made


def found(desk: Desk, name: str = "Tallinn") -> Calendar:
    return calendars.find(desk, name)


class TestMaking:
    def test_a_new_desk_has_one(self, desk: Desk) -> None:
        (one,) = calendars.uses(desk)
        assert one.calendar.name == "Standard"
        assert one.policies == ("Standard",)

    def test_one_is_as_it_is_said_to_be(self, desk: Desk) -> None:
        a_calendar(desk, own_days=read_days("2026-12-31"))
        one = found(desk, "TALLINN")
        assert (one.zone, one.week, one.own_days) == ("Europe/Tallinn", OFFICE, (date(2026, 12, 31),))

    def test_its_zone_is_this_machines_unless_it_is_said(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TZ", "Asia/Kathmandu")
        calendars.add(desk, Hours("Here", week=OFFICE))
        assert found(desk, "Here").zone == "Asia/Kathmandu"

    @pytest.mark.parametrize(
        ("hours", "why"),
        [
            (Hours("Never", week=((),) * 7), "never opens"),
            (Hours("Mars", "Mars/Phobos", OFFICE), "no time zone"),
            (Hours("Lost", week=OFFICE, country="Atlantis"), "country 'Atlantis'"),
            (Hours("Lost", week=OFFICE, country="DE", region="XX"), "region 'XX' of DE"),
            (Hours("Lost", week=OFFICE, country="EE", region="BY"), "none of its own"),
            (Hours("Lost", week=OFFICE, region="BY"), "needs its country"),
            (Hours("", week=OFFICE), "needs a name"),
            (Hours("No hours"), "opening hours"),
        ],
    )
    def test_what_cannot_be_one_is_refused(self, desk: Desk, hours: Hours, why: str) -> None:
        with pytest.raises(UsageError, match=why) as refused:
            calendars.add(desk, hours)
        assert refused.value.hint
        assert len(calendars.uses(desk)) == 1

    def test_two_of_one_name_are_refused(self, desk: Desk) -> None:
        with pytest.raises(Conflict, match="already"):
            calendars.add(desk, Hours("standard", week=OFFICE))

    @pytest.mark.parametrize("name", HOSTILE)
    def test_any_name_is_kept_or_refused(self, desk: Desk, name: str) -> None:
        try:
            calendars.add(desk, Hours(name, week=OFFICE))
        except HelpdeskError:
            return
        assert len(calendars.uses(desk)) == 2

    @pytest.mark.parametrize("role", [Role.AGENT, Role.VIEWER])
    def test_the_team_sees_them_and_admins_make_them(self, desk: Desk, role: Role) -> None:
        other = desk_of(desk, role)
        assert calendars.uses(other)
        with pytest.raises(NotAllowed):
            a_calendar(other)

    def test_requesters_see_none(self, desk: Desk) -> None:
        with pytest.raises(NotAllowed):
            calendars.uses(desk_of(desk, Role.REQUESTER))


class TestHolidays:
    def test_of_a_country_are_written_down(self, desk: Desk) -> None:
        a_calendar(desk, country="EE")
        days = found(desk).public_days
        assert date(2026, 2, 24) in days
        assert days[0].year == 1991  # Estonia's begin there
        assert days[-1].year == 2060

    def test_a_country_goes_by_its_name_too(self, desk: Desk) -> None:
        a_calendar(desk, country="germany", region="bayern")
        assert found(desk).holidays == "DE-BY"
        assert date(2026, 11, 1) in found(desk).public_days

    def test_a_region_goes_with_its_country(self, desk: Desk) -> None:
        made = a_calendar(desk, country="DE", region="BY")
        calendars.change(desk, made, Hours(country="EE"))
        assert found(desk).holidays == "EE"

    def test_a_region_is_changed_by_itself(self, desk: Desk) -> None:
        made = a_calendar(desk, country="DE", region="BY")
        calendars.change(desk, made, Hours(region="BE"))
        assert found(desk).holidays == "DE-BE"
        assert date(2026, 11, 1) not in found(desk).public_days

    def test_none_are_none(self, desk: Desk) -> None:
        made = a_calendar(desk, country="EE")
        calendars.change(desk, made, Hours(country=""))
        assert (found(desk).holidays, found(desk).public_days) == ("", ())

    def test_those_of_a_country_that_it_has_stay_as_they_were_written_down(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = a_calendar(desk, country="EE")
        before = found(desk).public_days
        monkeypatch.setattr(public_days, "days", lambda _country, _region: ())
        assert calendars.change(desk, made, Hours(country="Estonia")).change_set is None
        assert found(desk).public_days == before

    def test_where_they_are_not_known_for_long_that_is_said(self, desk: Desk) -> None:
        outcome = calendars.add(desk, Hours("Riyadh", week=OFFICE, country="SA"))
        assert "holidays are written down" in outcome.warnings[0]

    def test_every_country_that_is_offered_has_some(self) -> None:
        known = public_days.countries()
        assert len(known) > 200
        assert {known[code] for code in ("EE", "US", "IL")} == {"Estonia", "United States", "Israel"}
        assert public_days.regions("US")["CA"] == "California"


class TestChanging:
    def test_only_what_is_given(self, desk: Desk) -> None:
        made = a_calendar(desk)
        calendars.change(desk, made, Hours(name="Tartu", own_days=read_days("2026-12-31")))
        assert (found(desk, "Tartu").zone, found(desk, "Tartu").week) == ("Europe/Tallinn", OFFICE)

    def test_nothing_changed_is_no_step(self, desk: Desk) -> None:
        assert calendars.change(desk, a_calendar(desk), Hours(week=OFFICE)).change_set is None

    def test_what_a_policy_promises_must_stay_possible(self, desk: Desk) -> None:
        with pytest.raises(UsageError, match="Standard promises would take ten years"):
            calendars.change(desk, 1, Hours(week=read_week("sun 0:00-0:01")))

    def test_one_that_is_not_there(self, desk: Desk) -> None:
        with pytest.raises(NotFound):
            calendars.change(desk, 99, Hours(name="x"))
        with pytest.raises(NotFound, match="no calendar 'x'"):
            calendars.find(desk, "x")

    def test_is_taken_back_and_done_again(self, desk: Desk) -> None:
        made = a_calendar(desk)
        calendars.change(desk, made, Hours(zone="Asia/Kathmandu", country="NP", week=read_week("sun-fri 10-17")))
        after = found(desk)
        undo.undo(desk)
        assert found(desk).zone == "Europe/Tallinn"
        undo.redo(desk)
        assert found(desk) == after


class TestRemoving:
    def test_one_that_is_not_used(self, desk: Desk) -> None:
        calendars.remove(desk, a_calendar(desk))
        assert [one.calendar.name for one in calendars.uses(desk)] == ["Standard"]
        undo.undo(desk)
        assert found(desk)

    def test_one_in_use_is_refused(self, desk: Desk) -> None:
        with pytest.raises(Conflict, match="The policy Standard counts by the calendar Standard"):
            calendars.remove(desk, 1)

    def test_its_name_is_free_again(self, desk: Desk) -> None:
        calendars.remove(desk, a_calendar(desk))
        a_calendar(desk)
        assert found(desk)

    def test_taking_back_how_one_was_made_leaves_no_policy_without(self, desk: Desk) -> None:
        made = a_calendar(desk)
        other = desk_of(desk, Role.ADMIN)
        policies.add(other, Terms("Gold", "", made, {Priority.HIGH: Targets(60, 60)}))
        with pytest.raises(Conflict, match="Gold would be left without its calendar"):
            undo.undo(desk)
        assert found(desk)


ODD = {
    "a week that is no JSON": "UPDATE calendar SET week = 'x'",
    "a week of three days": "UPDATE calendar SET week = '[[], [], []]'",
    "a week of words": "UPDATE calendar SET week = '[[\"a\"],[],[],[],[],[],[]]'",
    "a week of the wrong times": "UPDATE calendar SET week = '[[[900, 100]],[],[],[],[],[],[]]'",
    "a week that is a number": "UPDATE calendar SET week = 7",
    "no zone": "UPDATE calendar SET zone = ''",
    "a zone that is a blob": "UPDATE calendar SET zone = x'ff'",
    "a name that is a blob": "UPDATE calendar SET name = x'ff1b', country = x'ff', region = 9",
    "days that are none": "UPDATE calendar SET own_days = 'yesterday 2026-12-24', public_days = x'ff'",
    "targets that are no JSON": "UPDATE policy SET targets = '{'",
    "targets of another shape": "UPDATE policy SET targets = '[1, 2]'",
    "targets in words": 'UPDATE policy SET targets = \'{"2": ["soon", -5], "3": 7, "x": null}\'',
    "a calendar that does not exist": "UPDATE policy SET calendar_id = 99",
    "a query that is a blob": "UPDATE policy SET query = x'ff', name = NULL",
    "a query that is none": "UPDATE policy SET query = 'foo:bar ((('",
}


@pytest.mark.files_only
@pytest.mark.parametrize("statement", ODD.values(), ids=ODD)
def test_what_another_tool_wrote_is_shown_as_far_as_it_makes_sense(desk: Desk, statement: str) -> None:
    a_ticket(desk)
    path = desk.store.path  # type: ignore[attr-defined]
    with closing(sqlite3.connect(path)) as file, suppress(sqlite3.IntegrityError):
        file.execute("PRAGMA foreign_keys = OFF")
        file.execute(statement)
        file.commit()
    assert len(calendars.uses(desk)) == 1
    assert len(policies.uses(desk)) == 1
    number = a_ticket(desk)
    service_levels.catch_up(desk)
    assert tickets.open_ticket(desk, number)
