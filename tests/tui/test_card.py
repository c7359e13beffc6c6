"""A card as text: what it says at which width."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from rich.cells import cell_len

from helpdesk_tui.domain.board import Category, Label
from helpdesk_tui.domain.business_time import Hours, business_time
from helpdesk_tui.domain.odd import UNREADABLE
from helpdesk_tui.domain.people import Face
from helpdesk_tui.domain.ticket import Card, Priority, Status
from helpdesk_tui.tui.widgets.card import FULL, LINE, PLAIN, SHORT, Painter
from tests.builders import NOON
from tests.tui.around import HOSTILE


def card(title: str = "VPN drops every hour", **more: Any) -> Card:
    fields: dict[str, Any] = {
        "number": 142, "title": title, "board_id": 1, "board": "IT", "column_id": 1, "column": "To Do",
        "category": Category.TODO, "priority": Priority.NORMAL, "status": Status.NONE, "requester": "Dana Levi",
        "assignee": "bob", "labels": (), "due": None, "created": NOON, "updated": NOON, "closed": None,
        "archived": False, "escalated": False, "unread": False, "steps_done": 0, "steps": 0, "replies": 0,
        "notes": 0, "files": 0,
    }  # fmt: skip
    return Card(**fields | more)


def lines(of: Card, width: int = 38, density: str = FULL, marked: bool = False, **more: Any) -> list[str]:
    painter = Painter(width, density, NOON, UTC, **more)
    return ["".join(text for _, text in pieces).rstrip() for pieces in painter.paint(of, marked)]


def styles(of: Card, text: str, **more: Any) -> list[str]:
    pieces = [piece for line in Painter(60, FULL, NOON, UTC, **more).paint(of) for piece in line]
    return [style for style, piece in pieces if text in piece]


def test_full_says_title_number_people_labels_and_counters() -> None:
    one = card(labels=(Label(1, "vpn"), Label(2, "network")), steps=5, steps_done=2, replies=3, due=NOON)
    assert lines(one) == [
        "▌  VPN drops every hour           #142",
        "▌  Dana Levi → bob         today 12:00",
        "▌  vpn network                [2/5] ✎3",
    ]


FACES = {"bob": Face("BB", "green", "bob")}


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (38, "▌  Dana Levi → BB bob"),
        (20, "▌  Dana → BB bob"),
        (15, "▌  Dana → BB"),
    ],
)
def test_the_assignees_avatar_stands_before_the_login_and_then_for_it(width: int, said: str) -> None:
    assert lines(card(), width, SHORT, faces=FACES)[1] == said


def test_an_avatar_has_its_persons_hue() -> None:
    painter = Painter(60, FULL, NOON, UTC, faces=FACES)
    assert ("face-green", "BB") in [piece for line in painter.paint(card()) for piece in line]


def test_one_line_has_the_avatar_where_there_is_room() -> None:
    assert lines(card(), 60, LINE, faces=FACES)[0].endswith("BB #142")
    assert "BB" not in lines(card(), 24, LINE, faces=FACES)[0]


@pytest.mark.parametrize("initials", HOSTILE)
def test_whatever_initials_there_are_a_card_keeps_its_width(initials: str) -> None:
    painter = Painter(30, FULL, NOON, UTC, faces={"bob": Face(initials, "", "bob")})
    assert {sum(cell_len(text) for _, text in line) for line in painter.paint(card())} == {30}


def test_a_long_title_takes_a_second_line_and_ends_in_an_ellipsis() -> None:
    first, second, *_ = lines(card("VPN drops every hour for the whole accounting floor since last Monday noon"))
    assert first == "▌  VPN drops every hour for the   #142"
    assert second.endswith("…")


def test_what_there_is_not_takes_no_line() -> None:
    assert len(lines(card())) == 2


@pytest.mark.parametrize(("density", "count"), [(SHORT, 2), (LINE, 1)])
def test_the_other_densities_are_shorter(density: str, count: int) -> None:
    one = card("A very long title that would take more than a line of its own", labels=(Label(1, "vpn"),))
    assert len(lines(one, density=density)) == count


@pytest.mark.parametrize(
    ("priority", "begins"),
    [(Priority.CRITICAL, "█! "), (Priority.HIGH, "▊↑ "), (Priority.NORMAL, "▌  "), (Priority.LOW, "▏↓ ")],
)
def test_priority_is_a_shape_and_not_only_a_colour(priority: Priority, begins: str) -> None:
    assert lines(card(priority=priority))[0].startswith(begins)


def test_a_mark_is_a_tick() -> None:
    assert lines(card(), marked=True)[0].startswith("▌✓ ")


def test_nobody_is_named() -> None:
    assert "Dana Levi → nobody" in lines(card(assignee=""))[1]


def test_a_requester_gives_way_to_the_first_name_and_then_is_cut() -> None:
    assert "Dana → bob" in lines(card(due=NOON + timedelta(days=2)), 20)[2]
    assert "→ bob" in lines(card(requester="Bartholomew", due=NOON + timedelta(days=2)), 18)[2]


@pytest.mark.parametrize(
    ("due", "says"),
    [
        (NOON - timedelta(seconds=5), "late 1m"), (NOON - timedelta(minutes=59), "late 59m"),
        (NOON - timedelta(hours=2), "late 2h"), (NOON - timedelta(days=3), "late 3d"),
        (NOON + timedelta(hours=5), "today 17:00"), (datetime(2026, 11, 25, 23, 59, tzinfo=UTC), "today"),
        (NOON + timedelta(days=1), "tomorrow 12:00"), (NOON + timedelta(days=3), "Sat"),
        (NOON + timedelta(days=6), "Tue"), (NOON + timedelta(days=7), "2 Dec"), (NOON + timedelta(days=400), "Dec 2027"),
    ],
)  # fmt: skip
def test_due_dates_are_short(due: datetime, says: str) -> None:
    assert lines(card(due=due), 60)[1].endswith(says)


@pytest.mark.parametrize(
    ("closed", "says"),
    [
        (NOON - timedelta(hours=1), "✓ 11:00"), (NOON - timedelta(days=1), "✓ yesterday"),
        (NOON - timedelta(days=6), "✓ Thu"), (NOON - timedelta(days=30), "✓ 26 Oct"),
    ],
)  # fmt: skip
def test_done_cards_say_when(closed: datetime, says: str) -> None:
    assert lines(card(category=Category.DONE, closed=closed))[1].endswith(says)


OFFICE = {7: business_time(Hours("UTC", (((8 * 60, 18 * 60),),) * 5 + ((), ())))}
"""Monday to Friday from eight to six; `NOON` is a Wednesday."""


@pytest.mark.parametrize(
    ("due", "says", "style"),
    [
        (NOON + timedelta(minutes=42), "◷ 0:42", "good"),
        (NOON + timedelta(hours=3, minutes=5), "◷ 3:05", "good"),
        (NOON + timedelta(hours=21), "◷ 7:00", "good"),  # tomorrow at nine: the night does not count
        (NOON + timedelta(days=1), "◷ 10:00", "good"),
        (NOON + timedelta(days=1, minutes=1), "◷ tomorrow 12:01", "good"),
        (NOON + timedelta(days=5), "◷ Mon", "good"),
        (NOON - timedelta(minutes=42), "late 42m", "late"),
        (NOON - timedelta(hours=19), "late 5h", "late"),  # since five o'clock yesterday
        (NOON - timedelta(days=5), "late 3d", "late"),  # since Friday
        (NOON - timedelta(days=400), "late 57w", "late"),
    ],
)
def test_a_service_level_is_a_clock_in_business_time(due: datetime, says: str, style: str) -> None:
    one = card(sla_due=due, sla_calendar=7)
    assert lines(one, 60, calendars=OFFICE)[1].endswith(says)
    assert styles(one, says, calendars=OFFICE) == [style]


def test_a_clock_at_risk_is_drawn_so() -> None:
    one = card(sla_due=NOON + timedelta(minutes=42), sla_risk=NOON, sla_calendar=7)
    assert styles(one, "◷ 0:42", calendars=OFFICE) == ["warn"]


@pytest.mark.parametrize(
    ("due", "clock", "nearer", "later"),
    [(1, 2, "today 13:00", "2:00"), (2, 1, "◷ 1:00", "14:00")],
)
def test_of_due_date_and_service_level_the_nearer_is_shown_and_the_other_below_it(
    due: int, clock: int, nearer: str, later: str
) -> None:
    one = card(due=NOON + timedelta(hours=due), sla_due=NOON + timedelta(hours=clock), sla_calendar=7, replies=3)
    _, second, third = lines(one, 60, calendars=OFFICE)
    assert second.endswith(nearer)
    assert third.endswith(f"{later} ✎3")


@pytest.mark.parametrize("width", range(6, 40))
def test_with_both_a_card_keeps_its_width(width: int) -> None:
    one = card(due=NOON + timedelta(days=1), sla_due=NOON + timedelta(hours=2), sla_calendar=7, replies=3, steps=5)
    painter = Painter(width, FULL, NOON, UTC, calendars=OFFICE)
    assert {sum(cell_len(text) for _, text in line) for line in painter.paint(one)} == {width}


def test_until_its_calendar_is_known_a_clock_is_the_day_it_ends() -> None:
    assert lines(card(sla_due=NOON + timedelta(hours=3), sla_calendar=7), 60)[1].endswith("today 15:00")


def test_a_clock_that_another_tool_spoilt_is_a_mark() -> None:
    assert lines(card(sla_due=UNREADABLE, sla_calendar=7), 60, calendars=OFFICE)[1].endswith(" ?")


def test_status_stands_where_there_is_room() -> None:
    one = card(status=Status.BLOCKED, due=NOON + timedelta(hours=5), assignee="bartholomew")
    assert "blocked today 17:00" in lines(one, 60)[1]
    assert "blocked" in lines(one, 30)[2]


def test_what_is_late_is_drawn_so() -> None:
    assert styles(card(due=NOON - timedelta(hours=2)), "late 2h") == ["late"]


def test_unread_has_a_sign() -> None:
    assert lines(card(unread=True))[0].endswith("●#142")


def test_labels_that_have_no_room_are_a_sign() -> None:
    one = card(labels=tuple(Label(at, f"label{at}") for at in range(9)))
    assert lines(one, 24)[3] == "▌  label0 label1 …"


def test_plain_glyphs_are_ascii() -> None:
    one = card(priority=Priority.HIGH, steps=3, replies=1, notes=2, files=1, rating=5, due=NOON, unread=True)
    assert "".join(lines(one, 60, glyphs=PLAIN)).isascii()


@pytest.mark.parametrize(
    "title", ["日本語のタイトルはとても長い" * 3, "👩‍💻" * 30, "e\u0301" * 80, "נסיון " * 20, *HOSTILE]
)
@pytest.mark.parametrize("width", [10, 14, 23, 38, 77])
@pytest.mark.parametrize("density", [FULL, SHORT, LINE])
def test_every_line_takes_exactly_its_width(title: str, width: int, density: str) -> None:
    one = card(
        title, requester=title, assignee=title, labels=(Label(1, title),), status=Status.REWORK, escalated=True,
        due=NOON, steps=12, steps_done=3, replies=44, notes=5, files=6, unread=True,
    )  # fmt: skip
    drawn = Painter(width, density, NOON, UTC).paint(one)
    assert {cell_len("".join(text for _, text in pieces)) for pieces in drawn} == {width}
