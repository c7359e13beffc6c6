"""What a request is and who asks, set from the keyboard: each key opens its picker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.tui.asks import Asks

if TYPE_CHECKING:
    from helpdesk_tui.domain.ticket import Card, Level


class FieldWork(Asks):
    """Mixin for a screen that shows tickets; what it asks of the screen is in `TicketWork`."""

    def at_hand(self) -> Card | None:
        """The one ticket that is meant, None where several are."""
        raise NotImplementedError

    def heading(self, verb: str) -> str:
        """ "Assign #142", "Assign 12 tickets"."""
        raise NotImplementedError

    def offer_change(self, picker: Any) -> None:
        """Open a picker of terms for the chosen tickets."""
        raise NotImplementedError

    def levels(self) -> tuple[Level | None, Level | None]:
        """Impact and urgency of the one ticket that is meant, where they are known."""
        return None, None

    def action_levels(self) -> None:
        from helpdesk_tui.tui.screens.pick_fields import LevelsPick

        self.offer_change(LevelsPick(self.heading("Impact and urgency of"), *self.levels()))

    def action_kind(self) -> None:
        from helpdesk_tui.tui.screens.pick_fields import KindPick

        card = self.at_hand()
        self.offer_change(KindPick(self.heading("Kind of"), None if card is None else card.kind))

    def action_language(self) -> None:
        from helpdesk_tui.tui.screens.pick_fields import LanguagePick

        card = self.at_hand()
        self.offer_change(LanguagePick(self.heading("Language of"), None if card is None else card.language))

    def action_requester(self) -> None:
        from helpdesk_tui.tui.screens.pick_fields import RequesterPick

        card = self.at_hand()
        current = None if card is None else card.requester
        self.offer_change(RequesterPick(self.heading("Requester of"), current, may_make=self._may_make()))

    def action_organization(self) -> None:
        from helpdesk_tui.tui.screens.pick_fields import OrganizationPick

        card = self.at_hand()
        current = None if card is None else card.organization
        self.offer_change(OrganizationPick(self.heading("Organization of"), current, may_make=self._may_make()))

    def _may_make(self) -> bool:
        desk = self.app.gateway.desk  # type: ignore[attr-defined]
        return desk is not None and bool(desk.may(Act.CHOOSE_REQUESTER))
