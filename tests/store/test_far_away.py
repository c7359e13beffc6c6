"""A desk on a network file system works, with a word of warning: for one machine it will do, for two it will not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from helpdesk_tui.desk import keeping
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
def test_a_desk_far_away_works_and_says_what_to_beware_of(tmp_path: Path, mounted_as, kind: str) -> None:
    mounted_as(kind)
    desk = a_desk(tmp_path / "here")
    assert a_ticket(desk) == 1
    assert f"network file system ({kind})" in desk.caution
    assert "two machines" in desk.caution


def test_a_backup_is_restored_there(tmp_path: Path, mounted_as) -> None:
    desk = a_desk(tmp_path / "here")
    a_ticket(desk)
    kept = keeping.back_up(desk)
    desk.close()
    mounted_as("nfs4")
    prepared = keeping.prepare(desk.store.path, kept, os.getuid())
    keeping.put_in_place(prepared, desk.clock)
    assert a_ticket(a_desk(tmp_path / "here")) == 2


@pytest.mark.parametrize("how", ["through the gate", "to read only"])
def test_who_can_do_nothing_about_it_is_told_nothing(tmp_path: Path, mounted_as, how: str) -> None:
    mounted_as("nfs4")
    desk = a_desk(tmp_path / "here")
    if how == "to read only":
        desk.store.read_only = True
    desk.sealed = how == "through the gate"
    assert desk.caution == ""


@pytest.mark.parametrize("kind", ["ext4", "btrfs", "tmpfs", "overlay"])
def test_every_disk_of_the_machine_will_do(tmp_path: Path, mounted_as, kind: str) -> None:
    mounted_as(kind)
    assert far_away.file_system_of(tmp_path) == kind
    desk = a_desk(tmp_path / "here")
    a_ticket(desk)
    assert desk.caution == ""


def test_where_nobody_says_it_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(far_away, "MOUNTS", tmp_path / "nowhere")
    desk = a_desk(tmp_path / "here")
    assert a_ticket(desk) == 1
    assert desk.caution == ""
