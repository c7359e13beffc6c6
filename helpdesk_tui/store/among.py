"""Whether a value is one of many ids: however many they are, they travel as one parameter.

SQLite takes a limited number of parameters (32,766, or 999 before 3.32), and a statement whose text stays the same need
not be compiled for each number of ids.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, String, cast, column, func, literal, select
from sqlalchemy.types import UserDefinedType

from helpdesk_tui.store.by_engine import ByEngine

FEW = 50
"""Ids up to which each may be a parameter of its own, which the planner knows more about; a query has 500 such sets."""


class _Ids(UserDefinedType[list[int]]):
    """A PostgreSQL array."""

    cache_ok = True

    def get_col_spec(self, **_how: Any) -> str:
        return "BIGINT[]"


def among(value: ColumnElement[Any], ids: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether `value` is one of the ids in the parameter `ids`, which is what `listed` makes."""
    array = cast(func.translate(ids, "[]", "{}"), _Ids())
    return ByEngine(
        sqlite=value.in_(select(column("value")).select_from(func.json_each(ids))),
        # As rows, not with `= ANY`, which reads the array anew for each row it looks at where no index serves.
        postgresql=value.in_(select(func.unnest(array))),
    )


def listed(ids: Iterable[int]) -> str:
    """Ids as one parameter."""
    return f"[{','.join(map(str, ids))}]"


def one_of(value: ColumnElement[Any], ids: Iterable[int]) -> ColumnElement[bool]:
    """Whether `value` is one of these ids, few or many."""
    wanted = list(ids)
    return value.in_(wanted) if len(wanted) <= FEW else among(value, literal(listed(wanted), String))
