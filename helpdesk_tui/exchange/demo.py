"""A lively desk to look at, and large ones to measure with.

The first tickets are written by hand, in six languages; beyond them, tickets are made up from these. The same seed and
moment give the same desk.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.board import Board, Category
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.rank import between
from helpdesk_tui.domain.ticket import Priority, Relation, Speech, Status
from helpdesk_tui.domain.words import fold
from helpdesk_tui.exchange import demo_files, demo_people, demo_prepared, demo_promises, demo_related, demo_team
from helpdesk_tui.exchange.demo_texts import ME, Said, Sample, cast, more_samples, read_data, samples
from helpdesk_tui.exchange.names import Names
from helpdesk_tui.exchange.places import all_boards, board_called, column_called
from helpdesk_tui.exchange.ranks import Ranks
from helpdesk_tui.exchange.report import Progress, silent
from helpdesk_tui.store import bulk, records
from helpdesk_tui.store.history import Delta
from helpdesk_tui.store.tables import to_stored

MEASURED_FROM = 1_000
"""From so many tickets on, the desk is one to measure with, and nothing on it is marked as unread."""

_HOUR = 3_600_000
_STILL_UNREAD = 6
_LIMIT = 25
_BETWEEN_TELLING = 2_000
_YEAR_AND_A_BIT = 400 * 24.0


def fill(desk: Desk, tickets: int = 60, seed: int = 1, open_share: float = 0.7, progress: Progress = silent) -> None:
    """Put so many tickets on the desk's first board, with people, labels and views. NotAllowed for any but an admin.

    A desk to be looked at has a second board too, and beside the written tickets some that belong together.

    `open_share` is how many of the made-up tickets are open; 1 opens the written ones too.
    """
    desk.require(Act.IMPORT)
    to_look_at = tickets < MEASURED_FROM
    if to_look_at:
        demo_team.add_board(desk)
    boards = all_boards(desk)
    with desk.store.writing() as unit:
        rows = bulk.Bulk(unit)
        stage = _Stage(desk, rows, boards)
        if to_look_at:
            demo_promises.add(rows)
        wanted = sorted(_wanted(tickets, random.Random(seed), open_share), key=lambda sample: -sample.created)
        for done, sample in enumerate(wanted):
            if done % _BETWEEN_TELLING == 0:
                progress(done, tickets)
            stage.play(sample)
        if to_look_at:
            stage.limit_doing()
        stage.link()
        stage.end(f"demo desk filled with {tickets:,} tickets")
        rows.finish()
        first_unread = rows.next_id("ticket") - (_STILL_UNREAD if to_look_at else 0)
        rows.mark_seen(desk.actor.id, first_unread)
        unit.commit()
    if to_look_at:
        demo_team.note(desk)
        demo_related.play(desk, stage.written)
        demo_people.play(desk, stage.written)
    progress(tickets, tickets)


def _wanted(count: int, dice: random.Random, open_share: float) -> Iterator[Sample]:
    written = samples()[:count]
    beyond = more_samples() if len(samples()) <= count < MEASURED_FROM and open_share < 1 else ()
    for sample in (*written, *beyond):
        yield _opened(sample) if open_share >= 1 else sample
    for _ in range(count - len(written)):
        yield _made_up(dice, open_share)


def _opened(sample: Sample) -> Sample:
    if sample.closed is None:
        return sample
    return replace(sample, column=Category.DOING.value, closed=None, archived=False, rating=None)


def _made_up(dice: random.Random, open_share: float) -> Sample:
    """A ticket like one of the written ones, at another place and time."""
    like = dice.choice(samples())
    created = dice.uniform(0.1, _YEAR_AND_A_BIT)
    is_open = dice.random() < open_share
    closed = None if is_open else dice.uniform(0.05, 0.95) * created
    labels = like.labels if dice.random() < 0.7 else (*like.labels, dice.choice(cast().labels)["name"])
    talks = dice.random() < 0.25
    column = dice.choices(("todo", "doing"), (7, 3))[0] if is_open else "done"
    return replace(
        like,
        title=cast().variations[like.language].format(title=like.title, n=dice.randrange(100, 999)),
        assignee=dice.choice(("", "", ME, *(agent["login"] for agent in cast().agents))),
        labels=tuple(dict.fromkeys(labels)),
        priority=dice.choices(tuple(Priority), (20, 55, 20, 5))[0],
        status=dice.choices(tuple(Status), (70, 6, 4, 8, 12))[0] if is_open else Status.NONE,
        column=column,
        created=created,
        due=dice.uniform(-72, 400) if dice.random() < 0.35 else None,
        closed=closed,
        archived=closed is not None and closed > 24 * 90,
        rating=dice.choice((None, 3, 4, 5, 5)) if closed is not None else None,
        steps=like.steps if dice.random() < 0.3 else (),
        talk=tuple(_retold(like.talk, like.created, created, closed or 0.0)) if talks else (),
    )


def _retold(talk: tuple[Said, ...], then: float, created: float, until: float) -> Iterator[Said]:
    """The same words, at the same parts of the ticket's life."""
    for said in talk:
        part = (then - said.hours) / then
        yield replace(said, hours=created - part * (created - until))


