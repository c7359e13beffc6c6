"""The allow list: what is not on it is closed."""

from __future__ import annotations

import pytest

from helpdesk_tui.cli import offered, registry
from helpdesk_tui.cli.offered import EVERYTHING, through_the_gate
from helpdesk_tui.cli.verb import Option, Verb
from helpdesk_tui.errors import NotAllowed, UsageError
from helpdesk_tui.gate.opened import OPENED

ALL = {verb.name: verb for verb in (*registry.VERBS.values(), *registry.HIDDEN)}


def test_a_new_verb_is_closed_until_somebody_opens_it(monkeypatch: pytest.MonkeyPatch) -> None:
    new = Verb("launch", "start something", "x:run", "", "", options=(Option("--now", ""),))
    groups = EVERYTHING.groups | {"New": (new,)}
    monkeypatch.setattr(offered, "GROUPS", groups)
    monkeypatch.setattr(offered, "EVERYTHING", offered.Offered(groups, EVERYTHING.hidden, EVERYTHING.everywhere))
    assert "launch" not in through_the_gate().verbs
    with pytest.raises(NotAllowed, match="closed"):
        through_the_gate().find("launch")


def test_a_new_option_or_action_of_an_open_verb_is_closed_too() -> None:
    verb = ALL["label"]
    more = verb._replace(options=(*verb.options, Option("--from", "", "FILE")), actions=(*verb.actions, "load"))
    part = offered._part(more, OPENED["label"])
    assert part.options == verb.options
    assert part.actions == verb.actions


def test_what_is_closed_of_an_open_verb_reads_or_writes_a_file() -> None:
    """Whatever else a verb learns is to be had through the gate as well: this says when it was forgotten."""
    through = through_the_gate()
    there = {**through.verbs, **{verb.name: verb for verb in through.hidden}}
    closed = {
        f"{name} {word}"
        for name, verb in there.items()
        for word in {*(one.name for one in ALL[name].options), *ALL[name].actions}
        - {*(one.name for one in verb.options), *verb.actions}
    }
    assert closed == {"files --save", "report --output", "export --output", "user import"}


@pytest.mark.parametrize("name", OPENED)
def test_what_is_opened_is_there(name: str) -> None:
    opened, verb = OPENED[name], ALL[name]
    assert set(opened.options) <= {option.name for option in verb.options}
    assert set(opened.actions) <= set(verb.actions)


@pytest.mark.parametrize(
    "name", ["import", "demo", "gate", "completion", "backup", "restore", "copy", "doctor", "tick", "serve"]
)
def test_these_are_never_opened(name: str) -> None:
    assert name not in OPENED
    with pytest.raises((NotAllowed, UsageError)):
        through_the_gate().find(name)


def test_no_option_that_is_open_takes_a_path() -> None:
    values = {option.value for verb in through_the_gate().verbs.values() for option in verb.options}
    assert not values & {"FILE", "FOLDER", "PATH", "MAP"}


def test_the_desk_and_the_state_are_not_the_callers_to_choose() -> None:
    found = through_the_gate()
    assert {option.name for option in found.before} == {"--ascii", "--version", "--help"}
    assert {option.name for option in found.everywhere} == {"--help"}


def test_it_is_said_how_the_verbs_are_listed_over_ssh() -> None:
    with pytest.raises(UsageError) as refused:
        through_the_gate().find("whoami")
    assert "`ssh … help` lists the verbs" in str(refused.value)


def test_a_closed_name_is_not_what_a_wrong_one_is_guessed_to_be() -> None:
    with pytest.raises(UsageError) as refused:
        through_the_gate().find("imprt")
    assert "import" not in str(refused.value)
