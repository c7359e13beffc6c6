"""The ground of the lists in which something of the desk is managed: boards, columns, members.

Small letters look for a name, as in every picker; capitals do something to what the cursor is on. Only the keys of what
the person at the keyboard may do are there and named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import HelpdeskError, NeedsYes
from helpdesk_tui.tui.screens.confirm import Confirm
from helpdesk_tui.tui.screens.pick import Pick, TypeAhead
from helpdesk_tui.tui.widgets.picker import Choice, ChoiceList

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.domain.people import Organization, Person


LOADED = "what there is to manage"
"""What keys wait for when such a list opens."""


BETWEEN = "   "
"""Between two keys that are named in one line."""


class Key(NamedTuple):
    """A key of such a list, what it does in a word or two, and whether that is for the person at the keyboard."""

    key: str
    does: str
    may: bool = True


class Managing(Pick):
    """A list that stays open while it is worked on. Dismissed with a value, or None when it was left."""

    LIST: type[ChoiceList] = ChoiceList
    WIDTH = "-wide"

    def __init__(self, heading: str, *, prompt: str, empty: str) -> None:
        super().__init__(heading, prompt=prompt, empty=empty)
        self._told: tuple[str, str] | None = None
        self._said = ("", "")
        self._stay_on: Any = None
        self.keys: tuple[Key, ...] = ()

    def compose(self) -> ComposeResult:
        with self.box():
            yield from self.above()
            yield TypeAhead(placeholder=self._prompt, select_on_focus=False)
            yield self.LIST()
            yield Static("", classes="about")
            yield Static("", classes="said -empty")
            yield Static("", classes="keys")

    def above(self) -> ComposeResult:
        """What stands above the line that is typed into."""
        yield from ()

    def opened(self) -> None:
        self.keys_wait(LOADED)  # which letters do something is not known before
        super().opened()

    def _fit(self) -> None:
        room = self.rows_free(taken=9)
        self.list.styles.height = max(2, min(12, room, max(3, len(self.all_choices))))

    # What may be done

    def keys_now(self) -> tuple[Key, ...]:
        """The keys there are, for what the desk said when it was last asked."""
        raise NotImplementedError

    def permitted(self, key: str) -> bool:
        """Whether that key is one of this person's."""
        return any(one.key == key and one.may for one in self.keys)

    def show_keys(self) -> None:
        """Name the keys, and have their letters do something instead of being typed."""
        self.keys = tuple(one for one in self.keys_now() if one.may)
        self.query_one(TypeAhead).not_typed = self.letters()
        self._draw_keys()

    def _draw_keys(self) -> None:
        """Each in one line with what it does."""
        place, sheet = self.query_one(".keys", Static), self.query_one(".sheet")
        room, used = sheet.content_size.width - place.gutter.width, 0
        pieces: list[Any] = []
        for one in self.keys:
            name, does = "J K" if one.key == "J" else one.key, f" {one.does}"
            wide = len(name + does)
            if used and used + len(BETWEEN) + wide > room:
                pieces, used = [*pieces, "\n"], 0
            elif used:
                pieces, used = [*pieces, BETWEEN], used + len(BETWEEN)
            pieces += [(name, "bold $text-warning"), does]
            used += wide
        place.update(Content.assemble(*pieces))
        place.display = bool(pieces)

    def sized(self, size: Size) -> None:
        super().sized(size)
        self.call_after_refresh(self._draw_keys)

    def letters(self) -> frozenset[str]:
        """The keys that are not typed, although they have a letter."""
        keys = {one.key for one in self.keys}
        return frozenset(keys | {"K"} if "J" in keys else keys)

    # What is offered

    def _loaded(self, choices: Sequence[Choice]) -> None:
        self.show_keys()
        super()._loaded(choices)
        self.keys_go(LOADED)

    def failed(self, error: HelpdeskError) -> None:
        super().failed(error)
        self.keys_go(LOADED)

    def offer(self, choices: Sequence[Choice], *, at_current: bool = False) -> None:
        stay, self._stay_on = self._stay_on, None
        place = next((at for at, one in enumerate(choices) if stay is not None and self.identity(one) == stay), None)
        super().offer(choices, at_current=at_current)
        if place is not None:
            self.list.show_choices(choices, place)
        if not choices:
            self.about("")
        if self._told is not None:
            self.say(*self._told)
            self._told = None

    def identity(self, choice: Choice) -> object:
        """What a choice stands for, whatever has become of it since."""
        return choice.value

    def about(self, text: str) -> None:
        """Say this of what the cursor is on."""
        place = self.query_one(".about", Static)
        place.update(Content(self.drawable(clean(text, limit=600))))
        place.set_class(not text, "-empty")

    def say(self, text: str, tone: str = "") -> None:
        self._said = (text, tone)
        super().say(text, tone)

    def say_on(self) -> None:
        """What was said stays when the desk is asked anew, which nobody at this keyboard wanted."""
        if self._said[1] and self._told is None:  # what has no tone is said of an empty list
            self._told = self._said

    def again(self, *, stay_on: object = None) -> None:
        """Ask the desk what there is now; the cursor goes to what it stood on, or is on its way to."""
        choice = self.list.choice
        stay_on = stay_on if stay_on is not None else self._stay_on
        self._stay_on = stay_on if stay_on is not None or choice is None else self.identity(choice)
        self.wait()
        self.ask_for_choices()

    # What is done

    def act(self, key: str, does: Callable[[Choice], None]) -> None:
        """Do it to what the cursor is on, if that key is this person's."""

        def do() -> None:
            if self.permitted(key) and self.list.choice is not None:
                does(self.list.choice)

        self.when_found(do)

    def open(self, screen: Screen[Any], then: Callable[[Any], None]) -> None:
        """Ask for more in a box of its own; `then` is for what it is dismissed with, unless it was left."""

        def answered(value: Any) -> None:
            if value is not None:
                then(value)

        self.app.push_screen(screen, answered)

    def change(self, work: Callable[[Desk], Outcome]) -> None:
        """Let the desk do it, then show what there is. What it asks about first is asked."""

        def refused(error: HelpdeskError) -> None:
            if isinstance(error, NeedsYes):
                self.open(
                    Confirm(self.heading, f"{error.message} Close it anyway?"),
                    lambda _yes: self.change(lambda desk: work(desk.insisting())),
                )
            else:
                self._told = (str(error), "bad")
                self.again()

        self.ask(work, self.done, refused, hold=True)

    def done(self, outcome: Outcome | None) -> None:
        """Tell what was done, here or in a form that was opened for it, and show what there is now."""
        if outcome is not None:
            self._told = (". ".join((outcome.said or "Nothing changed", *outcome.warnings)), "good")
            self.again(stay_on=outcome.made)

    def merge(
        self,
        gone: Person | Organization,
        others: Sequence[Choice],
        becomes: Callable[[Any], str],
        work: Callable[[int, Desk], Outcome],
        *,
        nobody: str,
    ) -> None:
        """Ask which of the others `gone` is the same as, and whether that is meant; then `work` merges it.

        `becomes` says what comes of it, `nobody` that none of them has the name that was typed.
        """

        def ask(into: Any) -> None:
            heading = f"Merge into {clean(into.name, limit=40)}"
            self.open(Confirm(heading, becomes(into), "merge"), lambda _yes: self.change(partial(work, into.id)))

        self.open(Pick(f"{clean(gone.name, limit=40)} is the same as…", others, empty=nobody), ask)
