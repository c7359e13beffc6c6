"""Replies to the requester and notes among the team."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.work import Work, working
from helpdesk_tui.domain import entry, mentions
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.signature import signed
from helpdesk_tui.domain.ticket import Speech, Status
from helpdesk_tui.errors import Conflict, NotAllowed, NotFound
from helpdesk_tui.store import directory, records, values
from helpdesk_tui.store.history import Fact
from helpdesk_tui.store.records import Stored
from helpdesk_tui.store.tables import from_stored

EDITABLE_FOR = timedelta(minutes=10)
"""How long what was said may still be rewritten by who said it."""


def reply(desk: Desk, number: int, body: str) -> Outcome:
    """Say something that the requester reads."""
    return _speak(desk, number, Speech.REPLY, body)


def note(desk: Desk, number: int, body: str) -> Outcome:
    """Say something that only the team reads."""
    return _speak(desk, number, Speech.NOTE, body)


def add(work: Work, number: int, speech: Speech, body: str) -> int:
    """Add a reply or a note to a ticket, with what that changes of the ticket itself; which comment it is."""
    ticket = work.ticket(number)
    changes: dict[str, Any] = {}
    comment = say(work, ticket, speech, body, changes)
    work.alter("ticket", ticket, changes, "changed")
    return comment


def say(work: Work, ticket: Stored, speech: Speech, body: str, changes: dict[str, Any], *, canned: str = "") -> int:
    """Add a reply, with the signature of who says it, or a note, and put what the ticket has of it into `changes`.

    A requester's answer ends the wait for it. `canned` names the canned reply it was written with, for the history.
    """
    body = entry.spoken(body, speech.value)
    if speech is Speech.REPLY:
        body = entry.spoken(signed(body, directory.signature_of(work.unit, work.desk.actor.id)), speech.value)
    detail: dict[str, Any] = {"canned": canned} if canned else {}
    comment = work.make(
        "comment",
        {
            "ticket_id": ticket["id"],
            "author_id": work.desk.actor.id,
            "speech": speech.value,
            "body": body,
            "at": work.now,
            "by_team": work.desk.actor.answers_on(ticket["board_id"]),
        },
        "replied" if speech is Speech.REPLY else "noted",
        ticket["id"],
        **detail,
    )
    if ticket["requester_id"] == work.desk.actor.id and ticket["status"] == Status.WAITING.value:
        changes["status"] = Status.NONE.value
    _mention(work, ticket["id"], comment, body, changes)
    return comment


def check_editable(desk: Desk, comment_id: int) -> None:
    """NotAllowed unless the acting person may rewrite it now, before they begin to."""
    with desk.store.reading() as unit:
        _own_and_recent(Work(desk, unit), comment_id)


def edit_comment(desk: Desk, comment_id: int, body: str, *, base: str | None = None) -> Outcome:
    """Rewrite one's own reply or note within ten minutes; the history keeps what it said before.

    With `base`, what it said when one began: Conflict if it says something else by now.
    """
    with working(desk) as work:
        comment = _own_and_recent(work, comment_id)
        if base is not None and comment["body"] not in (base, entry.spoken(body, comment["speech"])):
            raise Conflict(
                f"The {comment['speech']} was rewritten meanwhile.",
                "Compare both and keep what is right; nothing was overwritten.",
            )
        changes = {"body": entry.spoken(body, comment["speech"]), "edited_at": work.now}
        if changes["body"] == comment["body"]:
            return Outcome((), "nothing to change")
        ticket, before = work.ticket(comment["ticket_id"]), comment["body"]
        work.alter("comment", comment, changes, "reworded", ticket["id"])
        watchers: dict[str, Any] = {}
        speech = values.speech(comment["speech"])
        _mention(work, ticket["id"], comment_id, comment["body"], watchers, before)
        work.alter("ticket", ticket, watchers, "watchers")
        return work.commit(f"#{ticket['id']}: {speech.value} rewritten{_told(work)}")


def _own_and_recent(work: Work, comment_id: int) -> Stored:
    comment = _comment(work, comment_id)
    own = comment["author_id"] == work.desk.actor.id
    if not own or work.now - from_stored(comment["at"]) > EDITABLE_FOR:
        raise NotAllowed("Only who said it may rewrite it, for ten minutes.", "Add another comment instead.")
    act = Act.NOTE if comment["speech"] == Speech.NOTE.value else Act.REPLY
    work.desk.require(act, work.ticket(comment["ticket_id"])["board_id"])
    return comment


def _comment(work: Work, comment_id: int) -> Stored:
    """A comment that is there and may be read. NotFound alike for all others."""
    comment = records.fetch(work.unit, "comment", comment_id)
    if comment is None or comment["removed"] or not work.sees(comment["ticket_id"]):
        raise _no_such_comment()
    board_id = work.ticket(comment["ticket_id"])["board_id"]
    if comment["speech"] == Speech.NOTE.value and not work.desk.may(Act.READ_NOTES, board_id):
        raise _no_such_comment()
    return comment


def _no_such_comment() -> NotFound:
    return NotFound("There is no such comment.", "It may have been taken back.")


def _speak(desk: Desk, number: int, speech: Speech, body: str) -> Outcome:
    with working(desk, Act.NOTE if speech is Speech.NOTE else Act.REPLY) as work:
        comment = add(work, number, speech, body)
        word = "replied" if speech is Speech.REPLY else "noted"
        return work.commit(f"#{number}: {word}{_told(work)}", made=comment)


def _mention(work: Work, ticket_id: int, comment: int, body: str, changes: dict[str, Any], before: str = "") -> None:
    """Note whom a comment names that it did not name `before`, and have them watch.

    Only those are told who work on the ticket's board: they may read it.
    """
    names = [name for name in mentions.named_in(body) if name not in mentions.named_in(before)]
    people = list(work.workers(work.ticket(ticket_id)["board_id"]).values()) if names else []
    told = {person.id: person for name in names if (person := mentions.meant(name, people)) is not None}
    told.pop(work.desk.actor.id, None)
    for person in told.values():
        work.facts.append(Fact("person", person.id, "mentioned", ticket_id, {}, {"comment": comment}))
        changes[f"watcher:{person.id}"] = True


def _told(work: Work) -> str:
    """Who is told because they were named: `, told bob`."""
    ids = [fact.entity_id for fact in work.facts if fact.kind == "mentioned"]
    names = [person.short for person_id in ids if (person := directory.person(work.unit, person_id)) is not None]
    return f", told {', '.join(names)}" if names else ""
