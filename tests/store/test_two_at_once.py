"""Several at one desk through its own verbs: what was acknowledged is there, whoever else wrote meanwhile."""

from __future__ import annotations

import random
import signal
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from helpdesk_tui.desk import conversation, tickets, undo
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from helpdesk_tui.errors import Conflict, NotFound
from tests.builders import a_desk, a_ticket, column_id, desk_of
from tests.store.elsewhere import Say, at, elsewhere, several

WRITERS, CHANGES = 8, 40


def answer(desk: Desk, say: Say, number: int, who: int) -> None:
    tickets.change_text(desk, [number], f'reply:"answer {who}" status:review')
    say(who)


def change(desk: Desk, say: Say, who: int, count: int) -> None:
    """Changes of every kind on tickets that everybody is at; says each after it was kept."""
    doing = column_id(desk, "Doing")
    for turn in range(CHANGES):
        number = turn % count + 1
        match turn % 4:
            case 0:
                conversation.reply(desk, number, f"{who}.{turn}")
            case 1:
                tickets.change_text(desk, [number], f"time:1m title:t{who}.{turn}")
            case 2:
                tickets.move(desk, [number], doing)
            case _:
                tickets.change_text(desk, [number], f'note:"{who}.{turn}" priority:{random.choice(("low", "high"))}')
        say(turn)


def test_fifty_who_answer_at_once_change_its_status_once_and_say_fifty_things(desk: Desk) -> None:
    number = a_ticket(desk)
    with several(at(desk), answer, [(number, who) for who in range(50)]) as others:
        assert sorted(said for other in others for said in other.rest()) == list(range(50))
    found = tickets.open_ticket(desk, number)
    assert sorted(comment.body for comment in found.conversation) == sorted(f"answer {who}" for who in range(50))
    assert found.card.replies == 50
    with desk.store.reading() as unit:
        changed = "SELECT count(*) FROM event WHERE entity = 'ticket' AND CAST(delta AS TEXT) LIKE '%\"status\"%'"
        assert unit.scalar(text(changed)) == 1


def test_eight_who_change_everything_at_once_lose_nothing(desk: Desk) -> None:
    for _ in range(5):
        a_ticket(desk)
    with several(at(desk), change, [(who, 5) for who in range(WRITERS)]) as others:
        assert [other.rest() for other in others] == [list(range(CHANGES))] * WRITERS
    all_of_it = [tickets.open_ticket(desk, number) for number in range(1, 6)]
    said = {comment.body for found in all_of_it for comment in found.conversation}
    assert said == {f"{who}.{turn}" for who in range(WRITERS) for turn in range(CHANGES) if turn % 4 in {0, 3}}
    assert sum(found.minutes for found in all_of_it) == WRITERS * CHANGES // 4
    assert sum(found.card.replies + found.card.notes for found in all_of_it) == WRITERS * CHANGES // 2
    with desk.store.reading() as unit:
        titled = "SELECT count(*) FROM event WHERE entity = 'ticket' AND CAST(delta AS TEXT) LIKE '%\"folded\"%'"
        assert unit.scalar(text(titled)) == WRITERS * CHANGES // 4


def test_one_who_is_killed_in_their_turn_holds_up_nobody_and_leaves_no_half_change(desk: Desk) -> None:
    a_ticket(desk)
    with several(at(desk), change, [(who, 1) for who in range(4)]) as others:
        victim, *rest = others
        kept = [victim.next() for _ in range(5)]
        victim.signal(signal.SIGKILL)
        assert [other.rest() for other in rest] == [list(range(CHANGES))] * 3
        kept += [turn for turn in victim.rest() if turn not in kept]
    found = tickets.open_ticket(desk, 1)
    said = {comment.body for comment in found.conversation}
    assert {f"0.{turn}" for turn in kept if turn % 4 in {0, 3}} <= said
    assert len([body for body in said if not body.startswith("0.")]) == 3 * CHANGES // 2
    assert found.card.replies + found.card.notes == len(said)
    with desk.store.reading() as unit:
        torn = "SELECT count(*) FROM change_set WHERE id NOT IN (SELECT change_set_id FROM event)"
        assert unit.scalar(text(torn)) == 0


