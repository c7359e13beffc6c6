"""The organizations that those who ask for help belong to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Input, Static

from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.text import clean
from helpdesk_tui.tui.screens.managing import Key, Managing
from helpdesk_tui.tui.screens.prepared_form import PreparedForm, field_line
from helpdesk_tui.tui.widgets.choice_line import ChoiceLine
from helpdesk_tui.tui.widgets.picker import Choice

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.organizations import OrganizationUse
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.domain.people import Organization

SHARES = ("own tickets only", "all of the organization")


class OrganizationsPick(Managing):
    """All organizations with their people and open tickets."""

    BINDINGS = [
        Binding("N", "add", "New", show=False),
        Binding("M", "merge", "Merge", show=False),
        Binding("X", "remove", "Remove", show=False),
    ]
    HINT = (("enter", "edit"), ("esc", "back"))

    def __init__(self) -> None:
        super().__init__("Organizations", prompt="an organization", empty="No organization of that name.")
        self._manages = False

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import organizations

        self._manages = desk.may(Act.MANAGE_PEOPLE)
        return [Choice(use, use.organization.name, _said(use)) for use in organizations.uses(desk)]

    def nothing(self) -> str:
        return super().nothing() if self.all_choices else "There is no organization yet."

    def identity(self, choice: Choice) -> object:
        found: int = choice.value.organization.id
        return found

    def keys_now(self) -> tuple[Key, ...]:
        return (Key("N", "new", self._manages), Key("M", "merge", self._manages), Key("X", "remove", self._manages))

    def seen(self, choice: Choice) -> None:
        one: Organization = choice.value.organization
        domains = ", ".join(one.domains) or "none"
        sees = "Each of its people sees the tickets of all." if one.shares else "Its people see their own tickets."
        self.about(f"Mail domains: {domains}. {sees}")

    def chosen(self, choice: Choice | None) -> None:
        if choice is None:
            return
        if self._manages:
            self.app.push_screen(OrganizationForm(choice.value.organization), self.done)
        else:
            self.say("An admin of the desk edits organizations.", "bad")

    def action_add(self) -> None:
        if self.permitted("N"):
            self.app.push_screen(OrganizationForm(None), self.done)

    def action_merge(self) -> None:
        def merge(choice: Choice) -> None:
            gone: Organization = choice.value.organization
            others = [one for one in self.all_choices if one.value.organization.id != gone.id]
            choices = [Choice(one.value.organization, one.text, one.note) for one in others]
            self.merge(
                gone, choices, partial(_becomes, gone), partial(_merge, gone.id), nobody="No organization of that name."
            )

        self.act("M", merge)

    def action_remove(self) -> None:
        self.act("X", lambda choice: self.change(partial(_remove, choice.value.organization.id)))


class OrganizationForm(PreparedForm):
    """Edits an organization, or makes one. Dismissed with the Outcome."""

    def __init__(self, known: Organization | None) -> None:
        self._known = known
        before = {
            "name": "" if known is None else clean(known.name),
            "domains": "" if known is None else ", ".join(known.domains),
            "sees": SHARES[known is not None and known.shares],
        }
        heading = "New organization" if known is None else clean(known.name, limit=60)
        about = "new organization" if known is None else f"organization {known.id}"
        super().__init__(heading, about, before, is_new=known is None)

    def compose(self) -> ComposeResult:
        begin = self.begins()
        with self.box():
            yield from field_line("Name", "name", begin["name"], "Acme OÜ")
            yield from field_line("Domains", "domains", begin["domains"], "acme.example, acme.ee")
            with Horizontal(classes="field"):
                yield Static("They see", classes="name")
                yield ChoiceLine(SHARES, begin["sees"], id="sees")
            yield Static("", classes="said -empty")

    def fields(self) -> dict[str, str]:
        texts = {name: self.query_one(f"#{name}", Input).value for name in ("name", "domains")}
        return texts | {"sees": self.query_one(ChoiceLine).value or SHARES[0]}

    def saved(self, desk: Desk, fields: dict[str, str]) -> Outcome:
        from helpdesk_tui.desk import organizations

        domains = None if "domains" not in fields else [one for one in fields["domains"].split(",") if one.strip()]
        shares = None if "sees" not in fields else fields["sees"] == SHARES[1]
        if self._known is None:
            return organizations.add(desk, fields["name"], domains=domains or (), shares=bool(shares))
        more: dict[str, Any] = {"name": fields.get("name"), "domains": domains, "shares": shares}
        return organizations.edit(desk, self._known.id, **more)


def _said(use: OrganizationUse) -> str:
    parts = [f"{use.people} {'person' if use.people == 1 else 'people'}", f"{use.open} open"]
    return " · ".join([*parts, *(["shares"] if use.organization.shares else [])])


def _remove(organization_id: int, desk: Desk) -> Outcome:
    from helpdesk_tui.desk import organizations

    return organizations.remove(desk, organization_id)


def _becomes(gone: Organization, into: Organization) -> str:
    return f"The people, tickets and mail domains of {clean(gone.name)} become those of {clean(into.name)}. " + (
        "There each sees the tickets of all." if into.shares else "There each sees their own tickets."
    )


def _merge(organization_id: int, into: int, desk: Desk) -> Outcome:
    from helpdesk_tui.desk import merging_organizations

    return merging_organizations.merge(desk, organization_id, into)
