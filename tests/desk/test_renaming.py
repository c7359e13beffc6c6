"""What is kept in the two languages follows when something it names is called differently, or is told."""

from __future__ import annotations

from helpdesk_tui.desk import (
    board_columns,
    boards,
    canned,
    labels,
    organizations,
    persons,
    policies,
    rules,
    structure,
    templates,
    undo,
    views,
)
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.persons import Details
from helpdesk_tui.desk.policies import Terms
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.rules import Wording
from helpdesk_tui.domain.service_level import Targets
from helpdesk_tui.domain.ticket import Priority
from tests.builders import a_person, a_ticket, an_organization, column_id, desk_of

SOON = {priority: Targets(30, 120) for priority in Priority}


def a_rule(desk: Desk, query: str, change: str, name: str = "Rule", when: str = "created") -> None:
    rules.add(desk, Wording(name, when, query, change))


def written(desk: Desk, name: str = "Rule") -> tuple[str, str]:
    """The query and the change of a rule."""
    rule = rules.find(desk, name)
    return rule.query, rule.change


def test_a_label_is_renamed_wherever_it_is_named(desk: Desk) -> None:
    labels.add(desk, "vip")
    policies.add(desk, Terms("Vip", "label:vip", 1, SOON))
    a_rule(desk, "is:open label:Vip", "priority:high -vip")
    views.save(desk, "Important", "is:open label:vip sort:due")
    canned.add(desk, "Hello", "Hello", change="+vip")
    templates.add(desk, templates.Wording("Call", change="+vip"))
    labels.rename(desk, "vip", "very important")
    policy = policies.uses(desk)[0]
    assert (policy.policy.query, policy.problem) == ('label:"very important"', "")
    assert written(desk) == ('is:open label:"very important"', 'priority:high -"very important"')
    assert views.find(desk, "Important").query == 'is:open label:"very important" sort:due'
    assert canned.find(desk, "Hello").change == '+"very important"'
    assert templates.templates(desk)[0].change == '+"very important"'


def test_a_policy_serves_on(desk: Desk) -> None:
    labels.add(desk, "vip")
    policies.add(desk, Terms("Vip", "label:vip", 1, SOON))
    a_ticket(desk, change="+vip")
    labels.rename(desk, "vip", "gold")
    a_ticket(desk, change="+gold")
    assert policies.uses(desk)[0].open == 2


def test_one_undo_brings_both_back_also_for_somebody_who_may_change_no_rule(desk: Desk) -> None:
    labels.add(desk, "vip")
    a_rule(desk, "label:vip", "priority:high")
    agent = desk_of(desk, Role.AGENT)
    labels.rename(agent, "vip", "gold")
    assert written(desk)[0] == "label:gold"
    undo.undo(agent)
    assert written(desk)[0] == "label:vip"
    undo.redo(agent)
    assert written(desk)[0] == "label:gold"


def test_another_way_to_write_the_same_name_changes_nothing(desk: Desk) -> None:
    labels.add(desk, "vip")
    a_rule(desk, "label:vip", "priority:high")
    labels.rename(desk, "vip", "VIP")
    assert written(desk)[0] == "label:vip"


def test_a_board_and_an_organization(desk: Desk) -> None:
    acme = an_organization(desk, "Acme")
    a_rule(desk, 'org:Acme board:"IT Support"', "priority:high")
    organizations.edit(desk, acme, name="Acme Ltd")
    structure.rename_board(desk, boards.all_boards(desk)[0].id, "Support")
    assert written(desk)[0] == 'org:"Acme Ltd" board:Support'


def test_a_column_unless_another_board_has_one_of_that_name(desk: Desk) -> None:
    structure.add_board(desk, "Other")
    first = boards.all_boards(desk)[0]
    board_columns.edit_column(desk, first.columns[0].id, name="Inbox")
    a_rule(desk, "column:Inbox column:doing", "to:Inbox")
    board_columns.edit_column(desk, first.columns[0].id, name="New ones")
    board_columns.edit_column(desk, first.columns[1].id, name="At work")
    assert written(desk) == ('column:"New ones" column:doing', 'to:"New ones"')


def test_a_person_by_login_and_by_name_unless_it_still_means_them(desk: Desk) -> None:
    bob = a_person(desk, "Bob Berg", Role.AGENT, login="bob")
    a_rule(desk, 'assignee:bob or requester:"Bob Berg"', "notify:bob")
    persons.edit(desk, bob, Details(login="bberg"))
    assert written(desk) == ('assignee:bob or requester:"Bob Berg"', "notify:bob"), "Bob is still a word of the name"
    persons.edit(desk, bob, Details(name="Robert Berg"))
    assert written(desk) == ('assignee:bob or requester:"Robert Berg"', "notify:bob")


def test_a_canned_reply_and_a_template_that_a_rule_uses(desk: Desk) -> None:
    said = canned.add(desk, "Soon", "We are on it.").made
    made = templates.add(desk, templates.Wording("Backups")).made
    assert said is not None
    assert made is not None
    a_rule(desk, "", "canned:Soon")
    a_rule(desk, "", "new:Backups", "Monday", "first monday 09:00")
    canned.edit(desk, said, name="Very soon")
    templates.edit(desk, made, templates.Wording("Check the backups"))
    assert written(desk)[1] == 'canned:"Very soon"'
    assert written(desk, "Monday")[1] == 'new:"Check the backups"'


class TestWhatHasGone:
    def test_is_told_where_it_is_still_named(self, desk: Desk) -> None:
        labels.add(desk, "vip")
        policies.add(desk, Terms("Vip", "label:vip", 1, SOON))
        a_rule(desk, "label:vip", "priority:high")
        assert labels.remove(desk, "vip").warnings == ("The rule Rule, the policy Vip still name vip.",)

    def test_is_not_told_where_another_has_its_name(self, desk: Desk) -> None:
        structure.add_board(desk, "Other")
        a_rule(desk, "column:doing", "priority:high")
        assert board_columns.remove_column(desk, column_id(desk, "Doing")).warnings == ()

    def test_a_view_of_somebody_else_is_not_told(self, desk: Desk) -> None:
        labels.add(desk, "vip")
        views.save(desk_of(desk, Role.AGENT), "Mine", "label:vip", shared=False)
        assert labels.remove(desk, "vip").warnings == ()

    def test_a_rule_that_gives_tickets_to_who_leaves(self, desk: Desk) -> None:
        bob = a_person(desk, "Bob Berg", Role.AGENT, login="bob")
        a_rule(desk, "printer", "assignee:bob")
        a_rule(desk, "requester:bob", "priority:high", "Asking")
        assert persons.deactivate(desk, bob).warnings == ("The rule Rule still names bob.",)
