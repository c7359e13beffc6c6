"""People from a list: a CSV with one person a line, all of them or nobody."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from helpdesk_tui.desk import persons
from helpdesk_tui.desk.admission import Account
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.persons import Details, Roll
from helpdesk_tui.desk.work import working
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import HelpdeskError, UsageError

FIELDS = ("login", "name", "mail", "role", "organization", "skills", "languages", "zone", "capacity")
"""What a column may be called; `name` or `login` must be there."""

LINES_TOLD = 20
"""Lines that are told of when something is wrong with them."""
MOST = 50_000


def import_people(desk: Desk, text: str, account_named: Callable[[str], Account | None] = lambda _: None) -> Outcome:
    """Take in everybody of the list, as one undo step.

    UsageError that names each line that cannot be; then nobody was taken in. `account_named` says which account of the
    operating system a login means.
    """
    desk.require(Act.MANAGE_PEOPLE)
    lines = list(_lines(text))
    wrong: list[str] = []
    with working(desk, Act.MANAGE_PEOPLE) as work:
        roll = Roll(work.unit)
        for number, values in lines:
            try:
                details = _details(values)
                persons.insert(work, details, account_named(details.login) if details.login else None, roll)
            except HelpdeskError as error:
                wrong.append(f"line {number}: {error.message}")
        if wrong:
            more = f"\nand {len(wrong) - LINES_TOLD:,} more" if len(wrong) > LINES_TOLD else ""
            told = "\n".join(wrong[:LINES_TOLD]) + more
            raise UsageError(f"Nobody was taken in:\n{told}\n", "Correct these lines and import it again.")
        if not lines:
            raise UsageError("The list names nobody.", "Below its first line there is one person a line.")
        if len(work.warnings) > LINES_TOLD:
            work.warnings[LINES_TOLD:] = [
                f"And {len(work.warnings) - LINES_TOLD:,} more are called like somebody else."
            ]
        count = "1 person" if len(lines) == 1 else f"{len(lines):,} people"
        return work.commit(f"{count} added")


def _lines(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The line number and the values of each person."""
    if "\x00" in text:
        raise UsageError("The list contains a NUL character.", "Save it as CSV in UTF-8.")
    first = text.lstrip("\ufeff").partition("\n")[0]
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        head = [name.strip().lower() for name in next(reader, [])]
        _check_head(head)
        count = 0
        for row in reader:
            if not any(value.strip() for value in row):
                continue
            count += 1
            if count > MOST:
                raise UsageError(f"The list has more than {MOST:,} people.", "Import it in parts.")
            if len(row) > len(head):
                raise UsageError(
                    f"Line {reader.line_num} has {len(row)} values for {len(head)} columns.", "Quote them."
                )
            yield reader.line_num, dict(zip(head, (value.strip() for value in row), strict=False))
    except csv.Error as error:
        raise UsageError(
            f"Line {reader.line_num} of the list is no CSV: {error}.", "Save it as CSV in UTF-8."
        ) from error


def _check_head(head: list[str]) -> None:
    unknown = [name for name in head if name not in FIELDS]
    if unknown:
        raise UsageError(
            f"The list has an unknown column {clean(unknown[0], limit=40)!r}.",
            f"Its first line names: {', '.join(FIELDS)}.",
        )
    if len(set(head)) != len(head):
        raise UsageError("The list has a column twice.", "Leave one of them out.")
    if not {"name", "login"} & set(head):
        raise UsageError("The list has no column `name` or `login`.", f"Its first line names: {', '.join(FIELDS)}.")


def _details(values: dict[str, str]) -> Details:
    given = {name: value for name, value in values.items() if value}
    role, capacity = given.get("role", "").lower(), given.get("capacity", "")
    if role and role not in set(Role):
        raise UsageError(f"There is no role {clean(role, limit=40)!r}.", f"Known: {', '.join(Role)}.")
    if capacity and not (capacity.isascii() and capacity.isdigit() and len(capacity) < 6):
        raise UsageError(f"{clean(capacity, limit=40)!r} is no capacity.", "Write a whole number.")
    return Details(
        name=given.get("name"),
        login=given.get("login"),
        mail=given.get("mail"),
        role=Role(role) if role else None,
        organization=given.get("organization"),
        skills=[given.get("skills", "").replace(";", ",")],
        languages=[given.get("languages", "").replace(";", ",")],
        zone=given.get("zone"),
        capacity=int(capacity) if capacity else None,
    )
