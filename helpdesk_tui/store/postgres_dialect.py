"""PostgreSQL with the same types as a desk in a file: whole numbers of 64 bits, texts compared by their code points.

Ids come from `postgres_schema`'s triggers, not from sequences, which would leave gaps behind changes not kept.
References can wait for the commit, so that a bulk of rows may come in any order.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Constraint
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.base import PGDDLCompiler, PGTypeCompiler
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

DRIVER = "postgresql+helpdesk"
"""The name under which SQLAlchemy finds this dialect."""


class _Types(PGTypeCompiler):
    def visit_INTEGER(self, type_: Any, **kw: Any) -> str:  # noqa: N802 - SQLAlchemy's name
        return str(super().visit_BIGINT(type_, **kw))  # type: ignore[no-untyped-call]

    def visit_VARCHAR(self, type_: Any, **kw: Any) -> str:  # noqa: N802
        return super().visit_VARCHAR(type_, **kw) + _compared(kw)

    def visit_TEXT(self, type_: Any, **kw: Any) -> str:  # noqa: N802
        return super().visit_TEXT(type_, **kw) + _compared(kw)


def _compared(how: dict[str, Any]) -> str:
    """How a column's texts are compared; the type of a single value says nothing about that."""
    return ' COLLATE "C"' if isinstance(how.get("type_expression"), Column) else ""


class _Ddl(PGDDLCompiler):
    def get_column_specification(self, column: Column[Any], **kw: Any) -> str:
        specification: str = super().get_column_specification(column, **kw)  # type: ignore[no-untyped-call]
        return specification.replace(" SERIAL", " BIGINT", 1)

    def define_constraint_deferrability(self, constraint: Constraint) -> str:
        return " DEFERRABLE" if constraint.__visit_name__ == "foreign_key_constraint" else ""


class PostgresDialect(PGDialect_psycopg):
    """As described above."""

    supports_statement_cache = True
    type_compiler_cls = _Types
    ddl_compiler = _Ddl


registry.register("postgresql.helpdesk", __name__, PostgresDialect.__name__)
