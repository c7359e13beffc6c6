"""Who may do and see what: every verb as every role."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable
from types import ModuleType

import pytest

from helpdesk_tui import desk as the_desk
from helpdesk_tui.desk import conversation, day, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.tickets import NewTicket
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.permissions import POLICY, Act
from helpdesk_tui.errors import NotAllowed, NotFound
from tests.builders import as_uid
from tests.desk import every_verb, test_not_theirs
from tests.desk.every_verb import (
    ADMIN,
    AGENT,
    COVERED_ELSEWHERE,
    MISSING,
    OWN,
    READING,
    REQUESTER,
    UIDS,
    VERBS,
    VIEWER,
    Verb,
    column,
    recorded,
)

MODULES = [
    importlib.import_module(f"{the_desk.__name__}.{one.name}") for one in pkgutil.iter_modules(the_desk.__path__)
]


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_the_policy_says_what_the_design_says(verb: Verb) -> None:
    assert {role for role in Role if verb.act in POLICY[role]} >= verb.roles
    assert verb.roles == {role for role in Role if verb.act in POLICY[role]} or verb.act is Act.REOPEN


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_a_verb_does_what_the_policy_allows_and_refuses_the_rest(desk_as: Callable[[Role], Desk], verb: Verb) -> None:
    for role in Role:
        desk = desk_as(role)
        before = recorded(desk)
        if role in verb.roles:
            verb.do(desk, OWN)
            continue
        with pytest.raises(NotAllowed) as refused:
            verb.do(desk, OWN)
        assert refused.value.hint
        assert recorded(desk) == before


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_verb_of_the_desk_is_in_these_tests(module: ModuleType) -> None:
    source = "".join(inspect.getsource(tests) for tests in (every_verb, test_not_theirs, sys.modules[__name__]))
    for name, function in inspect.getmembers(module, inspect.isfunction):
        own = function.__module__ == module.__name__ and not name.startswith("_")
        wants = [*inspect.signature(function).parameters, "", ""]
        if not own or wants[0] != "desk" or wants[1] == "unit":  # given a unit of work it is a part of verbs
            continue
        short = module.__name__.rpartition(".")[2]
        known = f"{short}.{name}(" in source or name in COVERED_ELSEWHERE or name in READING.get(module, "").split()
        assert known, f"{short}.{name} is tried by no test of permissions"


def test_every_act_of_the_policy_is_tried_or_has_no_verb_yet() -> None:
    without_a_verb = {
        *(Act.DELETE, Act.CHOOSE_REQUESTER),
    }
    looked_at = {Act.SEE_OWN_TICKETS, Act.READ_NOTES, Act.READ_HISTORY}
    assert {verb.act for verb in VERBS.values()} | without_a_verb | looked_at == set(Act)


@pytest.mark.parametrize(
    "verb", [lambda desk: day.read(desk), lambda desk: day.take_next(desk)], ids=["see it", "take the next ticket"]
)
def test_a_day_has_who_takes_tickets_on_some_board(
    desk_as: Callable[[Role], Desk], verb: Callable[[Desk], object]
) -> None:
    for role in Role:
        desk = desk_as(role)
        before = recorded(desk)
        if role in (ADMIN, AGENT):
            verb(desk)
            continue
        with pytest.raises(NotAllowed):
            verb(desk)
        assert recorded(desk) == before


class TestOwnWords:
    """What was said may be rewritten by who said it, soon after."""

    def test_not_by_others_however_high(self, desk_as: Callable[[Role], Desk]) -> None:
        requester = desk_as(REQUESTER)
        said = conversation.reply(requester, OWN, "hello").made or 0
        admin = as_uid(requester, UIDS[ADMIN])
        with pytest.raises(NotAllowed):
            conversation.edit_comment(admin, said, "forged")
        conversation.edit_comment(requester, said, "hello again")

    def test_a_note_is_not_there_for_who_may_not_read_it(self, desk_as: Callable[[Role], Desk]) -> None:
        requester = desk_as(REQUESTER)
        note = conversation.note(as_uid(requester, UIDS[AGENT]), OWN, "zanzibar").made or 0
        with pytest.raises(NotFound) as hidden:
            conversation.edit_comment(requester, note, "x")
        with pytest.raises(NotFound) as missing:
            conversation.edit_comment(requester, MISSING, "x")
        assert str(hidden.value) == str(missing.value)


class TestTheTeamsOwn:
    """Notes, time and history."""

    @pytest.mark.parametrize(
        ("role", "notes", "time", "history"),
        [
            (ADMIN, True, True, True),
            (AGENT, True, True, True),
            (VIEWER, False, True, True),
            (REQUESTER, False, False, False),
        ],
    )
    def test_are_read_as_the_table_says(
        self, desk_as: Callable[[Role], Desk], role: Role, notes: bool, time: bool, history: bool
    ) -> None:
        desk = desk_as(role)
        tickets.change_text(as_uid(desk, UIDS[AGENT]), [OWN], 'note:"between us" time:5m')
        found = tickets.open_ticket(desk, OWN)
        assert any(comment.body == "between us" for comment in found.conversation) == notes
        assert found.card.notes == int(notes)
        assert (found.minutes == 5, bool(found.history)) == (time, history)
        assert notes or "between us" not in repr(found)


def test_a_requester_makes_tickets_only_for_themselves(desk_as: Callable[[Role], Desk]) -> None:
    desk = desk_as(REQUESTER)
    made = tickets.create(desk, NewTicket("x", requester_id=1, column_id=column(desk, "Done"))).made or 0
    found = tickets.open_ticket(desk, made)
    assert (found.requester_id, found.card.column) == (desk.actor.id, "To Do")
