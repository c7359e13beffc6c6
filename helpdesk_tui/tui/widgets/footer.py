"""The bottom line: the keys that matter on this screen, drawn from the keymap."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from helpdesk_tui.domain.text import clean
from helpdesk_tui.tui.actions import Action, key_name
from helpdesk_tui.tui.widgets.lines import PLAIN_GLYPHS
from helpdesk_tui.tui.widgets.wrapping import fit

SAID_FOR = 6.0
"""Seconds a sentence stays before the keys are shown again."""


class KeyLine(Widget):
    """One line of keys and what they do, as many as fit; help stays last whatever the width."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key", "keys--label", "keys--good", "keys--bad"}
    DEFAULT_CSS = """
    KeyLine {
        dock: bottom;
        height: 1;
        background: $panel;
        & > .keys--key { color: $text-warning; text-style: bold; }
        & > .keys--label { color: $text-muted; }
        & > .keys--good { color: $text-success; }
        & > .keys--bad { color: $text-error; text-style: bold; }
    }
    """

    def __init__(self, actions: Iterable[Action] = (), *, ascii_only: bool = False) -> None:
        super().__init__()
        self._ascii = ascii_only
        self._entries = entries(actions, ascii_only)
        self._said = ("", "")
        self._forget: Timer | None = None

    def show_actions(self, actions: Iterable[Action]) -> None:
        """Draw these actions from now on."""
        self._entries = entries(actions, self._ascii)
        self.refresh()

    def say(self, text: str, tone: str = "good") -> None:
        """Show one sentence in place of the keys for a while; `tone` is "good" or "bad". Empty text: the keys again."""
        if self._forget is not None:
            self._forget.stop()
        text = clean(text)
        self._said = (text.translate(PLAIN_GLYPHS) if self._ascii else text, tone)
        self._forget = self.set_timer(SAID_FOR, lambda: self.say("")) if text else None
        self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is one line
        width = self.size.width
        key, label = self.get_component_rich_style("keys--key"), self.get_component_rich_style("keys--label")
        away = getattr(self.app, "away", "")
        said, tone = self._said if self._said[0] or not away else (away, "bad")
        if said:
            style = self.get_component_rich_style(f"keys--{tone}")
            return Strip([Segment(f" {fit(said, width - 2)} ", style)]).adjust_cell_length(width, self.rich_style)
        segments = []
        for keys, words in fitting(self._entries, width):
            segments += [Segment(f" {keys}", key), Segment(f" {words} ", label)]
        return Strip(segments).adjust_cell_length(width, self.rich_style)


def entries(actions: Iterable[Action], ascii_only: bool = False) -> list[tuple[str, str]]:
    """(keys, words) for each entry of the footer; neighbours with the same words share one."""
    shown = (action for action in actions if action.footer and action.keys)
    found = []
    for words, group in groupby(shown, key=lambda action: action.footer):
        names = [key_name(action.keys[0], ascii_only) for action in group]
        if {"↑", "↓"} <= set(names):
            found.append(("".join(names), words))
        elif {"up", "down"} <= set(names):
            found.append(("arrows", words))
        else:
            found.append((" ".join(names), words))
    return found


def fitting(shown: list[tuple[str, str]], width: int) -> list[tuple[str, str]]:
    """The entries for which `width` cells suffice: the last one always, then from the first on."""
    if not shown:
        return []
    *others, last = shown
    room = width - _cells(last)
    kept = []
    for entry in others:
        room -= _cells(entry)
        if room < 0:
            break
        kept.append(entry)
    return [*kept, last]


def _cells(entry: tuple[str, str]) -> int:
    return len(entry[0]) + len(entry[1]) + 3
