"""The URL of a desk on a database server, which may hold a password that nobody is to see."""

from __future__ import annotations

import re

from msgspec import Struct

from helpdesk_tui.errors import UsageError

_SCHEMES = ("postgresql+psycopg", "postgresql", "postgres")
_USUAL = "postgresql+psycopg://user@host/database"
_SECRET = re.compile(r"([?&](?:ssl)?password=)[^&]*", re.IGNORECASE)


class DeskUrl(Struct, frozen=True):
    """Where a desk is, as it was given. Written out it hides the password."""

    text: str

    def __post_init__(self) -> None:
        scheme, _, _ = self.text.partition("://")
        if scheme not in _SCHEMES:
            raise UsageError(
                f"A desk cannot be at a URL that begins with {scheme[:30]!r}.", f"It is a file, or as in {_USUAL}."
            )

    def __repr__(self) -> str:
        return f"DeskUrl({self})"

    def __str__(self) -> str:
        scheme, _, rest = self.text.partition("://")
        # A password may hold any sign, if whoever wrote the URL did not quote it: the last `@` ends it.
        user, at, place = rest.rpartition("@")
        name, colon, _ = user.partition(":")
        return _SECRET.sub(r"\1***", f"{scheme}://{name}{colon and ':***'}{at}{place}")


def is_url(text: str) -> bool:
    """Whether that names a database rather than a file."""
    return "://" in text
