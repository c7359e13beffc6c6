"""What may be written into a desk."""

from __future__ import annotations

import pytest

from helpdesk_tui.domain import entry
from helpdesk_tui.domain.settings import Settings
from helpdesk_tui.domain.ticket import Level, Priority
from helpdesk_tui.errors import UsageError


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "\n"])
def test_a_title_needs_something_to_be_seen(text: str) -> None:
    with pytest.raises(UsageError, match="needs a title"):
        entry.title(text)


def test_a_title_of_a_megabyte_is_refused_with_the_limit() -> None:
    with pytest.raises(UsageError, match="500 is the limit"):
        entry.title("x" * 1_000_000)


def test_a_title_is_one_line() -> None:
    assert entry.title("  VPN\n drops\t often ") == "VPN drops often"


@pytest.mark.parametrize("text", ["a\x00b", "broken \ud800"])
def test_what_no_database_can_keep_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        entry.title(text)


@pytest.mark.parametrize("text", ["142", "#142", "0142"])
def test_a_number_may_have_a_hash(text: str) -> None:
    assert entry.ticket_number(text) == 142


@pytest.mark.parametrize(
    "text", ["-1", "0", str(2**63), "9" * 5000, "٣", "1_000", "", "#", "##1", "1.0", "0x10", " 142"]
)
def test_other_numbers_are_no_ticket_numbers(text: str) -> None:
    assert entry.ticket_number(text) is None


def test_a_label_has_no_comma() -> None:
    with pytest.raises(UsageError, match="no comma"):
        entry.label("vpn,network")


@pytest.mark.parametrize(
    ("impact", "urgency", "priority"),
    [
        (Level.HIGH, Level.HIGH, Priority.CRITICAL),
        (Level.HIGH, Level.MEDIUM, Priority.HIGH),
        (Level.MEDIUM, Level.MEDIUM, Priority.NORMAL),
        (Level.LOW, Level.HIGH, Priority.NORMAL),
        (Level.LOW, Level.MEDIUM, Priority.LOW),
        (Level.LOW, Level.LOW, Priority.LOW),
    ],
)
def test_impact_and_urgency_propose_a_priority(impact: Level, urgency: Level, priority: Priority) -> None:
    assert Settings().proposed_priority(impact, urgency) is priority
