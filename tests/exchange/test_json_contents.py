"""Files in the JSON of a desk: there and back to the byte, and nothing else than what was exported."""

from __future__ import annotations

import base64
import io
import json
import os

import pytest

from helpdesk_tui.desk import files, tickets
from helpdesk_tui.desk.spooling import spooled
from helpdesk_tui.desk.undo import redo, undo
from helpdesk_tui.errors import UsageError
from helpdesk_tui.exchange import json_desk
from tests.builders import a_ticket

SMALL = b"it went wrong"
LARGE = os.urandom(1_200_000)


def attach(desk, number, name, content):
    with spooled(desk, name, io.BytesIO(content)) as one:
        files.attach(desk, [number], [one])


def exported(desk, query=None):
    stream = io.StringIO()
    json_desk.export(desk, None if query is None else desk.ask(query), stream)
    return stream.getvalue()


def read(desk, text):
    return json_desk.import_json(desk, io.BytesIO(text.encode()))


def content(desk, number, name):
    return b"".join(files.pieces(desk, files.file_named(desk, number, name)))


@pytest.fixture
def full(new_desk):
    """A desk with files on two tickets, one content twice, one removed, and one step undone."""
    return new_desk("full", stock=files_on_two)


def files_on_two(desk):
    first, second = a_ticket(desk, "Printer", "+printer"), a_ticket(desk, "Network")
    attach(desk, first, "log.txt", SMALL)
    attach(desk, first, "log.txt", SMALL)
    attach(desk, second, "מסמך.bin", LARGE)
    attach(desk, second, "slip", b"slip")
    undo(desk)
    files.remove(desk, [files.file_named(desk, first, "log (2).txt").id])


def test_there_and_back_and_there_again_is_equal_to_the_byte(full, new_desk):
    text = exported(full)
    read(new_desk("copy"), text)
    assert exported(new_desk("copy")) == text


def test_what_is_in_the_files_is_in_the_copy(full, new_desk):
    read(new_desk("copy"), exported(full))
    copy = new_desk("copy")
    assert content(copy, 1, "log.txt") == SMALL
    assert content(copy, 2, "מסמך.bin") == LARGE
    assert [tickets.open_ticket(copy, number).files for number in (1, 2)] == [
        tickets.open_ticket(full, number).files for number in (1, 2)
    ]
    assert [card.files for card in tickets.find(copy, copy.ask("sort:number"))] == [1, 1]


def test_steps_are_undone_and_done_again_in_the_copy(full, new_desk):
    read(new_desk("copy"), exported(full))
    copy = new_desk("copy")
    undo(copy)
    assert content(copy, 1, "log (2).txt") == SMALL
    redo(copy)
    assert len(files.files(copy, 1)) == 1


def test_each_content_is_written_once_in_pieces(full):
    contents = json.loads(exported(full))["contents"]
    assert [piece["place"] for piece in contents if piece["place"]] == [1, 2]
    assert len({piece["sha256"] for piece in contents}) == 3


def test_a_query_exports_only_the_contents_of_its_tickets(full, new_desk):
    text = exported(full, "label:printer")
    assert [base64.b64decode(piece["data"]) for piece in json.loads(text)["contents"]] == [SMALL]
    read(new_desk("copy"), text)
    assert content(new_desk("copy"), 1, "log.txt") == SMALL


def tampered(full, change):
    document = json.loads(exported(full))
    change(document)
    return json.dumps(document)


def of(document, content):
    return next(p for p in document["contents"] if base64.b64decode(p["data"]) == content)


def file_of(document):
    return next(ticket for ticket in document["tickets"] if ticket["number"] == 1)["files"][0]


def drop(document):
    del document["contents"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (drop, "the list “contents” is missing"),
        (lambda d: d.update(contents={}), "a list is expected"),
        (lambda d: d.update(contents=[]), "a record of file names a file_content that is not there"),
        (lambda d: d["contents"].append(7), "is not an object of sha256, place and data"),
        (lambda d: of(d, SMALL).update(extra=1), "is not an object of sha256, place and data"),
        (lambda d: of(d, SMALL).update(place=1), "is not the piece 0 that is expected"),
        (lambda d: of(d, SMALL).update(place=False), "is not the piece 0 that is expected"),
        (lambda d: of(d, SMALL).update(sha256="../x"), "“sha256” is not 64 hexadecimal digits"),
        (lambda d: of(d, SMALL).update(sha256=None), "“sha256” is not 64 hexadecimal digits"),
        (lambda d: of(d, SMALL).update(data="%%%"), "“data” is not base64"),
        (lambda d: of(d, SMALL).update(data=""), "“data” is empty"),
        (lambda d: of(d, SMALL).update(data=[1]), "“data” is no text, or too long"),
        (lambda d: of(d, SMALL).update(data="A" * 6_000_000), "“data” is no text, or too long"),
        (lambda d: of(d, SMALL).update(data="Zm9yZ2Vk"), "ends a content that is not what its SHA-256 says"),
        (lambda d: d["contents"].append(d["contents"][0]), "goes on with a content that was left before"),
        (lambda d: file_of(d).update(size=5), "The file “log.txt” has not the size the export says"),
        (lambda d: file_of(d).update(name="../log.txt"), "“name” has blanks or line ends a desk does not keep"),
        (lambda d: file_of(d).update(sha256="none"), "a record of file names a file_content that is not there"),
        (lambda d: file_of(d).update(by=77), "a record of file names a person that is not there"),
    ],
)
def test_what_was_tampered_with_is_refused_in_one_line(full, new_desk, change, said):
    copy = new_desk("copy")
    with pytest.raises(UsageError) as refused:
        read(copy, tampered(full, change))
    assert said in refused.value.message
    assert tickets.count(copy, copy.ask("")) == 0
