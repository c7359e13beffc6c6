"""Keys that come faster than they are acted on: pasted, typed over a slow line, or by a program.

Textual hands every key on at once, so that the letters behind a `/` would reach the board before the filter is there
to take them. Here a key waits until the one before has been acted on wherever it went.
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

    _Base = App[None]
else:
    _Base = object

PATIENCE = 1.0
"""Seconds after which the next key goes its way whatever became of the one before."""


class TypedAhead(_Base):
    """Mixin of the app."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._keys_waiting: deque[events.Key] = deque()
        self._key_under_way: asyncio.Task[None] | None = None

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
        elif self._key_under_way is not None:
            self._keys_waiting.append(event)
        else:
            await self._act_on(event)

    async def _act_on(self, event: events.Key) -> None:
        screen, focused = self.screen, self.screen.focused
        await super().on_event(event)
        self._key_under_way = asyncio.create_task(self._next_after(screen, focused or screen))

    async def _next_after(self, screen: MessagePump, target: MessagePump) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._acted_on(screen, target), PATIENCE)
        self._key_under_way = None
        if self._keys_waiting and self.is_running:
            self.call_next(self._act_on, self._keys_waiting.popleft())

    async def _acted_on(self, screen: MessagePump, target: MessagePump) -> None:
        """A key bubbles from queue to queue: once each has got past it, it has been acted on."""
        for pump in target.ancestors_with_self if hasattr(target, "ancestors_with_self") else (target,):
            await _caught_up(pump)
        await _caught_up(self)  # moving the focus is put off once more
        if self.screen is not screen:
            shown = asyncio.Event()
            self.screen.call_after_refresh(shown.set)
            await shown.wait()


async def _caught_up(pump: MessagePump) -> None:
    done = asyncio.Event()
    if pump.call_later(done.set):
        await done.wait()
