"""What ties a ticket to others: links, merging, splitting and cloning, from the board and from the ticket."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from helpdesk_tui.domain.related import Tie
from helpdesk_tui.domain.ticket import Speech
from helpdesk_tui.tui.screens.pick import Pick
from helpdesk_tui.tui.widgets.picker import Choice

if TYPE_CHECKING:
    from textual.screen import Screen

    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.merging import Merging
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.domain.ticket import Card
    from helpdesk_tui.tui.screens.ticket_work import TicketWork

_OF = {"relates": Tie.RELATES, "parent": Tie.CHILD, "child": Tie.PARENT} | {tie.words: tie for tie in Tie}
"""The tie behind the word a ticket's links are shown with."""


class Begin(Struct, frozen=True):
    """Link to a ticket that is still to be named."""

    tie: Tie


class Open(Struct, frozen=True):
    """Open the ticket at the other end."""

    number: int


class End(Struct, frozen=True):
    """Take this link away."""

    tie: Tie
    number: int


class LinkPick(Pick):
    """How to link these tickets; of one, also its links, to open or end. Dismissed with a Begin, Open or End."""

    HINT = (("enter", "choose"), ("esc", "leave"))

    def __init__(self, heading: str, numbers: Sequence[int]) -> None:
        super().__init__(heading, prompt="blocks, child of, open #12, unlink #12")
        self._numbers = tuple(numbers)

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import tickets

        begin = [Choice(Begin(tie), f"{tie.words}…") for tie in Tie]
        if len(self._numbers) != 1:
            return begin
        links = tickets.open_ticket(desk, self._numbers[0]).links
        known = [(link, _OF[link.relation]) for link in links if link.relation in _OF]
        return [
            *(
                Choice(Open(link.number), f"open #{link.number} {link.title}", tie.words, "accent")
                for link, tie in known
            ),
            *begin,
            *(Choice(End(tie, link.number), f"unlink #{link.number} {link.title}", tie.words) for link, tie in known),
        ]


class TicketPick(Pick):
    """One ticket, by its number or by words in it; at first those like `like`, or just `first`. Dismissed with it."""

    HINT = (("enter", "choose"), ("esc", "leave"))
    WIDTH = "-wide"

    def __init__(self, heading: str, but: Sequence[int], like: str = "", first: Sequence[int] = ()) -> None:
        super().__init__(heading, prompt="#142, or words", empty="No such ticket.")
        self._but = tuple(but)
        self._like = like
        self._first = tuple(first)

    def find(self, typed: str) -> None:
        self.wait()

        def work(desk: Desk) -> tuple[Card, ...]:
            from helpdesk_tui.desk import linking, tickets
            from helpdesk_tui.language.bound import Bound, RefersTo

            if self._first and not typed.strip():
                of_these = Bound(RefersTo("number", frozenset(self._first)), mentions_archived=True)
                return tuple(tickets.find(desk, of_these))
            return linking.candidates(desk, typed, self._like, self._but)

        self.ask(work, self._found, self.failed, kind="tickets")

    def _found(self, cards: Sequence[Card]) -> None:
        self.offer(
            [
                Choice(card, f"#{card.number} {card.title}", " · ".join(filter(None, (card.column, card.assignee))))
                for card in cards
            ]
        )


class CommentPick(Pick):
    """Something that was said on a ticket, the latest first. Dismissed with the comment's id."""

    HINT = (("enter", "split off"), ("esc", "leave"))
    WIDTH = "-wide"

    def __init__(self, number: int) -> None:
        heading = f"Split off #{number}: what gets its own ticket?"
        super().__init__(heading, prompt="words of what was said", empty="Nothing of that was said.")
        self._number = number

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import tickets
        from helpdesk_tui.language.dates import said

        now, zone = desk.clock.now(), desk.zone
        return [
            Choice(
                comment.id,
                " ".join(comment.body.split()),
                f"{'note by ' if comment.speech is Speech.NOTE else ''}{comment.author}, {said(comment.at, now, zone)}",
                "note" if comment.speech is Speech.NOTE else "",
            )
            for comment in reversed(tickets.open_ticket(desk, self._number).conversation)
        ]


