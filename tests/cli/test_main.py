"""How the program ends, whatever it is given, and what it asks before it acts."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpdesk_tui import __version__
from helpdesk_tui.cli.call import Call
from helpdesk_tui.cli.caret import pointed
from helpdesk_tui.cli.main import main
from helpdesk_tui.cli.registry import VERBS
from helpdesk_tui.cli.render import Output
from tests.cli.conftest import Run


def test_the_version(run: Run) -> None:
    assert run("--version").out == f"helpdesk {__version__}\n"


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_the_overview_names_every_verb(run: Run, option: str) -> None:
    out = run(option).out
    assert all(f"  {name} " in out for name in VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example_that_fits_80_columns(run: Run, verb: str) -> None:
    ran = run(verb, "--help")
    assert ran.code == 0
    assert "\nExamples\n  " in ran.out
    help_lines = ran.out.partition("\nExamples\n")[0].splitlines()
    assert max(map(len, help_lines)) <= 80


@pytest.mark.parametrize("place", [0, 1])
def test_the_desk_may_be_named_before_or_after_the_verb(run: Run, tmp_path: Path, place: int) -> None:
    argv = ["list"]
    argv[place:place] = ["--desk", str(tmp_path / "other.db")]
    assert run(*argv).code == 0
    assert (tmp_path / "other.db").exists()


def test_a_desk_can_be_filled_for_measuring(run: Run, tmp_path: Path) -> None:
    new = ("--desk", str(tmp_path / "big.db"))
    assert run(*new, "demo", "--fill", "--tickets", "80", "--seed", "3", "--open-share", "1").code == 0
    assert run(*new, "list", "is:open", "--count").out == "80\n"
    assert run(*new, "demo", "--fill").code == 4
    assert run("demo", "--fill").code == 2
    assert run(*new, "demo", "--fill", "--open-share", "7").code == 2


@pytest.mark.parametrize(("answer", "changed"), [("y\n", True), ("n\n", False), ("", False)])
def test_many_tickets_are_changed_after_a_question(
    run: Run, monkeypatch: pytest.MonkeyPatch, answer: str, changed: bool
) -> None:
    for number in range(11):
        run("add", f"t{number}")
    monkeypatch.setattr(Call, "at_keyboard", property(lambda _: True))
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
    assert run("change", "is:open", "priority:high").code == (0 if changed else 1)
    assert run("list", "--count", "priority:high").out == ("12\n" if changed else "0\n")


def test_the_question_can_be_answered_beforehand(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(11):
        run("add", f"t{number}")
    monkeypatch.setattr(Call, "at_keyboard", property(lambda _: True))
    assert run("change", "is:open", "priority:high", "--yes").code == 0


def test_the_mark_stands_under_the_character_it_means() -> None:
    assert pointed("日本 x:y", 4) == "  日本 x:y\n       ^"
    shown, mark = pointed("a" * 5000 + "b", 5001).splitlines()
    assert shown[mark.index("^")] == "b"
    assert len(shown) < 150


def test_json_for_a_terminal_is_exact_and_harmless() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    out = Output(stream)
    out.json_list([{"a": "żółć"}, {"a": "\x9b31m\u202e"}])
    out.finish()
    written = stream.buffer.getvalue().decode()  # type: ignore[attr-defined]
    assert written == '[{"a": "żółć"},\n {"a": "\\u009b31m\\u202e"}]\n'


WORDS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [*VERBS, "column", "add", "remove", "1", "#1", "--json", "--limit", "--", "-", "+x", "is:open", "to:done"]
    ),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(argv=st.lists(WORDS, max_size=6))
def test_any_words_end_in_an_exit_code(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, argv: list[str]
) -> None:
    monkeypatch.chdir(home)
    assert main(["--desk", str(home / "desk.db"), *argv]) in {0, 1, 2, 3, 4}
    assert "Traceback" not in capsys.readouterr().err
