"""The JSON that `backup` and `doctor` print; see `shapes` for what holds for all of it."""

from __future__ import annotations

from helpdesk_tui.cli.shapes import Shape, moment
from helpdesk_tui.domain.keeping import Backup, Finding


def backup(backup: Backup) -> Shape:
    """A copy of the desk: its file, of which moment, on which occasion ("daily", "by-hand", …), its size in bytes."""
    return {"file": str(backup.path), "at": moment(backup.at), "occasion": backup.occasion, "size": backup.size}


def finding(finding: Finding) -> Shape:
    """What a check-up found: `state` is ok, note or bad; `do` is what to do about it, or null."""
    return {"what": finding.what, "state": finding.state.value, "said": finding.said, "do": finding.do or None}
