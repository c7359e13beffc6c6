"""The pickers of what a request is and who asks: kind, language, impact and urgency, requester, organization."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from helpdesk_tui.domain.settings import Settings
from helpdesk_tui.domain.ticket import LANGUAGES, Level
from helpdesk_tui.domain.words import fold
from helpdesk_tui.language.terms import New, SetField
from helpdesk_tui.tui.fuzzy import best
from helpdesk_tui.tui.screens.pick import Pick
from helpdesk_tui.tui.screens.pickers import set_field
from helpdesk_tui.tui.widgets.picker import Choice
from helpdesk_tui.tui.widgets.ticket_parts import PRIORITY_STYLES

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk

OFFERED = 50
"""People or organizations offered at once."""

LANGUAGE_NAMES = {"en": "English", "et": "Estonian", "he": "Hebrew", "fa": "Persian", "pl": "Polish", "ro": "Romanian"}


class KindPick(Pick):
    """What sort of work it is: one of the desk's kinds."""

    def __init__(self, heading: str, current: str | None = None) -> None:
        super().__init__(heading, empty="No kind of that name; an admin adds kinds with the settings.")
        self._current = current

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import settings

        return kind_choices(settings.settings(desk).kinds, self._current)


def kind_choices(kinds: Sequence[str], current: str | None = None) -> list[Choice]:
    """The desk's kinds, and none."""
    choices = [Choice(set_field("kind", kind), kind, current=kind == current) for kind in kinds]
    return [*choices, Choice(set_field("kind", ""), "none", style="dim", current=current == "")]


class LanguagePick(Pick):
    """The language of the conversation."""

    def __init__(self, heading: str, current: str | None = None) -> None:
        super().__init__(heading, language_choices(current))


def language_choices(current: str | None = None) -> list[Choice]:
    """The languages by their names, and none."""
    choices = [
        Choice(set_field("language", one), LANGUAGE_NAMES[one], one, current=one == current) for one in LANGUAGES
    ]
    return [*choices, Choice(set_field("language", ""), "none", style="dim", current=current == "")]


class LevelsPick(Pick):
    """Impact and urgency at once, each pair with the priority that the desk's table proposes for it."""

    def __init__(self, heading: str, impact: Level | None = None, urgency: Level | None = None) -> None:
        super().__init__(heading, prompt="high low: wide impact, not urgent", empty="Type as in: high low")
        self._current = (impact, urgency)

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import settings

        return self.offered(settings.settings(desk))

    def offered(self, settings: Settings) -> list[Choice]:
        """The nine pairs, the most pressing first, and none."""
        pairs = [(impact, urgency) for impact in reversed(Level) for urgency in reversed(Level)]
        choices = [self._choice(impact, urgency, settings) for impact, urgency in pairs]
        none = (SetField("impact", None), SetField("urgency", None))
        by_hand = Choice(none, "none", "priority by hand", "dim", current=self._current == (None, None))
        return [*choices, by_hand]

    def _choice(self, impact: Level, urgency: Level, settings: Settings) -> Choice:
        priority = settings.proposed_priority(impact, urgency)
        return Choice(
            (SetField("impact", impact), SetField("urgency", urgency)),
            f"impact {impact.word} × urgency {urgency.word}",
            f"{priority.word} priority",
            PRIORITY_STYLES[priority],
            current=(impact, urgency) == self._current,
        )

    def find(self, typed: str) -> None:
        """`high low` is impact, then urgency."""
        self.offer(best(typed, self.all_choices, lambda one: f"{_levels(one)} {one.text}"), at_current=not typed)


def _levels(choice: Choice) -> str:
    return " ".join(term.value.word for term in choice.value if isinstance(term.value, Level))


class RequesterPick(Pick):
    """Who needs help: anybody the desk knows, or somebody new of the name that was typed."""

    FIELD = "requester"
    WHAT = "somebody new"
    PROMPT = "a name, a login"
    EMPTY = "Nobody of that name."

    def __init__(self, heading: str, current: str | None = None, *, may_make: bool = True) -> None:
        super().__init__(heading, prompt=self.PROMPT, empty=self.EMPTY)
        self._current = current
        self._may_make = may_make

    def known(self, desk: Desk, typed: str) -> list[tuple[int, str, str]]:
        """Runs beside the screen: id, name and a word about each that may be meant."""
        return people_known(desk, typed)

    def find(self, typed: str) -> None:
        name = " ".join(typed.split())
        self.wait()
        self.ask(lambda desk: self.known(desk, name), lambda found: self._found(name, found), self.failed, kind="known")

    def _found(self, typed: str, found: Sequence[tuple[int, str, str]]) -> None:
        choices = named_choices(self.FIELD, typed, found, self.WHAT if self._may_make else "", self._current)
        self.offer(choices, at_current=not typed)


def people_known(desk: Desk, typed: str) -> list[tuple[int, str, str]]:
    """Id, name and a word about each person that may be meant."""
    from helpdesk_tui.desk import people

    found = people.people(desk, typed, OFFERED)
    return [(one.id, one.name, " ".join(filter(None, (one.login, one.organization)))) for one in found]


def organizations_known(desk: Desk, typed: str) -> list[tuple[int, str, str]]:
    """The same of organizations."""
    from helpdesk_tui.desk import people

    return [(one, name, "") for one, name in people.organizations(desk, typed, OFFERED)]


def named_choices(
    field: str, typed: str, found: Sequence[tuple[int, str, str]], new: str, current: str | None = None
) -> list[Choice]:
    """Those found; nobody where nothing is typed; and under the words `new`, if any, one of the typed name."""
    choices = [Choice(set_field(field, one), name, note, current=current == name) for one, name, note in found]
    if not typed:
        nothing = "nobody" if field == RequesterPick.FIELD else "none"
        choices.insert(0, Choice(set_field(field, None), nothing, style="dim", current=current == ""))
    elif new and fold(typed) not in {fold(name) for _, name, _ in found}:
        choices.append(Choice(set_field(field, New(typed)), typed, new, "note"))
    return choices


class OrganizationPick(RequesterPick):
    """Whose request it is: an organization the desk knows, or a new one."""

    FIELD = "organization"
    WHAT = "new organization"
    PROMPT = "a name"
    EMPTY = "No organization of that name."

    def known(self, desk: Desk, typed: str) -> list[tuple[int, str, str]]:
        return organizations_known(desk, typed)
