"""The JSON that verbs print. Its fields are stable: some may be added, none is renamed or changes its meaning.

Moments are ISO 8601 in UTC with milliseconds, `2026-11-27T15:00:00.000Z`; what is not there is null.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from helpdesk_tui.domain.odd import UNREADABLE
from helpdesk_tui.domain.service_level import state

if TYPE_CHECKING:
    from helpdesk_tui.desk.board_list import BoardSummary
    from helpdesk_tui.desk.board_members import Member
    from helpdesk_tui.domain.board import Column, Label, View
    from helpdesk_tui.domain.board_templates import BoardTemplate, ColumnPlan
    from helpdesk_tui.domain.service_level import Promised
    from helpdesk_tui.domain.ticket import Card
    from helpdesk_tui.domain.ticket_detail import Attached, Comment, HistoryEntry, Step, TicketDetail

Shape = dict[str, object]


def moment(at: datetime | None) -> str | None:
    """An aware moment as JSON shows it; one that another tool wrote so that no one can read it is null."""
    return None if at is None or at == UNREADABLE else at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def card(card: Card, now: datetime) -> Shape:
    """A ticket as `list --json` and `add --json` print it.

    | field | |
    | --- | --- |
    | number | whole number |
    | title, board, column | text |
    | category | todo, doing or done |
    | priority | low, normal, high or critical |
    | status | "needs review", "needs rework", "blocked", "waiting" or null |
    | requester, assignee | login, else name; null if nobody |
    | labels | list of names |
    | due, closed | moment or null |
    | sla | {"due": moment or null, "state": ok, at risk or late} of an open ticket's nearest clock, or null |
    | created, updated | moment |
    | checklist | {"done": steps ticked, "total": steps} |
    | replies, notes, files | how many |
    | kind, language | text or null |
    | late, archived, escalated, unread | true or false |
    | rating | 1 to 5, or null |
    """
    return {
        "number": card.number,
        "title": card.title,
        "board": card.board,
        "column": card.column,
        "category": card.category.value,
        "priority": card.priority.word,
        "status": card.status.value or None,
        "requester": card.requester or None,
        "assignee": card.assignee or None,
        "labels": [label.name for label in card.labels],
        "due": moment(card.due),
        "sla": _sla(card, now),
        "created": moment(card.created),
        "updated": moment(card.updated),
        "closed": moment(card.closed),
        "checklist": {"done": card.steps_done, "total": card.steps},
        "replies": card.replies,
        "notes": card.notes,
        "files": card.files,
        "kind": card.kind or None,
        "language": card.language or None,
        "late": card.late(now),
        "archived": card.archived,
        "escalated": card.escalated,
        "unread": card.unread,
        "rating": card.rating,
    }


def _sla(card: Card, now: datetime) -> Shape | None:
    if card.closed is not None or card.sla_calendar is None:
        return None
    return {"due": moment(card.sla_due), "state": state(card.sla_due, card.sla_risk, now).value}


def ticket(detail: TicketDetail, now: datetime) -> Shape:
    """A ticket as `show --json` prints it: everything of `card`, with checklist and files in full, and more.

    `conversation` and `checklist` are in the order in which `split --comment` and `check --done` count them, from 1;
    `history` is newest first. Each of `promises` is a clock by the `policy`: `target` in business minutes, `state` ok,
    at risk or late, null once it is over; `due` null also while it stands still; `met` when that was done; `missed`
    whether that was too late, null as long as it is open.
    """
    return card(detail.card, now) | {
        "description": detail.description,
        "requester_name": detail.requester_name or None,
        "organization": detail.organization or None,
        "assignee_name": detail.assignee_name or None,
        "impact": None if detail.impact is None else detail.impact.word,
        "urgency": None if detail.urgency is None else detail.urgency.word,
        "source": detail.source or None,
        "policy": detail.promises.policy or None,
        "promises": [_promised(one, now) for one in detail.promises.clocks],
        "minutes": detail.minutes,
        "watchers": list(detail.watchers),
        "merged_into": detail.merged_into,
        "checklist": [_step(step) for step in detail.checklist],
        "conversation": [_comment(comment) for comment in detail.conversation],
        "links": [
            {"relation": link.relation, "number": link.number, "title": link.title, "category": link.category.value}
            for link in detail.links
        ],
        "files": [file(attached) for attached in detail.files],
        "times": [{"who": spent.person, "minutes": spent.minutes} for spent in detail.times],
        "history": [_entry(entry) for entry in detail.history],
    }


def _promised(one: Promised, now: datetime) -> Shape:
    stands = one.state(now)
    return {
        "promise": one.promise.value,
        "target": one.target,
        "due": moment(one.due),
        "met": moment(one.met),
        "missed": one.missed,
        "state": None if stands is None else stands.value,
    }


def label(label: Label, tickets: int) -> Shape:
    """A label, its colour or null when that follows from the name, and how many tickets carry it."""
    return {"name": label.name, "color": label.color or None, "tickets": tickets}


def view(view: View) -> Shape:
    """A saved query."""
    return {"name": view.name, "query": view.query, "shared": view.shared}


def board(one: BoardSummary) -> Shape:
    """A board and its columns from left to right.

    `open` counts its tickets that are not done, as far as one may see them; `members` those who have a role of their
    own there. `archive_after` is in days. `limit` is the WIP limit or null, which `hard` makes refuse a card more.
    """
    board = one.board
    return {
        "name": board.name,
        "columns": [_column(column) for column in board.columns],
        "open": one.open,
        "members": one.members,
        "members_only": board.members_only,
        "archive_after": board.archive_after,
        "archived": moment(board.archived_at),
    }


def board_template(template: BoardTemplate) -> Shape:
    """What a new board can begin with; `template` is the word for `board add --template`."""
    return {
        "template": template.word,
        "name": template.name,
        "about": template.about,
        "columns": [_column(plan) for plan in template.columns],
        "members_only": template.members_only,
        "archive_after": template.archive_after,
    }


def _column(column: Column | ColumnPlan) -> Shape:
    return {
        "name": column.name,
        "category": column.category.value,
        "limit": column.limit,
        "hard": column.hard,
        "color": column.color or None,
    }


def member(member: Member) -> Shape:
    """Who has a role of their own on a board."""
    return {"login": member.person.login or None, "name": member.person.name, "role": member.role.value}


def file(file: Attached) -> Shape:
    """A file on a ticket; `size` in bytes, `by` the login (else the name) of who attached it."""
    return {"name": file.name, "size": file.size, "by": file.by, "at": moment(file.at), "sha256": file.sha256}


def _step(step: Step) -> Shape:
    return {
        "list": step.checklist or None,
        "text": step.text,
        "done": step.done,
        "done_by": step.done_by or None,
        "done_at": moment(step.done_at),
    }


def _comment(comment: Comment) -> Shape:
    return {
        "kind": comment.speech.value,
        "author": comment.author,
        "at": moment(comment.at),
        "edited": moment(comment.edited),
        "body": comment.body,
    }


def _entry(entry: HistoryEntry) -> Shape:
    return {
        "at": moment(entry.at),
        "who": entry.who,
        "what": entry.what,
        "kind": entry.kind,
        "before": entry.before or None,
        "after": entry.after or None,
    }
