"""The ground of the lists whose rows stand in groups under headings, and that keep up with what others do."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.widgets import Static

from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.tui.screens.managing import Managing
from helpdesk_tui.tui.screens.pick import TypeAhead
from helpdesk_tui.tui.widgets.grouped import GroupedList
from helpdesk_tui.tui.widgets.picker import Choice


class ManagingGroups(Managing):
    """Wide, over the whole screen; left at once by who may not see it any more."""

    LIST: type[GroupedList]
    NEEDS: Act
    """What whoever looks at it must be permitted to do."""

    def compose(self) -> ComposeResult:
        with self.box():
            yield TypeAhead(placeholder=self._prompt, select_on_focus=False)
            yield self.LIST()
            yield Static("", classes="about")
            yield Static("", classes="said -empty")
            yield Static("", classes="keys")

    @property
    def list(self) -> GroupedList:
        return self.query_one(self.LIST)

    def opened(self) -> None:
        self.add_class("-widest")
        super().opened()

    def offer(self, choices: Sequence[Choice], *, at_current: bool = False) -> None:
        super().offer(choices, at_current=at_current)
        if self.list.choice is None:  # it stands on a heading
            self.list.go(1)

    # Keeping up

    def renew(self) -> None:
        """Ask anew what there is."""
        raise NotImplementedError

    def news(self, _numbers: tuple[int, ...] | None) -> None:
        """Somebody did something: what stands here may be another thing now."""
        self.renew()

    def rights_changed(self) -> None:
        """What the person at the keyboard may do is another thing now."""
        desk = self.app.gateway.desk  # type: ignore[attr-defined]
        if desk is None or not desk.may(self.NEEDS):
            self.app.call_later(self._leave)
        else:
            self.renew()

    def _leave(self) -> None:
        if self.is_current:
            self.dismiss(None)
