"""How the desk stands, in one line: what a rule puts into the notices each morning."""

from __future__ import annotations

from helpdesk_tui.language.asking import Asking
from helpdesk_tui.language.bind import bind
from helpdesk_tui.language.query import parse
from helpdesk_tui.store import cards
from helpdesk_tui.store.unit_of_work import Unit

_COUNTED = (
    ("came in since yesterday", "created>=yesterday"),
    ("closed", "closed>=yesterday"),
    ("open", "is:open"),
    ("late", "is:late"),
    ("at risk", "sla:risk"),
    ("due today", "is:due"),
    ("without an assignee", "is:open is:unassigned"),
    ("still for a week", "is:open idle>1w"),
)


def daily(unit: Unit, asking: Asking) -> str:
    """Such as `5 came in since yesterday, 3 closed, 41 open, 2 late`; what there is none of is left out."""
    counts = {
        words: cards.count(unit, cards.selected(bind(parse(query), asking), asking, asking.me))
        for words, query in _COUNTED
    }
    said = ", ".join(f"{number:,} {words}" for words, number in counts.items() if number)
    return f"{said or 'Nothing is open, and nothing came in'}. `helpdesk report daily` tells more."
