"""What can be asked about and what can be changed: the one registry.

Parsing, binding, completion, help and the documented JSON are all drawn from these tables.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.ticket import LANGUAGES, Level, Priority, Status
from helpdesk_tui.language.nodes import OPERATORS

NAMED = ("person", "label", "organization", "board", "column", "source", "kind")
"""What a lookup knows names of."""

EQUALS_ONLY = (":",)

STATUS_WORDS = {
    "review": Status.REVIEW,
    "rework": Status.REWORK,
    "waiting": Status.WAITING,
    "blocked": Status.BLOCKED,
}
PRIORITY_WORDS = {priority.word: priority for priority in reversed(Priority)}
LEVEL_WORDS = {level.word: level for level in Level}
CATEGORY_WORDS = tuple(category.value for category in Category)
DATE_WORDS = ("today", "tomorrow", "monday", "eow", "eom", "3d", "2w")
PAST_WORDS = ("today", "yesterday", "monday", "3d", "2w")
SPAN_WORDS = ("1h", "4h", "1d", "3d", "2w")
AGE_WORDS = (*SPAN_WORDS, "3bd")


class Type(StrEnum):
    """How the values of a field are read and compared."""

    TITLE = "title"
    """Contains, folded."""
    TEXT = "text"
    """Full text."""
    NAME = "name"
    """Refers to people, labels and the like."""
    CHOICE = "choice"
    """One of a few words."""
    LEVEL = "level"
    """One of a few words that have an order."""
    MOMENT = "moment"
    """A date or a time; a bare duration counts into the field's own direction."""
    AGE = "age"
    """How long ago."""
    COUNT = "count"
    """A whole number."""
    MINUTES = "minutes"
    """A duration of work."""
    CHECKLIST = "checklist"
    """`done`, `open`, or how many steps."""
    SLA = "sla"
    """The state of the nearest service level, or how long it leaves."""


class Field(Struct, frozen=True):
    """Something to ask about. `doc` is one sentence; `words` are values worth offering, `names` what a lookup offers.

    `past` says that a bare duration and a weekday count backwards from now.
    """

    name: str
    type: Type
    doc: str
    words: tuple[str, ...] = ()
    names: str = ""
    aliases: tuple[str, ...] = ()
    sortable: bool = False
    past: bool = False

    @property
    def operators(self) -> tuple[str, ...]:
        """The operators that make sense for it."""
        plain = {Type.TITLE, Type.TEXT, Type.NAME, Type.CHOICE}
        return EQUALS_ONLY if self.type in plain else OPERATORS

    def words_after(self, operator: str) -> tuple[str, ...]:
        """The words worth offering after that operator: what has no order cannot follow `<`."""
        if operator == ":":
            return self.words
        if self.type is Type.SLA:
            return SPAN_WORDS
        if self.type is Type.CHECKLIST or operator not in self.operators:
            return ()
        return tuple(word for word in self.words if word not in ("none", "any"))


class FlagWord(Struct, frozen=True):
    """A yes-or-no question: `is:late`, `has:files`."""

    verb: str
    name: str
    doc: str


class Action(Struct, frozen=True):
    """A term of a change of the form `name:value`.

    `takes` says what the value is: one of `words`, a name of kind `names`, or else text, moment, ticket, duration.
    `clears` says that `none` empties the field; `several` that values may be listed or the term repeated; `for_rules`
    that nobody can type it but into a rule.
    """

    name: str
    doc: str
    takes: str
    words: tuple[str, ...] = ()
    names: str = ""
    aliases: tuple[str, ...] = ()
    clears: bool = False
    several: bool = False
    for_rules: bool = False


def _person(name: str, doc: str, sortable: bool = False) -> Field:
    return Field(name, Type.NAME, doc, ("me", "none", "any"), "person", sortable=sortable)


def _moment(name: str, doc: str, past: bool = True) -> Field:
    words = (*(PAST_WORDS if past else DATE_WORDS), "none", "any")
    return Field(name, Type.MOMENT, doc, words, sortable=True, past=past)


def _count(name: str, doc: str) -> Field:
    return Field(name, Type.COUNT, doc, sortable=True)


def _name(name: str, kind: str, doc: str, words: tuple[str, ...] = (), **more: bool) -> Field:
    return Field(name, Type.NAME, doc, words, kind, sortable=more.get("sortable", False))


