"""The settings of a desk: their defaults, changing them, taking that back, and odd ones."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from helpdesk_tui.desk import settings, undo
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.settings import SETTINGS, Settings
from helpdesk_tui.domain.ticket import Level, Priority
from helpdesk_tui.errors import UsageError
from tests.builders import a_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path)


def test_a_fresh_desk_has_the_defaults(desk: Desk) -> None:
    assert settings.settings(desk) == Settings()


@pytest.mark.parametrize("name", SETTINGS)
def test_the_example_of_each_is_its_default(desk: Desk, name: str) -> None:
    assert settings.in_words(desk)[name] == SETTINGS[name].example


def test_a_change_is_kept_told_and_taken_back(desk: Desk) -> None:
    assert settings.change(desk, "file_limit_mb", "100").said == "file_limit_mb: 100"
    assert settings.settings(desk).file_limit_mb == 100
    undo.undo(desk)
    assert settings.settings(desk).file_limit_mb == 25
    undo.redo(desk)
    assert settings.settings(desk).file_limit_mb == 100


def test_a_setting_goes_back_to_its_default(desk: Desk) -> None:
    settings.change(desk, "kinds", "incident, wish")
    settings.change(desk, "kinds", None)
    assert settings.settings(desk).kinds == Settings().kinds


def test_the_priority_table_decides_what_is_proposed(desk: Desk) -> None:
    settings.change(desk, "priorities", "normal normal high / normal high high / high high critical")
    assert settings.settings(desk).proposed_priority(Level.LOW, Level.HIGH) is Priority.HIGH


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("kinds", " , "),
        ("kinds", "incident, Incident"),
        ("kinds", "none"),
        ("kinds", "x" * 41),
        ("priorities", "low low"),
        ("priorities", "low low normal / low normal high / normal high urgent"),
        ("file_limit_mb", "0"),
        ("file_limit_mb", "much"),
        ("file_limit_mb", "99999999999999999999"),
        ("strangers", "agent"),
        ("strangers", ""),
        ("colour", "green"),
    ],
)
def test_what_a_setting_cannot_be_is_refused(desk: Desk, name: str, text: str) -> None:
    with pytest.raises(UsageError):
        settings.change(desk, name, text)
    assert settings.settings(desk) == Settings()


@pytest.mark.parametrize("value", [None, 5, "x", [], [[9, 9, 9]] * 3, {"a": 1}, [None]])
def test_an_odd_value_of_another_tool_is_as_if_it_were_not_set(desk: Desk, tmp_path: Path, value: object) -> None:
    with closing(sqlite3.connect(tmp_path / "desk.db")) as direct, direct:
        for name in ("kinds", "priorities", "strangers"):
            direct.execute("INSERT INTO setting VALUES (?, ?)", (name, json.dumps(value)))
    assert settings.settings(desk) == Settings()
