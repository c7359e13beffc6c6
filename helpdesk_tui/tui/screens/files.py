"""The files of a ticket: attach, open, save and remove them."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from textual.binding import Binding

from helpdesk_tui.domain.file_names import size_in_words
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.ticket_detail import Attached
from helpdesk_tui.language import dates
from helpdesk_tui.tui import desktop
from helpdesk_tui.tui.folders import is_path
from helpdesk_tui.tui.screens.pick import Pick
from helpdesk_tui.tui.screens.pick_path import PathPick
from helpdesk_tui.tui.widgets.picker import Choice

if TYPE_CHECKING:
    from helpdesk_tui.config import Config
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.tui.screens.ticket_work import TicketWork


class AttachOne(Struct, frozen=True):
    """Choose a file and attach it; `begun` is the part of its path that is known."""

    begun: str = ""


class Save(Struct, frozen=True):
    """Choose a folder and save these there."""

    files: tuple[Attached, ...]


class Open(Struct, frozen=True):
    """Open this one with the desktop's program."""

    file: Attached


class Tell(Struct, frozen=True):
    """Say how to get this one over SSH: through the gate nothing is saved here."""

    file: Attached


class Remove(Struct, frozen=True):
    """Take this one off the ticket."""

    file: Attached


class FilesPick(Pick):
    """The files of a ticket. Dismissed with an AttachOne, Save, Open, Tell or Remove.

    With `sealed` files come and go over SSH alone: nothing here reads or writes one.
    """

    WIDTH = "-wide"
    BINDINGS = [
        Binding("ctrl+s", "save", "Save", show=False, priority=True),
        Binding("ctrl+n", "attach", "Attach", show=False, priority=True),
        Binding("delete,ctrl+x", "remove", "Remove", show=False, priority=True),
    ]

    def __init__(self, number: int, *, opens: bool, sealed: bool = False) -> None:
        prompt = "a name" if sealed else "a name, or a path"
        super().__init__(f"Files of #{number}", prompt=prompt, empty="No file of that name.")
        self._number = number
        self._opens = opens
        self._sealed = sealed
        self._attaches = self._removes = False
        self._has_files = False
        self._tell_keys()

    def _tell_keys(self) -> None:
        keys = (("enter", "open"), ("ctrl+s", "save")) if self._opens else (("enter", "save"),)
        if self._sealed:
            keys = (("enter", "how to get it"),)
        attach, remove = (("ctrl+n", "attach"),) * self._attaches, (("del", "remove"),) * self._removes
        self.HINT = (*((*keys, *attach, *remove) if self._has_files else attach), ("esc", "leave"))

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import files

        self._removes = desk.may(Act.ATTACH)
        self._attaches = self._removes and not self._sealed
        found = files.files(desk, self._number)
        now = desk.clock.now()
        choices = [
            Choice(
                self._meant(file),
                file.name,
                f"{size_in_words(file.size)} · {file.by}, {dates.said(file.at, now, desk.zone)}",
            )
            for file in found
        ]
        if len(found) > 1 and not self._sealed:
            choices.append(Choice(Save(found), f"save all {len(found)} files…", style="note"))
        if self._attaches:
            choices.append(Choice(AttachOne(), "attach a file…", style="note"))
        elif self._removes:
            told = f"ssh … attach {self._number} NAME <FILE"
            choices.append(Choice(None, f"another one: {told}", style="dim", enabled=False))
        return choices

    def _meant(self, file: Attached) -> Open | Save | Tell:
        if self._sealed:
            return Tell(file)
        return Open(file) if self._opens else Save((file,))

    def _loaded(self, choices: Sequence[Choice]) -> None:
        self._has_files = any(isinstance(choice.value, Save | Open | Tell) for choice in choices)
        self._tell_keys()
        self.query_one(".sheet").border_subtitle = self.hint()
        super()._loaded(choices)
        if not self._has_files:
            self.say("No files yet." if self._attaches else "This ticket has no files.")

    def find(self, typed: str) -> None:
        if self._attaches and is_path(typed):
            self.offer([Choice(AttachOne(typed), f"attach {typed}", style="note")])
        else:
            super().find(typed)

    def _at_cursor(self) -> Attached | None:
        value = None if self.list.choice is None else self.list.choice.value
        if isinstance(value, Open | Tell | Remove):
            return value.file
        return value.files[0] if isinstance(value, Save) and len(value.files) == 1 else None

    def action_save(self) -> None:
        file = self._at_cursor()
        if file is not None and not self._sealed:
            self.dismiss(Save((file,)))

    def action_attach(self) -> None:
        if self._attaches:
            self.dismiss(AttachOne())

    def action_remove(self) -> None:
        file = self._at_cursor()
        if file is not None and self._removes:
            self.dismiss(Remove(file))


