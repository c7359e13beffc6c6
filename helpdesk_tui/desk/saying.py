"""What a change does, in one line for a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from helpdesk_tui.desk.work import Work
from helpdesk_tui.domain.ticket import Level, Priority, Speech, Status
from helpdesk_tui.language import terms
from helpdesk_tui.language.dates import said
from helpdesk_tui.language.terms import Term
from helpdesk_tui.store import directory


def subject(numbers: Sequence[int]) -> str:
    """`#142`, or `12 tickets`."""
    return f"#{numbers[0]}" if len(numbers) == 1 else f"{len(numbers)} tickets"


def in_words(work: Work, wanted: Sequence[Term]) -> str:
    """`priority high, +network, assigned to bob`."""
    return ", ".join(_term(work, term) for term in wanted)


def _term(work: Work, term: Term) -> str:
    match term:
        case terms.SetField(field, value):
            return f"{field} {_value(work, field, value)}"
        case terms.AddLabel(name):
            return f"+{name}"
        case terms.RemoveLabel(name):
            return f"-{name}"
        case terms.MoveTo(column):
            return f"→ {column}"
        case terms.AddStep(text):
            return f"step “{text}”"
        case terms.Say(speech):
            return "replied" if speech is Speech.REPLY else "noted"
        case terms.Watch(person_id):
            return f"watched by {_person(work, person_id)}"
        case terms.Unwatch(person_id):
            return f"no longer watched by {_person(work, person_id)}"
        case terms.LinkTo(relation, number):
            return f"{relation.value} #{number}"
        case terms.DuplicateOf(number):
            return f"duplicate of #{number}"
        case terms.LogTime(minutes):
            return f"{minutes} min logged"
        case terms.Archive():
            return "archived"
        case terms.Reopen():
            return "reopened"
        case terms.AssignAuto():
            return "assigned"
        case terms.AssignLead():
            return "given to who leads the board"
        case terms.Raise():
            return "priority up"
        case terms.Escalate(there):
            return "escalated" if there else "no longer escalated"
        case terms.Notify(whom):
            return f"{whom if isinstance(whom, str) else _person(work, whom)} told"
        case terms.Message(text):
            return f"“{text}”"
        case terms.SayCanned(name):
            return f"“{name}” said"
        case terms.NewFrom(template):
            return f"a ticket from “{template}”"
        case terms.Report(kind):
            return f"the {kind} report"


def _value(work: Work, field: str, value: object) -> str:
    if value is None or value in {"", Status.NONE}:
        return "none"
    if field in {"assignee", "requester"} and isinstance(value, int):
        return _person(work, value)
    if field == "board" and isinstance(value, int):
        return work.board(value).name
    if field == "organization" and isinstance(value, int):
        return directory.organization_name(work.unit, value)
    if isinstance(value, terms.New):
        return value.name
    if isinstance(value, Priority | Level):
        return value.word
    if isinstance(value, datetime):
        return said(value, work.now, work.desk.zone)
    return str(value)


def _person(work: Work, person_id: int) -> str:
    person = directory.person(work.unit, person_id)
    return person.short if person is not None else "nobody"
