"""What the parts of the screens tell each other beside the widgets' own messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from helpdesk_tui.desk.boards import News
    from helpdesk_tui.domain.ticket_detail import Present
    from helpdesk_tui.errors import HelpdeskError


@dataclass
class Answered(Message):
    """A piece of work beside the screen has ended; `deliver` hands its answer to whoever asked."""

    deliver: Callable[[], None]


@dataclass
class DeskOpened(Message):
    """The desk is there."""


@dataclass
class DeskFailed(Message):
    """The desk could not be opened."""

    error: HelpdeskError


@dataclass
class DeskLost(Message):
    """The desk can no longer be watched; said once."""

    error: HelpdeskError


@dataclass
class LeftOut(Message):
    """The person at this terminal was deactivated, or the desk was replaced by a backup: the program ends."""

    error: HelpdeskError


@dataclass
class RightsChanged(Message):
    """What the person at this terminal may see and do is another thing now."""


@dataclass
class HereChanged(Message):
    """Others opened or left tickets or boards, or began or ended an answer: who is where now, by either."""

    here: Mapping[int, tuple[Present, ...]]
    boards: Mapping[int, tuple[str, ...]]


@dataclass
class Noticed(Message):
    """Somebody changed something on the desk."""

    news: News
