"""Every command as every role, beside the table; and all that a requester can ask for, beside what is theirs."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

import msgspec
import pytest

from helpdesk_tui import bootstrap
from helpdesk_tui.cli import needs, registry
from helpdesk_tui.cli.offered import EVERYTHING
from helpdesk_tui.desk import boards
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from helpdesk_tui.language import fields
from tests.builders import config_for
from tests.cli.conftest import Ran, Run
from tests.desk.conftest import built
from tests.desk.every_verb import ASKERS, HIDDEN, MISSING, OWN, READERS, TEAM, UIDS

__all__ = ["built"]

EVERYBODY = set(Role)
ADMINS = {Role.ADMIN}
NOTHING, REFUSED = 1, 3

COMMANDS: dict[str, set[Role]] = {
    "add Printer": ASKERS,
    "add Printer +vpn": TEAM,
    "add Printer assignee:admin": TEAM,
    "list": EVERYBODY,
    "list --json is:open": EVERYBODY,
    "show 1": EVERYBODY,
    "show 1 --json": EVERYBODY,
    "show 1 --history": EVERYBODY,
    "change 1 priority:high": TEAM,
    "change 1 archive": TEAM,
    "change 2 reopen": ASKERS,
    "move 1 doing": TEAM,
    "reply 1 hello": ASKERS,
    "note 1 hello": TEAM,
    "confirm 1": {Role.REQUESTER},
    "reopen 2": ASKERS,
    "reopen 2 again": ASKERS,
    "rate 2 5": {Role.REQUESTER},
    "check 1 look": TEAM,
    "check 1 --done 2": TEAM,
    "undo --list 1": ADMINS,
    "attach 1 list.csv": ASKERS,
    "files 1": EVERYBODY,
    "time": TEAM,
    "time 1 25m": TEAM,
    "time 1 --start": TEAM,
    "watch 1": READERS,
    "unwatch 1": READERS,
    "notices": EVERYBODY,
    "report": READERS,
    "report is:open --json": READERS,
    "report daily": READERS,
    "day": TEAM,
    "day --take": TEAM,
    "link 1 blocks 2": TEAM,
    "unlink 1 3": TEAM,
    "merge 1 --into 2": TEAM,
    "merge 1 --into 2 --dry-run": TEAM,
    "split 1 --comment 1": TEAM,
    "clone 1": TEAM,
    "canned": TEAM,
    "canned show hello": TEAM,
    "canned add new hi": TEAM,
    "canned edit hello hi": TEAM,
    "canned remove hello": TEAM,
    "canned use 1 hello": TEAM,
    "template": ASKERS,
    "template show laptop": ASKERS,
    "template add new": TEAM,
    "template edit laptop --name other": TEAM,
    "template remove laptop": TEAM,
    "template use laptop": ASKERS,
    "signature Me": ASKERS,
    "board": EVERYBODY,
    "board list --json": EVERYBODY,
    "board add new": ADMINS,
    "board rename Empty new": ADMINS,
    "board move Empty 1": ADMINS,
    "board archive Empty": ADMINS,
    "board remove Empty": ADMINS,
    "board archive-after Empty 9": ADMINS,
    "board column add Empty new": ADMINS,
    "board column rename Empty Done Ready": ADMINS,
    "board limit Empty Doing 6": ADMINS,
    "board column remove Empty Doing --into Done": ADMINS,
    "board member list Empty": READERS,
    "board member add Empty agent viewer": ADMINS,
    "board member only Empty yes": ADMINS,
    "label": READERS,
    "label add new": TEAM,
    "label rename old new": TEAM,
    "label color old blue": TEAM,
    "label remove old": TEAM,
    "view": EVERYBODY,
    "view save mine is:open --own": READERS,
    "view save all is:open": READERS,
    "view remove team": TEAM,
    "config": EVERYBODY,
    "config get kinds": EVERYBODY,
    "config set file_limit_mb 9": ADMINS,
    "config reset kinds": ADMINS,
    "user": READERS,
    "user show agent": READERS,
    "user add --name New": ADMINS,
    "user edit agent --mail a@b.example": ADMINS,
    "user deactivate agent": ADMINS,
    "user import people.csv": ADMINS,
    "user export requester": ADMINS,
    "user erase requester --yes": ADMINS,
    "policy": READERS,
    "policy show Standard": READERS,
    "policy add new --high 1h/4h": ADMINS,
    "policy change Standard --high 1h/4h": ADMINS,
    "policy move Standard 1": ADMINS,
    "policy remove Standard": ADMINS,
    "policy try is:open": ADMINS,
    "calendar": READERS,
    "calendar show Standard": READERS,
    "calendar add new --hours 'mon-fri 8-18'": ADMINS,
    "calendar change Standard --name new": ADMINS,
    "rule": ADMINS,
    "rule shipped": ADMINS,
    "rule show 'Reopen on reply'": ADMINS,
    "rule add new --when tick --if is:late --then escalate": ADMINS,
    "rule off 'Reopen on reply'": ADMINS,
    "rule try 'Reopen on reply'": ADMINS,
    "rule log": ADMINS,
    "tick": READERS,
    "org": READERS,
    "org add new": ADMINS,
    "org edit 'Zanzibar Ltd' --shares yes": ADMINS,
    "import csv list.csv": ADMINS,
    "export json": TEAM,
    "export csv is:open": TEAM,
    "completion bash": EVERYBODY,
    "backup": ADMINS,
    "backup --list": ADMINS,
    "gate keys": ADMINS,
    "gate key list": ADMINS,
}

NOT_TRIED = {
    "redo": "takes back only what one took back oneself: test_undo",
    "demo": "fills a new desk: test_permissions",
    "copy": "needs another desk to copy to",
    "restore": "needs a backup, and an admin of it: test_keeping",
    "doctor": "says the same to everybody who can read the file: test_keeping",
}

As = Callable[[Role], None]


@pytest.fixture(scope="module")
def built_for(built: Path) -> Callable[[Role], Path]:
    """The file of the desk on which whoever runs the tests is of that role; made once for each."""

    @cache
    def made(role: Role) -> Path:
        path = built.with_name(role.value)
        shutil.copy(built, path)
        with closing(sqlite3.connect(path)) as direct, direct:
            direct.execute("UPDATE person SET uid = uid + 1000000 WHERE uid IS NOT NULL")
            direct.execute("UPDATE person SET uid = ? WHERE uid = ?", (os.getuid(), UIDS[role] + 1_000_000))
        return path

    return made


@pytest.fixture
def become(built_for: Callable[[Role], Path], home: Path) -> As:
    """Put that desk in place, and be somebody of a role on it."""

    def as_role(role: Role) -> None:
        for path in home.glob("desk.db*"):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        shutil.copy(built_for(role), home / "desk.db")
        (home / "desk.db").chmod(0o600)
        (home / "list.csv").write_text("title\nPrinter\n")
        (home / "people.csv").write_text("name\nRudi\n")

    return as_role


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_for_those_of_the_table(
    become: As, run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(home)
    for role in Role:
        become(role)
        ran = run(*shlex.split(command))
        assert (ran.code == REFUSED) == (role not in COMMANDS[command]), (role, ran)
        assert ran.code in {0, NOTHING, REFUSED}, (role, ran)
        assert ran.code != REFUSED or (not ran.out and ran.err.strip()), (role, ran)


def test_every_command_is_tried() -> None:
    tried = {command.split()[0] for command in COMMANDS}
    assert tried | NOT_TRIED.keys() == registry.VERBS.keys()


@pytest.mark.parametrize("role", Role)
def test_the_verbs_that_are_there_are_those_with_any_use(become: As, home: Path, role: Role) -> None:
    become(role)
    with closing(bootstrap.open_desk(config_for(home))) as desk:
        there = needs.there_for(desk, EVERYTHING).verbs.keys()
    useful = {command.split()[0] for command, roles in COMMANDS.items() if role in roles}
    assert there - NOT_TRIED.keys() - {"undo"} == useful - {"undo"}


def test_nobody_is_told_how_to_do_what_is_not_theirs(become: As, run: Run) -> None:
    become(Role.REQUESTER)
    assert "save" not in run("view").err


def test_a_board_of_others_gives_a_viewer_no_verb(become: As, home: Path) -> None:
    become(Role.VIEWER)
    with closing(bootstrap.open_desk(config_for(home))) as desk:
        board_id = boards.all_boards(desk)[0].id
        on_one = msgspec.structs.replace(desk.actor, boards={board_id: Role.REQUESTER})
        there = needs.there_for(Desk(desk.store, on_one, desk.clock, desk.zone), EVERYTHING).verbs
        assert not {"add", "confirm", "reply"} & there.keys()


ABOUT_ONE = (
    *("show {n}", "show {n} --json", "show {n} --history", "files {n}", "files {n} --json", "files {n} --get 1"),
    *("list number:{n} --json", "list #{n} --json", "reply {n} hi", "attach {n} list.csv", "change {n} reopen"),
    *("change {n} priority:high", "note {n} hi", "watch {n}", "time {n} 5m", "time {n} --json", "clone {n}"),
    *("link 1 blocks {n}", "unlink 1 {n}", "merge 1 --into {n}", "split {n} --comment 1", "check {n} look"),
    *("canned use {n} hello", "undo --list {n}", "move {n} doing", "change 'number:{n}' archive"),
    *("confirm {n}", "reopen {n} why", "rate {n} 5"),
)


@pytest.mark.parametrize("command", ABOUT_ONE)
def test_a_ticket_of_another_reads_like_one_that_does_not_exist(
    become: As, run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(home)
    answers: list[tuple[object, ...]] = []
    for number in (HIDDEN, MISSING):
        become(Role.REQUESTER)
        ran = run(*shlex.split(command.format(n=number)))
        said = (text.replace(f"#{number}", "#N").replace(f'"{number}"', "N") for text in (ran.out, ran.err))
        answers.append((ran.code, *said))
    assert answers[0] == answers[1]


def asked_as_a_requester() -> list[list[str]]:
    """Everything that can be read on the command line."""
    reads = [command.split() for command, roles in COMMANDS.items() if Role.REQUESTER in roles]
    reads.remove(["template", "use", "laptop"])  # its label, which the team gives, is seen on the ticket it makes
    reads += [["list", "--json", f"sort:{field.name}"] for field in fields.FIELDS if field.sortable]
    for field in fields.FIELDS:
        reads += [["list", "--json", f"{field.name}:{word}"] for word in ("zanzibr", "zanziba", "any", "none", "1")]
    reads += [["list", "--json", f"{flag.verb}:{flag.name}"] for flag in fields.FLAGS]
    reads += [["list", "--json", "-is:open"], ["list", "--json", "zanz"], ["list", "--view", "team"]]
    reads += [["view", "show", "team"], ["template", "show", "zanziba"], ["user", "show", "zanziba"]]
    reads += [["show", str(OWN), "--json", "--history"], ["files", str(OWN), "--json"], ["notices", "--json"]]
    return reads


def completed() -> list[list[str]]:
    """Every verb's words, with beginnings that names not theirs have."""
    typed = []
    for verb in registry.VERBS:
        typed += [[verb, ""], [verb, "z"], [verb, str(OWN), ""], [verb, str(OWN), "z"], [verb, "show", "z"]]
    names = [f"{field.name}:" for field in fields.FIELDS] + [f"{action.name}:" for action in fields.ACTIONS]
    for verb in ("list", "change", "add"):
        typed += [[verb, *(["1"] if verb == "change" else []), name + begun] for name in names for begun in ("", "z")]
        typed.append([verb, "+z"])
    return typed


