"""What a query says, before anybody has looked up who `bob` is or when `friday` is.

Nodes are plain values, comparable with ==. Where a term stood in the text (`column`, 1-based) is kept out of equality,
so that later errors can still point at it.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

OPERATORS = (":", "<", "<=", ">", ">=")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a term. A quoted one is always a literal: `label:"none"` is a label of that name."""

    text: str
    quoted: bool = False
    column: int = dataclasses.field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Everything:
    """The empty query: every ticket."""


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of its part."""

    part: Node


@dataclass(frozen=True, slots=True)
class Word:
    """Full text: the words of `text` in this order; `prefix` lets the last of them be the beginning of a longer one."""

    text: str
    prefix: bool
    column: int = dataclasses.field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Compare:
    """`field op values`; several values, any of which will do, only with the operator `:`."""

    field: str
    op: str
    values: tuple[Value, ...]
    column: int = dataclasses.field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Flag:
    """`is:late`, `has:files`: `verb` is `is` or `has`."""

    verb: str
    name: str
    column: int = dataclasses.field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Number:
    """`#142`: that ticket."""

    number: int
    column: int = dataclasses.field(default=0, compare=False)


Node = Everything | And | Or | Not | Word | Compare | Flag | Number


@dataclass(frozen=True, slots=True)
class Sort:
    """`sort:field`, or `sort:-field` for the other way round."""

    field: str
    descending: bool = False
    column: int = dataclasses.field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: what to find, in which order, and the text as it was typed."""

    node: Node
    sort: tuple[Sort, ...] = ()
    text: str = dataclasses.field(default="", compare=False)

    def __str__(self) -> str:
        """Text that parses back to an equal query."""
        from helpdesk_tui.language.unparse import unparse

        return unparse(self)
