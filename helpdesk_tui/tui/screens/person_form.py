"""Somebody of the desk as a form, and the accounts of this machine that somebody new may have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.geometry import Size
from textual.widgets import Input, Static

from helpdesk_tui.domain.people import Person, Role
from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import UsageError
from helpdesk_tui.language import dates
from helpdesk_tui.tui.fuzzy import best
from helpdesk_tui.tui.hues import HUES
from helpdesk_tui.tui.screens.pick import Pick
from helpdesk_tui.tui.screens.prepared_form import PreparedForm, field_line
from helpdesk_tui.tui.widgets.choice_line import ChoiceLine
from helpdesk_tui.tui.widgets.picker import Choice

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.desk.persons import Away

LEAST_UID, NOBODY = 1000, 65534
"""Accounts of people are from here on, and not this one."""

IDENTITY = (
    ("name", "Name", "Dana Levi"),
    ("login", "Login", "the account of this machine, or the login for the gate, or none"),
    ("mail", "Mail", "dana@acme.example"),
    ("organization", "Organization", "one that is known, or a new one"),
)
WORK = (
    ("skills", "Skills", "network, printers"),
    ("languages", "Languages", "en, et"),
    ("zone", "Time zone", "Europe/Tallinn"),
    ("capacity", "Capacity", "open tickets at once; empty for any number"),
    ("away_from", "Away from", "today, 1 dec; empty for now"),
    ("away_until", "Away until", "mon, 2 dec 12:00; empty for here"),
    ("color", "Colour", ", ".join(HUES)),
    ("initials", "Initials", "from the name"),
)
_ADMINS = frozenset({"name", "login", "mail", "organization", "capacity"})
"""What only an admin says of somebody, beside the role."""


class NewAccount(Struct, frozen=True):
    """Somebody who is not on the desk yet: an account of this machine, or just what was typed."""

    login: str
    name: str
    has_account: bool


class PersonForm(PreparedForm):
    """Edits somebody, or with `person` None takes somebody in. Dismissed with the Outcome.

    `whole` is for those who manage people: the others edit what everybody may say about themselves.
    """

    def __init__(
        self,
        person: Person | None,
        now: datetime,
        zone: tzinfo,
        *,
        whole: bool = True,
        account: NewAccount | None = None,
    ) -> None:
        self._person = person
        self._account = account
        self._lines = (*IDENTITY, *WORK) if whole else tuple(one for one in WORK if one[0] not in _ADMINS)
        self._whole = whole
        before = _fields(person, now, zone)
        if person is None and account is not None:
            before |= {"name": account.name, "login": account.login if account.has_account else ""}
        self._began = before
        heading = "Somebody new" if person is None else clean(person.name, limit=60)
        about = "new person" if person is None else f"person {person.id}"
        super().__init__(heading, about, before, is_new=person is None)

    def begins(self) -> dict[str, str]:
        return dict(self._before) if self._is_new else super().begins()

    def compose(self) -> ComposeResult:
        begin = self.begins()
        with self.box():
            with VerticalScroll(classes="form", can_focus=False):
                for name, label, example in self._lines:
                    yield from field_line(label, name, begin[name], example)
                    if name == "login":
                        with Horizontal(classes="field"):
                            yield Static("Role", classes="name")
                            yield ChoiceLine([role.value for role in Role], begin["role"], id="role")
            yield Static("", classes="said -empty")

    def opened(self) -> None:
        super(PreparedForm, self).opened()
        self.note_reading()
        self.query_one(f"#{self._lines[0][0]}").focus()

    def sized(self, size: Size) -> None:
        super().sized(size)
        self.query_one(".form").styles.max_height = self.rows_free(taken=3)

    def fields(self) -> dict[str, str]:
        found = {name: self.query_one(f"#{name}", Input).value for name, _, _ in self._lines}
        return found | ({"role": self.query_one(ChoiceLine).value} if self._whole else {})

    def saved(self, desk: Desk, fields: dict[str, str]) -> Outcome:
        from helpdesk_tui.desk import persons

        given = _details(desk, fields, self._began)
        if self._person is not None:
            return persons.edit(desk, self._person.id, persons.Details(**given))
        from helpdesk_tui.bootstrap import account_named

        login = fields["login"].strip()
        account = account_named(login) if login and self._account is not None and self._account.has_account else None
        return persons.add(desk, persons.Details(**given), account)


class AccountPick(Pick):
    """The accounts of this machine that are nobody's on the desk yet; none for those who came in through the gate.
    Dismissed with a NewAccount."""

    HINT = (("enter", "take it"), ("esc", "leave"))

    def __init__(self, known: Sequence[Person], *, sealed: bool = False) -> None:
        heading = "Somebody new" if sealed else "Somebody new: an account of this machine, or a name"
        super().__init__(heading, prompt="a name" if sealed else "a login or a name")
        self._known = {person.login for person in known}

    def load(self, desk: Desk) -> Sequence[Choice]:
        if desk.sealed:
            return []
        return [Choice(one, one.login, one.name) for one in accounts_of_this_machine() if one.login not in self._known]

    def find(self, typed: str) -> None:
        found = list(best(typed, self.all_choices, lambda choice: f"{choice.text} {choice.note}"))
        name = typed.strip()
        if name and name not in {choice.text for choice in found}:
            found.append(Choice(NewAccount("", name, has_account=False), name, "without an account", "note"))
        self.offer(found)


def accounts_of_this_machine() -> list[NewAccount]:
    """The accounts of people in the password database, by login."""
    import pwd

    people = [entry for entry in pwd.getpwall() if LEAST_UID <= entry.pw_uid < NOBODY]
    return [
        NewAccount(entry.pw_name, entry.pw_gecos.partition(",")[0] or entry.pw_name, has_account=True)
        for entry in sorted(people, key=lambda entry: entry.pw_name)
    ]


def _fields(person: Person | None, now: datetime, zone: tzinfo) -> dict[str, str]:
    if person is None:
        empty = dict.fromkeys((name for name, _, _ in (*IDENTITY, *WORK)), "")
        return empty | {"role": Role.REQUESTER.value}
    said = {
        name: "" if at is None else dates.said(at, now, zone)
        for name, at in (("away_from", person.away_from), ("away_until", person.away_until))
    }
    shown = {
        "name": person.name,
        "login": person.login,
        "mail": person.mail,
        "organization": person.organization,
        "skills": ", ".join(person.skills),
        "languages": ", ".join(person.languages),
        "zone": person.zone,
        "color": person.color,
        "initials": person.initials,
    }
    capacity = "" if person.capacity is None else str(person.capacity)
    return (
        {name: clean(text) for name, text in shown.items()}
        | said
        | {
            "capacity": capacity,
            "role": person.role.value,
        }
    )


def _details(desk: Desk, fields: dict[str, str], before: dict[str, str]) -> dict[str, Any]:
    """What was typed as `persons.Details` takes it; UsageError for what does not read as what it should be."""
    given: dict[str, Any] = {}
    for name, text in fields.items():
        text = text.strip()
        match name:
            case "skills" | "languages":
                given[name] = text.split(",") if text else []
            case "capacity":
                given[name] = _whole(text)
            case "role":
                given[name] = Role(text or Role.REQUESTER.value)
            case "away_from" | "away_until":
                given["away"] = _away(desk, {**before, **fields})
            case _:
                given[name] = text
    return given


def _whole(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and len(text) < 7):
        raise UsageError(f"{clean(text, limit=40)!r} is no number of tickets.", "Write 8, or nothing for any number.")
    return int(text)


def _away(desk: Desk, fields: dict[str, str]) -> Away:
    from helpdesk_tui.desk.persons import Away

    now, zone = desk.clock.now(), desk.zone
    start, end = (
        dates.moment(fields[name], now, zone).at if fields[name].strip() else None
        for name in ("away_from", "away_until")
    )
    return Away(start, end)
