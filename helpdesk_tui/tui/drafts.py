"""What was typed and not sent: esc keeps it here, and the same form offers it again."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

Fields = Mapping[str, str]


class Drafts:
    """Texts of forms that were left, each under what it was about: ("reply", 142)."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, dict[str, str]] = {}

    def of(self, about: Hashable) -> dict[str, str]:
        """What was typed there, by field; empty when nothing was."""
        return dict(self._kept.get(about, {}))

    def keep(self, about: Hashable, fields: Fields) -> bool:
        """Keep it, unless it is all blank, which forgets it. Whether something is kept."""
        typed = {name: text for name, text in fields.items() if text.strip()}
        if typed:
            self._kept[about] = typed
        else:
            self._kept.pop(about, None)
        return bool(typed)

    def drop(self, about: Hashable) -> None:
        """What was typed there has been taken."""
        self._kept.pop(about, None)

    def forget(self) -> None:
        """Drop all of them."""
        self._kept.clear()


DRAFTS = Drafts()
"""The drafts of this process, which serves one person at one desk."""
