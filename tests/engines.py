"""Which engine keeps the desks of the test that runs: a file, or for tests named in `ON_BOTH` a PostgreSQL server too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from helpdesk_tui.desk_url import DeskUrl
from tests.postgres import server

SQLITE, POSTGRESQL = "sqlite", "postgresql"

ON_BOTH = frozenset(
    {
        "tests.desk.test_keeping",
        "tests.desk.test_linking",
        "tests.desk.test_notices",
        "tests.desk.test_undo",
        "tests.exchange.test_json_service",
        "tests.store.test_earlier_clocks",
        "tests.store.test_plain",
        "tests.store.test_standing",
        "tests.store.test_search",
        "tests.store.test_service",
    }
)
"""Modules whose every test runs on both, unless it is marked `files_only`."""
MORE = frozenset({
    "tests.desk.test_at_work",
    "tests.desk.test_automation",
    "tests.desk.test_calendars",
    "tests.desk.test_canned",
    "tests.desk.test_checklist",
    "tests.desk.test_day",
    "tests.desk.test_daily",
    "tests.desk.test_erasing",
    "tests.desk.test_figures",
    "tests.desk.test_merging",
    "tests.desk.test_merging_organizations",
    "tests.desk.test_merging_people",
    "tests.desk.test_overtaken",
    "tests.desk.test_persons",
    "tests.desk.test_policies",
    "tests.desk.test_presence",
    "tests.desk.test_requests",
    "tests.desk.test_rules",
    "tests.desk.test_templates",
    "tests.desk.test_tickets",
    "tests.desk.test_timing",
    "tests.desk.test_worked_examples",
})  # fmt: skip
"""Those that do so when all that can is wanted on both (`pytest --both`), which takes its time."""

_chosen = SQLITE
_databases: dict[Path, DeskUrl] = {}
_lent: dict[str, object] = {}
"""The databases in use that are copies, and of what."""


@contextmanager
def chosen(engine: str) -> Iterator[None]:
    """Desks are kept by that engine meanwhile, and those on a server dropped at the end."""
    global _chosen
    _chosen = engine
    try:
        yield
    finally:
        _chosen = SQLITE
        while _databases:
            _, url = _databases.popitem()
            _give_back(database_of(url))


def on_postgres() -> bool:
    """Whether desks are kept on a server now."""
    return _chosen == POSTGRESQL


def database_of(url: DeskUrl) -> str:
    """The name of the database behind one of the server's URLs."""
    return "desk_" + url.text.partition("/desk_")[2].partition("?")[0]


def desk_in(folder: Path) -> Path | DeskUrl:
    """Where the desk of that folder is."""
    return _databases.get(folder, folder / "desk.db")


def make(folder: Path, key: object, fill: Callable[[DeskUrl], object]) -> None:
    """Make a desk for that folder on the server, if there is none; those of one `key` are filled once and copied."""
    if folder not in _databases:
        free = _free(key)
        name = free.pop() if free else _one_more(key, fill)
        _lent[name] = key
        _databases[folder] = server().url(name)


def a_url(folder: Path | None = None) -> DeskUrl:
    """An empty database, dropped with the others; it keeps the desk of the folder, if one is given."""
    url = server().url(server().new())
    _databases[folder or Path(url.text)] = url
    return url


@cache
def _free(_key: object) -> list[str]:
    """Databases that are as they were filled, and in nobody's use."""
    return []


def _one_more(key: object, fill: Callable[[DeskUrl], object]) -> str:
    name = server().new(_template(key, fill))
    server().keep(name)
    return name


def _give_back(name: str) -> None:
    """The next test that wants the same gets it again; nobody may notice that it was used."""
    key = _lent.pop(name, None)
    if key is not None and server().put_back(name):
        _free(key).append(name)
    else:
        server().drop(name)


@cache
def _made(_key: object) -> list[str]:
    return []


def _template(key: object, fill: Callable[[DeskUrl], object]) -> str:
    made = _made(key)
    if not made:
        name = server().new(_bare())
        fill(server().url(name))
        made.append(name)
    return made[0]


@cache
def _bare() -> str:
    """A desk that nobody has opened yet: making one runs its migrations, which takes a while."""
    from helpdesk_tui.store.postgres import PostgresStore

    name = server().new()
    PostgresStore(server().url(name)).close()
    return name
