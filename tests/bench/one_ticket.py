"""Opens a ticket of 500 comments and 200 events: `python -m tests.bench.one_ticket FOLDER` prints milliseconds as JSON.

First paint is when the description and the conversation stand on the screen. Taken inside the program: from outside the
first bytes after a key cannot be told from the last.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

from helpdesk_tui import bootstrap, config
from helpdesk_tui.desk import conversation, tickets
from helpdesk_tui.tui.app import HelpdeskApp
from helpdesk_tui.tui.screens.ticket import TicketScreen
from helpdesk_tui.tui.widgets.ticket_body import TicketBody

COMMENTS, CHANGES = 500, 200
SAID = """The **tunnel** to `HQ` is torn down at minute {at} of every hour.

- 12 people, all on the *new* client
- see https://example.org/{at}

> It was said before.
Thank you, and a longer line that goes on for a while, so that it is wrapped at the edge of what is there for it."""


def fill(path: Path) -> None:
    """A desk whose example ticket has much to read."""
    desk = bootstrap.open_desk(config.load(str(path)))
    for at in range(COMMENTS):
        (conversation.reply if at % 2 else conversation.note)(desk, 1, SAID.format(at=at))
    for at in range(CHANGES):
        tickets.change_text(desk, [1], "priority:low" if at % 2 else "priority:high")
    desk.close()


async def first_paint(path: Path) -> float:
    """Milliseconds from enter on the board until the ticket can be read."""
    settings = config.load(str(path))
    app = HelpdeskApp(settings, lambda: bootstrap.open_desk(settings))
    async with app.run_test(size=(120, 40)) as pilot:
        while "#1" not in _shown(app):
            await pilot.pause(0.05)
        await pilot.pause(0.5)
        start = time.perf_counter()
        app.simulate_key("enter")
        while not (_is_drawn(app) and f"Conversation {COMMENTS}" in _shown(app)):
            await asyncio.sleep(0.001)
        return (time.perf_counter() - start) * 1000


def _is_drawn(app: HelpdeskApp) -> bool:
    screen = app.screen
    return isinstance(screen, TicketScreen) and any(body.virtual_size.height > 0 for body in screen.query(TicketBody))


def _shown(app: HelpdeskApp) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def main() -> int:
    path = Path(sys.argv[1])
    if not path.exists():
        fill(path)
    asyncio.run(first_paint(path))  # what is imported once
    print(json.dumps([asyncio.run(first_paint(path)) for _ in range(5)]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
