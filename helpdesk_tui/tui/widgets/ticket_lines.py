"""A ticket as lines: what the ticket screen and the preview draw. Pure: values in, lines out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from rich.cells import cell_len

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket import Card, Comment, Priority, Speech, Status, Step, TicketDetail
from helpdesk_tui.language import dates
from helpdesk_tui.tui.widgets.card import hue
from helpdesk_tui.tui.widgets.lines import Line
from helpdesk_tui.tui.widgets.wrapping import fit, hang, wrap

Piece = tuple[str, str]

PRIORITY_STYLES = {Priority.CRITICAL: "bad", Priority.HIGH: "warn", Priority.NORMAL: "info", Priority.LOW: "dim"}
STATUS_STYLES = {
    Status.NONE: "dim",
    Status.REVIEW: "warn",
    Status.REWORK: "warn",
    Status.BLOCKED: "bad",
    Status.WAITING: "info",
}
CATEGORY_STYLES = {Category.TODO: "", Category.DOING: "info", Category.DONE: "good"}

FRAMED = 60
"""From this width on sections are drawn as boxes; below, as headings."""


@dataclass(frozen=True, slots=True)
class Reader:
    """The circumstances of reading: what time it is, in which zone, and which keys to name."""

    now: datetime
    zone: tzinfo
    keys: dict[str, str] = field(default_factory=dict)

    def said(self, moment: datetime) -> str:
        return dates.said(moment, self.now, self.zone)

    def hint(self, *names: str) -> str:
        """ "r reply · c note", of those actions that this person may do."""
        return " · ".join(f"{self.keys[name]} {name.removeprefix('step_')}" for name in names if name in self.keys)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The lines of a ticket's main part; `steps` holds the first and last line of each checklist step."""

    lines: tuple[Line, ...]
    steps: tuple[tuple[int, int], ...]
    sections: dict[str, int]


def head(card: Card, width: int, rows: int, reader: Reader) -> list[Line]:
    """The number and title, in at most `rows` lines, with the column, priority and due date at the right edge."""
    facts: list[Piece] = [(CATEGORY_STYLES.get(card.category, ""), clean(card.column, limit=30))]
    if card.archived:
        facts.append(("dim", "archived"))
    facts.append((PRIORITY_STYLES.get(card.priority, ""), card.priority.word))
    if card.status is not Status.NONE:
        facts.append((STATUS_STYLES.get(card.status, "warn"), card.status.value))
    if (due := due_piece(card, reader)) is not None:
        facts.append(due)
    number = f" #{card.number} "
    right = sum(cell_len(text) + 2 for _, text in facts)
    title = clean(card.title)
    if cell_len(number) + cell_len(title) + right + 3 <= width:
        gap = " " * (width - cell_len(number) - cell_len(title) - right - 1)
        return [Line((("cursor", number), ("title", f" {title}"), ("", gap), *_spaced(facts)), back="bar")]
    room = width - cell_len(number) - 2
    lines = wrap(title, room)
    shown = lines[: max(1, rows - 1)]
    if len(lines) > len(shown):
        shown[-1] = fit(shown[-1] + " " + lines[len(shown)], room)
    indent = " " * cell_len(number)
    first = Line((("cursor", number), ("title", f" {shown[0]}")), back="bar")
    rest = [Line((("title", f"{indent} {line}"),), back="bar") for line in shown[1:]]
    return [first, *rest, Line((("", indent), *_spaced(facts)), back="bar")]


