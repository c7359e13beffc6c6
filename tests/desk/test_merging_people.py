"""Two people of the desk who are one in life."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from helpdesk_tui.desk import admission, conversation, merging_people, people, persons, presence, tickets, timing, undo
from helpdesk_tui.desk import notices as notices_of
from helpdesk_tui.desk.admission import Account
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.persons import Details
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.ssh_keys import KnownKey
from helpdesk_tui.errors import Conflict, NotAllowed, UsageError
from helpdesk_tui.store import directory, ssh_keys
from tests.builders import a_person, a_ticket, as_uid, desk_of


def everything(desk: Desk) -> list[object]:
    """All that is kept of people and whose is what, but for the log and what is derived."""
    tables = ("person", "comment", "check_step", "time_entry", "file", "view", "watcher", "board_member", "ssh_key")
    with desk.store.reading() as unit:
        found = [tuple(row) for table in tables for row in unit.rows(text(f"SELECT * FROM {table} ORDER BY 1, 2"))]
        return [*found, *map(tuple, unit.rows(text("SELECT id, requester_id, assignee_id FROM ticket ORDER BY id")))]


def by_mail(desk: Desk, name: str, mail: str, role: Role = Role.REQUESTER) -> int:
    return persons.add(desk, Details(name=name, mail=mail, role=role)).made or 0


def test_all_that_was_the_ones_is_the_others(desk: Desk) -> None:
    bob, rob = desk_of(desk, Role.AGENT, 2001, "Bob"), desk_of(desk, Role.AGENT, 2002, "Rob")
    number = a_ticket(desk, "check:look", "assignee:agent2002 watch:agent2002")
    asked = a_ticket(desk, requester_id=rob.actor.id)
    conversation.reply(rob, number, "hello")
    tickets.change_text(rob, [number], "time:25m")
    timing.start(rob, number)
    with desk.store.writing() as unit:
        unit.connection.execute(text("UPDATE person SET login = NULL, uid = NULL WHERE id = :id"), {"id": rob.actor.id})
        unit.connection.execute(text(f"INSERT INTO board_member VALUES (1, {rob.actor.id}, 'viewer')"))
        unit.connection.execute(
            text(f"INSERT INTO ssh_key VALUES (1, {rob.actor.id}, 'ssh-ed25519', 'AAAA', '', 0, {False})")
        )
        unit.commit()
    merging_people.merge(desk, rob.actor.id, bob.actor.id)
    found = tickets.open_ticket(desk, number)
    assert (found.assignee_id, found.card.assignee) == (bob.actor.id, "agent2001")
    assert tickets.open_ticket(desk, asked).requester_id == bob.actor.id
    assert {said.author for said in found.conversation} == {"agent2001"}
    assert [(spent.person, spent.minutes) for spent in timing.spent(desk, number)] == [("agent2001", 25)]
    assert timing.running(bob) is not None
    with desk.store.reading() as unit:
        assert unit.scalar(text(f"SELECT role FROM board_member WHERE person_id = {bob.actor.id}")) == "viewer"
        assert unit.rows(text("SELECT person_id FROM watcher")) == [(bob.actor.id,)]
        (key,) = ssh_keys.known(unit)
    assert isinstance(key, KnownKey)
    assert key.login == "agent2001"


def test_is_one_undo_step(desk: Desk) -> None:
    bob = by_mail(desk, "Bob Builder", "bob@example.org")
    rob = by_mail(desk, "Rob Builder", "rob@example.org")
    a_ticket(desk, requester_id=rob)
    before = everything(desk)
    merging_people.merge(desk, rob, bob)
    merged = everything(desk)
    assert merged != before
    undo.undo(desk)
    assert everything(desk) == before
    undo.redo(desk)
    assert everything(desk) == merged


def test_both_mail_addresses_lead_to_who_is_left(desk: Desk) -> None:
    bob, rob = by_mail(desk, "Bob", "bob@example.org"), by_mail(desk, "Rob", "rob@example.org")
    merging_people.merge(desk, rob, bob)
    with pytest.raises(Conflict, match="the mail"):
        by_mail(desk, "Another", "Rob@example.org")
    assert [one.name for one in people.everybody(desk) if one.role is Role.REQUESTER] == ["Bob"]


def test_what_the_other_lacks_is_taken_over(desk: Desk) -> None:
    bob = persons.add(desk, Details(name="Bob", skills=["vpn"], zone="UTC")).made or 0
    more = Details(name="Rob", mail="r@x.org", skills=["vpn", "mail"], zone="Europe/Riga", organization="Acme")
    rob = persons.add(desk, more).made or 0
    merging_people.merge(desk, rob, bob)
    with desk.store.reading() as unit:
        found = directory.person(unit, bob)
    assert found is not None
    assert (found.mail, found.skills, found.zone, found.organization) == ("r@x.org", ("vpn", "mail"), "UTC", "Acme")


def test_the_account_goes_along_and_leads_to_who_is_left(desk: Desk) -> None:
    asks = admission.admit(desk.store, Account(4711, "bob", "Bob"), desk.clock)
    agent = by_mail(desk, "Bob Builder", "bob@example.org", Role.AGENT)
    outcome = merging_people.merge(desk, asks.id, agent)
    assert outcome.warnings == ("Whoever comes in as bob is agent now, no longer requester.",)
    again = admission.admit(desk.store, Account(4711, "bob", "Bob"), desk.clock)
    assert (again.id, again.role) == (agent, Role.AGENT)


def test_the_merged_one_comes_in_no_more(desk: Desk) -> None:
    rob = desk_of(desk, Role.AGENT, 2002, "Rob")
    bob = by_mail(desk, "Bob", "bob@example.org", Role.AGENT)
    merging_people.merge(desk, rob.actor.id, bob)
    with pytest.raises(NotAllowed):
        tickets.create(rob, tickets.NewTicket("x"))


def test_notices_that_were_seen_stay_seen(desk: Desk) -> None:
    rob = desk_of(desk, Role.AGENT, 2002, "Rob")
    number = a_ticket(desk, change="assignee:agent2002")
    conversation.reply(desk, number, "hello")
    presence.here(rob, "screen", number)
    notices_of.look(rob)
    assert notices_of.count(rob).new == 0
    bob = by_mail(desk, "Bob", "bob@example.org", Role.AGENT)
    merging_people.merge(desk, rob.actor.id, bob)
    assert notices_of.count(as_uid(desk, 2002)).new == 0


class TestRefused:
    def test_for_two_who_both_have_an_account(self, desk: Desk) -> None:
        bob, rob = a_person(desk, "Bob"), a_person(desk, "Rob")
        with pytest.raises(Conflict, match="both have an account") as refused:
            merging_people.merge(desk, rob, bob)
        assert "user edit rob --login ''" in refused.value.hint

    def test_for_one_and_themselves(self, desk: Desk) -> None:
        bob = a_person(desk, "Bob")
        with pytest.raises(UsageError, match="themselves"):
            merging_people.merge(desk, bob, bob)

    def test_for_oneself_into_another(self, desk: Desk) -> None:
        other = by_mail(desk, "Bob", "b@x.org", Role.ADMIN)
        with pytest.raises(Conflict, match="last admin"):
            merging_people.merge(desk, desk.actor.id, other)
        desk_of(desk, Role.ADMIN)
        with pytest.raises(Conflict, match="yourself"):
            merging_people.merge(desk, desk.actor.id, other)

    def test_in_a_ring(self, desk: Desk) -> None:
        bob, rob = by_mail(desk, "Bob", "b@x.org"), by_mail(desk, "Rob", "r@x.org")
        merging_people.merge(desk, rob, bob)
        for source, target in ((bob, rob), (rob, bob)):
            with pytest.raises(Conflict, match="nobody any more"):
                merging_people.merge(desk, source, target)

    def test_where_the_other_could_not_take_over_the_work(self, desk: Desk) -> None:
        bob = a_person(desk, "Bob")
        a_ticket(desk, change="assignee:bob")
        with pytest.raises(Conflict, match="no agent"):
            merging_people.merge(desk, bob, by_mail(desk, "Rob", "r@x.org"))
