"""Rules: written and checked, set off by what happens, and what becomes of them when they cannot act."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpdesk_tui.desk import (
    automation,
    board_columns,
    boards,
    conversation,
    labels,
    notices,
    persons,
    rules,
    tickets,
    undo,
)
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.rules import Wording
from helpdesk_tui.errors import Conflict, HelpdeskError, LanguageError, NotAllowed, NotFound, UsageError
from helpdesk_tui.store import records
from tests.builders import a_person, a_ticket, desk_of, later


def a_rule(desk: Desk, when: str, query: str, change: str, name: str = "Rule", every: str = "") -> int:
    named = re.findall(r"label:(\w+)", query)
    made = rules.add(desk, Wording(name, when, query, change, every), labels=named).made
    assert made is not None
    return made


def history(desk: Desk, number: int) -> list[str]:
    return [f"{entry.who} {entry.what}" for entry in tickets.open_ticket(desk, number).history]


def found(desk: Desk, query: str) -> list[int]:
    """What a query finds; nothing where it names a label that has not been made."""
    try:
        return tickets.numbers(desk, desk.ask(query))
    except LanguageError:
        return []


def test_a_rule_acts_right_after_what_set_it_off_and_the_history_names_it(desk: Desk) -> None:
    a_rule(desk, "created", "printer", "+hardware priority:high", "Printers")
    number = a_ticket(desk, "Printer is dead")
    assert found(desk, "label:hardware priority:high") == [number]
    assert history(desk, number)[0] == "rules +hardware, priority normal → high (by rule “Printers”)"
    other = a_ticket(desk, "Mail is slow")
    assert other not in found(desk, "label:hardware")


def test_rules_are_tried_in_order_and_each_sees_what_those_before_it_did(desk: Desk) -> None:
    a_rule(desk, "created", "label:hardware", "priority:high", "Second in name")
    assert not found(desk, "priority:high")
    later_rule = a_rule(desk, "created", "printer", "+hardware", "First in order")
    rules.move(desk, later_rule, 1)
    assert [rule.name for rule in rules.rules(desk)] == ["First in order", "Reopen on reply", "Second in name"]
    number = a_ticket(desk, "Printer is dead")
    assert found(desk, "priority:high") == [number]


def test_a_rule_sets_off_others_but_never_itself(desk: Desk) -> None:
    a_rule(desk, "labelled", "label:one", "+two", "One")
    a_rule(desk, "changed", "label:two", "priority:up", "Two")
    number = a_ticket(desk, change="+one")
    assert found(desk, "priority:high label:two") == [number]
    assert [line.partition(" (by")[0] for line in history(desk, number)[:2]] == [
        "rules priority normal → high",
        "rules +two",
    ]


def test_rules_that_set_off_each_other_are_stopped_after_ten_steps_and_that_is_told(desk: Desk) -> None:
    a_rule(desk, "changed", "label:x", "-x", "Off with it")
    a_rule(desk, "changed", "-label:x", "+x", "On with it")
    number = a_ticket(desk, change="+x")
    steps = [entry for entry in rules.log(desk) if not entry.failed]
    assert len(steps) == 11, "both act on the change itself, and from the second a chain of ten goes on"
    assert "10 rules have followed from one another" in history(desk, number)[0]
    assert notices.latest(desk)[0].excerpt.startswith("The rule was stopped: 10 rules")


def test_each_step_of_a_rule_is_an_undo_step_that_an_admin_takes_back(desk: Desk) -> None:
    a_rule(desk, "created", "", "+new")
    number = a_ticket(desk)
    (acted,) = rules.log(desk)
    undo.undo_step(desk, acted.step)
    assert not found(desk, "label:new")
    assert rules.log(desk)[0].words == "+new (taken back)"
    assert number in found(desk, "is:open")


@pytest.mark.parametrize(
    ("when", "done"),
    [
        ("moved", "to:doing"),
        ("closed", "to:done"),
        ("assigned", "assignee:admin"),
        ("prioritized", "priority:high"),
        ("labelled", "+vpn"),
        ("noted", 'note:"hm"'),
        ("replied", 'reply:"hello"'),
        ("changed", "kind:incident"),
    ],
)
def test_what_sets_a_rule_off(desk: Desk, when: str, done: str) -> None:
    number = a_ticket(desk)
    a_rule(desk, when, "", "+acted")
    assert not found(desk, "label:acted")
    tickets.change_text(desk, [number], done)
    assert found(desk, "label:acted") == [number]


def test_what_does_not_set_a_rule_off(desk: Desk) -> None:
    number = a_ticket(desk)
    for when in ("moved", "closed", "assigned", "labelled", "replied", "answered", "created"):
        a_rule(desk, when, "", "+acted", f"When {when}")
    for done in ("kind:incident", "priority:high", 'note:"hm"', "watch:admin", 'check:"call"'):
        tickets.change_text(desk, [number], done)
    assert not rules.log(desk)


def test_an_answer_of_the_requester_opens_a_done_ticket_again_from_the_start(desk: Desk) -> None:
    asking = desk_of(desk, Role.REQUESTER, 2100)
    number = a_ticket(desk, requester_id=asking.actor.id, change="to:done")
    conversation.reply(desk, number, "It is solved.")
    assert found(desk, "is:done") == [number]
    conversation.reply(asking, number, "No, it is not.")
    assert found(desk, "is:open") == [number]
    tickets.change_text(desk, [number], "archive")
    conversation.reply(asking, number, "Still not.")
    assert found(desk, "is:open") == [number]


def test_what_rules_say_is_no_reply_of_the_team(desk: Desk) -> None:
    asking = desk_of(desk, Role.REQUESTER, 2100, "Mari Maasikas")
    a_rule(desk, "created", "", 'reply:"Hello {requester.first_name}, #{ticket.number} is with us." note:"auto"')
    number = a_ticket(desk, requester_id=asking.actor.id)
    detail = tickets.open_ticket(desk, number)
    assert [comment.body for comment in detail.conversation] == [f"Hello Mari, #{number} is with us.", "auto"]
    assert found(desk, "is:new") == [number]


def test_undoing_and_doing_again_sets_off_nothing(desk: Desk) -> None:
    number = a_ticket(desk)
    tickets.change_text(desk, [number], "priority:high")
    a_rule(desk, "prioritized", "", "+acted")
    rule_step = undo.undo(desk)  # the rule itself
    assert "rule" in rule_step.said
    undo.redo(desk)
    with_rule = rules.rules(desk)[-1]
    assert with_rule.name == "Rule"
    tickets.change_text(desk, [number], "kind:incident")
    undo.undo(desk)
    undo.redo(desk)
    assert not rules.log(desk)


def test_a_change_of_many_tickets_is_followed_by_one_step_of_a_rule(desk: Desk) -> None:
    numbers = [a_ticket(desk, f"Ticket {n}") for n in range(20)]
    a_rule(desk, "labelled", "label:vpn", "priority:high")
    tickets.change_text(desk, numbers, "+vpn")
    assert len({entry.step for entry in rules.log(desk)}) == 1
    assert sorted(found(desk, "priority:high")) == sorted(numbers)


# Time


# What goes wrong


def test_a_rule_that_cannot_act_is_told_once_and_does_not_stop_the_others(desk: Desk) -> None:
    bob = a_person(desk)
    a_rule(desk, "created", "", "assignee:bob", "To Bob")
    a_rule(desk, "created", "", "+acted", "After")
    persons.deactivate(desk, bob)
    numbers = [a_ticket(desk, f"Ticket {n}") for n in range(3)]
    assert sorted(found(desk, "label:acted is:unassigned")) == numbers
    assert [rule.problem.partition(".")[0] for rule in rules.rules(desk)] == ["", "bob is no longer active", ""]
    told = [notice for notice in notices.latest(desk) if "could not act" in notice.excerpt]
    assert [notice.number for notice in told] == [numbers[0]]
    assert [entry.failed for entry in rules.log(desk, rules.find(desk, "To Bob").id)] == [True]


def test_a_rule_that_names_a_label_that_is_gone_is_told_and_left_alone(desk: Desk) -> None:
    number = a_ticket(desk, change="+vpn")
    a_rule(desk, "tick", "label:vpn", "priority:up", "Vpn")
    labels.remove(desk, "vpn")
    for _ in range(3):
        automation.tick(desk)
    assert rules.find(desk, "Vpn").problem.startswith("There is no label `vpn`")
    assert len([notice for notice in notices.latest(desk) if "no label" in notice.excerpt]) == 1
    assert number in found(desk, "priority:normal")


def test_where_some_tickets_cannot_be_changed_the_others_are(desk: Desk) -> None:
    doing = next(column for column in boards.all_boards(desk)[0].columns if column.category == "doing")
    numbers = [a_ticket(desk, f"Ticket {n}") for n in range(3)]
    board_columns.edit_column(desk, doing.id, limit=1, hard=True)
    a_rule(desk, "tick", "is:open sort:number", "to:doing")
    later(desk, minutes=1)
    assert automation.tick(desk).steps == 1
    assert found(desk, "category:doing") == [numbers[0]]
    assert automation.tick(desk).steps == 0, "what could not be done is not tried each minute"
    tickets.change_text(desk, [numbers[0]], "to:done")
    later(desk, hours=2)
    assert automation.tick(desk).steps == 1


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (Wording("", "created", "", "+x"), "needs a name"),
        (Wording("R", "", "", "+x"), "does not say when"),
        (Wording("R", "craeted", "", "+x"), "`created`"),
        (Wording("R", "daily 25:00", "", "+x"), "no time of a day"),
        (Wording("R", "frist monday 09:00", "", "+x"), "no schedule"),
        (Wording("R", "monthly 32 09:00", "", "+x"), "no schedule"),
        (Wording("R", "created", "", ""), "changes nothing"),
        (Wording("R", "created", "prioritty:high", "+x"), "prioritty"),
        (Wording("R", "created", "", "assignee:nobodyknown"), "no person"),
        (Wording("R", "created", "assignee:me", "+x"), "Nobody is `me`"),
        (Wording("R", "created", "", "watch:me"), "Nobody is `me`"),
        (Wording("R", "created", "is:mine", "+x"), "Nobody is `me`"),
        (Wording("R", "created", "is:unread", "+x"), "unread"),
        (Wording("R", "tick", "", "+x"), "needs a query"),
        (Wording("R", "daily 07:00", "", "+x"), "not said"),
        (Wording("R", "created", "", "+x", "3d"), "Only a rule of `tick`"),
        (Wording("R", "tick", "is:open", "+x", "1m"), "no time after which"),
        (Wording("R", "tick", "is:open", "+x", "often"), "no time after which"),
        (Wording("R", "tick", "is:open", "+x", "0d"), "no time after which"),
        (Wording("R", "tick", "is:open", "+x", "1000000000d"), "no time after which"),
        (Wording("R", "monthly 0 09:00", "is:open", "+x"), "no schedule"),
        (Wording("R", "monthly 1000000000 09:00", "is:open", "+x"), "no schedule"),
        (Wording("R", "created", "", "+x message:hello"), "Nobody is told"),
        (Wording("R", "created", "", "report:daily"), "by a schedule"),
        (Wording("R", "created", "", 'reply:"{requester.nmae}"'), "no placeholder"),
        (Wording("R", "created", "", 'notify:admins message:"of {requester.nmae}"'), "no placeholder"),
        (Wording("R", "daily 07:00", "", "report:daily message:hello"), "told as it is"),
        (Wording("R", "created", "", 'canned:"On it"'), "no canned reply"),
        (Wording("R", "daily 07:00", "", "new:Nothing"), "no template"),
        (Wording("R", "created", "", "+x -x"), "both added and removed"),
        (Wording("R", "created", "", "escalate calm"), "at once"),
        (Wording("Reopen on reply", "created", "", "+x"), "already"),
        (Wording("R", "created", "x" * 3000, "+x"), "the limit"),
    ],
)
def test_what_cannot_be_is_refused_when_it_is_written(desk: Desk, written: Wording, said: str) -> None:
    with pytest.raises((UsageError, LanguageError, Conflict, NotFound)) as caught:
        rules.add(desk, written)
    assert said in str(caught.value)
    assert len(rules.rules(desk)) == 1


def test_what_another_tool_wrote_into_a_rule_is_told_and_stops_no_other(desk: Desk) -> None:
    number = a_ticket(desk)
    odd = {
        "Every": {"every": "1000000000d"},
        "Schedule": {"moment": "schedule", "schedule": "frist monday", "query": ""},
        "Query": {"query": "(((("},
        "Change": {"change": "explode:now"},
        "Moment": {"moment": "apocalypse"},
    }
    for name, values in odd.items():
        rule = a_rule(desk, "tick", "is:open", "+acted", name)
        with desk.store.writing() as unit:
            records.write(unit, "rule", rule, values)
            unit.commit()
    a_rule(desk, "tick", "is:open", "priority:high", "Whole")
    for _ in range(3):
        automation.tick(desk)
    assert found(desk, "priority:high label:acted") == [number], "the one of a very long time acts once"
    problems = {rule.name: bool(rule.problem) for rule in rules.rules(desk)}
    assert [name for name, problem in problems.items() if problem] == ["Schedule", "Query", "Change"]
    assert len(rules.log(desk)) == 5
    for rule in rules.rules(desk):
        if not rule.problem:
            rules.trial(desk, rule.id)


def test_only_admins_have_to_do_with_rules(desk: Desk) -> None:
    for role in (Role.AGENT, Role.VIEWER, Role.REQUESTER):
        other = desk_of(desk, role, 3000 + len(role))
        attempts = (
            lambda one: rules.rules(one),
            lambda one: rules.log(one),
            lambda one: rules.shipped(one),
            lambda one: rules.add(one, Wording("R", "created", "", "+x")),
            lambda one: rules.switch(one, 1, on=False),
            lambda one: rules.remove(one, [1]),
            lambda one: rules.trial(one, 1),
        )
        for attempt in attempts:
            with pytest.raises(NotAllowed):
                attempt(other)


def test_only_a_rule_notifies(desk: Desk) -> None:
    number = a_ticket(desk)
    with pytest.raises(LanguageError, match="for rules"):
        tickets.change_text(desk, [number], "notify:assignee")
    assert a_ticket(desk, "message:hello from the printer")


# Trying, switching, telling


def test_trying_a_rule_tells_what_it_would_do_and_does_nothing(desk: Desk) -> None:
    a_person(desk)
    numbers = [a_ticket(desk, f"Ticket {n}") for n in range(3)]
    rule = a_rule(desk, "tick", "is:open sort:number", 'assignee:auto reply:"On it." priority:up')
    before = [history(desk, number) for number in numbers]
    trial = rules.trial(desk, rule)
    assert trial.found == 3
    assert [would.number for would in trial.would] == numbers
    assert "assignee none → " in trial.would[0].does
    assert "priority normal → high" in trial.would[0].does
    assert [history(desk, number) for number in numbers] == before
    assert {would.does.partition("assignee none → ")[2].partition(":")[0] for would in trial.would} == {"admin", "bob"}


def test_trying_a_schedule_tells_when_it_comes_next(desk: Desk) -> None:
    trial = rules.trial_of(desk, Wording("Report", "weekdays 07:00", "", "report:daily"))
    assert trial.next_at is not None
    assert trial.next_at.isoformat().startswith("2026-11-26T07:00")
    (would,) = trial.would
    assert "told admin" in would.does


def test_a_rule_that_is_off_does_nothing_and_nothing_is_made_up_for(desk: Desk) -> None:
    rule = a_rule(desk, "created", "", "+acted")
    rules.switch(desk, rule, on=False)
    a_ticket(desk)
    rules.switch(desk, rule, on=True)
    assert not found(desk, "label:acted")
    number = a_ticket(desk)
    assert found(desk, "label:acted") == [number]


def test_those_named_are_told_in_their_notices_and_the_ticket_is_none_the_newer(desk: Desk) -> None:
    agent = desk_of(desk, Role.AGENT, 2300, "Bob Builder")
    number = a_ticket(desk, change="assignee:agent2300")
    notices.mark_seen(agent)
    a_rule(desk, "tick", "is:open idle>1d", 'notify:assignee message:"Nothing has happened."', "Stale", "1d")
    later(desk, days=2)
    assert automation.tick(desk).steps == 1
    assert notices.count(agent).new == 1
    (notice,) = [one for one in notices.latest(agent) if one.new]
    assert (notice.number, notice.who, notice.what) == (number, "rules", "told you by rule “Stale”")
    assert notice.excerpt == "Nothing has happened."
    assert found(desk, "idle>1d") == [number]
    assert notices.count(desk).new == 0


def test_a_message_is_filled_in_for_its_ticket(desk: Desk) -> None:
    agent = desk_of(desk, Role.AGENT, 2300, "Bob Builder")
    a_rule(desk, "created", "", 'notify:agent2300 message:"{ticket.title} came from {requester.name|nobody}."')
    a_ticket(desk, "Printer is dead")
    (notice,) = notices.look(agent)
    assert notice.excerpt == "Printer is dead came from nobody."


def test_the_daily_report_is_a_notice_about_no_ticket(desk: Desk) -> None:
    a_ticket(desk)
    rules.add_shipped(desk, "Daily report")
    later(desk, days=1)
    automation.tick(desk)
    assert notices.count(desk).new == 1
    (notice,) = notices.look(desk)
    assert notice.number == 0
    assert notice.excerpt.startswith("1 came in since yesterday, 1 open")
    assert notices.count(desk).new == 0


@pytest.mark.files_only
def test_a_report_is_kept_beside_the_desk_and_trying_writes_none(desk: Desk, tmp_path: Path) -> None:
    a_ticket(desk, "Printer is dead")
    rule = a_rule(desk, "daily 07:00", "", "report:file")
    assert f"told admin: The daily report is in {tmp_path / 'desk-reports'}" in rules.trial(desk, rule).would[0].does
    assert not (tmp_path / "desk-reports").exists()
    later(desk, days=1)
    automation.tick(desk)
    (kept,) = (tmp_path / "desk-reports").iterdir()
    assert kept.name == "daily-2026-11-25.txt"
    assert "Printer is dead" in kept.read_text()
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert notices.latest(desk)[0].excerpt == f"The daily report is in {kept}."


def test_an_agent_who_asked_themselves_answers_too(desk: Desk) -> None:
    agent = desk_of(desk, Role.AGENT, 2500)
    number = a_ticket(desk, requester_id=agent.actor.id, change="to:done")
    conversation.reply(agent, number, "Not solved for me.")
    assert found(desk, "is:open") == [number]


def test_every_rule_that_comes_with_the_program_can_be_added(desk: Desk) -> None:
    for one in rules.shipped(desk):
        if not one.added:
            rules.add_shipped(desk, one.wording.name)
    assert all(one.added for one in rules.shipped(desk))
    with pytest.raises(NotFound):
        rules.add_shipped(desk, "Route by skil")


def test_a_rule_keeps_working_when_it_is_written_differently(desk: Desk) -> None:
    rule = a_rule(desk, "created", "", "+one")
    rules.edit(desk, rule, Wording("Rule", "created", "", "+two"))
    number = a_ticket(desk)
    assert found(desk, "label:two -label:one") == [number]


def test_errors_are_of_the_kinds_that_screens_know(desk: Desk) -> None:
    with pytest.raises(HelpdeskError):
        rules.find(desk, "Nothing")


# What a tick looks at


# Undoing what set a rule off


def test_undoing_a_step_takes_back_what_rules_did_because_of_it(desk: Desk) -> None:
    number = a_ticket(desk, change="kind:incident")
    a_rule(desk, "prioritized", "", "+urgent")
    a_rule(desk, "labelled", "label:urgent", "assignee:auto", "Then")
    before = tickets.open_ticket(desk, number).card
    tickets.change_text(desk, [number], "priority:high")
    assert found(desk, "label:urgent assignee:admin") == [number]
    undo.undo(desk)
    after = tickets.open_ticket(desk, number).card
    assert (after.priority, after.labels, after.assignee) == (before.priority, before.labels, before.assignee)
    undo.redo(desk)
    assert found(desk, "priority:high -label:urgent") == [number], "doing again is what the person did"
    undo.undo(desk)
    assert found(desk, "priority:normal") == [number]


def test_undoing_the_making_of_a_ticket_that_a_rule_took_up(desk: Desk) -> None:
    agent = desk_of(desk, Role.AGENT, 2400)
    a_rule(desk, "created", "", "assignee:auto +new")
    number = a_ticket(agent, "A mistake")
    undo.undo(agent)
    assert number not in found(desk, "")
    assert undo.redo(agent).said == "done again: #1 A mistake"


def test_what_somebody_else_built_upon_stays(desk: Desk) -> None:
    agent = desk_of(desk, Role.AGENT, 2400)
    a_rule(desk, "prioritized", "", "+urgent")
    number = a_ticket(agent)
    tickets.change_text(agent, [number], "priority:high")
    tickets.change_text(desk, [number], "-urgent")
    with pytest.raises(Conflict):
        undo.undo(agent)
    assert found(desk, "priority:high") == [number]