def silent(ran: Ran) -> bool:
    """Whether an answer holds nothing of others. What is typed comes close to it, so that a suggestion would name it."""
    return "zanzibar" not in (ran.out + ran.err).casefold()


def test_a_requester_reads_nothing_of_others(become: As, run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    for words in asked_as_a_requester():
        become(Role.REQUESTER)
        ran = run(*words)
        assert silent(ran), (words, ran)
        if words[:2] == ["list", "--json"] and ran.code == 0:
            assert {card["number"] for card in json.loads(ran.out)} <= set(_own(home)), words


def _own(home: Path) -> list[int]:
    with closing(sqlite3.connect(home / "desk.db")) as direct:
        (me,) = direct.execute("SELECT id FROM person WHERE uid = ?", (os.getuid(),)).fetchone()
        return [row[0] for row in direct.execute("SELECT id FROM ticket WHERE requester_id = ?", (me,))]


def test_no_completion_offers_a_requester_what_is_of_others(become: As, run: Run, home: Path) -> None:
    become(Role.REQUESTER)
    for words in completed():
        ran = run("complete", "bash", f"--line={shlex.join(['helpdesk', *words[:-1]])} {words[-1]}")
        assert silent(ran), (words, ran)


def test_the_same_completions_offer_it_to_the_team(become: As, run: Run) -> None:
    become(Role.AGENT)
    offered = "".join(
        run("complete", "bash", f"--line={shlex.join(['helpdesk', *words[:-1]])} {words[-1]}").out
        for words in completed()
    ).casefold()
    assert offered.count("zanzibar") > 5
