"""The board on a PostgreSQL server: it follows what others do, and outlives the server going away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Server
from tests.terminal.terminal import Terminal, helpdesk

LONG = 20.0
"""Seconds for what a server has to be started for, on a machine shared with other tests."""


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that may be stopped."""
    own = Server()
    yield own
    own.remove()


def test_it_follows_what_others_do_and_nothing_typed_is_lost_while_the_server_is_away(
    tmp_path: Path, server: Server
) -> None:
    url = server.url(server.new()).text
    assert helpdesk(tmp_path, "--desk", url, "list").returncode == 0
    with Terminal(tmp_path, "--desk", url) as board:
        board.shows("Welcome", patience=LONG)
        assert helpdesk(tmp_path, "--desk", url, "add", "From afar", "to:doing").returncode == 0
        board.shows("From afar", patience=LONG)
        server.stop()
        board.shows("the desk postgresql", patience=LONG)
        board.press("n")
        board.shows("New ticket")
        board.press("Typed meanwhile", "enter")
        board.shows("the desk postgresql", "Typed meanwhile", patience=LONG)
        server.start()
        board.press("enter")
        board.shows("#3", patience=LONG)
        assert helpdesk(tmp_path, "--desk", url, "add", "Once more").returncode == 0
        board.shows("Once more", patience=LONG)
    assert "Typed meanwhile" in helpdesk(tmp_path, "--desk", url, "list").stdout
