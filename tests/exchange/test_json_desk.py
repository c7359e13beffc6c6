"""The whole desk as one JSON document, there and back."""

from __future__ import annotations

import io
import json
import subprocess
from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import text

from helpdesk_tui.desk import (
    board_columns,
    boards,
    canned,
    checklist,
    conversation,
    erasing,
    linking,
    merging,
    merging_organizations,
    merging_people,
    notices,
    organizations,
    people,
    persons,
    settings,
    structure,
    templates,
    tickets,
    timing,
    views,
)
from helpdesk_tui.desk.templates import Wording
from helpdesk_tui.desk.undo import undo
from helpdesk_tui.desk.work import working
from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.related import Tie
from helpdesk_tui.errors import Conflict, NotAllowed, UsageError
from helpdesk_tui.exchange import json_desk
from helpdesk_tui.store import records, ssh_keys
from tests.builders import a_person, a_ticket, an_organization, desk_of


def exported(desk, query=None):
    stream = io.StringIO()
    json_desk.export(desk, None if query is None else desk.ask(query), stream)
    return stream.getvalue()


def read(desk, text):
    return json_desk.import_json(desk, io.BytesIO(text.encode() if isinstance(text, str) else text))


def refusal(desk, text):
    with pytest.raises(UsageError) as refused:
        read(desk, text)
    assert tickets.count(desk, desk.ask("")) == 0
    return refused.value.message


@pytest.fixture
def lively(new_desk):
    """A desk on which most things have been done."""
    return new_desk("lively", example=True, stock=most_things)


def most_things(desk):
    acme = an_organization(desk)
    a_person(desk, "Bob Builder")
    dana = a_person(desk, "דנה כהן", role=json_desk.Role.REQUESTER, login="dana", organization=acme)
    structure.add_board(desk, "Second line")
    board_columns.add_column(desk, boards.all_boards(desk)[1].id, "Waiting room", Category.DOING, 3)
    first = a_ticket(desk, "המדפסת תקועה", "+printer assignee:bob priority:high due:2026-12-01", requester_id=dana)
    other = a_ticket(desk, "VPN\u200cدر خانه", "+vpn +network to:doing status:blocked time:25m")
    conversation.reply(desk, first, "Line one\nline two “quoted” \\ slash")
    conversation.note(desk, first, "=cmd|' /C calc'!A0")
    checklist.add(desk, first, ["Ask", "Fix"])
    checklist.tick(desk, tickets.open_ticket(desk, first).checklist[0].id, True)
    conversation.note(desk, other, "@bob what do you think?")
    timing.start(desk, other)
    notices.mark_seen(desk)
    tickets.change_text(desk, [first], f"link:#{other} watch:bob")
    tickets.change_text(desk, [a_ticket(desk, "old one")], "to:done archive")
    tickets.change_text(desk, [other], "-network kind:incident")
    undo(desk)
    a_ticket(desk, "a slip")
    undo(desk)
    again = a_ticket(desk, "the printer again", "check:again time:5m", description="Still dead.")
    conversation.reply(desk, again, "It is the same one.")
    linking.link(desk, [again], Tie.BLOCKED_BY, other)
    merging.merge(desk, [again], first)
    merging.split(desk, first, tickets.open_ticket(desk, first).conversation[0].id)
    merging.merge(desk, [other], first)
    undo(desk)
    the_team(desk)
    views.save(desk, "Late", "is:late", shared=True)
    made = canned.add(desk, "On it", "Tere {requester.first_name}\n— “teie”", language="et", change="+vpn due:3d").made
    canned.edit(desk, made, body="Tere.")
    laptop = Wording(
        "Laptop", "New", "Body", "Who? *\nSize? [13, 15]\nNow? [yes/no]", "Order\n# Setup\nInstall", "+laptop"
    )
    templates.use(desk, templates.add(desk, laptop).made, ["Anna", "13"])
    templates.edit(desk, 1, replace(laptop, questions="", steps="Order", for_requesters=True))
    people.set_signature(desk, "Ada\nIT")
    tickets.mark_seen(desk, first)


