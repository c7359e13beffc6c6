"""The demo desk: lively, believable, the same every time."""

from __future__ import annotations

import io
import re
from collections import Counter
from datetime import UTC, datetime

import pytest

from helpdesk_tui.desk import (
    board_members,
    boards,
    calendars,
    canned,
    files,
    labels,
    notices,
    organizations,
    people,
    policies,
    templates,
    tickets,
    timing,
    views,
)
from helpdesk_tui.domain import entry
from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.service_level import State
from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket import LANGUAGES, Priority, Speech, Status
from helpdesk_tui.errors import NotAllowed
from helpdesk_tui.exchange import demo, json_desk
from helpdesk_tui.exchange.demo_texts import cast, more_samples, read_data, samples
from tests.builders import a_desk, a_person, desk_of

LETTERS = {
    "en": r"[A-Za-z]",
    "et": r"[a-zõäöüšž]",
    "he": r"[א-ת]",
    "fa": r"[آ-ی\u200c]",
    "pl": r"[a-ząćęłńóśźż]",
    "ro": r"[a-zăâîșț]",
}


@pytest.fixture
def filled(new_desk):
    return new_desk("filled", stock=demo.fill)


def cards(desk, query=""):
    return tickets.find(desk, desk.ask(query), limit=None)


def called(desk, words):
    """The one ticket with these words in its title."""
    (card,) = (card for card in cards(desk) if words in card.title)
    return tickets.open_ticket(desk, card.number)


def policy_of(desk, card):
    return tickets.open_ticket(desk, card.number).promises.policy


def document(desk):
    stream = io.StringIO()
    json_desk.export(desk, None, stream)
    return stream.getvalue()


def test_it_holds_sixty_tickets_in_six_languages_and_some_more(filled):
    with_archive = cards(filled) + cards(filled, "is:archived")
    beyond = len(more_samples()) + 2  # what was split off, and cloned
    assert Counter(card.language for card in with_archive) == {**dict.fromkeys(LANGUAGES, 10), "en": 10 + beyond}
    assert len({card.title for card in with_archive}) == 60 + beyond


def test_its_second_board_has_tickets_in_each_of_its_columns(filled):
    board = boards.all_boards(filled)[1]
    found = cards(filled, 'board:"Change requests"')
    assert {card.column for card in found} == {column.name for column in board.columns}
    assert policy_of(filled, found[0]) == "Planned changes"


def test_one_ticket_is_merged_one_split_and_one_cloned(filled):
    printer = called(filled, "Reception printer")
    twin = called(filled, "gives white sheets")
    assert (twin.merged_into, twin.card.category) == (printer.card.number, Category.DONE)
    assert any("white sheets" in said.body for said in printer.conversation)
    headset, rolls = called(filled, "New headset"), called(filled, "Rolls for the label printer")
    assert [said.speech for said in rolls.conversation] == [Speech.REPLY]
    assert len(headset.conversation) == 1
    assert rolls.links[0].number == headset.card.number
    first, second = called(filled, "for a new nurse"), called(filled, "second new nurse")
    assert [step.text for step in second.checklist] == [step.text for step in first.checklist]


def test_clocks_stand_in_every_state_whatever_the_hour(filled):
    now = filled.clock.now()
    gold = cards(filled, 'org:"Harbour Street Clinic" is:open')
    assert {policy_of(filled, card) for card in gold} == {"Gold"}
    clocks = [clock for card in gold for clock in tickets.open_ticket(filled, card.number).promises.clocks]
    assert {clock.state(now) for clock in clocks} == {*State, None}
    assert any(clock.missed is None and clock.due is None and clock.left is not None for clock in clocks)


def test_what_is_promised_could_have_been_promised_there(filled):
    assert [use.policy.name for use in policies.uses(filled)] == ["Gold", "Planned changes", "Standard"]
    assert [use.problem for use in policies.uses(filled)] == ["", "", ""]
    assert all(use.open for use in policies.uses(filled))
    assert [use.calendar.name for use in calendars.uses(filled)] == ["Around the clock", "Standard"]


def test_requesters_have_said_how_it_went(filled):
    assert {card.rating for card in cards(filled, "rating>3")} >= {4, 5}


