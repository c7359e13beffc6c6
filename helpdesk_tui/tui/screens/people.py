"""The people of the desk: who works here and at what, who asks for help, who is no longer there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from textual.binding import Binding

from helpdesk_tui.domain.at_work import AtWork
from helpdesk_tui.domain.people import Person
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.text import clean
from helpdesk_tui.language.away import away
from helpdesk_tui.tui.fuzzy import best
from helpdesk_tui.tui.screens.confirm import Confirm, ForGood
from helpdesk_tui.tui.screens.managing import Key
from helpdesk_tui.tui.screens.managing_rows import ManagingGroups
from helpdesk_tui.tui.screens.pick import Pick
from helpdesk_tui.tui.widgets.lines import Pieces
from helpdesk_tui.tui.widgets.people_list import Row, row_pieces
from helpdesk_tui.tui.widgets.picker import Choice
from helpdesk_tui.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome

GROUPS = ("Team", "Requesters", "Deactivated")


class TheirTickets(Struct, frozen=True):
    """Show what this query finds on the board."""

    query: str
    name: str


class PeoplePick(ManagingGroups):
    """Everybody, or for those who do not manage people the team. Dismissed with TheirTickets."""

    BINDINGS = [
        Binding("N", "add", "New", show=False),
        Binding("D", "deactivate", "Deactivate", show=False),
        Binding("H", "hand_over", "Hand over", show=False),
        Binding("M", "merge", "Merge", show=False),
        Binding("E", "erase", "Erase", show=False),
        Binding("T", "tickets", "Tickets", show=False),
        Binding("O", "organizations", "Organizations", show=False),
    ]
    HINT: tuple[tuple[str, str], ...] = (("esc", "leave"),)
    NEEDS = Act.SEE_ALL_TICKETS
    _now: datetime
    _zone: tzinfo

    def __init__(self) -> None:
        super().__init__("People", prompt="a name, a role, a skill, an organization", empty="Nobody of that name.")
        self._manages = False
        self._me = 0

    def _fit(self) -> None:
        rows = self.rows_free(taken=7)
        self.list.styles.height = max(2, min(rows, len(self.all_choices) + len(GROUPS)))

    # What there is

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import people

        self._manages, self._me = desk.may(Act.MANAGE_PEOPLE), desk.actor.id
        found = people.at_work(desk, everybody=self._manages)
        self._now, self._zone = desk.clock.now(), desk.zone
        return [Choice(Row(one), _words(one)) for one in sorted(found, key=_order)]

    def find(self, typed: str) -> None:
        """While nothing is typed, in groups under headings; else those who are meant, the likeliest first."""
        if typed.strip():
            self.offer(best(typed, self.all_choices, lambda choice: choice.text))
            return
        groups: dict[int, list[Choice]] = {}
        for choice in self.all_choices:
            groups.setdefault(_group(choice.value.person), []).append(choice)
        self.offer(
            [
                choice
                for group, choices in groups.items()
                for choice in (_heading(f"{GROUPS[group]} {len(choices):,}"), *choices)
            ]
        )

    def drawn(self, choice: Choice, width: int) -> Pieces:
        return row_pieces(choice.value, width, self._now, self._zone, plain=self.plain)

    def identity(self, choice: Choice) -> object:
        person: Person | None = choice.value.person
        return person.id if person is not None else None

    def keys_now(self) -> tuple[Key, ...]:
        return (
            Key("N", "new", self._manages),
            Key("D", "deactivate, take back", self._manages),
            Key("H", "hand over", self._manages),
            Key("M", "merge", self._manages),
            Key("E", "erase", self._manages),
            Key("T", "their tickets"),
            Key("O", "organizations"),
        )

    def seen(self, choice: Choice) -> None:
        self.about(_about(choice.value.one))
        self.HINT = (("enter", "edit"), ("esc", "leave")) if self._edits(choice) else (("esc", "leave"),)
        self.query_one(".sheet").border_subtitle = self.hint()

    def _edits(self, choice: Choice) -> bool:
        """Admins edit everybody, the others their own entry."""
        return self._manages or choice.value.person.id == self._me

    def here_changed(self, _here: object, _boards: object) -> None:
        """Somebody came, went, or began an answer."""
        self.renew()

    def renew(self) -> None:
        """Ask anew, but not while the screen is only just being made, or taken down; what was said stays."""
        if self.is_there and self.query(RowList):
            self.say_on()
            self.again()

    # What is done

    def chosen(self, choice: Choice | None) -> None:
        if choice is None:
            return
        person = choice.value.person
        if not self._edits(choice):
            self.say("An admin of the desk edits people; everybody their own entry.", "bad")
            return
        from helpdesk_tui.tui.screens.person_form import PersonForm

        form = PersonForm(person, self._now, self._zone, whole=self._manages)
        self.app.push_screen(form, self.done)

    def action_add(self) -> None:
        if self.permitted("N"):
            from helpdesk_tui.tui.screens.person_form import AccountPick

            sealed = self.app.config.sealed
            self.open(AccountPick([choice.value.person for choice in self.all_choices], sealed=sealed), self._add)

    def _add(self, account: Any) -> None:
        from helpdesk_tui.tui.screens.person_form import PersonForm

        self.app.push_screen(PersonForm(None, self._now, self._zone, account=account), self.done)

    def action_deactivate(self) -> None:
        def deactivate(choice: Choice) -> None:
            one: AtWork = choice.value.one
            if not one.person.active:
                self.change(partial(_reactivate, one.person.id))
            elif one.open:
                nobody = Choice((None,), "nobody: they stay as they are", style="dim")
                self._give(
                    f"Deactivate {clean(one.person.short, limit=30)}", one, partial(_deactivate, one.person.id), nobody
                )
            else:
                question = f"{clean(one.person.name)} is let in no more and offered no more. Their history stays."
                ask = Confirm(f"Deactivate {clean(one.person.short, limit=40)}", question, "deactivate")
                self.open(ask, lambda _yes: self.change(partial(_deactivate, one.person.id, None)))

        self.act("D", deactivate)

    def action_hand_over(self) -> None:
        def hand_over(choice: Choice) -> None:
            one: AtWork = choice.value.one
            if one.open:
                self._give(clean(one.person.short, limit=30), one, partial(_hand_over, one.person.id))
            else:
                self.say(f"{clean(one.person.short, limit=30)} has no open tickets.", "bad")

        self.act("H", hand_over)

    def _give(self, what: str, one: AtWork, work: Callable[..., Outcome], *others: Choice) -> None:
        """Ask who takes somebody's open tickets; `work` is done with the id of who does."""
        count = "open ticket" if one.open == 1 else f"{one.open} open tickets"
        takers = [choice.value.one for choice in self.all_choices if _takes(choice.value.one, one.person)]
        takers.sort(key=lambda taker: (taker.person.is_away(self._now), taker.over, taker.open))
        choices = [Choice((other.person.id,), other.person.name, self._has_to_do(other)) for other in takers]
        pick = Pick(f"{what}: who takes their {count}?", [*choices, *others], empty="Nobody of that name.")
        self.open(pick, lambda to: self.change(partial(work, to[0])))

    def _has_to_do(self, one: AtWork) -> str:
        return " · ".join(part for part in (away(one.person, self._now, self._zone), f"{one.open} open") if part)

    def action_merge(self) -> None:
        def merge(choice: Choice) -> None:
            gone: Person = choice.value.person
            others = [one.value.person for one in self.all_choices if one.value.person.id != gone.id]
            choices = [Choice(other, other.name, _known_by(other)) for other in others if other.active]
            self.merge(gone, choices, partial(_becomes, gone), partial(_merge, gone.id), nobody="Nobody of that name.")

        self.act("M", merge)

    def action_erase(self) -> None:
        def erase(choice: Choice) -> None:
            gone: Person = choice.value.person
            question = (
                f"Name, mail, texts and files of {clean(gone.name)} ({_known_by(gone)}) go for good, "
                "out of the history too; what is counted stays. This cannot be undone."
            )
            ask = ForGood(f"Erase {clean(gone.short, limit=40)}", question, "erase")

            def sure(_may: None) -> None:
                self.open(ask, lambda _yes: self.change(partial(_erase, gone.id)))

            self.ask(partial(_may_be_erased, gone.id), sure, self.failed, hold=True)

        self.act("E", erase)

    def action_tickets(self) -> None:
        def show(choice: Choice) -> None:
            person: Person = choice.value.person
            self.dismiss(TheirTickets(_query(person), f"tickets of {person.short}"))

        self.act("T", show)

    def action_organizations(self) -> None:
        if self.permitted("O"):
            from helpdesk_tui.tui.screens.organizations import OrganizationsPick

            self.app.push_screen(OrganizationsPick(), lambda _nothing: self.again())


