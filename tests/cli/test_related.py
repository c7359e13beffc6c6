"""`link`, `unlink`, `merge`, `split`, `clone`, and closing what waits."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def two(run: Run) -> Run:
    """Tickets #2 and #3, each with something said."""
    run("add", "Printer is dead", "check:look")
    run("add", "Printer on floor 2")
    run("reply", "2", "first")
    run("note", "3", "second")
    return run


def links(run: Run, number: int) -> list[tuple[str, int]]:
    return [(link["relation"], link["number"]) for link in run("show", str(number), "--json").json["links"]]


class TestLink:
    @pytest.mark.parametrize(
        ("words", "relation"),
        [
            (["2", "blocks", "3"], "blocks"),
            (["#2", "blocked-by", "#3"], "blocked by"),
            (["2", "is", "blocked", "by", "3"], "blocked by"),
            (["2", "child-of", "3"], "parent"),
            (["2", "3"], "relates"),
        ],
    )
    def test_it_links(self, two: Run, words: list[str], relation: str) -> None:
        ran = two("link", *words)
        assert (ran.code, links(two, 2)) == (0, [(relation, 3)])
        two("undo")
        assert links(two, 2) == []

    def test_several_to_one(self, two: Run) -> None:
        two("link", "1", "2", "blocks", "3")
        assert links(two, 3) == [("blocked by", 1), ("blocked by", 2)]

    def test_they_are_taken_off(self, two: Run) -> None:
        two("link", "2", "blocks", "3")
        two("link", "2", "3")
        assert two("unlink", "3", "blocked-by", "2").code == 0
        assert links(two, 2) == [("relates", 3)]
        assert two("unlink", "2", "3").code == 0
        assert two("unlink", "2", "3").code == 1

    @pytest.mark.parametrize(
        ("words", "code", "says"),
        [
            (["2"], 2, "needs more"),
            (["2", "hates", "3"], 2, "blocked-by"),
            (["2", "blocks", "2"], 2, "linked to itself"),
            (["2", "blocks", "77"], 1, "no ticket #77"),
            (["two", "blocks", "3"], 2, "not a ticket number"),
            (["2", "blocks", "9" * 40], 2, "not a ticket number"),
        ],
    )
    def test_what_cannot_be_is_said(self, two: Run, words: list[str], code: int, says: str) -> None:
        ran = two("link", *words)
        assert (ran.code, ran.out) == (code, "")
        assert says in ran.err


class TestMerge:
    def test_one_becomes_part_of_the_other(self, two: Run) -> None:
        assert two("merge", "2", "--into", "3").code == 0
        found, left = (two("show", number, "--json").json for number in ("3", "2"))
        assert [comment["body"] for comment in found["conversation"]] == ["first", "second"]
        assert (left["merged_into"], left["category"]) == (3, "done")
        assert " ".join(two("show", "2").out.split()).count("merged into #3") == 1
        two("undo")
        assert two("show", "2", "--json").json["merged_into"] is None

    def test_it_can_be_looked_at_first(self, two: Run) -> None:
        ran = two("merge", "2", "--into", "3", "--dry-run")
        assert "#2 Printer is dead: 1 comment, 1 step" in ran.out
        assert two("show", "2", "--json").json["merged_into"] is None

    @pytest.mark.parametrize(
        ("words", "code", "says"),
        [
            (["2"], 2, "--into NUMBER"),
            ([], 2, "needs more"),
            (["2", "--into", "2"], 2, "merged with itself"),
            (["2", "--into", "77"], 1, "no ticket #77"),
            (["2", "--into", "x"], 2, "not a ticket number"),
        ],
    )
    def test_what_cannot_be_is_said(self, two: Run, words: list[str], code: int, says: str) -> None:
        ran = two("merge", *words)
        assert (ran.code, ran.out) == (code, "")
        assert says in ran.err

    def test_not_in_a_ring(self, two: Run) -> None:
        two("merge", "2", "--into", "3")
        ran = two("merge", "3", "--into", "2")
        assert ran.code == 2
        assert "#2 is merged into #3 already" in ran.err


class TestSplitAndClone:
    def test_what_was_said_gets_its_own_ticket(self, two: Run) -> None:
        two("reply", "2", "The scanner too")
        assert "2. " in two("show", "2").out
        assert two("split", "2", "--comment", "2").out == "#4\n"
        assert two("show", "4", "--json").json["title"] == "The scanner too"
        assert two("split", "2", "--comment", "1", "--title", "Mine", "--json").json["title"] == "Mine"

    @pytest.mark.parametrize(
        ("words", "code"),
        [(["2"], 2), (["2", "--comment", "9"], 1), (["2", "--comment", "0"], 2), (["2", "--comment", "x"], 2)],
    )
    def test_only_what_is_there(self, two: Run, words: list[str], code: int) -> None:
        assert two("split", *words).code == code

    def test_a_clone_prints_its_number(self, two: Run) -> None:
        assert two("clone", "2").out == "#4\n"
        assert [step["text"] for step in two("show", "4", "--json").json["checklist"]] == ["look"]
        assert two("clone", "2", "--json").json["number"] == 5


class TestClosingWhatWaits:
    @pytest.mark.parametrize("words", [("move", "2", "done"), ("change", "2", "to:done")])
    def test_needs_to_be_meant(self, two: Run, words: tuple[str, ...]) -> None:
        two("link", "2", "blocked-by", "3")
        ran = two(*words)
        assert ran.code == 4
        assert "#2 waits for #3, which is still open" in ran.err
        assert "--anyway" in ran.err
        assert two(*words, "--anyway").code == 0
        assert two("show", "2", "--json").json["category"] == "done"


def test_the_shell_completes_them(two: Run) -> None:
    def offered(line: str) -> list[str]:
        return [offer.partition("\t")[0] for offer in two("complete", "bash", "--line", line).out.splitlines()]

    assert "blocked-by" in offered("helpdesk link 2 bl")
    assert "3" in offered("helpdesk link 2 blocks ")
    assert "3" in offered("helpdesk merge 2 --into ")
