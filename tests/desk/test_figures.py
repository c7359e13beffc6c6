"""What counts in a figure, and for whom. The desk opens at eight on weekdays; it is noon on a Wednesday."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from helpdesk_tui.desk import (
    board_columns,
    board_members,
    boards,
    conversation,
    figures,
    merging,
    requests,
    structure,
    tickets,
    undo,
)
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.figures import Dimension, Figure, Figures, Share, Spread
from helpdesk_tui.domain.people import Role
from helpdesk_tui.errors import LanguageError, NotAllowed
from tests.builders import a_person, a_ticket, an_organization, as_uid, column_id, desk_of, later

HOUR = 3600.0


def measured(desk: Desk, period: str = "all", query: str = "") -> Figures:
    facts = figures.facts(desk, query)
    return figures.figures(facts, figures.period(facts, period))


def behind(desk: Desk, figure: Figure, part: str = "", period: str = "all") -> list[int]:
    facts = figures.facts(desk)
    return figures.tickets(facts, figures.period(facts, period), figure, part)


def done(desk: Desk, hours: float = 1, **fields: Any) -> int:
    """A ticket that takes so many hours from being made to being done."""
    number = a_ticket(desk, **fields)
    later(desk, hours=hours)
    tickets.change_text(desk, [number], "to:done")
    return number


def done_in_steps(desk: Desk, **each: float) -> int:
    """A ticket that stands so long in To Do, so long in Doing, and is done."""
    number = a_ticket(desk)
    later(desk, **each)
    tickets.change_text(desk, [number], "to:doing")
    later(desk, **each)
    tickets.change_text(desk, [number], "to:done")
    return number


def test_of_an_empty_desk_nothing_can_be_said(desk: Desk) -> None:
    found = measured(desk)
    for spread in (found.first_reply.spread, found.resolution.spread, found.lead_time.spread, found.cycle_time.spread):
        assert spread == Spread(0, None, None)
    for share in (found.sla_kept.both, found.first_contact, found.reopen, found.satisfaction.well):
        assert share.rate is None
    assert (found.backlog.count, found.throughput.count, found.load.open) == (0, 0, 0)
    assert found.time_in_column == ()
    assert found.backlog.days == (0,)


def test_of_one_ticket_every_amount_is_its_own(desk: Desk) -> None:
    done_in_steps(desk, hours=1)
    found = measured(desk)
    assert found.lead_time.spread == found.resolution.spread == Spread(1, 2 * HOUR, 2 * HOUR)
    assert found.cycle_time.spread == Spread(1, HOUR, HOUR)
    assert [(one.column, one.spread.median, one.total) for one in found.time_in_column] == [
        ("To Do", HOUR, HOUR),
        ("Doing", HOUR, HOUR),
    ]
    assert found.on_any_column == Spread(2, HOUR, HOUR)


def test_the_first_reply_of_the_team_counts_in_business_time(desk: Desk) -> None:
    later(desk, hours=5)  # an hour before closing
    number = a_ticket(desk, requester_id=a_person(desk, "Rita", Role.REQUESTER))
    later(desk, hours=16)  # at nine the next morning
    conversation.note(desk, number, "Looking into it.")
    conversation.reply(desk, number, "Is it plugged in?")
    conversation.reply(desk, number, "Hello?")
    assert measured(desk).first_reply.spread == Spread(1, 2 * HOUR, 2 * HOUR)


def test_a_reply_counts_on_the_day_it_was_given(desk: Desk) -> None:
    number = a_ticket(desk)
    later(desk, days=1)
    conversation.reply(desk, number, "Done.")
    assert measured(desk, "yesterday").first_reply.spread.count == 0
    assert measured(desk, "today").first_reply.spread.count == 1


def test_resolution_is_less_waiting_and_lead_time_is_not(desk: Desk) -> None:
    number = a_ticket(desk, change="status:waiting")
    later(desk, hours=2)
    tickets.change_text(desk, [number], "status:none")
    later(desk, hours=1)
    tickets.change_text(desk, [number], "to:done")
    found = measured(desk)
    assert found.resolution.spread.median == HOUR
    assert found.lead_time.spread.median == 3 * HOUR


def test_service_levels_are_told_by_clock(desk: Desk) -> None:
    answered = a_ticket(desk, change="priority:critical")  # a reply within 1 hour, done within 8
    conversation.reply(desk, answered, "On it.")
    silent = a_ticket(desk, change="priority:critical")
    later(desk, hours=2)
    tickets.change_text(desk, [answered, silent], "to:done")
    kept = measured(desk).sla_kept
    assert (kept.both, kept.first_reply, kept.resolution) == (Share(1, 2), Share(1, 2), Share(2, 2))
    assert behind(desk, Figure.SLA_KEPT) == behind(desk, Figure.SLA_KEPT, "first_reply") == [silent]
    assert behind(desk, Figure.SLA_KEPT, "resolution") == []


def test_the_first_contact_solves_with_one_reply(desk: Desk) -> None:
    once, twice, never = a_ticket(desk), a_ticket(desk), a_ticket(desk)
    conversation.reply(desk, once, "Turn it on.")
    conversation.reply(desk, twice, "Turn it on.")
    conversation.reply(desk, twice, "And again.")
    tickets.change_text(desk, [once, twice, never], "to:done")
    assert measured(desk).first_contact == Share(1, 3)
    assert behind(desk, Figure.FIRST_CONTACT) == [once]


def test_what_is_opened_again_soon_was_not_solved_by_the_first_contact(desk: Desk) -> None:
    number = a_ticket(desk)
    conversation.reply(desk, number, "Turn it on.")
    tickets.change_text(desk, [number], "to:done")
    later(desk, days=1)
    tickets.change_text(desk, [number], "to:doing")
    later(desk, hours=1)
    tickets.change_text(desk, [number], "to:done")
    found = measured(desk)
    assert found.first_contact == Share(0, 1)
    assert found.reopen == Share(1, 1)
    assert behind(desk, Figure.REOPEN) == [number]


def test_a_ticket_is_opened_again_once_however_often(desk: Desk) -> None:
    other, number = done(desk), a_ticket(desk)
    for _ in range(3):
        later(desk, hours=1)
        tickets.change_text(desk, [number], "to:done")
        later(desk, hours=1)
        tickets.change_text(desk, [number], "to:todo")
    found = measured(desk)
    assert found.reopen == Share(1, 2)
    assert (sum(found.flow.closed), sum(found.flow.reopened)) == (4, 3)
    assert found.throughput.count == 1
    assert behind(desk, Figure.THROUGHPUT) == [other]


def test_what_was_undone_did_not_happen(desk: Desk) -> None:
    number = a_ticket(desk)
    later(desk, hours=1)
    tickets.change_text(desk, [number], "to:done")
    undo.undo(desk)
    found = measured(desk)
    assert (found.throughput.count, found.reopen.count, sum(found.flow.closed)) == (0, 0, 0)
    assert found.backlog.count == 1


def test_ratings_of_four_and_five_are_good_ones(desk: Desk) -> None:
    guest = desk_of(desk, Role.REQUESTER)
    for stars in (5, 4, 2):
        requests.rate(guest, done(desk, requester_id=guest.actor.id), stars)
    unrated = done(desk)
    found = measured(desk).satisfaction
    assert (found.well, found.answered) == (Share(2, 3), Share(3, 4))
    assert unrated not in behind(desk, Figure.SATISFACTION)
    assert len(behind(desk, Figure.SATISFACTION, "well")) == 2


def test_the_backlog_is_told_by_age_and_day(desk: Desk) -> None:
    old = a_ticket(desk)
    later(desk, days=40)
    closed, new = a_ticket(desk), a_ticket(desk)
    tickets.change_text(desk, [closed], "to:done")
    found = measured(desk).backlog
    assert found.count == 2
    assert {one.name: one.count for one in found.ages if one.count} == {"< 1 day": 1, "31-60 days": 1}
    assert found.days == (*(1,) * 40, 2)
    assert behind(desk, Figure.BACKLOG) == [old, new]
    assert behind(desk, Figure.BACKLOG, "31-60 days") == [old]


def test_the_backlog_of_a_past_period_is_what_was_open_then(desk: Desk) -> None:
    number = a_ticket(desk)
    later(desk, days=2)
    tickets.change_text(desk, [number], "to:done")
    later(desk, days=1)
    tickets.change_text(desk, [number], "to:doing")
    assert [measured(desk, day).backlog.count for day in ("2026-11-26", "2026-11-27", "2026-11-28")] == [1, 0, 1]
    assert behind(desk, Figure.BACKLOG, period="2026-11-26") == [number]


def test_cumulative_flow_says_where_tickets_stood(desk: Desk) -> None:
    number = done_in_steps(desk, days=1)
    flow = measured(desk).flow
    assert {one.column: one.days for one in flow.columns} == {
        "To Do": (1, 0, 0),
        "Doing": (0, 1, 0),
        "Done": (0, 0, 1),
    }
    doing = next(one.column_id for one in flow.columns if one.column == "Doing")
    assert behind(desk, Figure.FLOW, str(doing), "2026-11-26") == [number]
    assert behind(desk, Figure.TIME_IN_COLUMN, str(doing)) == [number]


def test_a_done_card_put_away_counts_on(desk: Desk) -> None:
    number = done(desk)
    tickets.change_text(desk, [number], "archive")
    assert measured(desk).throughput.count == 1
    assert measured(desk, query="-printer or printer").throughput.count == 1


def test_an_open_card_put_away_is_no_backlog_any_more(desk: Desk) -> None:
    number = a_ticket(desk)
    later(desk, days=1)
    tickets.change_text(desk, [number], "archive")
    assert measured(desk).backlog.days == (1, 0)
    assert measured(desk).load.open == 0


def test_a_merged_ticket_counts_with_the_one_it_became(desk: Desk) -> None:
    into, other = a_ticket(desk), a_ticket(desk)
    merging.merge(desk, [other], into)
    found = measured(desk)
    assert (sum(found.flow.created), found.backlog.count, found.throughput.count) == (1, 1, 0)


def test_load_is_told_by_agent_against_capacity(desk: Desk) -> None:
    bob = a_person(desk, "Bob Builder")
    a_person(desk, "Gone", login="gone", active=False)
    a_ticket(desk, assignee_id=bob, change="due:2026-11-26")
    late = a_ticket(desk, assignee_id=bob, change="due:+1h")
    nobodys = a_ticket(desk)
    later(desk, hours=2)
    load = measured(desk, "yesterday").load
    assert (load.open, load.late) == (3, 1)
    assert {one.name: (one.open, one.late) for one in load.people} == {"bob": (2, 1), "": (1, 0), "admin": (0, 0)}
    assert late in behind(desk, Figure.LOAD, f"agent:{bob}")
    assert behind(desk, Figure.LOAD, "agent:") == [nobodys]


def test_what_was_closed_is_told_by_agent_label_organization_and_kind(desk: Desk) -> None:
    bob, acme = a_person(desk), an_organization(desk)
    first = done(desk, 1, assignee_id=bob, organization_id=acme, kind="incident", change="+vpn +new")
    second = done(desk, 3, assignee_id=bob, change="+vpn")
    third = done(desk)
    facts = figures.facts(desk)
    period = figures.period(facts, "all")
    found = {by: figures.groups(facts, period, by) for by in Dimension}
    assert [(one.name, one.closed, one.resolution.median) for one in found[Dimension.AGENT]] == [
        ("bob", 2, 2 * HOUR),
        ("", 1, HOUR),
    ]
    assert {one.name: one.closed for one in found[Dimension.LABEL]} == {"vpn": 2, "new": 1, "": 1}
    assert {one.name: one.closed for one in found[Dimension.ORGANIZATION]} == {"": 2, "Acme OÜ": 1}
    assert {one.name: one.closed for one in found[Dimension.KIND]} == {"": 2, "incident": 1}
    vpn = next(one.id for one in found[Dimension.LABEL] if one.name == "vpn")
    assert behind(desk, Figure.THROUGHPUT, f"label:{vpn}") == [second, first]
    assert behind(desk, Figure.THROUGHPUT, "label:") == [third]
    assert behind(desk, Figure.THROUGHPUT, "kind:incident") == [first]
    assert behind(desk, Figure.THROUGHPUT, f"organization:{acme}") == [first]


def test_a_query_chooses_the_tickets(desk: Desk) -> None:
    done(desk, change="+vpn")
    done(desk)
    assert measured(desk, query="label:vpn").throughput.count == 1
    with pytest.raises(LanguageError):
        figures.facts(desk, "label:")


def test_days_and_weeks_are_those_of_who_asks(desk: Desk) -> None:
    later(desk, days=4, hours=11, minutes=30)  # Sunday 23:30 in UTC
    done(desk, hours=0.25)
    found = measured(desk, "90d")
    assert found.throughput.days[-1] == 1
    assert found.throughput.weeks[-1] == (date(2026, 11, 23), 1)
    assert sum(count for _, count in found.throughput.weeks) == found.throughput.count
    assert len(found.days) == 90


def test_weeks_without_any_are_there(desk: Desk) -> None:
    done(desk)
    later(desk, weeks=2)
    done(desk)
    weeks = measured(desk).lead_time.weeks
    assert [week.spread.count for week in weeks] == [1, 0, 1]
    assert weeks[1].spread.median is None


def test_before_everything_and_in_the_future_there_is_nothing(desk: Desk) -> None:
    done(desk)
    for period in ("2020", "2030", "2026-12-01..2026-12-31"):
        found = measured(desk, period)
        assert found.throughput.count == found.lead_time.spread.count == sum(found.flow.created) == 0
    assert measured(desk, "2020").backlog.count == 0
    assert measured(desk, "2030").days == ()


def test_what_the_clock_puts_into_the_future_is_not_counted_yet(desk: Desk) -> None:
    later(desk, days=2)
    a_ticket(desk)
    later(desk, days=-2)
    found = measured(desk)
    assert (found.backlog.count, sum(found.flow.created)) == (0, 0)


def test_a_clock_set_back_makes_nothing_negative(desk: Desk) -> None:
    done(desk, hours=-1)
    found = measured(desk)
    assert found.lead_time.spread in {Spread(1, 0.0, 0.0), Spread()}


def test_a_ticket_that_never_was_in_doing_has_no_cycle_time(desk: Desk) -> None:
    done(desk)
    assert measured(desk).cycle_time.spread == Spread()


def test_a_requester_sees_no_figures_and_a_viewer_does(desk: Desk) -> None:
    done(desk)
    with pytest.raises(NotAllowed):
        figures.facts(desk_of(desk, Role.REQUESTER, uid=2001))
    assert measured(desk_of(desk, Role.VIEWER, uid=2002)).throughput.count == 1


def test_boards_of_others_do_not_count(desk: Desk) -> None:
    agent = desk_of(desk, Role.AGENT, uid=2003)
    hidden = structure.add_board(desk, "Personnel").made
    assert hidden is not None
    a_ticket(desk, board_id=hidden, requester_id=agent.actor.id)
    a_ticket(desk)
    board_members.set_members_only(desk, hidden, True)
    found = measured(as_uid(desk, 2003))
    assert found.backlog.count == 1
    assert {one.board for one in found.flow.columns} == {boards.all_boards(desk)[0].name}
    assert measured(desk).backlog.count == 2


def test_removed_columns_are_part_of_the_past(desk: Desk) -> None:
    done_in_steps(desk, hours=1)
    a_column = board_columns.add_column(desk, boards.all_boards(desk)[0].id, "Doing too", Category.DOING).made
    assert a_column is not None
    board_columns.remove_column(desk, column_id(desk, "Doing"), a_column)
    assert [one.column for one in measured(desk).time_in_column] == ["To Do", "Doing"]


@pytest.mark.files_only
def test_what_another_tool_wrote_does_not_stop_the_figures(desk: Desk) -> None:
    """SQLite keeps a text in a column of numbers."""
    number, good = done(desk, change="+vpn"), done(desk)
    with desk.store.writing() as unit:
        unit.run(text("UPDATE ticket SET rating = 'x', due_at = 'soon', kind = 7, assignee_id = NULL").bindparams())
        unit.run(text("UPDATE ticket SET closed_at = 9223372036854775807 WHERE id = :n").bindparams(n=number))
        unit.run(text("UPDATE ticket_service SET course = 'zz', resolution_used = 'long', reopened_at = 1"))
        unit.run(text("UPDATE stay SET until = 'never' WHERE until IS NOT NULL"))
        unit.commit()
    found = measured(desk)
    assert found.throughput.count == 1
    assert behind(desk, Figure.THROUGHPUT) == [good]
    facts = figures.facts(desk)
    for by in Dimension:
        figures.groups(facts, figures.period(facts, "all"), by)


@pytest.mark.files_only
def test_a_blob_that_another_tool_wrote_does_not_either(desk: Desk) -> None:
    done(desk)
    with desk.store.writing() as unit:
        unit.run(text("UPDATE ticket SET kind = x'ff00', rating = x'05'"))
        unit.run(text("UPDATE stay SET since = x'00' WHERE until IS NULL"))
        unit.commit()
    found = measured(desk)
    assert (found.throughput.count, found.satisfaction.well.count) == (1, 0)


def test_another_period_needs_no_store(desk: Desk) -> None:
    done(desk)
    facts = figures.facts(desk)
    desk.close()
    assert figures.figures(facts, figures.period(facts, "7d")).throughput.count == 1
    assert len(facts) == 1
    assert facts.earliest == date(2026, 11, 25)
    assert figures.period(facts).last - figures.period(facts).first == timedelta(days=89)
