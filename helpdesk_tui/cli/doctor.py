"""`helpdesk doctor`."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from helpdesk_tui.cli import shapes_keeping
from helpdesk_tui.cli.call import DONE, Call, imports_are_over
from helpdesk_tui.cli.render import BOLD, DIM, GREEN, RED, YELLOW
from helpdesk_tui.clock import SystemClock, local_zone
from helpdesk_tui.desk import checkup
from helpdesk_tui.domain.keeping import Finding, State
from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import DeskUnusable

UNWELL = 4
_LOOKS = {State.OK: GREEN, State.NOTE: YELLOW, State.BAD: RED}


def run(call: Call) -> int:
    """Check the desk and its surroundings, and say what to do."""
    call.expect(0, 0)
    imports_are_over()
    found: list[Finding] = []
    for one in chain(_of_the_desk(call), _around(call)):
        found.append(one)
        if not call.has("--json"):  # as soon as it is known: some of it takes a while on a large desk
            _write(call, one)
    if call.has("--json"):
        call.out.json_list(shapes_keeping.finding(one) for one in found)
    bad = sum(one.state is State.BAD for one in found)
    call.say("Nothing bad was found." if not bad else f"{bad} of {len(found)} things are bad.")
    return UNWELL if bad else DONE


def _write(call: Call, one: Finding) -> None:
    call.out.line(f"{call.out.styled(f'{one.state.value:4}', _LOOKS[one.state], BOLD)}  {clean(one.what):12}"
                  f"{clean(one.said)}")  # fmt: skip
    if one.do and one.state is not State.OK:
        call.out.line(f"{'':18}{call.out.styled(clean(one.do), DIM)}")


def _of_the_desk(call: Call) -> Iterator[Finding]:
    desk, full, repair = call.config.desk, call.has("--full"), call.has("--repair")
    if isinstance(desk, Path):
        yield from checkup.check_file(desk, os.getuid(), SystemClock().now(), full=full, repair=repair)
        return
    try:
        yield from checkup.check_server(call.desk, full=full, repair=repair)
    except DeskUnusable as error:
        yield Finding("desk", State.BAD, error.message, error.hint)


def _around(call: Call) -> Iterator[Finding]:
    """What is not the desk's, and decides how it looks: zone, locale, terminal."""
    zone, told = local_zone(), os.environ.get("TZ", "").removeprefix(":")
    now = SystemClock().now().astimezone(zone)
    said = f"{getattr(zone, 'key', now.tzname())}: it is {now:%Y-%m-%d %H:%M}."
    if told and getattr(zone, "key", "") != told:
        said = f"{said} TZ names one that is not known."
        yield Finding("time zone", State.NOTE, said, "Name it as in TZ=Europe/Tallinn.")
    else:
        yield Finding("time zone", State.OK, said)
    encoding = locale.getpreferredencoding(False)
    if call.config.ascii:
        said = f"The board is drawn in plain ASCII ({encoding})."
        yield Finding("characters", State.NOTE, said, "For the full set, use a UTF-8 locale and a terminal with it.")
    else:
        yield Finding("characters", State.OK, f"The board is drawn with all its signs ({encoding}).")
    yield _terminal()


def _terminal() -> Finding:
    term = os.environ.get("TERM", "")
    if not sys.stdout.isatty():
        return Finding("terminal", State.OK, "The output is none now; the board needs one.")
    if term in {"", "dumb"}:
        said = "TERM says that the terminal cannot move its cursor: the board does not open."
        return Finding("terminal", State.NOTE, said, "Use another terminal, or set TERM to what it is.")
    size = os.get_terminal_size(sys.stdout.fileno())
    colors = "no colours (NO_COLOR)" if os.environ.get("NO_COLOR") else _colors(term)
    said = f"{term}, {size.columns}x{size.lines}, {colors}."
    if size.columns < 40 or size.lines < 12:
        return Finding("terminal", State.NOTE, f"{said} That is too small for the board.", "40x12 is enough.")
    return Finding("terminal", State.OK, said)


def _colors(term: str) -> str:
    if os.environ.get("COLORTERM") in {"truecolor", "24bit"}:
        return "all colours"
    return "256 colours" if "256" in term else "16 colours"
