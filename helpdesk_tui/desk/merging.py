"""Two tickets that are one request become one; a request that came along in another gets its own; a copy to reuse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from helpdesk_tui.desk import applying, moving
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.merged import become
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.saying import subject
from helpdesk_tui.desk.tickets import NewTicket, insert
from helpdesk_tui.desk.work import Work, working
from helpdesk_tui.domain import entry
from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.file_names import free
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.rank import between
from helpdesk_tui.domain.ticket import TEXT_LIMIT, TITLE_LIMIT, Relation, Speech
from helpdesk_tui.errors import NotFound, UsageError
from helpdesk_tui.language import terms
from helpdesk_tui.store import card_page, directory, records, related, values
from helpdesk_tui.store.records import Stored

AT_ONCE = 50
"""Tickets that may be merged into one at once: more is hardly meant."""

_KEPT = ("description", "impact", "urgency", "kind", "language", "requester_id", "organization_id", "due_at")
"""What a clone has of its original besides title, priority, assignee, labels and checklist."""


class Brought(Struct, frozen=True):
    """What a ticket brings into another, counted; `number` and `title` are its own."""

    number: int
    title: str
    comments: int
    steps: int
    files: int
    minutes: int
    watchers: int
    labels: int

    @property
    def in_words(self) -> str:
        """`3 comments, 1 step`."""
        counts = (
            (self.comments, "comment"),
            (self.steps, "step"),
            (self.files, "file"),
            (self.minutes, "minute"),
            (self.watchers, "watcher"),
            (self.labels, "label"),
        )
        said = ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts if count)
        return said or "nothing but itself"


class Merging(Struct, frozen=True):
    """What a merge would do, to be looked at before it is done."""

    into: int
    title: str
    brought: tuple[Brought, ...]
    warnings: tuple[str, ...]


def preview(desk: Desk, numbers: Sequence[int], into: int) -> Merging:
    """What merging these tickets into that one would do. Refused with the sentence that the merge would be."""
    desk.require(Act.MERGE)
    with desk.store.reading() as unit:
        work = Work(desk, unit, (Act.MERGE,))
        sources, target = _checked(work, numbers, into)
        brought = tuple(_brought(work, source) for source in sources)
        return Merging(into, target["title"], brought, _warnings(work, sources, target))


def merge(desk: Desk, numbers: Sequence[int], into: int) -> Outcome:
    """Make these tickets part of another: what was said, done, attached and logged there goes to it in its order, who
    watched them watches it, it carries their labels too, and what they were linked to is linked to it. They are closed
    and point to it.

    UsageError for a ticket and itself, for one merged already, and so for a ring.
    """
    with working(desk, Act.MERGE) as work:
        sources, target = _checked(work, numbers, into)
        warnings = _warnings(work, sources, target)
        for source in sources:
            _merge_one(work, source, target)
        return work.commit(f"{subject([source['id'] for source in sources])} merged into #{into}", warnings, made=into)


def _checked(work: Work, numbers: Sequence[int], into: int) -> tuple[list[Stored], Stored]:
    """The tickets to merge and the one they go into."""
    chosen = list(dict.fromkeys(numbers))
    if len(chosen) > AT_ONCE:
        raise UsageError(f"At most {AT_ONCE} tickets are merged at once.", "Merge some of them first.")
    sources, target = work.tickets(chosen), work.ticket(into)
    if not sources or into in chosen:
        raise UsageError(f"#{into} cannot be merged with itself.", "Name another ticket.")
    if target["merged_into_id"] is not None:
        last = become(work, target)["id"]
        ring = f"Reopen #{into} first, if #{last} is to become part of it"
        raise _merged_already(work, target, ring if last in chosen else f"Merge into #{last} instead")
    for source in sources:
        if source["merged_into_id"] is not None:
            raise _merged_already(work, source, "Reopen it to take it on by itself")
    labels = {label: True for source in sources for label in _labels(work, source)}
    applying.check_label_count(work, target, labels)
    return sources, target


def _labels(work: Work, ticket: Stored) -> dict[str, Any]:
    """The labels of a ticket, as fields that another gains."""
    return {f"label:{label}": True for label in related.label_ids(work.unit, ticket["id"])}


def _merged_already(work: Work, ticket: Stored, hint: str) -> UsageError:
    where = ticket["merged_into_id"]
    seen = work.sees(where)
    return UsageError(
        f"#{ticket['id']} is merged into {f'#{where}' if seen else 'another ticket'} already.", f"{hint}."
    )


def _brought(work: Work, source: Stored) -> Brought:
    number = source["id"]
    hanging = {entity: related.hanging_on(work.unit, entity, number) for entity in related.CARRIED}
    return Brought(
        number,
        source["title"],
        comments=len(hanging["comment"]) + bool(source["description"].strip()),
        steps=len(hanging["step"]),
        files=len(hanging["file"]),
        minutes=sum(values.whole(row["minutes"]) for row in hanging["time"]),
        watchers=len(related.watcher_ids(work.unit, number)),
        labels=len(_labels(work, source)),
    )


def _warnings(work: Work, sources: Sequence[Stored], target: Stored) -> tuple[str, ...]:
    """What is easily overlooked: who will read what, and that the request is not open any more."""
    warnings = []
    for source in sources:
        if source["requester_id"] not in {target["requester_id"], None} and target["requester_id"] is not None:
            here, there = (_called(work, ticket["requester_id"]) for ticket in (target, source))
            warnings.append(f"{here} will read the replies to {there}.")
    if target["closed_at"] is not None and any(source["closed_at"] is None for source in sources):
        warnings.append(f"#{target['id']} is closed.")
    return tuple(dict.fromkeys(warnings))


def _called(work: Work, person_id: int) -> str:
    person = directory.person(work.unit, person_id)
    return person.name if person is not None else "somebody"


def _merge_one(work: Work, source: Stored, target: Stored) -> None:
    _carry(work, source["id"], target["id"])
    _note_description(work, source, target["id"])
    gained: dict[str, Any] = {f"watcher:{person}": True for person in related.watcher_ids(work.unit, source["id"])}
    gained |= _labels(work, source)
    gained |= _move_links(work, source, target)
    work.tell(target["id"], "merged", number=source["id"], title=source["title"])
    work.alter("ticket", target, gained, "merged")
    moving.place(work, source, moving.find_column(work, source["board_id"], Category.DONE))
    pointing = {"merged_into_id": target["id"], f"link:{Relation.DUPLICATES.value}:{target['id']}": True}
    work.alter("ticket", source, pointing, "merged")


def _carry(work: Work, source: int, target: int) -> None:
    """Take what hangs on a ticket to another: said, attached and logged it is where its moment puts it, the steps
    follow behind those that are there, and a file of a name that is taken gets a number."""
    rank = directory.last_step_rank(work.unit, target)
    names = [file["name"] for file in related.hanging_on(work.unit, "file", target)]
    for entity in related.CARRIED:
        for row in related.hanging_on(work.unit, entity, source):
            changes: dict[str, Any] = {"ticket_id": target}
            if entity == "step":
                changes["rank"] = rank = between(rank, None)
            if entity == "file":
                changes["name"] = free(row["name"], names)
                names.append(changes["name"])
            work.alter(entity, row, changes, "carried", target)


def _note_description(work: Work, source: Stored, target: int) -> None:
    """What the ticket itself said goes along as a note of the team's, at the moment it was written."""
    if source["description"].strip():
        text = f"#{source['id']} {source['title']}\n\n{source['description']}"
        # Of a description as long as may be the last words stay behind, on the ticket itself.
        said = {
            "ticket_id": target,
            "author_id": work.desk.actor.id,
            "speech": Speech.NOTE.value,
            "body": entry.long_text(text[:TEXT_LIMIT], "note").strip("\n"),
            "at": source["created_at"],
            "by_team": work.desk.actor.answers_on(source["board_id"]),
        }
        work.make("comment", said, "noted", target)


