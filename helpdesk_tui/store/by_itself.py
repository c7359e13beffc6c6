"""Whoever acts when a rule does: a person of the history, on no list of people."""

from __future__ import annotations

from sqlalchemy import Select, select

from helpdesk_tui.domain.rules import RULES_NAME
from helpdesk_tui.store import tables_service

_states = tables_service.automation


def rules_actor() -> Select[int]:
    """Their id; no row before a rule has first acted."""
    return select(_states.c.upto).where(_states.c.name == RULES_NAME, _states.c.upto.is_not(None))
