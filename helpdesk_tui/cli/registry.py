"""Every verb by name: where it lives, so that only the asked one is imported, and its line in the overview."""

from __future__ import annotations

import difflib
import importlib
from typing import NamedTuple

from helpdesk_tui.cli.verb import Verb
from helpdesk_tui.errors import UsageError


class Entry(NamedTuple):
    """`module` of this package holds the verb as a constant named after it in capitals."""

    group: str
    module: str
    summary: str


VERBS: dict[str, Entry] = {
    "add": Entry("Tickets", "add", "create a ticket"),
    "list": Entry("Tickets", "listing", "list the tickets that match a query"),
    "show": Entry("Tickets", "show", "show one ticket"),
    "change": Entry("Tickets", "change", "change one ticket, or all that match a query"),
    "move": Entry("Tickets", "change", "move tickets to a column"),
    "reply": Entry("Tickets", "speak", "write to the requester"),
    "note": Entry("Tickets", "speak", "write a note that only the team sees"),
    "check": Entry("Tickets", "check", "add or tick steps of a checklist"),
    "undo": Entry("Tickets", "undo", "take back your last change"),
    "redo": Entry("Tickets", "undo", "do again what undo took back"),
    "label": Entry("The desk", "label", "list, add, rename, colour and remove labels"),
    "view": Entry("The desk", "view", "list, save, show and remove saved queries"),
    "board": Entry("The desk", "board", "list boards and change their columns"),
    "import": Entry("Files", "importing", "read tickets from a file"),
    "export": Entry("Files", "exporting", "write tickets to a file"),
    "backup": Entry("Files", "backup", "write a copy of the desk while it is in use"),
    "demo": Entry("Files", "demo", "open a lively desk in a throw-away file"),
    "completion": Entry("Files", "completion", "print the completion script of a shell"),
}
"""In the order of the overview."""

HIDDEN: dict[str, Entry] = {"complete": Entry("", "complete", "")}
"""Verbs that only scripts call."""


def find(name: str) -> Verb:
    """The verb of that name, its module imported now; UsageError with the nearest known name."""
    entry = VERBS.get(name) or HIDDEN.get(name)
    if entry is None:
        near = difflib.get_close_matches(name, VERBS, n=1)
        hint = f"Did you mean `{near[0]}`?" if near else "`helpdesk --help` lists the verbs."
        raise UsageError(f"There is no verb `{name}`.", hint)
    verb: Verb = getattr(importlib.import_module(f"helpdesk_tui.cli.{entry.module}"), name.upper())
    return verb
