"""Whatever the bytes: a report or one clear refusal, never anything else."""

from __future__ import annotations

import contextlib
import io
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpdesk_tui.desk import tickets
from helpdesk_tui.errors import Cancelled, UsageError
from helpdesk_tui.exchange import json_desk, list_map, log_map
from helpdesk_tui.exchange.csv_list import import_csv
from helpdesk_tui.exchange.log import import_log
from tests.builders import a_desk

GIGABYTE = 1 << 30

few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

CELLS = st.one_of(
    st.sampled_from(
        ["", "title", "due", "status", "A", "=1", '"', '""', "\x00", "\u202e", "2026-02-31", "1e999", "me", ","]
    ),
    st.text(max_size=6),
)
TABLES = st.lists(st.lists(CELLS, max_size=5).map(",".join), max_size=8).map("\n".join)
FILES = st.one_of(
    st.binary(max_size=200), TABLES.map(lambda text: ("title,due,status\n" + text).encode(errors="replace"))
)

LOG_MAP = '[columns]\nticket="title"\nactivity="status"\ntime="due"\n[ticket]\nother="note"\n'


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def one_desk(place):
    desk = a_desk(place)
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def untouched_desk(place):
    desk = a_desk(place / "untouched")
    yield desk
    desk.close()


def put(place: Path, content: bytes) -> Path:
    path = place / "file"
    path.write_bytes(content)
    return path


@few
@given(content=FILES)
def test_as_a_list(place, one_desk, content):
    with contextlib.suppress(UsageError):
        import_csv(one_desk, put(place, content))


@few
@given(content=FILES)
def test_as_a_log(place, one_desk, content):
    the_map = log_map.read(put(place, LOG_MAP.encode()))
    with contextlib.suppress(UsageError):
        import_log(one_desk, put(place, content), the_map)


@few
@given(
    content=st.one_of(
        st.binary(max_size=200), st.text(max_size=60).map(lambda text: (LOG_MAP + text).encode(errors="replace"))
    )
)
def test_as_a_map(place, content):
    for read in (log_map.read, list_map.read):
        with contextlib.suppress(UsageError):
            read(put(place, content))


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@few
@given(value=JSON, cut=st.integers(0, 40))
def test_as_an_export(untouched_desk, value, cut):
    text = '{"format": "helpdesk-json 1", "organizations": ' + json.dumps(value)
    with pytest.raises(UsageError):
        json_desk.import_json(untouched_desk, io.BytesIO(text.encode()[: len(text) - cut if cut < 20 else None]))


def of_a_gigabyte(folder: Path) -> Path:
    """A file of that size that takes no room on the disk."""
    path = folder / "large"
    with path.open("wb") as file:
        file.truncate(GIGABYTE)
    return path


def test_a_gigabyte_of_nothing_is_refused_after_its_beginning(tmp_path, untouched_desk):
    path = of_a_gigabyte(tmp_path)
    the_map = log_map.read(put(tmp_path, LOG_MAP.encode()))
    tracemalloc.start()
    with pytest.raises(UsageError, match="longer than 4,000,000 characters"):
        import_csv(untouched_desk, path)
    with pytest.raises(UsageError, match="longer than 4,000,000 characters"):
        import_log(untouched_desk, path, the_map)
    with path.open("rb") as file, pytest.raises(UsageError, match="an object is expected"):
        json_desk.import_json(untouched_desk, file)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 100_000_000


def test_moments_of_every_kind_in_one_file(place, untouched_desk):
    rows = (
        "local,2026-01-01 10:00\n"
        "with its zone,2026-01-01T10:00:00+02:00\n"
        "epoch,1e20\n"
        "over 2**63,9223372036854775808\n"
        "a week,2024-W01-1\n"
        "a leap second,2026-01-01 23:59:60\n"
        "year 0,0000-01-01\n"
        "year 10000,10000-01-01\n"
    )
    desk = a_desk(place / "moments")
    report = import_csv(desk, put(place, f"title,created\n{rows}".encode()))
    assert [card.title for card in tickets.find(desk, desk.ask("sort:created"))] == ["with its zone", "local"]
    assert [skip.lines for skip in report.skipped] == [(4,), (5,), (6,), (7,), (8,), (9,)]
    desk.close()


def test_what_stops_at_row_5000_of_10000_has_brought_nothing(place):
    desk = a_desk(place / "half")
    written = [0]

    def progress(done: int, of: int) -> None:
        written[0] = done if of else 0  # while the file is still being read, nobody knows of how many

    with pytest.raises(Cancelled):
        import_csv(
            desk,
            put(place, ("title\n" + "".join(f"ticket {at}\n" for at in range(10_000))).encode()),
            progress=progress,
            cancelled=lambda: written[0] >= 5_000,
        )
    assert written[0] >= 5_000
    assert tickets.count(desk, desk.ask("")) == 0
    desk.close()
