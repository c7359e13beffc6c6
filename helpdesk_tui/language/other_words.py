"""Words for days and hours in the product's languages that the date library does not know, or half knows."""

from __future__ import annotations

import re
from collections.abc import Mapping

_MINUTES, _HOURS, _DAYS, _WEEKS = "minutes", "hours", "days", "weeks"

_ESTONIAN = {
    "esmaspäev": "monday", "teisipäev": "tuesday", "kolmapäev": "wednesday", "neljapäev": "thursday",
    "reede": "friday", "laupäev": "saturday", "pühapäev": "sunday",
}  # fmt: skip
_ON_THAT_DAY = {f"{name}{'l' if name.endswith('e') else 'al'}": day for name, day in _ESTONIAN.items()}

_IN_TWO_DAYS = ("ülehomme", "ulehomme", "pojutrze", "poimâine", "poimaine", "מחרתיים", "پس\u200cفردا", "پس فردا")
DAY_AFTER_TOMORROW = "day after tomorrow"

_REST = {"astăzi": "today", "astazi": "today", "we wtorek": "tuesday", "ביום": "יום"}
_ENDS = {"end of day": "eod", "end of week": "eow", "end of month": "eom"}
_ENDS |= {name.replace("of", "of the"): short for name, short in _ENDS.items()}

_WORDS = _ON_THAT_DAY | _REST | _ENDS | dict.fromkeys(_IN_TWO_DAYS, DAY_AFTER_TOMORROW)
_WORD = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, _WORDS))})(?![^\W\d_])")

_HOUR = re.compile(
    r"(?<![^\W\d_])(?:at|kell|בשעה|ב-|ساعت|o godzinie|o godz\.?|godz\.?|o|la ora|la|ora) ?([0-9]{1,2}(?::[0-9]{2})?)$"
)
"""An hour after a word that says it is one: without the word it could be a day."""

_NEXT_DAYS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    (r"(?:järgmine|järgmisel) ", "", _ESTONIAN | _ON_THAT_DAY),
    (r"(?:we? )?(?:przyszł|następn)(?:y|ą|a) ", "", {
        "poniedziałek": "monday", "wtorek": "tuesday", "środa": "wednesday", "środę": "wednesday",
        "czwartek": "thursday", "piątek": "friday", "sobota": "saturday", "sobotę": "saturday",
        "niedziela": "sunday", "niedzielę": "sunday",
    }),
    ("", " viitoare", {
        "lunea": "monday", "marțea": "tuesday", "miercurea": "wednesday", "joia": "thursday", "vinerea": "friday",
        "sâmbăta": "saturday", "duminica": "sunday",
    }),
    ("ב?יום ", " הבא", {
        "שני": "monday", "שלישי": "tuesday", "רביעי": "wednesday", "חמישי": "thursday", "שישי": "friday",
        "ראשון": "sunday",
    }),
    ("", "[ٔ‌]? آینده", {
        "دوشنبه": "monday", "سه‌شنبه": "tuesday", "سه شنبه": "tuesday", "چهارشنبه": "wednesday",
        "پنجشنبه": "thursday", "پنج‌شنبه": "thursday", "جمعه": "friday", "شنبه": "saturday", "یکشنبه": "sunday",
        "یک‌شنبه": "sunday",
    }),
)  # fmt: skip
"""What goes before and after a day of the week to make it the next of these, and the days."""

_AHEAD: tuple[tuple[str, str, Mapping[str, str], Mapping[str, str]], ...] = (
    (
        "in ", "",
        {"a minute": _MINUTES, "an hour": _HOURS, "a day": _DAYS, "a week": _WEEKS},
        {},
    ),
    (
        "", " pärast",
        {"minuti": _MINUTES, "tunni": _HOURS, "päeva": _DAYS, "nädala": _WEEKS},
        {"minuti": _MINUTES, "tunni": _HOURS, "päeva": _DAYS, "nädala": _WEEKS},
    ),
    (
        "za ", "",
        {"minutę": _MINUTES, "godzinę": _HOURS, "dzień": _DAYS, "tydzień": _WEEKS},
        {"minuty": _MINUTES, "minut": _MINUTES, "godziny": _HOURS, "godzin": _HOURS, "dni": _DAYS,
         "tygodnie": _WEEKS, "tygodni": _WEEKS},
    ),
    (
        "peste ", "",
        {"un minut": _MINUTES, "o oră": _HOURS, "o ora": _HOURS, "o zi": _DAYS, "o săptămână": _WEEKS,
         "o saptamana": _WEEKS},
        {"minute": _MINUTES, "de minute": _MINUTES, "ore": _HOURS, "de ore": _HOURS, "zile": _DAYS,
         "de zile": _DAYS, "săptămâni": _WEEKS, "saptamani": _WEEKS},
    ),
    (
        "(?:בעוד|עוד) ", "",
        {"דקה": _MINUTES, "שעה": _HOURS, "יום": _DAYS, "שבוע": _WEEKS},
        {"דקות": _MINUTES, "שעות": _HOURS, "ימים": _DAYS, "שבועות": _WEEKS},
    ),
    (
        "", " (?:دیگر|بعد)",
        {"یک دقیقه": _MINUTES, "یک ساعت": _HOURS, "یک روز": _DAYS, "یک هفته": _WEEKS},
        {"دقیقه": _MINUTES, "ساعت": _HOURS, "روز": _DAYS, "هفته": _WEEKS},
    ),
)  # fmt: skip
"""What goes before and after a length of time to mean that from now on; one of a unit, and several."""


def in_known_words(phrase: str) -> str:
    """The phrase (in lower case) with such words as the small grammar has them."""
    phrase = _next_day(_ahead(phrase))
    phrase = _WORD.sub(lambda match: _WORDS[match[0]], phrase)
    return _HOUR.sub(lambda match: match[1] if ":" in match[1] else f"{match[1]}:00", phrase)


def _ahead(phrase: str) -> str:
    """`za tydzień` as `7 days ahead`, `peste 2 ore` as `in 2 hours`."""
    for pattern, one, many in _LENGTHS:
        match = pattern.match(phrase)
        if match:
            number, unit = (1, one[match["one"]]) if match["one"] else (int(match["number"]), many[match["unit"]])
            return _from_now(number, unit, pattern is _LENGTHS[0][0]) + phrase[match.end() :]
    return phrase


def _from_now(number: int, unit: str, english: bool) -> str:
    if english or unit in (_MINUTES, _HOURS):
        return f"in {number} {unit}"
    return f"{number * (7 if unit == _WEEKS else 1)} days ahead"


def _next_day(phrase: str) -> str:
    for pattern, days in _NEXTS:
        match = pattern.match(phrase)
        if match:
            return f"next {days[match['day']]}{phrase[match.end() :]}"
    return phrase


def _either(forms: Mapping[str, str]) -> str:
    """Any of these words, the longer ones first; nothing where there are none."""
    return "|".join(sorted(map(re.escape, forms), key=len, reverse=True)) or r"(?!)"


def _length_of_time(before: str, after: str, one: Mapping[str, str], many: Mapping[str, str]) -> re.Pattern[str]:
    said = rf"(?P<one>{_either(one)})|(?P<number>[0-9]{{1,4}}) (?P<unit>{_either(many)})"
    return re.compile(rf"{before}(?:{said}){after}(?= |$)")


_LENGTHS = tuple((_length_of_time(*ways), ways[2], ways[3]) for ways in _AHEAD)
_NEXTS = tuple(
    (re.compile(rf"{before}(?P<day>{_either(days)}){after}(?= |$)"), days) for before, after, days in _NEXT_DAYS
)
