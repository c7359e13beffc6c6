"""What is not theirs: every verb and every reader as somebody who asks for help, on other people's tickets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import product
from typing import Any

import pytest
from sqlalchemy import text

from helpdesk_tui.desk import (
    board_columns,
    boards,
    completing,
    conversation,
    files,
    linking,
    merging,
    notices,
    people,
    presence,
    structure,
    templates,
    tickets,
    timing,
    undo,
    views,
)
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.tickets import NewTicket
from helpdesk_tui.domain.people import Actor, Role
from helpdesk_tui.domain.permissions import may_see
from helpdesk_tui.domain.related import Tie
from helpdesk_tui.errors import HelpdeskError, NotFound
from helpdesk_tui.store import cards
from tests.builders import a_person, a_ticket, an_organization, as_uid, desk_of, question
from tests.desk.every_verb import (
    ADMIN,
    AGENT,
    HIDDEN,
    MISSING,
    OWN,
    OWN_DONE,
    REQUESTER,
    UIDS,
    VERBS,
    VIEWER,
    column,
    comment_of,
    plain,
    recorded,
)


class TestATicketThatIsNotTheirs:
    """It reads like one that does not exist."""

    READERS_OF_ONE: dict[str, Callable[[Desk, int], object]] = {
        "open": tickets.open_ticket,
        "rewrite a comment": lambda desk, n: conversation.edit_comment(desk, comment_of(desk, n), "x"),
        "make one like it": lambda desk, n: tickets.create(desk, NewTicket("x", column_id=n)),
        "position": lambda desk, n: boards.position(desk, question(desk), n),
        "mark as seen": tickets.mark_seen,
        "have it open": lambda desk, n: presence.here(desk, "screen", n),
        "ask for it": lambda desk, n: tickets.find(desk, desk.ask(f"#{n}")),
        "link to it": lambda desk, n: linking.link(desk, [OWN], Tie.BLOCKS, n),
        "merge into it": lambda desk, n: merging.merge(desk, [OWN], n),
        "find it by its number": lambda desk, n: linking.candidates(desk, f"#{n}", ""),
        "count it": lambda desk, n: tickets.count(desk, desk.ask(f"number:{n}")),
    }

    @pytest.mark.parametrize(
        "do",
        [*(verb.do for verb in VERBS.values()), *READERS_OF_ONE.values()],
        ids=[*VERBS, *READERS_OF_ONE],
    )
    def test_whatever_is_tried(self, desk_as: Callable[[Role], Desk], do: Callable[[Desk, int], object]) -> None:
        answers = []
        for number in (HIDDEN, MISSING):
            desk = desk_as(REQUESTER)
            before = recorded(desk)
            try:
                answers.append(plain(do(desk, number), number))
            except HelpdeskError as error:
                answers.append(plain((type(error), str(error)), number))
                assert recorded(desk) == before
        assert answers[0] == answers[1]

    def test_looking_at_it_leaves_no_trace(self, desk_as: Callable[[Role], Desk]) -> None:
        desk = desk_as(REQUESTER)
        before = recorded(desk)
        tickets.mark_seen(desk, HIDDEN)
        assert recorded(desk) == before


class TestWhatIsNotTheirs:
    """Nothing a requester can ask for holds a byte of other people's tickets."""

    WORDS = ("", "z", "za", "zanzibar", "Zanzibar Customer", "Zanzibar Ltd", "a", "o", str(HIDDEN))
    FIELDS = ("requester", "org", "label", "source", "assignee", "agent", "watcher", "board", "column", "title", "text")

    def everything(self, desk: Desk) -> Iterator[object]:
        asked = question(desk)
        yield boards.all_boards(desk), boards.read(desk, asked), boards.all_numbers(desk, asked)
        yield boards.news(desk, 0)
        yield (
            notices.latest(desk),
            notices.count(desk),
            presence.others(desk),
            presence.everywhere(desk),
            timing.running(desk),
        )
        yield [boards.cards(desk, asked, state.column.id, 0, 50) for state in boards.read(desk, asked).columns]
        yield [boards.position(desk, asked, number) for number in range(10)]
        yield people.agents(desk), views.views(desk), templates.templates(desk), templates.find(desk, "laptop")
        for number in range(10):
            with suppress(NotFound):
                yield tickets.open_ticket(desk, number), files.files(desk, number)
                yield files.file_named(desk, number, "1")
        for query in self.queries():
            yield from self.asking(desk, query)
        for word in self.WORDS:
            for typed in (word, *(f"{field}:{word}" for field in self.FIELDS), f"+{word}", f"to:{word}"):
                yield completing.complete_query(desk, typed, len(typed))
                yield completing.typed_query(desk, typed, len(typed)).offers
                yield completing.complete_change(desk, typed, len(typed))
            yield linking.likely_duplicates(desk, f"{word} printer"), linking.likely_duplicates(desk, word)
            yield linking.candidates(desk, word, word), linking.candidates(desk, "", word)
            yield self.refusal(views.find, desk, word)
            yield self.refusal(people.person, desk, word)
            yield self.refusal(boards.board_named, desk, word)
        yield self.refusal(undo.undo, desk)

    def queries(self) -> Iterator[str]:
        yield from (
            "",
            "is:open",
            "is:archived",
            "is:late",
            "priority:critical",
            "has:due",
            "-zzz",
            "zanzibar",
            "-is:done",
        )
        yield from (f"{field}:{word}" for field, word in product(self.FIELDS, ("zanzibr", "zanziba", "any", "none")))
        yield from (f"sort:{field}" for field in ("title", "requester", "org", "priority", "due"))

    @staticmethod
    def asking(desk: Desk, query: str) -> Iterator[object]:
        try:
            bound = desk.ask(query)
        except HelpdeskError as error:
            yield str(error)
            return
        yield tickets.find(desk, bound), tickets.numbers(desk, bound), tickets.count(desk, bound)
        yield boards.read(desk, question(desk, query))

    @staticmethod
    def refusal(ask: Callable[..., object], *given: Any) -> object:
        try:
            return ask(*given)
        except HelpdeskError as error:
            # What was typed comes back; nothing else may.
            return str(error).replace(repr(given[-1]), "")

    def test_is_in_no_answer(self, desk_as: Callable[[Role], Desk]) -> None:
        for answer in self.everything(desk_as(REQUESTER)):
            assert "zanzibar" not in repr(answer).casefold()

    def test_is_there_for_those_who_may_see_it(self, desk_as: Callable[[Role], Desk]) -> None:
        """The same questions do bring it to light as an agent: they are the right ones."""
        answers = repr(list(self.everything(desk_as(AGENT)))).casefold()
        for found in ("zanzibar customer", "zanzibar ltd", "'zanzibar'", f"number={HIDDEN}"):
            assert found in answers

    def test_counts_for_nothing(self, desk_as: Callable[[Role], Desk]) -> None:
        desk = desk_as(REQUESTER)
        state = boards.read(desk, question(desk))
        assert (state.shown, state.total, state.late) == (2, 2, 0)
        assert sorted(tickets.numbers(desk, desk.ask(""))) == [OWN, OWN_DONE]
        assert boards.news(desk, 0).numbers == (OWN, OWN_DONE)

    def test_is_not_counted_in_a_warning_about_a_limit(self, desk_as: Callable[[Role], Desk]) -> None:
        desk = desk_as(REQUESTER)
        board_columns.edit_column(as_uid(desk, UIDS[ADMIN]), column(desk, "To Do"), limit=1)
        assert tickets.change_text(desk, [OWN_DONE], "reopen").warnings == ()

    def test_is_not_linked_to(self, desk_as: Callable[[Role], Desk]) -> None:
        assert tickets.open_ticket(desk_as(REQUESTER), OWN).links == ()
        assert len(tickets.open_ticket(desk_as(VIEWER), OWN).links) == 1


