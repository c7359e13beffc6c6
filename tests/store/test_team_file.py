"""A team file on one host, as the README sets it up: two real accounts, one group, and everything beside the file."""

from __future__ import annotations

import grp
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from helpdesk_tui.store import checkup_files
from helpdesk_tui.store.sqlite import SqliteStore
from tests.store.accounts import Person, Ran, public_folder, two_and_a_stranger


@dataclass(frozen=True)
class Team:
    """A shared folder, its group, and who is there: Alice made the desk, Bob is in the group, the stranger is not."""

    folder: Path
    group: str
    alice: Person
    bob: Person
    stranger: Person

    @property
    def desk(self) -> Path:
        return self.folder / "desk.db"

    def runs(self, who: Person, *argv: str) -> Ran:
        return who.runs("--desk", str(self.desk), *argv)

    def findings(self, who: Person, *more: str) -> dict[str, dict[str, str]]:
        ran = self.runs(who, "doctor", "--json", *more)
        return {one["what"]: one for one in json.loads(ran.out)}


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Person, Person, Person]]:
    with two_and_a_stranger(tmp_path_factory.mktemp("warm")) as found:
        yield found


@pytest.fixture
def team(people: tuple[str, Person, Person, Person]) -> Iterator[Team]:
    """As in the README: the group's set-gid folder, a desk that Alice makes in it, and its mode."""
    group, alice, bob, stranger = people
    with public_folder() as public:
        folder = public / "helpdesk"
        folder.mkdir()
        os.chown(folder, alice.uid, grp.getgrnam(group).gr_gid)
        folder.chmod(0o2770)
        made = Team(folder, group, alice, bob, stranger)
        assert made.runs(alice, "add", "Printer is dead").code == 0
        made.desk.chmod(0o660)
        assert made.runs(alice, "doctor", "--repair").code == 0
        yield made


def rights(path: Path) -> str:
    return f"{stat.S_IMODE(path.stat().st_mode):o} {grp.getgrgid(path.stat().st_gid).gr_name}"


def test_both_work_on_it_whoever_was_first_and_whatever_their_umask(team: Team) -> None:
    assert team.runs(team.bob, "list").code == 1  # nothing of his yet
    assert team.runs(team.bob, "add", "The scanner too").code == 0
    assert team.runs(team.alice, "list", "--count").out == "3\n"
    assert team.runs(team.alice, "note", "1", "On it").code == 0


def test_the_second_comes_as_a_requester_and_gets_a_role_from_the_first(team: Team) -> None:
    assert team.runs(team.bob, "note", "1", "hm").code in {1, 3}
    changed = team.runs(team.alice, "user", "edit", team.bob.login, "--role", "agent")
    assert changed.code == 0, changed.err
    assert team.runs(team.bob, "note", "1", "hm").code == 0


def test_what_either_leaves_beside_it_the_other_can_use(team: Team) -> None:
    for path in team.folder.glob("desk.db-*"):
        path.unlink()
    for who in (team.bob, team.alice):
        assert team.runs(who, "add", "x").code == 0
    assert rights(team.folder / "desk.db-queue") == f"660 {team.group}"


def test_the_log_of_who_has_it_open_can_be_used_by_the_other(team: Team) -> None:
    store = SqliteStore(team.desk)
    with store.reading():
        beside = [rights(team.folder / f"desk.db{end}") for end in ("-wal", "-shm")]
        assert beside == [f"660 {team.group}"] * 2
    assert team.runs(team.bob, "add", "x").code == 0
    assert team.findings(team.bob)["beside it"]["state"] == "ok"
    store.close()


def test_a_backup_of_one_can_be_read_by_the_other_and_by_nobody_else(team: Team) -> None:
    team.runs(team.bob, "list")
    assert team.runs(team.alice, "user", "edit", team.bob.login, "--role", "admin").code == 0
    made = team.runs(team.bob, "backup", "--json")
    assert made.code == 0, made.err
    path = Path(json.loads(made.out)["file"])
    assert rights(path) == f"660 {team.group}"
    assert rights(path.parent) == f"2770 {team.group}"
    assert team.runs(team.alice, "backup", "--daily").code == 0
    assert team.runs(team.alice, "backup").code == 0
    restored = team.runs(team.alice, "restore", path.name, "--yes")
    assert restored.code == 0, restored.err
    assert rights(team.desk) == f"660 {team.group}"
    assert team.runs(team.bob, "add", "After").code == 0


def test_who_is_no_admin_restores_nothing(team: Team) -> None:
    team.runs(team.bob, "list")
    made = team.runs(team.alice, "backup", "--json")
    name = Path(json.loads(made.out)["file"]).name
    refused = team.runs(team.bob, "restore", name, "--yes")
    assert refused.code == 3
    assert refused.err.count("\n") == 1


