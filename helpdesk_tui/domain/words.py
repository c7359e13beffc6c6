"""Words as they are compared: names folded so that variants of one spelling are equal, texts cut into search tokens.

`tokens` does exactly what SQLite's full-text tokenizer `unicode61 remove_diacritics 2` does, for every code point, so
that a query means the same in the index and in a predicate.
"""

from __future__ import annotations

import unicodedata

_NO_FOLDING = (
    # Capital letters newer than the tokenizer's Unicode 6.1, which it leaves as they are.
    (0x037F, 0x037F),
    (0x0528, 0x052F),
    (0x13A0, 0x13FF),
    (0x1C80, 0x1CBF),
    (0x2C2F, 0x2C2F),
    (0xA698, 0xA69B),
    (0xA796, 0xA79F),
    (0xA7AB, 0xA7FF),
    (0xAB53, 0xABBF),
    (0x10000, 0x103FF),
    (0x10428, 0x10FFFF),
)
_LAST_FOLDED = 0x10427
_KEEPS_MARKS = "\N{LATIN SMALL LETTER A WITH DOT ABOVE AND MACRON}"  # forgotten in the tokenizer's table of diacritics

_MARKS_IN_TOKENS = frozenset(
    [*range(0x300, 0x305), *range(0x306, 0x30D), 0x30F, 0x311, 0x31B, *range(0x323, 0x329), 0x32D, 0x32E, 0x330, 0x331]
)
"""Combining marks that vanish from within a token; all others separate tokens, as punctuation does."""

_SEPARATORS = """
0+30 a+7 1a+6 1a+2f 1+7 2 1+3 2 3 17 1f 1ca+4 c+e 5+7 1 1+11 5 7+2 1 1+9 1+7 6+4 2 2+3e 5 8 5+2 1 6e 8b+8 d0+6
29+2 4 1+37 2b+2 b+5 1+16 2+2 2b+15 a+4 2 63 1+f 2+7 f+2 1+e 1 1 1e+1b 5b+b 3a+9 2+4 1c+4 1+9 1+3 1+5 2+f 1a+3 2
85+1b 1+4 36+3 1+12 1+7 a+4 a 10+3 38 1+7 2+2 2+3 9 a+2 e+2 6+2 5+3 38 1+5 4+2 2+3 3 1e+2 3 b+3 38 1+8 1+3 1+3
14+2 c+2 f+3 38 1+7 2+2 2+3 8+2 a+2 c 11 3b+5 3+3 1+4 9 1b+8 6+3 3a+7 1+3 1+4 7+2 b+2 1b 2+2 38 1+7 1+3 1+4 7+2
b+2 1e+2 3a+7 1+3 1+4 9 a+2 15 8+2 46 4+6 1 1+8 12+3 3c 2+7 4 7+9 a+2 55 2+6 1+2 b+6 33+1f 14+c 31+17 5+b 1+24
1+f 1+d 50+14 b+6 6+4 4+3 1+3 2+7 3+4 d+c 1 a+6 5b 261+c 27+a 66 26c+2 11 1a+2 4e+3 24+3 1d+5 1b+2 1e+2 40+23
1+4 1 22+f 9a 76+c 4+c 4 3+2 6a+11 7+2 14+22 17+5 2+2 35+a 1+1d 2 20+7 1+6 52+5 2f+11 15+23 3+3 1e+d 38+e 8+4
24+14 3+5 3e+2 40+8 8+19 4 4+3 cb+27 15+4 1bd 1+3 b+3 d+3 d+3 d+2 1+65 5+6 a+5 b+5 11+1a 16+21 f+2 1+4 1+2 a 1+3
5+6 1 1 1 4 b+2 4+5 5+4 1 40+264 c+27 19+b 51+4e 16+200 1+75 1e+3b9 3+a 18b+6 4+3 7+4 1+2 70 e 60+4f 1+c 44+1a
1+59 c+d6 1a+c 4+5 3+19 9+7 5+2 5+3 59+4 3 5a 94+2 4+a 20+24 1c+1f b+1e 8 f+20 a+27 f+3f 1+100 19c0+40 5690+37
37+2 10d+3 5f+10 20 50+8 8+17 9+2 67+2 77 3 4 17+9 a+4 3a+4 8+2 32+11 9+2 10+12 6+3 2b+a 17+d b 20+4 2f+1b 10+2
49+e c 8+2 e+4 17+3 1 34 1+3 2+2 5+2 1 1c+2 b+7 3+2 ec+b 4f30 a 88+10 17c+2 bc+2 2+1a 6+7 9+23 1+13 1+4 93 1+f
a+7 1a+6 1a+b 7a+7 1+7 a+7 100+3 34+9 39+11 6+c 34+2e 1a1 30 486 c7 1f c1+3 1+2 5+4 28+3 4 10+9 26 b9+7 4c0+3
35+16 32+3 2d+12 3e+3 24+e b+4 3c+3 30+e 4+4 4e2+d db8+4 4add+2e 10+4 606d+f6 a+27 2+b5 22+46 ba+57 36a 19 1f 19
1f 19 1f 19 1f 19 172c+2 10e+2c 4+64 c+f 2+e 2+f 1+f 30+1f 1+3c 4+2b 4b+1d d+2b 5+9 7+2 ae+21 f+6 1+46 3+14 c+25
1+5 15+11 f+3f 1 1+b6 1+4 3+3e 2+4 c+18 93+46 4+b 30+46 3a+74 c088d 1e+60 80+f0
"""
"""Runs of code points that separate tokens, in hexadecimal: how far from the end of the run before, and `+` how long.

A character that Unicode 6.1 did not know yet, a later emoji for one, is part of a token.
"""


