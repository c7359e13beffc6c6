"""Calendars, policies, rules and what they have done, in the document of a whole desk."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text

from helpdesk_tui.clock import FixedClock
from helpdesk_tui.desk import automation, calendars, conversation, policies, rules, service_levels, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.undo import undo
from helpdesk_tui.domain.calendar import read_week
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.rules import Wording
from helpdesk_tui.domain.service_level import Targets
from helpdesk_tui.domain.ticket import Priority
from helpdesk_tui.errors import UsageError
from helpdesk_tui.exchange import json_desk
from helpdesk_tui.store import service, tables_service
from tests.builders import NOON, a_desk, a_person, a_ticket, an_organization, as_uid, desk_of, later

KAI = 2001
NEW = ("calendars", "policies", "rules", "rule_runs", "automation")


@pytest.fixture
def another(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Opens a desk of that name."""
    with ExitStack() as opened:
        yield lambda name, **more: opened.enter_context(closing(a_desk(tmp_path / name, **more)))


@pytest.fixture
def promised(another: Callable[..., Desk]) -> Desk:
    """A desk with a policy and holidays of its own, tickets in every state, and rules that have acted."""
    return another("promised", stock=promises, clock=FixedClock(NOON + timedelta(days=2, minutes=5 * 7)))


def promises(desk: Desk) -> None:
    acme = an_organization(desk, "Acme")
    kai = a_person(desk, "Kai Kask", role=Role.REQUESTER, uid=KAI, organization=acme)
    night = calendars.Hours("Nights", "Asia/Kathmandu", read_week("daily 18-02"), "EE", own_days=(date(2026, 12, 1),))
    made = calendars.add(desk, night).made
    assert made is not None
    gold = policies.Terms("Gold", "org:Acme", made, {Priority.HIGH: Targets(30, None), Priority.NORMAL: Targets(5, 60)})
    policies.add(desk, gold)
    for change in ("", "priority:high", "status:waiting", "to:doing", "to:done"):
        a_ticket(desk, f"Asked {change}", change, requester_id=kai)
        later(desk, minutes=7)
    conversation.reply(desk, 4, "On it")
    later(desk, days=2)
    rules_that_have_acted(desk)
    service_levels.catch_up(desk)


def rules_that_have_acted(desk: Desk) -> None:
    """The rule that every desk has opens the ticket that is done; another has acted on two, and once on none."""
    with closing(as_uid(desk, KAI)) as asking:
        conversation.reply(asking, 5, "Not solved after all")
    made = rules.add(desk, Wording("Old", "tick", "idle>30d", "+old", "1d")).made
    runs = [{"rule_id": made, "ticket_id": number, "slot": 0, "at": desk.clock.now()} for number in (0, 1, 4)]
    with desk.store.writing() as unit:
        unit.run(insert(tables_service.rule_run), runs)
        unit.run(insert(tables_service.automation), [{"name": "lease", "holder": "a board", "until": NOON}])
        unit.commit()


def exported(desk: Desk, query: str | None = None) -> str:
    stream = io.StringIO()
    json_desk.export(desk, None if query is None else desk.ask(query), stream)
    return stream.getvalue()


def read(desk: Desk, document: str) -> None:
    json_desk.import_json(desk, io.BytesIO(document.encode()))


def clocks(desk: Desk) -> list[Any]:
    """All that is worked out of the tickets."""
    with desk.store.reading() as unit:
        return [
            *unit.rows(text("SELECT * FROM ticket_service ORDER BY ticket_id")),
            *unit.rows(text("SELECT * FROM stay ORDER BY ticket_id, place")),
            *unit.rows(text("SELECT sla_due_at, sla_risk_at, sla_calendar_id FROM ticket ORDER BY id")),
        ]


def test_there_and_back_is_equal_to_the_byte(promised: Desk, another: Callable[[str], Desk]) -> None:
    read(another("copy"), exported(promised))
    assert exported(another("copy")) == exported(promised)


def test_the_clocks_of_the_copy_are_those_of_the_desk(promised: Desk, another: Callable[[str], Desk]) -> None:
    read(another("copy"), exported(promised))
    assert clocks(another("copy")) == clocks(promised)
    with another("copy").store.reading() as unit:
        assert service.behind(unit) is None


