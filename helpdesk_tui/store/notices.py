"""What happened to a person's tickets since they last looked, read from the event log.

A person's tickets are those they are the assignee or the requester of, or watch: what happened before they came to be
that is no news. Being named in a reply or a note counts wherever it was, and so does losing a ticket to somebody else.
What was undone since is no news either, nor is what an import brought.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, tzinfo
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Text, and_, cast, delete, exists, false, func, insert, literal_column, not_, or_, select

from helpdesk_tui.domain.at_work import MOST_COUNTED, Counted, Notice
from helpdesk_tui.domain.odd import UNREADABLE
from helpdesk_tui.domain.people import Actor
from helpdesk_tui.domain.permissions import Act, may_on
from helpdesk_tui.domain.rules import RULES_NAME
from helpdesk_tui.domain.ticket import Speech
from helpdesk_tui.store import cards, tables, tables_aside, values
from helpdesk_tui.store.among import one_of
from helpdesk_tui.store.news import last_event_id
from helpdesk_tui.store.unit_of_work import Unit
from helpdesk_tui.store.wording import Wording

REACH = 20_000
"""Events that are looked back on, whoever caused them: what is further back is history, no longer news."""

_PAGE = 300
_EXCERPT = 160
_OPEN_TO_ALL = {
    "title", "description", "priority", "status", "kind", "due_at", "assignee_id", "column_id", "archived_at",
}  # fmt: skip
"""What of a ticket's changes those are told who may not read its history."""

_event = tables.core(tables_aside.Event)
_ticket = tables.core(tables.Ticket)
_person = tables.core(tables.Person)
_change_set = tables.core(tables_aside.ChangeSet)
_comment = tables.core(tables_aside.Comment)
_file = tables.core(tables_aside.File)
_seen = tables.notices_seen


class _Said(Struct, frozen=True):
    """One event, as far as its reader may know it.

    `ties` are what makes the ticket theirs now, `mine` says that it names them, `told` what a rule told them, `body` is
    what was said.
    """

    id: int
    change_set_id: int
    ticket_id: int
    board_id: int
    entity: str
    entity_id: int
    kind: str
    at: datetime
    delta: dict[str, list[Any]]
    detail: dict[str, Any]
    login: str
    name: str
    title: str
    seen_on_ticket: int
    actor_id: int
    ties: frozenset[str]
    mine: bool = False
    told: str = ""
    body: str = ""
    speech: Speech | None = None


def seen_upto(unit: Unit, person_id: int) -> int:
    """The last event a person had the chance to see when they last looked at their notices."""
    return values.whole(unit.scalar(select(_seen.c.event_id).where(_seen.c.person_id == person_id)))


def mark_seen(unit: Unit, person_id: int, event_id: int) -> None:
    """The person has looked through their notices up to that event."""
    unit.run(delete(_seen).where(_seen.c.person_id == person_id))
    unit.run(insert(_seen).values(person_id=person_id, event_id=event_id))


def count(unit: Unit, actor: Actor, upto: int = 0) -> Counted:
    """How many notices are new, among the events after `upto`."""
    newest, seen = last_event_id(unit), seen_upto(unit, actor.id)
    found = list(_first(_steps(unit, actor, seen, upto, only_new=True), MOST_COUNTED))
    told = [row.id for row in _told(unit, actor, max(newest - REACH, upto, seen), MOST_COUNTED)]
    number = len(found) + len(told)
    if number >= MOST_COUNTED:
        return Counted(MOST_COUNTED, upto)
    return Counted(number, min([step[-1].id for step in found] + told, default=newest + 1) - 1)


def latest(unit: Unit, actor: Actor, limit: int, now: datetime, zone: tzinfo) -> list[Notice]:
    """The newest notices, those already seen among them, the latest first."""
    seen = seen_upto(unit, actor.id)
    steps = list(_first(_steps(unit, actor, seen, 0, only_new=False), limit))
    wording = Wording(unit, [event for step in steps for event in step], actor, now, zone)
    found = [_notice(step, wording, seen) for step in steps]
    found += [_notice_of_desk(row, seen) for row in _told(unit, actor, last_event_id(unit) - REACH, limit)]
    return sorted(found, key=lambda notice: -notice.event_id)[:limit]


def _told(unit: Unit, actor: Actor, after: int, limit: int) -> Sequence[Any]:
    """What rules told the person that is about no ticket, the latest first."""
    mine = and_(_event.c.kind == "told", _event.c.entity == "person", _event.c.entity_id == actor.id)
    statement = select(_event).where(_event.c.ticket_id.is_(None), mine, _event.c.id > after)
    return unit.rows(statement.order_by(_event.c.id.desc()).limit(limit))


def _notice_of_desk(row: Any, seen: int) -> Notice:
    detail = values.detail(row.detail)
    words, text = _by_rule(detail), str(detail.get("text", ""))
    return Notice(row.id, row.at or UNREADABLE, 0, "", RULES_NAME, words, text, row.id > seen)


