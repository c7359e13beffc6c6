"""People and organizations by the command line."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from helpdesk_tui import bootstrap
from helpdesk_tui.desk.admission import Account
from tests.cli.conftest import Ran, Run


@pytest.fixture(autouse=True)
def accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The accounts of the machine are alice and bob."""
    known = {"alice": Account(4001, "alice", "Alice Adams"), "bob": Account(4002, "bob", "Bob Builder")}
    monkeypatch.setattr(bootstrap, "account_named", known.get)


def listed(run: Run, *words: str) -> list[str]:
    return [one["login"] or one["name"] for one in run("user", "list", *words, "--json").json]


class TestNaming:
    """Whom a word of the command line means."""

    @pytest.fixture(autouse=True)
    def two(self, run: Run) -> None:
        run("user", "add", "--name", "Rita Rohtla", "--mail", "rita_r@example.org")
        run("user", "add", "--name", "Rita Rohtla")

    def test_a_mail_address_does(self, run: Run) -> None:
        assert run("user", "show", "Rita_R@example.org", "--json").json["mail"] == "rita_r@example.org"
        assert run("user", "show", "ritaxr@example.org").code == 1
        assert run("add", "x", "requester:rita_r@example.org").code == 0

    def test_those_called_alike_are_told_apart(self, run: Run) -> None:
        ran = run("user", "merge", "Rita Rohtla", "rita_r@example.org")
        assert ran.code == 1
        assert "2 people are called 'Rita Rohtla'. Say which: #2 rita_r@example.org, #3." in ran.err
        assert run("user", "merge", "#3", "#2").code == 0
        assert listed(run, "Rita").count("Rita Rohtla") == 1
        assert run("user", "show", "#3").code == 1


class TestHandingOver:
    def test_gives_what_is_open_at_any_time(self, run: Run) -> None:
        run("user", "add", "alice", "--role", "agent")
        run("user", "add", "zed", "--no-account", "--role", "agent")
        number = run("add", "x", "assignee:alice", "--json").json["number"]
        told = run("user", "deactivate", "alice").err
        assert f"1 open ticket is still alice’s: hand it over (#{number})." in told
        assert "1 open ticket of alice → zed" in run("user", "hand-over", "alice", "zed").err
        assert run("show", str(number), "--json").json["assignee"] == "zed"
        assert "alice has no open tickets" in run("user", "hand-over", "alice", "zed").err


class TestAdding:
    def test_from_an_account(self, run: Run) -> None:
        ran = run("user", "add", "alice", "--role", "agent", "--mail", "alice@example.org", "--org", "IT")
        assert (ran.code, ran.out, "alice added" in ran.err) == (0, "", True)
        one = run("user", "show", "alice", "--json").json
        assert (one["name"], one["role"], one["mail"], one["organization"]) == (
            "Alice Adams",
            "agent",
            "alice@example.org",
            "IT",
        )
        assert run("undo").code == 0
        assert "alice" not in listed(run)

    def test_of_an_unknown_account_is_refused_unless_it_is_meant(self, run: Run) -> None:
        ran = run("user", "add", "carol")
        assert (ran.code, "Unknown account 'carol'" in ran.err, "--no-account" in ran.err) == (1, True, True)
        assert run("user", "add", "carol", "--no-account").code == 0
        assert "carol" in listed(run)

    def test_by_hand_with_a_name_alone(self, run: Run) -> None:
        assert run("user", "add", "--name", "Rita Rohtla", "--mail", "rita@example.org").code == 0
        assert "Rita Rohtla" in listed(run)

    def test_of_nobody_is_refused(self, run: Run) -> None:
        assert run("user", "add").code == 2

    def test_of_somebody_called_alike_is_told(self, run: Run) -> None:
        run("user", "add", "--name", "Rita Rohtla", "--mail", "rita@example.org")
        again = run("user", "add", "--name", "rita rohtla")
        assert (again.code, "another rita rohtla on the desk, rita@example.org" in again.err) == (0, True)

    def test_of_the_same_twice_is_refused(self, run: Run) -> None:
        run("user", "add", "alice")
        assert run("user", "add", "alice").code == 4
        assert run("user", "add", "ALICE", "--no-account").code == 4

    @pytest.mark.parametrize(
        "words",
        [
            ["--role", "boss"],
            ["--capacity", "many"],
            ["--zone", "Nowhere/Land"],
            ["--mail", "x"],
            ["--away-until", "someday"],
            ["--here", "--away-until", "tomorrow"],
            ["--color", "mauve"],
        ],
    )
    def test_with_what_cannot_be_is_refused(self, run: Run, words: list[str]) -> None:
        ran = run("user", "add", "alice", *words)
        assert ran.code == 2
        assert "alice" not in listed(run)


