"""The keymap: one table, no key with two meanings, permissions, and keys of one's own."""

from __future__ import annotations

import subprocess
import sys

import pytest

from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.permissions import Act, may
from helpdesk_tui.errors import UsageError
from helpdesk_tui.tui import actions


def anything(_act: Act) -> bool:
    return True


@pytest.mark.parametrize("scope", actions.SCOPES)
def test_no_two_actions_of_a_scope_share_a_key(scope: str) -> None:
    actions.check_distinct(scope, actions.ACTIONS)


def test_ids_are_unique_and_can_be_names_of_methods() -> None:
    ids = [action.id for action in actions.ACTIONS]
    assert len(set(ids)) == len(ids)
    assert all(name.isidentifier() for name in ids)


def test_every_key_is_one_that_textual_names_so() -> None:
    for action in actions.ACTIONS:
        for key in action.keys:
            assert actions._parse_key(action.id, key) == key


def test_what_a_role_may_not_do_has_no_binding() -> None:
    keys = {b.key for b in actions.bindings_for("board", {}, lambda act: may(Role.REQUESTER, act))}
    assert {"j", "enter", "n", "r", "q"} <= keys
    assert not {"a", "H", "c", "A", "colon"} & keys


def test_a_sequence_binds_its_first_key_and_is_found_by_both() -> None:
    by_key = {b.key: b.action for b in actions.bindings_for("board", {}, anything)}
    assert by_key["g"] == "chord('g')"
    assert actions.chords_for("board", {}, anything) == {("g", "g"): "go_first"}


def test_the_digits_pass_themselves() -> None:
    by_key = {b.key: b.action for b in actions.bindings_for("board", {}, anything)}
    assert by_key["3"] == "column('3')"


def test_a_remap_replaces_the_keys_of_an_action() -> None:
    by_key = {b.key: b.action for b in actions.bindings_for("board", {"assign": "ctrl+a, @"}, anything)}
    assert by_key["ctrl+a"] == by_key["at"] == "assign"
    assert "a" not in by_key


def test_an_empty_remap_takes_the_key_away() -> None:
    assert "A" not in {b.key for b in actions.bindings_for("board", {"archive": ""}, anything)}


@pytest.mark.parametrize(
    ("remap", "says"),
    [
        ({"asign": "a"}, "no action 'asign'"),
        ({"assign": "p"}, "both assign and priority"),
        ({"assign": "ctrl+p"}, "both assign and palette"),
        ({"assign": "nokey"}, "'nokey' for assign is not a key"),
        ({"assign": "hyper+a"}, "'hyper+a' for assign is not a key"),
        ({"assign": "ctrl+m"}, "cannot tell ctrl+m from enter"),
        ({"assign": "g"}, "cannot both be assign and begin"),
        ({"assign": "a b c"}, "more than two keys"),
        ({"assign": "+"}, None),
        ({"assign": "% %"}, None),
    ],
)
def test_a_remap_is_checked(remap: dict[str, str], says: str | None) -> None:
    if says is None:
        actions.bindings_for("board", remap, anything)
        return
    with pytest.raises(UsageError, match=says.replace("+", r"\+")) as caught:
        actions.bindings_for("board", remap, anything)
    assert caught.value.hint


def test_a_near_name_is_suggested() -> None:
    with pytest.raises(UsageError, match="Did you mean assign"):
        actions.keymap({"asign": "a"})


@pytest.mark.parametrize(
    ("key", "shown", "plain"),
    [("slash", "/", "/"), ("ctrl+r", "ctrl+r", "ctrl+r"), ("up", "↑", "up"), ("g g", "g g", "g g"), ("H", "H", "H")],
)
def test_keys_read_as_a_person_writes_them(key: str, shown: str, plain: str) -> None:
    assert actions.key_name(key) == shown
    assert actions.key_name(key, ascii_only=True) == plain


def test_every_action_is_a_method_of_its_screen() -> None:
    from helpdesk_tui.tui.app import HelpdeskApp
    from helpdesk_tui.tui.screens.board import BoardScreen
    from helpdesk_tui.tui.screens.figures import FiguresScreen
    from helpdesk_tui.tui.screens.ticket import TicketScreen

    screens = {
        actions.APP: HelpdeskApp,
        actions.BOARD: BoardScreen,
        actions.TICKET: TicketScreen,
        actions.MINE: BoardScreen,
        actions.REQUEST: TicketScreen,
        actions.FIGURES: FiguresScreen,
    }
    for action in actions.ACTIONS:
        for scope in action.scopes:
            assert hasattr(screens[scope], f"action_{action.id}"), f"{action.id} on {scope}"


def test_the_table_loads_without_textual() -> None:
    code = "import sys, helpdesk_tui.tui.actions; sys.exit(any(m.split('.')[0] == 'textual' for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
