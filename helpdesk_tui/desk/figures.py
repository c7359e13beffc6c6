"""How the desk is doing: the figures, over the tickets that the acting person may see.

What is read once is kept by whoever shows it: another period is worked out from the same facts, without the store.
"""

from __future__ import annotations

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain import figure_facts, figure_tickets, figuring, periods
from helpdesk_tui.domain.figures import Dimension, Figure, Figures, Group, Period
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.store import figures as store

Facts = figure_facts.Facts
"""What was read: to be handed back to the functions below."""


def facts(desk: Desk, query: str = "") -> Facts:
    """What figures are worked out from, of the tickets that a query selects. LanguageError if it is none."""
    desk.require(Act.SEE_FIGURES)
    asking, bound = desk.asking(), desk.ask(query)
    with desk.store.reading() as unit:
        return store.facts(unit, bound, asking, " ".join(query.split()))


def period(facts: Facts, text: str = periods.USUAL) -> Period:
    """The period that a text names, as `periods.period` reads it; `all` begins with the first of these tickets."""
    return periods.period(text or periods.USUAL, facts.today, facts.earliest)


def figures(facts: Facts, period: Period) -> Figures:
    """All figures of a period."""
    return figuring.figures(facts, period)


def groups(facts: Facts, period: Period, by: Dimension) -> tuple[Group, ...]:
    """The tickets closed in the period by agent, label, organization or kind, the most first."""
    return figuring.groups(facts, period, by)


def tickets(facts: Facts, period: Period, figure: Figure, part: str = "") -> list[int]:
    """The numbers of the tickets that a figure counts; see `figure_tickets.numbers`."""
    return figure_tickets.numbers(facts, period, figure, part)
