"""Waiting for the program by looking at what it still has to do, not at the clock: sure on a busy machine, and quick."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from textual import events
from textual.app import App
from textual.keys import _character_to_key, key_to_character
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import Screen
from textual.timer import Timer

from helpdesk_tui.tui.gateway import _Thread

SOON = 0.5
"""Seconds: what is put off for less (looking while one types) is waited for; what goes away later by itself is not."""

PATIENCE = 20.0
"""Seconds of work, of this process: what never ends works on and on, and a machine that has no time for it is no fault."""

AT_MOST = 180.0
"""Seconds by the clock, for what waits for something that never comes."""


def key_event(app: App[Any], key: str) -> events.Key:
    """A key as the terminal sends it, by its name or its character."""
    name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    event = events.Key(name, key if len(key) == 1 else key_to_character(name))
    event.set_sender(app)
    return event


def send(app: App[Any], *keys: str) -> None:
    """Keys at once, one behind the other, without waiting for what they do."""
    for key in keys:
        app.post_message(key_event(app, key))


_do = _Thread.do
_given: WeakSet[_Thread] = WeakSet()
"""The threads that have been given work since it was last waited for that they have nothing to do."""


def _do_it_and_note(thread: _Thread, job: Callable[[], object]) -> None:
    _given.add(thread)
    _do(thread, job)


_Thread.do = _do_it_and_note  # type: ignore[assignment, method-assign]

_paint = Screen._compositor_refresh
_unpainted: dict[App[Any], bool] = {}
"""The apps that are waited for, and whether there is something to paint."""


def _paint_later(screen: Screen[Any]) -> None:
    """What would be painted over before anybody could look is not painted: half of the time of these tests went there."""
    if screen is screen.app.screen and screen.app in _unpainted:
        _unpainted[screen.app] = True
        screen._dirty_widgets.clear()  # the compositor knows where they are
    else:
        _paint(screen)


Screen._compositor_refresh = _paint_later  # type: ignore[assignment, method-assign]


_painted: WeakKeyDictionary[App[Any], Screen[Any]] = WeakKeyDictionary()
"""The screen of each app that was painted last."""
_put_off: WeakSet[App[Any]] = WeakSet()
"""The apps in which something that changed is still to be painted."""


def paint(app: App[Any]) -> None:
    """Paint what is still to be painted."""
    if app in _put_off and app.screen_stack:
        _put_off.discard(app)
        _painted[app] = app.screen
        _paint(app.screen)


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until nothing is on its way any more, neither to the desk nor back, nor between the widgets.

    A screen is painted then when it has just opened; of what changes in it the last state is, when the test is over or
    looks at what was written.
    """
    _unpainted[pilot.app] = False
    try:
        await _settle(pilot)
    finally:
        del _unpainted[pilot.app]


async def _settle(pilot: Pilot[Any]) -> None:
    app, worked, end, calm = pilot.app, time.process_time() + PATIENCE, time.monotonic() + AT_MOST, 0
    while calm < 2 and not app._exit and app._exception is None:
        if time.process_time() > worked or time.monotonic() > end:
            raise AssertionError(f"the program does not come to rest: {', '.join(_under_way(app)) or 'it asks on'}")
        asked = await _desk_answers(app)
        await _all_is_handled(app)
        if app._exit or not app.screen_stack:
            break
        app.screen._on_timer_update()
        if any(_is_soon(timer) for pump in _pumps(app) for timer in pump._timers):
            await asyncio.sleep(0.005)
            calm = 0
        else:
            calm = calm + 1 if asked == _asked(app) and not _is_busy(app) else 0
            if calm and _unpainted[app]:
                _unpainted[app] = False
                _put_off.add(app)
                if _painted.get(app) is not app.screen or not getattr(app, "PAINTS_AT_THE_END", False):
                    calm = 0
                    paint(app)


async def _all_is_handled(app: App[Any]) -> None:
    """Give way until every message is handled; not for ever, what does not end is the caller's to see."""
    await asyncio.sleep(0)
    for turn in range(1_000):
        if app._exit or not app.screen_stack or not _is_busy(app):
            break
        await asyncio.sleep(0 if turn < 100 else 0.002)


async def _desk_answers(app: Any) -> int:
    """Wait for the answers to all that was asked so far; how much that was."""
    asked = _asked(app)
    for thread in app.gateway.threads:
        if thread in _given:
            _given.discard(thread)
            idle = threading.Event()
            _do(thread, idle.set)
            await asyncio.to_thread(idle.wait, 10)
    return asked


def _asked(app: Any) -> int:
    return sum(app.gateway._asked.values())


def _pumps(app: App[Any]) -> Iterator[MessagePump]:
    yield app
    for screen in app.screen_stack:
        yield from screen.walk_children(with_self=True)


def _under_way(app: App[Any]) -> Iterator[str]:
    """What keeps it from coming to rest, in a few words each."""
    for pump in _pumps(app):
        yield from (f"{timer!r} of {pump!r}" for timer in pump._timers if _is_soon(timer))
        if pump._next_callbacks or not _awaits_messages(pump):
            yield f"{pump!r} has {pump._message_queue.qsize()} messages, the next {pump._pending_message!r}"


def _is_busy(app: App[Any]) -> bool:
    if getattr(app, "_key_under_way", None) is not None or getattr(app, "_keys_waiting", None):
        return True
    if any(pump._next_callbacks or not _awaits_messages(pump) for pump in _pumps(app)):
        return True
    top = app.screen
    return bool(top._callbacks or top._dirty_widgets or top._layout_required or top._repaint_required)


def _awaits_messages(pump: MessagePump) -> bool:
    """Whether it has nothing in its queue and is not in the middle of a message either."""
    queue = pump._message_queue
    return queue.empty() and pump._pending_message is None and bool(queue.ready_event._waiters)  # type: ignore[attr-defined]


def _is_soon(timer: Timer) -> bool:
    return timer._repeat == 0 and timer._interval < SOON and timer._task is not None and not timer._task.done()