FIELDS: tuple[Field, ...] = (
    Field("title", Type.TITLE, "The title contains this, whatever the case and accents.", sortable=True),
    Field("text", Type.TEXT, "Any text of the ticket holds exactly these words in this order."),
    _person("requester", "Who needs help.", sortable=True),
    Field(
        "org",
        Type.NAME,
        "The organization of the requester.",
        ("none", "any"),
        "organization",
        ("organization",),
        sortable=True,
    ),
    _person("assignee", "Who is to help.", sortable=True),
    _person("agent", "Whoever helped: the assignee, or somebody of the team who replied or left a note."),
    _name("board", "board", "The board the ticket is on.", sortable=True),
    _name("column", "column", "The column the ticket is in, by name, on whichever board.", sortable=True),
    Field("category", Type.CHOICE, "What the column means for the work.", CATEGORY_WORDS, sortable=True),
    Field("status", Type.CHOICE, "The flag beside the column.", (*STATUS_WORDS, "none", "any"), sortable=True),
    Field("priority", Type.LEVEL, "How soon it wants attention.", tuple(PRIORITY_WORDS), sortable=True),
    Field("impact", Type.LEVEL, "How many are hit.", (*LEVEL_WORDS, "none", "any"), sortable=True),
    Field("urgency", Type.LEVEL, "How badly they are hit.", (*LEVEL_WORDS, "none", "any"), sortable=True),
    _name("label", "label", "A label on the ticket; `sort:` goes by the first.", ("none", "any"), sortable=True),
    Field("kind", Type.CHOICE, "What sort of work it is.", ("none", "any"), "kind", sortable=True),
    Field(
        "language",
        Type.CHOICE,
        "The language of the conversation.",
        (*LANGUAGES, "none", "any"),
        aliases=("lang",),
        sortable=True,
    ),
    _moment("due", "When it is to be done; a bare duration counts into the future.", past=False),
    _moment("created", "When it came in; a bare duration counts back from now."),
    _moment("updated", "When anything last happened to it; a bare duration counts back."),
    _moment("closed", "When it was done; a bare duration counts back."),
    _moment("replied", "When the team first replied; a bare duration counts back."),
    Field("age", Type.AGE, "How long ago it came in: `age>3d`, in working days `age>3bd`.", AGE_WORDS, sortable=True),
    Field("idle", Type.AGE, "How long nothing has happened to it: `idle>2w`, `idle>3bd`.", AGE_WORDS, sortable=True),
    Field(
        "checklist",
        Type.CHECKLIST,
        "Its checklist is all done or still open, or how many steps it has.",
        ("done", "open", "none", "any"),
        sortable=True,
    ),
    _count("comments", "How many replies, and notes where you may read them."),
    _count("files", "How many files are attached."),
    Field("time", Type.MINUTES, "How much work was logged: `time>1h`, `time<25m`.", ("15m", "1h", "4h"), sortable=True),
    Field("rating", Type.COUNT, "How satisfied the requester was.", ("none", "any"), sortable=True),
    Field(
        "sla",
        Type.SLA,
        "The nearest service level of an open ticket, or the time left to it: `sla<1h`.",
        ("ok", "risk", "late", "none", "any"),
        sortable=True,
    ),
    _count("number", "The ticket's number."),
    _person("watcher", "Who watches it."),
    Field("source", Type.CHOICE, "Where it came from.", ("none", "any"), "source", sortable=True),
)

FLAGS: tuple[FlagWord, ...] = (
    FlagWord("is", "open", "Neither done nor archived."),
    FlagWord("is", "done", "Done."),
    FlagWord("is", "archived", "Put away."),
    FlagWord("is", "late", "Open, and a due date or a service level was missed."),
    FlagWord("is", "due", "Open, and due today."),
    FlagWord("is", "unassigned", "Nobody is to help yet."),
    FlagWord("is", "mine", "Assigned to you."),
    FlagWord("is", "waiting", "Waiting on the requester."),
    FlagWord("is", "blocked", "Blocked."),
    FlagWord("is", "review", "Needs review."),
    FlagWord("is", "rework", "Needs rework."),
    FlagWord("is", "escalated", "Escalated."),
    FlagWord("is", "unread", "Somebody else did something since you last looked."),
    FlagWord("is", "new", "Open, and nobody of the team replied yet."),
    FlagWord("has", "checklist", "Has a checklist."),
    FlagWord("has", "files", "Has files attached."),
    FlagWord("has", "due", "Has a due date."),
    FlagWord("has", "reply", "Somebody of the team replied."),
)

