"""The calendar of the due date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.language.terms import SetField
from helpdesk_tui.tui.screens.calendar import CalendarPick
from helpdesk_tui.tui.screens.pickers import DuePick
from tests.tui.around import make_desk
from tests.tui.test_pickers import answers

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path)
    yield desk
    desk.close()


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        ([], (2026, 11, 22)),
        (["right"], (2026, 11, 23)),
        (["j", "h"], (2026, 11, 28)),
        (["up"], (2026, 11, 15)),
        (["pagedown"], (2026, 12, 22)),
        (["pagedown", "pagedown", "pageup", "right"], (2026, 12, 23)),
        (["down", "down", "home"], (2026, 11, 22)),
    ],
)
async def test_a_day_is_chosen_with_the_arrows(desk: Desk, keys: list[str], day: tuple[int, int, int]) -> None:
    (chosen,) = await answers(desk, CalendarPick("Due", NOON, UTC), *keys, "enter")
    assert chosen == datetime(*day, 23, 59, tzinfo=UTC)


async def test_the_last_of_a_month_stays_in_a_shorter_one(desk: Desk) -> None:
    start = datetime(2027, 1, 31, 9, 30, tzinfo=UTC)
    (chosen,) = await answers(desk, CalendarPick("Due", NOON, UTC, start), "pagedown", "enter")
    assert chosen == datetime(2027, 2, 28, 9, 30, tzinfo=UTC)


async def test_it_is_left_without_a_change(desk: Desk) -> None:
    assert await answers(desk, CalendarPick("Due", NOON, UTC), "right", "escape") == [None]


async def test_it_opens_from_the_due_picker_on_the_day_typed_and_keeps_the_time(desk: Desk) -> None:
    (chosen,) = await answers(desk, DuePick("Due"), *"2026-12-01", "space", *"17:00", "tab", "right", "enter")
    assert chosen == (SetField("due", datetime(2026, 12, 2, 17, tzinfo=desk.zone)),)
