"""`helpdesk canned`: prepared answers."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk_tui.cli import shapes_prepared, stdin, table
from helpdesk_tui.cli.call import DONE, Call
from helpdesk_tui.cli.change import meant
from helpdesk_tui.cli.listed import listed
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.cli.words import change_text, leading_numbers, numbers
from helpdesk_tui.desk import canned
from helpdesk_tui.domain.canned import Canned
from helpdesk_tui.domain.placeholders import KNOWN
from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import UsageError


def run(call: Call) -> int:
    """List the canned replies, show one, write them, or say one."""
    match call.action():
        case "show":
            return _show(call)
        case "add":
            return _add(call)
        case "edit":
            return _edit(call)
        case "remove":
            (name,) = call.expect(1, 1)
            language = call.text("--language")
            chosen = canned.variants(call.desk, name) if language is None else [canned.find(call.desk, name, language)]
            return call.report(canned.remove(call.desk, [one.id for one in chosen]))
        case "use":
            return _use(call)
        case "placeholders":
            return _placeholders(call)
    return _list(call)


def _list(call: Call) -> int:
    call.expect(0, 0)
    columns = (Column("canned reply", widest=30), Column("in"), Column("changes", widest=24, keep=1), Column("text"))
    nothing = "There are no canned replies yet: `helpdesk canned add NAME TEXT` writes one."
    return listed(call, canned.canned(call.desk), shapes_prepared.canned, columns, _row, nothing)


def _row(one: Canned) -> Sequence[Cell]:
    return Cell(one.name), Cell(one.language), Cell(one.change), Cell(" ".join(one.body[:500].split()))


def _show(call: Call) -> int:
    (name,) = call.expect(1, 1)
    found = canned.find(call.desk, name, call.text("--language"))
    if call.has("--json"):
        call.out.json(shapes_prepared.canned(found))
    else:
        call.out.line(clean(found.body, lines=True))
    return DONE


def _add(call: Call) -> int:
    name, *words = call.expect(1)
    change = _change(call) or ""
    body = _text(call, name, words)
    with call.reading(change):
        return call.report(
            canned.add(call.desk, name, body, language=call.text("--language") or "", change=change),
        )


def _edit(call: Call) -> int:
    name, *words = call.expect(1)
    found = canned.find(call.desk, name, call.text("--language"))
    change, new = _change(call), call.text("--name")
    body = None if not words and (change is not None or new is not None) else _text(call, name, words)
    with call.reading(change or ""):
        return call.report(canned.edit(call.desk, found.id, name=new, body=body, change=change))


def _use(call: Call) -> int:
    call.expect(2)
    chosen = leading_numbers(call.words)
    name = " ".join(call.words[len(chosen) :])
    if not chosen or not name:
        raise UsageError("Name the tickets and the canned reply.", "Usage: helpdesk canned use NUMBER… NAME")
    language = call.text("--language")
    if not call.has("--dry-run"):
        return call.report(meant(call, lambda desk: canned.use(desk, numbers(chosen), name, language)))
    for number in numbers(chosen):
        filled = canned.filled_named(call.desk, number, name, language)
        call.out.line(clean(f"{filled.text}\n\n{filled.signature}".rstrip(), lines=True))
        gaps = "".join(f" {{{gap}}} has no value." for gap in filled.gaps)
        does = f" It changes: {filled.canned.change}." if filled.canned.change else ""
        call.say(f"#{number}: this would be said.{does}{gaps}")
    return DONE


def _placeholders(call: Call) -> int:
    call.expect(0, 0)
    if call.has("--json"):
        call.out.json(dict(KNOWN))
    else:
        rows = [(Cell(f"{{{name}}}"), Cell(meaning)) for name, meaning in KNOWN.items()]
        table.write(call.out, (Column("placeholder", widest=30), Column("is")), rows)
    return DONE


def _change(call: Call) -> str | None:
    given = call.text("--change")
    return None if given is None else change_text([given])


def _text(call: Call, name: str, words: list[str]) -> str:
    """The text of a canned reply: the words, or else standard input up to its end."""
    text = " ".join(words)
    if text in {"", "-"}:
        if call.at_keyboard:
            call.say(f"Write the canned reply {name}, then press ctrl+d on an empty line; ctrl+c forgets it.")
        text = stdin.awaited()
    return text
