"""Links between tickets from both sides, what must be closed first, and likely duplicates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from helpdesk_tui.desk import linking, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.undo import redo, undo
from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.related import TIES, Tie, tie
from helpdesk_tui.errors import NeedsYes, NotFound, UsageError
from tests.builders import a_desk, a_ticket, an_organization, column_id, desk_of


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = a_desk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def two(desk: Desk) -> tuple[int, int]:
    return a_ticket(desk, "one"), a_ticket(desk, "two")


def links(desk: Desk, number: int) -> list[tuple[str, int]]:
    return [(link.relation, link.number) for link in tickets.open_ticket(desk, number).links]


def are_done(desk: Desk, numbers: Sequence[int]) -> bool:
    return all(tickets.open_ticket(desk, number).card.category is Category.DONE for number in numbers)


@pytest.mark.parametrize(
    ("how", "here", "there"),
    [
        (Tie.RELATES, "relates", "relates"),
        (Tie.BLOCKS, "blocks", "blocked by"),
        (Tie.BLOCKED_BY, "blocked by", "blocks"),
        (Tie.DUPLICATES, "duplicates", "duplicated by"),
        (Tie.DUPLICATED_BY, "duplicated by", "duplicates"),
        (Tie.PARENT, "child", "parent"),
        (Tie.CHILD, "parent", "child"),
    ],
)
def test_a_link_is_shown_on_both_tickets(desk: Desk, two: tuple[int, int], how: Tie, here: str, there: str) -> None:
    one, other = two
    outcome = linking.link(desk, [one], how, other)
    assert (links(desk, one), links(desk, other)) == ([(here, other)], [(there, one)])
    assert set(outcome.numbers) == set(two)
    undo(desk)
    assert (links(desk, one), links(desk, other)) == ([], [])
    redo(desk)
    assert (links(desk, one), links(desk, other)) == ([(here, other)], [(there, one)])
    linking.unlink(desk, [other], one)
    assert (links(desk, one), links(desk, other)) == ([], [])
    undo(desk)
    assert links(desk, one) == [(here, other)]


def test_both_histories_tell_of_it(desk: Desk, two: tuple[int, int]) -> None:
    linking.link(desk, [two[0]], Tie.BLOCKS, two[1])
    undo(desk)
    assert [entry.what for entry in tickets.open_ticket(desk, two[0]).history[:2]] == [
        "unlinked: blocks #2 (undo)",
        "linked: blocks #2",
    ]
    said = [entry.what for entry in tickets.open_ticket(desk, two[1]).history[:2]]
    assert said == ["linked: blocked by #1 (undo)", "linked: blocked by #1"]


def test_several_are_linked_in_one_step(desk: Desk, two: tuple[int, int]) -> None:
    third = a_ticket(desk, "three")
    assert linking.link(desk, two, Tie.BLOCKS, third).said == "2 tickets: blocks #3"
    assert links(desk, third) == [("blocked by", 1), ("blocked by", 2)]
    undo(desk)
    assert links(desk, third) == []


def test_a_link_that_is_there_is_not_made_again_from_the_other_end(desk: Desk, two: tuple[int, int]) -> None:
    linking.link(desk, [two[0]], Tie.RELATES, two[1])
    again = linking.link(desk, [two[1]], Tie.RELATES, two[0])
    assert (again.change_set, again.said) == (None, "#2: relates to #1 already")
    assert links(desk, two[0]) == [("relates", 2)]


def test_nor_by_a_change(desk: Desk, two: tuple[int, int]) -> None:
    tickets.change_text(desk, [two[0]], f"link:#{two[1]}")
    assert tickets.change_text(desk, [two[1]], f"link:#{two[0]}").said == "#2: nothing to change"
    assert links(desk, two[0]) == [("relates", 2)]


def test_one_kind_of_several_can_be_taken_off(desk: Desk, two: tuple[int, int]) -> None:
    one, other = two
    linking.link(desk, [one], Tie.RELATES, other)
    linking.link(desk, [one], Tie.BLOCKED_BY, other)
    linking.unlink(desk, [one], other, Tie.BLOCKED_BY)
    assert links(desk, one) == [("relates", other)]
    with pytest.raises(NotFound, match="#1: not blocked by #2"):
        linking.unlink(desk, [one], other, Tie.BLOCKED_BY)


def test_unlinking_leaves_the_links_to_others(desk: Desk, two: tuple[int, int]) -> None:
    third = a_ticket(desk, "three")
    linking.link(desk, [two[0], third], Tie.BLOCKS, two[1])
    linking.unlink(desk, [two[0]], two[1])
    assert links(desk, two[1]) == [("blocked by", third)]


@pytest.mark.parametrize("how", Tie)
def test_a_ticket_is_not_linked_to_itself(desk: Desk, two: tuple[int, int], how: Tie) -> None:
    with pytest.raises(UsageError, match="#1 cannot be linked to itself"):
        linking.link(desk, [two[0]], how, two[0])


@pytest.mark.parametrize(("how", "words"), [(Tie.BLOCKS, "blocks:#1"), (Tie.CHILD, "parent:#1")])
def test_nothing_blocks_or_is_part_of_itself_by_way_of_others(
    desk: Desk, two: tuple[int, int], how: Tie, words: str
) -> None:
    third = a_ticket(desk, "three")
    linking.link(desk, [two[0]], how, two[1])
    linking.link(desk, [two[1]], how, third)
    for refused in (
        lambda: linking.link(desk, [third], how, two[0]),
        lambda: tickets.change_text(desk, [third], words),
    ):
        with pytest.raises(UsageError, match="#3 cannot be linked so: going on from #1 leads back to it"):
            refused()


def test_every_tie_can_be_typed() -> None:
    assert [tie(word) for word in TIES] == list(Tie)
    assert tie("Is Blocked By") is Tie.BLOCKED_BY
    with pytest.raises(UsageError, match="not linked by 'hates'") as refused:
        tie("hates")
    assert "blocked-by" in refused.value.hint


CLOSING: dict[str, Callable[[Desk, int], object]] = {
    "by a change": lambda desk, number: tickets.change_text(desk, [number], "to:done"),
    "as a duplicate": lambda desk, number: tickets.change_text(desk, [number], "duplicate:#1"),
    "by moving": lambda desk, number: tickets.move(desk, [number], column_id(desk, "Done")),
    "by shifting": lambda desk, number: tickets.shift(desk, [number], 2),
}


class TestClosingWhatWaits:
    @pytest.mark.parametrize("close", CLOSING.values(), ids=CLOSING)
    def test_is_asked_about(self, desk: Desk, two: tuple[int, int], close: Callable[[Desk, int], object]) -> None:
        one, other = two
        linking.link(desk, [other], Tie.BLOCKED_BY, one)
        with pytest.raises(NeedsYes, match="#2 waits for #1, which is still open"):
            close(desk, other)
        assert tickets.open_ticket(desk, other).card.closed is None
        close(desk.insisting(), other)
        assert tickets.open_ticket(desk, other).card.category is Category.DONE
        undo(desk)
        redo(desk)
        assert tickets.open_ticket(desk, other).card.category is Category.DONE

    def test_is_not_once_what_it_waited_for_is_closed(self, desk: Desk, two: tuple[int, int]) -> None:
        linking.link(desk, [two[0]], Tie.BLOCKS, two[1])
        tickets.change_text(desk, [two[0]], "to:done")
        tickets.change_text(desk, [two[1]], "to:done")
        assert are_done(desk, two)

    def test_nor_when_both_are_closed_together(self, desk: Desk, two: tuple[int, int]) -> None:
        linking.link(desk, [two[0]], Tie.BLOCKS, two[1])
        tickets.change_text(desk, [two[1], two[0]], "to:done")
        assert are_done(desk, two)

    def test_other_links_hold_nothing_up(self, desk: Desk, two: tuple[int, int]) -> None:
        for how in (Tie.RELATES, Tie.DUPLICATES, Tie.PARENT, Tie.BLOCKS):
            linking.link(desk, [two[0]], how, two[1])
        tickets.change_text(desk, [two[0]], "to:done")
        assert are_done(desk, two[:1])

    def test_of_many_one_is_named(self, desk: Desk) -> None:
        blocker = a_ticket(desk, "blocker")
        waiting = [a_ticket(desk, f"waiting {place}") for place in range(3)]
        linking.link(desk, waiting, Tie.BLOCKED_BY, blocker)
        with pytest.raises(NeedsYes, match="3 of these tickets wait for tickets that are still open: #2 waits for #1"):
            tickets.change_text(desk, waiting, "to:done")

    def test_a_removed_or_archived_blocker_holds_nothing_up(self, desk: Desk) -> None:
        waiting, blocker = a_ticket(desk, "waiting"), a_ticket(desk, "blocker")
        linking.link(desk, [blocker], Tie.BLOCKS, waiting)
        tickets.change_text(desk, [blocker], "archive")
        tickets.change_text(desk, [waiting], "to:done")
        assert are_done(desk, [waiting])


def tickets_in_many_words(desk: Desk) -> None:
    for title in (
        "Printer in room 12 prints blank pages",
        "The printer does not print",
        "VPN drops every hour",
        "Arvuti ei käivitu",
        "מדפסת תקועה בקומה שנייה",
        "Toner",
    ):
        a_ticket(desk, title)
    for place in range(30):
        a_ticket(desk, f"The new laptop for person {place}")


class TestLikelyDuplicates:
    def found(self, desk: Desk, title: str) -> list[str]:
        return [card.title for card in linking.likely_duplicates(desk, title)]

    @pytest.fixture
    def stocked(self, tmp_path: Path) -> Iterator[Desk]:
        desk = a_desk(tmp_path / "stocked", stock=tickets_in_many_words)
        yield desk
        desk.close()

    @pytest.mark.parametrize(
        ("typed", "first"),
        [
            ("printer prints blank", "Printer in room 12 prints blank pages"),
            ("blank pages from the printer", "Printer in room 12 prints blank pages"),
            ("my vpn drops", "VPN drops every hour"),
            ("VPN dro", "VPN drops every hour"),
            ("arvuti ei kaivitu", "Arvuti ei käivitu"),
            ("מדפסת תקועה", "מדפסת תקועה בקומה שנייה"),
            ("toner", "Toner"),
        ],
    )
    def test_tickets_with_the_same_words_are_found(self, stocked: Desk, typed: str, first: str) -> None:
        assert self.found(stocked, typed)[:1] == [first]

    @pytest.mark.parametrize("typed", ["", "p", "the", "printer", "screen is black", '()"*', "NEAR(a b)", "AND OR"])
    def test_nothing_is_suggested_without_a_reason(self, stocked: Desk, typed: str) -> None:
        assert self.found(stocked, typed) == []

    def test_only_open_ones_are(self, stocked: Desk) -> None:
        (number,) = tickets.numbers(stocked, stocked.ask("vpn"))
        for words in ("to:done", "reopen archive"):
            tickets.change_text(stocked, [number], words.split()[0])
            if " " in words:
                tickets.change_text(stocked, [number], words.split()[1])
            assert self.found(stocked, "vpn drops every hour") == []

    def test_only_those_that_may_be_seen_are(self, stocked: Desk) -> None:
        organization = an_organization(stocked, shares=True)
        asks = desk_of(stocked, Role.REQUESTER, 2000, organization=organization)
        colleague = desk_of(stocked, Role.REQUESTER, 2001, organization=organization)
        assert self.found(asks, "vpn drops every hour") == []
        tickets.create(asks, tickets.NewTicket("The VPN drops"))
        tickets.create(colleague, tickets.NewTicket("My VPN drops"))
        assert sorted(self.found(asks, "vpn drops every hour")) == ["My VPN drops", "The VPN drops"]