def test_what_the_rules_did_is_not_done_again_in_the_copy(promised: Desk, another: Callable[[str], Desk]) -> None:
    read(another("copy"), exported(promised))
    copy = another("copy")
    assert so_far(copy) == so_far(promised)
    assert {"events", "rule:1", "rules"} <= {name for name, *_ in so_far(copy)}
    assert rules.rules(copy) == rules.rules(promised)
    before = tickets.open_ticket(copy, 5)
    assert automation.follow(copy) == 0
    assert tickets.open_ticket(copy, 5) == before


def so_far(desk: Desk) -> list[Any]:
    """What the rules have acted on, and how far they have come."""
    with desk.store.reading() as unit:
        done = unit.rows(text("SELECT * FROM rule_run ORDER BY 1, 2, 3"))
        come = unit.rows(text("SELECT name, upto FROM automation WHERE name NOT IN ('clocks', 'lease') ORDER BY 1"))
    return [*come, *done]


def test_rules_act_on_what_happens_in_the_copy(promised: Desk, another: Callable[[str], Desk]) -> None:
    for query in (None, "number:4,5"):
        name = f"copy of {query}"
        read(another(name), exported(promised, query))
        copy = another(name)
        tickets.change_text(copy, [5], "to:done")
        with copy.store.writing() as unit:
            unit.connection.exec_driver_sql("UPDATE person SET uid = 2001 WHERE name = 'Kai Kask'")
            unit.commit()
        conversation.reply(as_uid(copy, KAI), 5, "Again")
        assert tickets.open_ticket(copy, 5).card.closed is None


def test_a_change_of_a_policy_can_be_taken_back_in_the_copy(promised: Desk, another: Callable[[str], Desk]) -> None:
    gold = policies.find(promised, "Gold").policy
    before = clocks(promised)
    policies.change(promised, gold.id, policies.Terms(targets={Priority.NORMAL: Targets(15, 15)}))
    service_levels.catch_up(promised)
    copy = another("copy")
    read(copy, exported(promised))
    assert clocks(another("copy")) == clocks(promised) != before
    undo(another("copy"))
    service_levels.catch_up(another("copy"))
    assert clocks(another("copy")) == before


def test_an_export_from_before_there_were_policies_gets_those_of_a_new_desk(
    promised: Desk, another: Callable[[str], Desk]
) -> None:
    told = json.loads(exported(promised))
    for name in NEW:
        del told[name]
    told["events"] = []
    for ticket in told["tickets"]:
        for comment in ticket["comments"]:
            del comment["by_team"]
    copy = another("copy")
    read(copy, json.dumps(told))
    copy = another("copy")
    assert [use.policy.name for use in policies.uses(copy)] == ["Standard"]
    with copy.store.reading() as unit:
        assert unit.rows(text("SELECT DISTINCT policy_id FROM ticket_service")) == [(1,)]
        assert bool(unit.scalar(text("SELECT by_team FROM comment WHERE speech = 'reply'")))


def test_a_desk_without_any_policy_stays_without_one(promised: Desk, another: Callable[[str], Desk]) -> None:
    for use in policies.uses(promised):
        policies.remove(promised, use.policy.id)
    service_levels.catch_up(promised)
    read(another("copy"), exported(promised))
    assert policies.uses(another("copy")) == ()
    assert clocks(another("copy")) == clocks(promised)


def test_the_tickets_of_a_query_come_with_what_rules_did_to_them(promised: Desk) -> None:
    told = json.loads(exported(promised, "column:doing"))
    assert [ticket["number"] for ticket in told["tickets"]] == [4]
    assert [run["ticket"] for run in told["rule_runs"] if run["rule"] == 2] == [0, 4]


def test_rules_leave_the_desk_with_an_admin_alone(promised: Desk) -> None:
    told = json.loads(exported(desk_of(promised, Role.AGENT)))
    assert [len(told[name]) for name in NEW] == [2, 2, 0, 0, 0]


