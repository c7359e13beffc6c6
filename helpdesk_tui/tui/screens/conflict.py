"""Two have rewritten the same text: both versions side by side, and the one that is to stand is put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.widgets import Static, TextArea

from helpdesk_tui.domain.merging_texts import merged
from helpdesk_tui.tui.screens.compare import BESIDE
from helpdesk_tui.tui.screens.form import AUTOSAVE
from helpdesk_tui.tui.screens.sheet import Sheet
from helpdesk_tui.tui.widgets.compared import marked
from helpdesk_tui.tui.widgets.lines import LineView


class Version(Struct, frozen=True):
    """One text in three states: as it was when both began, as it is typed here, as it stands on the desk."""

    name: str
    base: str
    mine: str
    theirs: str


class Chosen(Struct, frozen=True):
    """What became of the texts, by name, and whether to save it; if not, one goes on editing."""

    texts: Mapping[str, str]
    save: bool


class Conflict(Sheet[Chosen]):
    """Yours can be edited on the left, theirs stands on the right with what they changed marked.

    Dismissed with `Chosen`, never with None: esc too hands back what was typed. `typed` is told now and then, so that
    it is kept should the terminal go away.
    """

    BINDINGS = [
        Binding("ctrl+s", "save", "Save", show=False),
        Binding("ctrl+t", "take('theirs')", "Theirs", show=False, priority=True),
        Binding("ctrl+o", "take('mine')", "Mine", show=False, priority=True),
        Binding("ctrl+b", "take('both')", "Both", show=False, priority=True),
        Binding("pagedown", "page(1)", "Page down", show=False, priority=True),
        Binding("pageup", "page(-1)", "Page up", show=False, priority=True),
    ]
    HINT = (("ctrl+s", "save"), ("ctrl+b", "both"), ("ctrl+t", "theirs"), ("ctrl+o", "mine"), ("esc", "edit on"))
    WIDTH = "-widest"

    def __init__(
        self, heading: str, versions: Sequence[Version], says: str, typed: Callable[[Mapping[str, str]], object]
    ) -> None:
        super().__init__(heading)
        self._versions = versions
        self._says = says
        self._typed = typed

    def compose(self) -> ComposeResult:
        with self.box():
            yield Static("", classes="said")
            for index, version in enumerate(self._versions):
                with Horizontal(classes="versions"):
                    with Vertical(classes="version"):
                        yield Static(f"Yours: {version.name}", classes="name", markup=False)
                        yield TextArea(version.mine, id=f"mine-{index}", show_line_numbers=False)
                    with Vertical(classes="version"):
                        yield Static(f"Theirs, as it stands now: {version.name}", classes="name", markup=False)
                        yield LineView(id=f"theirs-{index}")

    def opened(self) -> None:
        super().opened()
        self.say(self._says, "bad")
        for view in self.query(LineView):
            view.can_focus = False
        self.set_interval(AUTOSAVE, lambda: self._typed(self.texts()))

    def sized(self, size: Size) -> None:
        super().sized(size)
        beside = size.width >= BESIDE
        self.set_class(not beside, "-folded")
        room = self.rows_free(taken=4 + len(self._versions) * (1 if beside else 2))
        for index, rows in enumerate(self._heights(room, beside)):
            self._mine(index).styles.height = self._theirs(index).styles.height = rows
        self.call_after_refresh(self._draw_theirs)

    def _heights(self, room: int, beside: bool) -> Iterator[int]:
        """A title takes two rows, what is left is for the long text."""
        room = room if beside else room // 2
        short = [max(len(v.mine), len(v.theirs)) < 200 and "\n" not in v.mine + v.theirs for v in self._versions]
        long = max(1, short.count(False))
        left = max(2, (min(room, 24) - 2 * short.count(True)) // long)
        yield from (2 if is_short else left for is_short in short)

    def _draw_theirs(self) -> None:
        for index, version in enumerate(self._versions):
            view = self._theirs(index)
            width = view.scrollable_content_region.width
            if width > 0:
                view.show_lines(list(marked(version.base, version.theirs, width)))

    def _mine(self, index: int) -> TextArea:
        return self.query_one(f"#mine-{index}", TextArea)

    def _theirs(self, index: int) -> LineView:
        return self.query_one(f"#theirs-{index}", LineView)

    def texts(self) -> dict[str, str]:
        """What stands on the left now, by name."""
        return {version.name: self._mine(index).text for index, version in enumerate(self._versions)}

    def action_take(self, which: str) -> None:
        """Put one version, or both in one, to the left; ctrl+z takes that back."""
        clashes = 0
        for index, version in enumerate(self._versions):
            area = self._mine(index)
            both = merged(version.base, version.mine, version.theirs)
            text = {"mine": version.mine, "theirs": version.theirs, "both": both.text}[which]
            clashes += both.clashes
            area.replace(text, area.document.start, area.document.end)
        if which != "both":
            self.say(f"On the left stands what {'you' if which == 'mine' else 'they'} wrote. ctrl+s saves it.")
        elif clashes:
            self.say("Both are on the left; where both changed the same lines, yours come first. ctrl+s saves it.")
        else:
            self.say("Both are on the left: they changed different lines. ctrl+s saves it.", "good")

    def action_page(self, by: int) -> None:
        for view in self.query(LineView):
            view.scroll_by(by * max(1, view.scrollable_content_region.height - 1))

    def action_save(self) -> None:
        self.dismiss(Chosen(self.texts(), save=True))

    def action_leave(self) -> None:
        self.dismiss(Chosen(self.texts(), save=False))