class TestTheList:
    def test_says_who_has_how_much_to_do(self, run: Run) -> None:
        run("user", "add", "alice", "--role", "agent", "--capacity", "1")
        for title in ("one", "two"):
            run("add", title, "assignee:alice")
        out = run("user").out
        line = next(line for line in out.splitlines() if line.startswith("alice"))
        assert "2/1" in line
        assert run("user", "show", "alice").out.count("2 of 1") == 1

    def test_leaves_the_deactivated_out_unless_asked(self, run: Run) -> None:
        run("user", "add", "bob", "--role", "agent")
        run("user", "deactivate", "bob")
        assert "bob" not in listed(run)
        assert "bob" in listed(run, "--all")
        assert listed(run, "--role", "agent") == []
        assert run("user", "list", "zzz").code == 1

    def test_says_who_is_away(self, run: Run) -> None:
        run("user", "add", "bob", "--role", "agent", "--away-until", "2099-12-01")
        assert "away until 1 Dec 2099" in run("user").out
        assert run("user", "edit", "bob", "--here").code == 0
        assert "away" not in run("user").out


class TestLettingGo:
    def test_hands_over_and_is_undone_in_one_step(self, run: Run) -> None:
        for login in ("alice", "bob"):
            run("user", "add", login, "--role", "agent")
        run("add", "one", "assignee:bob")
        ran = run("user", "deactivate", "bob", "--hand-over", "alice")
        assert (ran.code, "1 open ticket handed over" in ran.err) == (0, True)
        assert run("list", "assignee:alice", "--json").json[0]["title"] == "one"
        run("undo")
        assert run("list", "assignee:bob", "--json").json[0]["title"] == "one"

    def test_warns_of_what_stays(self, run: Run) -> None:
        run("user", "add", "bob", "--role", "agent")
        run("add", "one", "assignee:bob")
        assert "1 open ticket is still bob’s" in run("user", "deactivate", "bob").err
        assert run("user", "reactivate", "bob").code == 0

    def test_the_last_admin_stays(self, run: Run) -> None:
        (me,) = [one["login"] for one in run("user", "--json").json]
        assert run("user", "deactivate", me).code == 4
        assert run("user", "edit", me, "--role", "agent").code == 4

    def test_nobody_is_nobody(self, run: Run) -> None:
        for words in (["deactivate", "zzz"], ["show", "zzz"], ["edit", "zzz"], ["erase", "zzz", "--yes"]):
            assert run("user", *words).code == 1


class TestImport:
    LIST = "login,name,mail,role,organization\nalice,Alice,a@example.org,agent,\n,Rita,rita@acme.example,,Acme\n"

    def test_from_a_file(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "people.csv").write_text(self.LIST)
        ran = run("user", "import", str(tmp_path / "people.csv"))
        assert (ran.code, "2 people added" in ran.err) == (0, True)
        assert {"alice", "Rita"} <= set(listed(run))
        run("undo")
        assert not {"alice", "Rita"} & set(listed(run))

    def test_from_standard_input(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "people.csv").write_text(self.LIST)
        with (tmp_path / "people.csv").open() as file:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.FileIO(file.fileno(), closefd=False)))
            assert run("user", "import", "-").code == 0
        assert "Rita" in listed(run)

    def test_is_all_or_nothing_and_names_the_lines(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "people.csv").write_text(self.LIST + "ALICE,Twin,,,\n,Bad,nomail,,\n,Odd,,boss,\n")
        ran = run("user", "import", str(tmp_path / "people.csv"))
        assert ran.code == 2
        assert all(f"line {number}: " in ran.err for number in (4, 5, 6))
        assert "line 2" not in ran.err
        assert "Rita" not in listed(run)


