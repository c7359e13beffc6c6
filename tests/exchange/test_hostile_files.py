"""Whatever the bytes: a report or one clear refusal, never anything else."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpdesk_tui.errors import UsageError
from helpdesk_tui.exchange import json_desk, list_map, log_map
from helpdesk_tui.exchange.csv_list import import_csv
from helpdesk_tui.exchange.log import import_log
from tests.builders import a_desk

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
