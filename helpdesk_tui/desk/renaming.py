"""What is kept in the two languages goes on meaning the same when something it names is called differently.

That is rules, policies, saved views, canned replies and templates. What has gone for good is told instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from helpdesk_tui.desk.work import Work
from helpdesk_tui.language.renaming import names, renamed
from helpdesk_tui.store import prepared, records, rules
from helpdesk_tui.store.lookup import Here, StoreLookup
from helpdesk_tui.store.records import Stored

FOLLOWS = "follows"
"""In the detail of an event: it follows from a renaming, and needs no right besides."""

_KEPT: dict[str, tuple[str, ...]] = {
    "rule": ("query", "change"),
    "policy": ("query",),
    "view": ("query",),
    "canned": ("change",),
    "template": ("change",),
}
_CALLED = {"canned": "canned reply"}
_TOLD = 5
"""So many of those that name what has gone are told."""


@contextmanager
def followed(work: Work, kind: str, record_id: int, *called: tuple[str, str]) -> Iterator[None]:
    """Around the renaming of a record from one name to another: where its old name meant it alone, the new one is
    written. Left as it is where the old name still means it, or meant others besides.

    `kind` is one of `fields.NAMED`, `canned` or `template`.
    """
    alone = [(old, new) for old, new in called if old and new and _meant(work, kind, old) == (record_id,)]
    yield
    for old, new in alone:
        if _meant(work, kind, old) != (record_id,):
            _rewrite(work, kind, old, new)


def still_named(work: Work, kind: str, *called: str, in_queries: bool = True) -> tuple[str, ...]:
    """A warning that something that has gone is still named, by whichever of its names, and where; else nothing.

    `in_queries`: it means nothing there either any more.
    """
    if in_queries and any(_meant(work, kind, name) for name in called):
        return ()
    found = [
        f"the {_CALLED.get(entity, entity)} {row['name']}"
        for entity, row in _kept(work)
        if (entity != "view" or row["shared"] or row["owner_id"] == work.desk.actor.id)
        and any(
            names(row[field], kind, name, change=field == "change")
            for field in _KEPT[entity]
            if field == "change" or in_queries
            for name in called
        )
    ]
    if not found:
        return ()
    said = ", ".join(found[:_TOLD])
    if len(found) > _TOLD:
        said += f" and {len(found) - _TOLD} more"
    return (f"{said[0].upper()}{said[1:]} still name{'s' * (len(found) == 1)} {called[0]}.",)


def _rewrite(work: Work, kind: str, old: str, new: str) -> None:
    for entity, row in _kept(work):
        changes = {field: renamed(row[field], kind, old, new, change=field == "change") for field in _KEPT[entity]}
        work.alter(entity, row, changes, entity, text=row["name"], **{FOLLOWS: True})


def _kept(work: Work) -> Iterator[tuple[str, Stored]]:
    for entity in _KEPT:
        for row in records.present(work.unit, entity):
            yield entity, row


def _meant(work: Work, kind: str, name: str) -> tuple[int, ...]:
    """What that name stands for, for somebody who sees everything."""
    if kind == "canned":
        return tuple(one.id for one in prepared.canned_named(work.unit, name))
    if kind == "template":
        found = prepared.template_named(work.unit, name)
        return () if found is None else (found.id,)
    lookup = StoreLookup(Here(work.unit), rules.acting_as(0))
    find = {
        "label": lookup.labels,
        "person": lookup.people,
        "organization": lookup.organizations,
        "board": lookup.boards,
        "column": lookup.columns,
    }
    return find[kind](name)
