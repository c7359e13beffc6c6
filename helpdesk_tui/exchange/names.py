"""People, organizations and labels that an import meets by name: found on the desk, or made."""

from __future__ import annotations

from collections.abc import Mapping

from helpdesk_tui.domain import entry
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.words import fold
from helpdesk_tui.store import bulk, records
from helpdesk_tui.store.records import Stored
from helpdesk_tui.store.unit_of_work import Unit


class Names:
    """Looks names up among everything the desk has. People made here have no account, so they cannot log in."""

    def __init__(self, unit: Unit, rows: bulk.Bulk) -> None:
        self._unit = unit
        self._rows = rows
        self._team: dict[str, int] = {}
        self._others: dict[str, int] = {}
        self._by_mail: dict[str, int] = {}
        self._organization_of: dict[int, int] = {}
        people = {person["id"]: person for person in bulk.all_records(unit, "person")}
        for person in people.values():
            if not person["removed"]:
                role = Role(person["role"])
                self._learn(_became(people, person["id"]), person["login"] or "", person["name"], person["mail"], role)
                if person["organization_id"] is not None:
                    self._organization_of[person["id"]] = person["organization_id"]
        labels = bulk.all_records(unit, "label")
        self._labels: dict[str, int] = {label["folded"]: label["id"] for label in labels}
        self._removed_labels = {label["id"] for label in labels if label["removed"]}
        organizations = {row["id"]: row for row in bulk.all_records(unit, "organization")}
        self._organizations: dict[str, int] = {
            row["folded"]: _became(organizations, row["id"]) for row in organizations.values()
        }
        self.people_made: list[str] = []

    def agent(self, word: str) -> int:
        """The agent of that login, mail or name; made if there is none. UsageError if it cannot be a name."""
        found = self.known_agent(word)
        return found if found is not None else self.make(word, Role.AGENT)

    def known_agent(self, word: str) -> int | None:
        """The agent of that login, mail or name."""
        return self._team.get(fold(word))

    def requester(self, word: str, mail: str = "", organization_id: int | None = None) -> int:
        """The person of that mail, else of the mail, login or name in `word`; made as a requester if unknown."""
        if mail:
            mail = entry.name(mail, "mail address")
        key = fold(word)
        found = self._by_mail.get(fold(mail)) if mail else self._others.get(key) or self._team.get(key)
        if found is None:
            return self.make(word or mail, Role.REQUESTER, mail, organization_id)
        return found

    def organization_of(self, person_id: int | None) -> int | None:
        """The organization a person belongs to."""
        return self._organization_of.get(person_id) if person_id is not None else None

    def make(self, name: str, role: Role, mail: str = "", organization_id: int | None = None, login: str = "") -> int:
        """Make a person. UsageError if it cannot be a name."""
        name = entry.name(name, "person")
        person_id = self._rows.add(
            "person",
            name=name,
            folded=fold(name),
            mail=mail,
            login=login or None,
            role=role.value,
            organization_id=organization_id,
        )
        self._learn(person_id, login, name, mail, role)
        if organization_id is not None:
            self._organization_of[person_id] = organization_id
        self.people_made.append(name)
        return person_id

    def label(self, name: str, color: str = "") -> int:
        """The label of that name, made or brought back if there is none. UsageError if it cannot be one."""
        name = entry.label(name)
        key = fold(name)
        if key not in self._labels:
            self._labels[key] = self._rows.add("label", name=name, folded=key, color=color)
        label_id = self._labels[key]
        if label_id in self._removed_labels:
            records.write(self._unit, "label", label_id, {"removed": False})
            self._removed_labels.discard(label_id)
        return label_id

    def organization(self, name: str) -> int:
        """The organization of that name, made if there is none. UsageError if it cannot be one."""
        name = entry.name(name, "organization")
        key = fold(name)
        if key not in self._organizations:
            self._organizations[key] = self._rows.add("organization", name=name, folded=key)
        return self._organizations[key]

    def _learn(self, person_id: int, login: str, name: str, mail: str, role: Role) -> None:
        known = self._team if role in {Role.ADMIN, Role.AGENT} else self._others
        for word in (login, mail, name):
            if word:
                known.setdefault(fold(word), person_id)
        if mail:
            self._by_mail.setdefault(fold(mail), person_id)


def _became(rows: Mapping[int, Stored], record_id: int) -> int:
    """Who or what that one is by now, if it was merged."""
    while (further := rows[record_id]["merged_into_id"]) in rows:
        record_id = further
    return record_id
