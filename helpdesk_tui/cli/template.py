"""`helpdesk template`: prepared tickets."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from msgspec.structs import replace

from helpdesk_tui.cli import shapes_prepared, stdin
from helpdesk_tui.cli.call import DONE, Call
from helpdesk_tui.cli.listed import listed, shown
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.cli.words import change_text
from helpdesk_tui.desk import templates
from helpdesk_tui.desk.templates import Wording
from helpdesk_tui.domain.template import Asks, Question, Template, checklists_text, questions_text
from helpdesk_tui.errors import UsageError
from helpdesk_tui.language.bind_change import bind_change
from helpdesk_tui.language.changes import parse_change


def run(call: Call) -> int:
    """List the templates, show one, write them, or make a ticket from one."""
    match call.action():
        case "show":
            return _show(call)
        case "add":
            name, *words = call.expect(1)
            return _written(call, Wording(name, body=_body(call, words)), None)
        case "edit":
            name, *words = call.expect(1)
            found = templates.find(call.desk, name)
            wording = templates.wording(found)
            return _written(call, replace(wording, body=_body(call, words)) if words else wording, found.id)
        case "remove":
            (name,) = call.expect(1, 1)
            return call.report(templates.remove(call.desk, templates.find(call.desk, name).id))
        case "use":
            return _use(call)
    return _list(call)


def _list(call: Call) -> int:
    call.expect(0, 0)
    columns = (Column("template", widest=30), Column("for"), Column("changes", widest=30, keep=1), Column("asks"))
    nothing = "There are no templates yet: `helpdesk template add NAME` writes one."
    return listed(call, templates.templates(call.desk), shapes_prepared.template, columns, _row, nothing)


def _row(one: Template) -> Sequence[Cell]:
    return (
        Cell(one.name),
        Cell("requesters" if one.for_requesters else ""),
        Cell(one.change),
        Cell(" ".join(question.ask for question in one.questions)),
    )


def _show(call: Call) -> int:
    (name,) = call.expect(1, 1)
    found = templates.find(call.desk, name)
    if call.has("--json"):
        call.out.json(shapes_prepared.template(found))
        return DONE
    parts = {
        "title": found.title,
        "changes": found.change,
        "for": "requesters too" if found.for_requesters else "the team",
        "description": found.body,
        "asks": questions_text(found.questions),
        "checklist": checklists_text(found.checklists),
    }
    return shown(call, parts)


def _written(call: Call, wording: Wording, template_id: int | None) -> int:
    """Save what the options say of a template, new or known."""
    change = call.text("--change")
    wording = replace(
        wording,
        name=_or(call.text("--name"), wording.name),
        title=_or(call.text("--title"), wording.title),
        questions=_or(call.text("--questions"), wording.questions),
        steps=_or(call.text("--steps"), wording.steps),
        change=wording.change if change is None else change_text([change]),
        for_requesters=call.text("--for") == "requesters" if call.has("--for") else wording.for_requesters,
    )
    with call.reading(wording.change):
        if template_id is None:
            return call.report(templates.add(call.desk, wording))
        return call.report(templates.edit(call.desk, template_id, wording))


def _or(given: str | None, otherwise: str) -> str:
    return otherwise if given is None else given


def _body(call: Call, words: list[str]) -> str:
    if words == ["-"]:
        return stdin.awaited()
    if words:
        return " ".join(words)
    text, silent = stdin.offered()
    if silent:
        call.say("Standard input is open but silent, so no description was read; `-` waits for it.")
    return text


def _use(call: Call) -> int:
    name, *answers = call.expect(1)
    found = templates.find(call.desk, name)
    change = change_text([call.text("--change") or ""]) if call.has("--change") else ""
    with call.reading(change):
        more = bind_change(parse_change(change), call.desk.asking())
    if answers.count("-") > 1:
        raise UsageError("Only one answer can come from standard input.", "Say the others on the command line.")
    answers = [stdin.awaited() if answer == "-" else answer for answer in answers]
    answers += _asked(call, found.questions[len(answers) :]) if call.at_keyboard else []
    outcome = templates.use(call.desk, found.id, answers, title=call.text("--title") or "", more=more)
    call.report(outcome)
    if call.has("--json"):
        call.out.json({"number": outcome.made})
    else:
        call.out.line(f"#{outcome.made}")
    return DONE


def _asked(call: Call, questions: Sequence[Question]) -> list[str]:
    """The answers of the person at the keyboard: a line each, a long text up to an empty line."""
    answers = []
    for question in questions:
        call.messages.over(f"{questions_text([question])} ")
        if question.kind is Asks.LONG:
            answers.append("\n".join(iter(lambda: sys.stdin.readline().strip(), "")))
        else:
            answers.append(sys.stdin.readline().strip())
    return answers
