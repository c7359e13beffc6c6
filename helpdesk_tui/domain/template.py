"""A template: a prepared ticket, with what is to be asked before it is made.

Questions are written one a line, `*` at the end of those that must be answered:

    Which printer? *
    How many pages? [under 10, more]
    Is it urgent? [yes/no] *
    What happened, step by step? [long text]

Steps are written one a line too; those below a line `# Name` are on the checklist of that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from msgspec import Struct

from helpdesk_tui.domain import entry
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import UsageError

QUESTIONS_LIMIT = 50
"""Questions a template may ask."""

STEPS_LIMIT = 500
"""Steps a ticket, and so a template, may have on all its checklists."""

YES_NO = ("yes", "no")

_QUESTION = re.compile(r"(?P<ask>.*?)\s*(?:\[(?P<choices>[^\[\]]*)\])?\s*(?P<required>\*)?")


class Asks(StrEnum):
    """What kind of answer a question takes."""

    TEXT = "text"
    LONG = "long text"
    CHOICE = "choice"
    YES_NO = "yes/no"


_KINDS = {kind.value: kind for kind in Asks}


class Question(Struct, frozen=True):
    """Something to ask before the ticket is made."""

    ask: str
    kind: Asks = Asks.TEXT
    choices: tuple[str, ...] = ()
    required: bool = False

    @property
    def answers(self) -> tuple[str, ...]:
        """What may be answered; empty where any text may."""
        return YES_NO if self.kind is Asks.YES_NO else self.choices


class Checklist(Struct, frozen=True):
    """Steps to be done, under a name or (the ticket's own) none."""

    name: str
    steps: tuple[str, ...]


class Template(Struct, frozen=True):
    """A prepared ticket. `change` is in the change language, and is applied to the new ticket."""

    id: int
    name: str
    title: str = ""
    body: str = ""
    questions: tuple[Question, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    change: str = ""
    for_requesters: bool = False


def questions_from(text: str) -> tuple[Question, ...]:
    """The questions written in `text`, one a line. UsageError for one without words, or with too few choices."""
    found = tuple(_question(line.strip()) for line in text.splitlines() if line.strip())
    if len(found) > QUESTIONS_LIMIT:
        raise UsageError(f"A template may ask {QUESTIONS_LIMIT} questions.", "Ask for less at once.")
    asked = [fold(question.ask) for question in found]
    if len(set(asked)) != len(asked):
        raise UsageError("The same question is asked twice.", "Ask it once.")
    return found


def _question(line: str) -> Question:
    parts = _QUESTION.fullmatch(line)
    ask = entry.title(parts["ask"]) if parts is not None and parts["ask"].strip() else ""
    if parts is None or not ask:
        raise UsageError(f"{line[:40]!r} asks nothing.", "Write a question, as in: Which printer? *")
    required = parts["required"] is not None
    if parts["choices"] is None:
        return Question(ask, Asks.TEXT, (), required)
    if fold(parts["choices"].replace(" ", "")) == "yes/no":
        return Question(ask, Asks.YES_NO, (), required)
    if fold(" ".join(parts["choices"].split())) == Asks.LONG:
        return Question(ask, Asks.LONG, (), required)
    choices = tuple(" ".join(choice.split()) for choice in parts["choices"].split(",") if choice.strip())
    if len({fold(choice) for choice in choices}) != len(choices) or len(choices) < 2:
        raise UsageError(f"{ask[:60]!r} needs two different choices or more.", "As in: Which floor? [1, 2, 3]")
    return Question(ask, Asks.CHOICE, choices, required)


def questions_text(questions: Iterable[Question]) -> str:
    """Questions as `questions_from` reads them."""
    return "\n".join(_question_line(question) for question in questions)


def _question_line(question: Question) -> str:
    choices = ", ".join(question.choices) if question.kind is Asks.CHOICE else question.kind.value
    shown = "" if question.kind is Asks.TEXT else f" [{choices}]"
    return f"{question.ask}{shown}{' *' if question.required else ''}"


def checklists_from(text: str) -> tuple[Checklist, ...]:
    """The checklists written in `text`: a step a line, `# Name` above those of a list with a name."""
    lists: dict[str, list[str]] = {}
    name = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("# "):
            name = entry.name(line.removeprefix("# "), "checklist")
        else:
            lists.setdefault(name, []).append(entry.step(line))
    if sum(map(len, lists.values())) > STEPS_LIMIT:
        raise UsageError(f"A ticket may have {STEPS_LIMIT} steps.", "Make the list shorter.")
    return tuple(Checklist(name, tuple(steps)) for name, steps in lists.items())


def checklists_text(checklists: Iterable[Checklist]) -> str:
    """Checklists as `checklists_from` reads them."""
    return "\n".join(line for checklist in _own_first(checklists) for line in _checklist_lines(checklist))


def _own_first(checklists: Iterable[Checklist]) -> list[Checklist]:
    return sorted(checklists, key=lambda checklist: checklist.name != "")


def _checklist_lines(checklist: Checklist) -> list[str]:
    return [*([f"# {checklist.name}"] if checklist.name else []), *checklist.steps]


def answered(questions: Sequence[Question], answers: Sequence[str]) -> tuple[str, ...]:
    """The answers to all questions, checked and as they are kept; one not given is "".

    UsageError, naming the question, for one that must be answered or an answer that is none of its choices.
    """
    if len(answers) > len(questions):
        raise UsageError(f"There are {len(answers)} answers to {len(questions)} questions.", "Leave out the rest.")
    given = [*answers, *[""] * (len(questions) - len(answers))]
    return tuple(_answer(question, answer) for question, answer in zip(questions, given, strict=True))


def _answer(question: Question, answer: str) -> str:
    answer = entry.long_text(answer, "answer").strip()
    if not answer:
        if question.required:
            raise UsageError(f"“{question.ask}” must be answered.", _may_be(question))
        return ""
    if not question.answers:
        return answer
    meant = [known for known in question.answers if fold(known) == fold(answer)]
    meant = meant or [known for known in question.answers if fold(known).startswith(fold(answer))]
    if len(meant) != 1:
        raise UsageError(f"“{question.ask}” cannot be answered by {answer[:40]!r}.", _may_be(question))
    return meant[0]


def _may_be(question: Question) -> str:
    return f"It is one of: {', '.join(question.answers)}." if question.answers else "Say it in a few words."


def described(body: str, questions: Sequence[Question], answers: Sequence[str]) -> str:
    """The description of the new ticket: what the template says, then each question with its answer."""
    told = [
        f"**{question.ask}**{chr(10) if chr(10) in answer else ' '}{answer}"
        for question, answer in zip(questions, answers, strict=True)
        if answer
    ]
    return "\n\n".join(part for part in (body.strip("\n"), *told) if part)


def question_records(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """Questions as they are stored."""
    return [
        {"ask": one.ask, "kind": one.kind.value, "choices": list(one.choices), "required": one.required}
        for one in questions
    ]


def checklist_records(checklists: Iterable[Checklist]) -> list[dict[str, Any]]:
    """Checklists as they are stored."""
    return [{"name": one.name, "steps": list(one.steps)} for one in checklists]


def questions_of(records: Any) -> tuple[Question, ...]:
    """Stored questions; what is none of them (another tool may have written it) is left out."""
    return tuple(
        Question(
            str(record["ask"]),
            _KINDS.get(str(record.get("kind")), Asks.TEXT),
            tuple(str(choice) for choice in _items(record.get("choices"))),
            record.get("required") is True,
        )
        for record in _mappings(records)
        if record.get("ask")
    )


def checklists_of(records: Any) -> tuple[Checklist, ...]:
    """Stored checklists; what is none of them is left out."""
    return tuple(
        Checklist(str(record.get("name") or ""), tuple(str(step) for step in _items(record.get("steps"))))
        for record in _mappings(records)
    )


def _mappings(records: Any) -> list[Mapping[str, Any]]:
    return [record for record in _items(records) if isinstance(record, dict)]


def _items(value: Any) -> list[Any]:
    return [item for item in value if item] if isinstance(value, list) else []