def test_a_desk_to_measure_with_has_one_board_and_the_standard_policy(desk):
    demo.fill(desk, demo.MEASURED_FROM)
    assert len(boards.all_boards(desk)) == 1
    assert [use.policy.name for use in policies.uses(desk)] == ["Standard"]


def test_its_people_have_skills_languages_zones_and_one_is_away_and_one_gone(filled):
    known = {person.login: person for person in people.everybody(filled)}
    assert (known["piotr"].skills, known["piotr"].languages) == (("network", "vpn"), ("pl", "en"))
    assert (known["kadri"].zone, known["kadri"].color, known["kadri"].capacity) == ("Europe/Tallinn", "blue", 15)
    assert [login for login, one in known.items() if one.is_away(filled.clock.now())] == ["noa"]
    assert [login for login, one in known.items() if not one.active] == ["olev"]
    assert any(use.organization.domains for use in organizations.uses(filled))


def test_its_second_board_is_its_members_alone(filled):
    second = boards.all_boards(filled)[1]
    assert (second.name, second.members_only) == ("Change requests", True)
    assert [(one.person.login, one.role) for one in board_members.members(filled, second.id)] == [
        ("kadri", Role.AGENT),
        ("piotr", Role.AGENT),
        ("sam", Role.VIEWER),
    ]


def test_filling_it_again_changes_no_people_and_adds_no_board(filled):
    before = people.everybody(filled), boards.all_boards(filled)
    demo.fill(filled)
    assert (people.everybody(filled), boards.all_boards(filled)) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_in_the_script_of_their_language(language):
    for sample in (*samples(), *more_samples()):
        if sample.language == language:
            for text in (sample.title, *(said.text for said in sample.talk)):
                assert len(re.findall(LETTERS[language], text.lower() if language not in {"he", "fa"} else text)) > 5


def test_every_text_could_have_been_typed(filled):
    for sample in (*samples(), *more_samples()):
        assert entry.title(sample.title) == sample.title == clean(sample.title)
        assert entry.long_text(sample.description, "description") == sample.description
        for said in sample.talk:
            assert clean(said.text) == said.text


def test_all_states_are_there(filled):
    found = cards(filled)
    assert {card.priority for card in found} == set(Priority)
    assert {card.status for card in found} == set(Status)
    assert {card.category for card in found} == set(Category)
    for query in ("is:late", "is:due", "is:unassigned", "is:mine", "is:unread", "is:archived", "is:waiting"):
        assert cards(filled, query), query
    for query in ("has:checklist", "has:reply", "watcher:me", "label:vpn", "requester:Grace", "rating>3"):
        assert cards(filled, query), query


def test_several_people_work_there(filled):
    assert {person.login for person in people.agents(filled)} >= {"kadri", "noa", "maryam", "piotr", "ioana", "sam"}
    assert len({card.assignee for card in cards(filled)}) > 6


def test_nobody_of_the_demo_can_log_in(filled):
    for person in cast().agents:
        assert person.get("uid") is None


def test_labels_have_colours_the_screens_know(filled):
    assert {label.color for label in labels.labels(filled)} <= set(labels.COLORS)


def test_saved_views_can_be_asked(filled):
    saved = views.views(filled)
    assert len(saved) == 6
    assert all(tickets.count(filled, filled.ask(view.query)) for view in saved)


def test_prepared_texts_could_have_been_written_there(filled):
    for one in canned.canned(filled):
        canned.edit(filled, one.id, body=one.body, change=one.change)
        assert canned.find(filled, one.name, one.language) == one
    assert {one.language for one in canned.canned(filled)} == {"", *LANGUAGES}
    for template in templates.templates(filled):
        templates.edit(filled, template.id, templates.wording(template))
        assert templates.find(filled, template.name) == template


def test_work_at_hand_is_limited_and_within_it(filled):
    doing = boards.all_boards(filled)[0].first(Category.DOING)
    assert doing.limit is not None
    assert len(cards(filled, "column:doing is:open")) <= doing.limit


def test_histories_run_forward_and_end_by_now(filled):
    for card in cards(filled):
        moments = [happened.at for happened in reversed(tickets.open_ticket(filled, card.number).history)]
        assert moments == sorted(moments)
        assert moments[0] == card.created
        assert moments[-1] == card.updated <= filled.clock.now()


