"""Merging, splitting and cloning tickets, and taking each back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

from helpdesk_tui.desk import canned, checklist, conversation, files, linking, merging, tickets, timing
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.spooling import spooled
from helpdesk_tui.desk.undo import redo, undo
from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.related import Tie
from helpdesk_tui.domain.ticket_detail import TicketDetail
from helpdesk_tui.errors import Conflict, NotFound, UsageError
from helpdesk_tui.store import records
from tests.builders import a_desk, a_person, a_ticket, as_uid, desk_of, later


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = a_desk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def two(desk: Desk) -> tuple[int, int]:
    """Two tickets about one thing, talked about in turns."""
    a_person(desk, "Bob Builder")
    first = a_ticket(desk, "Printer is dead", "check:first watch:bob time:10m", description="No light at all.")
    later(desk, minutes=1)
    second = a_ticket(desk, "Printer on floor 2", "check:second check:third time:15m watch:me")
    for number, words in ((second, "one"), (first, "two"), (second, "three"), (first, "four")):
        later(desk, minutes=1)
        conversation.reply(desk, number, words)
    an_attached_file(desk, first, "log.txt")
    return first, second


def an_attached_file(desk: Desk, number: int, name: str, comment: int | None = None) -> None:
    with desk.store.writing() as unit:
        unit.connection.exec_driver_sql("INSERT INTO file_content VALUES ('aa', 0) ON CONFLICT DO NOTHING")
        kept = {"ticket_id": number, "comment_id": comment, "name": name, "size": 0, "sha256": "aa"}
        records.add(unit, "file", kept | {"added_by_id": desk.actor.id, "at": desk.clock.now()})
        unit.connection.exec_driver_sql(f"UPDATE ticket SET files = files + 1 WHERE id = {number}")
        unit.commit()


def now(desk: Desk, number: int) -> TicketDetail:
    return tickets.open_ticket(desk, number)


def standing(detail: TicketDetail) -> tuple[object, ...]:
    """A ticket but for what every change and its undo leave behind."""
    card = detail.card
    counts = (card.column_id, card.closed, card.steps, card.replies, card.notes, card.files, detail.minutes)
    said = tuple((one.id, one.body) for one in detail.conversation)
    steps = tuple((one.id, one.text, one.done) for one in detail.checklist)
    files = tuple(one.name for one in detail.files)
    return counts, said, steps, files, detail.watchers, detail.links, detail.merged_into


class TestMerge:
    def test_the_conversations_become_one_in_the_order_they_were_held(self, desk: Desk, two: tuple[int, int]) -> None:
        first, second = two
        merging.merge(desk, [first], second)
        said = [comment.body for comment in now(desk, second).conversation]
        assert said == ["#1 Printer is dead\n\nNo light at all.", "one", "two", "three", "four"]
        assert now(desk, first).conversation == ()

    def test_steps_files_watchers_and_time_come_along(self, desk: Desk, two: tuple[int, int]) -> None:
        first, second = two
        merging.merge(desk, [first], second)
        found = now(desk, second)
        assert [step.text for step in found.checklist] == ["second", "third", "first"]
        assert [file.name for file in found.files] == ["log.txt"]
        assert found.watchers == ("admin", "bob")
        assert found.minutes == 25
        assert (found.card.steps, found.card.replies, found.card.files) == (3, 4, 1)
        left = now(desk, first)
        assert (left.checklist, left.files, left.minutes) == ((), (), 0)
        assert (left.card.steps, left.card.replies, left.card.files) == (0, 0, 0)

    def test_the_other_is_closed_linked_and_points_here(self, desk: Desk, two: tuple[int, int]) -> None:
        first, second = two
        merging.merge(desk, [first], second)
        left = now(desk, first)
        assert left.card.category is Category.DONE
        assert left.merged_into == second
        assert [(link.relation, link.number) for link in left.links] == [("duplicates", second)]
        assert [(link.relation, link.number) for link in now(desk, second).links] == [("duplicated by", first)]

    def test_what_waited_for_the_one_waits_for_the_other(self, desk: Desk, two: tuple[int, int]) -> None:
        first, second = two
        waiting, blocker = a_ticket(desk, "waiting"), a_ticket(desk, "blocker")
        linking.link(desk, [first], Tie.BLOCKS, waiting)
        linking.link(desk, [first], Tie.BLOCKED_BY, blocker)
        merging.merge(desk, [first], second)
        links = [(link.relation, link.number) for link in now(desk, second).links]
        assert sorted(links) == [("blocked by", blocker), ("blocks", waiting), ("duplicated by", first)]
        assert [link.number for link in now(desk, waiting).links] == [second]

    def test_files_of_one_name_stay_two(self, desk: Desk, two: tuple[int, int]) -> None:
        first, second = two
        an_attached_file(desk, second, "LOG.txt")
        merging.merge(desk, [first], second)
        assert {file.name for file in now(desk, second).files} == {"LOG.txt", "log (2).txt"}
        undo(desk)
        assert [file.name for file in now(desk, first).files] == ["log.txt"]

    def test_what_was_said_is_found_there_from_now_on(self, desk: Desk, two: tuple[int, int]) -> None:
        first, second = two
        merging.merge(desk, [first], second)
        for words in ('"four"', '"first"'):
            assert tickets.numbers(desk, desk.ask(words)) == [second]
        undo(desk)
        for words in ('"four"', '"first"'):
            assert tickets.numbers(desk, desk.ask(words)) == [first]

    def test_undo_puts_everything_back_and_redo_takes_it_over_again(self, desk: Desk, two: tuple[int, int]) -> None:
        before = [standing(now(desk, number)) for number in two]
        merging.merge(desk, [two[0]], two[1])
        merged = [standing(now(desk, number)) for number in two]
        undo(desk)
        assert [standing(now(desk, number)) for number in two] == before
        redo(desk)
        assert [standing(now(desk, number)) for number in two] == merged
        undo(desk)
        assert [standing(now(desk, number)) for number in two] == before

    def test_several_are_one_step(self, desk: Desk, two: tuple[int, int]) -> None:
        third = a_ticket(desk, "And again", "reply:again")
        said = merging.merge(desk, two, third).said
        assert said == "2 tickets merged into #3"
        assert now(desk, third).card.replies == 5
        undo(desk)
        assert [now(desk, number).merged_into for number in two] == [None, None]

    def test_what_was_done_there_since_does_not_stand_in_the_way_of_undo(
        self, desk: Desk, two: tuple[int, int]
    ) -> None:
        first, second = two
        merging.merge(desk, [first], second)
        bob = as_uid_of(desk, "bob")
        conversation.reply(bob, second, "five")
        checklist.tick(bob, now(desk, second).checklist[2].id, True)
        undo(desk)
        assert [comment.body for comment in now(desk, second).conversation] == ["one", "three", "five"]
        assert [(step.text, step.done) for step in now(desk, first).checklist] == [("first", True)]

    def test_undo_is_refused_once_the_other_has_been_taken_up_again(self, desk: Desk, two: tuple[int, int]) -> None:
        first, second = two
        merging.merge(desk, [first], second)
        tickets.change_text(as_uid_of(desk, "bob"), [first], "reopen")
        with pytest.raises(Conflict, match="bob"):
            undo(desk)

    def test_reopened_it_stands_for_itself(self, desk: Desk, two: tuple[int, int]) -> None:
        first, second = two
        merging.merge(desk, [first], second)
        tickets.change_text(desk, [first], "reopen")
        assert now(desk, first).merged_into is None
        merging.merge(desk, [second], first)

    def test_something_said_before_is_taken_back_from_where_it_is_now(self, desk: Desk, two: tuple[int, int]) -> None:
        first, second = two
        bob = as_uid_of(desk, "bob")
        conversation.reply(bob, first, "bob's")
        merging.merge(desk, [first], second)
        undo(bob)
        assert "bob's" not in [comment.body for comment in now(desk, second).conversation]
        assert now(desk, second).card.replies == 4

    def test_no_link_comes_twice_and_nothing_waits_for_itself(self, desk: Desk, two: tuple[int, int]) -> None:
        first, second = two
        waits, alike = a_ticket(desk, "waits"), a_ticket(desk, "alike")
        linking.link(desk, [first], Tie.BLOCKED_BY, waits)
        linking.link(desk, [second], Tie.BLOCKS, waits)
        linking.link(desk, [first], Tie.RELATES, alike)
        linking.link(desk, [alike], Tie.RELATES, second)
        before = [standing(now(desk, number)) for number in two]
        merging.merge(desk, [first], second)
        links = [(link.relation, link.number) for link in now(desk, second).links]
        assert sorted(links) == [("blocks", waits), ("duplicated by", first), ("relates", alike)]
        undo(desk)
        assert [standing(now(desk, number)) for number in two] == before

    @pytest.mark.parametrize("tie", [Tie.BLOCKS, Tie.BLOCKED_BY])
    def test_one_that_waits_for_the_other_does_so_no_more(self, desk: Desk, two: tuple[int, int], tie: Tie) -> None:
        first, second = two
        linking.link(desk, [first], tie, second)
        before = [standing(now(desk, number)) for number in two]
        merging.merge(desk, [first], second)
        assert [link.relation for link in now(desk, second).links] == ["duplicated by"]
        undo(desk)
        assert [standing(now(desk, number)) for number in two] == before

    def test_a_ticket_is_not_merged_with_itself(self, desk: Desk, two: tuple[int, int]) -> None:
        for numbers in ([two[0]], list(two)):
            with pytest.raises(UsageError, match="#1 cannot be merged with itself"):
                merging.merge(desk, numbers, two[0])

    def test_nor_in_a_ring(self, desk: Desk, two: tuple[int, int]) -> None:
        first, second = two
        merging.merge(desk, [first], second)
        with pytest.raises(UsageError, match="#1 is merged into #2 already") as refused:
            merging.merge(desk, [second], first)
        assert refused.value.hint == "Reopen #1 first, if #2 is to become part of it."

    def test_nor_in_a_ring_of_three(self, desk: Desk, two: tuple[int, int]) -> None:
        third = a_ticket(desk, "third")
        merging.merge(desk, [two[0]], two[1])
        merging.merge(desk, [two[1]], third)
        with pytest.raises(UsageError, match="#1 is merged into #2 already") as refused:
            merging.merge(desk, [third], two[0])
        assert refused.value.hint == "Reopen #1 first, if #3 is to become part of it."

    def test_into_one_that_is_merged_names_the_one_it_has_become(self, desk: Desk, two: tuple[int, int]) -> None:
        third, fourth = a_ticket(desk, "third"), a_ticket(desk, "fourth")
        merging.merge(desk, [two[0]], two[1])
        merging.merge(desk, [two[1]], third)
        with pytest.raises(UsageError, match="#1 is merged into #2 already") as refused:
            merging.merge(desk, [fourth], two[0])
        assert refused.value.hint == "Merge into #3 instead."

    def test_labels_are_joined(self, desk: Desk, two: tuple[int, int]) -> None:
        first, second = two
        tickets.change_text(desk, [first], "+vpn +both")
        tickets.change_text(desk, [second], "+printer +both")
        assert merging.preview(desk, [first], second).brought[0].labels == 2
        merging.merge(desk, [first], second)
        assert {label.name for label in now(desk, second).card.labels} == {"vpn", "both", "printer"}
        undo(desk)
        assert {label.name for label in now(desk, second).card.labels} == {"both", "printer"}

    def test_more_labels_than_may_be_are_refused_before(self, desk: Desk, two: tuple[int, int]) -> None:
        for number in two:
            tickets.change_text(desk, [number], " ".join(f"+on{number}-{place}" for place in range(30)))
        for act in (merging.preview, merging.merge):
            with pytest.raises(UsageError, match="A ticket may carry 50 labels"):
                act(desk, [two[0]], two[1])

    def test_nor_into_one_that_is_merged_nor_twice(self, desk: Desk, two: tuple[int, int]) -> None:
        third = a_ticket(desk, "third")
        merging.merge(desk, [two[0]], two[1])
        for numbers, into in (([third], two[0]), ([two[0]], third)):
            with pytest.raises(UsageError, match="#1 is merged into #2 already"):
                merging.merge(desk, numbers, into)

    def test_a_chain_is_none_and_may_grow(self, desk: Desk, two: tuple[int, int]) -> None:
        third = a_ticket(desk, "third")
        merging.merge(desk, [two[0]], two[1])
        merging.merge(desk, [two[1]], third)
        assert now(desk, third).card.replies == 4
        undo(desk)
        undo(desk)
        assert [now(desk, number).card.replies for number in (*two, third)] == [2, 2, 0]

    def test_it_says_who_will_read_what_was_not_written_to_them(self, desk: Desk) -> None:
        dana = a_person(desk, "Dana Cohen", Role.REQUESTER)
        eva = a_person(desk, "Eva Mets", Role.REQUESTER)
        ours, theirs = a_ticket(desk, "a", requester_id=dana), a_ticket(desk, "b", requester_id=eva)
        expected = ("Eva Mets will read the replies to Dana Cohen.",)
        assert merging.preview(desk, [ours], theirs).warnings == expected
        assert merging.merge(desk, [ours], theirs).warnings == expected

    def test_a_requester_does_not_learn_which_ticket_theirs_went_into(self, desk: Desk) -> None:
        asks = desk_of(desk, Role.REQUESTER)
        mine, others = a_ticket(desk, "a", requester_id=asks.actor.id), a_ticket(desk, "b")
        merging.merge(desk, [mine], others)
        assert now(desk, mine).merged_into == others
        seen = tickets.open_ticket(asks, mine)
        assert (seen.merged_into, seen.links) == (None, ())

    def test_it_can_be_looked_at_before(self, desk: Desk, two: tuple[int, int]) -> None:
        looked = merging.preview(desk, [two[0]], two[1])
        (one,) = looked.brought
        assert (one.comments, one.steps, one.files, one.minutes, one.watchers) == (3, 1, 1, 10, 1)
        assert now(desk, two[0]).merged_into is None

    def test_the_history_says_it_once_on_either_side(self, desk: Desk, two: tuple[int, int]) -> None:
        first, second = two
        merging.merge(desk, [first], second)
        assert "merged in #1 “Printer is dead”" in [entry.what for entry in now(desk, second).history]
        assert "merged it into #2, linked: duplicates #2" in [entry.what for entry in now(desk, first).history]
        assert "carried" not in {entry.kind for entry in now(desk, second).history}
        undo(desk)
        assert "merged in #1 “Printer is dead” (undo)" in [entry.what for entry in now(desk, second).history]

    def test_both_are_news_to_open_screens(self, desk: Desk, two: tuple[int, int]) -> None:
        assert set(merging.merge(desk, [two[0]], two[1]).numbers) == set(two)
        assert set(undo(desk).numbers) == set(two)


ADDS: dict[str, Callable[[Desk, int], object]] = {
    "reply": lambda desk, number: conversation.reply(desk, number, "hello"),
    "note": lambda desk, number: conversation.note(desk, number, "hello"),
    "step": lambda desk, number: checklist.add(desk, number, ["one more"]),
    "minutes": lambda desk, number: tickets.change_text(desk, [number], "time:5m"),
    "timer": timing.start,
    "link": lambda desk, number: linking.link(desk, [number], Tie.BLOCKS, 3),
    "link from the other side": lambda desk, number: linking.link(desk, [3], Tie.RELATES, number),
    "change that says something": lambda desk, number: tickets.change_text(desk, [number], 'note:"x" +vpn'),
    "title by a change": lambda desk, number: tickets.change_text(desk, [number], "title:other"),
    "description": lambda desk, number: tickets.edit(desk, number, description="other", base_version=1),
    "canned reply": lambda desk, number: canned.say(desk, number, "hello", "+vpn"),
    "clone": merging.clone,
    "many at once": lambda desk, number: tickets.change_text(desk, [3, number], "check:x"),
}


class TestWhatIsPartOfAnother:
    @pytest.fixture
    def merged(self, desk: Desk, two: tuple[int, int]) -> int:
        a_ticket(desk, "third")
        merging.merge(desk, [two[0]], two[1])
        return two[0]

    @pytest.mark.parametrize("what", ADDS)
    def test_nothing_is_added_to_it(self, desk: Desk, merged: int, what: str) -> None:
        before = [standing(now(desk, number)) for number in (1, 2, 3)]
        with pytest.raises(Conflict, match="#1 was merged into #2") as refused:
            ADDS[what](desk, merged)
        assert refused.value.hint == "Go on with #2 instead, or reopen this."
        assert [standing(now(desk, number)) for number in (1, 2, 3)] == before
        assert timing.running(desk) is None

    def test_nor_a_file(self, desk: Desk, merged: int) -> None:
        with spooled(desk, "log.txt", BytesIO(b"x")) as file, pytest.raises(Conflict, match="#1 was merged into #2"):
            files.attach(desk, [3, merged], [file])
        assert now(desk, 3).files == ()

    def test_what_says_nothing_may_still_change(self, desk: Desk, merged: int) -> None:
        tickets.change_text(desk, [merged], "+vpn priority:low unwatch:bob archive")
        found = now(desk, merged)
        assert ([label.name for label in found.card.labels], found.card.archived) == (["vpn"], True)

    def test_reopened_it_takes_up_in_the_same_step_what_goes_with_that(self, desk: Desk, merged: int) -> None:
        tickets.change_text(desk, [merged], 'note:"taken up again" check:x reopen')
        found = now(desk, merged)
        assert ([one.body for one in found.conversation], found.merged_into) == (["taken up again"], None)

    def test_its_requester_does_not_learn_which_it_was_merged_into(self, desk: Desk) -> None:
        asks = desk_of(desk, Role.REQUESTER)
        mine, others = a_ticket(desk, "a", requester_id=asks.actor.id), a_ticket(desk, "b")
        merging.merge(desk, [mine], others)
        with pytest.raises(Conflict) as refused:
            conversation.reply(asks, mine, "hello")
        said = f"{refused.value.message} {refused.value.hint}"
        assert said == "#1 was merged into another ticket. Nobody reads it here any more."

    def test_steps_of_before_are_still_undone_and_redone(self, desk: Desk, two: tuple[int, int]) -> None:
        bob = as_uid_of(desk, "bob")
        checklist.add(bob, two[0], ["bob's"])
        merging.merge(desk, [two[0]], two[1])
        undo(bob)
        assert "bob's" not in [step.text for step in now(desk, two[1]).checklist]
        redo(bob)
        assert "bob's" in [step.text for step in now(desk, two[1]).checklist]

    @pytest.mark.parametrize("what", ["step", "file"])
    def test_what_was_removed_before_does_not_come_back_there(
        self, desk: Desk, two: tuple[int, int], what: str
    ) -> None:
        bob, (number, into) = as_uid_of(desk, "bob"), two
        if what == "step":
            checklist.remove(bob, now(desk, number).checklist[0].id)
        else:
            files.remove(bob, [now(desk, number).files[0].id])
        merging.merge(desk, [number], into)
        before = [standing(now(desk, each)) for each in two]
        with pytest.raises(Conflict, match="#1 was merged into #2"):
            undo(bob)
        assert [standing(now(desk, each)) for each in two] == before
        undo(desk)
        undo(bob)
        assert len(now(desk, number).files if what == "file" else now(desk, number).checklist) == 1

    @pytest.mark.parametrize("what", ["reply", "time"])
    def test_nor_is_done_again_what_was_taken_back_before(self, desk: Desk, two: tuple[int, int], what: str) -> None:
        bob, (number, into) = as_uid_of(desk, "bob"), two
        if what == "reply":
            conversation.reply(bob, number, "never mind")
        else:
            tickets.change_text(bob, [number], "time:5m")
        undo(bob)
        merging.merge(desk, [number], into)
        before = [standing(now(desk, each)) for each in two]
        with pytest.raises(Conflict, match="#1 was merged into #2"):
            redo(bob)
        assert [standing(now(desk, each)) for each in two] == before


class TestSplit:
    def test_what_was_said_goes_to_a_ticket_of_its_own(self, desk: Desk, two: tuple[int, int]) -> None:
        comment = now(desk, two[0]).conversation[0]
        made = merging.split(desk, two[0], comment.id).made or 0
        found = now(desk, made)
        assert found.card.title == "two"
        assert [(one.body, one.at, one.author) for one in found.conversation] == [("two", comment.at, "admin")]
        assert [one.body for one in now(desk, two[0]).conversation] == ["four"]
        assert [link.number for link in found.links] == [two[0]]
        assert (found.card.replies, now(desk, two[0]).card.replies) == (1, 1)

    def test_its_files_go_with_it_and_the_others_stay(self, desk: Desk, two: tuple[int, int]) -> None:
        comment = now(desk, two[0]).conversation[0].id
        an_attached_file(desk, two[0], "of the comment", comment)
        made = merging.split(desk, two[0], comment).made or 0
        assert [file.name for file in now(desk, made).files] == ["of the comment"]
        assert [file.name for file in now(desk, two[0]).files] == ["log.txt"]

    @pytest.mark.parametrize(
        ("body", "title"),
        [("> Hello\n> there\n\nThe scanner too", "The scanner too"), ("> Hello\n> there", "Hello there")],
    )
    def test_what_is_quoted_is_no_title_where_something_else_is_said(self, desk: Desk, body: str, title: str) -> None:
        number = a_ticket(desk)
        comment = conversation.reply(desk, number, body).made or 0
        assert now(desk, merging.split(desk, number, comment).made or 0).card.title == title

    def test_the_title_is_the_first_line_or_as_given(self, desk: Desk) -> None:
        number = a_ticket(desk)
        comments = [
            conversation.reply(desk, number, "\n  The   scanner\nis too " + "x" * 600).made or 0,
            conversation.reply(desk, number, "y" * 600).made or 0,
            conversation.reply(desk, number, "z").made or 0,
        ]
        made = [
            merging.split(desk, number, one, title).made for one, title in zip(comments, ("", "", "Mine"), strict=True)
        ]
        assert [now(desk, one or 0).card.title for one in made] == ["The scanner", "y" * 500, "Mine"]

    def test_a_note_stays_the_teams(self, desk: Desk) -> None:
        asks = desk_of(desk, Role.REQUESTER)
        number = a_ticket(desk, requester_id=asks.actor.id)
        note, reply = conversation.note(desk, number, "psst"), conversation.reply(desk, number, "hello")
        hidden = merging.split(desk, number, note.made or 0).made or 0
        with pytest.raises(NotFound):
            tickets.open_ticket(asks, hidden)
        shared = merging.split(desk, number, reply.made or 0).made or 0
        assert tickets.open_ticket(asks, shared).requester_name == asks.actor.name

    def test_undo_and_redo(self, desk: Desk, two: tuple[int, int]) -> None:
        before = standing(now(desk, two[0]))
        made = merging.split(desk, two[0], now(desk, two[0]).conversation[0].id).made or 0
        after = standing(now(desk, two[0]))
        undo(desk)
        assert standing(now(desk, two[0])) == before
        with pytest.raises(NotFound):
            now(desk, made)
        redo(desk)
        assert standing(now(desk, two[0])) == after
        assert now(desk, made).card.replies == 1

    def test_only_what_is_there_can_be_split_off(self, desk: Desk, two: tuple[int, int]) -> None:
        elsewhere = now(desk, two[1]).conversation[0].id
        for comment in (elsewhere, 9999):
            with pytest.raises(NotFound, match="#1 has no such comment"):
                merging.split(desk, two[0], comment)


class TestClone:
    def test_it_asks_the_same_and_nothing_was_said_or_done_yet(self, desk: Desk, two: tuple[int, int]) -> None:
        tickets.change_text(desk, [two[0]], "+vpn priority:high kind:request assignee:bob due:tomorrow to:doing")
        checklist.tick(desk, now(desk, two[0]).checklist[0].id, True)
        made = now(desk, merging.clone(desk, two[0]).made or 0)
        was = now(desk, two[0])
        for field in ("title", "priority", "kind", "assignee", "due", "labels", "requester"):
            assert getattr(made.card, field) == getattr(was.card, field)
        assert made.description == was.description
        assert [(step.text, step.done) for step in made.checklist] == [("first", False)]
        assert [file.name for file in made.files] == ["log.txt"]
        assert (made.conversation, made.minutes, made.card.category) == ((), 0, Category.TODO)
        assert [(link.relation, link.number) for link in made.links] == [("relates", two[0])]

    def test_who_left_gets_no_more(self, desk: Desk) -> None:
        gone = a_person(desk, "Gone Away")
        number = a_ticket(desk, "x", "assignee:gone")
        with desk.store.writing() as unit:
            records.write(unit, "person", gone, {"active": False})
            unit.commit()
        assert now(desk, merging.clone(desk, number).made or 0).card.assignee == ""

    def test_undo_and_redo(self, desk: Desk, two: tuple[int, int]) -> None:
        made = merging.clone(desk, two[0]).made or 0
        there = standing(now(desk, made))
        undo(desk)
        with pytest.raises(NotFound):
            now(desk, made)
        assert now(desk, two[0]).links == ()
        redo(desk)
        assert standing(now(desk, made)) == there


def as_uid_of(desk: Desk, login: str) -> Desk:
    """The same desk as that person has it open."""
    with desk.store.writing() as unit:
        unit.connection.exec_driver_sql(f"UPDATE person SET uid = 4711 WHERE login = '{login}'")
        unit.commit()
    return as_uid(desk, 4711)