def _move_links(work: Work, source: Stored, target: Stored) -> dict[str, Any]:
    """Take the links of a ticket, of both directions, to another; those the other gains as its own fields.

    A link that the other has already comes to an end, and so does one by which it would wait for itself.
    """
    here, there = source["id"], target["id"]
    lost: dict[str, Any] = {}
    gained: dict[str, Any] = {}
    for pair in related.links_of(work.unit, here):
        if there in {pair.ticket_id, pair.other_id} and pair.relation != Relation.BLOCKS.value:
            continue  # between the two it stays what it was
        goes = _has_place(work, pair, here, there)
        if pair.ticket_id == here:
            lost[pair.field] = False
            gained |= {pair.field: True} if goes else {}
        else:
            other = records.fetch(work.unit, "ticket", pair.ticket_id)
            moved = {pair.field: False} | ({f"link:{pair.relation}:{there}": True} if goes else {})
            if other is not None:
                work.alter("ticket", other, moved, "links")
    work.alter("ticket", source, lost, "links")
    return gained


def _has_place(work: Work, pair: related.Pair, here: int, there: int) -> bool:
    """Whether a link of the one ticket can be one of the other."""
    start, end = (there if number == here else number for number in (pair.ticket_id, pair.other_id))
    one_way = next((relation for relation in applying.ONE_WAY if relation == pair.relation), None)
    ring = one_way is not None and (start == end or related.leads_to(work.unit, one_way, end, start))
    return not ring and not applying.linked_back(work, pair.relation, start, end)