def test_who_may_see_a_ticket_is_the_same_in_sql_and_in_python(desk: Desk) -> None:
    own, other = an_organization(desk, "Own"), an_organization(desk, "Other")
    me, somebody = (a_person(desk, name, Role.REQUESTER) for name in ("Me", "Somebody"))
    made = {}
    other_board = structure.add_board(desk, "Other").made or 0
    for board, requester, organization in product((1, other_board), (None, me, somebody), (None, own, other)):
        number = a_ticket(desk)
        with desk.store.writing() as unit:
            parts = {"board_id": board, "requester_id": requester, "organization_id": organization}
            fields = ", ".join(f"{name} = :{name}" for name in parts)
            unit.connection.execute(text(f"UPDATE ticket SET {fields} WHERE id = :n"), {**parts, "n": number})
            unit.commit()
        made[number] = (board, requester, organization)
    for role, organization, shares, there in product(Role, (None, own, other), (False, True), (None, *Role)):
        actor = Actor(me, "me", "Me", role, organization, shares, {} if there is None else {other_board: there})
        with desk.store.reading() as unit:
            shown = cards.numbers(unit, cards.visible(actor), [text("id")], None)
        assert shown == [number for number, parts in made.items() if may_see(actor, *parts)]


def test_how_long_was_worked_is_not_learnt_by_asking(desk: Desk) -> None:
    asks = desk_of(desk, REQUESTER)
    worked, not_worked = (a_ticket(desk, title, requester_id=asks.actor.id) for title in ("a", "b"))
    tickets.change_text(desk, [worked], "time:25m")
    for query in ("time:25", "time>0", "time:0", "-time>0 time:25"):
        assert tickets.numbers(asks, asks.ask(query)) == []
    assert tickets.numbers(asks, asks.ask("sort:time")) == tickets.numbers(asks, asks.ask("sort:-time"))
    assert tickets.numbers(desk, desk.ask("time:25")) == [worked]
    assert tickets.numbers(desk, desk.ask("is:open sort:time")) == [not_worked, worked]
