"""Canned replies: choose one by what it would say here, and write them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea

from helpdesk_tui.domain.canned import Canned, Filled
from helpdesk_tui.domain.placeholders import KNOWN
from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket import LANGUAGES
from helpdesk_tui.tui.screens.pick_prepared import PreparedPick
from helpdesk_tui.tui.screens.prepared_form import PreparedForm, field_line
from helpdesk_tui.tui.widgets.picker import Choice

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome

LOOKED_AT = 4_000
"""Characters of a reply that are shown: more fits no screen."""


class CannedPick(PreparedPick):
    """What can be said on these tickets. Dismissed with a `Filled`: the reply as it reads on the first of them."""

    USES = "into the reply"
    NAME = "canned reply"

    def __init__(self, heading: str, numbers: Sequence[int]) -> None:
        super().__init__(heading)
        self._numbers = tuple(numbers)
        self._filled: Filled | None = None

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import canned

        return [row(one) for one in canned.offered(desk, self._numbers[0])]

    def seen(self, choice: Choice) -> None:
        self.ask(partial(_filled, number=self._numbers[0], canned_id=choice.value.id), self._show, self.failed,
                 kind="filled")  # fmt: skip

    def _show(self, filled: Filled) -> None:
        self._filled = filled
        pieces: list[Any] = [clean(filled.text, lines=True, limit=LOOKED_AT)]
        if filled.signature:
            pieces += ["\n\n", (clean(filled.signature, lines=True), "$foreground 60%")]
        if filled.canned.change:
            pieces += [
                "\n\n",
                ("It also does: ", "$foreground 60%"),
                (clean(filled.canned.change), "bold $text-accent"),
            ]
        if filled.gaps:
            gaps = ", ".join(f"{{{gap}}}" for gap in filled.gaps)
            pieces += [("\nNo value here: ", "bold $text-warning"), (gaps, "$text-warning")]
        if len(self._numbers) > 1:
            rest = f"\nand {len(self._numbers) - 1} more, each in its own words and language"
            pieces += [(rest, "$foreground 60%")]
        self.show(Content.assemble(*pieces))

    def chosen(self, choice: Choice | None) -> None:
        if choice is None:
            return
        if self._filled is not None and self._filled.canned == choice.value:
            self.dismiss(self._filled)
            return
        work = partial(_filled, number=self._numbers[0], canned_id=choice.value.id)
        self.ask(work, self._leave_with, self.failed, hold=True)

    def _leave_with(self, filled: Filled) -> None:
        self.dismiss(filled)

    def form(self, value: Canned | None) -> Screen[Outcome]:
        return CannedEdit(value)

    def removal(self, value: Canned) -> Callable[[Desk], Outcome]:
        return lambda desk: removed(desk, value.id)


class CannedEdit(PreparedForm):
    """Writes a canned reply, or writes one differently. Dismissed with the Outcome."""

    def __init__(self, known: Canned | None = None) -> None:
        self._known = known
        canned = known or Canned(0, "", "", "")
        super().__init__(
            "New canned reply" if known is None else f"Canned reply {known.name}",
            "new canned reply" if known is None else f"canned reply {known.id}",
            {
                "name": clean(canned.name),
                "language": clean(canned.language),
                "body": clean(canned.body, lines=True),
                "change": clean(canned.change),
            },
            is_new=known is None,
        )

    def compose(self) -> ComposeResult:
        begin = self.begins()
        with self.box():
            yield from field_line("Name", "name", begin["name"], "how it is found")
            yield from field_line("Language", "language", begin["language"], f"{', '.join(LANGUAGES)}; empty: for all")
            yield TextArea(begin["body"], id="body", show_line_numbers=False, placeholder="what the requester reads")
            yield from field_line("Change", "change", begin["change"], "status:waiting +vpn due:3d")
            yield Static(Content(" ".join(f"{{{name}}}" for name in KNOWN)), classes="known")
            yield Static("", classes="said -empty")

    def opened(self) -> None:
        super().opened()
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)

    def sized(self, size: Size) -> None:
        super().sized(size)
        self.query_one(TextArea).styles.height = max(3, min(12, self.rows_free(taken=8)))

    def fields(self) -> dict[str, str]:
        fields = {name: self.query_one(f"#{name}", Input).value for name in ("name", "language", "change")}
        return fields | {"body": self.query_one(TextArea).text}

    def saved(self, desk: Desk, fields: dict[str, str]) -> Outcome:
        from helpdesk_tui.desk import canned

        if "language" in fields:
            fields = fields | {"language": fields["language"].strip().lower()}
        known = self._known
        return canned.add(desk, **fields) if known is None else canned.edit(desk, known.id, **fields)


def row(one: Canned) -> Choice:
    """A canned reply as a row to choose."""
    return Choice(one, one.name, " · ".join(part for part in (one.change, one.language) if part))


def to_know(filled: Filled) -> list[str]:
    """What to know of a canned reply before it is sent, in sentences."""
    says = ["Your signature is put under it."] if filled.signature else []
    gaps = ", ".join(f"{{{gap}}}" for gap in filled.gaps)
    return says + ([f"There is no value for {gaps} here: look for the gap."] if gaps else [])


def _filled(desk: Desk, number: int, canned_id: int) -> Filled:
    from helpdesk_tui.desk import canned

    return canned.filled(desk, number, canned_id)


def removed(desk: Desk, canned_id: int) -> Outcome:
    """Remove it."""
    from helpdesk_tui.desk import canned

    return canned.remove(desk, [canned_id])
