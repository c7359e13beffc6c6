"""The settings of a desk: reading them, and changing one."""

from __future__ import annotations

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.work import working
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.settings import SETTINGS, Settings, setting, settings_from
from helpdesk_tui.store import records
from helpdesk_tui.store.settings import stored

RECORD = 0
"""The id under which the history and undo know the settings: all of them are one record."""


def settings(desk: Desk) -> Settings:
    """The settings as they stand."""
    with desk.store.reading() as unit:
        return settings_from(stored(unit))


def in_words(desk: Desk) -> dict[str, str]:
    """Each setting's value as a person writes it, by name."""
    now = settings(desk)
    return {name: SETTINGS[name].written(getattr(now, name)) for name in SETTINGS}


def change(desk: Desk, name: str, text: str | None) -> Outcome:
    """Set one, None for its default. NotAllowed but for admins, UsageError for a value that it cannot have."""
    desk.require(Act.SETTINGS)
    known = setting(name)
    value = None if text is None else known.read(text)
    with working(desk) as work:
        current = records.fetch_many(work.unit, "setting", [RECORD])[RECORD]
        work.alter("setting", current, {name: value}, "setting")
        shown = known.example if value is None else known.written(value)
        return work.commit(f"{name}: {shown}")
