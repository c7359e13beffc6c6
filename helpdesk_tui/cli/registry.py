"""Every verb by name."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from helpdesk_tui.cli import (
    catalog_asking,
    catalog_attached,
    catalog_boards,
    catalog_desk,
    catalog_figures,
    catalog_files,
    catalog_gate,
    catalog_keeping,
    catalog_people,
    catalog_prepared,
    catalog_related,
    catalog_rules,
    catalog_service,
    catalog_team,
    catalog_tickets,
)
from helpdesk_tui.cli.verb import Verb

if TYPE_CHECKING:
    from helpdesk_tui.cli.call import Call

GROUPS = {
    "Tickets": (*catalog_tickets.VERBS, *catalog_attached.VERBS, *catalog_people.VERBS),
    "When you asked": catalog_asking.VERBS,
    "Related tickets": catalog_related.VERBS,
    "Prepared texts": catalog_prepared.VERBS,
    "The desk": (*catalog_boards.VERBS, *catalog_desk.VERBS),
    "Figures": catalog_figures.VERBS,
    "People": catalog_team.VERBS,
    "Service levels": catalog_service.VERBS,
    "Rules": catalog_rules.VERBS,
    "Files": catalog_files.VERBS,
    "Keeping": catalog_keeping.VERBS,
    "Sharing": catalog_gate.VERBS,
}
"""The verbs in the order of the overview."""

HIDDEN = (catalog_files.COMPLETE,)
"""For scripts only: nobody is told of them."""

VERBS = {verb.name: verb for verbs in GROUPS.values() for verb in verbs}


def runner(verb: Verb) -> Callable[[Call], int]:
    """The function that does the verb and returns the exit code, its module imported now."""
    module, _, function = verb.runs.partition(":")
    run: Callable[[Call], int] = getattr(importlib.import_module(f"helpdesk_tui.cli.{module}"), function)
    return run
