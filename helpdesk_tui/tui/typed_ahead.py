"""Keys that come faster than they are acted on: pasted, typed over a slow line, or by a program.

Textual hands every key on at once, so that the letters behind a `/` would reach the board before the filter is there
to take them. Here a key waits until the one before has been acted on wherever it went; and where that asked the desk
for what the next key is meant for (a form to open, the cards a filter finds, the ticket just made), until it is there.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual import events
from textual.message_pump import MessagePump

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

    from helpdesk_tui.tui.on_desk import OnDesk

    _App = App[None]
else:
    _App = OnDesk = object

PATIENCE = 1.0
"""Seconds after which the next key goes its way whatever became of the one before."""

LONG_PATIENCE = 120.0
"""The same where the desk was asked: longer than a change of ten thousand tickets takes, so that it has answered."""

COVERED = 0.2
"""Seconds after which it is looked again which screen is to be there."""

PASSING = "ctrl+c"
"""The one key that never waits."""


class KeysWait(OnDesk):
    """Mixin of a screen that may ask for what the next key is meant for."""

    _awaited: frozenset[object] = frozenset()
    _there: asyncio.Event | None = None

    def keys_wait(self, what: object) -> None:
        """Keys pressed from now on are for `what`, which has been asked for: hold them back until `keys_go`."""
        self._awaited |= {what}
        if self._there is None:
            self._there = asyncio.Event()

    def keys_go(self, what: object) -> None:
        """It is there, or will never be."""
        self._awaited -= {what}
        if not self._awaited and self._there is not None:
            self._there.set()
            self._there = None

    @property
    def awaited(self) -> asyncio.Event | None:
        """Happens when all is there that the next key is for; None if it is."""
        return self._there


class TypedAhead(_App):
    """Mixin of the app."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._keys_waiting: deque[events.Key | events.Paste] = deque()
        self._key_under_way: asyncio.Task[None] | None = None
        self._acting_on = ""

    def pressed_again(self, action: str) -> int:
        """How often the key under way, if it is one for that action, has been pressed again: that is then acted on.

        A key that is held comes faster than the desk writes; so it keeps up.
        """
        bound = self.screen._bindings.key_to_bindings.get(self._acting_on, ())
        if all(binding.action != action for binding in bound):
            return 0
        times = 0
        while self._keys_waiting and getattr(self._keys_waiting[0], "key", "") == self._acting_on:
            self._keys_waiting.popleft()
            times += 1
        return times

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded or _passes(event):
            await super().on_event(event)
        elif self._key_under_way is not None:
            self._keys_waiting.append(event)
        else:
            await self._act_on(event)

    async def _act_on(self, event: events.Key | events.Paste) -> None:
        screen, focused = self.screen, self.screen.focused
        self._acting_on = event.key if isinstance(event, events.Key) else ""
        await super().on_event(event)
        self._key_under_way = asyncio.create_task(self._next_after(screen, focused or screen))

    async def _next_after(self, screen: Screen[Any], target: MessagePump) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._acted_on(target), PATIENCE)
        if self.screen is not screen or _awaited(screen) is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._answered(screen), LONG_PATIENCE)
        if self._keys_waiting and self.is_running:  # still under way: what is pressed before that waits too
            self.call_next(self._act_on, self._keys_waiting.popleft())
        else:
            self._key_under_way = None

    async def _acted_on(self, target: MessagePump) -> None:
        """A key bubbles from queue to queue: once each has got past it, it has been acted on."""
        for pump in target.ancestors_with_self if hasattr(target, "ancestors_with_self") else (target,):
            await _caught_up(pump)
        await _caught_up(self)  # moving the focus is put off once more

    async def _answered(self, screen: Screen[Any]) -> None:
        """The screen that is shown by then, and perhaps no longer `screen`, is there and awaits nothing."""
        while (awaited := _awaited(self.screen)) is not None or self.screen is not screen:
            if awaited is not None:
                await awaited.wait()
            else:
                screen, shown = self.screen, asyncio.Event()
                screen.call_after_refresh(shown.set)
                with suppress(TimeoutError):  # it may be covered by another before it was drawn, and never be
                    await asyncio.wait_for(shown.wait(), COVERED)
            for pump in (self.screen, self):  # what a screen that has closed leads to, and where the focus goes
                await _caught_up(pump)


def _passes(event: events.Event) -> bool:
    return isinstance(event, events.Key) and event.key == PASSING


def _awaited(screen: Screen[Any]) -> asyncio.Event | None:
    return screen.awaited if isinstance(screen, KeysWait) else None


async def _caught_up(pump: MessagePump) -> None:
    done = asyncio.Event()
    if pump.call_later(done.set):
        await done.wait()
