"""`helpdesk canned`, `template` and `signature`."""

from __future__ import annotations

import pytest

from helpdesk_tui.cli.catalog.prepared import CANNED
from helpdesk_tui.domain.ticket import LANGUAGES
from tests.cli.conftest import Run
from tests.cli.test_verbs import say


@pytest.fixture
def canned(run: Run) -> Run:
    """A desk with a ticket #2 and a canned reply in two languages."""
    run("add", "Printer is dead", "language:et")
    run("canned", "add", "On it", "Hello {requester.first_name|there}, #{ticket.number}.", "--change", "to:doing +seen")
    run("canned", "add", "On it", "Tere, #{ticket.number}.", "--language", "et")
    return run


class TestCanned:
    def test_there_is_nothing_yet(self, run: Run) -> None:
        ran = run("canned")
        assert (ran.code, ran.out) == (1, "")
        assert "canned add" in ran.err
        assert run("canned", "--json").out == "[]\n"

    def test_they_are_listed(self, canned: Run) -> None:
        assert [" ".join(line.split()) for line in canned("canned", "list").out.splitlines()] == [
            "On it to:doing +seen Hello {requester.first_name|there}, #{ticket.number}.",
            "On it et Tere, #{ticket.number}.",
        ]
        assert canned("canned", "--json").json[1] == {
            "name": "On it",
            "language": "et",
            "body": "Tere, #{ticket.number}.",
            "change": None,
        }

    def test_one_is_shown_exactly(self, canned: Run) -> None:
        assert canned("canned", "show", "on it", "--language", "et").out == "Tere, #{ticket.number}.\n"
        assert canned("canned", "show", "on it", "--json").json["change"] == "to:doing +seen"

    def test_its_text_comes_from_standard_input(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        say(monkeypatch, "line one\nline two\n")
        assert run("canned", "add", "Long").code == 0
        assert run("canned", "show", "Long").out == "line one\nline two\n"

    @pytest.mark.parametrize(
        ("argv", "says"),
        [
            (["add", "x", "Hello {nope}"], "no placeholder {nope}"),
            (["add", "x", "Hello", "--change", "prioritty:high"], "Did you mean `priority`?"),
            (["add", "x", "Hello", "--language", "xx"], "It is one of: en, et"),
            (["add", "On it", "Hello"], "already"),
            (["add"], "needs more"),
            (["use", "On it"], "needs more"),
            (["use", "On", "it"], "Name the tickets"),
            (["show", "Nope"], "no canned reply 'Nope'"),
            (["use", "99", "On it"], "no ticket #99"),
        ],
    )
    def test_what_is_wrong_is_said_in_a_sentence(self, canned: Run, argv: list[str], says: str) -> None:
        ran = canned("canned", *argv)
        assert ran.code
        assert says in ran.err
        assert ran.out == ""

    def test_editing_keeps_what_is_not_given(self, canned: Run) -> None:
        assert canned("canned", "edit", "On it", "--change", "due:fri 17:00", "--name", "Working on it").code == 0
        shown = canned("canned", "show", "Working on it", "--json").json
        assert shown["body"].startswith("Hello")
        assert shown["change"] == 'due:"fri 17:00"'
        assert canned("canned", "edit", "On it", "Tere jälle.", "--language", "et").code == 0
        assert canned("canned", "show", "On it").out == "Tere jälle.\n"

    def test_removing_takes_all_languages_or_one(self, canned: Run) -> None:
        canned("canned", "remove", "On it", "--language", "et")
        assert len(canned("canned", "--json").json) == 1
        canned("undo")
        canned("canned", "remove", "On it")
        assert canned("canned").code == 1

    def test_using_one_replies_in_the_language_of_each_ticket(self, canned: Run) -> None:
        assert canned("canned", "use", "1", "2", "On it").code == 0
        first, second = (canned("show", number, "--json").json for number in ("1", "2"))
        assert first["conversation"][-1]["body"] == "Hello there, #1."
        assert (first["category"], "seen" in first["labels"]) == ("doing", True)
        assert second["conversation"][-1]["body"] == "Tere, #2."
        assert canned("undo").code == 0
        assert canned("show", "2", "--json").json["conversation"] == []

    def test_closing_what_waits_for_an_open_one_is_meant(self, canned: Run) -> None:
        canned("canned", "add", "Solved", "It works.", "--change", "to:done")
        canned("link", "2", "blocks", "1")
        ran = canned("canned", "use", "1", "Solved")
        assert ran.code
        assert "--anyway" in ran.err
        assert canned("show", "1", "--json").json["conversation"] == []
        assert canned("canned", "use", "1", "Solved", "--anyway").code == 0
        assert canned("show", "1", "--json").json["category"] == "done"

    def test_a_dry_run_shows_what_would_be_said(self, canned: Run) -> None:
        canned("signature", "Ada, IT")
        ran = canned("canned", "use", "1", "On", "it", "--dry-run")
        assert ran.out == "Hello there, #1.\n\nAda, IT\n"
        assert "It changes: to:doing +seen." in ran.err
        assert canned("show", "1", "--json").json["conversation"] == []

    def test_placeholders_are_listed(self, run: Run) -> None:
        assert "{requester.first_name}" in run("canned", "placeholders").out
        assert run("canned", "placeholders", "--json").json["due"] == "when it should be done"


class TestTemplate:
    @pytest.fixture
    def printer(self, run: Run) -> Run:
        run("template", "add", "Printer", "Please.", "--questions", "Which one? *\nFloor? [1, 2]", "--change",
            "+printer priority:high", "--steps", "Look\n# After\nTell", "--title", "Printer is dead")  # fmt: skip
        return run

    def test_one_is_shown_as_it_was_written(self, printer: Run) -> None:
        assert printer("template", "show", "printer").out.splitlines() == [
            "title       Printer is dead",
            "changes     +printer priority:high",
            "for         the team",
            "description Please.",
            "asks        Which one? *",
            "            Floor? [1, 2]",
            "checklist   Look",
            "            # After",
            "            Tell",
        ]
        shown = printer("template", "show", "printer", "--json").json
        assert shown["questions"][1] == {"ask": "Floor?", "kind": "choice", "choices": ["1", "2"], "required": False}
        assert shown["checklists"] == [{"name": None, "steps": ["Look"]}, {"name": "After", "steps": ["Tell"]}]
        assert printer("template", "list", "--json").json == [shown]

    def test_the_answers_are_its_words(self, printer: Run) -> None:
        ran = printer("template", "use", "printer", "HP 4", "2")
        assert (ran.code, ran.out) == (0, "#2\n")
        shown = printer("show", "2", "--json").json
        assert shown["description"] == "Please.\n\n**Which one?** HP 4\n\n**Floor?** 2"
        assert (shown["title"], shown["priority"], shown["labels"]) == ("Printer is dead", "high", ["printer"])
        assert printer("undo").code == 0
        assert printer("show", "2").code == 1

    def test_an_answer_of_several_lines_comes_from_standard_input(
        self, printer: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        printer("template", "edit", "printer", "--questions", "Which one? *\nWhat happened? [long text]")
        monkeypatch.setattr("helpdesk_tui.cli.stdin.awaited", lambda: "It hummed.\nThen smoke.\n")
        ran = printer("template", "use", "printer", "HP 4", "-")
        assert (ran.code, ran.out) == (0, "#2\n")
        said = printer("show", "2", "--json").json["description"]
        assert said == "Please.\n\n**Which one?** HP 4\n\n**What happened?**\nIt hummed.\nThen smoke."
        assert "Only one answer" in printer("template", "use", "printer", "-", "-").err

    def test_title_and_changes_may_be_added(self, printer: Run) -> None:
        made = printer("template", "use", "Printer", "HP 4", "--title", "Other", "--change", "due:3d +vip", "--json")
        shown = printer("show", str(made.json["number"]), "--json").json
        assert (shown["title"], shown["labels"]) == ("Other", ["printer", "vip"])

    @pytest.mark.parametrize(
        ("argv", "says"),
        [
            (["use", "Printer"], "“Which one?” must be answered"),
            (["use", "Printer", "x", "3"], "It is one of: 1, 2."),
            (["use", "Nope"], "no template 'Nope'"),
            (["add", "Printer"], "already"),
            (["add", "x", "--questions", "Which? [a]"], "two different choices"),
            (["add", "x", "--change", "archive"], "nothing else"),
            (["add", "x", "--change", "prioritty:high"], "Did you mean"),
        ],
    )
    def test_what_is_wrong_is_said_in_a_sentence(self, printer: Run, argv: list[str], says: str) -> None:
        ran = printer("template", *argv)
        assert ran.code
        assert says in ran.err
        assert ran.out == ""

    def test_editing_keeps_what_is_not_given(self, printer: Run) -> None:
        printer("template", "edit", "Printer", "--for", "requesters", "--name", "Printers", "--questions", "")
        shown = printer("template", "show", "Printers", "--json").json
        assert (shown["for_requesters"], shown["questions"], shown["body"]) == (True, [], "Please.")

    def test_removing_is_undone(self, printer: Run) -> None:
        printer("template", "remove", "printer")
        assert printer("template").code == 1
        printer("undo")
        assert printer("template").code == 0


class TestSignature:
    def test_is_shown_set_and_taken_away(self, run: Run) -> None:
        assert run("signature").code == 1
        run("signature", "Ada,", "IT")
        assert run("signature").out == "Ada, IT\n"
        run("reply", "1", "Done.")
        assert run("show", "1", "--json").json["conversation"][-1]["body"] == "Done.\n\nAda, IT"
        run("signature", "--none")
        assert run("signature").code == 1
        assert run("signature", "x", "--none").code == 2

    def test_comes_from_standard_input(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        say(monkeypatch, "Ada\nIT\n")
        run("signature", "-")
        assert run("signature").out == "Ada\nIT\n"


def test_the_languages_offered_are_those_there_are() -> None:
    option = next(option for option in CANNED.options if option.name == "--language")
    assert option.choices == LANGUAGES
