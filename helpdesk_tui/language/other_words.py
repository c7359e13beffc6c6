"""Words for days and hours in the product's other languages that the date library does not know, or half knows."""

from __future__ import annotations

import re

_WEEKDAYS = {
    "esmaspäeval": "monday", "teisipäeval": "tuesday", "kolmapäeval": "wednesday", "neljapäeval": "thursday",
    "reedel": "friday", "laupäeval": "saturday", "pühapäeval": "sunday",
}  # fmt: skip
"""Estonian: on that day."""

_IN_TWO_DAYS = ("ülehomme", "ulehomme", "pojutrze", "poimâine", "poimaine", "מחרתיים", "پس\u200cفردا", "پس فردا")
DAY_AFTER_TOMORROW = "day after tomorrow"

_REST = {"astăzi": "today", "astazi": "today", "we wtorek": "tuesday", "ביום": "יום"}

_WORDS = _WEEKDAYS | _REST | dict.fromkeys(_IN_TWO_DAYS, DAY_AFTER_TOMORROW)
_WORD = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, _WORDS))})(?![^\W\d_])")

_HOUR = re.compile(
    r"(?<![^\W\d_])(?:at|kell|בשעה|ב-|ساعت|o godzinie|o godz\.?|godz\.?|o|la ora|la|ora) ?([0-9]{1,2}(?::[0-9]{2})?)$"
)
"""An hour after a word that says it is one: without the word it could be a day."""


def in_known_words(phrase: str) -> str:
    """The phrase (in lower case) with such words as the small grammar has them."""
    phrase = _WORD.sub(lambda match: _WORDS[match[0]], phrase)
    return _HOUR.sub(lambda match: match[1] if ":" in match[1] else f"{match[1]}:00", phrase)
