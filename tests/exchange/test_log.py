"""Histories of events."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from helpdesk_tui.desk import people, tickets
from helpdesk_tui.desk.undo import undo
from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.ticket import Priority, Speech, Status
from helpdesk_tui.errors import Cancelled, NotAllowed, NotFound, UsageError
from helpdesk_tui.exchange import log_map
from helpdesk_tui.exchange.log import import_log
from helpdesk_tui.store import records
from tests.builders import a_ticket, desk_of

MAP = """
[columns]
ticket = "case"
activity = "what"
time = "when"
resource = "who"
[ticket]
source = "test"
passing = ["waiting"]
[activities]
"open" = "note"
"take" = "to:doing assignee:me"
"wait" = "status:waiting"
"flag" = "priority:high +vpn"
"close" = "to:done"
"ping" = ""
"noise" = "skip"
"""
HEADER = "case,what,when,who\n"


def imported(desk, written, rows, the_map=MAP, **more):
    return import_log(desk, written("log.csv", HEADER + rows), log_map.read(written("map.toml", the_map)), **more)


def cards(desk, query=""):
    return {card.title: card for card in tickets.find(desk, desk.ask(query), limit=None)}


def history(desk, title):
    return [
        (entry.at.day, entry.who, entry.what)
        for entry in reversed(tickets.open_ticket(desk, cards(desk)[title].number).history)
    ]


LIFE = (
    "A,open,2026-03-01 10:00,Ann\n"
    "A,take,2026-03-02 10:00,Bob\n"
    "A,wait,2026-03-03 10:00,Bob\n"
    "A,close,2026-03-04 10:00,Cem\n"
)


def test_a_ticket_lives_through_its_rows(desk, written):
    report = imported(desk, written, LIFE)
    card = cards(desk)["A"]
    assert (report.created, report.events, report.people) == (1, 4, ("Ann", "Bob", "Cem"))
    assert (card.category, card.assignee, card.status) == (Category.DONE, "Bob", Status.NONE)
    assert card.created == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert card.closed == card.updated == datetime(2026, 3, 4, 10, tzinfo=UTC)


def test_the_history_keeps_the_original_moments_and_people(desk, written):
    imported(desk, written, LIFE)
    assert [(day, who) for day, who, _ in history(desk, "A")] == [
        (1, "Ann"),
        (1, "Ann"),
        (2, "Bob"),
        (3, "Bob"),
        (4, "Cem"),
    ]
    assert [what for _, _, what in history(desk, "A")] == [
        "created the ticket",
        "open",
        "take: moved To Do → Doing, assignee none → Bob",
        "wait: status none → waiting",
        "close: status waiting → none, moved Doing → Done",
    ]


def test_a_note_is_a_note_of_the_team(desk, written):
    imported(desk, written, LIFE)
    (note,) = tickets.open_ticket(desk, cards(desk)["A"].number).conversation
    assert (note.speech, note.author, note.body) == (Speech.NOTE, "Ann", "open")


def test_a_passing_status_ends_with_the_next_event(desk, written):
    rows = "A,wait,2026-03-01,Ann\nA,ping,2026-03-02,Ann\nB,wait,2026-03-01,Ann\n"
    imported(desk, written, rows)
    assert (cards(desk)["A"].status, cards(desk)["B"].status) == (Status.NONE, Status.WAITING)


def test_rows_may_come_in_any_order(desk, written):
    imported(desk, written, "".join(reversed(LIFE.splitlines(keepends=True))))
    assert cards(desk)["A"].category is Category.DONE


def test_a_ticket_may_begin_in_the_middle(desk, written):
    imported(desk, written, "A,close,2026-03-01,Ann\n")
    assert (cards(desk)["A"].category, cards(desk)["A"].assignee) == (Category.DONE, "")


def test_closed_twice_is_closed_once(desk, written):
    imported(desk, written, "A,close,2026-03-01,Ann\nA,close,2026-03-05,Ann\n")
    assert cards(desk)["A"].closed == datetime(2026, 3, 1, tzinfo=UTC)


def test_a_reopened_ticket_is_open_and_closes_anew(desk, written):
    rows = "A,close,2026-03-01,Ann\nA,take,2026-03-02,Bob\n"
    imported(desk, written, rows)
    assert cards(desk)["A"].closed is None
    imported(desk, written, rows + "A,close,2026-03-03,Bob\n")
    assert cards(desk)["A"].closed == datetime(2026, 3, 3, tzinfo=UTC)


def test_activities_may_set_fields_and_labels(desk, written):
    imported(desk, written, "A,flag,2026-03-01,Ann\n")
    card = cards(desk, "label:vpn")["A"]
    assert (card.priority, [label.name for label in card.labels]) == (Priority.HIGH, ["vpn"])


def test_the_kinds_an_activity_may_set_are_those_the_map_is_read_for(desk, written):
    a_map = written("map.toml", MAP.replace("priority:high", 'kind:\\"big wish\\"'))
    with pytest.raises(UsageError, match="“flag” does something that cannot be read: `kind` is never `big wish`") as no:
        log_map.read(a_map, ("incident", "request"))
    assert "incident" in no.value.hint
    import_log(desk, written("log.csv", HEADER + "A,flag,2026-03-01,Ann\n"), log_map.read(a_map, ("Big wish",)))
    assert cards(desk)["A"].kind == "Big wish"


def test_a_second_run_doubles_nothing(desk, written):
    imported(desk, written, LIFE)
    before = history(desk, "A")
    again = imported(desk, written, LIFE)
    assert (again.created, again.updated, again.unchanged, again.events) == (0, 0, 1, 0)
    assert again.backup is None
    assert history(desk, "A") == before


def test_new_rows_of_a_grown_file_are_added(desk, written):
    imported(desk, written, LIFE)
    again = imported(desk, written, LIFE + "A,take,2026-03-09 10:00,Dee\nB,open,2026-03-09,Dee\n")
    assert (again.created, again.updated, again.events, again.people) == (1, 1, 2, ("Dee",))
    assert (cards(desk)["A"].category, cards(desk)["A"].assignee) == (Category.DOING, "Dee")


def test_what_people_did_since_is_not_overruled_by_older_rows(desk, written):
    imported(desk, written, LIFE)
    number = cards(desk)["A"].number
    tickets.change_text(desk, [number], "to:todo")
    imported(desk, written, LIFE + "A,close,2026-03-09 10:00,Dee\n")
    assert cards(desk)["A"].category is Category.TODO
    assert history(desk, "A")[-1] == (9, "Dee", "close")


def test_a_ticket_removed_from_the_desk_stays_removed(desk, written):
    imported(desk, written, LIFE)
    with desk.store.writing() as unit:
        records.write(unit, "ticket", cards(desk)["A"].number, {"removed": True, "gone": True})
        unit.commit()
    report = imported(desk, written, LIFE + "A,close,2026-03-09 10:00,Dee\n")
    assert (report.events, report.skipped[0].reason) == (0, "its ticket was removed from the desk")
    assert cards(desk) == {}


def test_an_import_is_no_undo_step_and_leaves_a_backup(desk, written):
    report = imported(desk, written, LIFE)
    with pytest.raises(NotFound):
        undo(desk)
    assert report.backup is not None
    assert report.backup.exists()


def test_the_backup_is_the_desk_as_it_was(desk, written, new_desk):
    a_ticket(desk, "there before")
    report = imported(desk, written, LIFE)
    Path(desk.store.path).with_name("again.db").write_bytes(report.backup.read_bytes())
    assert list(cards(new_desk("again"))) == ["there before"]


def test_people_of_a_log_can_be_assigned_and_cannot_log_in(desk, written):
    imported(desk, written, LIFE)
    bob = next(person for person in people.agents(desk) if person.name == "Bob")
    assert bob.login == ""


def test_somebody_the_desk_knows_is_not_made_again(desk, written):
    report = imported(desk, written, f"A,take,2026-03-01,{desk.actor.name}\n")
    assert report.people == ()
    assert cards(desk, "assignee:me")["A"]


def test_a_row_without_a_resource_is_done_by_whoever_imports(desk, written):
    imported(desk, written, "A,take,2026-03-01,\n")
    assert cards(desk)["A"].assignee == ""
    assert history(desk, "A")[0][1] == desk.actor.login


def test_what_is_left_out_is_told_with_its_lines(desk, written):
    rows = (
        "A,open,2026-03-01,Ann\n"
        "A,open,2026-03-01,Ann\n"
        ",open,2026-03-01,Ann\n"
        "A,,2026-03-01,Ann\n"
        "A,dance,2026-03-01,Ann\n"
        "A,noise,2026-03-01,Ann\n"
        "A,open,2026-02-31,Ann\n"
        "A,open,yesterday,Ann\n"
        "A,open\n"
        f"A,open,2026-03-01,{'n' * 101}\n"
        f"{'k' * 201},open,2026-03-01,Ann\n"
    )
    report = imported(desk, written, rows)
    assert [(skip.reason, skip.lines) for skip in sorted(report.skipped, key=lambda skip: skip.lines)] == [
        ("the same row once more", (3,)),
        ("no ticket is named", (4,)),
        ("no activity is named", (5,)),
        ("the map does not say what “dance” means", (6,)),
        ("the map leaves “noise” out", (7,)),
        ("the time “2026-02-31” is not a moment that exists", (8,)),
        ("the time “yesterday” is not a moment like 2026-11-27 17:00", (9,)),
        ("fewer cells than the header has", (10,)),
        ("The name of a person may have 100 characters, not 101.", (11,)),
        ("the name of the ticket is longer than 200 characters", (12,)),
    ]
    assert report.events == 1


def test_activities_the_map_does_not_name_can_be_given_a_meaning(desk, written):
    report = imported(desk, written, "A,dance,2026-03-01,Ann\n", MAP.replace("[ticket]", '[ticket]\nother = "note"'))
    assert (report.events, report.skipped) == (1, ())


def test_the_title_may_come_from_a_column_or_a_pattern(desk, written):
    imported(
        desk, written, "A,open,2026-03-01,{who}\n", MAP.replace("[ticket]", '[ticket]\ntitle = "{resource}: {ticket}"')
    )
    assert list(cards(desk)) == ["{who}: A"]


def test_moments_are_read_in_the_zone_of_the_map(desk, written):
    imported(
        desk, written, "A,open,1.7.2026 12:00,Ann\n", MAP + '[time]\nformat = "%d.%m.%Y %H:%M"\nzone = "Europe/Rome"\n'
    )
    assert cards(desk)["A"].created == datetime(2026, 7, 1, 10, tzinfo=UTC)


def test_an_hour_the_clocks_skipped_is_no_moment(desk, written):
    report = imported(desk, written, "A,open,2026-03-29 02:30,Ann\n", MAP + '[time]\nzone = "Europe/Rome"\n')
    assert report.skipped[0].reason == "the time “2026-03-29 02:30” was skipped by the clocks in Europe/Rome"


def test_the_board_and_its_columns_are_checked_before_anything_is_read(desk, written):
    for change, said in (
        ('board = "Nowhere"', "There is no board “Nowhere”."),
        ('start = "Limbo"', "The board IT Support has no column “Limbo”."),
    ):
        with pytest.raises(UsageError) as refused:
            imported(desk, written, LIFE, MAP.replace("[ticket]", f"[ticket]\n{change}"))
        assert refused.value.message == said
    with pytest.raises(UsageError, match="has no column “Limbo”"):
        imported(desk, written, LIFE, MAP.replace("to:done", 'to:\\"Limbo\\"'))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('activity = "what"\n', ""), "map.toml does not say which column holds the activity."),
        (('"what"', '"was"'), "log.csv has no column “was”."),
        (("to:done", "todone"), "map.toml: [activities] “close” does something that cannot be read: "),
        (("to:done", "archive"), "map.toml: [activities] “close” does something a log cannot say: archive."),
        (("assignee:me", "assignee:bob"), "map.toml: [activities] “take” does something that cannot be read: There is no person `bob`."),
        (('["waiting"]', '["asleep"]'), "map.toml: [ticket] “passing” cannot be asleep."),
        (("[ticket]", '[ticket]\ntitle = "{case}"'), "map.toml: [ticket] “title” has a place that is not {ticket}, {activity} or {resource}."),
        (("[ticket]", '[ticket]\npriority = "urgent"'), "map.toml: [ticket] “priority” cannot be urgent."),
        (("[ticket]", "[tickets]"), "map.toml: “tickets” is not known here."),
    ],
)  # fmt: skip
def test_a_map_that_cannot_be_is_refused_in_one_line(desk, written, change, said):
    with pytest.raises(UsageError) as refused:
        imported(desk, written, LIFE, MAP.replace(*change))
    assert refused.value.message.startswith(said)
    assert cards(desk) == {}


def test_stopping_keeps_nothing_and_no_backup(desk, written):
    with pytest.raises(Cancelled):
        imported(desk, written, LIFE, cancelled=lambda: True)
    assert cards(desk) == {}
    assert not desk.store.path.with_name(desk.store.path.name + "-backups").exists()


def test_progress_is_told(desk, written):
    told = []
    imported(desk, written, LIFE, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (4, 4)


def test_only_an_admin_imports(desk, written):
    with pytest.raises(NotAllowed):
        imported(desk_of(desk, Role.AGENT), written, LIFE)


MAP_OF_THE_REAL_LOG = Path(__file__).parent / "maps" / "helpdesk_log.toml"


def test_the_real_log(desk, real_log):
    the_map = log_map.read(MAP_OF_THE_REAL_LOG)
    report = import_log(desk, real_log, the_map)
    assert (report.created, report.events, len(report.people)) == (4_580, 21_221, 22)
    assert [(skip.reason, skip.count) for skip in report.skipped] == [("the same row once more", 127)]
    found = cards(desk)
    assert Counter(card.category for card in found.values()) == {
        Category.DONE: 4_568,
        Category.DOING: 8,
        Category.TODO: 4,
    }
    assert Counter(card.status for card in found.values()) == {Status.NONE: 4_572, Status.WAITING: 8}
    case = found["Case1345"]
    assert (case.number, case.assignee, case.notes) == (1_389, "Value 2", 2)
    assert case.closed == datetime(2011, 5, 18, 8, 37, 33, tzinfo=UTC)
    assert case.updated == datetime(2011, 6, 8, 17, 5, 32, tzinfo=UTC)
    again = import_log(desk, real_log, the_map)
    assert (again.created, again.updated, again.unchanged, again.events) == (0, 0, 4_580, 0)
