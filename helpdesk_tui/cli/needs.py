"""Which verbs are there for somebody: what one has to be permitted to do for a verb to have any use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from helpdesk_tui.cli.offered import Offered
from helpdesk_tui.domain.permissions import Act, may

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk

NEEDS: dict[str, Act] = {
    "add": Act.CREATE,
    "change": Act.REOPEN,
    "move": Act.MOVE,
    "reply": Act.REPLY,
    "note": Act.NOTE,
    "check": Act.EDIT,
    "attach": Act.ATTACH,
    "time": Act.LOG_TIME,
    "watch": Act.WATCH,
    "unwatch": Act.WATCH,
    "day": Act.ASSIGN,
    "confirm": Act.CONFIRM,
    "reopen": Act.REOPEN,
    "rate": Act.RATE,
    "link": Act.EDIT,
    "unlink": Act.EDIT,
    "merge": Act.MERGE,
    "split": Act.MERGE,
    "clone": Act.EDIT,
    "canned": Act.USE_CANNED,
    "template": Act.CREATE,
    "signature": Act.REPLY,
    "label": Act.SEE_ALL_TICKETS,
    "report": Act.SEE_FIGURES,
    "user": Act.SEE_ALL_TICKETS,
    "org": Act.SEE_ALL_TICKETS,
    "policy": Act.SEE_ALL_TICKETS,
    "calendar": Act.SEE_ALL_TICKETS,
    "rule": Act.SETTINGS,
    "tick": Act.SEE_ALL_TICKETS,
    "import": Act.IMPORT,
    "export": Act.EXPORT,
    "backup": Act.BACKUP,
    "gate": Act.MANAGE_PEOPLE,
}
"""The least of it; a verb that is not named is there for everybody."""


def there_for(desk: Desk, offered: Offered) -> Offered:
    """What of the verbs has any use for the acting person.

    That somebody of the team is just a requester on the boards of others gives them nothing to do there.
    """
    actor = desk.actor
    roles = {actor.role, *(role for role in actor.boards.values() if role.on_team)}
    groups = {
        group: tuple(
            verb for verb in verbs if verb.name not in NEEDS or any(may(role, NEEDS[verb.name]) for role in roles)
        )
        for group, verbs in offered.groups.items()
    }
    return replace(offered, groups={group: verbs for group, verbs in groups.items() if verbs})
