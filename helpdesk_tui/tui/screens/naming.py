"""Offering people while somebody is being named in a reply or a note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from helpdesk_tui.domain.mentions import offered, word_for
from helpdesk_tui.tui.asks import Asks
from helpdesk_tui.tui.widgets.naming import CHOOSING, NamingArea
from helpdesk_tui.tui.widgets.picker import Choice, ChoiceList

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.domain.people import Person

MOST = 5
"""People offered at once."""


class Naming(Asks):
    """Mixin of a sheet with a `NamingArea` and, for the offers, a `ChoiceList`."""

    _people: Sequence[Person] | None = None
    """Who can be named; asked for with the first `@`."""
    _left: str | None = None
    """The name being typed for which the offers were left."""

    def offers_fit(self, rows: int) -> None:
        """So many rows of offers are shown: make room for them."""
        raise NotImplementedError

    def can_name(self) -> bool:
        """Whether naming somebody in this text tells them."""
        raise NotImplementedError

    def on_text_area_selection_changed(self) -> None:
        if self.can_name():
            self._follow()

    def on_naming_area_chose(self, message: NamingArea.Chose) -> None:
        steps = CHOOSING[message.key]
        if steps is None:
            self._left = self.query_one(NamingArea).name_begun
            self._offer(())
        elif steps:
            self.query_one(ChoiceList).go(steps)
        else:
            self._take(self.query_one(ChoiceList).choice)

    def on_choice_list_chosen(self, message: ChoiceList.Chosen) -> None:
        message.stop()
        self._take(message.choice)

    def _take(self, choice: Choice | None) -> None:
        if choice is not None:
            self.query_one(NamingArea).finish_name(choice.value)
        self._offer(())

    def _follow(self) -> None:
        """Offer whom the name in front of the cursor may become."""
        typed = self.query_one(NamingArea).name_begun
        if typed is None:
            self._left = None
            self._offer(())
        elif self._people is None:
            self.ask(_agents, self._known, self._unknown, kind="people to name")
        elif typed != self._left:
            found = offered(typed, self._people)[:MOST]
            whole = len(found) == 1 and word_for(found[0]) == typed
            self._offer(() if whole else [Choice(word_for(one), f"@{word_for(one)}", one.name) for one in found])

    def _known(self, people: Sequence[Person]) -> None:
        self._people = people
        self._follow()

    def _unknown(self, _error: object) -> None:
        """Nobody can be offered; the name can be typed in full."""

    def _offer(self, choices: Sequence[Choice]) -> None:
        names = self.query_one(ChoiceList)
        if choices or names.choices:
            self.query_one(NamingArea).offering = bool(choices)
            names.display = bool(choices)
            names.styles.height = max(1, len(choices))
            names.show_choices(choices)
            self.offers_fit(len(choices))


def _agents(desk: Desk) -> Sequence[Person]:
    from helpdesk_tui.desk import people

    return people.agents(desk)