class TestMerge:
    def test_of_two(self, run: Run) -> None:
        run("user", "add", "--name", "Rita", "--mail", "rita@example.org")
        run("user", "add", "alice")
        assert run("user", "merge", "Rita", "alice").code == 0
        assert "Rita" not in listed(run, "--all")


class TestExport:
    def test_has_everything_about_somebody(self, run: Run) -> None:
        run("user", "add", "--name", "Rita Rohtla", "--mail", "rita@example.org")
        run("add", "My printer", 'requester:"Rita Rohtla"')
        told = run("user", "export", "Rita Rohtla").json
        assert told["person"]["mail"] == "rita@example.org"
        assert [ticket["title"] for ticket in told["tickets_requested"]] == ["My printer"]
        assert any(event["of"] == "person" for event in told["events"])


class TestOrganizations:
    def test_are_added_changed_listed_and_removed(self, run: Run) -> None:
        assert run("org").code == 1
        assert run("org", "add", "Acme", "--domains", "acme.example, @ACME.test", "--shares", "yes").code == 0
        (one,) = run("org", "--json").json
        assert (one["name"], one["domains"], one["shares"]) == ("Acme", ["acme.example", "acme.test"], True)
        run("user", "add", "--name", "Rita", "--mail", "rita@acme.test")
        assert run("user", "show", "Rita", "--json").json["organization"] == "Acme"
        assert run("org", "edit", "Acme", "--name", "Acme Ltd", "--shares", "no").code == 0
        assert run("org", "remove", "Acme Ltd").code == 4
        run("user", "edit", "Rita", "--org", "")
        assert run("org", "remove", "acme ltd").code == 0
        assert run("org", "remove", "Acme").code == 1

    def test_two_that_are_one_are_merged(self, run: Run) -> None:
        run("org", "add", "Acme Ltd", "--domains", "ltd.example")
        run("org", "add", "Acme", "--domains", "acme.example")
        run("user", "add", "--name", "Rita", "--mail", "rita@ltd.example")
        ran = run("org", "merge", "Acme Ltd", "acme")
        assert (ran.code, "Acme Ltd is Acme now: 1 person and 0 tickets" in ran.err) == (0, True)
        (one,) = run("org", "--json").json
        assert (one["name"], one["domains"], one["people"]) == ("Acme", ["acme.example", "ltd.example"], 1)
        assert run("undo").code == 0
        assert len(run("org", "--json").json) == 2
        assert run("org", "merge", "Acme", "Acme").code == 2
        assert run("org", "merge", "Acme").code == 2
        assert run("org", "merge", "Acme", "Nobody").code == 1

    def test_a_domain_is_one_organizations(self, run: Run) -> None:
        run("org", "add", "Acme", "--domains", "acme.example")
        assert run("org", "add", "Other", "--domains", "acme.example").code == 4
        assert run("org", "add", "acme").code == 4
        assert run("org", "add", "Bad", "--domains", "no domain").code == 2


def completed(run: Run, line: str) -> list[str]:
    ran: Ran = run("complete", "zsh", "--line", line)
    return [offer.partition("\t")[0] for offer in ran.out.splitlines()]


def test_logins_roles_and_organizations_are_completed(run: Run) -> None:
    run("user", "add", "alice", "--org", "Acme", "--role", "agent")
    run("user", "add", "carol", "--role", "requester", "--no-account")
    assert "alice" in completed(run, "helpdesk user deactivate a")
    takers = completed(run, "helpdesk user deactivate bob --hand-over ")
    assert "alice" in takers
    assert "carol" not in takers
    assert completed(run, "helpdesk user add x --role a") == ["admin", "agent"]
    assert completed(run, "helpdesk user add x --org A") == ["Acme"]
    assert completed(run, "helpdesk org edit A") == ["Acme"]


@pytest.mark.parametrize("name", ["\x1b[31mred", "\u202egpj", "[@click=app.quit]x", "x\ty"])
def test_a_hostile_name_is_harmless_wherever_it_is_shown(run: Run, name: str) -> None:
    ran = run("user", "add", "--name", name)
    shown = run("user").out + ran.err
    assert "\x1b[31m" not in shown
    assert "\u202e" not in shown
