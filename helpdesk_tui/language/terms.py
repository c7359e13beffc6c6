"""What a change does, once names are ids and dates are moments: the terms the desk applies, in the order typed."""

from __future__ import annotations

from dataclasses import dataclass

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.ticket import Relation, Speech


@dataclass(frozen=True, slots=True)
class New:
    """A person or an organization that the desk does not know yet: it is made with the change."""

    name: str


@dataclass(frozen=True, slots=True)
class SetField:
    """Give a field a value: None, an empty word or Status.NONE clears it.

    | field | value |
    | --- | --- |
    | title, kind, language | str |
    | priority | Priority |
    | impact, urgency | Level or None |
    | due | aware UTC datetime or None |
    | status | Status |
    | assignee | id of a person, or None |
    | requester | id of a person, New, or None |
    | organization | id, New, or None |
    | board | id |
    """

    field: str
    value: object


@dataclass(frozen=True, slots=True)
class AssignAuto:
    """`assignee:auto`: let the desk choose who takes it."""


@dataclass(frozen=True, slots=True)
class AssignLead:
    """`assignee:lead`: whoever leads the ticket's board."""


@dataclass(frozen=True, slots=True)
class Raise:
    """`priority:up`: the next higher priority; a critical ticket stays as it is."""


@dataclass(frozen=True, slots=True)
class Escalate:
    """`escalate` marks a ticket as escalated, `calm` takes the mark off."""

    there: bool


@dataclass(frozen=True, slots=True)
class Notify:
    """`notify:bob`, `notify:assignee`: somebody is told in their notices. The id of a person, or who they are to the
    ticket: one of `TOLD`. For rules."""

    whom: int | str


@dataclass(frozen=True, slots=True)
class Message:
    """`message:"text"`: what those are told. For rules."""

    text: str


@dataclass(frozen=True, slots=True)
class SayCanned:
    """`canned:"On it"`: the canned reply of that name is said, and its change made. For rules."""

    name: str


@dataclass(frozen=True, slots=True)
class NewFrom:
    """`new:"Check backups"`: a ticket is made from the template of that name. For rules."""

    template: str


@dataclass(frozen=True, slots=True)
class Report:
    """`report:daily`: a report goes to the notices of the admins, or of those whom `notify` names; `report:file`: it is
    written beside the desk, and they are told where. For rules."""

    kind: str


TOLD = ("assignee", "watchers", "lead", "admins")
"""Who may be told by what they are to a ticket."""


@dataclass(frozen=True, slots=True)
class AddLabel:
    """`+vpn`: the name as typed; a new label is made if none has it."""

    name: str


@dataclass(frozen=True, slots=True)
class RemoveLabel:
    """`-vpn`."""

    name: str


@dataclass(frozen=True, slots=True)
class MoveTo:
    """`to:doing` names a category, `to:"Waiting room"` a column of the ticket's own board."""

    column: str | Category


@dataclass(frozen=True, slots=True)
class AddStep:
    """`check:"text"`: one more checklist step."""

    text: str


@dataclass(frozen=True, slots=True)
class Say:
    """`reply:"text"` or `note:"text"`; `canned` names the canned reply that it was written with, if any."""

    speech: Speech
    body: str
    canned: str = ""


@dataclass(frozen=True, slots=True)
class Watch:
    """`watch:bob`."""

    person_id: int


@dataclass(frozen=True, slots=True)
class Unwatch:
    """`unwatch:bob`."""

    person_id: int


@dataclass(frozen=True, slots=True)
class LinkTo:
    """`link:#98` relates, `blocks:#98` and `parent:#98` say more; read from this ticket to the other."""

    relation: Relation
    number: int


@dataclass(frozen=True, slots=True)
class DuplicateOf:
    """`duplicate:#98`: link to it and close this one."""

    number: int


@dataclass(frozen=True, slots=True)
class LogTime:
    """`time:25m`."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Archive:
    """`archive`."""


@dataclass(frozen=True, slots=True)
class Reopen:
    """`reopen`."""


Term = (
    SetField
    | AssignAuto
    | AssignLead
    | Raise
    | Escalate
    | Notify
    | Message
    | SayCanned
    | NewFrom
    | Report
    | AddLabel
    | RemoveLabel
    | MoveTo
    | AddStep
    | Say
    | Watch
    | Unwatch
    | LinkTo
    | DuplicateOf
    | LogTime
    | Archive
    | Reopen
)
