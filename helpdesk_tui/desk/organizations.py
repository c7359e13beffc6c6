"""The organizations that those who need help belong to."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from helpdesk_tui.desk import renaming
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.work import Work, working
from helpdesk_tui.domain import entry, profile
from helpdesk_tui.domain.people import Organization
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import Conflict, NotFound
from helpdesk_tui.store import cards, directory, organizations
from helpdesk_tui.store.records import Stored


class OrganizationUse(Struct, frozen=True):
    """An organization, how many active people it has and how many tickets of theirs, that may be seen, are open."""

    organization: Organization
    people: int
    open: int


def uses(desk: Desk) -> tuple[OrganizationUse, ...]:
    """All organizations by name."""
    desk.require(Act.SEE_ALL_TICKETS)
    with desk.store.reading() as unit:
        people, tickets = organizations.people(unit), organizations.open_tickets(unit, cards.visible(desk.actor))
        return tuple(
            OrganizationUse(one, people.get(one.id, 0), tickets.get(one.id, 0)) for one in organizations.all_of(unit)
        )


def find(desk: Desk, name: str) -> Organization:
    """The organization of that name, or what the one of that name is part of. NotFound if there is none."""
    desk.require(Act.SEE_ALL_TICKETS)
    with desk.store.reading() as unit:
        row = directory.organization_row(unit, name)
        found = next((one for one in organizations.all_of(unit) if row is not None and one.id == row.id), None)
    if found is None:
        raise NotFound(f"There is no organization {name!r}.", "`helpdesk org list` shows them.")
    return found


def add(desk: Desk, name: str, *, domains: Sequence[str] = (), shares: bool = False) -> Outcome:
    """Make an organization. Where it `shares`, each of its people sees the tickets of all. `made` is its id."""
    with working(desk, Act.MANAGE_PEOPLE) as work:
        row = directory.organization_row(work.unit, entry.name(name, "organization"))
        if row is not None and not row.removed:
            raise _taken(row.name, name, "Names differ by more than case.")
        made = named_or_made(work, name)
        _set(work, work.row("organization", made), None, domains, shares)
        return work.commit(f"organization {entry.name(name, 'organization')} added", made=made)


def edit(
    desk: Desk,
    organization_id: int,
    *,
    name: str | None = None,
    domains: Sequence[str] | None = None,
    shares: bool | None = None,
) -> Outcome:
    """Change what is given. Conflict for a name or a domain that is another's."""
    with working(desk, Act.MANAGE_PEOPLE) as work:
        row = work.row("organization", organization_id)
        _set(work, row, name, domains, shares)
        return work.commit(f"organization {row['name']} changed")


def remove(desk: Desk, organization_id: int) -> Outcome:
    """Remove an organization that nobody belongs to. Conflict while somebody or an open ticket does."""
    with working(desk, Act.MANAGE_PEOPLE) as work:
        row = work.row("organization", organization_id)
        if organizations.people(work.unit).get(organization_id) or organizations.open_tickets(work.unit).get(
            organization_id
        ):
            raise Conflict(f"{row['name']} still has people or open tickets.", "Give those to another one first.")
        work.alter("organization", row, {"removed": True}, "organization", text=row["name"])
        left = renaming.still_named(work, "organization", row["name"])
        return work.commit(f"organization {row['name']} removed", left)


def named_or_made(work: Work, name: str) -> int:
    """The organization of that name, made or brought back within this step if it is not there."""
    name = entry.name(name, "organization")
    row = directory.organization_row(work.unit, name)
    if row is None:
        return work.make("organization", {"name": name, "folded": fold(name)}, "organization", text=name)
    if row.removed:
        work.alter("organization", {"id": row.id, "removed": True}, {"removed": False}, "organization", text=name)
    return int(row.id)


def _set(work: Work, row: Stored, name: str | None, domains: Sequence[str] | None, shares: bool | None) -> None:
    changes: dict[str, object] = {}
    if name is not None:
        name = entry.name(name, "organization")
        other = directory.organization_row(work.unit, name)
        if other is not None and other.id != row["id"]:
            raise _taken(other.name, name, "Choose another name.")
        changes |= {"name": name, "folded": fold(name)}
    if domains is not None:
        wanted = profile.domains(domains)
        for one in organizations.all_of(work.unit):
            taken = set(wanted) & set(one.domains)
            if one.id != row["id"] and taken:
                raise Conflict(f"The domain {min(taken)} is {one.name}’s.", "A domain belongs to one organization.")
        changes["domains"] = profile.joined(wanted)
    if shares is not None:
        changes["shares"] = shares
    with renaming.followed(work, "organization", row["id"], (row["name"], name or row["name"])):
        work.alter("organization", row, changes, "organization", text=row["name"])


def _taken(by: str, name: str, hint: str) -> Conflict:
    if fold(by) == fold(name):
        return Conflict(f"There is an organization {by!r} already.", hint)
    return Conflict(f"{name!r} was merged into {by}, and leads there.", "Choose another name, or undo the merge.")
