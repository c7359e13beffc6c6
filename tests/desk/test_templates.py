"""Templates: what may be saved, and what becomes of the answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from helpdesk_tui.desk import templates, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.templates import Wording
from helpdesk_tui.desk.undo import redo, undo
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.ticket import Priority
from helpdesk_tui.errors import Conflict, HelpdeskError, LanguageError, NotAllowed, NotFound, UsageError
from helpdesk_tui.language.terms import AddLabel
from tests.builders import a_desk, a_person, a_ticket, desk_of

LAPTOP = Wording(
    "New laptop",
    "New laptop for a colleague",
    "Please prepare one.",
    "Who is it for? *\nWhich size? [13, 15]\nDocking station? [yes/no] *",
    "Order it\n# Setup\nInstall\nJoin the domain",
    "+hardware priority:high kind:request",
    True,
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = a_desk(tmp_path)
    yield desk
    desk.close()


def saved(desk: Desk, wording: Wording = LAPTOP) -> int:
    made = templates.add(desk, wording).made
    assert made is not None
    return made


class TestSaving:
    def test_it_reads_as_it_was_written(self, desk: Desk) -> None:
        saved(desk)
        assert templates.wording(templates.find(desk, "new LAPTOP")) == LAPTOP

    @pytest.mark.parametrize(
        ("part", "text", "says"),
        [
            ("name", " ", "needs a name"),
            ("title", "x" * 501, "500 is the limit"),
            ("questions", "Which? [one]", "two different choices"),
            ("steps", "x" * 501, "500 is the limit"),
            ("body", "a\x00", "NUL"),
            ("change", "reply:hello", "nothing else"),
            ("change", "archive", "nothing else"),
            ("change", "title:x", "nothing else"),
            ("change", "requester:me", "nothing else"),
            ("change", "assignee:me", "`me` would be the requester"),
            ("change", "watch:me", "`me` would be the requester"),
            ("change", "time:5m", "nothing else"),
        ],
    )
    def test_what_cannot_be_used_is_refused_now(self, desk: Desk, part: str, text: str, says: str) -> None:
        with pytest.raises(UsageError, match=says):
            saved(desk, replace(LAPTOP, **{part: text}))

    def test_a_change_that_is_none_is_refused_now(self, desk: Desk) -> None:
        with pytest.raises(LanguageError):
            saved(desk, replace(LAPTOP, change="prioritty:high"))

    def test_for_the_team_alone_me_is_who_uses_it(self, desk: Desk) -> None:
        made = saved(desk, replace(LAPTOP, change="assignee:me", for_requesters=False))
        agent = desk_of(desk, Role.AGENT)
        number = templates.use(agent, made, ["Anna", "", "no"]).made or 0
        assert tickets.open_ticket(desk, number).assignee_id == agent.actor.id

    def test_a_name_is_given_once(self, desk: Desk) -> None:
        saved(desk)
        other = saved(desk, replace(LAPTOP, name="Other"))
        for refused in (
            lambda: saved(desk, replace(LAPTOP, name="NEW laptop")),
            lambda: templates.edit(desk, other, LAPTOP),
        ):
            with pytest.raises(Conflict):
                refused()

    def test_writing_editing_and_removing_are_undone_and_done_again(self, desk: Desk) -> None:
        made = saved(desk)
        templates.edit(desk, made, replace(LAPTOP, questions="Which? *", steps=""))
        templates.remove(desk, made)
        assert templates.templates(desk) == ()
        undo(desk)
        assert templates.wording(templates.find(desk, "New laptop")).questions == "Which? *"
        undo(desk)
        assert templates.wording(templates.find(desk, "New laptop")) == LAPTOP
        redo(desk)
        assert templates.find(desk, "New laptop").checklists == ()


class TestUsing:
    def test_the_answers_become_the_description(self, desk: Desk) -> None:
        outcome = templates.use(desk, saved(desk), ["Anna", "15", "y"])
        found = tickets.open_ticket(desk, outcome.made or 0)
        assert found.description == (
            "Please prepare one.\n\n**Who is it for?** Anna\n\n**Which size?** 15\n\n**Docking station?** yes"
        )
        assert (found.card.title, found.card.priority, found.card.kind) == (LAPTOP.title, Priority.HIGH, "request")
        assert [label.name for label in found.card.labels] == ["hardware"]
        assert [step.text for step in found.checklist] == ["Order it", "Install", "Join the domain"]

    def test_its_steps_are_on_the_checklists_of_their_names(self, desk: Desk) -> None:
        templates.use(desk, saved(desk), ["Anna", "15", "y"])
        with desk.store.reading() as unit:
            rows = unit.connection.exec_driver_sql("SELECT checklist FROM check_step ORDER BY rank").all()
        assert [row[0] for row in rows] == ["", "Setup", "Setup"]

    def test_is_one_step_to_take_back(self, desk: Desk) -> None:
        number = templates.use(desk, saved(desk), ["Anna", "15", "y"]).made or 0
        undo(desk)
        with pytest.raises(NotFound):
            tickets.open_ticket(desk, number)
        redo(desk)
        assert tickets.open_ticket(desk, number).card.steps == 3

    def test_says_in_its_history_which_it_was_made_from(self, desk: Desk) -> None:
        made = templates.use(desk, saved(desk), ["Bob", "13", "yes"], title="For Bob").made
        assert made is not None
        history = tickets.open_ticket(desk, made).history
        assert [entry.what for entry in history if entry.kind == "created"] == [
            "created the ticket from the template “New laptop”"
        ]

    def test_may_have_another_title_and_more_changes(self, desk: Desk) -> None:
        made = saved(desk)
        number = templates.use(desk, made, ["Anna", "", "n"], title="Laptop for Anna", more=[AddLabel("vip")]).made
        card = tickets.open_ticket(desk, number or 0).card
        assert (card.title, {label.name for label in card.labels}) == ("Laptop for Anna", {"hardware", "vip"})

    def test_without_a_title_of_its_own_it_is_called_like_the_template(self, desk: Desk) -> None:
        number = templates.use(desk, saved(desk, Wording("Printer")), []).made or 0
        assert tickets.open_ticket(desk, number).card.title == "Printer"

    @pytest.mark.parametrize("answers", [[], ["Anna"], ["Anna", "14", "yes"], ["Anna", "", "maybe"]])
    def test_nothing_is_made_of_missing_or_wrong_answers(self, desk: Desk, answers: list[str]) -> None:
        made = saved(desk)
        with pytest.raises(UsageError):
            templates.use(desk, made, answers)
        assert tickets.count(desk, desk.ask("")) == 0

    def test_the_answer_is_text_whatever_is_in_it(self, desk: Desk) -> None:
        made = saved(desk, Wording("Odd", questions="What? *"))
        number = templates.use(desk, made, ["{due} +label priority:high <b>"]).made or 0
        found = tickets.open_ticket(desk, number)
        assert found.description == "**What?** {due} +label priority:high <b>"
        assert found.card.labels == ()


class TestRequesters:
    def test_see_and_use_those_that_are_for_them(self, desk: Desk) -> None:
        a_person(desk, "Bob Builder")
        a_ticket(desk, "Other", "+secret")
        made = saved(desk, replace(LAPTOP, change="+secret priority:critical assignee:bob watch:bob"))
        saved(desk, replace(LAPTOP, name="Inside", for_requesters=False))
        anna = desk_of(desk, Role.REQUESTER)
        (found,) = templates.templates(anna)
        assert (found.name, found.change, found.checklists, len(found.questions)) == ("New laptop", "", (), 3)
        number = templates.use(anna, made, ["me", "13", "no"]).made or 0
        card = tickets.open_ticket(desk, number).card
        assert (card.requester, card.priority, card.assignee) == (anna.actor.name, Priority.CRITICAL, "bob")
        assert [label.name for label in card.labels] == ["secret"]

    def test_do_not_learn_of_the_others(self, desk: Desk) -> None:
        made = saved(desk, replace(LAPTOP, name="Inside", for_requesters=False))
        anna = desk_of(desk, Role.REQUESTER)

        def said(ask: object) -> str:
            with pytest.raises(NotFound) as refused:
                ask()  # type: ignore[operator]
            return str(refused.value)

        assert said(lambda: templates.use(anna, made, ["x"])) == said(lambda: templates.use(anna, 999, ["x"]))
        assert said(lambda: templates.find(anna, "Inside")).replace("Inside", "Nope") == said(
            lambda: templates.find(anna, "Nope")
        )

    def test_may_not_write_any_and_add_no_changes(self, desk: Desk) -> None:
        made = saved(desk)
        anna = desk_of(desk, Role.REQUESTER)
        for refused in (
            lambda: templates.add(anna, LAPTOP),
            lambda: templates.edit(anna, made, LAPTOP),
            lambda: templates.remove(anna, made),
            lambda: templates.use(anna, made, ["x", "", "no"], more=[AddLabel("vip")]),
        ):
            with pytest.raises(NotAllowed):
                refused()

    def test_a_viewer_makes_no_tickets(self, desk: Desk) -> None:
        saved(desk)
        viewer = desk_of(desk, Role.VIEWER)
        with pytest.raises(HelpdeskError):
            templates.templates(viewer)
