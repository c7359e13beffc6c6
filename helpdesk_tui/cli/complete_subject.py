"""What the word at the cursor of a shell's line is about: a board, a query, a column of the board named before it."""

from __future__ import annotations

from helpdesk_tui.cli.catalog import attached
from helpdesk_tui.cli.verb import Option, Verb
from helpdesk_tui.cli.words import leading_numbers

_OF_VALUE = {
    "LOGIN": "user",
    "PERIOD": "period",
    "CALENDAR": "calendar",
    "ZONE": "zone",
    "QUERY": "query",
    "WHEN": "moment",
    "NUMBER": "number",
}
_OF_OPTION = {"--org": "org", "--country": "country", "--then": "rule change", "--hand-over": "agent"}


def of_option(option: Option, words: list[str]) -> tuple[str, list[str]]:
    """What follows an option ("" if that is anything at all), and which of the words before it counts for that."""
    if option in {attached.GET, attached.REMOVE}:
        return ("file of", words[:1]) if words else ("", [])
    return _OF_OPTION.get(option.name) or _OF_VALUE.get(option.value, ""), []


def of_word(verb: Verb, words: list[str]) -> tuple[str, list[str]]:
    """What the next word is about, and which of the words before belong to the same query or change."""
    match verb.words, words:
        case "query", _:
            return "query", words[1:] if verb.actions else words
        case "change", []:
            return "query", []
        case "change", _:
            return "change", words[len(leading_numbers(words)) or 1 :]
        case "title", [_, *_]:
            return "change", []
        case "rating", []:
            return "own closed", []
        case "rating", [_]:
            return "rating", []
        case "closed", []:
            return "closed", []
        case "column", [_, *_]:
            return "column", []
        case "link", [] | [_, _, *_]:
            return "number", []
        case "link", [_]:
            return "tie", []
        case "numbers", _:
            return "number", []
        case (("number" | "column"), []):
            return "number", []
        case "view", ["save", _, *query]:
            return "query", query
        case "view", [("show" | "remove")]:
            return "view", []
        case "board", _:
            return _of_board(words)
        case "setting", [("get" | "set" | "reset")]:
            return "setting", []
        case "user", [("list" | "show" | "edit" | "deactivate" | "reactivate" | "merge" | "export" | "erase")]:
            return "user", []
        case "user", ["merge", _] | ["hand-over"]:
            return "user", []
        case "user", ["hand-over", _]:
            return "agent", []
        case "org", [("edit" | "remove" | "merge")] | ["merge", _]:
            return "org", []
        case "policy", [("show" | "change" | "move" | "remove")]:
            return "policy", []
        case "policy", ["try", *query]:
            return "query", query
        case "rule", [("show" | "change" | "move" | "on" | "off" | "remove" | "try" | "log")]:
            return "rule", []
        case "rule", ["add"]:
            return "shipped rule", []
        case "calendar", [("show" | "change" | "remove")]:
            return "calendar", []
        case "calendar", ["countries"]:
            return "country", []
        case "label", [("rename" | "color" | "remove")]:
            return "label", []
        case (("canned" | "template"), [("show" | "edit" | "remove")]):
            return verb.words, []
        case "template", ["use"]:
            return "template", []
        case "canned", ["use"]:
            return "number", []
        case "canned", ["use", *_]:
            return "canned", []
    return "", []


def _of_board(words: list[str]) -> tuple[str, list[str]]:
    match words:
        case [("rename" | "move" | "archive" | "remove" | "archive-after" | "limit")]:
            return "board", []
        case ["unarchive"]:
            return "archived board", []
        case ["column"]:
            return "column action", []
        case ["member"]:
            return "member action", []
        case ["column" | "member", _]:
            return "board", []
        case ["limit", board] | [
            "column",
            ("rename" | "category" | "color" | "limit" | "move" | "remove"),
            board,
        ]:
            return "column of", [board]
        case ["column", "category", _, _]:
            return "category", []
        case ["member", ("add" | "remove"), _]:
            return "user", []
        case ["member", "add", _, _]:
            return "role", []
    return "", []
