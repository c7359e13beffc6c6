"""What was typed and not sent: esc keeps it, and the same form offers it again, also after the terminal was lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from helpdesk_tui.config import read_json, write_json

if TYPE_CHECKING:
    from helpdesk_tui.tui.app import HelpdeskApp

Kept = Mapping[str, Mapping[str, str]]
"""The fields of each form, under what the form is about: "reply 142"."""


class Drafts:
    """Texts of forms that were left. `store` is given all of them whenever they change."""

    def __init__(self, kept: Kept, store: Callable[[Kept], object]) -> None:
        self._kept = {about: dict(fields) for about, fields in kept.items()}
        self._store = store

    def of(self, about: str) -> dict[str, str]:
        """What was typed there, by field; empty when nothing was."""
        return dict(self._kept.get(about, {}))

    def keep(self, about: str, fields: Mapping[str, str]) -> bool:
        """Keep it, unless it is all blank, which forgets it. Whether something is kept."""
        typed = {name: text for name, text in fields.items() if text.strip()}
        if typed != self._kept.get(about, {}):
            self._kept[about] = typed
            if not typed:
                del self._kept[about]
            self._store({name: dict(texts) for name, texts in self._kept.items()})
        return bool(typed)

    def drop(self, about: str) -> None:
        """What was typed there has been taken."""
        self.keep(about, {})


_OPEN: WeakKeyDictionary[HelpdeskApp, Drafts] = WeakKeyDictionary()
"""The drafts of each running app, read when its first form opens."""


def drafts_of(app: HelpdeskApp) -> Drafts:
    """The drafts of the person at the keyboard, for the desk that is open."""
    found = _OPEN.get(app)
    if found is None:
        config = app.config
        path, desk = config.drafts_path, config.desk_name
        kept = {
            about.removeprefix(f"{desk} "): fields
            for about, fields in read_json(path).items()
            if about.startswith(f"{desk} ") and _is_fields(fields)
        }
        found = _OPEN[app] = Drafts(kept, partial(_store, app, path, desk))
    return found


def _is_fields(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def _store(app: HelpdeskApp, path: Path, desk: str, kept: Kept) -> None:
    """Write them beside the screen: a slow disk must not hold up a key."""

    def work(_desk: object) -> None:
        others = {about: fields for about, fields in read_json(path).items() if not about.startswith(f"{desk} ")}
        write_json(path, others | {f"{desk} {about}": fields for about, fields in kept.items()})

    app.gateway.ask(work, _nothing, _nothing)


def _nothing(_value: object) -> None:
    """A draft that could not be written is still there in memory."""
