"""Templates: writing them, and making tickets from them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from helpdesk_tui.desk import applying, renaming, tickets
from helpdesk_tui.desk.canned import one_line
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.tickets import NewTicket
from helpdesk_tui.desk.work import Work, no_such, working
from helpdesk_tui.domain import entry
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.template import (
    Template,
    answered,
    checklist_records,
    checklists_from,
    checklists_text,
    described,
    question_records,
    questions_from,
    questions_text,
)
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import Conflict, NotFound, UsageError
from helpdesk_tui.language import terms
from helpdesk_tui.language.asking import Asking
from helpdesk_tui.language.bind_change import bind_change
from helpdesk_tui.language.changes import parse_change
from helpdesk_tui.language.terms import Term
from helpdesk_tui.store import prepared
from helpdesk_tui.store.lookup import StoreLookup
from helpdesk_tui.store.records import Stored

_MAY_SET = frozenset(
    ("assignee", "board", "due", "impact", "kind", "language", "organization", "priority", "status", "urgency")
)
"""Fields that the change of a template may set: the rest is what the new ticket says itself."""


class Wording(Struct, frozen=True):
    """A template as it is written: questions and steps one a line, see `domain.template`."""

    name: str
    title: str = ""
    body: str = ""
    questions: str = ""
    steps: str = ""
    change: str = ""
    for_requesters: bool = False


def wording(template: Template) -> Wording:
    """A template as it was written, to write it differently."""
    return Wording(
        template.name,
        template.title,
        template.body,
        questions_text(template.questions),
        checklists_text(template.checklists),
        template.change,
        template.for_requesters,
    )


def templates(desk: Desk) -> tuple[Template, ...]:
    """The templates the acting person may use, by name. What a template does besides is the team's to know."""
    desk.require(Act.CREATE)
    with desk.store.reading() as unit:
        found = prepared.templates(unit, only_for_requesters=not desk.actor.on_team)
    return tuple(_as_seen(desk, template) for template in found)


def find(desk: Desk, name: str) -> Template:
    """The template of that name. NotFound alike if there is none and if it is not for this person."""
    desk.require(Act.CREATE)
    with desk.store.reading() as unit:
        found = prepared.template_named(unit, name)
    if found is None or not _is_for(desk, found):
        raise NotFound(f"There is no template {name[:60]!r}.", "`helpdesk template list` shows them.")
    return _as_seen(desk, found)


def add(desk: Desk, written: Wording) -> Outcome:
    """Write a template. UsageError or LanguageError for what cannot be used, Conflict for a name that is taken."""
    desk.require(Act.PREPARE)
    row = _checked(desk, written)
    with working(desk) as work:
        _refuse_second(work, row, but=None)
        made = work.make("template", row, "template", text=row["name"])
        return work.commit(f"template {row['name']} saved", made=made)


def edit(desk: Desk, template_id: int, written: Wording) -> Outcome:
    """Write a template differently. Errors as for `add`."""
    desk.require(Act.PREPARE)
    row = _checked(desk, written)
    with working(desk) as work:
        _refuse_second(work, row, but=template_id)
        current = work.row("template", template_id)
        with renaming.followed(work, "template", template_id, (current["name"], row["name"])):
            work.alter("template", current, row, "template", text=row["name"])
        return work.commit(f"template {row['name']} changed", made=template_id)


def remove(desk: Desk, template_id: int) -> Outcome:
    """Remove a template; the tickets made from it stay."""
    with working(desk, Act.PREPARE) as work:
        row = work.row("template", template_id)
        work.alter("template", row, {"removed": True}, "template", text=row["name"])
        return work.commit(f"template {row['name']} removed", renaming.still_named(work, "template", row["name"]))


