"""Through a real sshd: what two people do with their keys, and what cannot be done with them."""

from __future__ import annotations

import os
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import pytest

from tests.gate.house import SECRET, House
from tests.gate.server import Server
from tests.servers import free_port, listens, needs
from tests.terminal.terminal import Terminal

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _nothing_got_through(house: House) -> Iterator[None]:
    yield
    house.assert_untouched()


def found(house: House, question: str, *given: object) -> list[tuple[object, ...]]:
    """What is on the desk, by SQL: a program that is started to ask takes a second."""
    with closing(sqlite3.connect(house.desk)) as desk:
        return desk.execute(question, given).fetchall()


def who_said(house: House, text: str) -> list[tuple[object, ...]]:
    """The logins of those who have said that."""
    return found(house, "SELECT p.login FROM comment c JOIN person p ON p.id = c.author_id WHERE c.body = ?", text)


class TestOneCommand:
    def test_it_is_done_as_the_person_whose_key_it_is(self, server: Server, house: House) -> None:
        assert server.call("alice", "reply 1 'The toner is here.'").code == 0
        assert who_said(house, "The toner is here.") == [("alice",)]

    def test_each_sees_what_their_role_sees(self, server: Server) -> None:
        answer = server.call("alice", "list")
        assert (answer.code, b"What alice wrote" in answer.out) == (0, True)
        answer = server.call("bob", "list")
        assert (answer.code, answer.out) == (1, b"")
        assert server.call("bob", "show 1").code == 1

    def test_standard_input_is_a_text(self, server: Server, house: House) -> None:
        answer = server.call("alice", "add 'From the log'", given=b"line one\nline two\n")
        number = answer.out.decode().strip("#\n")
        assert found(house, "SELECT description FROM ticket WHERE id = ?", number) == [("line one\nline two",)]

    def test_files_come_and_go_over_the_standard_streams(self, server: Server) -> None:
        log = bytes(range(256)) * 1000
        assert server.call("alice", "attach 1 log.bin", given=log).code == 0
        assert server.call("alice", "files 1 --get log.bin").out == log

    @pytest.mark.parametrize(
        ("command", "code"),
        [("list --nope", 2), ("import json x", 3), ("sh", 2)],  # 0 and 1 above
    )
    def test_its_exit_code_is_ours(self, server: Server, command: str, code: int) -> None:
        assert server.call("alice", command).code == code

    def test_nothing_asked_for_and_no_terminal_is_one_line_of_help(self, server: Server) -> None:
        answer = server.call("alice", options=["-T"])
        assert answer.code == 2
        assert answer.text.count("\n") == 1
        assert "ssh -t" in answer.text

    def test_help_tells_of_what_is_open_alone(self, server: Server) -> None:
        told = server.call("alice", "help").out.decode()
        assert "  attach " in told
        assert not [verb for verb in ("import", "demo", "gate", "completion", "backup") if f"  {verb} " in told]
        assert "--desk" not in told
        assert b"--save" not in server.call("alice", "help files").out

    def test_a_key_that_is_nobodys_opens_nothing(self, server: Server) -> None:
        answer = server.call("stranger", "list", shared=False)
        assert answer.code == 255
        assert b"Permission denied" in answer.err


