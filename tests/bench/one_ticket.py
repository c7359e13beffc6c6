"""Opens a ticket of 500 comments and 200 events: `python -m tests.bench.one_ticket FOLDER` prints milliseconds as JSON.

First paint is when the conversation has arrived on the terminal, as somebody in front of it sees it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from helpdesk_tui import bootstrap, config
from helpdesk_tui.desk import conversation, tickets
from tests.terminal.terminal import PROGRAM, Terminal

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


def first_paint(path: Path) -> float:
    """Milliseconds from enter on the board until the conversation stands on the screen."""
    with Terminal(path.parent, "--desk", str(path), program=PROGRAM, columns=120, rows=40) as terminal:
        terminal.shows("#1")
        terminal.listen(1.0)  # what is loaded behind the board
        if f"Conversation {COMMENTS}" in terminal.text:
            terminal.press("v")  # the preview of a desk's first start shows it already
            terminal.no_longer_shows(f"Conversation {COMMENTS}")
            terminal.listen(0.5)
        return terminal.time_until("enter", f"Conversation {COMMENTS}") * 1000


def main() -> int:
    path = Path(sys.argv[1])
    if not path.exists():
        fill(path)
    print(json.dumps([first_paint(path) for _ in range(5)]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
