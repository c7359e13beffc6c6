"""What each verb does, prints and says."""

from __future__ import annotations

import os
import sys

import pytest

from tests.cli.conftest import Run


def say(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Send `text` to standard input."""
    reader, writer = os.pipe()
    os.write(writer, text.encode())
    os.close(writer)
    monkeypatch.setattr(sys, "stdin", os.fdopen(reader, encoding="utf-8"))


class TestAdd:
    def test_it_prints_the_number_and_tells_what_happened(self, run: Run) -> None:
        ran = run("add", "Printer is dead", "+printer", "priority:high")
        assert (ran.code, ran.out) == (0, "#2\n")
        assert "Printer is dead" in ran.err
        assert "helpdesk undo" in ran.err

    def test_json_is_that_of_list(self, run: Run) -> None:
        made = run("add", "--json", "Printer is dead", "+printer", "priority:high", "status:waiting").json
        assert made["number"] == 2
        assert (made["priority"], made["labels"], made["status"]) == ("high", ["printer"], "waiting")
        assert run("list", "--json", "#2").json == [made]

    def test_words_without_quotes_are_a_title_too(self, run: Run) -> None:
        assert run("add", "--json", "Printer", "is", "dead", "+printer").json["title"] == "Printer is dead"

    def test_a_due_date_may_hold_blanks(self, run: Run) -> None:
        assert run("add", "--json", "x", "due:2026-12-01 17:00").json["due"] == "2026-12-01T17:00:00.000Z"

    def test_the_description_is_an_option(self, run: Run) -> None:
        run("add", "x", "--description", "first\nsecond")
        assert run("show", "2", "--json").json["description"] == "first\nsecond"

    @pytest.mark.parametrize("argv", [["add", "x"], ["add", "x", "-"], ["add", "x", "--description", "-"]])
    def test_the_description_comes_from_standard_input(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, argv: list[str]
    ) -> None:
        say(monkeypatch, "toner\nempty\n")
        run(*argv)
        assert run("show", "2", "--json").json["description"] == "toner\nempty"

    def test_it_can_be_undone(self, run: Run) -> None:
        run("add", "x")
        assert run("undo").code == 0
        assert run("show", "2").code == 1


class TestList:
    def test_nothing_found_is_exit_code_1(self, run: Run) -> None:
        ran = run("list", "no-such-word")
        assert (ran.code, ran.out, ran.err) == (1, "", "No ticket matches.\n")

    def test_count_prints_just_the_number(self, run: Run) -> None:
        assert run("list", "--count").out == "1\n"
        ran = run("list", "--count", "is:archived")
        assert (ran.code, ran.out) == (1, "0\n")

    def test_nothing_as_json_is_an_empty_list(self, run: Run) -> None:
        ran = run("list", "--json", "is:archived")
        assert (ran.code, ran.json) == (1, [])

    def test_words_make_one_query(self, run: Run) -> None:
        run("add", "VPN drops", "+vpn")
        run("add", "VPN is slow", "+vpn", "priority:low")
        assert run("list", "label:vpn", "-priority:low", "--json").json[0]["title"] == "VPN drops"
        assert run("list", "label:vpn -priority:low", "--count").out == "1\n"

    def test_limit_and_offset(self, run: Run) -> None:
        for number in range(60):
            run("add", f"t{number}")
        assert len(run("list", "--json").json) == 50
        assert "--offset 50" in run("list").err
        assert len(run("list", "--json", "--limit", "0").json) == 61
        assert len(run("list", "--json", "--limit", "7", "--offset", "58").json) == 3
        assert run("list", "--limit", "7").err == ""

    def test_the_fields_of_json_are_stable(self, run: Run) -> None:
        (ticket,) = run("list", "--json").json
        assert list(ticket) == [
            "number", "title", "board", "column", "category", "priority", "status", "requester", "assignee", "labels",
            "due", "sla", "created", "updated", "closed", "checklist", "replies", "notes", "files", "kind", "language",
            "late", "archived", "escalated", "unread", "rating",
        ]  # fmt: skip

    def test_a_view_can_be_listed(self, run: Run) -> None:
        run("add", "VPN drops", "+vpn")
        run("view", "save", "tunnels", "label:vpn")
        assert run("list", "--view", "tunnels", "--count").out == "1\n"
        assert run("list", "--view", "nope").code == 1
        assert run("list", "--view", "tunnels", "is:open").code == 2

    @pytest.mark.parametrize(
        "title",
        [
            "[/foo]",
            "[@click=app.quit]x[/]",
            "a\tb",
            "\u202eevil",
            "מדפסת לא עובדת",
            "چاپگر خراب است",
            "Żółć",
            "<b>&'\"\\",
        ],
    )
    def test_outside_text_is_exact_in_json_and_harmless_in_the_table(self, run: Run, title: str) -> None:
        run("add", title)
        assert run("list", "--json", "#2").json[0]["title"] == " ".join(title.split())
        table = run("list", "#2").out
        assert table.count("\n") == 1
        assert "\u202e" not in table


class TestShow:
    def test_everything_is_there(self, run: Run) -> None:
        run("add", "Printer is dead", "--description", "since\nFriday", "+printer", "due:2026-12-01")
        run("check", "2", "Order toner")
        run("reply", "2", "On our way")
        run("note", "2", "Ask Bob")
        out = run("show", "2").out
        for part in (
            "#2 Printer is dead",
            "since\nFriday",
            "+printer",
            "1 Dec",
            "[ ] Order toner",
            "On our way",
            "Ask Bob",
        ):
            assert part in out

    def test_history_only_when_asked(self, run: Run) -> None:
        assert "History" not in run("show", "1").out
        assert "History" in run("show", "1", "--history").out

    def test_json_has_everything_in_full(self, run: Run) -> None:
        run("add", "Toner", "check:Order")
        run("reply", "2", "It is on its way")
        run("change", "2", "link:#1", "time:25m")
        shown = run("show", "2", "--json").json
        assert [comment["body"] for comment in shown["conversation"]] == ["It is on its way"]
        assert [step["text"] for step in shown["checklist"]] == ["Order"]
        assert [(link["relation"], link["number"]) for link in shown["links"]] == [("relates", 1)]
        assert shown["files"] == []
        assert shown["times"] == [{"who": shown["conversation"][0]["author"], "minutes": 25}]
        assert "replied" in [entry["kind"] for entry in shown["history"]]

    def test_what_is_not_there_is_exit_code_1(self, run: Run) -> None:
        assert run("show", "999").code == 1


class TestChange:
    def test_one_ticket(self, run: Run) -> None:
        assert run("change", "1", "priority:critical", "+vpn").code == 0
        ticket = run("show", "1", "--json").json
        assert (ticket["priority"], ticket["labels"]) == ("critical", ["vpn"])

    def test_all_that_match_are_one_step(self, run: Run) -> None:
        run("add", "a", "+vpn")
        run("add", "b", "+vpn")
        assert run("change", "label:vpn", "priority:high", "-vpn").code == 0
        assert run("list", "--count", "priority:high").out == "2\n"
        run("undo")
        assert run("list", "--count", "label:vpn", "priority:normal").out == "2\n"

    def test_several_numbers(self, run: Run) -> None:
        run("add", "a")
        assert run("change", "1", "#2", "1", "status:blocked").code == 0
        assert run("list", "--count", "is:blocked").out == "2\n"

    def test_a_dry_run_changes_nothing(self, run: Run) -> None:
        ran = run("change", "is:open", "+vpn", "--dry-run")
        assert (ran.code, ran.err) == (0, "1 ticket would get: +vpn\n")
        assert run("show", "1", "--json").json["labels"] == []

    def test_nothing_matching_is_exit_code_1(self, run: Run) -> None:
        assert run("change", "no-such-word", "+vpn").code == 1

    def test_all_or_nothing(self, run: Run) -> None:
        assert run("change", "1", "999", "+vpn").code == 1
        assert run("show", "1", "--json").json["labels"] == []


class TestMove:
    @pytest.mark.parametrize(("column", "lands"), [("doing", "Doing"), ("To Do", "To Do"), ("DONE", "Done")])
    def test_by_name_or_category(self, run: Run, column: str, lands: str) -> None:
        assert run("move", "1", column).code == 0
        assert run("show", "1", "--json").json["column"] == lands

    def test_over_a_limit_it_warns(self, run: Run) -> None:
        run("board", "column", "limit", "IT Support", "Doing", "1")
        run("add", "a")
        ran = run("move", "1", "2", "doing")
        assert ran.code == 0
        assert "over its limit (2/1)" in ran.err

    def test_an_unknown_column_is_named(self, run: Run) -> None:
        ran = run("move", "1", "Dooing")
        assert ran.code == 2
        assert "Dooing" in ran.err


class TestSpeaking:
    @pytest.mark.parametrize("verb", ["reply", "note"])
    def test_from_the_words_or_from_standard_input(self, run: Run, monkeypatch: pytest.MonkeyPatch, verb: str) -> None:
        assert run(verb, "1", "It", "prints again.").code == 0
        say(monkeypatch, "line one\nline two\n")
        assert run(verb, "1").code == 0
        bodies = [comment["body"] for comment in run("show", "1", "--json").json["conversation"]][-2:]
        assert bodies == ["It prints again.", "line one\nline two"]

    @pytest.mark.parametrize("verb", ["reply", "note"])
    def test_nothing_to_say_is_refused(self, run: Run, monkeypatch: pytest.MonkeyPatch, verb: str) -> None:
        say(monkeypatch, "\n\n")
        assert run(verb, "1").code == 2


class TestCheck:
    def test_steps_are_added_and_ticked(self, run: Run) -> None:
        run("add", "x")
        run("check", "2", "Order toner")
        run("check", "2", "Fill", "toner")
        assert run("check", "2", "--done", "2").code == 0
        steps = run("show", "2", "--json").json["checklist"]
        assert [(step["text"], step["done"]) for step in steps] == [("Order toner", False), ("Fill toner", True)]
        run("check", "2", "--undo", "2")
        assert run("list", "#2", "--json").json[0]["checklist"] == {"done": 0, "total": 2}

    def test_each_line_of_a_text_is_a_step(self, run: Run) -> None:
        run("add", "x")
        assert "3 steps added" in run("check", "2", "Order toner\nFill it\n\nTell Anna").err
        steps = run("show", "2", "--json").json["checklist"]
        assert [step["text"] for step in steps] == ["Order toner", "Fill it", "Tell Anna"]

    def test_many_steps_come_from_standard_input_under_the_names_of_their_lists(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run("add", "Move the printer")
        say(monkeypatch, "Pack it\n\n# After\nTell everybody\nTake a picture\n")
        assert run("check", "2").code == 0
        run("check", "2", "Carry it")
        run("check", "2", "Sweep", "--list", "After")
        steps = run("show", "2", "--json").json["checklist"]
        assert [(step["list"], step["text"]) for step in steps] == [
            *((None, text) for text in ("Pack it", "Carry it")),
            *(("After", text) for text in ("Tell everybody", "Take a picture", "Sweep")),
        ]
        assert run("undo").code == run("undo").code == run("undo").code == 0
        assert run("show", "2", "--json").json["checklist"] == []

    @pytest.mark.parametrize(
        ("argv", "code"),
        [(["2"], 2), (["2", "x", "--done", "1"], 2), (["2", "--done", "9"], 1), (["2", "--done", "0"], 2)],
    )
    def test_what_makes_no_sense(self, run: Run, argv: list[str], code: int) -> None:
        run("add", "x")
        assert run("check", *argv).code == code


class TestUndo:
    def test_undo_and_redo_across_starts(self, run: Run) -> None:
        run("change", "1", "priority:high")
        assert "redo" in run("undo").err
        assert run("show", "1", "--json").json["priority"] == "normal"
        assert run("redo").code == 0
        assert run("show", "1", "--json").json["priority"] == "high"

    def test_nothing_to_undo_is_exit_code_1(self, run: Run) -> None:
        assert run("undo").code == 1


class TestNouns:
    def test_labels(self, run: Run) -> None:
        run("label", "add", "vpn", "blue")
        run("add", "x", "+vpn")
        assert {"name": "vpn", "color": "blue", "tickets": 1} in run("label", "list", "--json").json
        run("label", "rename", "vpn", "tunnel")
        run("label", "color", "tunnel")
        assert {"name": "tunnel", "color": None, "tickets": 1} in run("label", "--json").json
        assert run("label", "remove", "tunnel").code == 0
        assert run("label", "remove", "tunnel").code == 1
        assert run("label", "color", "x", "ultraviolet").code in {1, 2}

    def test_views(self, run: Run) -> None:
        assert run("view", "save", "mine", "is:open", "assignee:me").code == 0
        assert run("view", "show", "mine").out == "is:open assignee:me\n"
        assert {"name": "mine", "query": "is:open assignee:me", "shared": True} in run("view", "--json").json
        assert run("view", "save", "bad", "prioritty:high").code == 2
        assert run("view", "remove", "mine").code == 0

    def test_boards(self, run: Run) -> None:
        run("board", "add", "Network")
        run("board", "rename", "Network", "Networks")
        run("board", "column", "add", "Networks", "Review", "--category", "doing", "--limit", "4")
        run("board", "column", "rename", "Networks", "Review", "Checking")
        run("board", "column", "limit", "Networks", "Checking", "none")
        (board,) = [board for board in run("board", "--json").json if board["name"] == "Networks"]
        checking = {"name": "Checking", "category": "doing", "limit": None, "hard": False, "color": None}
        assert checking in board["columns"]
        assert run("board", "column", "remove", "Networks", "Checking", "--into", "To Do").code == 0
        assert run("board", "remove", "Networks").code == 0

    @pytest.mark.parametrize("noun", ["label", "view", "board"])
    def test_an_unknown_action_names_the_known_ones(self, run: Run, noun: str) -> None:
        ran = run(noun, "explode")
        assert ran.code == 2
        assert "list" in ran.err