def _spaced(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for index, (style, text) in enumerate(pieces):
        yield (style, f"  {text}" if index else f" {text}")


def due_piece(card: Card, reader: Reader) -> Piece | None:
    """When it is due, and how bad that is."""
    if card.closed is not None:
        return ("good", f"done {reader.said(card.closed)}")
    if card.due is None:
        return None
    if card.due < reader.now:
        return ("bad", f"late, {reader.said(card.due)}")
    today = dates.day_of(reader.now, reader.zone)[1]
    return ("warn" if card.due < today else "", f"due {reader.said(card.due)}")


def body(detail: TicketDetail, width: int, reader: Reader, *, with_side: bool) -> Drawn:
    """Description, checklist, conversation and history; with the fields too, where they have no place beside."""
    lines: list[Line] = []
    steps: list[tuple[int, int]] = []
    sections: dict[str, int] = {}
    inner = width - 4 if width >= FRAMED else width - 2

    def section(name: str, heading: str, content: Sequence[Line], hint: str = "") -> int:
        sections[name] = len(lines)
        at = len(lines) + 1
        lines.extend(framed(heading, content, width, hint))
        return at

    text = _text(detail.description, inner) or _none("No description.")
    section("description", "Description", text, reader.hint("edit"))
    done = sum(step.done for step in detail.checklist)
    content: list[Line] = []
    places = []
    for step in detail.checklist:
        drawn = list(_step(step, inner, reader))
        places.append((len(content), len(content) + len(drawn) - 1))
        content.extend(drawn)
    if detail.checklist or "step_add" in reader.keys:
        at = section(
            "checklist",
            f"Checklist {done}/{len(detail.checklist)}" if detail.checklist else "Checklist",
            content or _none("No steps."),
            reader.hint("tick", "step_add", "step_edit") if detail.checklist else reader.hint("step_add"),
        )
        steps = [(at + first, at + last) for first, last in places]
    said = len(detail.conversation)
    section(
        "conversation",
        f"Conversation {said}" if said else "Conversation",
        [*_conversation(detail, inner, reader)] or _none("Nothing said yet."),
        reader.hint("reply", "note"),
    )
    if with_side:
        for heading, facts in side_sections(detail, reader):
            section(heading, heading, [*_facts(facts, inner)])
    if detail.history:
        section("history", "History", [*_history(detail, inner, reader)])
    return Drawn(tuple(lines), tuple(steps), sections)


def side(detail: TicketDetail, width: int, reader: Reader) -> list[Line]:
    """The fields, one below the other, for a narrow place beside the main part."""
    lines: list[Line] = []
    for heading, facts in side_sections(detail, reader):
        lines += [Line((("title", heading),)), *_facts(facts, width), Line()]
    return lines


def framed(heading: str, content: Sequence[Line], width: int, hint: str = "") -> Iterator[Line]:
    """A box of that width around the content, its heading in the upper edge and keys in the lower one."""
    if width < FRAMED:
        rule = "─" * max(0, width - len(heading) - 4)
        yield Line((("edge", "─ "), ("title", heading), ("edge", f" {rule}")))
        yield from (Line((("", " "), *line.pieces), line.back) for line in content)
        yield Line()
        return
    yield Line((("edge", "╭─ "), ("title", heading), ("edge", f" {'─' * (width - len(heading) - 5)}╮")))
    yield from (Line(line.pieces, line.back, framed=True) for line in content)
    if hint:
        yield Line((("edge", f"╰{'─' * (width - len(hint) - 6)} "), ("dim", hint), ("edge", " ──╯")))
    else:
        yield Line((("edge", f"╰{'─' * (width - 2)}╯"),))


def _none(sentence: str) -> list[Line]:
    return [Line((("dim", sentence),))]


def _text(text: str, width: int, style: str = "") -> list[Line]:
    """Outside text of several lines, made safe and wrapped; empty for blank text."""
    text = clean(text, lines=True).strip("\n")
    if not text.strip():
        return []
    return [Line(((style, line),)) for paragraph in text.split("\n") for line in hang(paragraph, width)]


def _step(step: Step, width: int, reader: Reader) -> Iterator[Line]:
    by = ""
    if step.done and step.done_at is not None:
        by = f"{clean(step.done_by)}, {reader.said(step.done_at)}"
    beside = by and width >= FRAMED
    room = width - 4 - (cell_len(by) + 2 if beside else 0)
    first, *more = wrap(clean(step.text), max(8, room))
    box: Piece = ("good", "✓ ") if step.done else ("dim", "□ ")
    style = "done" if step.done else ""
    tail: tuple[Piece, ...] = ()
    if beside:
        tail = (("", " " * max(2, width - 4 - cell_len(first) - cell_len(by))), ("dim", by))
    yield Line((("", "  "), box, (style, first), *tail))
    yield from (Line((("", "    "), (style, line))) for line in more)


def _conversation(detail: TicketDetail, width: int, reader: Reader) -> Iterator[Line]:
    for index, comment in enumerate(detail.conversation):
        if index:
            yield Line()
        yield from _comment(comment, detail, width, reader)


def _comment(comment: Comment, detail: TicketDetail, width: int, reader: Reader) -> Iterator[Line]:
    """A reply stands flush; a note has a bar beside it and says that only the team sees it."""
    author = clean(comment.author, limit=60)
    when = reader.said(comment.at) + (", edited" if comment.edited is not None else "")
    if comment.speech is Speech.NOTE:
        yield Line((("note", "▌ "), ("note strong", author), ("dim", f"  note, team only, {when}")))
        yield from (Line((("note", "▌ "), *line.pieces)) for line in _text(comment.body, width - 2))
        return
    asked = comment.author_id == detail.requester_id
    to = "" if asked or not detail.requester_name else f"to {clean(detail.requester_name, limit=60)}, "
    yield Line((("info strong" if asked else "good strong", author), ("dim", f"  {to}{when}")))
    yield from _text(comment.body, width)


def _history(detail: TicketDetail, width: int, reader: Reader) -> Iterator[Line]:
    """The newest first, as the desk gives it: most often one wonders what just happened."""
    for entry in detail.history:
        when = reader.said(entry.at)
        room = width - cell_len(when) - 2
        if room < 24:
            yield Line((("dim", when),))
            room = width
            when = ""
        first, *more = wrap(clean(f"{entry.who} {entry.what}"), room)
        yield Line((("", first), ("", " " * max(2, width - cell_len(first) - cell_len(when))), ("dim", when)))
        yield from (Line((("", line),)) for line in more)


Fact = tuple[str, tuple[Piece, ...]]
"""A name and the pieces of its value."""


def side_sections(detail: TicketDetail, reader: Reader) -> Iterator[tuple[str, list[Fact]]]:
    """The fields of a ticket under their headings."""
    card = detail.card
    asks = ", ".join(filter(None, (detail.requester_name, detail.organization)))
    people: list[Fact] = [
        ("Requester", (("info", asks),) if asks else (("dim", "nobody"),)),
        ("Assignee", (("good", detail.assignee_name or card.assignee),) if card.assignee else (("dim", "nobody"),)),
    ]
    if detail.watchers:
        people.append(("Watching", (("", ", ".join(detail.watchers)),)))
    yield "People", people
    yield "Work", list(_work(detail, reader))
    if detail.links:
        yield (
            "Related",
            [
                (f"#{link.number}", ((CATEGORY_STYLES.get(link.category, ""), f"{link.relation}: {link.title}"),))
                for link in detail.links
            ],
        )


def _work(detail: TicketDetail, reader: Reader) -> Iterator[Fact]:
    card = detail.card
    yield "Board", (("", card.board),)
    yield "Column", ((CATEGORY_STYLES.get(card.category, ""), card.column),)
    yield "Status", ((STATUS_STYLES.get(card.status, "warn"), card.status.value or "none"),)
    why = " × ".join(level.word for level in (detail.impact, detail.urgency) if level is not None)
    yield "Priority", ((PRIORITY_STYLES.get(card.priority, ""), card.priority.word + (f" ({why})" if why else "")),)
    if card.labels:
        yield "Labels", tuple((hue(label), label.name) for label in card.labels)
    if card.due is not None:
        style = "bad" if card.late(reader.now) else ""
        yield "Due", ((style, reader.said(card.due)),)
    if card.kind:
        yield "Kind", (("", card.kind),)
    if card.language:
        yield "Language", (("", card.language),)
    if detail.source:
        yield "Came by", (("", detail.source),)
    yield "Created", (("", reader.said(card.created)),)
    yield "Updated", (("", reader.said(card.updated)),)
    if card.closed is not None:
        yield "Closed", (("good", reader.said(card.closed)),)
    if detail.minutes:
        yield "Time", (("", f"{detail.minutes // 60}:{detail.minutes % 60:02}"),)


def _facts(facts: Sequence[Fact], width: int) -> Iterator[Line]:
    left = min(11, width // 3)
    for name, pieces in facts:
        lead: Piece = ("dim", f"{fit(name, left - 1):<{left}}")
        for row in _flowed(pieces, width - left):
            yield Line((lead, *row))
            lead = ("", " " * left)


def _flowed(pieces: Sequence[Piece], width: int) -> Iterator[list[Piece]]:
    """The pieces side by side, two blanks apart, in as many rows as it takes."""
    row: list[Piece] = []
    taken = 0
    for style, text in pieces:
        for line in wrap(clean(text), width):
            cells = cell_len(line)
            if row and taken + 2 + cells > width:
                yield row
                row, taken = [], 0
            row += [("", "  "), (style, line)] if row else [(style, line)]
            taken += cells + (2 if len(row) > 1 else 0)
    yield row