class TestOtherWaysIn:
    """The server would allow every one of these; the key does not."""

    @pytest.mark.parametrize("flag", [["-L", "{port}:127.0.0.1:22"], ["-D", "{port}"], ["-L", "{port}:{folder}/agent"]])
    def test_no_port_leads_out(self, server: Server, flag: list[str]) -> None:
        port = free_port()
        words = [word.format(port=port, folder=server.folder) for word in flag]
        with Terminal(server.folder, program=[*server.ssh("alice", *words, "-N")]):
            assert listens(port)  # the client listens; what it then asks of the server is refused
            with socket.create_connection(("127.0.0.1", port), timeout=5) as through, suppress(ConnectionResetError):
                if "-D" in flag:
                    through.sendall(b"\x05\x01\x00")
                    assert through.recv(2) == b"\x05\x00"
                    through.sendall(b"\x05\x01\x00\x01\x7f\x00\x00\x01\x00\x16")
                    assert through.recv(10)[1:2] != b"\x00"
                else:
                    through.sendall(b"x")
                    assert through.recv(100) == b""

    @pytest.mark.parametrize("where", ["{port}:127.0.0.1:22", "{folder}/socket:127.0.0.1:22"])
    def test_no_port_leads_in(self, server: Server, where: str) -> None:
        wanted = where.format(port=free_port(), folder=server.folder)
        answer = server.call("alice", "help", options=["-o", "ExitOnForwardFailure=yes", "-R", wanted], shared=False)
        assert answer.code == 255
        assert b"remote port forwarding failed" in answer.err

    def test_no_connection_is_carried_on(self, server: Server) -> None:
        answer = server.call("alice", options=["-W", f"127.0.0.1:{server.port}"], shared=False)
        assert answer.code == 255
        assert b"SSH-2.0" not in answer.out

    @pytest.mark.parametrize("flag", ["-A", "-X", "-Y"])
    def test_no_agent_and_no_display(self, server: Server, flag: str) -> None:
        words = server.ssh("alice", "-v", flag)
        answer = server.run(*words, "help", DISPLAY="127.0.0.1:0")
        assert answer.code == 0
        told = [line for line in answer.err.decode().splitlines() if "key options:" in line]
        assert [line.partition("key options: ")[2] for line in told] == ["command pty"] * len(told) != []
        assert flag == "-A" or b"X11 forwarding request failed" in answer.err

    def test_no_sftp(self, server: Server) -> None:
        answer = server.run("sftp", *self._copying(server), "127.0.0.1", given=b"ls\n")
        assert answer.code != 0
        assert b"other.db" not in answer.out

    @pytest.mark.parametrize("old", [[], ["-O"]], ids=["sftp", "scp"])
    @pytest.mark.parametrize("way", ["to", "from"])
    def test_no_scp(self, server: Server, house: House, old: list[str], way: str) -> None:
        ends = ["./alice.pub", f"127.0.0.1:{house.new}"] if way == "to" else [f"127.0.0.1:{house.secret}", "./got"]
        answer = server.run("scp", *old, *self._copying(server), *ends)
        assert answer.code != 0
        assert not (server.folder / "got").exists()

    def test_no_rsync(self, server: Server, house: House) -> None:
        shell = " ".join(server.ssh("alice", shared=True)[:-1])
        answer = server.run(needs("rsync"), "-e", shell, f"127.0.0.1:{house.secret}", "./got")
        assert answer.code != 0
        assert not (server.folder / "got").exists()

    @pytest.mark.parametrize("name", ["sftp", "shell", "netconf"])
    def test_no_subsystem(self, server: Server, name: str) -> None:
        answer = server.call("alice", name, options=["-s"], given=b"\x00\x00\x00\x05\x01\x00\x00\x00\x03")
        assert answer.code != 0
        assert answer.out == b""

    def _copying(self, server: Server) -> list[str]:
        import pwd

        user = pwd.getpwuid(os.getuid()).pw_name
        words = server.ssh("alice", shared=True)
        return ["-F", "none", "-P", str(server.port), "-o", f"User={user}", *words[words.index("-o") : -1]]

    @pytest.mark.parametrize(
        "told",
        [
            ["PYTHONPATH={outside}", "PYTHONINSPECT=1", "PYTHONSTARTUP={outside}/sitecustomize.py"],
            [
                *("HELPDESK_DESK={outside}/other.db", "HOME={outside}", "XDG_CONFIG_HOME={outside}", "PATH={outside}"),
                *("TEXTUAL_LOG={outside}/new-file", "TZ=:{outside}/secret.txt", "LC_ALL=../../x", "TMPDIR={outside}"),
                "SHELL={outside}/rc.sh",
            ],
        ],
        ids=["python's", "the program's"],
    )
    def test_no_variable_is_believed(self, server: Server, house: House, told: list[str]) -> None:
        """The server takes all of them; what each would do, `test_tries` tries one by one.

        Not over a shared connection: it would pass none of them on.
        """
        variables = f"SetEnv={' '.join(told)}".format(outside=house.outside)
        words = server.ssh("alice", "-v", "-o", variables)
        answer = server.run(*words, "list --count", given=b"import os; os.mkdir('x')\n")
        assert answer.code == 0, answer
        assert answer.out.strip().isdigit()
        said = answer.err.decode().splitlines()
        assert [
            one for one in told if not [line for line in said if f"setting env {one.partition('=')[0]} " in line]
        ] == []
        assert [line for line in said if line.startswith(("helpdesk", "Traceback"))] == []


class TestReadme:
    def test_its_lines_close_what_a_key_cannot(self, server: Server) -> None:
        """Whatever the rest of the server's configuration says: a key's `restrict` leaves tunnels open."""
        lines = README.partition("    Match User desk\n")[2].partition("\n\n")[0]
        config = server.folder / "as-in-the-readme"
        config.write_text(f"{(server.folder / 'config').read_text()}PermitTunnel yes\nMatch User desk\n{lines}\n")
        told = server.run(needs("sshd"), "-T", "-f", str(config), "-C", "user=desk,host=x,addr=127.0.0.1").out.decode()
        settings = dict(line.split(" ", 1) for line in told.splitlines() if not line.startswith("acceptenv "))
        taken = {line.split()[1] for line in told.splitlines() if line.startswith("acceptenv ")}
        assert settings["authorizedkeysfile"] == "/etc/ssh/helpdesk_keys"
        assert (settings["disableforwarding"], settings["permittunnel"], settings["permituserrc"]) == (
            "yes",
            "no",
            "no",
        )
        assert taken == {"LANG", "LC_*", "COLORTERM", "NO_COLOR"}


