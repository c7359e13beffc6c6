"""Which tickets a policy serves: the query of each, asked by nobody and at no particular time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import String, literal, select

from helpdesk_tui.domain.people import Actor, Role
from helpdesk_tui.domain.service_level import Policy
from helpdesk_tui.errors import LanguageError
from helpdesk_tui.store import calendars, tables
from helpdesk_tui.store.among import among, listed
from helpdesk_tui.store.unit_of_work import Unit

if TYPE_CHECKING:
    from helpdesk_tui.language.asking import Asking
    from helpdesk_tui.language.bound import Bound

NOBODY = Actor(0, "", "", Role.ADMIN, by_itself=True)
"""Who asks: somebody who sees every ticket, and is nobody in particular."""

ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""When it is asked. What a policy serves does not depend on that: such queries are refused."""

_ticket = tables.core(tables.Ticket)


def served(unit: Unit, numbers: Sequence[int]) -> dict[int, Policy]:
    """By which policy each of these tickets is served: the first whose query selects it."""
    found: dict[int, Policy] = {}
    for policy in calendars.policies(unit):
        open_ = [number for number in numbers if number not in found]
        if not open_:
            break
        found |= dict.fromkeys(_selected(unit, policy.query, open_) if policy.query.strip() else open_, policy)
    return found


def makes_sense(unit: Unit, query: str) -> bool:
    """Whether what a policy or a rule asks for is still there."""
    return not query.strip() or _bound(unit, query) is not None


def _selected(unit: Unit, query: str, numbers: Sequence[int]) -> Sequence[int]:
    """Those of the tickets that a query selects; none if it makes no sense any more, as when a label has gone."""
    found = _bound(unit, query)
    if found is None:
        return ()
    from helpdesk_tui.store.where import where

    condition = where(*found, may_read_notes=True)
    return unit.scalars(select(_ticket.c.id).where(among(_ticket.c.id, literal(listed(numbers), String)), condition))


def _bound(unit: Unit, query: str) -> tuple[Bound, Asking] | None:
    # The language is for those desks that have a policy with a query.
    from helpdesk_tui.language.asking import Asking
    from helpdesk_tui.language.bind import bind
    from helpdesk_tui.language.query import parse
    from helpdesk_tui.store.lookup import StoreLookup

    asking = Asking(NOBODY, ANY_TIME, UTC, StoreLookup(_Here(unit), NOBODY))
    try:
        return bind(parse(query), asking), asking
    except LanguageError:
        return None


class _Here:
    """What names stand for is looked up in the transaction that is going on, which may just have made them."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        yield self._unit
