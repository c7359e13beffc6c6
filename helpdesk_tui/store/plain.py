"""Statements in SQL's own words, sent to the driver as they stand: what every change asks and writes.

While a change is made everybody else waits. To put a statement together and into words takes SQLAlchemy longer than it
takes the database to carry out fifty, the first time, and ten times as long as the database each time after that.

The words are such that both engines understand them. `:name` is a parameter, `[name]` the ids in one that
`among.listed` has made. Values come and go as they are stored: moments are whole milliseconds, JSON is text (see
`values.from_json`), truth is a bool or a number.
"""

from __future__ import annotations

import re

_IDS = re.compile(r"\[(\w+)\]")
_NAMED = re.compile(r"(?<!:):(\w+)")


class Plain:
    """A statement in the words of each engine."""

    __slots__ = ("on_postgresql", "on_sqlite")

    def __init__(self, sql: str) -> None:
        self.on_sqlite = _IDS.sub(r"(SELECT value FROM json_each(:\1))", sql)
        # As rows, not with `= ANY`, which reads the array anew for each row it looks at where no index serves.
        rows = _IDS.sub(r"(SELECT unnest(CAST(translate(:\1, '[]', '{}') AS BIGINT[])))", sql)
        self.on_postgresql = _NAMED.sub(r"%(\1)s", rows.replace("%", "%%"))
