"""What PostgreSQL and its driver report, in sentences a person can act on."""

from __future__ import annotations

import psycopg

from helpdesk_tui.errors import DeskBusy, DeskUnusable

_AGAIN = "Try again in a moment; nothing was changed."
_REPORT = "Nothing was changed; this is a defect, please report it."

_BUSY = {
    "55P03": ("Another program has been writing to the desk for too long.", "Try again; if it stays so, look for it."),
    "40": ("Another program changed the same at the same moment.", _AGAIN),
    "53300": ("The database server has no connection left for the desk {name}.", _AGAIN),
    "57P": ("The database server of the desk {name} is being stopped or started.", "Try again in a moment."),
    "57014": ("The database server stopped a request on the desk {name}.", _AGAIN),
    "08": ("The connection to the desk {name} was lost.", "Try again; look first whether the last change was kept."),
}
_UNUSABLE = {
    "28": ("The database server does not let you in to the desk {name}.", "Check its user and password."),
    "3D000": ("There is no such database: {name}.", "Have it made, or check the URL."),
    "42501": ("The database server does not permit that on the desk {name}.", "Ask its owner for the right."),
    "25006": ("The desk {name} is read only: it cannot be written to.", "Nothing was changed."),
    "53100": ("The disk of the database server is full: the change was not saved.", "Free some space there."),
    "53": ("The database server has not enough memory for that.", _AGAIN),
    "54": ("That is larger than a desk can keep.", "Shorten it and try again."),
    "22": ("That holds a sign or a number that the desk {name} cannot keep.", "Nothing was changed; take it out."),
    "23": ("The change contradicts what the desk already holds ({name}).", _REPORT),
    "42": ("The desk {name} lacks a part of itself: a table or an index is missing.", "Restore the latest backup."),
    "XX": ("The desk {name} is damaged.", "Restore the latest backup of its database."),
    "58": ("The disk of the database server reported an error.", "See to it; what was saved before is still there."),
}


def translated(error: BaseException | None, name: str) -> DeskUnusable:
    """The desk's own error for one of the driver's, by its SQLSTATE; the longest known beginning of it counts."""
    state = getattr(error, "sqlstate", None) or ""
    for known in (state, state[:3], state[:2]):
        for kind, sentences in ((DeskBusy, _BUSY), (DeskUnusable, _UNUSABLE)):
            if known in sentences:
                message, hint = sentences[known]
                return kind(message.format(name=name), hint)
    if state or not isinstance(error, psycopg.OperationalError):
        return DeskUnusable(f"The desk {name} did not understand a request ({_reason(error)}).", _REPORT)
    return _unreachable(error, name)


def _unreachable(error: psycopg.OperationalError, name: str) -> DeskUnusable:
    """An error without a number came from no server: there was none to talk to, or it refused to."""
    reason = _reason(error)
    low = reason.casefold()
    for state, signs in (
        ("28", ("password", "authentication", "pg_hba", "peer", "role ")),
        ("3D000", ("database ",)),
        ("57P", ("starting up", "shutting down", "recovery mode")),
        ("53300", ("too many", "remaining connection slots")),
        ("08", ("closed the connection", "connection is lost", "the connection is closed", "terminating connection")),
    ):
        if any(sign in low and (sign != "database " or "does not exist" in low) for sign in signs):
            message, hint = {**_UNUSABLE, **_BUSY}[state]
            return (DeskBusy if state in _BUSY else DeskUnusable)(message.format(name=name), hint)
    return DeskBusy(
        f"The database server of the desk {name} cannot be reached.", f"Check that it runs, then try again ({reason})."
    )


def _reason(error: BaseException | None) -> str:
    """The first line of what was said, without what names the server: the desk's own name says that."""
    line = str(error).strip().partition("\n")[0]
    return line.rpartition(" failed: ")[2].removeprefix("FATAL:").strip()[:200]
