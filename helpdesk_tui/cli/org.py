"""`helpdesk org`: the organizations of those who need help."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk_tui.cli import shapes_team
from helpdesk_tui.cli.call import Call
from helpdesk_tui.cli.listed import listed
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.desk import merging_organizations, organizations
from helpdesk_tui.desk.organizations import OrganizationUse


def run(call: Call) -> int:
    """List the organizations, or change one."""
    match call.action():
        case "add":
            (name,) = call.expect(1, 1)
            made = organizations.add(call.desk, name, domains=_domains(call) or (), shares=bool(_shares(call)))
            return call.report(made)
        case "edit":
            (name,) = call.expect(1, 1)
            found = organizations.find(call.desk, name)
            new, domains, shares = call.text("--name"), _domains(call), _shares(call)
            return call.report(organizations.edit(call.desk, found.id, name=new, domains=domains, shares=shares))
        case "remove":
            (name,) = call.expect(1, 1)
            return call.report(organizations.remove(call.desk, organizations.find(call.desk, name).id))
        case "merge":
            which, into = (organizations.find(call.desk, name).id for name in call.expect(2, 2))
            return call.report(merging_organizations.merge(call.desk, which, into))
    return _list(call)


def _list(call: Call) -> int:
    call.expect(0, 0)
    columns = (
        Column("organization", widest=40),
        Column("mail domains", widest=40, keep=2),
        Column("tickets", widest=30, keep=1),
        Column("people", right=True),
        Column("open", right=True),
    )
    nothing = "There are no organizations yet: `helpdesk org add NAME` makes one."
    return listed(call, organizations.uses(call.desk), shapes_team.organization, columns, _row, nothing)


def _row(one: OrganizationUse) -> Sequence[Cell]:
    return (
        Cell(one.organization.name),
        Cell(", ".join(one.organization.domains)),
        Cell("each sees the tickets of all" if one.organization.shares else "each sees their own"),
        Cell(str(one.people)),
        Cell(str(one.open)),
    )


def _domains(call: Call) -> list[str] | None:
    given = call.text("--domains")
    return None if given is None else given.split(",")


def _shares(call: Call) -> bool | None:
    given = call.text("--shares")
    return None if given is None else given == "yes"