def test_numbers_follow_the_order_of_creation(filled):
    created = [card.created for card in cards(filled, "sort:number")]
    assert created == sorted(created)


def test_the_same_seed_gives_the_same_desk(tmp_path):
    desks = [a_desk(tmp_path / name) for name in ("one", "two", "three")]
    for desk, seed in zip(desks, (7, 7, 8), strict=True):
        demo.fill(desk, 200, seed)
    one, two, three = map(document, desks)
    assert one == two != three


def test_it_can_be_exported_and_read_back(filled, new_desk):
    json_desk.import_json(new_desk("copy"), io.BytesIO(document(filled).encode()))
    assert document(new_desk("copy")) == document(filled)


def test_a_desk_to_measure_with_is_all_open_on_request(desk):
    demo.fill(desk, 1_000, 3, open_share=1)
    assert tickets.count(desk, desk.ask("is:open")) == 1_000
    assert tickets.count(desk, desk.ask("is:unread")) == 0


def test_by_default_about_a_third_of_a_large_desk_is_done(desk):
    demo.fill(desk, 1_000, 3)
    assert 600 < tickets.count(desk, desk.ask("is:open")) < 800


def test_fewer_tickets_are_still_of_several_languages(desk):
    demo.fill(desk, 6)
    assert {card.language for card in cards(desk)} == set(LANGUAGES)


def test_somebody_the_desk_knows_is_not_made_twice(desk):
    a_person(desk, "Samantha Jones", login="sam")
    demo.fill(desk)
    assert [person.name for person in people.agents(desk) if person.login == "sam"] == ["Samantha Jones"]


def test_filling_twice_adds_tickets_and_nobody_new(filled):
    before = len(people.people(filled, "", 100))
    demo.fill(filled)
    assert len(people.people(filled, "", 100)) == before
    assert len(views.views(filled)) == 6


def test_only_an_admin_fills_a_desk(desk):
    with pytest.raises(NotAllowed):
        demo.fill(desk_of(desk, Role.AGENT))


def test_due_dates_lie_around_now(filled):
    due = [card.due for card in cards(filled, "is:open has:due")]
    now = filled.clock.now()
    assert any(moment < now for moment in due)
    assert any(moment > now for moment in due)
    assert datetime(2026, 11, 1, tzinfo=UTC) < min(due)


def test_written_tickets_are_linked_as_they_have_to_do_with_each_other(desk):
    demo.fill(desk, 60)
    (number,) = tickets.numbers(desk, desk.ask('"X-ray pictures"'))
    found = tickets.open_ticket(desk, number)
    assert [link.relation for link in found.links if "antivirus" in link.title] == ["blocked by"]
    titles = {card.title for card in tickets.find(desk, desk.ask("-zzz or is:archived"), limit=None)}
    for row in read_data("related.toml")["link"]:
        assert {row["from"], row["to"]} <= titles


def test_what_people_send_each_other_is_on_the_tickets(filled):
    with_files = cards(filled, "has:files")
    names = {file.name for card in with_files for file in files.files(filled, card.number)}
    assert names == {name for sample in samples() for said in sample.talk if (name := said.file)}
    assert len(names) >= 3
    asked = next(card for card in with_files if card.language == "en")
    log = files.file_named(filled, asked.number, "vpn.log")
    assert b"idle for 600 s" in b"".join(files.pieces(filled, log))
    assert any("attached “vpn.log”" in entry.what for entry in tickets.open_ticket(filled, asked.number).history)


def test_colleagues_have_been_at_work_this_morning(filled):
    told = [notice for notice in notices.latest(filled) if notice.new]
    assert [notice.who for notice in told][:3] == ["ioana", "kadri", "ioana"]
    assert [notice.what for notice in told if notice.who == "ioana"] == ["named you", "named you"]
    assert notices.count(filled).new == len(told)
    (printer,) = cards(filled, '"Reception printer"')
    assert [spent.person for spent in timing.spent(filled, printer.number) if spent.running] == ["ioana"]


def test_a_desk_to_measure_with_has_no_notices(desk):
    demo.fill(desk, demo.MEASURED_FROM)
    assert notices.count(desk).new == 0
