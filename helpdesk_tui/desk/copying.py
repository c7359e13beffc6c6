"""Moving a desk: a whole copy of it in a new place, on the same engine or another."""

from __future__ import annotations

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.store import copying
from helpdesk_tui.store.copying import Copied, Progress
from helpdesk_tui.store.engine import Store

__all__ = ["Copied", "copy"]


def copy(desk: Desk, target: Store, progress: Progress = lambda _done, _total: None) -> list[Copied]:
    """Copy all of this desk into an empty one, checked; what was copied, by table. For admins.

    Conflict if the target is not empty, DeskUnusable if not all of the desk arrived: nothing is in the target then.
    """
    desk.require(Act.BACKUP)
    return copying.copy(desk.store, target, progress)
