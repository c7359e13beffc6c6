"""Adding people, changing what is noted about them, letting them go and taking them back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from helpdesk_tui.desk import (
    admission,
    handing_over,
    merging_people,
    organizations,
    people,
    persons,
    structure,
    tickets,
    timing,
    undo,
)
from helpdesk_tui.desk.admission import Account
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.persons import HERE, Away, Details
from helpdesk_tui.domain.people import Actor, Person, Role
from helpdesk_tui.errors import Conflict, LetOut, NotAllowed, NotFound, UsageError
from helpdesk_tui.store import directory
from tests.builders import NOON, a_person, a_ticket, desk_of


def person(desk: Desk, person_id: int | None) -> Person:
    with desk.store.reading() as unit:
        found = directory.person(unit, person_id or 0)
    assert found is not None
    return found


class TestAdding:
    def test_everything_is_noted(self, desk: Desk) -> None:
        made = persons.add(
            desk,
            Details(
                name="Cleo  Clark",
                login="cleo",
                mail="Cleo@Example.org",
                role=Role.AGENT,
                organization="Acme",
                skills=["printers", "vpn"],
                languages=["EN", "et"],
                zone="Europe/Tallinn",
                capacity=5,
                away=Away(NOON, NOON + timedelta(days=2)),
                color="blue",
                initials="CC",
            ),
        ).made
        assert person(desk, made) == Person(
            made or 0,
            "cleo",
            "Cleo Clark",
            Role.AGENT,
            "cleo@example.org",
            "Acme",
            True,
            ("printers", "vpn"),
            ("en", "et"),
            "Europe/Tallinn",
            5,
            NOON,
            NOON + timedelta(days=2),
            "blue",
            "CC",
        )

    def test_a_name_is_enough_and_makes_a_requester(self, desk: Desk) -> None:
        assert person(desk, persons.add(desk, Details(name="Rita")).made).role is Role.REQUESTER

    def test_without_a_name_the_account_gives_it(self, desk: Desk) -> None:
        made = persons.add(desk, Details(login="zoe"), Account(4711, "zoe", "Zoë Zimmer")).made
        assert person(desk, made).name == "Zoë Zimmer"

    def test_is_taken_back_and_done_again(self, desk: Desk) -> None:
        made = persons.add(desk, Details(name="Rita", login="rita")).made
        undo.undo(desk)
        assert all(one.name != "Rita" for one in people.people(desk))
        assert persons.add(desk, Details(name="Rita R.", login="rita")).made == made
        assert person(desk, made).name == "Rita R."

    @pytest.mark.parametrize(
        ("details", "says"),
        [
            (Details(name="Other", login="BOB"), "login"),
            (Details(name="Other", mail="BOB@example.org"), "mail"),
        ],
    )
    def test_the_same_person_twice_is_refused(self, desk: Desk, details: Details, says: str) -> None:
        persons.add(desk, Details(name="Bob", login="bob", mail="bob@example.org"))
        with pytest.raises(Conflict, match=f"bob has the {says}"):
            persons.add(desk, details)

    @pytest.mark.parametrize(
        "details",
        [
            Details(),
            Details(name="\u200b"),
            Details(name="x" * 101),
            Details(name="x", login="two words"),
            Details(name="x", login="-rf"),
            Details(name="x", login="\x1b[31m"),
            Details(name="x", login="a,b"),
            Details(name="x", mail="nobody"),
            Details(name="x", mail="a@b, c@d"),
            Details(name="x", mail="a@b\u202e"),
            Details(name="x", zone="Mars/Olympus"),
            Details(name="x", zone="../../etc/passwd"),
            Details(name="x", capacity=-1),
            Details(name="x", color="mauve"),
            Details(name="x", initials="ABCD"),
            Details(name="x", initials="\u202e"),
            Details(name="x", languages=["klingon!"]),
            Details(name="x", skills=["s" * 41]),
            Details(name="x", skills=[f"s{n}" for n in range(31)]),
            Details(name="x", away=Away(NOON, NOON)),
        ],
    )
    def test_what_cannot_be_is_refused_with_a_hint(self, desk: Desk, details: Details) -> None:
        before = len(people.people(desk))
        with pytest.raises(UsageError) as refused:
            persons.add(desk, details)
        assert refused.value.hint
        assert "\x1b" not in str(refused.value)
        assert len(people.people(desk)) == before

    def test_whose_mail_is_of_an_organization_joins_it(self, desk: Desk) -> None:
        organizations.add(desk, "Acme", domains=["acme.example"])
        made = persons.add(desk, Details(name="Rita", mail="rita@ACME.example")).made
        assert person(desk, made).organization == "Acme"


class TestTheAccount:
    def test_whoever_was_added_by_a_login_is_known_by_their_account_when_they_come(self, desk: Desk) -> None:
        made = persons.add(desk, Details(name="Cleo", login="cleo", role=Role.AGENT)).made
        actor = admission.admit(desk.store, Account(4711, "cleo", "Somebody"), desk.clock)
        assert (actor.id, actor.name, actor.role) == (made, "Cleo", Role.AGENT)

    def test_nobody_becomes_who_was_known_by_name_alone(self, desk: Desk) -> None:
        made = persons.add(desk, Details(name="cleo", role=Role.ADMIN)).made
        actor = admission.admit(desk.store, Account(4711, "cleo", "cleo"), desk.clock)
        assert actor.id != made
        assert actor.role is Role.REQUESTER

    def test_nor_who_has_another_account(self, desk: Desk) -> None:
        made = persons.add(desk, Details(login="cleo", role=Role.ADMIN), Account(4711, "cleo", "Cleo")).made
        actor = admission.admit(desk.store, Account(4712, "cleo", "Cleo"), desk.clock)
        assert actor.id != made
        assert actor.role is Role.REQUESTER

    def test_a_deactivated_one_is_not_let_in_by_their_first_coming(self, desk: Desk) -> None:
        made = persons.add(desk, Details(name="Cleo", login="cleo")).made
        persons.deactivate(desk, made or 0)
        with pytest.raises(NotAllowed, match="deactivated"):
            admission.admit(desk.store, Account(4711, "cleo", "Cleo"), desk.clock)

    def test_one_whose_adding_was_taken_back_comes_as_a_stranger(self, desk: Desk) -> None:
        persons.add(desk, Details(login="cleo", role=Role.ADMIN), Account(4711, "cleo", "Cleo"))
        undo.undo(desk)
        assert admission.admit(desk.store, Account(4711, "cleo", "Cleo"), desk.clock).role is Role.REQUESTER

    def test_with_another_login_the_account_is_let_go(self, desk: Desk) -> None:
        made = persons.add(desk, Details(login="cleo"), Account(4711, "cleo", "Cleo")).made or 0
        persons.edit(desk, made, Details(login="cleopatra"))
        assert admission.admit(desk.store, Account(4711, "cleo", "Cleo"), desk.clock).id != made


class TestEditing:
    def test_only_what_is_given_changes_and_it_is_undone(self, desk: Desk) -> None:
        bob = a_person(desk, "Bob")
        before = person(desk, bob)
        persons.edit(desk, bob, Details(mail="bob@example.org", capacity=3))
        assert (person(desk, bob).mail, person(desk, bob).capacity, person(desk, bob).name) == (
            "bob@example.org",
            3,
            "Bob",
        )
        undo.undo(desk)
        assert person(desk, bob) == before

    def test_an_empty_value_takes_it_away(self, desk: Desk) -> None:
        full = Details(name="Bob", mail="b@example.org", organization="Acme", skills=["x"], capacity=3, away=Away(NOON))
        bob = persons.add(desk, full).made or 0
        persons.edit(desk, bob, Details(mail="", organization="", skills=(), capacity=0, away=HERE))
        found = person(desk, bob)
        assert (found.mail, found.organization, found.skills, found.capacity, found.away_from) == (
            "",
            "",
            (),
            None,
            None,
        )

    def test_of_themselves_people_say_what_they_can_do_but_not_who_they_are(self, desk: Desk) -> None:
        agent = desk_of(desk, Role.AGENT)
        persons.edit(agent, agent.actor.id, Details(skills=["vpn"], zone="UTC", initials="A", away=HERE))
        assert person(desk, agent.actor.id).skills == ("vpn",)
        for more in (Details(role=Role.ADMIN), Details(mail="x@y"), Details(name="Boss"), Details(capacity=1)):
            with pytest.raises(NotAllowed):
                persons.edit(agent, agent.actor.id, more)
        with pytest.raises(NotAllowed):
            persons.edit(agent, desk.actor.id, Details(skills=["vpn"]))

    def test_what_is_open_goes_along_into_the_first_organization(self, desk: Desk) -> None:
        rita = a_person(desk, "Rita", Role.REQUESTER)
        done, opened = (a_ticket(desk, change=change, requester_id=rita) for change in ("to:done", ""))
        told = persons.edit(desk, rita, Details(organization="Acme"))
        assert told.said == "rita changed, 1 open ticket went along"
        assert [tickets.open_ticket(desk, number).organization for number in (done, opened)] == ["", "Acme"]
        persons.edit(desk, rita, Details(organization="Elsewhere"))
        assert tickets.open_ticket(desk, opened).organization == "Acme"
        undo.undo(desk)
        undo.undo(desk)
        assert tickets.open_ticket(desk, opened).organization == ""

    def test_any_of_their_mail_addresses_means_them(self, desk: Desk) -> None:
        rita, twin = (
            persons.add(desk, Details(name="Rita", mail=f"{word}@example.org")).made or 0 for word in ("r_ta", "rxta")
        )
        assert people.person(desk, "R_ta@example.org").id == rita
        merging_people.merge(desk, rita, twin)
        assert people.person(desk, "r_ta@example.org").id == people.person(desk, "rxta@example.org").id == twin
        with pytest.raises(NotFound):
            people.person(desk, "rita@example.org")

    def test_the_last_admin_stays_one(self, desk: Desk) -> None:
        with pytest.raises(Conflict, match="last admin"):
            persons.edit(desk, desk.actor.id, Details(role=Role.AGENT))
        desk_of(desk, Role.ADMIN)
        persons.edit(desk, desk.actor.id, Details(role=Role.AGENT))

    def test_somebody_nobody_can_come_in_as_is_no_other_admin(self, desk: Desk) -> None:
        persons.add(desk, Details(name="Paper", role=Role.ADMIN))
        with pytest.raises(Conflict, match="last admin"):
            persons.edit(desk, desk.actor.id, Details(role=Role.AGENT))


class TestDeactivating:
    def test_lets_them_in_no_more_at_once(self, desk: Desk) -> None:
        agent = desk_of(desk, Role.AGENT)
        persons.deactivate(desk, agent.actor.id)
        with pytest.raises(LetOut):
            tickets.create(agent, tickets.NewTicket("x"))

    def test_hands_their_open_tickets_over_in_the_same_step(self, desk: Desk) -> None:
        bob, cleo = a_person(desk, "Bob"), a_person(desk, "Cleo")
        first, done, archived, second = (
            a_ticket(desk, change=f"assignee:bob {more}") for more in ("", "to:done", "archive", "")
        )
        outcome = persons.deactivate(desk, bob, cleo)
        assert outcome.said == "bob deactivated, 2 open tickets handed over"
        assert outcome.numbers == (first, second)
        assert handing_over.open_numbers(desk, cleo) == (first, second)
        assert tickets.open_ticket(desk, done).assignee_id == tickets.open_ticket(desk, archived).assignee_id == bob
        undo.undo(desk)
        assert person(desk, bob).active
        assert handing_over.open_numbers(desk, bob) == (first, second)

    def test_without_anybody_to_take_them_they_stay_and_are_told(self, desk: Desk) -> None:
        bob = a_person(desk, "Bob")
        number = a_ticket(desk, change="assignee:bob")
        assert "1 open ticket is still bob’s" in persons.deactivate(desk, bob).warnings[0]
        assert handing_over.open_numbers(desk, bob) == (number,)

    def test_what_stands_where_the_other_does_not_work_stays_and_is_told(self, desk: Desk) -> None:
        bob, cleo = a_person(desk, "Bob"), a_person(desk, "Cleo")
        board = structure.add_board(desk, "Members").made or 0
        with desk.store.writing() as unit:
            unit.connection.exec_driver_sql(f"UPDATE board SET members_only = TRUE WHERE id = {board}")
            unit.connection.exec_driver_sql(f"INSERT INTO board_member VALUES ({board}, {bob}, 'agent')")
            unit.commit()
        here, there = a_ticket(desk, assignee_id=bob), a_ticket(desk, board_id=board, assignee_id=bob)
        outcome = persons.deactivate(desk, bob, cleo)
        assert outcome.numbers == (here,)
        assert "1 open ticket is still bob’s" in outcome.warnings[0]
        assert handing_over.open_numbers(desk, bob) == (there,)

    @pytest.mark.parametrize("role", [Role.VIEWER, Role.REQUESTER])
    def test_not_to_those_who_cannot_work_on_them(self, desk: Desk, role: Role) -> None:
        bob, other = a_person(desk, "Bob"), a_person(desk, "Other", role)
        with pytest.raises(UsageError):
            persons.deactivate(desk, bob, other)
        assert person(desk, bob).active

    def test_they_are_offered_no_more(self, desk: Desk) -> None:
        bob = a_person(desk, "Bob")
        persons.deactivate(desk, bob)
        assert bob not in {agent.id for agent in people.agents(desk)}
        with pytest.raises(UsageError, match="no longer active"):
            a_ticket(desk, change="assignee:bob")

    def test_their_timer_stops(self, desk: Desk) -> None:
        agent = desk_of(desk, Role.AGENT)
        number = a_ticket(desk)
        timing.start(agent, number)
        persons.deactivate(desk, agent.actor.id)
        assert tickets.open_ticket(desk, number).minutes == 0
        assert timing.running(agent) is None

    def test_nobody_deactivates_themselves_least_of_all_the_last_admin(self, desk: Desk) -> None:
        with pytest.raises(Conflict, match="last admin"):
            persons.deactivate(desk, desk.actor.id)
        desk_of(desk, Role.ADMIN)
        with pytest.raises(Conflict, match="yourself"):
            persons.deactivate(desk, desk.actor.id)

    def test_they_are_taken_back_with_their_role(self, desk: Desk) -> None:
        bob = a_person(desk, "Bob")
        persons.deactivate(desk, bob)
        persons.reactivate(desk, bob)
        assert (person(desk, bob).active, person(desk, bob).role) == (True, Role.AGENT)
        with pytest.raises(Conflict):
            persons.reactivate(desk, bob)


class TestGivingWork:
    def test_to_somebody_away_is_warned_of(self, desk: Desk) -> None:
        bob = a_person(desk, "Bob")
        persons.edit(desk, bob, Details(away=Away(end=datetime(2026, 12, 2, tzinfo=UTC))))
        number = a_ticket(desk)
        assert tickets.change_text(desk, [number], "assignee:bob").warnings == ("bob is away until 2 Dec.",)
        assert tickets.create(desk, tickets.NewTicket("x", assignee_id=bob)).warnings == ("bob is away until 2 Dec.",)
        persons.edit(desk, bob, Details(away=HERE))
        assert tickets.create(desk, tickets.NewTicket("x", assignee_id=bob)).warnings == ()

    def test_beyond_what_somebody_can_is_warned_of(self, desk: Desk) -> None:
        bob = a_person(desk, "Bob")
        persons.edit(desk, bob, Details(capacity=1))
        assert tickets.create(desk, tickets.NewTicket("x", assignee_id=bob)).warnings == ()
        warned = tickets.create(desk, tickets.NewTicket("x", assignee_id=bob)).warnings
        assert warned == ("bob has 2 open tickets, more than their 1.",)


class TestTakingBack:
    def test_what_one_says_of_oneself_is_taken_back_by_anybody(self, desk: Desk) -> None:
        asks = desk_of(desk, Role.REQUESTER)
        persons.edit(asks, asks.actor.id, Details(languages=["et"]))
        undo.undo(asks)
        assert person(desk, asks.actor.id).languages == ()

    def test_leaves_nobody_without_an_admin(self, desk: Desk) -> None:
        bob = a_person(desk, "Bob")
        raised = persons.edit(desk, bob, Details(role=Role.ADMIN)).change_set or 0
        persons.edit(desk, desk.actor.id, Details(role=Role.AGENT))
        as_bob = Desk(desk.store.again(), Actor(bob, "bob", "Bob", Role.ADMIN), desk.clock, desk.zone)
        with pytest.raises(Conflict, match="without an admin"):
            undo.undo_step(as_bob, raised)
        as_bob.close()


@pytest.mark.files_only
def test_ten_thousand_people_are_listed_and_found_fast(desk: Desk) -> None:
    from time import process_time

    with desk.store.writing() as unit:
        for n in range(10_000):
            unit.connection.exec_driver_sql(
                "INSERT INTO person (name, folded, mail, role, signature, active, removed) VALUES (?,?,?,?,'',1,0)",
                (f"Person {n}", f"person {n}", f"p{n}@example.org", "requester"),
            )
        unit.commit()
    begun = process_time()
    persons.add(desk, Details(name="New", login="new", mail="new@example.org"))
    assert len(people.everybody(desk)) == 10_002
    assert process_time() - begun < 2.0
