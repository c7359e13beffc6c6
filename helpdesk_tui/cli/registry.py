"""Every verb by name."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from helpdesk_tui.cli.catalog import (
    asking,
    attached,
    boards,
    desk,
    figures,
    files,
    gate,
    keeping,
    people,
    prepared,
    related,
    rules,
    service,
    team,
    tickets,
)
from helpdesk_tui.cli.verb import Verb

if TYPE_CHECKING:
    from helpdesk_tui.cli.call import Call

GROUPS = {
    "Tickets": (*tickets.VERBS, *attached.VERBS, *people.VERBS),
    "When you asked": asking.VERBS,
    "Related tickets": related.VERBS,
    "Prepared texts": prepared.VERBS,
    "The desk": (*boards.VERBS, *desk.VERBS),
    "Figures": figures.VERBS,
    "People": team.VERBS,
    "Service levels": service.VERBS,
    "Rules": rules.VERBS,
    "Files": files.VERBS,
    "Keeping": keeping.VERBS,
    "Sharing": gate.VERBS,
}
"""The verbs in the order of the overview."""

HIDDEN = (files.COMPLETE,)
"""For scripts only: nobody is told of them."""

VERBS = {verb.name: verb for verbs in GROUPS.values() for verb in verbs}


def runner(verb: Verb) -> Callable[[Call], int]:
    """The function that does the verb and returns the exit code, its module imported now."""
    module, _, function = verb.runs.partition(":")
    run: Callable[[Call], int] = getattr(importlib.import_module(f"helpdesk_tui.cli.{module}"), function)
    return run