ACTIONS: tuple[Action, ...] = (
    Action("title", "A new title.", "text"),
    Action(
        "assignee",
        "Who is to help; `auto` lets the desk choose, `lead` is who leads the board.",
        "name",
        ("me", "auto", "lead"),
        "person",
        clears=True,
    ),
    Action("priority", "How soon it wants attention; `up` is one more.", "choice", (*PRIORITY_WORDS, "up")),
    Action("impact", "How many are hit.", "choice", tuple(LEVEL_WORDS), clears=True),
    Action("urgency", "How badly they are hit.", "choice", tuple(LEVEL_WORDS), clears=True),
    Action("due", "When it is to be done; a day without a time means its end.", "moment", DATE_WORDS, clears=True),
    Action("status", "The flag beside the column.", "choice", tuple(STATUS_WORDS), clears=True),
    Action("kind", "What sort of work it is.", "choice", (), "kind", clears=True),
    Action("requester", "Who needs help.", "name", ("me",), "person", clears=True),
    Action("org", "Their organization.", "name", (), "organization", ("organization",), clears=True),
    Action("language", "The language of the conversation.", "choice", LANGUAGES, aliases=("lang",), clears=True),
    Action("board", "Move to another board.", "name", (), "board"),
    Action("to", "Move to a column, by name or category.", "name", CATEGORY_WORDS, "column"),
    Action("check", "Add a step to the checklist.", "text", several=True),
    Action("reply", "Say something the requester sees.", "text", several=True),
    Action("note", "Say something only the team sees.", "text", several=True),
    Action("watch", "Let somebody follow it.", "name", ("me",), "person", several=True),
    Action("unwatch", "Let somebody no longer follow it.", "name", ("me",), "person", several=True),
    Action("link", "Relate it to another ticket.", "ticket", several=True),
    Action("blocks", "Another ticket cannot go on before this one is done.", "ticket", several=True),
    Action("parent", "This ticket is the parent of another.", "ticket", several=True),
    Action("duplicate", "Close it as a duplicate of another ticket.", "ticket"),
    Action("time", "Log time worked.", "duration", ("15m", "30m", "1h")),
)

RULE_ACTIONS: tuple[Action, ...] = (
    Action(
        "notify",
        "Who is told of it in their notices.",
        "name",
        ("assignee", "watchers", "lead", "admins"),
        "person",
        several=True,
        for_rules=True,
    ),
    Action("message", "What they are told, if not the name of the rule.", "text", for_rules=True),
    Action("canned", "Say the canned reply of that name, and make its change.", "text", for_rules=True),
    Action("new", "Make a ticket from the template of that name.", "text", for_rules=True),
    Action(
        "report",
        "Tell how the desk stands: `file` keeps it beside the desk.",
        "choice",
        ("daily", "file"),
        for_rules=True,
    ),
)
"""Terms that only the change of a rule may have."""

VERBS = {
    "archive": "Put it away.",
    "reopen": "Open it again.",
    "escalate": "Mark it as escalated.",
    "calm": "Take that mark off.",
}
"""The terms of a change that are a single word."""

KEYWORDS = {
    "and": "Both must hold; a blank says the same.",
    "or": "Either may hold.",
    "not": "The opposite of what follows; `-` says the same.",
}

SORT = "sort"
SORT_DOC = "The order: `sort:due`, `sort:-priority`; several allowed."

_BY_NAME = {name: field for field in FIELDS for name in (field.name, *field.aliases)}
_ACTIONS_BY_NAME = {name: action for action in (*ACTIONS, *RULE_ACTIONS) for name in (action.name, *action.aliases)}
_FLAGS_BY_NAME = {(flag.verb, flag.name): flag for flag in FLAGS}


def field(name: str) -> Field | None:
    """The field of that name or alias, in any case."""
    return _BY_NAME.get(name.lower())


def flag(verb: str, name: str) -> FlagWord | None:
    """The flag of that name, in any case."""
    return _FLAGS_BY_NAME.get((verb.lower(), name.lower()))


def action(name: str) -> Action | None:
    """The term of a change of that name or alias, in any case."""
    return _ACTIONS_BY_NAME.get(name.lower())


def flags_of(verb: str) -> tuple[str, ...]:
    """The names of the flags that go with `is` or `has`."""
    return tuple(flag.name for flag in FLAGS if flag.verb == verb)
