"""What a desk is kept in, whichever engine keeps it: a file of SQLite (`sqlite`) or a server of PostgreSQL."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from helpdesk_tui.store.unit_of_work import Unit


class Watch(Protocol):
    """A cheap eye on what others commit; for one thread only."""

    def changed(self) -> bool:
        """Whether somebody else committed since the last call; the first call says yes.

        DeskUnusable while the desk cannot be looked at; a later call may find it again, and then says yes.
        """
        ...

    def close(self) -> None: ...


class Store(Protocol):
    """One desk. Hands out units of work; knows nothing of what they are for. May be used from several threads."""

    read_only: bool
    """Whether this account may only read the desk; decided when it is opened."""

    @property
    def name(self) -> str:
        """What the desk is called in messages: its file, or its URL without the password."""
        ...

    @property
    def caution(self) -> str:
        """What whoever changes the desk should know of the place where it is kept; "" where there is nothing."""
        ...

    def reading(self) -> AbstractContextManager[Unit]:
        """One consistent look at the desk."""
        ...

    def writing(self) -> AbstractContextManager[Unit]:
        """A unit of work that holds the write lock from the start and rolls back unless it is committed.

        DeskBusy if no turn came in time, DeskUnusable for a desk that may only be read.
        """
        ...

    def is_part(self, path: Path, /) -> bool:
        """Whether that is a file of the desk itself."""
        ...

    def watch(self) -> Watch:
        """An eye on what others commit."""
        ...

    def back_up(self, occasion: str, at: datetime) -> Path | None:
        """Keep the desk as it is before something large; where. None where the database server sees to backups."""
        ...

    def wipe(self) -> bool:
        """Leave nothing of what was deleted in the desk's files; False if somebody's reading kept some of it there."""
        ...

    def again(self) -> Store:
        """The same desk opened once more, with connections of its own."""
        ...

    def close(self) -> None: ...