def fold(text: str) -> str:
    """How a name is compared: without case, diacritics, invisible characters or extra blanks.

    The same for composed and decomposed, full-width and ordinary spellings; folding twice changes nothing.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    # Case and compatibility folding each make work for the other, so both run twice (Unicode's caseless matching).
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not _is_unseen(letter))
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def _is_unseen(character: str) -> bool:
    return unicodedata.combining(character) != 0 or unicodedata.category(character) == "Cf"


def tokens(text: str) -> list[str]:
    """The search tokens of `text`, in order: runs of letters and digits in lower case, without Latin diacritics."""
    return text.translate(_TABLE).split()


def unlike_themselves() -> dict[str, str]:
    """What becomes of each character outside ASCII that `tokens` does not keep as it is: a blank separates tokens."""
    letters = map(chr, (*range(0x80, 0xD800), *range(0xE000, _LAST_FOLDED + 1)))
    found = {letter: letter.translate(_TABLE) for letter in letters}
    found.update((chr(code), blank) for code, blank in _separators().items() if code > 0x7F)
    return {letter: becomes for letter, becomes in found.items() if letter != becomes}


def has_phrase(text: str, phrase: list[str], *, prefix: bool) -> bool:
    """Whether the tokens of `phrase`, at least one, follow each other in `text`.

    With `prefix` the last of them may be the beginning of a token.
    """
    found = tokens(text)
    *first, last = phrase
    for at, token in enumerate(found[len(first) :]):
        if (token.startswith(last) if prefix else token == last) and found[at : at + len(first)] == first:
            return True
    return False


class _Table(dict[int, str]):
    """What the tokenizer makes of each code point; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        if not self:
            self.update(_separators())
            return self[code]
        self[code] = "" if code in _MARKS_IN_TOKENS else _letter(code)
        return self[code]


def _separators() -> dict[int, str]:
    blanks: dict[int, str] = {}
    end = 0
    for run in _SEPARATORS.split():
        gap, _, length = run.partition("+")
        start = end + int(gap, 16)
        end = start + int(length or "1", 16)
        blanks.update(dict.fromkeys(range(start, end), " "))
    return blanks


def _letter(code: int) -> str:
    letter = chr(code)
    if any(first <= code <= last for first, last in _NO_FOLDING):
        return letter
    folded = letter.casefold()
    if len(folded) > 1:
        folded = letter.lower()[0]
    base = unicodedata.normalize("NFD", folded)[0]
    return base if base.isascii() and base.isalpha() and folded != _KEEPS_MARKS else folded


_TABLE = _Table()
