"""Choose a file to attach or a folder to save in: type a few letters, walk through folders, or paste a path."""

from __future__ import annotations

from pathlib import Path

from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input

from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import HelpdeskError
from helpdesk_tui.tui.folders import Entry, Listing, listing
from helpdesk_tui.tui.screens.pick import Pick
from helpdesk_tui.tui.widgets.picker import Choice


class PathPick(Pick):
    """Dismissed with the path of a file or, with `folders_only`, of a folder.

    `base` is where looking begins; what is typed is seen from there. `begun` is typed already.
    """

    WIDTH = "-wide"
    BINDINGS = [Binding("tab", "complete", "Complete", show=False, priority=True)]

    def __init__(self, heading: str, base: Path, *, begun: str = "", folders_only: bool = False) -> None:
        super().__init__(heading, empty="Nothing of that name here.", prompt="a few letters, a folder/, or a path")
        self._base = base
        self._begun = begun
        self._folders_only = folders_only
        does = "save there" if folders_only else "attach"
        self.HINT = (("enter", f"{does}, or go in"), ("tab", "complete"), ("esc", "leave"))

    def opened(self) -> None:
        super().opened()
        if self._begun:
            self._type(self._begun)

    def find(self, typed: str) -> None:
        base, folders_only = self._base, self._folders_only
        self.wait()
        self.ask(lambda _: listing(typed, base, folders_only=folders_only), self._found, self.failed, kind="folder")

    def _found(self, found: Listing) -> None:
        self._tell_folder(found.folder)
        choices = [
            Choice(entry, entry.name + "/" * entry.is_folder, entry.note, "info" if entry.is_folder else "")
            for entry in found.entries
        ]
        if found.at_folder:
            above = found.folder.parent
            up = Entry(above, "..", f"{above}/".replace("//", "/"), is_folder=True)
            choices.append(Choice(up, "../", "the folder above", "dim"))
            if self._folders_only:
                choices.insert(0, Choice(found.folder, "save here", _short(found.folder), "good"))
        if found.more:
            choices.append(Choice(None, f"and {found.more:,} more: type a few letters", style="dim", enabled=False))
        self.offer(choices)

    def failed(self, error: HelpdeskError) -> None:
        """A folder that cannot be read offers nothing."""
        self.list.show_choices(())
        super().failed(error)

    def _tell_folder(self, folder: Path) -> None:
        title = f"{self.heading} · {_short(folder)}"
        self.query_one(".sheet").border_title = Content(clean(title, limit=200))

    def chosen(self, choice: Choice | None) -> None:
        if choice is None:
            return
        if isinstance(choice.value, Path):
            self.dismiss(choice.value)
        elif choice.value.is_folder:
            self._type(choice.value.typed)
        else:
            self.dismiss(choice.value.path)

    def action_complete(self) -> None:
        """Type what the cursor stands on."""

        def complete() -> None:
            choice = self.list.choice
            if choice is not None and isinstance(choice.value, Entry):
                self._type(choice.value.typed)

        self.when_found(complete)

    def _type(self, text: str) -> None:
        if clean(text) != text:  # not even the line that is typed into can hold what would act on the terminal
            self.say("That name cannot be typed: rename it, or attach it from the command line.", "bad")
            return
        line = self.query_one(Input)
        line.value = text
        line.cursor_position = len(text)


def _short(folder: Path) -> str:
    """A folder as it is read: from the home folder on with `~`."""
    found, home = str(folder.absolute()), str(Path.home())
    return "~" + found[len(home) :] if found == home or found.startswith(home + "/") else found
