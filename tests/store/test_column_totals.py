"""The totals that stand above the columns: kept by triggers, and always what counting would give."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpdesk_tui.desk import boards, tickets, undo
from helpdesk_tui.errors import HelpdeskError
from tests.builders import a_desk

ACTS = st.lists(
    st.tuples(st.sampled_from(["add", "left", "right", "archive", "undo", "redo"]), st.integers(1, 6)), max_size=12
)


def counted(path: Path) -> dict[int, int]:
    with closing(sqlite3.connect(path)) as direct:
        return dict(direct.execute("SELECT column_id, count(*) FROM ticket WHERE NOT gone GROUP BY column_id"))


def kept(path: Path) -> dict[int, int]:
    with closing(sqlite3.connect(path)) as direct:
        return dict(direct.execute("SELECT column_id, tickets FROM column_total WHERE tickets != 0"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_totals_are_what_counting_gives_whatever_is_done(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("totals")
    path = folder / "desk.db"
    desk = a_desk(folder)
    for act, number in acts:
        try:
            if act == "add":
                tickets.create(desk, tickets.NewTicket("Printer"))
            elif act in ("left", "right"):
                tickets.shift(desk, [number], 1 if act == "right" else -1)
            elif act == "archive":
                tickets.change_text(desk, [number], "archive")
            else:
                getattr(undo, act)(desk)
        except HelpdeskError:
            continue
    desk.close()
    assert kept(path) == counted(path)


def test_totals_hold_after_other_tools_wrote_to_the_desk(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    for _ in range(3):
        tickets.create(desk, tickets.NewTicket("Printer"))
    with closing(sqlite3.connect(tmp_path / "desk.db")) as direct, direct:
        direct.execute("UPDATE ticket SET column_id = 2 WHERE id = 2")
    state = boards.read(desk, boards.Question(1, desk.ask("")))
    assert [column.total for column in state.columns] == [2, 1, 0]
