"""The style sheets are the same for the app of each test: they are read once a process."""

from __future__ import annotations

from typing import Any

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_parse_rules = Stylesheet._parse_rules
_parsed: dict[object, list[RuleSet]] = {}


_variables: list[tuple[dict[str, str], object]] = []
"""Those of the sheet that was read last, and what stands for them in a key."""


def _parse_once(sheet: Stylesheet, *given: Any, **named: Any) -> list[RuleSet]:
    if not _variables or _variables[0][0] is not sheet._variables:
        _variables[:] = [(sheet._variables, frozenset(sheet._variables.items()))]
    key = (given, frozenset(named.items()), _variables[0][1])
    if key not in _parsed:
        _parsed[key] = _parse_rules(sheet, *given, **named)
    return _parsed[key]


Stylesheet._parse_rules = _parse_once  # type: ignore[method-assign]
RuleSet.__hash__ = object.__hash__  # type: ignore[method-assign]  # the same, not in Python: asked for by the million
