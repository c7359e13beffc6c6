"""`helpdesk user`: the people of the desk."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from helpdesk_tui.cli import shapes_team, stdin, table
from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.listed import shown
from helpdesk_tui.cli.render import DIM, RED, YELLOW
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.desk import handing_over, merging_people, people, persons
from helpdesk_tui.desk.persons import HERE, Away, Details
from helpdesk_tui.domain.at_work import AtWork
from helpdesk_tui.domain.people import Person, Role
from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import NotFound, UsageError
from helpdesk_tui.language.away import away
from helpdesk_tui.language.dates import said


def run(call: Call) -> int:
    """List the people, show one, or change who is on the desk."""
    match call.action():
        case "add":
            return _add(call)
        case "show":
            (who,) = call.expect(1, 1)
            return _show(call, people.person(call.desk, who))
        case "edit":
            (who,) = call.expect(1, 1)
            return call.report(persons.edit(call.desk, people.person(call.desk, who).id, _details(call)))
        case "deactivate":
            (who,) = call.expect(1, 1)
            taker = call.text("--hand-over")
            to = None if taker is None else people.person(call.desk, taker).id
            return call.report(persons.deactivate(call.desk, people.person(call.desk, who).id, to))
        case "reactivate":
            (who,) = call.expect(1, 1)
            return call.report(persons.reactivate(call.desk, people.person(call.desk, who).id))
        case "hand-over":
            who, to_whom = call.expect(2, 2)
            ids = people.person(call.desk, who).id, people.person(call.desk, to_whom).id
            return call.report(handing_over.hand_over(call.desk, *ids))
        case "merge":
            who, into = call.expect(2, 2)
            ids = people.person(call.desk, who).id, people.person(call.desk, into).id
            return call.report(merging_people.merge(call.desk, *ids))
        case "import":
            return _import(call)
        case "export":
            return _export(call)
        case "erase":
            return _erase(call)
    return _list(call)


def _list(call: Call) -> int:
    words = call.expect(0, 1)
    found = [one for one in people.at_work(call.desk, everybody=True) if _is_meant(call, one.person, words)]
    if call.has("--json"):
        call.out.json_list(map(shapes_team.at_work, found))
        return DONE if found else NOTHING
    columns = (
        Column("login", widest=20),
        Column("name", widest=30),
        Column("role"),
        Column("organization", widest=24, keep=2),
        Column("open", right=True),
        Column("late", right=True, keep=4),
        Column("replied today", right=True, keep=1),
        Column("closed this week", right=True, keep=1),
        Column("", keep=3, widest=24),
        Column("here", keep=3, widest=24),
    )
    table.write(call.out, columns, [_row(call, one) for one in found])
    return DONE if found else NOTHING


def _is_meant(call: Call, person: Person, words: list[str]) -> bool:
    role = call.text("--role")
    shown = person.active or call.has("--all") or bool(words)
    begins = not words or any(
        word.startswith(words[0].lower()) for word in (person.login.lower(), *person.name.lower().split())
    )
    return shown and begins and role in {None, person.role.value}


def _row(call: Call, one: AtWork) -> tuple[Cell, ...]:
    person = one.person
    looks = () if person.active else (DIM,)
    opened = str(one.open) if person.capacity is None else f"{one.open}/{person.capacity}"
    numbers = [str(count) if count else "" for count in (one.replied_today, one.closed_this_week)]
    return (
        Cell(person.login, looks),
        Cell(person.name if person.active else f"{person.name} (deactivated)", looks),
        Cell(person.role.value),
        Cell(person.organization),
        Cell(opened if one.open or person.capacity else "", (RED,) if one.over else ()),
        Cell(str(one.late) if one.late else "", (RED,)),
        *map(Cell, numbers),
        Cell(away(person, call.desk.clock.now(), call.desk.zone), (YELLOW,)),
        Cell(_here(one)),
    )


def _here(one: AtWork) -> str:
    opened = [f"#{seen.number}{' ' + seen.doing.value if seen.doing.value else ''}" for seen in one.here]
    return ", ".join(opened + ([f"timing #{one.timing}"] if one.timing is not None else []))


def _show(call: Call, person: Person) -> int:
    everybody = people.at_work(call.desk, everybody=True)
    one = next((found for found in everybody if found.person.id == person.id), AtWork(person))
    if call.has("--json"):
        call.out.json(shapes_team.at_work(one))
        return DONE
    now, zone = call.desk.clock.now(), call.desk.zone
    from_, until = (None if at is None else said(at, now, zone) for at in (person.away_from, person.away_until))
    parts = {
        "login": person.login,
        "name": person.name,
        "role": person.role.value + ("" if person.active else " (deactivated)"),
        "mail": person.mail,
        "organization": person.organization,
        "skills": ", ".join(person.skills),
        "languages": ", ".join(person.languages),
        "time zone": person.zone,
        "capacity": f"{one.open} of {person.capacity}" if person.capacity else "",
        "away": " ".join(
            word for word in (f"from {from_}" if from_ else "", f"until {until}" if until else "") if word
        ),
        "open": str(one.open),
        "late": str(one.late),
        "replied today": str(one.replied_today),
        "closed this week": str(one.closed_this_week),
        "worked this week": f"{one.minutes_this_week} min",
        "here": _here(one),
    }
    return shown(call, parts, 18)


def _add(call: Call) -> int:
    words = call.expect(0, 1)
    details = _details(call)
    if words and details.login is not None:
        raise UsageError("The login is given twice.", f"Usage: {call.usage}")
    login = words[0] if words else details.login or ""
    account = None
    if login and not call.sealed and not call.has("--no-account"):
        from helpdesk_tui.bootstrap import account_named

        account = account_named(login)
        if account is None:
            raise NotFound(
                f"Unknown account {clean(login, limit=60)!r}.",
                "Make the account first, or add `--no-account` for one that comes by the gate or later.",
            )
    if not login and details.name is None:
        raise UsageError("Somebody needs a login or a name.", f"Usage: {call.usage}")
    named = replace(details, login=login)
    return call.report(persons.add(call.desk, named, account))


def _details(call: Call) -> Details:
    """What the options say about somebody."""
    role, org = call.text("--role"), call.text("--org")
    return Details(
        name=call.text("--name"),
        login=call.text("--login"),
        mail=call.text("--mail"),
        role=None if role is None else Role(role),
        organization=org,
        skills=_words(call.text("--skills")),
        languages=_words(call.text("--languages")),
        zone=call.text("--zone"),
        capacity=None if call.text("--capacity") is None else call.whole("--capacity", 0),
        away=_when_away(call),
        color=call.text("--color"),
        initials=call.text("--initials"),
    )


def _words(text: str | None) -> list[str] | None:
    return None if text is None else text.split(",")


def _when_away(call: Call) -> Away | None:
    if call.has("--here"):
        if call.has("--away-from") or call.has("--away-until"):
            raise UsageError("Somebody is either here or away.", "Give `--here`, or when they are away.")
        return HERE
    start, end = (_moment(call, option) for option in ("--away-from", "--away-until"))
    return None if start is None and end is None else Away(start, end)


def _moment(call: Call, option: str) -> datetime | None:
    text = call.text(option)
    if text is None:
        return None
    from helpdesk_tui.language.dates import moment

    with call.reading(text):
        return moment(text, call.desk.clock.now(), call.desk.zone).at


def _import(call: Call) -> int:
    from helpdesk_tui.bootstrap import account_named
    from helpdesk_tui.exchange import people_csv

    (name,) = call.expect(1, 1)
    text = stdin.awaited() if name == "-" else _read(call, name)
    return call.report(people_csv.import_people(call.desk, text, account_named))


def _read(call: Call, name: str) -> str:
    if call.sealed:
        raise UsageError("In the gate a list comes by standard input.", "Write `user import - <people.csv`.")
    call.desk.refuse_own_file(Path(name))
    try:
        with open(name, encoding="utf-8-sig", newline="") as file:
            return file.read()
    except OSError as error:
        raise UsageError(f"{clean(name, limit=80)} cannot be read: {error.strerror}.", "Name a CSV file.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{clean(name, limit=80)} is not UTF-8 text.", "Save it as CSV in UTF-8.") from error


def _export(call: Call) -> int:
    from helpdesk_tui.exchange import person_export

    (who,) = call.expect(1, 1)
    call.out.json(person_export.export(call.desk, people.person(call.desk, who).id))
    return DONE


def _erase(call: Call) -> int:
    from helpdesk_tui.desk import erasing

    (who,) = call.expect(1, 1)
    person = people.person(call.desk, who)
    if not call.has("--yes"):
        raise UsageError(
            f"Erasing {person.short} cannot be undone: their name, mail, texts and files go for good.",
            "Repeat it with --yes if that is meant.",
        )
    try:
        outcome = erasing.erase(call.desk, person.id, call.messages.over)
    finally:
        call.messages.over("")
    call.say(outcome.said)
    for warning in outcome.warnings:
        call.say(warning)
    return DONE
