"""The settings of a desk, as stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert, select

from helpdesk_tui.store import tables
from helpdesk_tui.store.unit_of_work import Unit

_setting = tables.setting


def stored(unit: Unit) -> dict[str, Any]:
    """What has been set, by name."""
    return {row.name: row.value for row in unit.rows(select(_setting.c.name, _setting.c.value))}


def write(unit: Unit, values: Mapping[str, Any]) -> None:
    """Set these; None goes back to the default."""
    unit.run(delete(_setting).where(_setting.c.name.in_(list(values))))
    unit.run(insert(_setting), [{"name": name, "value": value} for name, value in values.items() if value is not None])
