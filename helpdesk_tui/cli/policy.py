"""`helpdesk policy`: what is promised for which tickets."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk_tui.cli import clocks, shapes_service
from helpdesk_tui.cli.board_parts import place
from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.listed import listed, shown
from helpdesk_tui.cli.render import RED
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.desk import calendars, policies
from helpdesk_tui.desk.policies import PolicyUse, Terms
from helpdesk_tui.domain.calendar import Calendar
from helpdesk_tui.domain.service_level import Targets
from helpdesk_tui.domain.targets import read_targets, targets_in_words
from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket import Priority
from helpdesk_tui.errors import UsageError

_PRIORITIES = sorted(Priority, reverse=True)


def run(call: Call) -> int:
    """List the policies, show one, change or try one."""
    match call.action():
        case "show":
            return _show(call)
        case "add":
            (name,) = call.expect(1, 1)
            return clocks.kept(call, policies.add(call.desk, _terms(call, name, _calendar(call) or _usual(call))))
        case "change":
            (name,) = call.expect(1, 1)
            found = policies.find(call.desk, name)
            terms = _terms(call, call.text("--name"), _calendar(call), found.calendar)
            return clocks.kept(call, policies.change(call.desk, found.policy.id, terms))
        case "move":
            name, to = call.expect(2, 2)
            found = policies.find(call.desk, name)
            here = [one.policy.id for one in policies.uses(call.desk)].index(found.policy.id)
            return clocks.kept(call, policies.move(call.desk, found.policy.id, place(to) - here))
        case "remove":
            (name,) = call.expect(1, 1)
            return clocks.kept(call, policies.remove(call.desk, policies.find(call.desk, name).policy.id))
        case "try":
            return _try(call)
    return _list(call)


def _terms(call: Call, name: str | None, calendar: Calendar | None, before: Calendar | None = None) -> Terms:
    """What the options say of a policy; days in its targets are those of the calendar it has or is given."""
    counted_by = calendar or before
    if counted_by is None:
        raise UsageError("It is not said by which calendar it counts.", "Name one with --calendar.")
    targets: dict[Priority, Targets] = {}
    for priority in _PRIORITIES:
        text = call.text(f"--{priority.word}")
        if text is not None:
            targets[priority] = read_targets(text, counted_by.week)
    query = call.text("--query")
    if query is not None:
        with call.reading(query):
            policies.check_query(call.desk, query)
    return Terms(name, query, None if calendar is None else calendar.id, targets or None)


def _calendar(call: Call) -> Calendar | None:
    name = call.text("--calendar")
    return None if name is None else calendars.find(call.desk, name)


def _usual(call: Call) -> Calendar | None:
    """The calendar of a new policy that names none: that of the last policy, which is tried when no other matches."""
    known = policies.uses(call.desk)
    return known[-1].calendar if known else None


def _list(call: Call) -> int:
    call.expect(0, 0)
    columns = (
        Column("", right=True),
        Column("policy", widest=24),
        Column("calendar", widest=16, keep=1),
        *(Column(priority.word, widest=16) for priority in _PRIORITIES),
        Column("open", right=True),
        Column("serves", widest=60),
    )
    nothing = "Nothing is promised: `helpdesk policy add NAME --high 4h/16h` makes a policy."
    return listed(call, policies.uses(call.desk), shapes_service.policy, columns, _row, nothing, numbered=True)


def _row(one: PolicyUse) -> Sequence[Cell]:
    serves = Cell(one.problem, (RED,)) if one.problem else Cell(one.policy.query or "every ticket")
    return (
        Cell(one.policy.name),
        Cell("" if one.calendar is None else one.calendar.name),
        *(Cell(targets_in_words(one.policy.targets.get(priority, Targets()))) for priority in _PRIORITIES),
        Cell(str(one.open)),
        serves,
    )


def _show(call: Call) -> int:
    (name,) = call.expect(1, 1)
    found = policies.find(call.desk, name)
    if call.has("--json"):
        call.out.json(shapes_service.policy(found))
        return DONE
    parts = {
        "policy": found.policy.name,
        "serves": found.policy.query or "every ticket",
        "open": f"{found.open:,} tickets now",
        "calendar": "" if found.calendar is None else found.calendar.name,
        **{one.word: targets_in_words(found.policy.targets.get(one, Targets())) for one in _PRIORITIES},
        "problem": found.problem,
    }
    return shown(call, parts)


def _try(call: Call) -> int:
    query = " ".join(call.expect(1))
    with call.reading(query):
        trial = policies.attempt(call.desk, query)
    if call.has("--json"):
        now = [{"policy": name or None, "open": count} for name, count in trial.now.items()]
        call.out.json({"open": trial.open, "now": now})
    else:
        call.out.line(clean(trial.said))
    return DONE if trial.open else NOTHING
