"""Text from outside, made safe to show: the one function every screen and every command uses.

Control characters become control pictures, direction overrides and other invisible formatting become U+FFFD, so that
what a mail or an import carries is seen and cannot act on the terminal.
"""

from __future__ import annotations

import re
import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
MARKS_IN_A_ROW = 8
"""Combining marks kept on one character; more only serve to draw over neighbouring lines."""

_JOINERS = "\u200c\u200d"  # Persian words need them; they have no width and move nothing.
_ORDINARY = (
    r" -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0377\u0400-\u0482\u048a-\u052f"
    r"\u05be\u05d0-\u05ea\u060c\u061b\u061f\u0621-\u064a\u0660-\u066f\u0671-\u06d5\u06ee-\u06ff\u1e00-\u1eff"
    r"\u200c\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u23ff\u2500-\u27bf"
    r"\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fa5\uac00-\ud7a3\U0001f300-\U0001f64f"
)
"""Characters that are shown as they are and combine with nothing: most texts are made of them alone."""

_HARMLESS = re.compile(f"[{_ORDINARY}]*")
_OTHERS = re.compile(f"[^{_ORDINARY}]+")
_DRAWN_BY_SOME = re.compile(
    "[\ufe00-\ufe0f]|(?<=[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d|[\U0001f1e6-\U0001f1ff]"
)
"""What makes another picture of the emoji before it, and flags: no two terminals agree how many cells that takes."""


def clean(text: str, *, lines: bool = False, limit: int | None = None) -> str:
    """`text` with everything that could act on a terminal made visible and harmless.

    With `lines` a newline stays a newline (carriage returns vanish, a tab is four blanks); without, both are shown
    as pictures. `limit` cuts to that many characters, the last one then being an ellipsis.
    """
    if limit is not None and len(text) > limit:
        text = text[: max(0, limit - 1)] + "…"
    if (text.isascii() and text.isprintable()) or _HARMLESS.fullmatch(text):
        return text
    text = _plain_emoji(text)
    if lines:
        return "\n".join(_clean_line(line.replace("\t", "    ")) for line in re.split(r"\r\n|\r|\n", text))
    return _clean_line(text)


def _plain_emoji(text: str) -> str:
    """Emoji one by one, and flags as the letters they are made of: the columns beside them stay in line."""
    return _DRAWN_BY_SOME.sub(lambda found: chr(ord(found[0]) - 0x1F1E6 + 65) if found[0] >= "\U0001f1e6" else "", text)


def _clean_line(text: str) -> str:
    return _OTHERS.sub(lambda run: _clean_run(run[0]), text)


def _clean_run(text: str) -> str:
    shown: list[str] = []
    marks = 0
    for character in text:
        if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me"}:
            marks += 1
            if marks <= MARKS_IN_A_ROW:
                shown.append(character)
            continue
        marks = 0
        shown.append(_shown(character))
    return "".join(shown)


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cc":
        code = ord(character)
        if code < 0x20:
            return chr(0x2400 + code)
        return "\N{SYMBOL FOR DELETE}" if code == 0x7F else REPLACEMENT
    if category == "Cs":
        return "?"
    if category in {"Cf", "Zl", "Zp", "Co", "Cn"} and character not in _JOINERS:
        return REPLACEMENT
    return character


def is_blank(text: str) -> bool:
    """Whether nothing of `text` would be seen: only blanks, controls and invisible formatting."""
    return all(c.isspace() or unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp", "Mn", "Me"} for c in text)