def _heading(text: str) -> Choice:
    return Choice(Row(None, text), text, enabled=False)


def _group(person: Person) -> int:
    return 2 if not person.active else 0 if person.role.on_team else 1


def _order(one: AtWork) -> tuple[object, ...]:
    """Those who have more to do than they can first, then by name; in their groups."""
    person = one.person
    return (_group(person), not one.over, person.name.casefold())


def _words(one: AtWork) -> str:
    """Everything of somebody that letters may find."""
    person = one.person
    parts = (person.name, person.login, person.role.value, person.organization, person.mail, *person.skills)
    return " ".join(filter(None, parts))


def _about(one: AtWork) -> str:
    """What the row has no room for."""
    person = one.person
    done = [
        f"replied {one.replied_today}× today" if one.replied_today else "",
        f"closed {one.closed_this_week} this week" if one.closed_this_week else "",
        f"worked {one.minutes_this_week // 60}:{one.minutes_this_week % 60:02} this week"
        if one.minutes_this_week
        else "",
    ]
    known = [
        _known_by(person), person.organization, ", ".join(person.skills), ", ".join(person.languages), person.zone,
    ]  # fmt: skip
    return " · ".join(part for part in (*known, *done) if part)


def _known_by(person: Person) -> str:
    return " · ".join(part for part in (person.login, person.mail) if part) or "no account"