def hold_the_pen(desk: Desk, say: Say) -> None:
    with desk.store.writing() as unit:
        unit.connection.exec_driver_sql("UPDATE ticket SET title = 'half'")
        say("writing")
        signal.pause()


def test_what_was_being_written_when_killed_is_as_if_it_had_not_begun(desk: Desk) -> None:
    a_ticket(desk, "Whole")
    with elsewhere(at(desk), hold_the_pen) as other:
        assert other.next() == "writing"
        other.signal(signal.SIGKILL)
        assert tickets.change_text(desk, [1], "priority:high").numbers == (1,)
    assert tickets.open_ticket(desk, 1).card.title == "Whole"


STEPS = st.lists(
    st.tuples(
        st.sampled_from((0, 1)), st.sampled_from(("title", "reply", "priority", "move", "label", "undo", "time"))
    ),
    max_size=25,
)


class Told:
    """What the two were told is kept, as a person would remember it."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {"title": "Printer is dead", "priority": "normal", "column": "To Do"}
        self.labels: set[str] = set()
        self.replies: list[str] = []
        self.minutes = 0
        self.steps: list[list[tuple[str, str, object, object]]] = [[], []]
        """What each has done and not taken back: a kind, and what it was before and after."""


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_what_two_do_in_any_order_is_all_there(steps: list[tuple[int, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first = a_desk(Path(folder))
        number = a_ticket(first)
        desks = (desk_of(first, Role.AGENT, 2001), desk_of(first, Role.AGENT, 2002))
        told = Told()
        for turn, (who, what) in enumerate(steps):
            _do(desks[who], told, number, who, what, turn)
            _compare(first, told, number)
        for desk in (*desks, first):
            desk.close()


def _do(desk: Desk, told: Told, number: int, who: int, what: str, turn: int) -> None:
    values = {
        "title": ("title", f"title {turn}"),
        "priority": ("priority", ("low", "high", "critical")[turn % 3]),
        "move": ("column", ("Doing", "Done", "To Do")[turn % 3]),
    }
    if what == "undo":
        _undo(desk, told, who)
    elif what in values:
        field, value = values[what]
        change = {"title": f'title:"{value}"', "priority": f"priority:{value}", "column": f'to:"{value}"'}[field]
        before = told.fields[field]
        if tickets.change_text(desk, [number], change).change_set is not None:
            told.steps[who].append(("field", field, before, value))
        told.fields[field] = value
    elif what == "reply":
        conversation.reply(desk, number, f"said {turn}")
        told.replies.append(f"said {turn}")
        told.steps[who].append(("reply", "", None, f"said {turn}"))
    elif what == "time":
        tickets.change_text(desk, [number], "time:5m")
        told.minutes += 5
        told.steps[who].append(("time", "", None, 5))
    else:
        label = f"l{turn % 2}"
        if tickets.change_text(desk, [number], f"+{label}").change_set is not None:
            told.steps[who].append(("label", label, False, True))
        told.labels.add(label)


def _undo(desk: Desk, told: Told, who: int) -> None:
    """Their latest step is taken back as told, or refused in words; then nothing has changed."""
    try:
        undo.undo(desk)
    except NotFound:
        assert not told.steps[who]
        return
    except Conflict:
        kind, field, _, after = told.steps[who][-1]
        assert kind == "field"
        assert told.fields[field] != after or field == "column"
        return
    kind, field, before, after = told.steps[who].pop()
    match kind:
        case "field":
            assert told.fields[field] == after
            told.fields[field] = str(before)
        case "reply":
            told.replies.remove(str(after))
        case "time":
            told.minutes -= 5
        case _:
            told.labels.discard(field)


def _compare(desk: Desk, told: Told, number: int) -> None:
    found = tickets.open_ticket(desk, number)
    assert {"title": found.card.title, "priority": found.card.priority.word, "column": found.card.column} == told.fields
    assert sorted(comment.body for comment in found.conversation) == sorted(told.replies)
    assert found.minutes == told.minutes
    assert {label.name for label in found.card.labels} == told.labels
