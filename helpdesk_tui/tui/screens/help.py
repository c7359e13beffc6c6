"""The keys of a screen and the words of the two languages, drawn from their tables; typing searches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.geometry import Size
from textual.widgets import Input

from helpdesk_tui.tui.actions import Action, key_name
from helpdesk_tui.tui.screens.sheet import Sheet
from helpdesk_tui.tui.widgets.line_input import LineInput
from helpdesk_tui.tui.widgets.lines import Line, LineView
from helpdesk_tui.tui.widgets.wrapping import wrap

Entry = tuple[str, str]
"""What is typed or pressed, and what it does."""

Section = tuple[str, Sequence[Entry]]
"""A heading, and what is explained under it."""

NAMES = 17
"""Cells of the column of names."""

FORMS: tuple[Entry, ...] = (
    ('word "two words"', "Full text; the last word may be a beginning."),
    ("field:a,b", "Equal to any of these; `none` for empty, `any` for not empty."),
    ("field<value", "Also <= > >=, for priority, dates, durations and numbers."),
    ("-term", "The opposite."),
    ("a b · a or b", "Both · either; parentheses group."),
    ("#142", "That ticket."),
)  # fmt: skip


class Help(Sheet[None]):
    """What can be pressed on this screen and what can be asked; nothing comes back.

    Without `changes` it is for those who ask for help: the fields the team works with are not explained to them.
    `more` is what else there is to explain on the screen it was opened over.
    """

    HINT = (("type", "to search"), ("esc", "leave"))
    WIDTH = "-wide"
    BINDINGS = [
        Binding("up", "scroll_lines(-1)", "Up", show=False, priority=True),
        Binding("down", "scroll_lines(1)", "Down", show=False, priority=True),
        Binding("pageup", "scroll_pages(-1)", "Page up", show=False),
        Binding("pagedown", "scroll_pages(1)", "Page down", show=False),
    ]

    def __init__(self, actions: Sequence[Action], *, changes: bool = True, more: Sequence[Section] = ()) -> None:
        super().__init__("Help")
        self._sections = [*_keys(actions), *more, *(_languages() if changes else [("Asking: queries", list(FORMS))])]
        self._labels = {action.help: action.label for action in actions}

    def compose(self) -> ComposeResult:
        with self.box():
            yield LineInput(placeholder="search", select_on_focus=False)
            yield LineView()

    def opened(self) -> None:
        super().opened()
        self.query_one(LineView).can_focus = False

    def sized(self, size: Size) -> None:
        super().sized(size)
        self.query_one(LineView).styles.height = self.rows_free(taken=3)
        self.call_after_refresh(self._draw)

    @on(Input.Changed)
    def _typed(self) -> None:
        self._draw()
        self.query_one(LineView).scroll_to_line(0)

    def _draw(self) -> None:
        view = self.query_one(LineView)
        view.show_lines(list(self._lines(self.query_one(Input).value, view.scrollable_content_region.width)))

    def _lines(self, typed: str, width: int) -> Iterator[Line]:
        wanted = typed.casefold().split()
        drawn = False
        for heading, entries in self._sections:
            found = [
                (name, does)
                for name, does in entries
                if all(word in f"{heading} {name} {self._labels.get(does, '')} {does}".casefold() for word in wanted)
            ]
            if not found:
                continue
            if drawn:
                yield Line()
            drawn = True
            yield Line((("title", f" {heading}"),))
            yield from _entries(found, width)
        if not drawn:
            yield Line((("dim", " Nothing about that."),))

    def action_scroll_lines(self, lines: int) -> None:
        self.query_one(LineView).scroll_by(lines)

    def action_scroll_pages(self, pages: int) -> None:
        view = self.query_one(LineView)
        view.scroll_by(pages * max(1, view.scrollable_content_region.height - 1))


def _entries(found: Sequence[Entry], width: int) -> Iterator[Line]:
    """Names in one column and what they do in another; below one another where that would be too narrow."""
    left = NAMES if width >= 48 else 2
    for name, does in found:
        first, *more = wrap(does, width - left - 3)
        if len(name) < left:
            yield Line((("key", f"  {name:<{left}}"), ("", first)))
        else:
            yield Line((("key", f"  {name}"),))
            more.insert(0, first)
        yield from (Line((("", " " * (left + 2) + line),)) for line in more)


def _keys(actions: Sequence[Action]) -> Iterator[tuple[str, list[Entry]]]:
    for group in dict.fromkeys(action.group for action in actions):
        entries = [
            ("1 … 9" if action.passes_key else "  ".join(key_name(key) for key in action.keys), action.help)
            for action in actions
            if action.group == group and action.keys
        ]
        if entries:
            yield group, entries


def _languages() -> Iterator[tuple[str, list[Entry]]]:
    from helpdesk_tui.language import fields

    yield "Asking: queries", list(FORMS)
    yield "Flags of a query", [(f"{flag.verb}:{flag.name}", flag.doc) for flag in fields.FLAGS]
    yield (
        "Fields of a query",
        [
            (one.name + (": < >" if len(one.operators) > 1 else ":"), _with_words(one.doc, one.words))
            for one in fields.FIELDS
        ],
    )
    yield "Order", [(f"{fields.SORT}:field", fields.SORT_DOC)]
    yield (
        "Changing: the change line",
        [
            ("+label", "Add a label."),
            ("-label", "Take a label away."),
            *((f"{one.name}:", _with_words(one.doc, one.words)) for one in fields.ACTIONS),
            *fields.VERBS.items(),
        ],
    )


def _with_words(doc: str, words: Sequence[str]) -> str:
    return f"{doc} ({', '.join(words)})" if words else doc