def _by_rule(detail: dict[str, Any]) -> str:
    return f"told you by rule “{detail.get('rule', '')}”"


def _first(steps: Iterable[list[_Said]], limit: int) -> Iterator[list[_Said]]:
    for _, step in zip(range(limit), steps, strict=False):
        yield step


def _steps(unit: Unit, actor: Actor, seen: int, upto: int, *, only_new: bool) -> Iterator[list[_Said]]:
    """What each step of somebody else did to each of the tickets, the latest first."""
    step: list[_Said] = []
    for event in _events(unit, actor, seen, upto, only_new):
        if step and (event.change_set_id, event.ticket_id) != (step[0].change_set_id, step[0].ticket_id):
            yield step
            step = []
        step.append(event)
    if step:
        yield step


def _events(unit: Unit, actor: Actor, seen: int, upto: int, only_new: bool) -> Iterator[_Said]:
    newest = last_event_id(unit)
    after = max(newest - REACH, upto, seen if only_new else 0)
    before = newest + 1
    undone_before = values.whole(unit.scalar(select(_event.c.change_set_id).where(_event.c.id == seen)))
    begun = _Begun(actor.id)
    while before > after + 1:
        rows = unit.rows(_page(actor, after, before, only_new, undone_before))
        theirs = [event for row in rows if begun.has_at(event := _said(row, actor)) and event.actor_id != actor.id]
        yield from _as_told(unit, theirs, actor)
        if len(rows) < _PAGE:
            return
        before = rows[-1].id


class _Begun:
    """Since when each ticket is the person's, found out while its events go by, the latest first."""

    def __init__(self, person_id: int) -> None:
        self._me = person_id
        self._makes = {"assignee": ("assignee_id", person_id), "watcher": (f"watcher:{person_id}", True)}
        self._ties: dict[int, set[str]] = {}
        self._since: dict[int, int] = {}

    def has_at(self, event: _Said) -> bool:
        """Whether the ticket was theirs already when this happened, or came to be by the step it belongs to."""
        ties = self._ties.setdefault(event.ticket_id, set(event.ties))
        since = self._since.get(event.ticket_id, 0)
        for tie, (field, value) in self._makes.items():
            if event.entity == "ticket" and tie in ties and event.delta.get(field, (None, None))[1] == value:
                ties.remove(tie)
                if not ties:
                    self._since[event.ticket_id] = since = event.change_set_id
        lost = event.delta.get("assignee_id", (None, None))[0] == self._me
        return event.mine or lost or event.change_set_id >= since


def _page(actor: Actor, after: int, before: int, only_new: bool, undone_before: int) -> Any:
    """The events on the person's tickets between these two, the latest first."""
    me, looked = actor.id, tables.seen
    assigned, asked = _ticket.c.assignee_id == me, _ticket.c.requester_id == me
    watched = exists().where(tables.watcher.c.person_id == me, tables.watcher.c.ticket_id == _ticket.c.id)
    named = and_(_event.c.kind.in_(["mentioned", "told"]), _event.c.entity == "person", _event.c.entity_id == me)
    # By its text: an event that another tool wrote may hold no JSON at all.
    lost = and_(_event.c.entity == "ticket", cast(_event.c.delta, Text).like(f'%"assignee_id": [{me}, %'))
    # A step's own undoing is news only to those who had seen the step.
    stands = and_(
        _change_set.c.undone_by_id.is_(None),
        or_(
            _change_set.c.kind == "do",
            and_(_change_set.c.kind.in_(["undo", "redo"]), _change_set.c.of_id <= undone_before),
        ),
    )
    # A ticket that came along when two people turned out to be one is theirs as it was.
    came_along = and_(_event.c.entity == "ticket", _event.c.kind == "carried")
    statement = (
        select(
            _event,
            _ticket.c.title,
            _ticket.c.board_id,
            _person.c.login,
            _person.c.name,
            func.coalesce(looked.c.event_id, 0).label("on"),
            assigned.label("assignee"),
            asked.label("requester"),
            watched.label("watcher"),
        )
        .join(_ticket, _ticket.c.id == _event.c.ticket_id)
        .join(_change_set, _change_set.c.id == _event.c.change_set_id)
        .outerjoin(_person, _person.c.id == _event.c.actor_id)
        .outerjoin(looked, and_(looked.c.person_id == me, looked.c.ticket_id == _ticket.c.id))
        .where(
            not_(came_along),
            _event.c.id > after,
            _event.c.id < before,
            _ticket.c.removed == false(),
            cards.visible(actor),
            stands,
            or_(assigned, asked, watched, named, lost),
        )
        .order_by(_event.c.id.desc())
        .limit(_PAGE)
    )
    return statement.where(_event.c.id > func.coalesce(looked.c.event_id, 0)) if only_new else statement


