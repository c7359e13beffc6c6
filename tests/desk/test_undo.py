"""Undo and redo: many steps, across restarts, never over what others did since."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from helpdesk_tui.desk import checklist, conversation, labels, ordering, structure, tickets, undo, views
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from helpdesk_tui.errors import Conflict, NotAllowed, NotFound
from helpdesk_tui.store import records
from tests.builders import NOON, a_desk, a_ticket, as_uid, board_of, desk_of, later, question, shown


def state(desk: Desk) -> object:
    """Everything a person could see of the tickets, without what only tells of time."""
    numbers = tickets.numbers(desk, desk.ask("(is:open or is:done or is:archived)"))
    details = [tickets.open_ticket(desk, number) for number in numbers]
    return (
        shown(desk),
        [
            (
                replace(one.card, updated=NOON, unread=False),
                replace(one, card=None, version=0, history=(), checklist=(), conversation=()),
                tuple((step.text, step.done) for step in one.checklist),
                tuple(comment.body for comment in one.conversation),
            )
            for one in details
        ],
    )


CHANGES = [
    "priority:high",
    "+vpn",
    "-vpn",
    "assignee:me",
    "assignee:none",
    "due:fri",
    "status:blocked",
    "to:doing",
    "to:done",
    "archive",
    'reply:"hello"',
    'note:"hm"',
    'check:"look"',
    "time:5m",
    "watch:me",
    'title:"Other"',
]


@pytest.mark.parametrize("change", [*CHANGES, "link:#2", "duplicate:#2"])
def test_every_change_can_be_taken_back_and_done_again(desk: Desk, change: str) -> None:
    number, _other = a_ticket(desk, labels=("vpn",) if change == "-vpn" else ()), a_ticket(desk)
    if change == "assignee:none":
        tickets.change_text(desk, [number], "assignee:me")
    before = state(desk)
    tickets.change_text(desk, [number], change)
    after = state(desk)
    undo.undo(desk)
    assert state(desk) == before
    undo.redo(desk)
    assert state(desk) == after


def test_ticking_rewriting_reordering_and_removing_steps_can_be_taken_back(desk: Desk) -> None:
    number = a_ticket(desk, steps=("one", "two", "three"))
    step = tickets.open_ticket(desk, number).checklist[1].id
    for act in (
        lambda: checklist.tick(desk, step, True),
        lambda: checklist.rewrite(desk, step, "zwei"),
        lambda: checklist.reorder(desk, step, -1),
        lambda: checklist.remove(desk, step),
    ):
        before = state(desk)
        act()
        assert state(desk) != before
        undo.undo(desk)
        assert state(desk) == before
        undo.redo(desk)


def test_a_removed_label_comes_back_on_all_its_tickets(desk: Desk) -> None:
    one, two = a_ticket(desk, labels=("vpn",)), a_ticket(desk, labels=("vpn",))
    labels.remove(desk, "vpn")
    assert tickets.count(desk, desk.ask("")) == 2
    undo.undo(desk)
    assert [card.number for card in tickets.find(desk, desk.ask("label:vpn"))] == [two, one]


def test_views_can_be_taken_back(desk: Desk) -> None:
    views.save(desk, "mine", "assignee:me")
    undo.undo(desk)
    assert views.views(desk) == ()


def test_undo_goes_back_step_by_step_and_redo_forward_again(desk: Desk) -> None:
    number = a_ticket(desk)
    for change in ("priority:high", "+vpn", "to:doing"):
        tickets.change_text(desk, [number], change)
    said = [undo.undo(desk).said for _ in range(3)]
    assert [line.split(": ", 2)[2] for line in said] == ["→ doing", "+vpn", "priority high"]
    assert [undo.redo(desk).said.split(": ", 2)[2] for _ in range(3)] == ["priority high", "+vpn", "→ doing"]


def test_something_new_ends_what_could_be_done_again(desk: Desk) -> None:
    number = a_ticket(desk, change="priority:high")
    undo.undo(desk)
    tickets.change_text(desk, [number], "+vpn")
    with pytest.raises(NotFound, match="nothing to redo"):
        undo.redo(desk)


def test_undo_works_after_a_restart(desk: Desk, tmp_path: Path) -> None:
    number = a_ticket(desk, change="priority:high")
    desk.close()
    again = a_desk(tmp_path)
    undo.undo(again)
    assert tickets.open_ticket(again, number).card.priority.word == "normal"


def test_everybody_undoes_their_own(desk: Desk) -> None:
    bob = desk_of(desk, Role.AGENT)
    number = a_ticket(desk)
    tickets.change_text(bob, [number], "+his")
    later(desk, minutes=1)
    tickets.change_text(desk, [number], "+mine")
    undo.undo(bob)
    assert [label.name for label in tickets.open_ticket(desk, number).card.labels] == ["mine"]


def test_undo_is_refused_by_name_when_somebody_changed_the_same_since(desk: Desk) -> None:
    bob = desk_of(desk, Role.AGENT)
    number = a_ticket(desk)
    tickets.change_text(desk, [number], "priority:high")
    tickets.change_text(bob, [number], "priority:low")
    with pytest.raises(Conflict, match=f"agent2000 has changed #{number}"):
        undo.undo(desk)
    assert tickets.open_ticket(desk, number).card.priority.word == "low"


def test_a_ticket_others_worked_on_is_not_taken_away(desk: Desk) -> None:
    bob = desk_of(desk, Role.AGENT)
    number = a_ticket(desk)
    conversation.note(bob, number, "I look into it")
    with pytest.raises(Conflict, match="agent2000 has worked on it"):
        undo.undo(desk)


def test_a_refused_bulk_undo_changes_nothing(desk: Desk) -> None:
    bob = desk_of(desk, Role.AGENT)
    one, two = a_ticket(desk), a_ticket(desk)
    tickets.change_text(desk, [one, two], "priority:high")
    tickets.change_text(bob, [two], "priority:low")
    with pytest.raises(Conflict):
        undo.undo(desk)
    assert tickets.open_ticket(desk, one).card.priority.word == "high"


def test_a_card_goes_back_near_its_place_when_that_is_taken(desk: Desk) -> None:
    one, two, three = a_ticket(desk), a_ticket(desk), a_ticket(desk)
    tickets.shift(desk, [two], 1)
    bob = as_uid(desk, 1000)
    ordering.reorder(bob, three, -1, question(bob))
    undo.undo(desk)
    undo.undo(desk)
    assert set(shown(desk)["To Do"]) == {one, two, three}


class UndoMachine(RuleBasedStateMachine):
    """Whatever is done, undoing all of it leads back through the very same states, and redoing forward again."""

    folder: Path

    @initialize()
    def begin(self) -> None:
        import tempfile

        self.folder = Path(tempfile.mkdtemp())
        self.desk = a_desk(self.folder)
        labels.add(self.desk, "vpn")
        self.numbers = [a_ticket(self.desk), a_ticket(self.desk)]
        self.past: list[object] = []
        self.future: list[object] = []

    @rule(change=st.sampled_from(CHANGES), which=st.integers(0, 2))
    def change(self, change: str, which: int) -> None:
        chosen = self.numbers if which == 2 else [self.numbers[which]]
        before = state(self.desk)
        if tickets.change_text(self.desk, chosen, change).change_set is not None:
            self.past.append(before)
            self.future.clear()

    @rule(which=st.integers(0, 1), by=st.sampled_from([-1, 1]))
    def move(self, which: int, by: int) -> None:
        before = state(self.desk)
        if tickets.shift(self.desk, [self.numbers[which]], by).change_set is not None:
            self.past.append(before)
            self.future.clear()

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        now = state(self.desk)
        undo.undo(self.desk)
        assert state(self.desk) == self.past.pop()
        self.future.append(now)

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        now = state(self.desk)
        undo.redo(self.desk)
        assert state(self.desk) == self.future.pop()
        self.past.append(now)

    @invariant()
    def counts_agree_with_what_is_there(self) -> None:
        if hasattr(self, "desk"):
            board = board_of(self.desk)
            assert board.total == sum(len(column.first) for column in board.columns)

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.close()


TestUndoing = UndoMachine.TestCase
TestUndoing.settings = settings(
    max_examples=10, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)


# What others did


def last_step(desk: Desk, number: int) -> int:
    return undo.steps(desk, number)[0].id


class TestWhatOthersDid:
    def test_an_admin_takes_it_back_from_the_history(self, desk: Desk) -> None:
        bob = desk_of(desk, Role.AGENT)
        number = a_ticket(desk)
        tickets.change_text(bob, [number], "priority:high +oops")
        step = undo.steps(desk, number)[0]
        assert (step.who, step.said) == ("agent2000", f"#{number}: priority high, +oops")
        assert undo.undo_step(desk, step.id).said == f"undone: {step.said}"
        found = tickets.open_ticket(desk, number)
        assert found.card.priority.word == "normal"
        assert found.history[0].who == "admin"
        assert step.id not in [one.id for one in undo.steps(desk, number)]

    def test_who_took_it_back_does_it_again_and_not_who_did_it(self, desk: Desk) -> None:
        bob = desk_of(desk, Role.AGENT)
        number = a_ticket(desk)
        tickets.change_text(bob, [number], "priority:high")
        undo.undo_step(desk, last_step(desk, number))
        with pytest.raises(NotFound, match="nothing to redo"):
            undo.redo(bob)
        undo.redo(desk)
        assert tickets.open_ticket(desk, number).card.priority.word == "high"

    def test_it_is_refused_when_something_changed_since(self, desk: Desk) -> None:
        bob, eve = desk_of(desk, Role.AGENT), desk_of(desk, Role.AGENT, uid=2001)
        number = a_ticket(desk)
        tickets.change_text(bob, [number], "priority:high")
        step = last_step(desk, number)
        tickets.change_text(eve, [number], "priority:low")
        with pytest.raises(Conflict, match=f"agent2001 has changed #{number}"):
            undo.undo_step(desk, step)
        assert tickets.open_ticket(desk, number).card.priority.word == "low"

    def test_a_ticket_that_a_third_has_worked_on_stays(self, desk: Desk) -> None:
        bob, eve = desk_of(desk, Role.AGENT), desk_of(desk, Role.AGENT, uid=2001)
        number = a_ticket(bob)
        step = last_step(desk, number)
        conversation.note(eve, number, "I look into it")
        with pytest.raises(Conflict, match="agent2001 has worked on it"):
            undo.undo_step(desk, step)

    def test_not_twice_and_not_an_undoing(self, desk: Desk) -> None:
        bob = desk_of(desk, Role.AGENT)
        number = a_ticket(desk)
        tickets.change_text(bob, [number], "priority:high")
        step = last_step(desk, number)
        undoing = undo.undo_step(desk, step).change_set or 0
        with pytest.raises(Conflict, match="taken back already"):
            undo.undo_step(desk, step)
        with pytest.raises(Conflict, match="no step that can be taken back"):
            undo.undo_step(desk, undoing)
        with pytest.raises(NotFound, match="no step 999"):
            undo.undo_step(desk, 999)

    @pytest.mark.parametrize("role", [Role.AGENT, Role.VIEWER, Role.REQUESTER])
    def test_nobody_else_may(self, desk: Desk, role: Role) -> None:
        number = a_ticket(desk)
        other = desk_of(desk, role)
        for step in (last_step(desk, number), 999):
            with pytest.raises(NotAllowed, match="undo what others did"):
                undo.undo_step(other, step)
        with pytest.raises(NotAllowed):
            undo.steps(other, number)


class TestWhatOneMayNow:
    """Undo and redo are judged by the role one has now."""

    def become(self, desk: Desk, who: Desk, role: Role) -> Desk:
        with desk.store.writing() as unit:
            records.write(unit, "person", who.actor.id, {"role": role.value})
            unit.commit()
        return as_uid(desk, 2000)

    @pytest.mark.parametrize("role", [Role.VIEWER, Role.REQUESTER])
    @pytest.mark.parametrize("change", ["priority:high", "to:doing", "+vpn", 'note:"x"', "archive", "time:5m"])
    def test_who_is_no_agent_any_more_takes_nothing_of_an_agent_back(self, desk: Desk, role: Role, change: str) -> None:
        labels.add(desk, "vpn")
        bob = desk_of(desk, Role.AGENT)
        number = a_ticket(desk, requester_id=bob.actor.id)
        tickets.change_text(bob, [number], change)
        before = state(desk)
        with pytest.raises(NotAllowed):
            undo.undo(self.become(desk, bob, role))
        assert state(desk) == before

    def test_nor_does_it_again(self, desk: Desk) -> None:
        bob = desk_of(desk, Role.AGENT)
        number = a_ticket(desk, requester_id=bob.actor.id)
        tickets.change_text(bob, [number], "priority:high")
        undo.undo(bob)
        with pytest.raises(NotAllowed):
            undo.redo(self.become(desk, bob, Role.REQUESTER))

    def test_a_ticket_that_is_not_theirs_any_more_is_not_there(self, desk: Desk) -> None:
        bob = desk_of(desk, Role.AGENT)
        number = a_ticket(desk)
        conversation.reply(bob, number, "hello")
        with pytest.raises(NotFound, match=f"no ticket #{number}"):
            undo.undo(self.become(desk, bob, Role.REQUESTER))

    @pytest.mark.parametrize("what", ["create", "reply", "reopen"])
    def test_who_asks_for_help_takes_back_what_they_may_do(self, desk: Desk, what: str) -> None:
        asker = desk_of(desk, Role.REQUESTER)
        number = a_ticket(asker)
        if what == "reopen":
            tickets.change_text(desk, [number], "to:done")
            tickets.change_text(asker, [number], "reopen")
        elif what == "reply":
            tickets.change_text(desk, [number], "status:waiting")
            conversation.reply(asker, number, "hello")
        undo.undo(asker)
        undo.redo(asker)
        undo.undo(asker)
        with desk.store.reading() as unit:
            row = records.fetch(unit, "ticket", number)
        assert row is not None
        assert bool(row["removed"]) == (what == "create")

    def test_boards_and_people_only_by_who_may_change_them(self, desk: Desk) -> None:
        ann = desk_of(desk, Role.ADMIN)
        structure.add_board(ann, "Second")
        with pytest.raises(NotAllowed, match="manage boards"):
            undo.undo(self.become(desk, ann, Role.AGENT))

    def test_a_label_removed_comes_back_also_where_one_does_not_see_the_tickets(self, desk: Desk) -> None:
        bob = desk_of(desk, Role.AGENT)
        a_ticket(desk, labels=("vpn",))
        labels.remove(bob, "vpn")
        undo.undo(bob)
        assert tickets.count(desk, desk.ask("label:vpn")) == 1
