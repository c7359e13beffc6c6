"""What a new board can begin with."""

from __future__ import annotations

from msgspec import Struct

from helpdesk_tui.domain.board import Category
from helpdesk_tui.errors import UsageError


class ColumnPlan(Struct, frozen=True):
    """A column as a template has it; see `board.Column`."""

    name: str
    category: Category
    limit: int | None = None
    hard: bool = False
    color: str = ""


class BoardTemplate(Struct, frozen=True):
    """A board as it could be: `word` names it on the command line, `about` says in a sentence whom it suits."""

    word: str
    name: str
    about: str
    columns: tuple[ColumnPlan, ...]
    members_only: bool = False
    archive_after: int | None = None


PLAIN = BoardTemplate(
    "plain",
    "Plain",
    "To do, doing, done, and nothing else.",
    (
        ColumnPlan("To Do", Category.TODO),
        ColumnPlan("Doing", Category.DOING),
        ColumnPlan("Done", Category.DONE),
    ),
)

TEMPLATES = (
    PLAIN,
    BoardTemplate(
        "support",
        "IT support",
        "For a team that answers requests: what waits for somebody stands apart from what is worked on.",
        (
            ColumnPlan("To Do", Category.TODO),
            ColumnPlan("Doing", Category.DOING, 8),
            ColumnPlan("Waiting", Category.DOING, color="yellow"),
            ColumnPlan("Review", Category.DOING, 4, color="purple"),
            ColumnPlan("Done", Category.DONE),
        ),
        archive_after=14,
    ),
    BoardTemplate(
        "single",
        "Single technician",
        "For one person: three tickets at a time, no more.",
        (
            ColumnPlan("To Do", Category.TODO),
            ColumnPlan("Doing", Category.DOING, 3, hard=True),
            ColumnPlan("Done", Category.DONE),
        ),
        archive_after=30,
    ),
    BoardTemplate(
        "changes",
        "Change requests",
        "For planned changes: assessed, approved and scheduled before they are made. Only its members work there.",
        (
            ColumnPlan("Requested", Category.TODO),
            ColumnPlan("Assessing", Category.DOING, 5, color="blue"),
            ColumnPlan("Approved", Category.DOING, color="green"),
            ColumnPlan("Making", Category.DOING, 2, hard=True, color="orange"),
            ColumnPlan("Done", Category.DONE),
        ),
        members_only=True,
        archive_after=90,
    ),
)


def template_named(word: str) -> BoardTemplate:
    """The template of that word or name. UsageError with the words if there is none."""
    wanted = word.strip().casefold()
    for template in TEMPLATES:
        if wanted in {template.word, template.name.casefold()}:
            return template
    known = ", ".join(template.word for template in TEMPLATES)
    raise UsageError(f"There is no board template {word[:60]!r}.", f"There are: {known}.")
