"""Until when somebody is away, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from helpdesk_tui.domain.people import Person, Role
from helpdesk_tui.language.away import away
from tests.builders import NOON


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (NOON + timedelta(hours=3), "away until 25 Nov 15:00"),
        (NOON + timedelta(days=1), "away until 26 Nov 12:00"),
        (NOON + timedelta(days=2), "away until 27 Nov"),
        (datetime(2026, 11, 26, tzinfo=UTC), "away until 26 Nov"),
        (NOON + timedelta(days=400), "away until 30 Dec 2027"),
        (NOON - timedelta(hours=1), ""),
    ],
)
def test_the_hour_is_told_where_it_is_near(until: datetime, said: str) -> None:
    assert away(Person(1, "bob", "Bob", Role.AGENT, away_until=until), NOON, UTC) == said
