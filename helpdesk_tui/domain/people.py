"""People, organizations and roles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Person:
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

    @property
    def short(self) -> str:
        """How the person is called where space is scarce: the login, else the name."""
        return self.login or self.name


@dataclass(frozen=True, slots=True)
class Actor:
    """The person on whose behalf a verb runs. Every verb of the desk takes one."""

    id: int
    login: str
    name: str
    role: Role
    organization_id: int | None = None
    sees_organization: bool = False