def the_team(desk):
    """People with all that can be noted of them, one merged, one erased, one let go; a board for members; a key."""
    bob = people.person(desk, "bob").id
    organizations.edit(desk, 1, domains=["acme.example"], shares=True)
    away = persons.Away(desk.clock.now(), desk.clock.now() + timedelta(days=3))
    more = persons.Details(
        mail="bob@example.org",
        skills=["vpn", "printers"],
        languages=["en", "et"],
        zone="Europe/Tallinn",
        capacity=5,
        away=away,
        color="blue",
        initials="BB",
    )
    persons.edit(desk, bob, more)
    twin = persons.add(desk, persons.Details(name="Robert", mail="rob@example.org", skills=["mail"])).made
    merging_people.merge(desk, twin, bob)
    merging_organizations.merge(desk, organizations.add(desk, "Acme of old", domains=["old.example"]).made, 1)
    cleo = persons.add(desk, persons.Details(name="Cleo", login="cleo", role=json_desk.Role.AGENT)).made
    a_ticket(desk, change="assignee:cleo")
    persons.deactivate(desk, cleo, bob)
    rita = persons.add(desk, persons.Details(name="Rita Rohtla", login="rita", mail="rita@acme.example")).made
    tickets.create(desk, tickets.NewTicket("Mine", "Rita Rohtla’s", requester_id=rita))
    erasing.erase(desk, rita)
    with working(desk) as work:
        board = records.fetch(work.unit, "board", 2)
        work.alter("board", board, {"members_only": True, "archive_after": 30, f"member:{bob}": "viewer"}, "member")
        column = records.fetch(work.unit, "column", boards.all_boards(desk)[1].columns[0].id)
        work.alter("column", column, {"hard": True, "color": "red"}, "column")
        key = {"person_id": bob, "kind": "ssh-ed25519", "data": "AAAA", "comment": "bob@home", "at": work.now}
        work.make("ssh_key", key, "key")
        work.commit("members only")


def test_there_and_back_and_there_again_is_equal_to_the_byte(lively, new_desk):
    first = exported(lively)
    copy = new_desk("copy")
    read(copy, first)
    assert exported(new_desk("copy")) == first


def test_people_boards_and_keys_are_the_same_in_the_copy(lively, new_desk):
    read(new_desk("copy", example=True), exported(lively))
    copy = new_desk("copy")
    assert people.everybody(copy) == people.everybody(lively)
    assert organizations.uses(copy) == organizations.uses(lively)
    assert boards.all_boards(copy) == boards.all_boards(lively)
    for desk in (copy, lively):
        with desk.store.reading() as unit:
            assert [(key.login, key.key.comment) for key in ssh_keys.known(unit)] == [("bob", "bob@home")]
            assert unit.rows(text("SELECT role FROM board_member")) == [("viewer",)]
            assert unit.scalar(text("SELECT count(*) FROM person WHERE merged_into_id IS NOT NULL AND NOT active")) == 1
        assert organizations.find(desk, "Acme of old").id == 1


def test_which_account_somebody_is_does_not_leave_the_desk(lively, new_desk):
    persons.edit(lively, lively.actor.id, persons.Details(login="other"))
    assert '"uid"' not in exported(lively)


def test_an_export_from_before_there_were_teams_is_read(lively, new_desk):
    told = json.loads(exported(lively))
    for name in ("members", "keys", "calendars", "policies", "rules", "rule_runs", "automation"):
        del told[name]
    told["events"] = []
    new = {"skills", "languages", "zone", "capacity", "away_from", "away_until", "color", "initials", "other_mails"}
    told["people"] = [{key: one[key] for key in one.keys() - new - {"merged_into", "erased"}} for one in told["people"]]
    told["organizations"] = [{key: one[key] for key in one.keys() - {"merged_into"}} for one in told["organizations"]]
    read(new_desk("copy"), json.dumps(told))
    assert people.person(new_desk("copy"), "bob").skills == ()


