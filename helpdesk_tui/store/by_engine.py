"""A part of a statement that each engine has in words of its own, chosen when the statement is sent."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class ByEngine(FunctionElement[bool]):
    """One condition in two wordings."""

    # It has no type: a Boolean would be compared with 1 on SQLite, which has none, and no index would serve that.
    inherit_cache = True

    def __init__(self, *, sqlite: ColumnElement[bool], postgresql: ColumnElement[bool]) -> None:
        super().__init__(sqlite, postgresql)


@compiles(ByEngine)
def _on_sqlite(condition: ByEngine, compiler: Any, **how: Any) -> str:
    return _worded(condition, 0, compiler, how)


@compiles(ByEngine, "postgresql")
def _on_postgresql(condition: ByEngine, compiler: Any, **how: Any) -> str:
    return _worded(condition, 1, compiler, how)


def _worded(condition: ByEngine, place: int, compiler: Any, how: dict[str, Any]) -> str:
    return f"({compiler.process(condition.clauses.clauses[place], **how)})"
