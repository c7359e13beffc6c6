"""The conversation of a ticket, as a part of it: replies and notes clearly unlike each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket import Speech
from helpdesk_tui.domain.ticket_detail import Comment, TicketDetail
from helpdesk_tui.tui.widgets.lines import Line
from helpdesk_tui.tui.widgets.markdown import markdown
from helpdesk_tui.tui.widgets.ticket_parts import Part, Reader, none
from helpdesk_tui.tui.widgets.wrapping import fit


def conversation(detail: TicketDetail, width: int, reader: Reader) -> Part:
    """Everything said, oldest first. The first line of a comment is `about` ("comment", its id)."""
    said = len(detail.conversation)
    return Part(
        "conversation",
        f"Conversation {said}" if said else "Conversation",
        _lines(detail, width, reader) if said else none("Nothing said yet."),
        hint=reader.hint("reply", "quote", "note", "canned"),
    )


def _lines(detail: TicketDetail, width: int, reader: Reader) -> Iterator[Line]:
    for index, comment in enumerate(detail.conversation):
        if index:
            yield Line()
        yield from _comment(comment, detail, width, reader)


def _comment(comment: Comment, detail: TicketDetail, width: int, reader: Reader) -> Iterator[Line]:
    """A reply stands flush; a note has a bar beside it and says that only the team sees it."""
    author = clean(comment.author, limit=60)
    when = reader.said(comment.at) + (", edited" if comment.edited is not None else "")
    about = ("comment", comment.id)
    if comment.speech is Speech.NOTE:
        yield Line((("note", "▌ "), ("note strong", author), ("dim", f"  note, team only, {when}")), about=about)
        for line in chain(markdown(comment.body, width - 2), _came_with(comment, detail, width - 2)):
            yield Line((("note", "▌ "), *line.pieces), about=about)
        return
    to = f"to {clean(detail.requester_name, limit=60)}, " if comment.by_team and detail.requester_name else ""
    yield Line((("good strong" if comment.by_team else "info strong", author), ("dim", f"  {to}{when}")), about=about)
    for line in chain(markdown(comment.body, width), _came_with(comment, detail, width)):
        yield Line(line.pieces, line.back, about=about)


def _came_with(comment: Comment, detail: TicketDetail, width: int) -> Iterator[Line]:
    """The names of the files that came with a comment."""
    names = ", ".join(clean(file.name, limit=100) for file in detail.files if file.comment_id == comment.id)
    if names:
        yield Line((("dim", "with "), ("info", fit(names, max(8, width - 5)))))
