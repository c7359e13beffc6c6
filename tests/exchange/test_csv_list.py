"""Plain lists of tickets."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from helpdesk_tui.desk import settings, tickets
from helpdesk_tui.desk.undo import undo
from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.ticket import Priority, Status
from helpdesk_tui.errors import Cancelled, NotAllowed, UsageError
from helpdesk_tui.exchange import list_map
from helpdesk_tui.exchange.csv_list import import_csv

MAP = """
[file]
delimiter = ";"
[time]
format = "%d.%m.%Y %H:%M"
zone = "Europe/Tallinn"
[ticket]
source = "old desk"
[columns]
id = "Nr"
title = "Teema"
description = "Kirjeldus"
priority = "Tähtsus"
column = "Seis"
labels = "Märksõnad"
requester = "Küsija"
assignee = "Tegija"
due = "Tähtaeg"
created = "Loodud"
[values.priority]
"Kiire" = "high"
"Tavaline" = "normal"
[values.column]
"Töös" = "doing"
"Tehtud" = "Done"
"""
HEADER = "Nr;Teema;Kirjeldus;Tähtsus;Seis;Märksõnad;Küsija;Tegija;Tähtaeg;Loodud\r\n"


def cards(desk, query=""):
    return tickets.find(desk, desk.ask(query), limit=None)


def imported(desk, written, content, the_map=None):
    listed = list_map.read(written("map.toml", the_map)) if the_map else list_map.PLAIN
    return import_csv(desk, written("list.csv", content), listed)


def refusal(desk, written, content, the_map=None):
    with pytest.raises(UsageError) as refused:
        imported(desk, written, content, the_map)
    assert cards(desk) == []
    return str(refused.value)


def skipped(report):
    return [(skip.reason, skip.lines) for skip in report.skipped]


def test_a_row_becomes_a_ticket_by_the_map(desk, written):
    row = "17;Printer ei tööta;Õ on kadunud;kiire;Töös;printer,võrk;Mart Kask;Kadri Tamm;01.12.2026 17:00;03.11.2026 08:05\r\n"
    report = imported(desk, written, HEADER + row, MAP)
    (card,) = cards(desk)
    assert (report.created, report.skipped, report.people) == (1, (), ("Kadri Tamm", "Mart Kask"))
    assert (card.title, card.priority, card.category) == ("Printer ei tööta", Priority.HIGH, Category.DOING)
    assert [label.name for label in card.labels] == ["printer", "võrk"]
    assert (card.requester, card.assignee) == ("Mart Kask", "Kadri Tamm")
    assert card.due == datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
    assert card.created == datetime(2026, 11, 3, 6, 5, tzinfo=UTC)


def test_its_texts_are_found_by_search(desk, written):
    imported(desk, written, "title,description,labels\nPrinter is dead,It smokes,hardware\nMouse,,\n")
    for query in ("print", "smokes", "hardware"):
        assert [card.title for card in cards(desk, query)] == ["Printer is dead"]


def test_a_list_called_as_the_fields_are_needs_no_map(desk, written):
    imported(desk, written, "title,column,status,priority\nA,Doing,blocked,critical\nB,done,,\n")
    by_title = {card.title: card for card in cards(desk)}
    assert (by_title["A"].status, by_title["A"].priority) == (Status.BLOCKED, Priority.CRITICAL)
    assert by_title["B"].closed is not None


def test_a_second_run_doubles_nothing(desk, written):
    content = "id,title\n1,A\n2,B\n"
    imported(desk, written, content)
    again = imported(desk, written, content + "3,C\n")
    assert (again.created, again.unchanged) == (1, 2)
    assert sorted(card.title for card in cards(desk)) == ["A", "B", "C"]


def test_rows_without_ids_are_known_by_their_content(desk, written):
    content = "title\nA\nA\nB\n"
    assert imported(desk, written, content).created == 3
    assert imported(desk, written, content).created == 0


def test_an_import_is_one_undo_step(desk, written):
    imported(desk, written, "title\nA\nB\n")
    undo(desk)
    assert cards(desk) == []


def test_a_large_import_is_undone_by_its_backup(desk, written):
    report = imported(desk, written, "title\n" + "".join(f"ticket {n}\n" for n in range(2_001)))
    assert report.created == 2_001
    assert report.backup is not None
    assert report.backup.exists()


def test_rows_that_cannot_be_tickets_are_told_with_their_lines(desk, written):
    content = (
        "id,title,priority,due,status\n"
        "1,Good,,,\n"
        "2,,,,\n"
        "3,Odd,urgent-ish,,\n"
        "4,When,,2014-02-31,\n"
        "5,Short\n"
        "6,Long,,,,,x\n"
        "1,Twice,,,\n"
        "7,Flag,,,asleep\n"
        f"8,{'x' * 501},,,\n"
        "9,a\x00b,,,\n"
    )
    report = imported(desk, written, content)
    assert report.created == 1
    assert skipped(report) == [
        ("A ticket needs a title.", (3,)),
        ("the priority “urgent-ish” is not known", (4,)),
        ("the moment “2014-02-31” of “due” is not a moment that exists", (5,)),
        ("fewer cells than the header has", (6,)),
        ("more cells than the header has", (7,)),
        ("the id “1” once more", (8,)),
        ("the status “asleep” is not known; known: needs review, needs rework, blocked, waiting", (9,)),
        ("The title has 501 characters; 500 is the limit.", (10,)),
        ("a NUL character", (11,)),
    ]


def test_the_kinds_are_the_desk_s_own(desk, written):
    settings.change(desk, "kinds", "incident, Big wish")
    report = imported(desk, written, "title,kind\nA,BIG WISH\nB,problem\n")
    assert [card.kind for card in cards(desk)] == ["Big wish"]
    assert skipped(report) == [("the kind “problem” is not known; known: incident, Big wish", (3,))]


def test_only_the_first_lines_of_a_reason_are_kept(desk, written):
    report = imported(desk, written, "id,title\n" + "1,\n" * 40)
    assert (report.skipped[0].count, len(report.skipped[0].lines)) == (40, 10)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "list.csv is empty. It needs a first line with the names of the columns."),
        (b"name\nx\n", "The file has no column “title”. Say with --map MAP.toml which column holds the title of a ticket."),
        (b"title,title\nx,y\n", "list.csv has 2 columns called “title”. Rename all but one of them: it is not clear which is meant."),
        (b'title\n"A\nB\nC\n', "list.csv, line 2: a quote that opens here is never closed. Close it, or double it if it is meant."),
        (b'title\n"A"B\n', "list.csv, line 2: text follows a closing quote. Put a delimiter there, or double the quotes that are meant."),
        (b"title\nok\nk\xe4ik\n", "list.csv is not UTF-8 text: line 3 has the byte 0xE4. Name its encoding in the map, for example encoding = \"cp1252\" under [file]."),
        (b"title\n" + b"x" * 1_000_100 + b"\n", "list.csv, line 2: a cell is longer than 1,000,000 characters. Shorten it, or look for an unclosed quote."),
        (b"\x00" * 5_000_000, "Line 1 is longer than 4,000,000 characters. Is this a CSV file at all?"),
    ],
    ids=["empty", "no title", "twice", "open quote", "after quote", "not utf-8", "huge cell", "binary"],
)  # fmt: skip
def test_a_file_that_is_no_list_is_refused_in_one_line(desk, written, content, said):
    assert refusal(desk, written, content) == said


def test_a_header_alone_brings_nothing_and_is_no_error(desk, written):
    assert imported(desk, written, "title\n").created == 0


def test_a_missing_column_is_named_with_those_there(desk, written):
    said = refusal(desk, written, "Nr;Teema\r\n1;A\r\n", MAP)
    assert said == "list.csv has no column “Kirjeldus”. Its columns are: Nr, Teema. Correct the map."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_says_the_encoding(desk, written, encoding):
    imported(desk, written, "title\nŻółw\n".encode(encoding))
    assert [card.title for card in cards(desk)] == ["Żółw"]


def test_the_map_names_another_encoding(desk, written):
    imported(
        desk, written, "title\nkäik\n".encode("cp1252"), '[file]\nencoding = "cp1252"\n[columns]\ntitle = "title"\n'
    )
    assert [card.title for card in cards(desk)] == ["käik"]


def test_lines_may_end_in_carriage_returns_alone(desk, written):
    imported(desk, written, "title,id\rA,1\rB,2\r")
    assert sorted(card.title for card in cards(desk)) == ["A", "B"]


def test_a_folder_or_a_missing_file_is_one_line(desk, tmp_path):
    for path in (tmp_path, tmp_path / "nowhere.csv"):
        with pytest.raises(UsageError, match="cannot be read"):
            import_csv(desk, path)


def test_stopping_keeps_nothing(desk, written):
    with pytest.raises(Cancelled):
        import_csv(desk, written("list.csv", "title\nA\n"), cancelled=lambda: True)
    assert cards(desk) == []


def test_only_an_admin_imports(new_desk, written):
    new_desk()
    stranger = new_desk(uid=12345)
    with pytest.raises(NotAllowed):
        import_csv(stranger, written("list.csv", "title\nA\n"))


def test_a_role_column_gives_nobody_a_role(desk, written):
    imported(desk, written, "title,requester,role,assignee\nA,eve,admin,mallory\n")
    from helpdesk_tui.desk import people

    roles = {person.name: person.role.value for person in people.people(desk, "", 50)}
    assert (roles["eve"], roles["mallory"]) == ("requester", "agent")


def test_unknown_assignees_can_be_refused(desk, written):
    report = imported(
        desk,
        written,
        "title,who\nA,stranger\nB,\n",
        '[columns]\ntitle = "title"\nassignee = "who"\n[people]\nmake_agents = false\n',
    )
    assert report.created == 1
    assert skipped(report) == [("“stranger” is no agent of this desk", (2,))]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[columns]\ntitel = 'x'\n", "map.toml: [columns] “titel” is not a field of a ticket."),
        ("[columns]\nid = 'x'\n", "map.toml does not say which column holds the title."),
        ("[columns]\ntitle = 3\n", "map.toml: [columns] “title” is not a text."),
        ("columns = 3\n", "map.toml: “columns” is not a table."),
        ("[column]\ntitle = 'x'\n[columns]\ntitle = 'x'", "map.toml: “column” is not known here."),
        ("[columns]\ntitle = 'x'\n[file]\nencoding = 'unicode_escape'\n", "map.toml: [file] “encoding” names no text encoding: unicode_escape."),
        ("[columns]\ntitle = 'x'\n[file]\ndelimiter = ';;'\n", "map.toml: [file] “delimiter” is not one character."),
        ("[columns]\ntitle = 'x'\n[time]\nzone = '../../etc/passwd'\n", "“../../etc/passwd” is not a time zone."),
        ("[columns]\ntitle = 'x'\n[time]\nformat = '%Q'\n", "map.toml: [time] “format” is not a way to write a moment."),
        ("[columns\n", "map.toml is not a map: Expected ']' at the end of a table declaration (at line 1, column 9)."),
        ("[columns]\ntitle = 'x'\n[values.title]\na = 'b'\n", "map.toml: [values] “title” has no values to translate."),
        ("x = " + "[" * 20_000, "map.toml is not a map: it is nested too deeply."),
    ],
)  # fmt: skip
def test_a_map_that_cannot_be_is_refused_in_one_line(written, text, said):
    with pytest.raises(UsageError) as refused:
        list_map.read(written("map.toml", text))
    assert refused.value.message == said
