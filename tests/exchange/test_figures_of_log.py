"""The figures of a real log, worked out by the program after an import and again by a plain script from its file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from helpdesk_tui.clock import FixedClock
from helpdesk_tui.desk import calendars, figures, service_levels
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.figures import Dimension
from helpdesk_tui.exchange import figures_json, log_map
from helpdesk_tui.exchange.log import import_log
from tests.exchange import plain_log_figures
from tests.exchange.conftest import DATA, NOW

ROME = ZoneInfo("Europe/Rome")
MAP = Path(__file__).parent / "maps" / "helpdesk_log.toml"

PERIODS = {
    "all": (date(2010, 1, 13), NOW.date()),
    "2012": (date(2012, 1, 1), date(2012, 12, 31)),
    "2011-03": (date(2011, 3, 1), date(2011, 3, 31)),
    "2010-10-31": (date(2010, 10, 31), date(2010, 10, 31)),
    "2012-10-25..2012-11-02": (date(2012, 10, 25), date(2012, 11, 2)),
    "2009": (date(2009, 1, 1), date(2009, 12, 31)),
    "2027": (date(2027, 1, 1), date(2027, 12, 31)),
}
"""A year, a month in which the clock goes forth, the day on which it goes back, before everything, and to come."""


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[figures.Facts]:
    """What the program reads of the imported log, its calendar and the person asking in the log's own zone."""
    log = DATA / "helpdesk_log.csv"
    if not log.exists():
        pytest.skip("the real log is not in ../shared/data")
    desk = _desk(tmp_path_factory.mktemp("figures"))
    calendar = calendars.find(desk, "Standard")
    calendars.change(desk, calendar.id, calendars.Hours(zone="Europe/Rome"))
    service_levels.catch_up(desk)
    import_log(desk, log, log_map.read(MAP))
    yield figures.facts(desk)
    desk.close()


@pytest.fixture(scope="module")
def plain() -> list[plain_log_figures.Ticket]:
    return plain_log_figures.read(DATA / "helpdesk_log.csv")


def _desk(folder: Path) -> Desk:
    from helpdesk_tui import bootstrap
    from helpdesk_tui.config import Config

    config = Config(folder / "desk.db", folder / "screens.json", folder / "log", folder / "drafts.json")
    return bootstrap.open_desk(config, clock=FixedClock(NOW), zone=ROME, example=False)


@pytest.mark.parametrize("named", PERIODS)
def test_the_program_and_the_script_say_the_same(
    facts: figures.Facts, plain: list[plain_log_figures.Ticket], named: str
) -> None:
    period = figures.period(facts, named)
    assert (period.first, period.last) == PERIODS[named]
    found = figures.figures(facts, period)
    groups = {by: figures.groups(facts, period, by) for by in Dimension}
    told = figures_json.shape(found, groups, "")
    expected = plain_log_figures.figures(plain, *PERIODS[named], ROME, NOW + timedelta(milliseconds=1))
    assert _shaped(told, bool(found.days)) == _rounded(expected)


def _shaped(told: dict[str, Any], begun: bool) -> dict[str, Any]:
    """What the program says in the form of the script."""
    kept, backlog, columns, flow = told["sla_kept"], told["backlog"], told["time_in_column"], told["flow"]
    return _rounded(
        {
            "resolution": _without_points(told["resolution"]),
            "sla_kept": {
                "count": kept["count"],
                "part": kept["part"],
                "first_reply": kept["first_reply"]["part"],
                "resolution": kept["resolution"]["part"],
            },
            "reopen": {"count": told["reopen"]["count"], "part": told["reopen"]["part"]},
            "backlog": {
                "count": backlog["count"],
                "ages": {each["age"]: each["count"] for each in backlog["ages"]},
            },
            "lead_time": _without_points(told["lead_time"]),
            "cycle_time": _without_points(told["cycle_time"]),
            "time_in_column": {
                each["column"]: {name: each[name] for name in each if name not in {"board", "column"}}
                for each in columns["columns"]
            },
            "throughput": {
                "count": told["throughput"]["count"],
                "by agent": {each["name"]: each["count"] for each in told["throughput"]["by"]["agent"]},
                "days": {each["day"]: each["closed"] for each in told["throughput"]["points"] if each["closed"]},
            },
            "flow": {
                **{
                    what: {each["day"]: each[what] for each in flow["points"] if each[what]}
                    for what in ("created", "closed", "reopened")
                },
                "columns": {k: v for k, v in flow["points"][-1]["columns"].items() if v} if begun else {},
            },
        }
    )


def _without_points(shape: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in shape.items() if name != "points"}


def _rounded(found: Any) -> Any:
    """Seconds to a millionth: the two add up in different orders."""
    if isinstance(found, dict):
        return {name: _rounded(value) for name, value in found.items()}
    return round(found, 3) if isinstance(found, float) else found


def test_the_figures_that_the_log_cannot_have_are_none(facts: figures.Facts) -> None:
    found = figures.figures(facts, figures.period(facts, "all"))
    assert found.first_reply.spread.count == 0
    assert found.satisfaction.well.rate is None
    assert found.first_contact.rate == 0


def test_backlog_goes_with_what_comes_and_goes(facts: figures.Facts) -> None:
    found = figures.figures(facts, figures.period(facts, "all"))
    flow, open_ = found.flow, 0
    for day, (came, went, back) in enumerate(zip(flow.created, flow.closed, flow.reopened, strict=True)):
        open_ += came - went + back
        assert found.backlog.days[day] == open_
    assert open_ == found.backlog.count
