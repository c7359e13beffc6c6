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


class FromDesk(Message):
    """Comes from work beside the screen, and so perhaps when the screens are already being taken down."""


@dataclass
class Answered(FromDesk):
    """A piece of work beside the screen has ended; `deliver` hands its answer to whoever asked."""

    deliver: Callable[[], None]


@dataclass
class DeskOpened(FromDesk):
    """The desk is there."""


@dataclass
class DeskFailed(FromDesk):
    """The desk could not be opened."""

    error: HelpdeskError


@dataclass
class DeskLost(FromDesk):
    """The desk can no longer be watched; said once."""

    error: HelpdeskError


@dataclass
class DeskBack(FromDesk):
    """The desk that was lost is there again."""


@dataclass
class LeftOut(FromDesk):
    """The person at this terminal was deactivated, or the desk was replaced by a backup: the program ends."""

    error: HelpdeskError


@dataclass
class RightsChanged(FromDesk):
    """What the person at this terminal may see and do is another thing now."""


@dataclass
class HereChanged(FromDesk):
    """Others opened or left tickets or boards, or began or ended an answer: who is where now, by either."""

    here: Mapping[int, tuple[Present, ...]]
    boards: Mapping[int, tuple[str, ...]]


@dataclass
class Noticed(FromDesk):
    """Somebody changed something on the desk."""

    news: News