# What the keys do


def link(screen: TicketWork) -> None:
    """Link the chosen tickets, or open or end a link of the one."""
    numbers, card = screen.chosen(), screen.at_hand()
    like = "" if card is None else card.title

    def chosen(what: Begin | Open | End) -> None:
        match what:
            case Open(number):
                _open(screen, number)
            case End(tie, other):
                screen.do(lambda desk: _unlink(desk, numbers, other, tie))
            case Begin(tie):
                heading = f"{screen.heading('').strip()} {tie.words}…"
                screen.offer(
                    TicketPick(heading, numbers, like),
                    lambda card: screen.do(lambda desk: _link(desk, numbers, tie, card.number)),
                )

    screen.offer(LinkPick(screen.heading("Links of"), numbers), chosen)


def _open(screen: TicketWork, number: int) -> None:
    from helpdesk_tui.tui.screens.ticket import TicketScreen

    screen.app.push_screen(TicketScreen(number))


def merge(screen: TicketWork) -> None:
    """Make the chosen tickets part of another, after a look at what goes there; of several, one may be the other."""
    from helpdesk_tui.tui.screens.merge import MergeLook

    numbers, card = screen.chosen(), screen.at_hand()
    several = len(numbers) > 1

    def chosen(target: Card) -> None:
        rest = [number for number in numbers if number != target.number]
        screen.offer(MergeLook(rest, target.number), meant)

    def meant(looked: Merging) -> None:
        gone = [one.number for one in looked.brought]
        screen.do(lambda desk: _merge(desk, gone, looked.into))

    heading = "Merge them into which?" if several else f"{screen.heading('Merge')} into…"
    like = "" if card is None else card.title
    screen.offer(TicketPick(heading, () if several else numbers, like, numbers if several else ()), chosen)


def split(screen: TicketWork) -> None:
    """Give something that was said its own ticket."""
    numbers = screen.chosen()
    if len(numbers) > 1:
        screen.say("Split one ticket at a time.", "bad")
        return
    if numbers:
        number = numbers[0]
        screen.offer(CommentPick(number), lambda comment: screen.do(lambda desk: _split(desk, number, comment)))


def clone(screen: TicketWork) -> None:
    """A new ticket like the chosen one."""
    numbers = screen.chosen()
    if len(numbers) > 1:
        screen.say("Clone one ticket at a time.", "bad")
        return
    if numbers:
        screen.do(lambda desk: _clone(desk, numbers[0]))


def ask_first(screen: Screen[Any], question: str, again: Callable[[], None]) -> None:
    """Ask about what good sense speaks against, and do it if it is meant."""
    from helpdesk_tui.tui.screens.confirm import Confirm

    ask = Confirm("Close it anyway?", question, "close it")
    screen.app.push_screen(ask, lambda yes: again() if yes else None)


def _link(desk: Desk, numbers: Sequence[int], tie: Tie, other: int) -> Outcome:
    from helpdesk_tui.desk import linking

    return linking.link(desk, numbers, tie, other)


def _unlink(desk: Desk, numbers: Sequence[int], other: int, tie: Tie) -> Outcome:
    from helpdesk_tui.desk import linking

    return linking.unlink(desk, numbers, other, tie)


def _merge(desk: Desk, numbers: Sequence[int], into: int) -> Outcome:
    from helpdesk_tui.desk import merging

    return merging.merge(desk, numbers, into)


def _split(desk: Desk, number: int, comment: int) -> Outcome:
    from helpdesk_tui.desk import merging

    return merging.split(desk, number, comment)


def _clone(desk: Desk, number: int) -> Outcome:
    from helpdesk_tui.desk import merging

    return merging.clone(desk, number)
