"""Who works on a board, and as what."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.binding import Binding

from helpdesk_tui.domain.people import Person, Role
from helpdesk_tui.domain.text import clean
from helpdesk_tui.tui.screens.managing import Key, Managing
from helpdesk_tui.tui.screens.pick import Pick
from helpdesk_tui.tui.widgets.picker import Choice

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome

MEANS = {
    Role.ADMIN: "works on it, and manages its columns and members",
    Role.AGENT: "works on it",
    Role.VIEWER: "reads it",
    Role.REQUESTER: "sees there what they asked for",
}


class MembersPick(Managing):
    """Those who have a role of their own on one board."""

    BINDINGS = [
        Binding("N", "add", "New", show=False),
        Binding("R", "role", "Role", show=False),
        Binding("O", "only", "Members only", show=False),
        Binding("X", "remove", "Remove", show=False),
    ]
    HINT = (("enter", "role"), ("esc", "back"))

    def __init__(self, board_id: int, name: str) -> None:
        super().__init__(f"Members of {clean(name, limit=60)}", prompt="somebody", empty="Nobody of that name.")
        self._board_id = board_id
        self._only = False

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import board_list, board_members

        board, _ = board_list.columns(desk, self._board_id)
        self._only = board.members_only
        return [
            Choice(one, one.person.short, f"{one.person.name} · {one.role.value}")
            for one in board_members.members(desk, self._board_id)
        ]

    def _loaded(self, choices: Sequence[Choice]) -> None:
        super()._loaded(choices)
        whom = "Only members and the desk's admins work here." if self._only else "The whole team works here."
        self.about(whom)

    def nothing(self) -> str:
        return "Nobody has a role of their own here." if not self.all_choices else "Nobody of that name."

    def identity(self, choice: Choice) -> object:
        found: int = choice.value.person.id
        return found

    def keys_now(self) -> tuple[Key, ...]:
        return (
            Key("N", "add somebody"),
            Key("R", "role"),
            Key("O", "open it to the whole team" if self._only else "close it to all but members"),
            Key("X", "remove"),
        )

    # What is done

    def chosen(self, choice: Choice | None) -> None:
        if choice is not None:
            self._ask_role(choice.value.person, choice.value.role)

    def action_role(self) -> None:
        self.act("R", self.chosen)

    def _ask_role(self, person: Person, current: Role | None = None) -> None:
        self.open(
            RolePick(person.short, current), lambda role: self.change(partial(_set, self._board_id, person, role))
        )

    def action_add(self) -> None:
        members = frozenset(choice.value.person.id for choice in self.all_choices)
        self.open(PersonPick(members), self._ask_role)

    def action_only(self) -> None:
        self.change(partial(_only, self._board_id, not self._only))

    def action_remove(self) -> None:
        self.act("X", lambda choice: self.change(partial(_remove, self._board_id, choice.value.person)))


class PersonPick(Pick):
    """Somebody who could be a member and is none, the team first. Dismissed with a Person."""

    def __init__(self, members: frozenset[int]) -> None:
        super().__init__("Who?", prompt="a name", empty="Nobody of that name.")
        self._members = members

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import people

        found = [
            one
            for one in people.everybody(desk)
            if one.active and one.role is not Role.ADMIN and one.id not in self._members
        ]
        found.sort(key=lambda one: not one.role.on_team)
        return [Choice(one, one.short, f"{one.name} · {one.role.value}") for one in found]


class RolePick(Pick):
    """What somebody is on a board. Dismissed with a Role."""

    def __init__(self, who: str, current: Role | None) -> None:
        choices = [Choice(role, role.value, MEANS[role], current=role is (current or Role.AGENT)) for role in MEANS]
        super().__init__(f"{clean(who, limit=40)} is here", choices)


def _set(board_id: int, person: Person, role: Role, desk: Desk) -> Outcome:
    from helpdesk_tui.desk import board_members

    return board_members.set_role(desk, board_id, person.id, role)


def _remove(board_id: int, person: Person, desk: Desk) -> Outcome:
    from helpdesk_tui.desk import board_members

    return board_members.remove_member(desk, board_id, person.id)


def _only(board_id: int, only: bool, desk: Desk) -> Outcome:
    from helpdesk_tui.desk import board_members

    return board_members.set_members_only(desk, board_id, only)
