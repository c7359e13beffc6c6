"""What a change does, once names are ids and dates are moments: the terms the desk applies, in the order typed."""

from __future__ import annotations

from msgspec import Struct

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.ticket import Relation, Speech


class New(Struct, frozen=True):
    """A person or an organization that the desk does not know yet: it is made with the change."""

    name: str


class SetField(Struct, frozen=True):
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


class AssignAuto(Struct, frozen=True):
    """`assignee:auto`: let the desk choose who takes it."""


class AssignLead(Struct, frozen=True):
    """`assignee:lead`: whoever leads the ticket's board."""


class Raise(Struct, frozen=True):
    """`priority:up`: the next higher priority; a critical ticket stays as it is."""


class Escalate(Struct, frozen=True):
    """`escalate` marks a ticket as escalated, `calm` takes the mark off."""

    there: bool


class Notify(Struct, frozen=True):
    """`notify:bob`, `notify:assignee`: somebody is told in their notices. The id of a person, or who they are to the
    ticket: one of `TOLD`. For rules."""

    whom: int | str


class Message(Struct, frozen=True):
    """`message:"text"`: what those are told. For rules."""

    text: str


class SayCanned(Struct, frozen=True):
    """`canned:"On it"`: the canned reply of that name is said, and its change made. For rules."""

    name: str


class NewFrom(Struct, frozen=True):
    """`new:"Check backups"`: a ticket is made from the template of that name. For rules."""

    template: str


class Report(Struct, frozen=True):
    """`report:daily`: a report goes to the notices of the admins, or of those whom `notify` names; `report:file`: it is
    written beside the desk, and they are told where. For rules."""

    kind: str


TOLD = ("assignee", "watchers", "lead", "admins")
"""Who may be told by what they are to a ticket."""


class AddLabel(Struct, frozen=True):
    """`+vpn`: the name as typed; a new label is made if none has it."""

    name: str


class RemoveLabel(Struct, frozen=True):
    """`-vpn`."""

    name: str


class MoveTo(Struct, frozen=True):
    """`to:doing` names a category, `to:"Waiting room"` a column of the ticket's own board."""

    column: str | Category


class AddStep(Struct, frozen=True):
    """`check:"text"`: one more checklist step."""

    text: str


class Say(Struct, frozen=True):
    """`reply:"text"` or `note:"text"`; `canned` names the canned reply that it was written with, if any."""

    speech: Speech
    body: str
    canned: str = ""


class Watch(Struct, frozen=True):
    """`watch:bob`."""

    person_id: int


class Unwatch(Struct, frozen=True):
    """`unwatch:bob`."""

    person_id: int


class LinkTo(Struct, frozen=True):
    """`link:#98` relates, `blocks:#98` and `parent:#98` say more; read from this ticket to the other."""

    relation: Relation
    number: int


class DuplicateOf(Struct, frozen=True):
    """`duplicate:#98`: link to it and close this one."""

    number: int


class LogTime(Struct, frozen=True):
    """`time:25m`."""

    minutes: int


class Archive(Struct, frozen=True):
    """`archive`."""


class Reopen(Struct, frozen=True):
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
