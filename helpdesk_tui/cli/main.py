"""The program's entry: finds the verb, runs it, and turns every way it can end into a sentence and an exit code."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from helpdesk_tui.errors import HelpdeskError, UsageError

if TYPE_CHECKING:
    from helpdesk_tui.cli.offered import Offered
    from helpdesk_tui.cli.parsing import Given
    from helpdesk_tui.cli.render import Messages, Output
    from helpdesk_tui.config import Config

INTERRUPTED = 130
UNEXPECTED = 4


def run() -> int:
    """The console script: `helpdesk` with the words it was started with."""
    return main()


def main(argv: Sequence[str] | None = None) -> int:
    """Run `helpdesk` with those words and return its exit code. Never raises, but for HELPDESK_DEBUG=1."""
    # Importing the store makes some hundred thousand objects that all stay: without the collector looking through
    # them again and again a verb starts 80 ms sooner. `imports_are_over` turns it on again.
    gc.disable()
    _fill_closed_streams()
    try:
        return _guarded(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        gc.enable()


def _guarded(argv: Sequence[str]) -> int:
    from helpdesk_tui.cli.render import Messages, standard_output

    messages = Messages(sys.stderr)
    out: Output | None = None
    try:
        out = standard_output()
        code = _run(argv, out, messages)
        out.finish()
        return code
    except BrokenPipeError:
        # The reader has seen enough (`| head -1`): that is no failure.
        if out is not None:
            out.abandon()
        return 0
    except HelpdeskError as error:
        _tell(error, messages)
        return _finished(out, error.exit_code)
    except Exception as error:  # the last net: a person gets a sentence, the log file the rest
        if os.environ.get("HELPDESK_DEBUG") == "1":
            raise
        from helpdesk_tui.cli.accident import record

        messages.say(record(error, messages.log_path))
        return _finished(out, UNEXPECTED)


def _run(argv: Sequence[str], out: Output, messages: Messages) -> int:
    from helpdesk_tui.cli.offered import EVERYTHING

    return run_words(argv, out, messages, EVERYTHING)


def run_words(
    argv: Sequence[str], out: Output, messages: Messages, offered: Offered, visit: Config | None = None
) -> int:
    """Run the verb in those words, one of `offered`; in the gate with the configuration of the `visit`."""
    from helpdesk_tui.cli.call import Call
    from helpdesk_tui.cli.parsing import Given, check_arguments, parse, split_verb
    from helpdesk_tui.cli.registry import runner

    check_arguments(argv)
    offered.refuse_closed(_up_to_verb(argv), None)
    before, name, rest = split_verb(argv, offered.before)
    if "--version" in before.options:
        from helpdesk_tui import __version__

        out.line(f"helpdesk {__version__}")
        return 0
    if "--help" in before.options:
        from helpdesk_tui.cli.help import overview

        out.line(overview(offered))
        return 0
    if name is None:
        from helpdesk_tui.cli.screen import open_board

        return open_board(_desk_option(before, Given()), ascii_only="--ascii" in before.options, visit=visit)
    if "--ascii" in before.options:
        raise UsageError("`--ascii` is for the board.", "Leave it out, or leave out the verb.")
    verb = offered.find(name)
    offered.refuse_closed(rest, verb)
    given = parse(rest, (*verb.options, *offered.everywhere), f"helpdesk {name}")
    if "--help" in given.options:
        from helpdesk_tui.cli.help import page

        out.line(page(verb, offered))
        return 0
    desk = _desk_option(before, given)
    if desk is not None:
        given.options["--desk"] = desk
    call = Call(verb, given, out, messages, offered, visit)
    try:
        return runner(verb)(call)
    finally:
        call.close()


def _up_to_verb(argv: Sequence[str]) -> Sequence[str]:
    """The words that stand before the verb."""
    return list(takewhile(lambda word: word.startswith("-"), argv))


def _desk_option(before: Given, given: Given) -> str | None:
    """`--desk`, given before or after the verb, but not both."""
    chosen = [options["--desk"] for options in (before.options, given.options) if "--desk" in options]
    if len(chosen) > 1:
        raise UsageError("`--desk` is given twice.", "Give it once.")
    return str(chosen[0]) if chosen else None


def _tell(error: HelpdeskError, messages: Messages) -> None:
    from helpdesk_tui.cli.call import Misread

    messages.say(f"helpdesk: {error}")
    if isinstance(error, Misread):
        from helpdesk_tui.cli.caret import pointed

        messages.say(pointed(error.text, error.column))


def _finished(out: Output | None, code: int) -> int:
    """Hand over what was printed before a failure; the failure's own code stays."""
    if out is not None:
        try:
            out.finish()
        except (BrokenPipeError, HelpdeskError):
            out.abandon()
    return code


def _fill_closed_streams() -> None:
    """Give a closed standard stream to /dev/null, so that no file of the desk is opened in its place."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


if __name__ == "__main__":
    sys.exit(main())
