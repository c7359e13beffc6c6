"""Public holidays of countries and their regions, from the `holidays` library: it is loaded when one is asked for.

A calendar keeps the days themselves, so that a clock is the same on every machine and whatever the library learns.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import UsageError

if TYPE_CHECKING:
    from holidays import HolidayBase

YEARS = range(1990, 2061)
"""The years whose holidays a calendar knows; some countries fix theirs for fewer."""


def countries() -> dict[str, str]:
    """The codes of all countries that are known, each with its name."""
    from holidays.registry import COUNTRIES

    return {names[1]: re.sub(r"(?<=[a-z])(?=[A-Z])", " ", names[0]) for names in COUNTRIES.values()}


def regions(country: str) -> dict[str, str]:
    """The codes of a country's regions, each with its name where there is one."""
    known = _of(country, "", range(0))
    names = {code: name for name, code in known.subdivisions_aliases.items()}
    return {code: names.get(code, "") for code in known.subdivisions}


def checked(country: str, region: str) -> tuple[str, str]:
    """The codes of a country and a region from codes or names as a person wrote them; "" for none.

    UsageError for what is not known.
    """
    if not country.strip():
        if region.strip():
            raise UsageError(f"The region {region.strip()[:30]!r} needs its country.", "Name both, as in DE and BY.")
        return "", ""
    code = _meant(country, countries())
    if code is None:
        raise UsageError(
            f"No holidays are known of a country {country.strip()[:30]!r}.", "`helpdesk calendar countries` lists them."
        )
    if not region.strip():
        return code, ""
    known = regions(code)
    part = _meant(region, known)
    if part is None:
        there = f"Known: {', '.join(known)}." if known else "It has none of its own."
        raise UsageError(f"No holidays are known of a region {region.strip()[:30]!r} of {code}.", there[:400])
    return code, part


def days(country: str, region: str) -> tuple[date, ...]:
    """The public holidays of `YEARS`, in order; none for no country."""
    return tuple(sorted(_of(country, region, YEARS))) if country else ()


def names(country: str, region: str, those: Sequence[date]) -> Mapping[date, str]:
    """What these public holidays are called, as far as they are known now; nothing for a country that is not."""
    if country not in countries() or (region and region not in regions(country)):
        return {}
    known = _of(country, region, range(min(those).year, max(those).year + 1))
    return {day: str(known[day]) for day in those if day in known}


def _of(country: str, region: str, years: range) -> HolidayBase:
    from holidays import country_holidays

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of years that a country has not fixed yet
        return country_holidays(country, subdiv=region or None, years=years)


def _meant(text: str, known: Mapping[str, str]) -> str | None:
    wanted = fold(text.strip())
    return next((code for code, name in known.items() if wanted in {fold(code), fold(name)} - {""}), None)
