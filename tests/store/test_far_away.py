"""A desk on a network file system is refused, before anything is written there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from helpdesk_tui.errors import DeskUnusable
from helpdesk_tui.store import far_away
from tests.builders import a_desk, a_ticket


@pytest.fixture
def mounted_as(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """Makes the system say that the folder of the test is on such a file system."""

    def say(kind: str) -> None:
        device = os.stat(tmp_path).st_dev
        mounts = tmp_path / "mounts"
        mounts.write_text(
            "21 1 0:20 / /proc rw - proc proc rw\n"
            f"22 1 {os.major(device)}:{os.minor(device)} / /home rw,noatime shared:5 - {kind} server:/home rw\n"
        )
        monkeypatch.setattr(far_away, "MOUNTS", mounts)

    return say


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "9p"])
def test_a_desk_far_away_is_refused(tmp_path: Path, mounted_as, kind: str) -> None:
    assert a_ticket(a_desk(tmp_path / "here")) == 1
    mounted_as(kind)
    with pytest.raises(DeskUnusable, match=rf"network file system \({kind}\)"):
        a_desk(tmp_path / "here")


def test_no_desk_is_made_there(tmp_path: Path, mounted_as) -> None:
    mounted_as("nfs")
    with pytest.raises(DeskUnusable, match="network file system"):
        a_desk(tmp_path / "new", uid=4711)
    assert list((tmp_path / "new").iterdir()) == []


@pytest.mark.parametrize("kind", ["ext4", "btrfs", "tmpfs", "overlay"])
def test_every_disk_of_the_machine_will_do(tmp_path: Path, mounted_as, kind: str) -> None:
    mounted_as(kind)
    assert far_away.file_system_of(tmp_path) == kind
    a_ticket(a_desk(tmp_path / "here"))


def test_where_nobody_says_it_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(far_away, "MOUNTS", tmp_path / "nowhere")
    a_ticket(a_desk(tmp_path / "here"))
