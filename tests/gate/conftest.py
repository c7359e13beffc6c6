"""One house a worker: its gate is called at again and again, and nothing of it may change but what callers may do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.gate.house import Doorman, House
from tests.gate.server import Server


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A desk with alice (an agent), bob (who asks for help) and carol (who was let go), and what is around it."""
    return House(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="session")
def doorman(house: House) -> Iterator[Doorman]:
    """Calls at its gate, quickly."""
    found = Doorman(house)
    yield found
    found.close()


@pytest.fixture(scope="session")
def server(house: House) -> Iterator[Server]:
    """sshd in front of that gate, with a key for alice and one for bob."""
    found = Server(house)
    yield found
    found.close()
