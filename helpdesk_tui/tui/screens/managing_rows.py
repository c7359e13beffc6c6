"""The ground of the wide lists: their rows are drawn piece by piece, and some of them keep up with what others do."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.tui.screens.managing import Managing
from helpdesk_tui.tui.widgets.lines import Pieces
from helpdesk_tui.tui.widgets.picker import Choice, ChoiceList
from helpdesk_tui.tui.widgets.rows import GroupedList, RowList


class ManagingRows(Managing):
    """Wide, over the whole screen."""

    LIST: type[ChoiceList] = RowList
    WIDTH = "-widest"

    def opened(self) -> None:
        self.query_one(RowList).drawn = self.drawn
        super().opened()

    def drawn(self, choice: Choice, width: int) -> Pieces:
        """A row in so many cells."""
        raise NotImplementedError


class KeepingUp(ManagingRows):
    """Read anew when somebody did something; left at once by who may not see it any more."""

    NEEDS: Act
    """What whoever looks at it must be permitted to do."""

    def renew(self) -> None:
        """Ask anew what there is."""
        raise NotImplementedError

    def news(self, _numbers: tuple[int, ...] | None) -> None:
        """Somebody did something: what stands here may be another thing now."""
        self.renew()

    def rights_changed(self) -> None:
        """What the person at the keyboard may do is another thing now."""
        if self.app.gateway.may(self.NEEDS):
            self.renew()
        else:
            self.app.call_later(self._leave)

    def _leave(self) -> None:
        if self.is_current:
            self.dismiss(None)


class ManagingGroups(KeepingUp):
    """The rows stand in groups under headings."""

    LIST = GroupedList

    def offer(self, choices: Sequence[Choice], *, at_current: bool = False) -> None:
        super().offer(choices, at_current=at_current)
        if self.list.choice is None:  # it stands on a heading
            self.list.go(1)
