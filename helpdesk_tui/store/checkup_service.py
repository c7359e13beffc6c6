"""Whether policies and rules can still do what they are for."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk_tui.domain.keeping import Finding, State
from helpdesk_tui.domain.text import clean
from helpdesk_tui.store import calendars, rules, serving
from helpdesk_tui.store.unit_of_work import Unit


def look(unit: Unit) -> Finding:
    """Names the policies whose query has lost its meaning, and the rules that cannot act."""
    lost = [one.name for one in calendars.policies(unit) if not serving.makes_sense(unit, one.query)]
    idle = [
        one.name
        for one in rules.rules(unit)
        if one.active and (one.problem or not serving.makes_sense(unit, one.query))
    ]
    if not lost and not idle:
        return Finding("promises", State.OK, "Every policy and every rule can do what it is for.")
    said = [text for text in (_named("serve no ticket", lost, "policies"), _named("cannot act", idle, "rules")) if text]
    return Finding("promises", State.NOTE, " ".join(said), "`helpdesk policy` and `helpdesk rule` say why.")


def _named(what: str, names: Sequence[str], kind: str) -> str:
    return f"These {kind} {what}: {', '.join(clean(name, limit=40) for name in names)}." if names else ""
