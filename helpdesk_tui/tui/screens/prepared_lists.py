"""Templates and canned replies as lists of the desk: whoever may write them does so without a ticket at hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.screen import Screen

from helpdesk_tui.domain.canned import Canned
from helpdesk_tui.domain.text import clean
from helpdesk_tui.tui.screens.canned import LOOKED_AT, CannedEdit, removed, row
from helpdesk_tui.tui.screens.pick_prepared import PreparedPick
from helpdesk_tui.tui.screens.templates import TemplatePick
from helpdesk_tui.tui.widgets.picker import Choice

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome


class TemplateList(TemplatePick):
    """All templates, to be written."""

    USES = "edit"
    ELSE = ""

    def __init__(self) -> None:
        super().__init__("Templates")

    def chosen(self, choice: Choice | None) -> None:
        if choice is not None:
            self.rewrite(choice)


class CannedList(PreparedPick):
    """All canned replies with their placeholders, to be written."""

    USES = "edit"
    NAME = "canned reply"

    def __init__(self) -> None:
        super().__init__("Canned replies")

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import canned

        return [row(one) for one in canned.canned(desk)]

    def seen(self, choice: Choice) -> None:
        one: Canned = choice.value
        pieces: list[Any] = [clean(one.body, lines=True, limit=LOOKED_AT)]
        if one.change:
            pieces += ["\n\n", ("It also does: ", "$foreground 60%"), (clean(one.change), "bold $text-accent")]
        self.show(Content.assemble(*pieces))

    def chosen(self, choice: Choice | None) -> None:
        if choice is not None:
            self.rewrite(choice)

    def form(self, value: Canned | None) -> Screen[Outcome]:
        return CannedEdit(value)

    def removal(self, value: Canned) -> Callable[[Desk], Outcome]:
        return lambda desk: removed(desk, value.id)
