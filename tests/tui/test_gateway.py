"""Work beside the screen: in order, only the last of a kind, and no error lost."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, cast

import pytest

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.errors import DeskUnusable, HelpdeskError, NotFound
from helpdesk_tui.tui.gateway import Gateway
from helpdesk_tui.tui.messages import Answered, DeskFailed


class Ends:
    """Collects what comes back, and hands it over when the test says so."""

    def __init__(self, folder: Path, opener: Any = None) -> None:
        self.posted: list[Any] = []
        self.log = folder / "helpdesk.log"
        self.gateway = Gateway(self.posted.append, opener or (lambda: cast(Desk, _FakeDesk())), self.log)

    def wait(self) -> list[Any]:
        for thread in self.gateway.threads:
            idle = threading.Event()
            thread.do(idle.set)
            idle.wait(5)
        return self.posted

    def deliver(self) -> None:
        for message in self.wait():
            if isinstance(message, Answered):
                message.deliver()


class _FakeDesk:
    actor = "somebody"

    class watch:  # noqa: N801 - as the desk names it
        @staticmethod
        def changed() -> bool:
            return False

    def close(self) -> None:
        pass


@pytest.fixture
def ends(tmp_path: Path) -> Ends:
    return Ends(tmp_path)


def test_what_is_asked_while_the_desk_is_opened_waits_for_it(tmp_path: Path) -> None:
    opened = threading.Event()

    def slowly() -> Desk:
        opened.wait(5)
        return cast(Desk, _FakeDesk())

    ends = Ends(tmp_path, slowly)
    ends.gateway.start()
    found: list[str] = []
    ends.gateway.ask(lambda _desk: "change", found.append, pytest.fail)
    ends.gateway.ask(lambda _desk: "look", found.append, pytest.fail, kind="look")
    opened.set()
    ends.deliver()
    assert sorted(found) == ["change", "look"]


def test_answers_come_in_the_order_of_the_questions(ends: Ends) -> None:
    ends.gateway.start()
    found: list[int] = []
    for number in range(20):
        ends.gateway.ask(lambda _desk, number=number: number, found.append, pytest.fail)
    ends.deliver()
    assert found == list(range(20))


def test_only_the_last_of_a_kind_is_answered(ends: Ends) -> None:
    ends.gateway.start()
    found: list[int] = []
    for number in range(20):
        ends.gateway.ask(lambda _desk, number=number: number, found.append, pytest.fail, kind="look")
    ends.deliver()
    assert found == [19]


def test_a_late_answer_is_dropped(ends: Ends) -> None:
    ends.gateway.start()
    found: list[int] = []
    ends.gateway.ask(lambda _desk: 1, found.append, pytest.fail, kind="look")
    ends.wait()
    ends.gateway.forget("look")
    ends.deliver()
    assert found == []


def test_an_error_of_the_desk_comes_back_as_itself(ends: Ends) -> None:
    ends.gateway.start()
    found: list[HelpdeskError] = []

    def work(_desk: Desk) -> None:
        raise NotFound("There is no ticket #9.")

    ends.gateway.ask(work, pytest.fail, found.append)
    ends.deliver()
    assert [type(error) for error in found] == [NotFound]


def test_an_accident_becomes_a_sentence_and_its_traceback_is_logged(ends: Ends) -> None:
    ends.gateway.start()
    found: list[HelpdeskError] = []
    ends.gateway.ask(lambda _desk: 1 / 0, pytest.fail, found.append)
    ends.deliver()
    assert str(ends.log) in str(found[0])
    assert "ZeroDivisionError" in ends.log.read_text()
    assert ends.log.stat().st_mode & 0o777 == 0o600


def test_a_desk_that_does_not_open_says_why(tmp_path: Path) -> None:
    def refuse() -> Desk:
        raise DeskUnusable("It is a folder.")

    ends = Ends(tmp_path, refuse)
    ends.gateway.start()
    ends.wait()
    assert [message.error.message for message in ends.posted if isinstance(message, DeskFailed)] == ["It is a folder."]


def test_closing_waits_for_changes_on_their_way(ends: Ends) -> None:
    ends.gateway.start()
    done: list[int] = []
    for number in range(50):
        ends.gateway.ask(lambda _desk, number=number: done.append(number), lambda _: None, pytest.fail)
    ends.gateway.close()
    assert done == list(range(50))