def use(
    desk: Desk,
    template_id: int,
    answers: Sequence[str] = (),
    *,
    title: str = "",
    board_id: int | None = None,
    more: Sequence[Term] = (),
) -> Outcome:
    """Make a ticket from a template: the answers, in the order of its questions, become the description.

    UsageError, naming the question, for an answer that is missing or cannot be. `more` is applied after the template's
    own change, which is the team's and needs no permission of the person who uses it.
    """
    desk.require(Act.CREATE)
    for act in tickets.acts_of(more):
        desk.require(act)
    with desk.store.reading() as unit:
        template = prepared.template_by_id(unit, template_id)
    if template is None or not _is_for(desk, template):
        raise no_such("template")
    said = answered(template.questions, answers)
    wanted = (*_bound(desk, template.change, desk.actor.id), *more)
    with working(desk, Act.CREATE) as work:
        ticket = _make(work, template, said, wanted, title, board_id)
        return work.commit(f"#{ticket['id']} {ticket['title']}", made=ticket["id"])


def make(work: Work, name: str, more: Sequence[Term]) -> Stored:
    """A ticket from the template of that name within a step, no question of it answered.

    NotFound if there is none, UsageError if one of its questions must be answered.
    """
    template = prepared.template_named(work.unit, name)
    if template is None:
        raise NotFound(f"There is no template {name[:60]!r}.", "`helpdesk template list` shows them.")
    wanted = (*_bound(work.desk, template.change, work.desk.actor.id), *more)
    return _make(work, template, answered(template.questions, ()), wanted)


def _make(
    work: Work,
    template: Template,
    said: Sequence[str],
    wanted: Sequence[Term],
    title: str = "",
    board_id: int | None = None,
) -> Stored:
    new = NewTicket(
        title=title.strip() or template.title or template.name,
        description=described(template.body, template.questions, said),
        board_id=board_id,
        template=template.name,
    )
    ticket = work.ticket(tickets.insert(work, new))
    for checklist in template.checklists:
        for step in checklist.steps:
            applying.add_step(work, ticket["id"], step, checklist.name)
    applying.apply(work, ticket, wanted)
    return ticket


def _is_for(desk: Desk, template: Template) -> bool:
    return template.for_requesters or desk.actor.on_team


def _as_seen(desk: Desk, template: Template) -> Template:
    return template if desk.actor.on_team else replace(template, change="", checklists=())


def _checked(desk: Desk, written: Wording) -> Stored:
    """The record of a template, everything in it as it may be."""
    name = entry.name(written.name, "template")
    change = one_line(written.change)
    # Somebody with an id that nobody has: what of the change comes to that is about the person who uses the template.
    nobody = 0
    for term in _bound(desk, change, desk.actor.id):
        _refuse_unfit(term)
    if written.for_requesters and any(_is_about(term, nobody) for term in _bound(desk, change, nobody)):
        raise UsageError("In a template for requesters `me` would be the requester.", "Name the person.")
    return {
        "name": name,
        "folded": fold(name),
        "title": entry.title(written.title) if written.title.strip() else "",
        "body": entry.long_text(written.body, "description").strip("\n"),
        "questions": question_records(questions_from(written.questions)),
        "checklists": checklist_records(checklists_from(written.steps)),
        "change": change,
        "for_requesters": written.for_requesters,
    }


def _bound(desk: Desk, change: str, me: int) -> tuple[Term, ...]:
    """A template's change as the team means it, whoever uses it: names are looked up among all there are."""
    team = replace(desk.actor, id=me, role=Role.ADMIN)
    return bind_change(parse_change(change), Asking(team, desk.clock.now(), desk.zone, StoreLookup(desk.store, team)))


def _refuse_unfit(term: Term) -> None:
    match term:
        case terms.SetField(field) if field in _MAY_SET:
            return
        case terms.AddLabel() | terms.AddStep() | terms.MoveTo() | terms.Watch():
            return
    raise UsageError(
        "The change of a template sets fields, adds labels, steps and watchers, and moves; nothing else.",
        "As in: +hardware priority:high assignee:bob due:3d",
    )


def _is_about(term: Term, person_id: int) -> bool:
    return term == terms.Watch(person_id) or term == terms.SetField("assignee", person_id)


def _refuse_second(work: Work, row: Stored, but: int | None) -> None:
    same = prepared.template_named(work.unit, row["name"])
    if same is not None and same.id != but:
        raise Conflict(f"There is a template {same.name!r} already.", "Edit that one, or choose another name.")
