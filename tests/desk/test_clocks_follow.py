"""What the clocks say follows from what happened and what is promised, never from when or how often it is worked out."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from helpdesk_tui.desk import calendars, conversation, policies, service_levels, tickets, undo
from helpdesk_tui.desk.calendars import Hours
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.policies import Terms
from helpdesk_tui.domain.calendar import read_week
from helpdesk_tui.domain.service_level import Targets
from helpdesk_tui.domain.ticket import Priority
from helpdesk_tui.errors import Conflict, NotFound
from helpdesk_tui.store import service
from tests.builders import a_desk, a_ticket, later

OF_TICKETS = ("+gold", "-gold", "priority:high", "priority:low", "status:waiting", "status:none", "to:done", "to:doing",
              "to:todo", "status:blocked")  # fmt: skip
OF_THE_DESK = ("reply", "undo", "redo", "targets", "hours", "order", "note", "catch up")

_STEPS = st.lists(
    st.tuples(st.sampled_from((*OF_TICKETS, *OF_THE_DESK)), st.integers(0, 2), st.integers(0, 600)), max_size=25
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_STEPS, st.permutations(range(3)), st.integers(1, 4))
def test_the_clocks_do_not_depend_on_how_they_were_worked_out(
    steps: list[tuple[str, int, int]], order: list[int], at_once: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = a_desk(Path(folder))
        numbers = [a_ticket(desk, f"Printer {at}") for at in range(3)]
        tickets.change_text(desk, numbers[:1], "+gold")
        policies.add(desk, Terms("Gold", "label:gold", 1, {one: Targets(30, 90) for one in Priority}))
        for what, which, minutes in steps:
            later(desk, minutes=minutes)
            _do(desk, numbers[which], what)
        service_levels.catch_up(desk)
        step_by_step = _everything(desk)
        with desk.store.writing() as unit:
            for which in order:
                service.settle(unit, [numbers[which]])
            unit.commit()
        assert _everything(desk) == step_by_step
        with desk.store.writing() as unit:
            service.promise_changed(unit)
            while service.catch_up(unit, at_once):
                pass
            unit.commit()
        assert _everything(desk) == step_by_step
        desk.close()


def _do(desk: Desk, number: int, what: str) -> None:
    try:
        match what:
            case "reply":
                conversation.reply(desk, number, "On it.")
            case "undo":
                undo.undo(desk)
            case "redo":
                undo.redo(desk)
            case "targets":
                found = policies.uses(desk)[0].policy
                targets = Targets(45, 200) if found.targets[Priority.NORMAL].first_reply != 45 else Targets(10, 400)
                policies.change(desk, found.id, Terms(targets={Priority.NORMAL: targets}))
            case "hours":
                hours = "mon-fri 9:00-12:00, 14:00-16:00" if desk.clock.now().minute % 2 else "daily 22:00-5:00"
                calendars.change(desk, 1, Hours(week=read_week(hours)))
            case "order":
                policies.move(desk, policies.uses(desk)[0].policy.id, 1)
            case "catch up":
                service_levels.catch_up(desk)
            case "note":
                tickets.change_text(desk, [number], "note:x")
            case _:
                tickets.change_text(desk, [number], what)
    except (Conflict, NotFound):
        return


def _everything(desk: Desk) -> list[Any]:
    """All that is kept of clocks and courses."""
    with desk.store.reading() as unit:
        return [
            [tuple(row) for row in unit.rows(text(statement))]
            for statement in (
                "SELECT * FROM ticket_service ORDER BY ticket_id",
                "SELECT * FROM stay ORDER BY ticket_id, place",
                "SELECT id, sla_due_at, sla_risk_at, sla_calendar_id FROM ticket ORDER BY id",
            )
        ]


@pytest.mark.parametrize("stop_after", [0, 1, 2])
def test_what_was_stopped_goes_on_from_there(desk: Desk, stop_after: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service_levels, "AT_ONCE", 1)
    numbers = [a_ticket(desk) for _ in range(3)]
    policies.change(desk, 1, Terms(targets={Priority.NORMAL: Targets(60, 60)}))
    pieces = iter(range(99))

    def go_on() -> None:
        if next(pieces) >= stop_after:
            raise Conflict("Stopped.")

    with pytest.raises(Conflict):
        service_levels.catch_up(desk, go_on)
    service_levels.catch_up(desk)
    dues = {card.sla_due for card in tickets.find(desk, desk.ask("is:open")) if card.number in numbers}
    assert len(dues) == 1
    assert next(iter(dues)) == tickets.open_ticket(desk, numbers[0]).promises.clocks[0].due