def show_files(screen: TicketWork) -> None:
    """The files of the ticket at hand; where several are chosen, a file to attach to all of them."""
    numbers = screen.chosen()
    config = _config(screen)
    if len(numbers) > 1 and config.sealed:
        screen.say(f"files come in over SSH: ssh … attach {numbers[0]} NAME <FILE", "bad")
        return
    if len(numbers) > 1:
        _attach(screen, numbers, "")
        return

    def do(wanted: AttachOne | Save | Open | Tell | Remove) -> None:
        match wanted:
            case AttachOne(begun):
                _attach(screen, numbers, begun)
            case Save(chosen):
                _save(screen, chosen)
            case Open(file):
                screen.ask(lambda desk: desktop.open_file(desk, file, config), screen.say, screen.failed, files=True)
            case Tell(file):
                screen.say(f"over SSH: ssh … files {file_words(numbers[0], file)} >FILE")
            case Remove(file):
                _remove(screen, file)

    screen.offer(FilesPick(numbers[0] if numbers else 0, opens=desktop.may_open(config), sealed=config.sealed), do)


def file_words(number: int, file: Attached) -> str:
    """The ticket and the file as `helpdesk files` and a shell take them."""
    return f"{number} --get {shlex.quote(file.name)}"


def attach_pasted(screen: TicketWork, text: str) -> bool:
    """Where a path was pasted (a file dropped on the terminal): offer to attach it. Whether that was so."""
    if _config(screen).sealed or not is_path(text) or not screen.chosen():
        return False
    _attach(screen, screen.chosen(), text.strip())
    return True


def _config(screen: Any) -> Config:
    found: Config = screen.app.config
    return found


def _attach(screen: TicketWork, numbers: tuple[int, ...], begun: str) -> None:
    def attach(path: Path) -> None:
        def work(desk: Desk) -> Outcome:
            from helpdesk_tui.desk import files
            from helpdesk_tui.desk.spooling import spooled_paths

            with spooled_paths(desk, [path]) as found:
                return files.attach(desk, numbers, found)

        screen.say(f"reading {path.name}…")
        screen.ask(work, screen.applied, lambda error: screen.refused(error, work), files=True)

    screen.offer(PathPick(screen.heading("Attach to"), Path.cwd(), begun=begun), attach)


def _save(screen: TicketWork, chosen: tuple[Attached, ...]) -> None:
    what = chosen[0].name if len(chosen) == 1 else f"{len(chosen)} files"

    def save(folder: Path) -> None:
        def work(desk: Desk) -> tuple[Path, ...]:
            from helpdesk_tui.desk import files

            return files.save(desk, chosen, folder)

        def saved(paths: tuple[Path, ...]) -> None:
            screen.say(f"saved: {paths[0]}" if len(paths) == 1 else f"{len(paths)} files saved in {folder}")

        screen.ask(work, saved, screen.failed, files=True)

    screen.offer(PathPick(f"Save {what}", Path.cwd(), folders_only=True), save)


def _remove(screen: TicketWork, file: Attached) -> None:
    def work(desk: Desk) -> Outcome:
        from helpdesk_tui.desk import files

        return files.remove(desk, [file.id])

    screen.do(work)
