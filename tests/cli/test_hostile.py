"""Text that somebody wrote to hurt a terminal, through every verb that shows text."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run

HOSTILE = [
    "[/foo]",
    "[@click=app.quit]x[/]",
    "\x1b]0;x\x07",
    "\x1b[2J",
    "\x9b31m",
    "\u202eevil",
    "z" + "\u0301" * 20,
    "\U000e0041",
]
ACTING = {*map(chr, range(32)), *map(chr, range(0x7F, 0xA0)), "\u202e", "\u2028", "\U000e0041"} - {"\n"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the desk of these tests is kept once one of them has made it."""
    return tmp_path_factory.mktemp("hostile") / "desk.db"


@pytest.fixture
def hostile_desk(run: Run, tmp_path: Path, made: Path) -> tuple[str, str]:
    """A desk whose every text is hostile: an export in which each word was replaced, read into a new file."""
    if not made.exists():
        fill(run, made)
    shutil.copy(made, tmp_path / "hostile.db")
    return "--desk", str(tmp_path / "hostile.db")


def fill(run: Run, path: Path) -> None:
    run("add", "TITLE", "--description", "DESCRIPTION", "+LABEL")
    run("check", "2", "STEP")
    run("reply", "2", "REPLY")
    run("view", "save", "VIEW", "word")
    run("board", "rename", "IT Support", "BOARD")
    run("board", "column", "rename", "BOARD", "Doing", "COLUMN")
    run("canned", "add", "CANNED", "ANSWER")
    run("template", "add", "TEMPLATE", "FORM", "--title", "HEADING", "--questions", "QUESTION", "--steps", "DUTY")
    run("signature", "SIGNATURE")
    exported = run("export", "json").out
    words = ("TITLE", "DESCRIPTION", "LABEL", "STEP", "REPLY", "VIEW", "BOARD", "COLUMN")
    for word in (*words, "CANNED", "ANSWER", "TEMPLATE", "FORM", "HEADING", "QUESTION", "DUTY", "SIGNATURE"):
        exported = exported.replace(f'"{word}"', json.dumps(word + "".join(HOSTILE)))
    path.with_name("hostile.json").write_text(exported)
    assert run("--desk", str(path), "import", "json", str(path.with_name("hostile.json"))).code == 0


@pytest.mark.parametrize(
    "argv",
    [
        ["list"],
        ["show", "2"],
        ["show", "2", "--history"],
        ["label"],
        ["view"],
        ["board"],
        ["canned"],
        ["template"],
        ["signature"],
        ["move", "2", "doing"],
        ["change", "2", "+x", "--dry-run"],
        ["complete", "fish", "--line=helpdesk move 2 "],
        ["complete", "fish", "--line=helpdesk list label:"],
        ["complete", "fish", "--line=helpdesk canned show "],
        ["complete", "fish", "--line=helpdesk template use "],
    ],
    ids=" ".join,
)
def test_nothing_that_is_shown_can_act(run: Run, hostile_desk: tuple[str, str], argv: list[str]) -> None:
    ran = run(*hostile_desk, *argv)
    shown = set(ran.out + ran.err) - ({"\t"} if argv[0] == "complete" else set())
    assert not shown & ACTING
    if argv[0] not in {"move", "complete"}:  # which name no more than they must
        assert "[@click=app.quit]x[/]" in ran.out
    assert "\u0301" * 9 not in ran.out + ran.err