def test_keys_and_memberships_leave_the_desk_with_an_admin_alone(lively):
    told = json.loads(exported(desk_of(lively, json_desk.Role.AGENT)))
    assert (told["members"], told["keys"]) == ([], [])


def test_the_copy_is_the_same_desk_to_work_on(lively, new_desk):
    read(new_desk("copy", example=True), exported(lively))
    copy = new_desk("copy")
    assert timing.running(copy) == timing.running(lively)
    assert notices.latest(copy) == notices.latest(lively)
    for query in ("", "is:archived", "printer", "label:vpn", '"line two"', "assignee:bob", "fix"):
        assert tickets.find(copy, copy.ask(query)) == tickets.find(lively, lively.ask(query))
    number = tickets.find(copy, copy.ask("printer"))[0].number
    assert tickets.open_ticket(copy, number) == tickets.open_ticket(lively, number)
    assert boards.all_boards(copy) == boards.all_boards(lively)


def test_steps_can_still_be_taken_back_in_the_copy(lively, new_desk):
    tickets.change_text(lively, [a_ticket(lively, "mine")], "priority:critical")
    read(new_desk("copy"), exported(lively))
    copy = new_desk("copy")
    undo(copy)
    assert [card.priority.word for card in tickets.find(copy, copy.ask("mine"))] == ["normal"]


def test_prepared_texts_and_their_undo_steps_are_in_the_copy(lively, new_desk):
    read(new_desk("copy"), exported(lively))
    copy = new_desk("copy")
    assert canned.canned(copy) == canned.canned(lively)
    assert templates.templates(copy) == templates.templates(lively)
    assert people.signature(copy) == "Ada\nIT"
    undo(copy)
    undo(copy)
    assert people.signature(copy) == ""
    assert len(templates.find(copy, "Laptop").questions) == 3


def test_settings_and_their_undo_steps_are_in_the_copy(new_desk):
    desk = new_desk("set")
    settings.change(desk, "kinds", "incident, wish")
    settings.change(desk, "file_limit_mb", "10")
    read(new_desk("copy"), exported(desk))
    copy = new_desk("copy")
    assert settings.settings(copy) == settings.settings(desk)
    assert exported(copy) == exported(desk)
    undo(copy)
    assert settings.settings(copy).file_limit_mb == 25


def test_what_cannot_be_set_is_refused(new_desk):
    desk = new_desk("set")
    settings.change(desk, "file_limit_mb", "10")
    told = exported(desk).replace('"value":10}', '"value":"ten"}')
    assert "settings[0] is nothing that can be set" in refusal(new_desk("copy"), told)


def test_it_is_plain_json_with_the_format_first(lively):
    document = json.loads(exported(lively))
    assert next(iter(document)) == "format"
    assert document["format"] == "helpdesk-json 1"
    assert list(document)[1:] == [*json_desk.DESK_SECTIONS, "tickets", "contents"]


def test_no_account_of_the_machine_leaves_the_desk(lively):
    assert "uid" not in json.loads(exported(lively))["people"][0]


def test_a_query_exports_only_its_tickets(lively, new_desk):
    document = json.loads(exported(lively, "label:vpn"))
    assert [ticket["title"] for ticket in document["tickets"]] == ["VPN\u200cدر خانه"]
    read(new_desk("copy"), exported(lively, "label:vpn"))
    copy = new_desk("copy")
    assert [card.title for card in tickets.find(copy, copy.ask(""))] == ["VPN\u200cدر خانه"]


def test_an_export_laid_out_anew_by_other_tools_is_read_too(lively, new_desk):
    spread = json.dumps(json.loads(exported(lively)), indent=4)
    read(new_desk("copy"), spread)
    assert exported(new_desk("copy")) == exported(lively)


