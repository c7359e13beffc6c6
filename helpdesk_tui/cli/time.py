"""`helpdesk time`: minutes by hand, the timer, and who has worked how long."""

from __future__ import annotations

from helpdesk_tui.cli import shapes_people, table
from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.cli.words import change_text, number
from helpdesk_tui.desk import tickets, timing
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.ticket_detail import Spent
from helpdesk_tui.errors import UsageError
from helpdesk_tui.language.bind_change import bind_change
from helpdesk_tui.language.changes import parse_change
from helpdesk_tui.language.dates import said
from helpdesk_tui.language.terms import LogTime

_ACTIONS = ("--start", "--stop", "--drop")


def run(call: Call) -> int:
    """Log time, run the timer, or show what was worked."""
    chosen = [option for option in _ACTIONS if call.has(option)]
    if len(chosen) > 1 or (chosen and call.has("--json")):
        raise UsageError("One thing at a time.", f"Usage: {call.usage}")
    match chosen:
        case ["--start"]:
            (word,) = call.expect(1, 1)
            return call.report(timing.start(call.desk, number(word)))
        case ["--stop"]:
            return _stop(call)
        case ["--drop"]:
            call.expect(0, 0)
            return call.report(timing.drop(call.desk))
    if not call.words:
        return _running(call)
    ticket, length = number(call.words[0]), call.words[1:]
    if not length:
        return _show(call, ticket)
    if call.has("--json"):
        raise UsageError("`--json` shows the time worked; it does not go with minutes to log.")
    return call.report(tickets.change(call.desk, [ticket], [LogTime(_minutes(call, length))]))


def _stop(call: Call) -> int:
    """Stop the timer. A ticket named with it must be the one that is being timed."""
    words = list(call.words)
    length = words[1:] if len(words) > 1 or _is_ticket(call, words) else words
    if len(length) < len(words):
        found = timing.running(call.desk)
        if found is not None and found.number != number(words[0]):
            raise UsageError(f"You are timing #{found.number}, not #{number(words[0])}.", "`helpdesk time --stop`")
    return call.report(timing.stop(call.desk, minutes=_minutes(call, length) if length else None))


def _is_ticket(call: Call, words: list[str]) -> bool:
    """Whether a single word names the ticket being timed rather than minutes: `142`, but not `25m`."""
    found = timing.running(call.desk) if words else None
    return found is not None and words[0].removeprefix("#") == str(found.number)


def _minutes(call: Call, words: list[str]) -> int:
    text = change_text([f"time:{' '.join(words)}"])
    with call.reading(text):
        (term,) = bind_change(parse_change(text), call.desk.asking())
    if not isinstance(term, LogTime):
        raise UsageError(f"That is no time to log: `{' '.join(words)[:40]}`.", "Write for example `25m` or `1h30m`.")
    return term.minutes


def _running(call: Call) -> int:
    call.desk.require(Act.LOG_TIME)
    found = timing.running(call.desk)
    if call.has("--json"):
        call.out.json(None if found is None else shapes_people.timer(found))
        return NOTHING if found is None else DONE
    if found is None:
        call.say("No timer is running: `helpdesk time NUMBER --start` starts one.")
        return NOTHING
    since = said(found.started, call.desk.clock.now(), call.desk.zone)
    row = (Cell(f"#{found.number}"), Cell(f"{found.minutes} min"), Cell(f"since {since}"), Cell(found.title))
    table.write(call.out, (Column("ticket"), Column("worked"), Column("timing"), Column("title")), [row])
    return DONE


def _show(call: Call, ticket: int) -> int:
    found = timing.spent(call.desk, ticket)
    total = sum(spent.minutes for spent in found)
    if call.has("--json"):
        call.out.json(shapes_people.worked(ticket, found))
        return DONE if found else NOTHING
    if not found:
        call.say(f"Nobody has logged time on #{ticket} yet: `helpdesk time {ticket} 25m` does.")
        return NOTHING
    rows = [_row(call, spent) for spent in found]
    if len(found) > 1:
        rows.append((Cell("in all"), Cell(f"{total} min"), Cell("")))
    table.write(call.out, (Column("who", widest=30), Column("worked", right=True), Column("timing")), rows)
    return DONE


def _row(call: Call, spent: Spent) -> tuple[Cell, ...]:
    now, zone = call.desk.clock.now(), call.desk.zone
    timing_now = "" if spent.running is None else f"timing since {said(spent.running, now, zone)}"
    return Cell(spent.person), Cell(f"{spent.minutes} min"), Cell(timing_now)