class TestBoard:
    @pytest.fixture(scope="class")
    def opened(self) -> Iterator[ExitStack]:
        """What is still open when the last of these tests is over."""
        with ExitStack() as found:
            yield found

    @pytest.fixture(scope="class")
    def boards(self) -> list[Terminal]:
        """Those that were opened, the one in use last: it takes a second to open one."""
        return []

    @pytest.fixture
    def board(self, server: Server, opened: ExitStack, boards: list[Terminal]) -> Terminal:
        """Alice's board over ssh, as it is when nothing is open over it and nothing sought."""
        server.needs_terminals()
        if not boards or boards[-1].process.poll() is not None:
            program = server.ssh("alice", "-tt", shared=True)
            boards.append(opened.enter_context(Terminal(server.folder, program=program, columns=120, rows=36)))
        else:
            boards[-1].press("esc", "esc", "esc")
        boards[-1].shows("To Do", "The printer of the house", patience=30)
        return boards[-1]

    def test_it_opens_as_the_person(self, board: Terminal) -> None:
        board.shows("alice", "agent")

    def test_a_reply_written_there_is_theirs(self, house: House, board: Terminal) -> None:
        board.press("enter")
        board.shows("Conversation")
        board.press("r")
        board.shows("The requester will read this")
        board.press("Written over ssh", "ctrl+s")
        board.wait(lambda: who_said(house, "Written over ssh"), "the reply on the desk")
        assert who_said(house, "Written over ssh") == [("alice",)]

    def test_no_key_stops_it_or_leaves_it_for_a_shell(self, board: Terminal) -> None:
        for key in "\x1a\x1c\x19\x1d\x00\x1e\x1f\x14\x0f":
            board.press(key)
            board.listen(0.2)
            assert board.process.poll() is None
        board.press("?")
        board.shows("Help")

    def test_the_palette_knows_no_way_out(self, board: Terminal) -> None:
        board.press("\x10")
        board.shows("Palette")
        for wanted in ("screenshot", "suspend", "shell", "import", "export", "backup", "restore", "editor", "console"):
            board.press(wanted)
            board.shows(wanted)
            board.listen(0.2)
            offered = [line for line in board.lines if wanted in line.lower()]
            assert len(offered) == 1, board.text  # what was typed
            board.press("ctrl+u")
            board.no_longer_shows(wanted)

    def test_files_are_neither_picked_nor_saved_nor_opened(self, server: Server, house: House, board: Terminal) -> None:
        server.call("alice", "attach 2 note.txt", given=b"x\n")
        board.press("/", "What alice", "enter")
        board.no_longer_shows("The printer of the house")
        board.press("f")
        board.shows("note.txt", "ssh … attach 2 NAME <FILE")
        assert not [words for words in ("attach a file", "^s save", "ctrl+s", "ctrl+n") if words in board.text]
        board.press("\x13", "\x0e", f"{house.outside}/")
        board.listen(0.5)
        assert "secret.txt" not in board.text.replace(f"{house.outside}/", "")
        board.press("\x15", "note", "enter")
        board.shows("files 2 --get note.txt")

    def test_a_pasted_path_is_a_pasted_text(self, house: House, board: Terminal) -> None:
        board.press(f"\x1b[200~{house.secret}\x1b[201~")
        board.listen(0.7)
        assert "Attach to" not in board.text
        assert SECRET not in board.text

    def test_it_leaves_as_it_came(self, board: Terminal) -> None:
        board.press("q")
        assert board.end() == 0
        assert b"Traceback" not in board.wire

    def test_a_line_that_is_cut_takes_the_program_with_it(self, board: Terminal) -> None:
        board.process.kill()
        board.process.wait(10)
        end = time.monotonic() + 20
        while _boards():
            assert time.monotonic() < end
            time.sleep(0.1)


def _boards() -> list[int]:
    """The processes of this account that are at alice's gate."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/cmdline", "rb") as words:
                if words.read().endswith(b"\0alice\0"):
                    found.append(int(name))
        except OSError:
            continue
    return found


class TestOneCommandAtATerminal:
    @pytest.fixture(autouse=True)
    def _terminals(self, server: Server) -> None:
        server.needs_terminals()

    def test_no_key_stops_it(self, server: Server) -> None:
        with Terminal(server.folder, program=[*server.ssh("alice", "-tt", shared=True), "reply 1"]) as asked:
            asked.shows("Write the reply", patience=30)
            asked.press("\x1a")
            asked.listen(0.5)
            asked.press("Still here\n", "\x04")
            asked.shows("undo", patience=20)
            assert asked.end() == 0

    def test_leaving_it_leaves_everything(self, server: Server) -> None:
        with Terminal(server.folder, program=[*server.ssh("alice", "-tt", shared=True), "reply 1"]) as asked:
            asked.shows("Write the reply", patience=30)
            asked.press("\x1c")
            assert asked.end() != 0
            assert "$" not in asked.lines[-1]
