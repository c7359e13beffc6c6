"""What would be the same for each desk of thousands of tests is made once a process; and no test waits for the disk."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

from helpdesk_tui.store import postgres, sqlite

REAL_PRAGMAS = sqlite._PRAGMAS
"""What a desk is opened with outside the tests."""

STATEMENTS = 3000
"""So many are kept as SQL text: all that the tests use."""

_first: dict[str, Engine] = {}
_create_engine = sqlite.create_engine


def install() -> None:
    """From now on an engine shares its dialect, and the SQL of its statements, with the others of its kind.

    A tenth of a test's time, and often half, would else go into putting the same statements into words.
    """
    sqlite.create_engine = postgres.create_engine = _sharing  # type: ignore[attr-defined]
    # The power does not fail, and what a process wrote outlives the process without that.
    sqlite._PRAGMAS = tuple(pragma.replace("synchronous=FULL", "synchronous=OFF") for pragma in REAL_PRAGMAS)


def _sharing(*given: Any, **options: Any) -> Engine:
    engine = _create_engine(*given, **options)
    first = _first.get(engine.dialect.name)
    # What a dialect knows of its server it learns with its first connection, which may never have come about.
    if first is None or not hasattr(first.dialect, "default_isolation_level"):
        engine._compiled_cache = LRUCache(STATEMENTS)
        _first[engine.dialect.name] = engine
    else:
        engine.dialect = engine.pool._dialect = first.dialect
        engine._compiled_cache = first._compiled_cache
    return engine
