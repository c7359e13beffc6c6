"""Finding the word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

from helpdesk_tui.domain.words import fold


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, or None if none is like it."""
    import difflib

    folded: dict[str, str] = {}
    for name in known:
        folded.setdefault(fold(name), name)
    wanted = fold(word[:60])
    close = difflib.get_close_matches(wanted, folded, n=1, cutoff=0.6)
    if close:
        return folded[close[0]]
    return next((name for key, name in folded.items() if wanted and key.startswith(wanted)), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or else the first few there are; empty if there are none."""
    words = list(known)
    best = nearest(word, words)
    if best is not None:
        return f"Did you mean `{best}`?"
    if not words:
        return ""
    shown = ", ".join(words[:8])
    return f"There is {shown}{' and more' if len(words) > 8 else ''}."


def shown(word: str) -> str:
    """A word from outside as an error message quotes it: cut, so that the sentence stays one line."""
    return word if len(word) <= 40 else word[:39] + "…"
