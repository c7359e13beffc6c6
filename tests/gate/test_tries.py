"""Getting out of the gate is tried in every way we could think of; sshd's own part is in `test_sshd`."""

from __future__ import annotations

import pytest

from tests.gate import tries
from tests.gate.house import BESIDE, Answered, Doorman, House, fill

REFUSED = {1, 2, 3}
"""Nothing of that name, wrong usage, not allowed."""


def plain(command: str | bytes) -> str:
    """A name for a test."""
    text = command if isinstance(command, str) else command.decode(errors="backslashreplace")
    return text[:40].encode("unicode_escape").decode()


def assert_one_sentence(answer: Answered) -> None:
    assert answer.out == b""
    assert answer.err.startswith(b"helpdesk: ")
    assert b"Traceback" not in answer.err
    assert b"\x1b" not in answer.err


def test_they_are_many() -> None:
    assert tries.number() >= 200


@pytest.mark.parametrize("command", tries.OTHER_COMMANDS, ids=plain)
def test_another_command_is_no_verb(house: House, doorman: Doorman, command: str) -> None:
    answer = doorman.call(fill(command, house))
    assert answer.code == 2
    assert_one_sentence(answer)
    house.assert_untouched(answer)


@pytest.mark.parametrize("verb", ["list", "note 1 x"])
@pytest.mark.parametrize("trick", tries.TRICKS, ids=plain)
def test_what_a_shell_would_do_is_not_done(house: House, doorman: Doorman, verb: str, trick: str) -> None:
    answer = doorman.call(fill(trick.format(verb), house))
    assert answer.code in {0, *REFUSED}
    assert b"Traceback" not in answer.err
    house.assert_untouched(answer)


@pytest.mark.parametrize("command", tries.ODD_WORDS, ids=plain)
def test_what_is_no_command_is_refused(house: House, doorman: Doorman, command: bytes) -> None:
    answer = doorman.call(command)
    assert answer.code in REFUSED or command == b"-h"
    if answer.code:
        assert_one_sentence(answer)
    house.assert_untouched(answer)


@pytest.mark.parametrize("command", tries.CLOSED, ids=plain)
def test_what_is_closed_is_said_to_be_closed(house: House, doorman: Doorman, command: str) -> None:
    answer = doorman.call(fill(command, house), given=b"title\nx\n")
    assert answer.code == 3
    assert_one_sentence(answer)
    assert b"is closed to those who come in through the gate" in answer.err
    house.assert_untouched(answer)


@pytest.mark.parametrize("command", tries.NOT_THERE, ids=plain)
def test_what_is_not_there_is_refused(house: House, doorman: Doorman, command: str) -> None:
    answer = doorman.call(fill(command, house))
    assert answer.code in REFUSED
    assert_one_sentence(answer)
    house.assert_untouched(answer)


@pytest.mark.parametrize("command", tries.HARMLESS, ids=plain)
def test_words_mean_themselves_and_no_file(house: House, doorman: Doorman, command: str) -> None:
    answer = doorman.call(fill(command, house), given=b"what was sent\n")
    assert answer.code in {0, 1}
    assert b"Traceback" not in answer.err
    house.assert_untouched(answer)
    assert BESIDE.encode() not in answer.out


@pytest.mark.parametrize(("name", "value"), tries.SURROUNDINGS, ids=lambda part: plain(part))
def test_a_variable_of_the_caller_counts_for_nothing(house: House, doorman: Doorman, name: str, value: str) -> None:
    usual = doorman.call("show 1")
    answer = doorman.call("show 1", **{name: fill(value, house)})
    assert (answer.code, answer.out, answer.err) == (0, usual.out, usual.err)
    house.assert_untouched(answer)


@pytest.mark.parametrize(("name", "value"), tries.PYTHON, ids=lambda part: plain(part))
def test_python_starts_on_no_terms_of_the_caller(house: House, name: str, value: str) -> None:
    answer = house.call("help", given=b"import os; os.system('touch new-file')\n", **{name: fill(value, house)})
    assert (answer.code, answer.err) == (0, b"")
    assert answer.out.startswith(b"helpdesk: a helpdesk in the terminal\n")
    assert answer.out.endswith(b"the desk cannot be used.\n")
    house.assert_untouched(answer)


def test_nobody_but_the_callers_has_done_anything(house: House, doorman: Doorman) -> None:
    assert doorman.call("note 1 'I was here'").code == 0
    assert house.doers() <= {"admin", "alice"}
