"""One ticket as text, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from helpdesk_tui.cli.cards import priority
from helpdesk_tui.cli.render import BOLD, DIM, RED, YELLOW, Output
from helpdesk_tui.domain.file_names import size_in_words
from helpdesk_tui.domain.service_level import State
from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket import Speech
from helpdesk_tui.domain.ticket_detail import Comment, TicketDetail
from helpdesk_tui.language.dates import said

FIELD = 12
"""Columns of a field's name."""


def write_ticket(out: Output, detail: TicketDetail, now: datetime, zone: tzinfo, *, history: bool) -> None:
    """Write the ticket; the history only when asked for, it may be long."""
    card = detail.card
    out.line(out.styled(f"#{card.number} {clean(card.title)}", BOLD))
    for name, value, looks in _fields(detail, now, zone):
        if value:
            out.line(f"{out.styled(f'{name:<{FIELD}}', DIM)}{out.styled(clean(value), *looks)}")
    if detail.description:
        out.line()
        out.line(clean(detail.description, lines=True))
    if detail.checklist:
        _heading(out, f"Checklist {card.steps_done}/{card.steps}")
        name = ""
        for place, step in enumerate(detail.checklist, 1):
            if step.checklist != name:
                name = step.checklist
                out.line(f"  {out.styled(clean(name), BOLD)}")
            ticked = f"  ({clean(step.done_by)}, {said(step.done_at, now, zone)})" if step.done_at else ""
            out.line(f"  {place:>2} [{'x' if step.done else ' '}] {clean(step.text)}{out.styled(ticked, DIM)}")
    for place, comment in enumerate(detail.conversation, 1):
        _write_comment(out, place, comment, now, zone)
    if detail.links:
        _heading(out, "Links")
        for link in detail.links:
            out.line(f"  {clean(link.relation)} #{link.number} {clean(link.title)}")
    if detail.files:
        _heading(out, "Files")
        for file in detail.files:
            out.line(f"  {clean(file.name)}  {size_in_words(file.size)}  {clean(file.by)}, {said(file.at, now, zone)}")
    if history:
        _heading(out, "History")
        for entry in detail.history:
            out.line(f"  {said(entry.at, now, zone)}  {clean(entry.who)} {clean(entry.what)}")


def _fields(detail: TicketDetail, now: datetime, zone: tzinfo) -> list[tuple[str, str, tuple[str, ...]]]:
    card = detail.card

    def at(moment: datetime | None) -> str:
        return said(moment, now, zone) if moment else ""

    requester = detail.requester_name or card.requester
    return [
        ("where", f"{card.board} / {card.column}" + (" (archived)" if card.archived else ""), ()),
        ("priority", card.priority.word, priority(card.priority).looks),
        ("merged into", f"#{detail.merged_into}" if detail.merged_into else "", ()),
        ("status", card.status.value, (YELLOW,)),
        ("requester", f"{requester}, {detail.organization}" if detail.organization else requester, ()),
        ("assignee", detail.assignee_name or card.assignee, ()),
        ("labels", " ".join(f"+{label.name}" for label in card.labels), ()),
        ("due", at(card.due), (RED,) if card.late(now) else ()),
        *_promises(detail, now, zone),
        ("kind", card.kind, ()),
        ("impact", detail.impact.word if detail.impact is not None else "", ()),
        ("urgency", detail.urgency.word if detail.urgency is not None else "", ()),
        ("created", at(card.created), ()),
        ("updated", at(card.updated) if card.updated != card.created else "", ()),
        ("closed", at(card.closed), ()),
        ("time spent", _times(detail), ()),
        ("watchers", " ".join(detail.watchers), ()),
    ]


def _promises(detail: TicketDetail, now: datetime, zone: tzinfo) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Until when each promise is to be kept, or how it went."""
    for one in detail.promises.clocks:
        state = one.state(now)
        looks = (RED,) if state is State.LATE or one.missed else (YELLOW,) if state is State.AT_RISK else ()
        if one.missed is None:
            text = "stands still" if one.due is None else f"due {said(one.due, now, zone)}"
        else:
            text = "missed" if one.missed else "kept"
        if one.met is not None:
            text += f", {said(one.met, now, zone)}"
        yield one.promise.value, text, looks


def _times(detail: TicketDetail) -> str:
    """How long was worked, and by whom if it was more than one."""
    who = ", ".join(f"{spent.person} {spent.minutes} min" for spent in detail.times if spent.minutes)
    if not detail.minutes:
        return ""
    return f"{detail.minutes} min ({who})" if len(detail.times) > 1 else f"{detail.minutes} min"


def _write_comment(out: Output, place: int, comment: Comment, now: datetime, zone: tzinfo) -> None:
    kind = "reply" if comment.speech is Speech.REPLY else "note, team only"
    edited = ", edited" if comment.edited else ""
    _heading(out, f"{place}. {clean(comment.author)} · {said(comment.at, now, zone)} · {kind}{edited}")
    for line in clean(comment.body, lines=True).split("\n"):
        out.line(f"  {line}".rstrip())


def _heading(out: Output, text: str) -> None:
    out.line()
    out.line(out.styled(text, BOLD))
