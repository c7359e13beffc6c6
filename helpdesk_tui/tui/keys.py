"""The keys of a screen: those that this person may use now, and sequences of two: "g g"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from helpdesk_tui.domain.permissions import ON_BOARDS, Act
from helpdesk_tui.tui.actions import Permits, bindings_for, chords_for

if TYPE_CHECKING:
    from textual import events
    from textual.binding import Binding

    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.tui.on_desk import OnDesk
else:
    OnDesk = object


class ChordKeys(OnDesk):
    """Mixin for a screen whose bindings hold sequences of two keys (`actions.chords_for`).

    The first key is bound to `chord`, which only remembers it. The next key passes by here on its way to the bindings:
    if the two are a sequence its action runs, else the first is forgotten and the key means what it always means.
    """

    chords: dict[tuple[str, str], str] = {}
    permits: Permits
    """Whether the person may do that, to what this screen shows."""
    scope = ""
    """Whose part of the keymap this screen has."""
    _first_key = ""
    _own_bindings: dict[str, list[Binding]] | None = None

    def bind_keys(self, scope: str, remapped: Mapping[str, str], permits: Permits) -> None:
        """Have the keys of that scope that are permitted, and no others of the keymap."""
        bindings = self._bindings
        if self._own_bindings is None:
            self._own_bindings = {key: list(bound) for key, bound in bindings.key_to_bindings.items()}
        self.scope, self.permits = scope, permits
        bindings.key_to_bindings = {key: list(bound) for key, bound in self._own_bindings.items()}
        for binding in bindings_for(scope, remapped, permits):
            bindings.key_to_bindings.setdefault(binding.key, []).insert(0, binding)  # before Textual's own (tab)
        self.chords = chords_for(scope, remapped, permits)

    def action_chord(self, first: str) -> None:
        self._first_key = first

    async def on_key(self, event: events.Key) -> None:
        first, self._first_key = self._first_key, ""
        action = self.chords.get((first, event.key)) if first else None
        if action is not None:
            event.stop()
            await self.run_action(action)


def rights_on(desk: Desk, board_id: int | None) -> Permits:
    """What the acting person may do to that board and its tickets, and on the desk; None: to any board."""

    def permits(act: Act) -> bool:
        return desk.may(act, board_id if act in ON_BOARDS else None)

    return permits
