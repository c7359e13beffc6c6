"""`helpdesk rule`: what the desk does by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from helpdesk_tui.cli import shapes_rules, table
from helpdesk_tui.cli.board_parts import place
from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.listed import listed, shown
from helpdesk_tui.cli.render import BOLD, DIM, RED
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.desk import rules
from helpdesk_tui.domain.rules import MEANINGS, Acted, Rule, Shipped, Trial, When, Wording
from helpdesk_tui.errors import UsageError
from helpdesk_tui.language.dates import said


def run(call: Call) -> int:
    """List the rules, show, write, order, switch or try one, and say what they did."""
    match call.action():
        case "show":
            return _show(call)
        case "add":
            return _add(call)
        case "change":
            return _change(call)
        case "move":
            name, to = call.expect(2, 2)
            return call.report(rules.move(call.desk, rules.find(call.desk, name).id, place(to) + 1))
        case "on" | "off" as switch:
            return call.report(rules.switch(call.desk, _named(call).id, on=switch == "on"))
        case "remove":
            return call.report(rules.remove(call.desk, [_named(call).id]))
        case "try":
            return _try(call)
        case "log":
            return _log(call)
        case "shipped":
            return _shipped(call)
        case "moments":
            return _moments(call)
    return _list(call)


def _named(call: Call) -> Rule:
    (name,) = call.expect(1, 1)
    return rules.find(call.desk, name)


def _list(call: Call) -> int:
    call.expect(0, 0)
    found = rules.rules(call.desk)
    columns = (
        Column("", right=True),
        Column("rule", widest=24),
        Column("when", widest=22, keep=3),
        Column("if", widest=30, keep=1),
        Column("then", widest=40, keep=2),
        Column("acted", widest=16),
    )
    nothing = "There are no rules: `helpdesk rule shipped` shows those that come with the program."
    code = listed(call, found, shapes_rules.rule, columns, partial(_row, call), nothing, numbered=True)
    for rule in () if call.has("--json") else found:
        if rule.problem:
            call.say(f"{rule.name}: {rule.problem}")
    return code


def _row(call: Call, rule: Rule) -> Sequence[Cell]:
    looks = (RED,) if rule.problem else () if rule.active else (DIM,)
    acted = "cannot act" if rule.problem else _at(call, rule.acted) if rule.active else "off"
    every = f" every {rule.every}" if rule.every else ""
    return (
        Cell(rule.name, looks),
        Cell(f"{rule.when}{every}", looks),
        Cell(rule.query, looks),
        Cell(rule.change, looks),
        Cell(acted, looks or (DIM,)),
    )


def _at(call: Call, moment: datetime | None) -> str:
    return "" if moment is None else said(moment, call.desk.clock.now(), call.desk.zone)


def _show(call: Call) -> int:
    found = _named(call)
    if call.has("--json"):
        call.out.json(shapes_rules.rule(found))
        return DONE
    parts = {
        "rule": found.name,
        "when": found.when,
        "if": found.query or "every ticket",
        "then": found.change,
        "again after": found.every,
        "is": "on" if found.active else "off",
        "last acted": _at(call, found.acted),
        "problem": found.problem,
    }
    return shown(call, parts)


def _add(call: Call) -> int:
    (name,) = call.expect(1, 1)
    active = not call.has("--off")
    if call.has("--shipped"):
        if any(call.has(option) for option in ("--when", "--if", "--then", "--every")):
            raise UsageError("A rule that comes with the program is added as it is.", "Change it afterwards.")
        return call.report(rules.add_shipped(call.desk, name, active=active))
    written = _written(call, Wording(name, ""))
    _check(call, written)
    return call.report(rules.add(call.desk, written, active=active))


def _change(call: Call) -> int:
    found = _named(call)
    written = _written(call, found.wording)
    _check(call, written)
    return call.report(rules.edit(call.desk, found.id, written))


def _written(call: Call, before: Wording) -> Wording:
    """What the options say of a rule, else what it said before."""

    def given(option: str, otherwise: str) -> str:
        text = call.text(option)
        return otherwise if text is None else text

    return Wording(
        given("--name", before.name),
        given("--when", before.when),
        given("--if", before.query),
        given("--then", before.change),
        given("--every", before.every),
    )


def _check(call: Call, written: Wording) -> None:
    """What is wrong with a part is shown in that part."""
    for text, check in (
        (written.when, rules.check_when),
        (written.query, rules.check_query),
        (written.change, rules.check_change),
    ):
        with call.reading(text):
            check(call.desk, written)


def _try(call: Call) -> int:
    if call.has("--when") or call.has("--then"):
        call.expect(0, 0)
        written = _written(call, Wording("this rule", ""))
        _check(call, written)
        return _tell(call, rules.trial_of(call.desk, written))
    return _tell(call, rules.trial(call.desk, _named(call).id))


def _tell(call: Call, trial: Trial) -> int:
    if call.has("--json"):
        call.out.json(shapes_rules.trial(trial))
        return DONE if trial.would else NOTHING
    rows = [
        (
            Cell("" if one.number is None else str(one.number), (BOLD,)),
            Cell(one.title),
            Cell(f"fails: {one.does}" if one.fails else one.does, (RED,) if one.fails else ()),
        )
        for one in trial.would
    ]
    if rows:
        table.write(call.out, (Column("#", right=True), Column("title", widest=30, keep=1), Column("would")), rows)
    if trial.found or not rows:
        shown = f", the first {len(rows)} shown" if trial.found > len(rows) else ""
        call.say(f"{trial.name}: {trial.found:,} ticket{'s' * (trial.found != 1)} now{shown}. Nothing was changed.")
    if trial.next_at is not None:
        call.say(f"It comes next {_at(call, trial.next_at)}.")
    return DONE if rows else NOTHING


def _log(call: Call) -> int:
    call.expect(0, 1)
    rule = rules.find(call.desk, call.words[0]).id if call.words else None
    found = rules.log(call.desk, rule, call.whole("--limit", rules.LOGGED, 1))
    columns = (
        Column("when", widest=16, keep=3),
        Column("rule", widest=22, keep=1),
        Column("#", right=True),
        Column("title", widest=24, keep=4),
        Column("did"),
        Column("step", right=True),
    )
    return listed(call, found, shapes_rules.acted, columns, partial(_act_row, call), "No rule has done anything yet.")


def _act_row(call: Call, one: Acted) -> Sequence[Cell]:
    return (
        Cell(_at(call, one.at), (DIM,)),
        Cell(one.rule),
        Cell("" if one.number is None else str(one.number), (BOLD,)),
        Cell(one.title),
        Cell(one.words, (RED,) if one.failed else ()),
        Cell(str(one.step), (DIM,)),
    )


def _shipped(call: Call) -> int:
    call.expect(0, 0)
    columns = (Column("rule", widest=24), Column(""), Column("what it is good for"))

    def row(one: Shipped) -> Sequence[Cell]:
        return Cell(one.wording.name, (BOLD,)), Cell("there" if one.added else "", (DIM,)), Cell(one.about)

    return listed(call, rules.shipped(call.desk), shapes_rules.shipped, columns, row)


def _moments(call: Call) -> int:
    call.expect(0, 0)
    if call.has("--json"):
        call.out.json({moment.value: meaning for moment, meaning in MEANINGS.items()})
        return DONE
    rows = [
        (Cell("" if moment is When.SCHEDULE else moment.value, (BOLD,)), Cell(meaning))
        for moment, meaning in MEANINGS.items()
    ]
    table.write(call.out, (Column("when"), Column("a rule is set off")), rows)
    return DONE