def test_who_is_not_in_the_group_gets_nowhere(team: Team) -> None:
    for verb in (("list",), ("add", "x"), ("backup", "/tmp/stolen.db"), ("restore", str(team.desk), "--yes")):
        ran = team.runs(team.stranger, *verb)
        assert ran.code == 4, ran
        assert ran.err.count("\n") == 1
        assert f"may not enter the folder {team.folder}." in ran.err
        assert f"taken into the group “{team.group}”, and then log in anew" in ran.err
    assert not Path("/tmp/stolen.db").exists()


@pytest.mark.parametrize("more", [(), ("--repair",)])
def test_doctor_tells_who_is_not_in_the_group_whom_to_ask(team: Team, more: tuple[str, ...]) -> None:
    found = team.findings(team.stranger, *more)
    assert "may not enter the folder" in found["file"]["said"]
    assert f"“{team.group}”" in found["file"]["do"]
    assert {one["state"] for what, one in found.items() if what in {"file", "repair"}} == {"bad"}


def test_doctor_says_what_it_is_in_plain_words(team: Team) -> None:
    found = team.findings(team.alice)
    assert found["sharing"]["state"] == "note"
    assert f"anyone in the group “{team.group}” can open the file with other tools" in found["sharing"]["said"]
    assert "Roles guide, they do not protect" in found["sharing"]["said"]
    assert [one for one in found.values() if one["state"] == "bad"] == []


@pytest.mark.parametrize(
    ("spoil", "what", "says"),
    [
        (lambda folder: folder.chmod(0o770), "rights", "chmod 2770"),
        (lambda folder: folder.chmod(0o2777), "rights", "chmod o-w"),
        (lambda folder: (folder / "desk.db").chmod(0o640), "rights", "chmod 660"),
        (lambda folder: (folder / "desk.db").chmod(0o666), "rights", "chmod o="),
        (lambda folder: os.chown(folder, -1, 0), "rights", "chgrp"),
        (lambda folder: (folder / "desk.db-queue").chmod(0o600), "beside it", "--repair"),
    ],
    ids=["no set-gid", "a folder for all", "read only", "a file for all", "another group", "queue for one only"],
)
def test_doctor_says_what_is_wrong_and_what_to_do(team: Team, spoil: object, what: str, says: str) -> None:
    assert callable(spoil)
    (team.folder / "desk.db-queue").touch()
    spoil(team.folder)
    found = team.findings(team.alice)
    assert found[what]["state"] == "bad"
    assert says in found[what]["do"]


def test_doctor_mends_what_is_ones_own(team: Team) -> None:
    (team.folder / "desk.db-queue").chmod(0o600)
    assert team.findings(team.alice, "--repair")["beside it"]["state"] == "ok"
    assert team.runs(team.bob, "add", "x").code == 0


def test_a_link_that_another_member_laid_opens_nothing_private(team: Team) -> None:
    private = team.folder.parent / "private"
    private.mkdir(mode=0o700)
    letter = private / "letter"
    letter.write_text("mine")
    for path, mode in ((private, 0o700), (letter, 0o600)):
        os.chown(path, team.alice.uid, team.alice.gid)
        path.chmod(mode)
    (team.folder / "desk.db-queue").unlink()
    (team.folder / "desk.db-queue").symlink_to(letter)
    (team.folder / "desk.db-backups").symlink_to(private)
    team.runs(team.alice, "doctor", "--repair")
    team.runs(team.alice, "backup")
    assert [stat.S_IMODE(path.stat().st_mode) for path in (private, letter)] == [0o700, 0o600]


def test_without_set_gid_the_second_is_told_what_it_is(team: Team) -> None:
    team.folder.chmod(0o700)
    ran = team.runs(team.bob, "list")
    assert ran.code == 4
    assert ran.err.count("\n") == 1


def test_the_steps_of_the_readme_are_these() -> None:
    text = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    for step in ("chmod 2770", "chmod 660", "groupadd"):
        assert step in text


@pytest.mark.skipif(os.getuid() != 0, reason="only root acts for others")
class TestWhatRootMakes:
    """A sysadmin who forgets to become the desk's account locks nobody out of it."""

    @pytest.fixture
    def own(self, team: Team) -> Team:
        """A desk of Alice's alone."""
        team.desk.chmod(0o600)
        team.folder.chmod(0o700)
        (team.folder / "desk.db-queue").unlink()
        return team

    def test_its_owner_goes_on_writing(self, own: Team) -> None:
        with SqliteStore(own.desk).writing() as unit:
            unit.commit()
        assert (own.folder / "desk.db-queue").stat().st_uid == own.alice.uid
        assert own.runs(own.alice, "add", "After root").code == 0

    def test_doctor_finds_what_belongs_to_another(self, own: Team) -> None:
        queue = own.folder / "desk.db-queue"
        queue.touch(0o600)
        found = own.findings(own.alice)["beside it"]
        assert (found["state"], found["do"]) == ("bad", "`helpdesk doctor --repair` as root.")
        assert checkup_files.mend(own.desk) == [queue]
        assert own.findings(own.alice)["beside it"]["state"] == "ok"
