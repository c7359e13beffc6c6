"""Boards, their columns, and the labels and views that go with them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class Category(StrEnum):
    """What being in a column means for the work."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"


class Column(Struct, frozen=True):
    """One step of a board's workflow. `limit` is the WIP limit, None for no limit; a `hard` one refuses a card more."""

    id: int
    board_id: int
    name: str
    category: Category
    limit: int | None = None
    hard: bool = False
    color: str = ""
    """The name of a theme-independent hue; empty for that of the category."""


class Board(Struct, frozen=True):
    """A set of columns, left to right, and the tickets on them."""

    id: int
    name: str
    columns: tuple[Column, ...]
    members_only: bool = False
    """Whether those who are neither members nor admins are requesters on it."""
    archive_after: int | None = None
    """Days after which a done card is archived; None: never by itself."""
    archived_at: datetime | None = None

    def column(self, column_id: int) -> Column:
        """The column of that id; KeyError if it is on another board."""
        for column in self.columns:
            if column.id == column_id:
                return column
        raise KeyError(column_id)

    def first(self, category: Category) -> Column | None:
        """The leftmost column of a category, where tickets of that category land."""
        return next((column for column in self.columns if column.category is category), None)


class Label(Struct, frozen=True):
    """A free tag. `color` is the name of a theme-independent hue; empty means one is derived from the name."""

    id: int
    name: str
    color: str = ""


class View(Struct, frozen=True):
    """A saved query with its order, `query` as it was typed. `shared` views are seen by the whole team."""

    id: int
    name: str
    query: str
    owner_id: int | None
    shared: bool