def _around_closing(sample: Sample) -> tuple[list[Said], list[Said]]:
    """What was said until the ticket was closed, and what after."""
    closed = sample.closed or 0.0
    return [said for said in sample.talk if said.hours >= closed], [said for said in sample.talk if said.hours < closed]


class _Stage:
    """Writes the samples as if they had been worked on, with each step as an event of its own."""

    def __init__(self, desk: Desk, rows: bulk.Bulk, boards: tuple[Board, ...]) -> None:
        self._me = desk.actor.id
        self._now = to_stored(desk.clock.now())
        self._rows = rows
        self._ranks = Ranks(rows.unit)
        self._boards = boards
        self._change_set = rows.reserve("change_set")
        self._at = self._now
        names = Names(rows.unit, rows)
        self._labels = {row["name"]: names.label(row["name"], row["color"]) for row in cast().labels}
        self._agents = {ME: self._me}
        self._speaks: dict[str, int] = {}
        for row in cast().agents:
            found = names.known_agent(row["login"])
            agent = found if found is not None else names.make(row["name"], Role.AGENT, login=row["login"])
            self._agents[row["login"]] = self._speaks[row["language"]] = agent
        self._organization_of: dict[str, int] = {}
        self._requesters: dict[str, int] = {}
        for row in cast().requesters:
            organization = names.organization(cast().organizations[row["organization"]])
            self._requesters[row["name"]] = names.requester(row["name"], row["mail"], organization)
            self._organization_of[row["name"]] = organization
        self._save_views()
        demo_prepared.add(rows)
        self._previous: dict[str, int] = {}
        self.written: dict[str, int] = {}

    def play(self, sample: Sample) -> None:
        """The life of one ticket up to now."""
        number = self._rows.reserve("ticket")
        agent = self._agents.get(sample.assignee) or self._speaks[sample.language]
        requester = self._requesters.get(sample.requester)
        created = self._ago(sample.created)
        self._at = created
        board = board_called(self._boards, sample.board)
        landing, column = column_called(board, Category.TODO), column_called(board, sample.column)
        self._event(number, requester or agent, "created", created, {"removed": [True, False]}, column=landing.id)
        self._steps(number, sample, agent)
        due = self._given(number, sample, agent)
        closed = self._work(number, sample, agent, requester or agent, board)
        archived = self._later() if sample.archived else None
        if archived is not None:
            self._event(number, agent, "archived", archived, {"archived_at": [None, archived]})
        self._relate(number, sample, agent)
        self.written.setdefault(sample.title, number)
        self._rows.add(
            "ticket",
            id=number,
            board_id=column.board_id,
            column_id=column.id,
            rank=self._ranks.next(column.id, int(sample.priority)),
            title=sample.title,
            folded=fold(sample.title),
            description=sample.description,
            priority=int(sample.priority),
            status=sample.status.value,
            kind=sample.kind,
            language=sample.language,
            source="mail" if requester else "command",
            requester_id=requester,
            organization_id=self._organization_of.get(sample.requester),
            assignee_id=agent if sample.assignee else None,
            due_at=due,
            created_at=created,
            updated_at=created,
            closed_at=closed,
            archived_at=archived,
            rating=sample.rating,
        )
        for name in sample.labels:
            self._rows.pair("ticket_label", label_id=self._labels[name], ticket_id=number)

    def _given(self, number: int, sample: Sample, agent: int) -> int | None:
        """Whose it becomes, and by when it is due, which is returned."""
        if sample.assignee:
            self._event(number, agent, "assigned", self._later(), {"assignee_id": [None, agent]})
        if sample.due is None:
            return None
        due = self._now + int(sample.due * _HOUR)
        self._event(number, agent, "changed", self._later(), {"due_at": [None, due]})
        return due

    def _work(self, number: int, sample: Sample, agent: int, requester: int, board: Board) -> int | None:
        """What is done and said until it stands on its column; when it was closed, if that is a done one."""
        landing, column = column_called(board, Category.TODO), column_called(board, sample.column)
        here = landing
        if column.category is not Category.TODO:
            here = column if column.category is Category.DOING else column_called(board, Category.DOING)
            self._event(number, agent, "moved", self._later(), {"column_id": [landing.id, here.id]})
        before, after = _around_closing(sample)
        for said in before:
            self._say(number, said, requester if said.by_requester else agent)
        if sample.status is not Status.NONE:
            self._event(number, agent, "changed", self._later(), {"status": ["", sample.status.value]})
        closed = None
        if sample.closed is not None:
            closed = max(self._ago(sample.closed), self._at)
            moved: Delta = {"column_id": [here.id, column.id], "closed_at": [None, closed]}
            self._event(number, agent, "moved", closed, moved)
        for said in after:
            self._say(number, said, requester if said.by_requester else agent)
        return closed

    def limit_doing(self) -> None:
        """Give the column of work at hand a limit, unless it has one."""
        column = column_called(self._boards[0], Category.DOING)
        if column.limit is None:
            records.write(self._rows.unit, "column", column.id, {"wip_limit": _LIMIT})
            delta: Delta = {"wip_limit": [None, _LIMIT]}
            self._record("column", column.id, None, self._me, "column", self._now, delta, {})

    def link(self) -> None:
        """Link the written tickets that have to do with each other, as far as they are all there."""
        for row in read_data("related.toml")["link"]:
            start, end = (self.written.get(row[side]) for side in ("from", "to"))
            if start is not None and end is not None:
                relation = Relation(row["relation"]).value
                self._rows.pair("ticket_link", ticket_id=start, relation=relation, other_id=end)
                self._event(start, self._me, "links", self._now, {f"link:{relation}:{end}": [False, True]})
                self._event(end, self._me, "linked", self._now, {}, relation=relation, number=start, there=True)

    def end(self, summary: str) -> None:
        """Record that all this was one import; it is no undo step."""
        self._rows.add(
            "change_set", id=self._change_set, actor_id=self._me, at=self._now, summary=summary, kind="import"
        )

    def _ago(self, hours: float) -> int:
        return self._now - int(hours * _HOUR)

    def _later(self) -> int:
        """A moment after the ticket's latest, and never in the future."""
        self._at += min(_HOUR // 6, max(0, self._now - self._at) // 3)
        return self._at

    def _event(self, ticket: int, actor: int, kind: str, at: int, delta: Delta, /, **detail: Any) -> None:
        self._record("ticket", ticket, ticket, actor, kind, at, delta, detail)

    def _record(
        self,
        entity: str,
        entity_id: int,
        number: int | None,
        actor: int,
        kind: str,
        at: int,
        delta: Delta,
        detail: dict[str, Any],
    ) -> None:
        self._at = max(self._at, at)
        self._rows.add(
            "event",
            change_set_id=self._change_set,
            actor_id=actor,
            ticket_id=number,
            entity=entity,
            entity_id=entity_id,
            kind=kind,
            at=at,
            delta=delta,
            detail=detail,
        )

    def _steps(self, number: int, sample: Sample, agent: int) -> None:
        rank: str | None = None
        for text, done in sample.steps:
            rank = between(rank, None)
            at = self._later()
            ticked = {"done": True, "done_by_id": agent, "done_at": at} if done else {}
            step = self._rows.add("step", ticket_id=number, rank=rank, text=text, **ticked)
            self._record("step", step, number, agent, "step", at, {"removed": [True, False]}, {"text": text})
            if done:
                delta: Delta = {"done": [False, True], "done_by_id": [None, agent], "done_at": [None, at]}
                self._record("step", step, number, agent, "ticked", at, delta, {"text": text})

    def _say(self, number: int, said: Said, author: int) -> None:
        at = max(self._ago(said.hours), self._at)
        comment = self._rows.add(
            "comment", ticket_id=number, author_id=author, speech=said.speech.value, body=said.text, at=at
        )
        kind = "noted" if said.speech is Speech.NOTE else "replied"
        self._record("comment", comment, number, author, kind, at, {"removed": [True, False]}, {})
        if said.file:
            file, detail = demo_files.add(self._rows, number, comment, author, said.file, at)
            self._record("file", file, number, author, "attached", at, {"removed": [True, False]}, detail)

    def _relate(self, number: int, sample: Sample, agent: int) -> None:
        """Now and then a ticket has to do with the one before it of its kind, somebody watches, and work is logged."""
        label = sample.labels[0]
        before = self._previous.get(label)
        if before is not None and number % 9 == 0:
            self._rows.pair("ticket_link", ticket_id=number, relation=Relation.RELATES.value, other_id=before)
            self._event(number, agent, "links", self._later(), {f"link:relates:{before}": [False, True]})
        self._previous[label] = number
        if number % 11 == 0:
            self._rows.pair("watcher", person_id=self._me, ticket_id=number)
        if sample.closed is not None:
            at, minutes = self._at, 5 * (1 + number % 12)
            entry = self._rows.add("time", ticket_id=number, person_id=agent, minutes=minutes, at=at)
            self._record("time", entry, number, agent, "time", at, {"removed": [True, False]}, {"minutes": minutes})

    def _save_views(self) -> None:
        there = {row["folded"] for row in bulk.all_records(self._rows.unit, "view") if not row["removed"]}
        for row in cast().views:
            name = row["name"]
            if fold(name) not in there:
                self._rows.add("view", name=name, folded=fold(name), query=row["query"], owner_id=self._me, shared=True)
