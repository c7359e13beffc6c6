"""What a change says, before anybody has looked up who `bob` is: plain values, comparable with ==."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from helpdesk_tui.language.nodes import Value


@dataclass(frozen=True, slots=True)
class Put:
    """`+label`."""

    label: Value


@dataclass(frozen=True, slots=True)
class Take:
    """`-label`."""

    label: Value


@dataclass(frozen=True, slots=True)
class Give:
    """`name:value`, one value at a time."""

    name: str
    value: Value
    column: int = dataclasses.field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Do:
    """A verb by itself: `archive`, `reopen`."""

    verb: str
    column: int = dataclasses.field(default=0, compare=False)


Part = Put | Take | Give | Do


@dataclass(frozen=True, slots=True)
class Change:
    """A parsed change: its parts in the order typed, and the text as it was typed."""

    parts: tuple[Part, ...] = ()
    text: str = dataclasses.field(default="", compare=False)