def _as_told(unit: Unit, told: Sequence[_Said], actor: Actor) -> Iterator[_Said]:
    """Those of the events that this person is told of, with what was said in them."""
    files = _comments_of_files(unit, {event.entity_id for event in told if event.entity == "file"})
    comments = _comments(unit, {number for event in told if (number := _comment_of(event, files)) is not None})
    for event in told:
        number = _comment_of(event, files)
        if number is not None:
            speech, body = comments.get(number, (Speech.NOTE, None))
            if body is None or (speech is Speech.NOTE and not may_on(actor, Act.READ_NOTES, event.board_id)):
                continue  # taken back, or not for this person
            event = replace(event, body="" if event.entity == "file" else body, speech=speech)
        if not _is_noise(event, actor):
            yield event if may_on(actor, Act.READ_HISTORY, event.board_id) else _in_public(event)


def _said(row: Any, actor: Actor) -> _Said:
    return _Said(
        row.id,
        row.change_set_id,
        row.ticket_id,
        row.board_id,
        values.text(row.entity),
        values.whole(row.entity_id),
        values.text(row.kind),
        row.at or UNREADABLE,
        values.delta(row.delta),
        values.detail(row.detail),
        values.text(row.login, ""),
        values.text(row.name),
        values.text(row.title),
        values.whole(row.on),
        values.whole(row.actor_id),
        frozenset(tie for tie in ("assignee", "requester", "watcher") if getattr(row, tie)),
        mine=row.kind in {"mentioned", "told"} and row.entity_id == actor.id,
        told=str(values.detail(row.detail).get("text", "")) if row.kind == "told" else "",
    )


def _comment_of(event: _Said, files: dict[int, int]) -> int | None:
    """The comment an event is about, or says something about."""
    if event.entity == "comment":
        return event.entity_id
    if event.kind == "mentioned":
        return values.whole(event.detail.get("comment"))
    return files.get(event.entity_id) if event.entity == "file" else None


def _comments(unit: Unit, ids: set[int]) -> dict[int, tuple[Speech, str]]:
    """Who those comments are for, and how they begin; the ones taken back are left out."""
    if not ids:
        return {}
    begins = func.substr(_comment.c.body, literal_column("1"), literal_column(str(10 * _EXCERPT)))
    columns = (_comment.c.id, _comment.c.speech, begins)
    rows = unit.rows(select(*columns).where(one_of(_comment.c.id, ids), _comment.c.removed == false()))
    return {row[0]: (values.speech(row[1]), values.text(row[2])) for row in rows}


def _comments_of_files(unit: Unit, ids: set[int]) -> dict[int, int]:
    if not ids:
        return {}
    rows = unit.rows(select(_file.c.id, _file.c.comment_id).where(one_of(_file.c.id, ids)))
    return {row[0]: row[1] for row in rows if row[1] is not None}


def _is_noise(event: _Said, actor: Actor) -> bool:
    """What is no news to its reader: that others watch, the order of cards, and what is not for them."""
    fields = event.delta.keys()
    if event.kind in {"mentioned", "told"}:
        return not event.mine
    if event.entity == "ticket" and fields and event.kind != "created":
        telling = {field for field in fields if field != "rank" and not field.startswith("watcher:")}
        telling |= fields & {f"watcher:{actor.id}"}
        if not telling:
            return True
    if may_on(actor, Act.READ_HISTORY, event.board_id):
        return False
    if event.entity == "ticket":
        return event.kind != "created" and not fields & _OPEN_TO_ALL
    return event.entity not in {"comment", "file"}


def _in_public(event: _Said) -> _Said:
    """The event without what only the team knows."""
    if event.entity != "ticket" or event.kind == "created":
        return event
    return replace(event, delta={field: sides for field, sides in event.delta.items() if field in _OPEN_TO_ALL})


def _notice(step: Sequence[_Said], wording: Wording, seen: int) -> Notice:
    """A step in words: what was said comes first, and what followed from it needs no words."""
    newest = step[0]
    spoken = next((event for event in step if event.mine), None) or next((one for one in step if one.body), None)
    if spoken is not None and spoken.told:
        words = [_by_rule(spoken.detail)]
    else:
        words = [] if spoken is None else ["named you" if spoken.mine else wording.of(spoken)]
    for event in reversed(step):
        follows = spoken is not None and (event.body or all(field.startswith("watcher:") for field in event.delta))
        if event is not spoken and not follows and (said := wording.of(event)) not in words:
            words.append(said)
    return Notice(
        newest.id,
        newest.at,
        newest.ticket_id,
        newest.title,
        values.name(newest.login, newest.name),
        ", ".join(words),
        "" if spoken is None else spoken.told or excerpt(spoken.body),
        newest.id > max(seen, newest.seen_on_ticket),
    )


def excerpt(body: str) -> str:
    """The first line of what somebody said themselves, cut short."""
    lines = (line.strip() for line in body.split("\n"))
    own = next((line for line in lines if line and not line.startswith(">")), "")
    return own if len(own) <= _EXCERPT else own[: _EXCERPT - 1] + "…"
