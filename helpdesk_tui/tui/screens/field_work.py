"""What a request is and who asks, set from the keyboard: each key opens its picker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.tui.screens.ticket_asks import TicketAsks

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.domain.ticket import Level


class FieldWork(TicketAsks):
    """Mixin for a screen that shows tickets."""

    def levels(self) -> tuple[Level | None, Level | None]:
        """Impact and urgency of the one ticket that is meant, where they are known."""
        return None, None

    def action_priority(self) -> None:
        from helpdesk_tui.tui.screens.pickers import PriorityPick

        card = self.at_hand()
        self.offer_change(PriorityPick(self.heading("Priority of"), None if card is None else card.priority))

    def action_status(self) -> None:
        from helpdesk_tui.tui.screens.pickers import StatusPick

        card = self.at_hand()
        self.offer_change(StatusPick(self.heading("Status of"), None if card is None else card.status))

    def action_due(self) -> None:
        from helpdesk_tui.tui.screens.pickers import DuePick

        card = self.at_hand()
        self.offer_change(DuePick(self.heading("Due date of"), None if card is None else card.due))

    def action_assign(self) -> None:
        from helpdesk_tui.tui.screens.pickers import AssigneePick

        card = self.at_hand()
        self.offer_change(
            AssigneePick(self.heading("Assign"), None if card is None else card.assignee, self.board_id())
        )

    def action_take(self) -> None:
        numbers = self.chosen()

        def work(desk: Desk) -> Outcome:
            from helpdesk_tui.desk import tickets
            from helpdesk_tui.language.terms import SetField

            return tickets.change(desk, numbers, [SetField("assignee", desk.actor.id)])

        if numbers:
            self.do(work)

    def action_labels(self) -> None:
        from helpdesk_tui.tui.screens.pick_labels import LabelsPick

        self.offer_change(LabelsPick(self.heading("Labels of"), self.chosen()))

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
        return self.app.gateway.may(Act.CHOOSE_REQUESTER)
