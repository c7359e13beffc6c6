"""What of the command line is there for whoever calls: everything at an account of one's own, a part in the gate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from helpdesk_tui.cli.parsing import SHORT
from helpdesk_tui.cli.registry import GROUPS, HIDDEN
from helpdesk_tui.cli.verb import DESK, HELP, Option, Verb
from helpdesk_tui.errors import NotAllowed, UsageError
from helpdesk_tui.gate.opened import OPENED, Opened

ASCII = Option("--ascii", "Draw the board in plain ASCII.")
VERSION = Option("--version", "Show the version and stop.")

OVER_SSH = "Files come and go over standard input and output; the rest is done at the desk's own account."


class Offered(Struct, frozen=True):
    """The verbs by group, those nobody is told of, and the options that every verb takes."""

    groups: Mapping[str, tuple[Verb, ...]]
    hidden: tuple[Verb, ...]
    everywhere: tuple[Option, ...]
    sealed: bool = False

    @property
    def before(self) -> tuple[Option, ...]:
        """The options that stand before a verb, or alone."""
        return (*(option for option in self.everywhere if option is not HELP), ASCII, VERSION, HELP)

    @property
    def verbs(self) -> dict[str, Verb]:
        """Every verb one is told of, by name."""
        return {verb.name: verb for verbs in self.groups.values() for verb in verbs}

    def find(self, name: str) -> Verb:
        """The verb of that name; UsageError with the nearest known one, NotAllowed for one that is closed."""
        verbs = self.verbs
        known = verbs | {verb.name: verb for verb in self.hidden}
        if name in known:
            return known[name]
        if name in EVERYTHING.verbs:
            raise _closed(name)
        from helpdesk_tui.language.suggest import nearest, shown

        near = nearest(name, verbs)
        listed = "`ssh … help` lists the verbs." if self.sealed else "`helpdesk --help` lists the verbs."
        hint = f"Did you mean `{near}`?" if near else listed
        raise UsageError(f"There is no verb `{shown(name)}`.", hint)

    def refuse_closed(self, argv: Sequence[str], verb: Verb | None) -> None:
        """NotAllowed where an option is typed that is there for others, but closed here."""
        if not self.sealed:
            return
        whole = EVERYTHING.verbs.get(verb.name) if verb is not None else None
        there = {option.name for option in (*EVERYTHING.everywhere, *(whole.options if whole is not None else ()))}
        closed = there - {option.name for option in (*self.everywhere, *(verb.options if verb is not None else ()))}
        for word in argv:
            if word == "--":
                return
            name = word.partition("=")[0]
            if SHORT.get(name, name) in closed:
                raise _closed(name)


EVERYTHING = Offered(GROUPS, HIDDEN, (DESK, HELP))


def through_the_gate() -> Offered:
    """What is open to those who come in through the gate."""
    groups = {group: tuple(_open(verbs)) for group, verbs in GROUPS.items()}
    return Offered({group: verbs for group, verbs in groups.items() if verbs}, tuple(_open(HIDDEN)), (HELP,), True)


def _open(verbs: Iterable[Verb]) -> Iterable[Verb]:
    return (_part(verb, OPENED[verb.name]) for verb in verbs if verb.name in OPENED)


def _part(verb: Verb, opened: Opened) -> Verb:
    """The open part of a verb."""
    return verb._replace(
        options=tuple(option for option in verb.options if option.name in opened.options),
        actions=tuple(action for action in verb.actions if action in opened.actions),
        usage=opened.usage or _open_lines(verb, opened),
        about=opened.about or verb.about,
        examples=opened.examples or verb.examples,
    )


def _open_lines(verb: Verb, opened: Opened) -> str:
    """The usage of a verb without its closed actions."""
    closed = tuple(f"{verb.name} {action}" for action in verb.actions if action not in opened.actions)
    lines = verb.usage.split("\n")
    return "\n".join(line for line in lines if not (closed and line.lstrip().startswith(closed)))


def _closed(name: str) -> NotAllowed:
    return NotAllowed(f"`{name}` is closed to those who come in through the gate.", OVER_SSH)
