"""The checklist of a ticket, as a part of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.cells import cell_len

from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket_detail import Step, TicketDetail
from helpdesk_tui.tui.widgets.lines import Line, Piece
from helpdesk_tui.tui.widgets.ticket_parts import FRAMED, Part, Reader, none
from helpdesk_tui.tui.widgets.wrapping import wrap


def checklist(detail: TicketDetail, width: int, reader: Reader) -> Part | None:
    """The steps, and who ticked them when; None where there are none and this person may not add any.

    Every line of a step is `about` ("step", its id): that is where the cursor stands.
    """
    steps = detail.checklist
    if reader.asks:
        return None  # how the team goes about it
    if not steps:
        return (
            Part("checklist", "Checklist", none("No steps."), hint=reader.hint("step_add"))
            if "step_add" in reader.keys
            else None
        )
    done = sum(step.done for step in steps)
    return Part(
        "checklist",
        f"Checklist {done}/{len(steps)}",
        _lines(steps, width, reader),
        hint=reader.hint("tick", "step_add", "rewrite"),
    )


def _lines(steps: Sequence[Step], width: int, reader: Reader) -> Iterator[Line]:
    """The steps of each checklist, under its name if it has one."""
    for name, group in groupby(steps, key=lambda step: step.checklist):
        listed = list(group)
        if name:
            count = f"  {sum(step.done for step in listed)}/{len(listed)}"
            yield Line((("strong", clean(name)[: max(8, width - 12)]), ("dim", count)))
        for step in listed:
            yield from _step(step, width, reader)


def _step(step: Step, width: int, reader: Reader) -> Iterator[Line]:
    by = ""
    if step.done and step.done_at is not None:
        by = f"{clean(step.done_by)}, {reader.said(step.done_at)}"
    beside = by and width >= FRAMED - 4
    room = width - 4 - (cell_len(by) + 2 if beside else 0)
    first, *more = wrap(clean(step.text), max(8, room))
    box: Piece = ("good", "✓ ") if step.done else ("dim", "□ ")
    style = "done" if step.done else ""
    tail: tuple[Piece, ...] = ()
    if beside:
        tail = (("", " " * max(2, width - 4 - cell_len(first) - cell_len(by))), ("dim", by))
    about = ("step", step.id)
    yield Line((("", "  "), box, (style, first), *tail), about=about)
    yield from (Line((("", "    "), (style, line)), about=about) for line in more)
