"""The map of a plain list of tickets: which column is which field, and what the values of the list mean here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

from helpdesk_tui.errors import UsageError
from helpdesk_tui.exchange.maps import FileParts, file_parts, opened_map
from helpdesk_tui.exchange.moments import TimeShape
from helpdesk_tui.exchange.rows import Shape

FIELDS = (
    "id",
    "number",
    "title",
    "description",
    "board",
    "column",
    "status",
    "priority",
    "impact",
    "urgency",
    "kind",
    "language",
    "labels",
    "requester",
    "requester_mail",
    "organization",
    "assignee",
    "due",
    "created",
    "closed",
)
"""What a column of the list can be. `id` is the list's own name for the ticket, by which a second run knows it."""

_TRANSLATED = ("board", "column", "status", "priority", "impact", "urgency", "kind", "language", "labels", "assignee")


class ListMap(Struct, frozen=True):
    """Everything an import needs to know of a list.

    `columns` maps a field to the list's column; without `strict` columns that are not there are done without. `values`
    maps a field's values as the list writes them to the desk's. `defaults` are for empty cells and absent columns.
    Assignees the desk does not know are made, unless `make_agents` is false: their rows are then skipped. `source`
    tells lists apart that use the same ids.
    """

    file: FileParts = field(default_factory=lambda: FileParts(Shape(), TimeShape()))
    columns: Mapping[str, str] = field(default_factory=lambda: {name: name for name in FIELDS})
    strict: bool = False
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    separator: str = ","
    make_agents: bool = True
    source: str = "csv"


PLAIN = ListMap()
"""For lists whose columns are called as the fields are, as `export csv` writes them."""


def read(path: Path) -> ListMap:
    """The map at `path`. UsageError if it is incomplete or says something that cannot be."""
    whole = opened_map(path)
    file = file_parts(whole)
    columns, defaults, people = whole.part("columns"), whole.part("defaults"), whole.part("people")
    labels, values, ticket = whole.part("labels"), whole.part("values"), whole.part("ticket")
    for part in (columns, defaults):
        for key in part.names():
            if key not in FIELDS:
                raise part.wrong(key, "is not a field of a ticket", f"The fields are: {', '.join(FIELDS)}.")
    columns.needed("title", "the title")
    translations = {name: values.part(name).texts() for name in values.names()}
    for name in translations:
        if name not in _TRANSLATED:
            raise values.wrong(name, "has no values to translate", f"These have: {', '.join(_TRANSLATED)}.")
    read_map = ListMap(
        file=file,
        columns=columns.texts(),
        strict=True,
        values=translations,
        defaults=defaults.texts(),
        separator=labels.word("separator", ","),
        make_agents=people.flag("make_agents", True),
        source=ticket.word("source", "csv"),
    )
    whole.done(columns, defaults, people, labels, ticket)
    if not read_map.separator:
        raise labels.wrong("separator", "is empty")
    return read_map


def needs_title(columns: Mapping[str, int]) -> None:
    """UsageError unless the list has the one column no ticket can do without."""
    if "title" not in columns:
        raise UsageError(
            "The file has no column “title”.", "Say with --map MAP.toml which column holds the title of a ticket."
        )