def test_a_desk_in_use_is_not_written_over(lively, desk):
    a_ticket(desk, "precious")
    with pytest.raises(Conflict):
        read(desk, exported(lively))
    assert [card.title for card in tickets.find(desk, desk.ask(""))] == ["precious"]


def test_whoever_imports_stays_an_admin(lively, new_desk):
    lowered = exported(lively).replace('"role":"admin"', '"role":"viewer"')
    read(new_desk("copy"), lowered)
    assert new_desk("copy").actor.role.value == "admin"


def test_only_an_admin_imports_and_a_requester_does_not_export(lively):
    agent = desk_of(lively, json_desk.Role.AGENT)
    with pytest.raises(NotAllowed):
        read(agent, exported(lively))
    with pytest.raises(NotAllowed):
        exported(desk_of(lively, json_desk.Role.REQUESTER, uid=2001), "")


BEGIN = '{"format": "helpdesk-json 1"'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "an object is expected"),
        ('"desk"', "an object is expected"),
        ("[]", "an object is expected"),
        ("{}", "it does not begin with"),
        ('{"format": "helpdesk-json 2"}', "it does not begin with"),
        ('{"tickets": []}', "it does not begin with"),
        (BEGIN, "a comma or } is missing"),
        (BEGIN + "}", "the list “organizations” is missing"),
        (BEGIN + ', "people": []}', "“people” stands where organizations is expected"),
        (BEGIN + ', "organizations": {}}', "a list is expected"),
        (BEGIN + ', "organizations": [NaN]}', "NaN is not a number"),
        (BEGIN + ', "organizations": [-Infinity]}', "-Infinity is not a number"),
        (BEGIN + ', "organizations": [1e999]}', "1e999 is not a number"),
        (BEGIN + ', "organizations": [9223372036854775808]}', "a number is larger than a desk can keep"),
        (BEGIN + ', "organizations": [' + "9" * 5000 + "]}", "a number is larger than a desk can keep"),
        (BEGIN + ', "organizations": [' + "[" * 100_000, "it is nested too deeply"),
        (BEGIN + ', "organizations": [' + '{"a":' * 100_000, "it is nested too deeply"),
        (BEGIN + ', "organizations": [{"id": 1, "id": 2}]}', "the key “id” is there twice"),
        (BEGIN + ', "organizations": [], "organizations": []}', "the key “organizations” is there twice"),
        (BEGIN + ', "organizations": [{"name": "\\ud800"}]}', "half a character (a lone surrogate)"),
        (BEGIN + ', "organizations": [{"name": "a\\u0000"}]}', "a NUL character"),
        (BEGIN + ', "organizations": [{"id": 1', "expecting ',' delimiter"),
        (BEGIN + ', "organizations": ["abc', "unterminated string"),
        (BEGIN + ', "organizations": [tru', "expecting value"),
        (BEGIN + ', "organizations": [] "people": []}', "a comma or } is missing"),
        (BEGIN + ', "organizations": [7]}', "organizations[0] is not an object"),
        (BEGIN + ', "organizations": [{"id": 1, "name": "A", "shares": false, "removed": false, "x": 1}]}', "organizations[0] has the unknown key “x”"),
        (BEGIN + ', "organizations": [{"id": 1, "name": "A", "shares": "no", "removed": false}]}', "organizations[0] “shares” is not true or false"),
        (BEGIN + ', "organizations": [{"id": true, "name": "A", "shares": false, "removed": false}]}', "organizations[0] “id” is not a number"),
        (BEGIN + ', "organizations": [{"id": 1, "name": "  ", "shares": false, "removed": false}]}', "organizations[0] “name” cannot be: A organization needs a name."),
        (b"\xff\xfe{", "it is not UTF-8 text"),
    ],
    ids=lambda value: repr(value)[:60],
)  # fmt: skip
def test_what_is_no_export_is_refused_in_one_line(new_desk, text, said):
    assert said in refusal(new_desk(), text)


