"""Templates: how their questions and checklists are written, and what the answers become."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_tui.domain import template
from helpdesk_tui.domain.template import Asks, Checklist, Question, answered, described
from helpdesk_tui.errors import UsageError

lines = st.lists(
    st.one_of(
        st.text(max_size=10),
        st.sampled_from(
            ["Which?", "Where? *", "Floor? [1, 2]", "Now? [yes/no] *", "Why? [long text]", "# Setup", "*", "[a]", "\n"]
        ),
    ),
    max_size=8,
).map("\n".join)


def test_questions_are_written_one_a_line():
    assert template.questions_from(
        "Which printer? *\n\n Pages? [under 10, more]\nUrgent? [ Yes/No ] *\nHow? [Long  text]"
    ) == (
        Question("Which printer?", Asks.TEXT, (), True),
        Question("Pages?", Asks.CHOICE, ("under 10", "more")),
        Question("Urgent?", Asks.YES_NO, (), True),
        Question("How?", Asks.LONG),
    )


@given(lines)
def test_questions_that_can_be_read_are_written_so_that_they_read_alike(text):
    try:
        found = template.questions_from(text)
    except UsageError:
        return
    assert template.questions_from(template.questions_text(found)) == found
    assert template.questions_of(template.question_records(found)) == found


@given(lines)
def test_checklists_that_can_be_read_are_written_so_that_they_read_alike(text):
    try:
        found = template.checklists_from(text)
    except UsageError:
        return
    again = template.checklists_from(template.checklists_text(found))
    assert sorted(again, key=lambda one: one.name) == sorted(found, key=lambda one: one.name)
    assert template.checklists_of(template.checklist_records(found)) == found


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("*", "asks nothing"),
        ("[a, b]", "asks nothing"),
        ("Which? [one]", "two different choices"),
        ("Which? [a, A]", "two different choices"),
        ("Which?\nwhich? *", "asked twice"),
        ("\n".join(f"Question {n}?" for n in range(51)), "50 questions"),
        ("x" * 501, "500 is the limit"),
    ],
)
def test_questions_that_cannot_be_asked_are_refused(text, says):
    with pytest.raises(UsageError, match=says):
        template.questions_from(text)


def test_steps_below_a_heading_are_on_the_checklist_of_that_name():
    assert template.checklists_from("Order it\n# Setup\nInstall\n#142 is how\n# Hand over\nShow it") == (
        Checklist("", ("Order it",)),
        Checklist("Setup", ("Install", "#142 is how")),
        Checklist("Hand over", ("Show it",)),
    )


def test_too_many_steps_are_refused():
    with pytest.raises(UsageError, match=f"{template.STEPS_LIMIT} steps"):
        template.checklists_from("\n".join(f"step {n}" for n in range(template.STEPS_LIMIT + 1)))


QUESTIONS = template.questions_from("Which printer? *\nFloor? [ground, first, second]\nUrgent? [yes/no]")


def test_answers_are_checked_and_kept_as_the_choices_are_written():
    assert answered(QUESTIONS, [" HP 4 ", "FIRST", "y"]) == ("HP 4", "first", "yes")
    assert answered(QUESTIONS, ["HP 4"]) == ("HP 4", "", "")


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ([], "“Which printer\\?” must be answered"),
        ([" "], "“Which printer\\?” must be answered"),
        (["x", "roof"], "“Floor\\?” cannot be answered by 'roof'"),
        (["x", "", "maybe"], "“Urgent\\?” cannot be answered"),
        (["x", "", "", "y"], "4 answers to 3 questions"),
        (["a\x00b"], "NUL"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_by_the_name_of_its_question(answers, says):
    with pytest.raises(UsageError, match=says):
        answered(QUESTIONS, answers)


def test_a_required_question_with_choices_says_what_they_are():
    with pytest.raises(UsageError) as refused:
        answered(template.questions_from("Floor? [1, 2] *"), [])
    assert refused.value.hint == "It is one of: 1, 2."


def test_the_answers_become_the_description():
    text = described("Please.\n", QUESTIONS, ("HP 4", "", "line one\nline two"))
    assert text == "Please.\n\n**Which printer?** HP 4\n\n**Urgent?**\nline one\nline two"
    assert described("", QUESTIONS, ("", "", "")) == ""


def test_what_another_tool_wrote_is_left_out():
    odd = [None, 3, {}, {"ask": ""}, {"ask": "Which?", "kind": "odd", "choices": "ab", "required": 1}]
    assert template.questions_of(odd) == (Question("Which?"),)
    assert template.questions_of("x") == template.checklists_of({"a": 1}) == ()
    assert template.checklists_of([{"name": 5, "steps": ["a", None, 3]}, {"name": "x"}]) == (
        Checklist("5", ("a", "3")),
        Checklist("x", ()),
    )
