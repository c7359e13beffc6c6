"""Two people at the steps of one checklist."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from helpdesk_tui.desk import checklist, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.errors import Conflict, UsageError
from tests.builders import a_desk, a_ticket


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = a_desk(tmp_path)
    a_ticket(desk, "Printer is dead", "check:toner")
    yield desk
    desk.close()


def step(desk: Desk) -> tuple[int, str]:
    (one,) = tickets.open_ticket(desk, 1).checklist
    return one.id, one.text


def test_a_step_rewritten_by_another_meanwhile_is_not_overwritten(desk: Desk) -> None:
    number, base = step(desk)
    checklist.rewrite(desk, number, "new toner", base=base)
    with pytest.raises(Conflict, match="The step says “new toner” by now"):
        checklist.rewrite(desk, number, "black toner", base=base)
    assert step(desk)[1] == "new toner"


def test_both_may_have_written_the_same(desk: Desk) -> None:
    number, base = step(desk)
    checklist.rewrite(desk, number, "new toner", base=base)
    assert checklist.rewrite(desk, number, " new  toner ", base=base).said == "nothing to change"


def test_knowing_what_it_says_now_it_is_rewritten(desk: Desk) -> None:
    number, base = step(desk)
    checklist.rewrite(desk, number, "new toner", base=base)
    checklist.rewrite(desk, number, "black toner", base="new toner")
    assert step(desk)[1] == "black toner"


def test_that_it_was_ticked_does_not_matter(desk: Desk) -> None:
    number, base = step(desk)
    checklist.tick(desk, number, True)
    checklist.rewrite(desk, number, "new toner", base=base)
    assert step(desk)[1] == "new toner"


@pytest.mark.parametrize(
    "write", [lambda desk, text: checklist.add(desk, 1, [text]), lambda desk, text: checklist.rewrite(desk, 1, text)]
)
@pytest.mark.parametrize(
    ("text", "refused"), [(" ", "A step needs a text"), ("x" * 501, "The step has 501 characters")]
)
def test_what_cannot_be_a_step_is_refused_as_one(
    desk: Desk, write: Callable[[Desk, str], object], text: str, refused: str
) -> None:
    with pytest.raises(UsageError, match=refused):
        write(desk, text)
