"""The checklist from the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.ticket_detail import Step, TicketDetail
from helpdesk_tui.errors import Conflict, HelpdeskError
from helpdesk_tui.tui.screens.ticket_work import TicketWork
from helpdesk_tui.tui.widgets.ticket_body import TicketBody

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome


class StepWork(TicketWork):
    """Mixin for the ticket screen: what can be done to the step under the cursor."""

    number: int
    detail: TicketDetail | None
    permits: Callable[[Act], bool]

    def step(self) -> Step | None:
        """The step under the cursor, None in an empty checklist."""
        raise NotImplementedError

    def _on_step(self, does: Callable[[Step], None]) -> None:
        """Do it to the step under the cursor; when that is out of sight, show it first."""
        step = self.step()
        if step is None:
            self.say("There is no checklist yet. o adds steps.", "bad")
        elif self.query_one(TicketBody).show_step():
            does(step)
        else:
            self.say("This is the step: press again.")

    def action_checklist(self) -> None:
        if self.step() is None and self.permits(Act.EDIT):
            self.action_step_add()
        else:
            self.query_one(TicketBody).start("checklist")

    def action_tick(self) -> None:
        def tick(step: Step) -> None:
            def work(desk: Desk) -> Outcome:
                from helpdesk_tui.desk import checklist

                return checklist.tick(desk, step.id, not step.done)

            self.do(work)
            if not step.done:
                self.query_one(TicketBody).to_next_open(step)

        self._on_step(tick)

    def action_step_add(self) -> None:
        from helpdesk_tui.tui.drafts import drafts_of
        from helpdesk_tui.tui.screens.text_entry import TextEntry

        number = self.number
        about = f"steps {number}"

        def add(text: str) -> None:
            def work(desk: Desk) -> Outcome:
                from helpdesk_tui.desk import checklist

                return checklist.add_written(desk, number, text)

            def added(outcome: Outcome) -> None:
                drafts_of(self.app).drop(about)
                self.applied(outcome)

            self.ask(work, added, self.failed)

        says = "One step a line; # Name begins a list of that name."
        self.offer(TextEntry(f"Steps for #{number}", about, says=says, does="add"), add)

    def rewrite_step(self) -> None:
        self._on_step(lambda step: self._rewrite_step("Step", step, step.text))

    def _rewrite_step(self, heading: str, step: Step, text: str) -> None:
        """Have `text` edited and put in the place of what the step says."""
        from helpdesk_tui.tui.screens.text_entry import LineEntry

        def rewrite(text: str) -> None:
            def work(desk: Desk) -> Outcome:
                from helpdesk_tui.desk import checklist

                return checklist.rewrite(desk, step.id, text, base=step.text)

            def refused(error: HelpdeskError) -> None:
                self.failed(error)
                if isinstance(error, Conflict):
                    self.ask(lambda desk: _step_now(desk, step.id, number), again, self.failed, hold=True)

            def again(theirs: Step | None) -> None:
                if theirs is not None:
                    self._rewrite_step(f"Step, rewritten meanwhile: {theirs.text}", theirs, text)

            self.ask(work, self.applied, refused, hold=True)

        number = self.number
        self.offer(LineEntry(heading, text), rewrite)

    def action_step_up(self) -> None:
        self._shift(-1)

    def action_step_down(self) -> None:
        self._shift(1)

    def _shift(self, by: int) -> None:
        def shift(step: Step) -> None:
            def work(desk: Desk) -> Outcome:
                from helpdesk_tui.desk import checklist

                return checklist.reorder(desk, step.id, by)

            self.do(work)

        self._on_step(shift)

    def action_step_remove(self) -> None:
        def remove(step: Step) -> None:
            def work(desk: Desk) -> Outcome:
                from helpdesk_tui.desk import checklist

                return checklist.remove(desk, step.id)

            self.do(work)

        self._on_step(remove)


def _step_now(desk: Desk, step_id: int, number: int) -> Step | None:
    from helpdesk_tui.desk import tickets

    found = tickets.open_ticket(desk, number, with_history=False)
    return next((step for step in found.checklist if step.id == step_id), None)
