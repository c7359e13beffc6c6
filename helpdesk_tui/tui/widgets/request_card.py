"""A ticket's card as whoever asked reads it: how it stands, in plain words, and nothing of the team's own work."""

from __future__ import annotations

from rich.cells import cell_len

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket import Card, Standing
from helpdesk_tui.tui.text import LONGEST
from helpdesk_tui.tui.widgets.card import NAME, Painter
from helpdesk_tui.tui.widgets.lines import Piece, Pieces
from helpdesk_tui.tui.widgets.moments import Said, past_day
from helpdesk_tui.tui.widgets.wrapping import fit

STANDING_STYLES = {Standing.WAITING: "waits", Standing.WORKED_ON: "people", Standing.SOLVED: "good"}


class RequestPainter(Painter, frozen=True):
    """Paints cards for `me`, who asks: a colleague's says whose it is."""

    me: str = ""

    def _people(self, card: Card) -> Pieces:
        right = [(said.style or "people", said.text)] if (said := self._when(card)) is not None else []
        room = self._inner - sum(cell_len(text) for _, text in right) - 1
        left = [(STANDING_STYLES[card.standing], fit(self._stands(card), max(1, room)))]
        return self._row(card, left, right)

    def _labels(self, card: Card, people: Pieces) -> Pieces | None:  # noqa: ARG002 - it says something else
        right = self._counters(card)
        by = clean(card.requester, limit=LONGEST)
        left: list[Piece] = [] if by in {"", self.me} else [("counter", f"asked by {by}")]
        return self._row(card, left, right) if left or right else None

    def _stands(self, card: Card) -> str:
        """How it stands, and by whom."""
        by = fit(clean(card.answered_by, limit=LONGEST), NAME)
        if card.standing is Standing.WAITING:
            return f"{by} asks you" if by else "your answer is needed"
        if card.standing is Standing.SOLVED:
            return "solved"
        if by:
            return f"{by} answered"
        helper = fit(clean(card.assignee, limit=LONGEST), NAME)
        return f"{helper} is on it" if helper and card.category is Category.DOING else "received"

    def _when(self, card: Card) -> Said | None:
        """Since when it stands so."""
        if card.standing is Standing.SOLVED:
            return Painter._when(self, card)
        day = past_day(card.answered or card.created, self.now, self.zone)
        return Said(day, day, "")

    def _counters(self, card: Card) -> list[Piece]:
        found = [_many(card.replies, "reply", "replies"), _many(card.files, "file", "files")]
        if card.rating:
            found.append(f"{self.glyphs.star}{card.rating}")
        words = f" {self.glyphs.dot} ".join(word for word in found if word)
        return [("counter", words)] if words else []


def _many(count: int, one: str, more: str) -> str:
    return "" if not count else f"{count} {one if count == 1 else more}"
