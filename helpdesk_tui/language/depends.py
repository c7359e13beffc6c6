"""What a bound query depends on besides the ticket itself."""

from __future__ import annotations

from collections.abc import Iterator

from helpdesk_tui.language.bound import AllOf, AnyOf, Empty, Is, Opposite, Test, Within

_CLOCKS = {"sla_due", "sla_risk"}


def depends_on_clocks(test: Test) -> bool:
    """Whether it asks for a service level."""
    return any(isinstance(part, Empty | Within) and part.field in _CLOCKS for part in _parts(test))


def depends_on_reader(test: Test) -> bool:
    """Whether it asks for what each person has read, which is not said by ids."""
    return any(part == Is("unread") for part in _parts(test))


def _parts(test: Test) -> Iterator[Test]:
    match test:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _parts(part)
        case Opposite(part):
            yield from _parts(part)
        case _:
            yield test
