"""The footer: what it says at which width, and to whom."""

from __future__ import annotations

import pytest

from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.permissions import Act, may
from helpdesk_tui.tui.actions import BOARD, FOOTERS, TICKET, actions_for, footer_for
from helpdesk_tui.tui.widgets.footer import entries, fitting


def anything(_act: Act) -> bool:
    return True


@pytest.mark.parametrize("scope", [BOARD, TICKET])
def test_every_name_of_a_footer_is_an_action_there_with_words(scope: str) -> None:
    there = {action.id: action for action in actions_for(scope, anything)}
    assert all(there[name].footer and there[name].keys for name in FOOTERS[scope])


def test_neighbours_with_the_same_words_share_an_entry() -> None:
    shown = entries(footer_for(BOARD, anything))
    assert shown[:3] == [("↑↓←→", "move about"), ("H L", "move card"), ("enter", "open")]


def test_without_utf_8_arrows_are_a_word() -> None:
    assert entries(footer_for(BOARD, anything), ascii_only=True)[0] == ("arrows", "move about")


def test_a_narrow_footer_keeps_help_and_the_first_ones() -> None:
    shown = entries(footer_for(BOARD, anything))
    narrow = fitting(shown, 40)
    assert narrow[-1] == ("?", "help")
    assert narrow[0] == shown[0]
    assert sum(len(keys) + len(words) + 3 for keys, words in narrow) <= 40


def test_what_may_not_be_done_is_not_offered() -> None:
    words = [words for _, words in entries(footer_for(TICKET, lambda act: may(Role.REQUESTER, act)))]
    assert words == ["reply", "section", "back", "undo", "previous, next", "help"]


def test_a_key_of_ones_own_is_shown() -> None:
    assert ("@", "assign") in entries(footer_for(BOARD, anything, {"assign": "@"}))
