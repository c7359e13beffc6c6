"""The board of somebody who asks for help: "My tickets", by how they stand."""

from __future__ import annotations

from helpdesk_tui.domain.board import Category
from helpdesk_tui.tui.actions import MINE
from helpdesk_tui.tui.looking import Look, is_mine
from helpdesk_tui.tui.screens.board_base import BoardBase
from helpdesk_tui.tui.screens.request_work import RequestWork
from helpdesk_tui.tui.widgets.card import Painter
from helpdesk_tui.tui.widgets.column_head import Head
from helpdesk_tui.tui.widgets.lanes import Lane
from helpdesk_tui.tui.widgets.request_card import RequestPainter

_NOTHING = {
    Category.TODO: ("Nothing waits for you.",),
    Category.DOING: ("Nothing is being worked on.", "n asks for help."),
    Category.DONE: ("Nothing is solved yet.",),
}


class BoardRequests(RequestWork, BoardBase):
    """Mixin: where whoever looks is not on the team, other columns, other cards and other words."""

    @property
    def is_mine(self) -> bool:
        """Whether these are the tickets of somebody who asks for help."""
        return self.scope == MINE

    def painter(self) -> Painter:
        painter = super().painter()
        if not self.is_mine:
            return painter
        shared = {name: getattr(painter, name) for name in painter.__struct_fields__}
        return RequestPainter(**shared, me=self.desk.actor.name)

    def show(self, seen: Look) -> None:
        if is_mine(seen.question):
            self.marks.clear()
            self.lane = Lane.NONE
            self.everything, self.filter_hint = "", "press / to search"
        else:
            self.everything, self.filter_hint = BoardBase.everything, BoardBase.filter_hint
        super().show(seen)

    def _nothing_here(self, head: Head) -> tuple[str, ...]:
        return _NOTHING[head.column.category] if self.is_mine else super()._nothing_here(head)