def _becomes(gone: Person, into: Person) -> str:
    return (
        f"Everything of {clean(gone.name)} ({_known_by(gone)}) becomes "
        f"{clean(into.name)}'s ({_known_by(into)}), who keeps name and role."
    )


def _takes(one: AtWork, gone: Person) -> bool:
    person = one.person
    return person.id != gone.id and person.active and person.role.value in {"admin", "agent"}


def _query(person: Person) -> str:
    from helpdesk_tui.language.lexer import quoted

    who = person.short if person.short.isalnum() else quoted(person.short)
    return f"assignee:{who}" if person.role.on_team else f"requester:{who}"


def _deactivate(person_id: int, to: int | None, desk: Desk) -> Outcome:
    from helpdesk_tui.desk import persons

    return persons.deactivate(desk, person_id, to)


def _hand_over(person_id: int, to: int, desk: Desk) -> Outcome:
    from helpdesk_tui.desk import handing_over

    return handing_over.hand_over(desk, person_id, to)


def _reactivate(person_id: int, desk: Desk) -> Outcome:
    from helpdesk_tui.desk import persons

    return persons.reactivate(desk, person_id)


def _may_be_erased(person_id: int, desk: Desk) -> None:
    from helpdesk_tui.desk import erasing

    erasing.check_erasable(desk, person_id)


def _erase(person_id: int, desk: Desk) -> Outcome:
    from helpdesk_tui.desk import erasing

    return erasing.erase(desk, person_id)


def _merge(person_id: int, into: int, desk: Desk) -> Outcome:
    from helpdesk_tui.desk import merging_people

    return merging_people.merge(desk, person_id, into)
