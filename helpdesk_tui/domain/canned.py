"""A canned reply: a prepared answer, perhaps in several languages, that may also change the ticket."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct


class Canned(Struct, frozen=True):
    """One answer in one language ("" where it is for all). Those of the same name say the same."""

    id: int
    name: str
    language: str
    body: str
    change: str = ""


class Filled(Struct, frozen=True):
    """A canned reply as it would be said on one ticket. `gaps` are placeholders that have no value there.

    `signature` is what the desk will put under it.
    """

    canned: Canned
    number: int
    text: str
    gaps: tuple[str, ...] = ()
    signature: str = ""


def in_language(variants: Sequence[Canned], wanted: Iterable[str]) -> Canned:
    """Of the same answer in several languages (at least one), the one in the first language wanted that there is.

    After those comes the one for all languages, then English, then any.
    """
    by_language = {variant.language: variant for variant in reversed(variants)}
    for language in (*filter(None, wanted), "", "en"):
        if language in by_language:
            return by_language[language]
    return variants[0]
