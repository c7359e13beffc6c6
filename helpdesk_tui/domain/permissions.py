"""Who may do what: one table, asked by every verb and by every front end that decides what to offer."""

from __future__ import annotations

from enum import StrEnum

from helpdesk_tui.domain.people import Actor, Role


class Act(StrEnum):
    """Everything a person can be permitted to do."""

    SEE_ALL_TICKETS = "see every ticket"
    SEE_OWN_TICKETS = "see own tickets"
    READ_NOTES = "read team notes"
    READ_HISTORY = "read the history"
    CREATE = "create tickets"
    EDIT = "edit tickets"
    MOVE = "move tickets"
    ASSIGN = "assign tickets"
    ARCHIVE = "archive tickets"
    REOPEN = "reopen tickets"
    CONFIRM = "confirm that your ticket is solved"
    RATE = "rate how your ticket was solved"
    REPLY = "reply"
    NOTE = "write notes"
    ATTACH = "attach files"
    MERGE = "merge and split tickets"
    PREPARE = "write canned replies and templates"
    USE_CANNED = "use canned replies"
    CHOOSE_REQUESTER = "create tickets for others"
    LOG_TIME = "log time"
    WATCH = "watch tickets"
    SAVE_VIEW = "save views"
    SHARE_VIEW = "share views"
    MANAGE_LABELS = "manage labels"
    MANAGE_BOARDS = "manage boards and columns"
    MANAGE_PEOPLE = "manage people"
    DELETE = "delete tickets for good"
    IMPORT = "import"
    EXPORT = "export"
    BACKUP = "back up and restore"
    SETTINGS = "change settings"
    SEE_FIGURES = "see figures"
    UNDO_OTHERS = "undo what others did"


_ASKING = frozenset({Act.CONFIRM, Act.RATE})
_ADMIN = frozenset(Act) - _ASKING
_AGENT = _ADMIN - {
    *(Act.MANAGE_BOARDS, Act.MANAGE_PEOPLE, Act.DELETE, Act.IMPORT, Act.BACKUP, Act.SETTINGS, Act.UNDO_OTHERS)
}
_VIEWER = frozenset(
    {Act.SEE_ALL_TICKETS, Act.SEE_OWN_TICKETS, Act.READ_HISTORY, Act.SAVE_VIEW, Act.SEE_FIGURES, Act.WATCH}
)
_REQUESTER = _ASKING | {Act.SEE_OWN_TICKETS, Act.CREATE, Act.REPLY, Act.REOPEN, Act.ATTACH}

POLICY: dict[Role, frozenset[Act]] = {
    Role.ADMIN: _ADMIN,
    Role.AGENT: _AGENT,
    Role.VIEWER: _VIEWER,
    Role.REQUESTER: _REQUESTER,
}
"""The table. A requester's acts reach only tickets they may see: their own, and their organization's if it shares."""


ON_BOARDS = frozenset(
    {
        Act.SEE_ALL_TICKETS,
        Act.SEE_OWN_TICKETS,
        Act.READ_NOTES,
        Act.READ_HISTORY,
        Act.CREATE,
        Act.EDIT,
        Act.MOVE,
        Act.ASSIGN,
        Act.ARCHIVE,
        Act.REOPEN,
        Act.CONFIRM,
        Act.RATE,
        Act.REPLY,
        Act.NOTE,
        Act.ATTACH,
        Act.MERGE,
        Act.USE_CANNED,
        Act.CHOOSE_REQUESTER,
        Act.LOG_TIME,
        Act.WATCH,
        Act.DELETE,
        Act.EXPORT,
    }
)
"""What is done to the tickets of a board, where a role on that board counts; the others are done to the whole desk."""


WITH_FILES = frozenset({Act.IMPORT, Act.BACKUP})
"""What reads or writes files of the machine by their paths: nobody does it through the gate."""


def may(role: Role, act: Act) -> bool:
    """Whether a person of that role is permitted to do `act`."""
    return act in POLICY[role]


def may_somewhere(actor: Actor, act: Act) -> bool:
    """Whether this person is permitted to do `act`: on the desk, or at least on one of its boards."""
    if may(actor.role, act):
        return True
    return act in ON_BOARDS and any(may(role, act) for role in actor.boards.values())


def may_everywhere(actor: Actor, act: Act) -> bool:
    """Whether this person is permitted to do `act` on the desk and on each of its boards."""
    return may(actor.role, act) and all(may(role, act) for role in actor.boards.values())


def may_on(actor: Actor, act: Act, board_id: int) -> bool:
    """Whether this person is permitted to do `act` to that board or its tickets."""
    return may(actor.role_on(board_id), act)


def may_see(actor: Actor, board_id: int, requester_id: int | None, organization_id: int | None) -> bool:
    """Whether a ticket of that board, requester and organization is there at all for this person.

    `store.cards.visible` says the same in SQL; a test holds them equal.
    """
    if may_on(actor, Act.SEE_ALL_TICKETS, board_id) or requester_id == actor.id:
        return True
    return actor.sees_organization and organization_id is not None and organization_id == actor.organization_id
