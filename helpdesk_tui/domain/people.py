"""People, organizations and roles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from msgspec import Struct, field


class Role(StrEnum):
    """What a person may do on the desk; see `permissions`."""

    ADMIN = "admin"
    AGENT = "agent"
    VIEWER = "viewer"
    REQUESTER = "requester"

    @property
    def on_team(self) -> bool:
        """Whether this person works at the desk rather than asking it for help."""
        return self is not Role.REQUESTER


class Person(Struct, frozen=True):
    """Somebody the desk knows: an agent, a viewer, or someone who needs help.

    `login` is the operating-system account, empty for people known only by name or mail.
    """

    id: int
    login: str
    name: str
    role: Role
    mail: str = ""
    organization: str = ""
    active: bool = True
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    """Tags of the languages they answer in: `en`, `de`."""
    zone: str = ""
    """Their time zone's IANA name; empty if it is not known."""
    capacity: int | None = None
    """How many open tickets they work on at once, None for no limit."""
    away_from: datetime | None = None
    away_until: datetime | None = None
    """Away until then, exclusively; each of the two may be open."""
    color: str = ""
    """The hue of their avatar; empty means one is derived from the name."""
    initials: str = ""
    """What their avatar says, as it was chosen; see `avatar`."""

    @property
    def short(self) -> str:
        """How the person is called where space is scarce: the login, else the name."""
        return self.login or self.name

    @property
    def avatar(self) -> str:
        """One to three signs that stand for the person: the initials chosen, else those of the name or the login."""
        return self.initials or initials_of(self.name or self.login)

    def is_away(self, now: datetime) -> bool:
        """Whether the person is away at that moment."""
        if self.away_from is None and self.away_until is None:
            return False
        return (self.away_from is None or self.away_from <= now) and (self.away_until is None or now < self.away_until)


class Face(Struct, frozen=True):
    """A person where there are but a few cells: the initials, the hue they chose ("" for none), what they are called.

    `works`: whether they can be given work or look on now.
    """

    initials: str
    color: str
    name: str
    works: bool = True


def initials_of(name: str) -> str:
    """The first letters of the first and the last word of a name, as capitals; of a single word its first two.

    A last word that is a number tells more than its first digit would: `V12` for Value 12.
    """
    words = name.split()
    if len(words) > 1 and words[-1].isdecimal():
        return (words[0][0] + words[-1][-2:]).upper()
    letters = words[0][0] + words[-1][0] if len(words) > 1 else name.strip()[:2]
    return letters.upper()


class Organization(Struct, frozen=True):
    """Those who need help together. Where it `shares`, each of its people sees the tickets of all."""

    id: int
    name: str
    shares: bool = False
    domains: tuple[str, ...] = ()
    """Mail domains whose people belong to it."""


class Actor(Struct, frozen=True):
    """The person on whose behalf a verb runs. Every verb of the desk takes one."""

    id: int
    login: str
    name: str
    role: Role
    organization_id: int | None = None
    sees_organization: bool = False
    boards: Mapping[int, Role] = field(default_factory=dict)
    """The roles on boards where they are not the desk's: by membership, or for want of it where only members work."""
    by_itself: bool = False
    """Whether nobody is behind it: the rules act so."""

    @property
    def on_team(self) -> bool:
        """Whether this person works at the desk, or at least at one of its boards."""
        return self.role.on_team or any(role.on_team for role in self.boards.values())

    def role_on(self, board_id: int) -> Role:
        """What this person is on a board."""
        return self.boards.get(board_id, self.role)

    def answers_on(self, board_id: int) -> bool:
        """Whether a reply of theirs on that board is the team's word, which service levels wait for."""
        return self.role_on(board_id) in {Role.ADMIN, Role.AGENT} and not self.by_itself
