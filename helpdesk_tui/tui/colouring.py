"""A line of either language coloured by meaning while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.highlighter import Highlighter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.text import Text

    from helpdesk_tui.language.spans import Language

ROLE_VARIABLES = {
    "field": "text-primary",
    "flag": "text-success",
    "keyword": "text-accent",
    "negation": "text-error",
    "operator": "text-secondary",
    "paren": "text-secondary",
    "error": "text-error",
}
"""The theme's variable each role is drawn in; values and words keep the colour of the line."""


class Colours(Highlighter):
    """For `Input(highlighter=…)`. `wrong_from` is the 1-based column of the first wrong character, 0 for none."""

    def __init__(self, variables: Mapping[str, str], language: Language) -> None:
        self._styles = {role: variables[name] for role, name in ROLE_VARIABLES.items() if name in variables}
        self._language = language
        self.wrong_from = 0

    def highlight(self, text: Text) -> None:
        from helpdesk_tui.language.spans import spans

        plain = text.plain
        for start, end, role in spans(plain, self._language):
            if role in self._styles:
                text.stylize(self._styles[role], start, end)
            if role == "error" or start <= self.wrong_from - 1 < end:
                text.stylize("underline", start, end)
