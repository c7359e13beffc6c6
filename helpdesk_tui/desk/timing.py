"""The time worked on a ticket: minutes by hand, or by a timer that a person starts and stops.

A timer is the person's own, one at a time; what it measured becomes an entry in the ticket's time, which is undone as
every other change is. Whether the timer itself runs is no change of the desk and no undo step: what is said says so.
"""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from helpdesk_tui.desk import applying
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.merged import become, refuse_merged
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.work import Work, working
from helpdesk_tui.domain.at_work import LONGEST_TIMED, Timer
from helpdesk_tui.domain.odd import UNREADABLE
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.ticket_detail import Spent
from helpdesk_tui.errors import Conflict, NotFound
from helpdesk_tui.language.dates import said
from helpdesk_tui.store import timing


def start(desk: Desk, number: int, *, instead: bool = False) -> Outcome:
    """Time the work on that ticket from now on.

    Conflict if another ticket is being timed, unless `instead`: then what was worked there is logged first.
    """
    with working(desk, Act.LOG_TIME) as work:
        ticket = work.ticket(number)
        found = timing.running(work.unit, desk.actor.id)
        logged = ""
        if found is not None and found[0] == ticket["id"]:
            return Outcome((), f"#{number} is being timed already, since {_since(desk, found[2])}")
        refuse_merged(work, ticket)
        if found is not None:
            if not instead:
                raise Conflict(
                    f"You are timing #{found[0]} since {_since(desk, found[2])}.",
                    "Stop that first: `helpdesk time --stop`, or `--drop` to forget it.",
                )
            on, minutes = _log(work, found[0], found[2], None)
            logged = f"{minutes} min logged on #{on}, "
        timing.start(work.unit, desk.actor.id, number, work.now)
        begun = f"timing #{number}"
        if work.facts:
            done = work.commit(f"{logged}{begun}")
            return replace(done, said=f"{logged}{begun}; undo takes back the minutes, the timer runs on")
        work.unit.commit()
        return Outcome((), f"{begun}; undo does not stop it")


def stop(desk: Desk, *, minutes: int | None = None) -> Outcome:
    """Stop the timer and log what it measured, to the nearest minute, or `minutes` instead.

    NotFound if none runs; Conflict if it ran so long that the minutes must be said.
    """
    with working(desk, Act.LOG_TIME) as work:
        number, _, started = _running(work)
        number, logged = _log(work, number, started, minutes)
        timing.stop(work.unit, desk.actor.id)
        done = work.commit(f"#{number}: {logged} min logged")
        return replace(done, said=f"{done.said}; undo takes them back, the timer stays stopped")


def drop(desk: Desk) -> Outcome:
    """Forget the timer without logging anything. NotFound if none runs."""
    with working(desk, Act.LOG_TIME) as work:
        number, _, started = _running(work)
        timing.stop(work.unit, desk.actor.id)
        work.unit.commit()
        return Outcome((), f"#{number}: timer dropped for good, {_minutes(started, work.now)} min not logged")


def running(desk: Desk) -> Timer | None:
    """The work the acting person is timing."""
    if not desk.may(Act.LOG_TIME):
        return None
    with desk.store.reading() as unit:
        found = timing.running(unit, desk.actor.id)
    if found is None:
        return None
    return Timer(*found, _minutes(found[2], desk.clock.now()))


def spent(desk: Desk, number: int) -> tuple[Spent, ...]:
    """What each person worked on a ticket. NotFound alike if it does not exist or may not be seen."""
    desk.require(Act.READ_HISTORY)
    with desk.store.reading() as unit:
        Work(desk, unit, (Act.READ_HISTORY,)).ticket(number)
        return timing.spent(unit, number)


def _running(work: Work) -> tuple[int, str, datetime]:
    found = timing.running(work.unit, work.desk.actor.id)
    if found is None:
        raise NotFound("No timer is running.", "`helpdesk time NUMBER --start` starts one.")
    return found


def _log(work: Work, number: int, started: datetime, minutes: int | None) -> tuple[int, int]:
    """Log what was timed, on the ticket that a merged one has become; which that is, and how many minutes."""
    ticket = become(work, work.ticket(number))
    if minutes is None:
        if started == UNREADABLE or work.now - started > LONGEST_TIMED:
            raise Conflict(
                f"The timer on #{number} has been running since {_since(work.desk, started)}.",
                f"Say what was worked: `helpdesk time {number} 25m --stop`, or `--drop` to forget it.",
            )
        minutes = max(1, _minutes(started, work.now))
    applying.log_time(work, ticket["id"], minutes)
    return ticket["id"], minutes


def _minutes(started: datetime, now: datetime) -> int:
    """From then to now, to the nearest minute; never less than none, whatever the clock does."""
    return 0 if started == UNREADABLE else max(0, round((now - started).total_seconds() / 60))


def _since(desk: Desk, started: datetime) -> str:
    return "a moment nobody can read" if started == UNREADABLE else said(started, desk.clock.now(), desk.zone)
