"""Places in an order as text, so that a card moves between two others by writing one row.

A rank is a head of six base-62 digits, counted up at the end of a list and down at its top, and a fraction behind it
where a card was put between two neighbours. Text order (by code point) is the order. The idea is D. Greenspan's
"Implementing Fractional Indexing" (2020); a fixed head keeps appended ranks six characters long.
"""

from __future__ import annotations

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_VALUE = {digit: value for value, digit in enumerate(DIGITS)}
_BASE = len(DIGITS)
_HEAD = 6
_MIDDLE = _BASE**_HEAD // 2


def between(low: str | None, high: str | None) -> str:
    """A rank after `low` and before `high`; None, or what is no rank, stands for the end of the list on that side.

    ValueError if `low` does not come before `high`.
    """
    low, high = known(low), known(high)
    if low is not None and high is not None:
        if low >= high:
            raise ValueError(f"{low!r} does not come before {high!r}")
        gap = _head(high) - _head(low)
        if gap > 1:
            return _written(_head(low) + gap // 2)
        return low[:_HEAD] + _middle(low[_HEAD:], high[_HEAD:] if gap == 0 else None)
    if low is not None:
        return _written(_head(low) + 1)
    if high is not None:
        return _written(_head(high) - 1)
    return _written(_MIDDLE)


def known(rank: object) -> str | None:
    """`rank` if it is one, None for anything else that may stand in its place."""
    return rank if isinstance(rank, str) and rank and all(digit in _VALUE for digit in rank) else None


def _middle(low: str, high: str | None) -> str:
    """Digits of a fraction strictly between the fractions `low` and `high` (None: one)."""
    digits: list[str] = []
    position = 0
    while True:
        floor = _VALUE[low[position]] if position < len(low) else 0
        ceiling = _VALUE[high[position]] if high is not None and position < len(high) else _BASE
        if ceiling - floor > 1:
            digits.append(DIGITS[(floor + ceiling) // 2])
            return "".join(digits)
        digits.append(DIGITS[floor])
        if ceiling != floor:
            high = None  # already below it: what follows is free
        position += 1


def _head(rank: str) -> int:
    value = 0
    for digit in rank[:_HEAD]:
        value = value * _BASE + _VALUE[digit]
    return value


def _written(head: int) -> str:
    if not 0 <= head < _BASE**_HEAD:
        raise ValueError("the order has no room left on that side")
    digits = []
    for _ in range(_HEAD):
        head, digit = divmod(head, _BASE)
        digits.append(DIGITS[digit])
    return "".join(reversed(digits))