def split(desk: Desk, number: int, comment_id: int, title: str = "") -> Outcome:
    """Give what was said in a comment its own ticket: the comment goes there with its files, and both are linked.

    Without a title the comment's first line is it, of its own before one that it quotes. A note stays the team's: its
    new ticket has no requester.
    """
    with working(desk, Act.MERGE) as work:
        ticket = work.ticket(number)
        comment = records.fetch(work.unit, "comment", comment_id)
        if comment is None or comment["removed"] or comment["ticket_id"] != number:
            raise NotFound(f"#{number} has no such comment.", f"`helpdesk show {number}` lists what was said.")
        made = work.ticket(_beside(work, ticket, title or _first_words(comment["body"])))
        is_note = comment["speech"] != Speech.REPLY.value
        taken_over = {
            "requester_id": None if is_note else ticket["requester_id"],
            "organization_id": None if is_note else ticket["organization_id"],
            "kind": ticket["kind"],
            "language": ticket["language"],
        }
        work.alter("ticket", made, taken_over, "changed")
        work.alter("comment", comment, {"ticket_id": made["id"]}, "carried", made["id"])
        for file in related.hanging_on(work.unit, "file", number):
            if file["comment_id"] == comment_id:
                work.alter("file", file, {"ticket_id": made["id"]}, "carried", made["id"])
        work.tell(number, "split", number=made["id"], title=made["title"])
        work.alter("ticket", made, {f"link:{Relation.RELATES.value}:{number}": True}, "links")
        return work.commit(f"#{made['id']} {made['title']}: split from #{number}", made=made["id"])


def clone(desk: Desk, number: int) -> Outcome:
    """A new ticket that asks the same: texts, fields, labels, checklist and files; nothing that was said or done."""
    with working(desk, Act.CREATE, Act.EDIT) as work:
        ticket = work.ticket(number)
        made = work.ticket(_beside(work, ticket, ticket["title"]))
        work.alter("ticket", made, {name: ticket[name] for name in _KEPT}, "changed")
        wanted: list[terms.Term] = [terms.SetField("priority", values.priority(ticket["priority"]))]
        if ticket["assignee_id"] in work.workers(ticket["board_id"]):
            wanted.append(terms.SetField("assignee", ticket["assignee_id"]))
        labels = card_page.labels_of(work.unit, [number]).get(number, ())
        wanted += [terms.AddLabel(label.name) for label in labels]
        wanted.append(terms.LinkTo(Relation.RELATES, number))
        applying.apply(work, made, wanted)
        for step in related.hanging_on(work.unit, "step", number):
            kept = {name: step[name] for name in ("text", "rank", "checklist")}
            work.make("step", {"ticket_id": made["id"], **kept}, "step", made["id"], text=step["text"])
        for file in related.hanging_on(work.unit, "file", number):
            if file["comment_id"] is None:
                kept = {name: file[name] for name in ("name", "size", "sha256")}
                by = {"ticket_id": made["id"], "added_by_id": desk.actor.id, "at": work.now}
                work.make("file", {**kept, **by}, "attached", made["id"], name=file["name"], size=file["size"])
        return work.commit(f"#{made['id']} {made['title']}: cloned from #{number}", made=made["id"])


def _first_words(body: str) -> str:
    """The first line that somebody wrote themselves; of a comment that only quotes, what it quotes."""
    lines = [" ".join(line.split()) for line in body.splitlines() if line.strip()]
    own = [line for line in lines if not line.startswith(">")]
    return next(iter(own), " ".join(lines).replace("> ", "").lstrip(">"))[:TITLE_LIMIT]


def _beside(work: Work, ticket: Stored, title: str) -> int:
    """A bare new ticket on the board of another."""
    return insert(work, NewTicket(title, board_id=ticket["board_id"]))