@pytest.mark.files_only
@pytest.mark.parametrize(
    ("what", "instead", "said"),
    [
        ('"zone":"Asia/Kathmandu"', '"zone":"Asia/Atlantis"', "“zone” is no time zone that is known here"),
        ('"zone":"Asia/Kathmandu"', '"zone":"../../etc/passwd"', "“zone” is no time zone"),
        ('"week":[[[0,120],[1080,1440]]', '"week":[[[0,120],[60,1440]]', "“week” is no week of opening hours"),
        ('"week":[[[0,120],[1080,1440]]', '"week":[[[0,120],[1080,1441]]', "“week” is no week of opening hours"),
        ('"week":[[[0,120],[1080,1440]]', '"week":[[["0",120],[1080,1440]]', "“week” is no week of opening hours"),
        ('"week":[[[0,120],[1080,1440]]', '"week":[[7]', "“week” is no week of opening hours"),
        ('"own_days":"2026-12-01"', '"own_days":"2026-12-32"', "“own_days” is not a list of days"),
        ('"own_days":"2026-12-01"', '"own_days":"2026-12-02 2026-12-01"', "“own_days” is not a list of days"),
        ('"targets":{"2":[5,60]', '"targets":{"7":[5,60]', "“targets” is not an object of targets by priority"),
        ('"targets":{"2":[5,60]', '"targets":{"2":[0,60]', "“targets” is too small or too large"),
        ('"targets":{"2":[5,60]', '"targets":{"2":[5,99999999]', "“targets” is too small or too large"),
        ('"targets":{"2":[5,60]', '"targets":{"2":[5]', "“targets” has a priority without its two targets"),
        ('"calendar":2,', '"calendar":99,', "a record of policy names a calendar that is not there"),
        ('"rule":2,"ticket":1,', '"rule":2,"ticket":0,', "has the same ticket as one before"),
        ('"rule":2,"ticket":1,', '"rule":9,"ticket":1,', "a record of rule_run names a rule that is not there"),
        ('"name":"rules","upto":', '"name":"rules","upto":9', "names a person that is not there"),
        ('"name":"events","upto":', '"name":"events","upto":9', "events that it does not hold"),
        ('"by_team":true', '"by_team":1', "“by_team” is not true or false"),
    ],
)  # fmt: skip
def test_what_no_desk_has_is_refused_in_one_line(
    promised: Desk, another: Callable[[str], Desk], what: str, instead: str, said: str
) -> None:
    document = exported(promised)
    assert what in document
    copy = another("copy")
    with pytest.raises(UsageError) as refused:
        read(copy, document.replace(what, instead, 1))
    assert said in refused.value.message
    assert tickets.count(copy, copy.ask("")) == 0


@pytest.mark.files_only
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"moment": "sometimes"}, "no rule is set off by “sometimes”"),
        ({"moment": "schedule", "schedule": "daily 25:00"}, "its schedule"),
        ({"moment": "created", "schedule": "daily 07:00"}, "has a schedule, and is set off by “created”"),
        ({"query": "label:("}, "its query, column"),
        ({"query": "is:open and"}, "its query, column"),
        ({"change": "priority:"}, "its change"),
        ({"change": ""}, "changes nothing"),
        ({"moment": "created", "schedule": "", "every": "3d"}, "it cannot act again every “3d”"),
    ],
)
def test_a_rule_that_cannot_be_read_is_refused_by_name(
    promised: Desk, another: Callable[[str], Desk], change: dict[str, str], said: str
) -> None:
    told = json.loads(exported(promised))
    told["rules"][-1] |= {"name": "Routing"} | change
    with pytest.raises(UsageError) as refused:
        read(another("copy"), json.dumps(told))
    assert "the rule “Routing”" in refused.value.message
    assert said in refused.value.message


@pytest.mark.files_only
def test_a_rule_may_name_what_the_desk_has_no_more(promised: Desk, another: Callable[[str], Desk]) -> None:
    told = json.loads(exported(promised))
    told["rules"][-1] |= {"query": "label:gone assignee:nobodyknows", "moment": "tick", "schedule": ""}
    copy = another("copy")
    read(copy, json.dumps(told))
    assert rules.rules(copy)[-1].query == "label:gone assignee:nobodyknows"


@pytest.mark.files_only
def test_a_policy_whose_query_cannot_be_read_is_refused_by_name(promised: Desk, another: Callable[[str], Desk]) -> None:
    told = json.loads(exported(promised))
    told["policies"][0] |= {"name": "Gold", "query": "org:Acme ("}
    with pytest.raises(UsageError, match="the policy “Gold”: its query, column"):
        read(another("copy"), json.dumps(told))


def test_a_calendar_that_never_opens_is_refused(promised: Desk, another: Callable[[str], Desk]) -> None:
    told = json.loads(exported(promised))
    told["calendars"][0]["week"] = [[]] * 7
    with pytest.raises(UsageError, match="never opens"):
        read(another("copy"), json.dumps(told))


def test_every_calendar_that_can_be_made_can_be_read(promised: Desk, another: Callable[[str], Desk]) -> None:
    calendars.add(promised, calendars.Hours("Always", "UTC", read_week("daily 0-24"), "DE", "BY"))
    read(another("copy"), exported(promised))
    assert calendars.uses(another("copy")) == calendars.uses(promised)
