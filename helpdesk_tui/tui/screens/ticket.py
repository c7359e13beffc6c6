"""One ticket: read it from top to bottom, tick its steps, change anything about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen

from helpdesk_tui.domain.at_work import Doing
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.ticket import Card, Level
from helpdesk_tui.domain.ticket_detail import Present, Step, TicketDetail
from helpdesk_tui.errors import HelpdeskError, NotFound
from helpdesk_tui.tui.actions import REQUEST, TICKET, actions_for, footer_for, key_name
from helpdesk_tui.tui.keys import ChordKeys, rights_on
from helpdesk_tui.tui.screens.day_work import DayWork
from helpdesk_tui.tui.screens.prepared_work import PreparedWork
from helpdesk_tui.tui.screens.request_work import RequestWork, useless_on
from helpdesk_tui.tui.screens.section_work import SectionWork
from helpdesk_tui.tui.screens.ticket_steps import StepWork
from helpdesk_tui.tui.screens.ticket_talk import TalkWork
from helpdesk_tui.tui.styled_once import StyledOnce
from helpdesk_tui.tui.widgets.footer import KeyLine
from helpdesk_tui.tui.widgets.ticket_body import TicketBody, TicketHead, TicketSide
from helpdesk_tui.tui.widgets.ticket_parts import Reader

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome

Neighbours = Callable[["Desk", int, int], int | None]
"""The ticket so many places after this one in the list it was opened from; None at its end. Runs beside the screen."""

WIDE = 100
"""From this width on the fields stand beside the main part."""


MUCH = 100
"""Comments from which a ticket is read in two steps."""

AFTERWARDS = 0.05
"""Seconds after which the second step begins: by then what the first one found has been painted."""


class TicketScreen(
    StyledOnce, ChordKeys, SectionWork, StepWork, TalkWork, RequestWork, PreparedWork, DayWork, Screen[int]
):
    """The ticket of that number. Dismissed with the number last shown, for the board to put its cursor on.

    `card` is what is known already: it is shown at once. `neighbours` lets `[` and `]` walk through the list the ticket
    was opened from. `section` is brought into view when the ticket is there.
    """

    CSS_PATH = Path(__file__).parent.parent / "styles" / "ticket.tcss"

    def __init__(
        self, number: int, *, card: Card | None = None, neighbours: Neighbours | None = None, section: str = ""
    ) -> None:
        super().__init__()
        self.number = number
        self.detail: TicketDetail | None = None
        self._card = card
        self._neighbours = neighbours
        self._section = section
        self._reader: Reader | None = None
        self._desk: Desk | None = None
        self._known_rights: tuple[object, ...] = ()
        self._is_gone = False

    # Composition

    def compose(self) -> ComposeResult:
        self.keys_wait(TICKET)
        self.read()  # while the screen is made
        self.paint_later()
        self.set_class(self._ascii, "-plain")
        self.set_class(self.app.size.width >= WIDE, "-wide")
        yield TicketHead(id="head")
        with Horizontal(id="ticket"):
            yield TicketBody(id="body")
            yield TicketSide(id="side")
        yield KeyLine(ascii_only=self._ascii)

    def on_mount(self) -> None:
        self.query_one(TicketBody).focus()
        desk = self.app.gateway.desk
        if desk is None:
            self.ask(lambda desk: desk, self._begin, self.failed)
        else:
            self._begin(desk)

    @property
    def _ascii(self) -> bool:
        return bool(getattr(self.app, "plain_glyphs", False))

    def _begin(self, desk: Desk) -> None:
        """The desk is there: who reads, in which zone, and with which keys."""
        self._desk = desk
        self._reader = Reader(_minute(desk.clock.now()), desk.zone)
        self._take_rights()
        self._draw()

    def _take_rights(self) -> None:
        """Have the keys for what this person may do to this ticket now."""
        desk, card = self._desk, self._card
        if desk is None or self._reader is None:
            return
        board_id, useless = None if card is None else card.board_id, useless_on(card, desk.actor.name)
        if self._known_rights == (desk.actor, board_id, useless):
            return
        self._known_rights = (desk.actor, board_id, useless)
        remapped, permits = getattr(self.app, "remapped_keys", {}), rights_on(desk, board_id)
        scope = TICKET if permits(Act.SEE_ALL_TICKETS) else REQUEST
        self.bind_keys(scope, remapped, permits)
        shown = footer_for(scope, permits, remapped, useless if scope == REQUEST else ())
        self.query_one(KeyLine).show_actions(shown)
        there = actions_for(scope, permits, remapped)
        names = {action.id: key_name(action.keys[0], self._ascii) for action in there if action.keys}
        self._reader = replace(self._reader, keys=names, asks=scope == REQUEST)

    def rights_changed(self) -> None:
        """What this person may do is another thing now: perhaps the ticket is not even theirs to see."""
        self._take_rights()
        self.read()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width >= WIDE, "-wide")
        self.call_after_refresh(self._draw)

    # Reading

    def read(self) -> None:
        """Read the ticket again and show it as it stands; the place scrolled to is kept.

        A long history stands far below what is seen first: it is read when that is shown.
        """
        number, card = self.number, self._card
        begins = self.detail is None or self.detail.card.number != number
        brief = begins and card is not None and card.replies + card.notes > MUCH

        def work(desk: Desk) -> tuple[TicketDetail, Any]:
            from helpdesk_tui.desk import tickets

            return tickets.open_ticket(desk, number, with_history=not brief), desk.clock.now()

        self.ask(work, lambda answer: self._read(*answer, brief), self._unreadable, kind="ticket")

    def _read(self, detail: TicketDetail, now: datetime, brief: bool) -> None:
        if detail.card.number != self.number:
            return  # `[` or `]` has gone on meanwhile
        if brief:
            self.set_timer(AFTERWARDS, self.read)
        else:
            self.keys_go(TICKET)
        first = self.detail is None or self.detail.card.number != self.number
        self.detail = detail
        self._card = detail.card
        if self._reader is not None:
            self._reader = replace(self._reader, now=_minute(now))
        self._take_rights()
        self._draw()
        if first:
            self.ask(lambda desk: _mark_seen(desk, detail.card.number), lambda _: None, self.failed)

    def _unreadable(self, error: HelpdeskError) -> None:
        self.keys_go(TICKET)
        self.paint()
        self.say(str(error), "bad")
        if isinstance(error, NotFound) and self.detail is not None:
            self._is_gone = True
            self.on_screen_resume()

    def on_screen_resume(self) -> None:
        """A ticket that was there and is not any more, or not for this person, is left."""
        if self._is_gone and self.is_current:
            self.dismiss(None)

    def news(self, numbers: tuple[int, ...] | None) -> None:
        """Somebody changed these tickets (None: many): read again if this one may be among them."""
        if numbers is None or self.number in numbers:
            self.read()

    def here_changed(self, here: Mapping[int, tuple[Present, ...]], _boards: object = None) -> None:
        """Somebody opened or left a ticket, or began to answer one."""
        if self.detail is not None and self.detail.here != here.get(self.number, ()):
            self.detail = replace(self.detail, here=here.get(self.number, ()))
            self._draw()

    def attends(self) -> tuple[int, Doing]:
        return self.number, Doing.READING

    def _draw(self) -> None:
        if self._reader is None or not self.is_there or not self.query(TicketHead):
            return  # it is only just being made, or taken down
        if self._card is not None:
            head = self.query_one(TicketHead)
            here = () if self.detail is None else self.detail.here
            head.show(self._card, self._reader, here, rows=2 if self.size.height < 20 else 4)
        if self.detail is not None:
            body = self.query_one(TicketBody)
            body.show(self.detail, self._reader, with_side=not self.has_class("-wide"))
            if body.is_drawn:  # not before there is room for it
                body.start(self._section)
                self._section = ""
                self.paint()
            self.query_one(TicketSide).show(self.detail, self._reader)

    # What TicketWork asks for

    def chosen(self) -> tuple[int, ...]:
        return (self.number,)

    def at_hand(self) -> Card | None:
        return self._card

    def levels(self) -> tuple[Level | None, Level | None]:
        return (None, None) if self.detail is None else (self.detail.impact, self.detail.urgency)

    def changed(self, outcome: Outcome) -> None:
        if outcome.numbers and self.number not in outcome.numbers and len(outcome.numbers) == 1 and outcome.made:
            self.say(f"{outcome.said} · made")
            return
        self.read()

    def say(self, text: str, tone: str = "good") -> None:
        self.query_one(KeyLine).say(text, tone)

    # Moving about

    def action_go_up(self) -> None:
        self.query_one(TicketBody).go(-1)

    def action_go_down(self) -> None:
        self.query_one(TicketBody).go(1)

    def action_go_first(self) -> None:
        self.query_one(TicketBody).scroll_to_line(0)

    def action_go_last(self) -> None:
        self.query_one(TicketBody).to_end()

    def action_page_up(self) -> None:
        self.query_one(TicketBody).scroll_pages(-1.0)

    def action_page_down(self) -> None:
        self.query_one(TicketBody).scroll_pages(1.0)

    def action_half_up(self) -> None:
        self.query_one(TicketBody).scroll_pages(-0.5)

    def action_half_down(self) -> None:
        self.query_one(TicketBody).scroll_pages(0.5)

    def action_previous(self) -> None:
        self._neighbour(-1)

    def action_next(self) -> None:
        self._neighbour(1)

    def _neighbour(self, by: int) -> None:
        neighbours, number = self._neighbours, self.number
        if neighbours is None:
            self.say("This ticket was not opened from a list.", "bad")
            return
        self.ask(lambda desk: neighbours(desk, number, by), self._go_to, self.failed, hold=True)

    def _go_to(self, number: int | None) -> None:
        if number is None:
            self.say("There is no further ticket in this list.", "bad")
            return
        self.number = number
        self._card = None
        self.keys_wait(TICKET)
        self.read()

    def go_to_taken(self, found: tuple[int, Outcome]) -> None:
        number, outcome = found
        self.tell(outcome)
        self._go_to(number)

    def look_again(self) -> None:
        self.read()

    def action_back(self) -> None:
        self.dismiss(self.number)

    # Places

    def action_card_left(self) -> None:
        self._step_column(-1)

    def action_card_right(self) -> None:
        self._step_column(1)

    def _step_column(self, by: int) -> None:
        number = self.number

        def work(desk: Desk) -> Outcome:
            from helpdesk_tui.desk import tickets

            return tickets.shift(desk, [number], by)

        self.do(work)

    # Texts

    def action_edit(self) -> None:
        if self.detail is None:
            return
        from helpdesk_tui.tui.screens.edit import Edit

        self.offer(Edit(self.detail), self.applied)

    def step(self) -> Step | None:
        return None if self.detail is None else self.query_one(TicketBody).step

    @on(TicketBody.Chosen)
    def _chosen(self, message: TicketBody.Chosen) -> None:
        self.action_tick() if message.about[0] == "step" else self.action_rewrite()

    def action_rewrite(self) -> None:
        """What enter does depends on what the cursor stands on."""
        body = self.query_one(TicketBody)
        if body.event_id is not None:
            self.compare(body.event_id)
        elif body.comment is not None:
            self.rewrite_comment(body.comment)
        elif body.stands_on_step and self.permits(Act.EDIT):
            self.rewrite_step()
        else:
            self.change_section()

    # History

    def names_key_of(self, action: str) -> bool:
        return self._reader is not None and action in self._reader.keys

    def narrow_history(self, group: str) -> None:
        if self._reader is not None:
            self._reader = replace(self._reader, history=group)
            self._draw()
            self.query_one(TicketBody).start("history")


def _minute(moment: datetime) -> datetime:
    """As exactly as it is read: nothing is drawn again for seconds."""
    return moment.replace(second=0, microsecond=0)


def _mark_seen(desk: Desk, number: int) -> None:
    from helpdesk_tui.desk import tickets

    tickets.mark_seen(desk, number)
