"""Who takes a ticket when nobody is named: by skill, language, load and availability; and why it was them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpdesk_tui.desk.work import Work
from helpdesk_tui.domain.people import Person
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import UsageError
from helpdesk_tui.store import directory, records, related, rules, values
from helpdesk_tui.store.records import Stored

USUAL_CAPACITY = 10
"""Open tickets that who has no limit is taken to work on at once, when they are compared with those who have one."""


def pick(work: Work, ticket: Stored, changes: dict[str, Any]) -> tuple[int, str]:
    """Who takes a ticket as these changes leave it, and why. UsageError if nobody works on its board.

    Of those who are here: who has most of its labels as skills; of these who answers in its language, if somebody
    does; of these who has the least open for their capacity; then who was picked longest ago.
    """
    ticket = ticket | changes
    everyone = list(work.workers(ticket["board_id"]).values())
    if not everyone:
        name = work.board(ticket["board_id"]).name
        raise UsageError(f"Nobody works on the board {name}.", "Name somebody, or add an agent.")
    here = [person for person in everyone if not person.is_away(work.now)]
    skills = _skills(here or everyone, _labels(work, ticket, changes))
    most = max(map(len, skills.values()))
    fit = [person for person in here or everyone if len(skills[person.id]) == most]
    language = values.text(ticket["language"], "")
    speaking = [person for person in fit if language and language in person.languages]
    held = {person.id: _held(work, person, ticket) for person in fit}
    use = {person.id: held[person.id] / (person.capacity or USUAL_CAPACITY) for person in speaking or fit}
    equal = [person for person in speaking or fit if use[person.id] <= min(use.values())]
    given = rules.given_at(work.unit, [person.id for person in equal])
    chosen = min(equal, key=lambda person: (given.get(person.id, 0), person.id))
    rules.note_given(work.unit, chosen.id, work.now)
    loads = _loads(work)
    loads[chosen.id] = held[chosen.id] + 1
    why = ["everybody is away"] if not here else []
    why += [f"skilled in {', '.join(sorted(skills[chosen.id]))}"] if most else []
    why += [f"answers in {language}"] if speaking else []
    why.append(f"{held[chosen.id]} open" + (f" of {chosen.capacity}" if chosen.capacity else ""))
    why += ["waited longest"] if len(equal) > 1 else []
    return chosen.id, ", ".join(why)


def lead(work: Work, board_id: int) -> int:
    """Who leads a board, if possible somebody who is here. UsageError if nobody does who can be given tickets there."""
    workers = work.workers(board_id)
    leads = [workers[person_id] for person_id in rules.leads(work.unit, board_id) if person_id in workers]
    here = [person for person in leads if not person.is_away(work.now)]
    if not leads:
        raise UsageError("Nobody leads this board.", "Make somebody an admin of it, or name the person.")
    return (here or leads)[0].id


def _skills(people: list[Person], labels: Mapping[str, str]) -> dict[int, set[str]]:
    """Which of the labels are skills of each of these people."""
    return {
        person.id: {labels[folded] for skill in person.skills if (folded := fold(skill)) in labels} for person in people
    }


def _labels(work: Work, ticket: Stored, changes: Mapping[str, Any]) -> dict[str, str]:
    """The names of the labels that these changes leave on a ticket, by their folded names."""
    put = {int(name.partition(":")[2]): there for name, there in changes.items() if name.startswith("label:")}
    ids = {*related.label_ids(work.unit, ticket["id"]), *put}
    rows = records.fetch_many(work.unit, "label", [each for each in ids if put.get(each, True)]).values()
    return {values.text(row["folded"]): values.text(row["name"]) for row in rows}


def _held(work: Work, person: Person, ticket: Stored) -> int:
    """How many other open tickets somebody has."""
    own = ticket["assignee_id"] == person.id and not ticket["gone"] and ticket["closed_at"] is None
    return _loads(work).get(person.id, 0) - own


def _loads(work: Work) -> dict[int, int]:
    """How many open tickets everybody has, counted once a step and kept up with what is given in it."""
    if work.loads is None:
        work.loads = directory.open_load(work.unit)
    return work.loads
