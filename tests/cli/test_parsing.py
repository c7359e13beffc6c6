"""The words after `helpdesk`, taken apart."""

from __future__ import annotations

import pytest

from helpdesk_tui.cli.parsing import check_arguments, parse, split_verb
from helpdesk_tui.cli.verb import DESK, HELP, JSON, Option
from helpdesk_tui.errors import UsageError

KNOWN = (
    JSON,
    Option("--limit", "", "N"),
    Option("--output", "", "FILE"),
    Option("--as", "", "X", ("a", "b")),
    DESK,
    HELP,
)


@pytest.mark.parametrize(
    ("argv", "words", "options"),
    [
        (["is:open"], ["is:open"], {}),
        (["-label:vendor", "--json", "-x"], ["-label:vendor", "-x"], {"--json": True}),
        (["--limit", "5", "a", "--json", "b"], ["a", "b"], {"--limit": "5", "--json": True}),
        (["--limit=5"], [], {"--limit": "5"}),
        (["--limit="], [], {"--limit": ""}),
        (["--limit", "-1"], [], {"--limit": "-1"}),
        (["a", "--", "--json", "-h"], ["a", "--json", "-h"], {}),
        (["-o", "x"], [], {"--output": "x"}),
        (["-hardware", "-other"], ["-hardware", "-other"], {}),
        (["-h"], [], {"--help": True}),
        (["-"], ["-"], {}),
        (["--as", "b"], [], {"--as": "b"}),
        ([""], [""], {}),
    ],
)
def test_only_two_dashes_make_an_option(argv: list[str], words: list[str], options: dict[str, object]) -> None:
    given = parse(argv, KNOWN, "helpdesk list")
    assert (given.words, given.options) == (words, options)


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["--jsno"], "`helpdesk list` has no option `--jsno`. Did you mean `--json`?"),
        (["--limit"], "`--limit` needs a value."),
        (["--json=yes"], "`--json` takes no value."),
        (["--json", "--json"], "`--json` is given twice."),
        (["--limit", "1", "--limit", "2"], "`--limit` is given twice."),
        (["--as", "c"], "`--as` cannot be `c`. It is one of: a, b."),
    ],
)
def test_a_wrong_option_is_named(argv: list[str], says: str) -> None:
    with pytest.raises(UsageError) as error:
        parse(argv, KNOWN, "helpdesk list")
    assert says in str(error.value)


def test_options_may_stand_before_the_verb() -> None:
    given, verb, rest = split_verb(["--desk", "x.db", "list", "--json"], KNOWN)
    assert (given.options, verb, rest) == ({"--desk": "x.db"}, "list", ["--json"])


def test_without_a_verb_there_is_none() -> None:
    assert split_verb([], KNOWN)[1] is None


def test_a_short_option_before_the_verb_is_refused() -> None:
    with pytest.raises(UsageError, match="`-x`"):
        split_verb(["-x", "list"], KNOWN)


@pytest.mark.parametrize("argument", ["\x1b[2J", "a\x00b", "\udcff", "\x9b31m", "a\rb", "\x7f"])
def test_an_argument_must_be_text(argument: str) -> None:
    with pytest.raises(UsageError, match="Argument 2"):
        check_arguments(["list", argument])


@pytest.mark.parametrize("argument", ["שלום", "می‌خواهم", "a\nb\tc", "👩‍💻", "żółć", ""])
def test_every_language_is_text(argument: str) -> None:
    check_arguments([argument])  # raises for what is none
