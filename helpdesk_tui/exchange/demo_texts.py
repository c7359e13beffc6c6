"""The demo's texts, read from the files in `demo_data`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from itertools import zip_longest
from typing import Any

from msgspec import Struct

from helpdesk_tui.domain.ticket import LANGUAGES, Priority, Speech, Status

ME = "me"
"""Stands in the texts for the person who looks at the demo."""


class Said(Struct, frozen=True):
    """A reply or a note, `hours` ago, by the ticket's requester or its agent."""

    by_requester: bool
    hours: float
    speech: Speech
    text: str
    file: str = ""
    """The file that came with it, one of those in `files.toml`."""


class Sample(Struct, frozen=True):
    """A ticket of the demo. Times are hours: `created` and `closed` ago, `due` from now, None for none."""

    language: str
    title: str
    description: str
    requester: str
    assignee: str
    labels: tuple[str, ...]
    kind: str
    priority: Priority
    status: Status
    column: str
    created: float
    due: float | None
    closed: float | None
    archived: bool
    rating: int | None
    steps: tuple[tuple[str, bool], ...]
    talk: tuple[Said, ...]
    board: str = ""
    """The name of the board it is on, empty for the first one; `column` may then be the name of one there."""


class Cast(Struct, frozen=True):
    """The people, labels and views of the demo, as the file has them."""

    organizations: dict[str, str]
    agents: tuple[dict[str, str], ...]
    requesters: tuple[dict[str, str], ...]
    labels: tuple[dict[str, str], ...]
    views: tuple[dict[str, str], ...]
    variations: dict[str, str]


@cache
def cast() -> Cast:
    """Who is on the demo desk."""
    found = read_data("desk.toml")
    return Cast(
        organizations={row["key"]: row["name"] for row in found["organization"]},
        agents=tuple(found["agent"]),
        requesters=tuple(found["requester"]),
        labels=tuple(found["label"]),
        views=tuple(found["view"]),
        variations=read_data("variations.toml"),
    )


@cache
def samples() -> tuple[Sample, ...]:
    """All written tickets, the languages taking turns."""
    by_language = [
        [_sample(language, row) for row in read_data(f"{language}.toml")["ticket"]] for language in LANGUAGES
    ]
    return tuple(sample for turn in zip_longest(*by_language) for sample in turn if sample is not None)


@cache
def more_samples() -> tuple[Sample, ...]:
    """Those that are there beyond the others when all of these are: of a second board, and such as belong together."""
    return tuple(_sample("en", row) for row in read_data("more.toml")["ticket"])


def _sample(language: str, row: dict[str, Any]) -> Sample:
    return Sample(
        language=language,
        title=row["title"],
        description=row.get("description", ""),
        requester=row.get("requester", ""),
        assignee=row.get("assignee", ""),
        labels=tuple(row["labels"]),
        kind=row["kind"],
        priority=Priority[row["priority"].upper()],
        status=Status(row.get("status", "")),
        column=row["column"],
        created=row["created"],
        due=row.get("due"),
        closed=row.get("closed"),
        archived=row.get("archived", False),
        rating=row.get("rating"),
        steps=tuple((step.removeprefix("x "), step.startswith("x ")) for step in row.get("steps", ())),
        talk=tuple(
            Said(
                by_requester=said["by"] == "requester",
                hours=said["at"],
                speech=Speech.NOTE if said.get("note", False) else Speech.REPLY,
                text=said["text"],
                file=said.get("file", ""),
            )
            for said in row.get("talk", ())
        ),
        board=row.get("board", ""),
    )


def read_data(name: str) -> dict[str, Any]:
    """A file of the demo's texts."""
    text = resources.files("helpdesk_tui.exchange.demo_data").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)