@pytest.mark.parametrize(
    ("what", "instead", "said"),
    [
        ('"priority":3', '"priority":9', "“priority” is too small or too large"),
        ('"status":"blocked"', '"status":"asleep"', "“status” is none of"),
        ('"due":"2026-12-01T', '"due":"2026-02-31T', "“due” is not a moment that exists"),
        ('"title":"old one"', f'"title":"{"x" * 501}"', "“title” cannot be: The title has 501 characters"),
        ('"title":"old one"', '"title":"old\\none"', "“title” has blanks or line ends a desk does not keep"),
        ('"role":"agent"', '"role":"owner"', "“role” is none of admin, agent, viewer, requester"),
        ('"assignee":2', '"assignee":4711', "a record of ticket names a person that is not there"),
        ('"watchers":[2]', '"watchers":[2,2]', "“watchers” has an id twice"),
        ('"login":"dana"', '"login":"bob"', "has the same login as one before"),
        ('"delta":{"removed":[true,false]}', '"delta":{"secret":[1,2]}', "changes the unknown field “secret”"),
        ('"delta":{"removed":[true,false]}', '"delta":{"removed":[true]}', "not what was before and after"),
        ('"language":"et"', '"language":"xx"', "“language” is none of"),
        ('"steps":["Order"]', '"steps":[7]', "“checklists” is not the list a desk keeps there"),
        ('"questions":[]', '"questions":[{"ask":"Which?","kind":"riddle"}]', "“questions” is not the list"),
        ('"for_requesters":true', '"for_requesters":1', "“for_requesters” is not true or false"),
        ('"entity":"ticket"', '"entity":"nonsense"', "“entity” is none of"),
    ],
)  # fmt: skip
def test_an_export_tampered_with_is_refused_in_one_line(lively, new_desk, what, instead, said):
    text = exported(lively)
    assert what in text
    assert said in refusal(new_desk("copy"), text.replace(what, instead, 1))


def test_something_after_the_end_is_refused(lively, new_desk):
    assert "something follows the end" in refusal(new_desk("copy"), exported(lively) + "{}")


def test_one_cut_anywhere_is_refused(lively, new_desk):
    text = exported(lively).rstrip()
    copy = new_desk("copy")
    for length in range(1, len(text), len(text) // 40):
        refusal(copy, text[:length])


def test_a_refused_import_leaves_the_new_desk_as_it_was(lively, new_desk):
    copy = new_desk("copy", example=True)
    before = exported(copy)
    with pytest.raises(UsageError):
        read(copy, exported(lively)[:-10])
    assert exported(copy) == before


def test_the_history_cannot_be_changed_after_an_import(lively, new_desk):
    read(new_desk("copy"), exported(lively))
    path = new_desk("copy").store.path
    shell = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('DELETE FROM event')"
    done = subprocess.run(["python3", "-c", shell, str(path)], capture_output=True, text=True, check=False)
    assert "the history is never changed" in done.stderr


def test_a_merge_can_be_taken_back_in_the_copy(new_desk):
    desk = new_desk("merged")
    one, other = a_ticket(desk, "one", "check:step"), a_ticket(desk, "other")
    conversation.reply(desk, one, "hello")
    merging.merge(desk, [one], other)
    read(new_desk("copy"), exported(desk))
    copy = new_desk("copy")
    assert tickets.open_ticket(copy, one).merged_into == other
    undo(copy)
    found = tickets.open_ticket(copy, one)
    assert [comment.body for comment in found.conversation] == ["hello"]
    assert [step.text for step in found.checklist] == ["step"]
    assert (found.merged_into, found.card.closed) == (None, None)


def test_of_a_merge_with_a_ticket_that_is_not_exported_only_the_one_side_is(new_desk):
    desk = new_desk("merged")
    one, other = a_ticket(desk, "one"), a_ticket(desk, "other")
    merging.merge(desk, [one], other)
    read(new_desk("copy"), exported(desk, "category:done"))
    assert tickets.open_ticket(new_desk("copy"), one).merged_into is None
