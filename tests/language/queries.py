"""Random queries in text, for the property tests: every form, field, flag, operator and value."""

from __future__ import annotations

from hypothesis import strategies as st

from helpdesk_tui.domain.ticket import KINDS
from helpdesk_tui.language import fields
from helpdesk_tui.language.fields import Type
from helpdesk_tui.language.lexer import quoted
from tests.language import world

_NAMES = {
    "person": ["me", "ann", "bob", "mari", '"mari tamm"', "stefan", "none", "any"],
    "label": ["vpn", "network", '"needs parts"', "cay", "none", "any"],
    "organization": ['"acme oü"', "beta", "none", "any"],
    "board": ["support", "projects", "none", "any"],
    "column": ['"to do"', "doing", "done", '"waiting room"', "none", "any"],
    "source": ["mail", "log", "none", "any", "fax"],
    "kind": [*KINDS, "none", "any"],
}
_MOMENTS = [
    "today",
    "tomorrow",
    "yesterday",
    "now",
    "mon",
    "fri",
    "eow",
    "eom",
    "3d",
    "-3d",
    "+1d",
    "2w",
    "4h",
    "-30m",
    "17:00",
    "10:30",
    '"fri 17:00"',
    "2026-11-25",
    "2026-12-01T14:30",
    '"25 Nov"',
]
_LENGTHS = ["30m", "4h", "1d", "3d", "2w", "1h30m"]
_VALUES = {
    Type.MOMENT: _MOMENTS,
    Type.AGE: _LENGTHS,
    Type.COUNT: ["0", "1", "2", "3", "5"],
    Type.MINUTES: ["0", "25m", "1h", "90", "2h"],
    Type.CHECKLIST: ["0", "1", "2", "3"],
    Type.SLA: ["0m", "1h", "4h", "-1h", "1d"],
}
WORDS = [
    "printer",
    "prin",
    "p",
    "vpn",
    "Mägi",
    "magi",
    "ștefan",
    "secret",
    "cannot",
    "connect",
    '"cannot connect"',
    '"cannot con"',
    '"connect cannot"',
    "foo-bar",
    "o'brien",
    "c++",
    '"100%"',
    '"---"',
    '""',
    "AND.",
    "🤔",
    "כהן",
    "מדפסת",
    "چاپگر",
    "می‌خواهم",
    "łódź",
    "lodz",
    "#1x",
    '"NEAR(a b)"',
    "zzz",
]


def values_of(field: fields.Field, op: str) -> list[str]:
    if field.type is Type.TITLE:
        return ["printer", "PRIN", '"%"', "_", "magi", '"r i"', "none", "any", '""', "\\"]
    if field.type is Type.TEXT:
        return WORDS[:12]
    if field.names:
        return _NAMES[field.names]
    if field.type in (Type.CHOICE, Type.LEVEL):
        return [word for word in field.words if op == ":" or word not in ("none", "any")]
    values = _VALUES[field.type]
    if op != ":":
        return values
    emptiness = [] if field.type is Type.AGE else ["none", "any"]
    return [*values, *emptiness, *(field.words if field.type in (Type.CHECKLIST, Type.SLA) else ())]


@st.composite
def comparisons(draw: st.DrawFn) -> str:
    field = draw(st.sampled_from(fields.FIELDS))
    op = draw(st.sampled_from(field.operators))
    values = st.sampled_from(values_of(field, op))
    chosen = draw(st.lists(values, min_size=1, max_size=3)) if op == ":" else [draw(values)]
    name = draw(st.sampled_from((field.name, *field.aliases)))
    return f"{name}{op}{','.join(chosen)}"


flags = st.sampled_from(fields.FLAGS).map(lambda flag: f"{flag.verb}:{flag.name}")
numbers = st.integers(0, 90).map(lambda number: f"#{number}")
words = st.one_of(st.sampled_from(WORDS), st.sampled_from(list(world.LABELS.values())).map(quoted))
terms = st.one_of(comparisons(), comparisons(), flags, numbers, words)


def _wider(smaller: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        smaller.map(lambda inner: f"-({inner})"),
        smaller.map(lambda inner: f"not ({inner})"),
        terms.map(lambda term: f"-{term}"),
        st.lists(smaller, min_size=2, max_size=3).map(" ".join),
        st.lists(smaller, min_size=2, max_size=3).map(lambda parts: f"({' or '.join(parts)})"),
        st.lists(smaller, min_size=2, max_size=3).map(" and ".join),
    )


texts = st.recursive(terms, _wider, max_leaves=6)
sorts = st.sampled_from([field.name for field in fields.FIELDS if field.sortable]).flatmap(
    lambda name: st.sampled_from([f"sort:{name}", f"sort:-{name}"])
)
whole = st.tuples(texts, st.lists(sorts, max_size=2)).map(lambda both: " ".join([both[0], *both[1]]))
"""A whole query, with an order."""
