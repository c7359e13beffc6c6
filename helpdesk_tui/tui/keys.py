"""Keys pressed one after the other: "g g"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual import events
    from textual.screen import Screen

    _Base = Screen[Any]
else:
    _Base = object


class ChordKeys(_Base):
    """Mixin for a screen whose bindings hold sequences of two keys (`actions.chords_for`).

    The first key is bound to `chord`, which only remembers it. The next key passes by here on its way to the bindings:
    if the two are a sequence its action runs, else the first is forgotten and the key means what it always means.
    """

    chords: dict[tuple[str, str], str] = {}
    _first_key = ""

    def action_chord(self, first: str) -> None:
        self._first_key = first

    async def on_key(self, event: events.Key) -> None:
        first, self._first_key = self._first_key, ""
        action = self.chords.get((first, event.key)) if first else None
        if action is not None:
            event.stop()
            await self.run_action(action)
