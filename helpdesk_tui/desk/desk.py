"""A desk as one person has it open."""

from __future__ import annotations

from datetime import tzinfo
from functools import cached_property
from pathlib import Path

from helpdesk_tui.clock import Clock
from helpdesk_tui.domain import permissions
from helpdesk_tui.domain.people import Actor
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import LetOut, NotAllowed, UsageError
from helpdesk_tui.language.asking import Asking
from helpdesk_tui.language.bound import Always, Bound
from helpdesk_tui.store import directory
from helpdesk_tui.store.engine import Store, Watch
from helpdesk_tui.store.lookup import StoreLookup
from helpdesk_tui.store.news import last_event_id
from helpdesk_tui.store.unit_of_work import Unit


def has_key(unit: Unit, person_id: int, key: str) -> bool:
    """Whether the key of that fingerprint is one of theirs."""
    # Only those who came through the gate have one.
    from helpdesk_tui.store import ssh_keys

    return key in ssh_keys.fingerprints_of(unit, person_id)


class Desk:
    """The store, the acting person and the clock: what every verb needs. The verbs are functions beside this module.

    May be used from several threads; each verb takes a connection of its own.
    """

    def __init__(
        self,
        store: Store,
        actor: Actor,
        clock: Clock,
        zone: tzinfo,
        source: str = "",
        *,
        sealed: bool = False,
        key: str = "",
    ) -> None:
        self.store = store
        self.actor = actor
        self.clock = clock
        self.zone = zone
        self.source = source
        """How this front end's new tickets came in: `screen`, `command`, …"""
        self.sealed = sealed
        """Whether the person came in through the gate: no file is then read or written by its path."""
        self.key = key
        """The fingerprint of the key they came with and are let in by; empty where that is not asked."""
        self.insists = False
        """Whether what would be asked about first (`NeedsYes`) has been asked and is meant."""

        self.read_at: int | None = None
        """The last event when what is changed now was read, where that was a while ago: see `as_of`."""

    @cached_property
    def watch(self) -> Watch:
        """The eye on other people's changes; for one thread only."""
        return self.store.watch()

    @property
    def read_only(self) -> bool:
        """Whether this account may only read the desk's file; every change is then refused with DeskUnusable."""
        return self.store.read_only

    @property
    def caution(self) -> str:
        """What the acting person should know of the place where the desk is kept, before they change anything in it.

        "" where there is nothing, or nothing that they could do about it.
        """
        return "" if self.sealed or self.read_only else self.store.caution

    def may(self, act: Act, board_id: int | None = None) -> bool:
        """Whether the acting person is permitted to do this: on that board, else on the desk or any of its boards."""
        if self.sealed and act in permissions.WITH_FILES:
            return False
        if board_id is not None:
            return permissions.may_on(self.actor, act, board_id)
        return permissions.may_somewhere(self.actor, act)

    def require(self, act: Act, board_id: int | None = None) -> None:
        """NotAllowed unless the acting person is permitted to do this; see `may`."""
        if self.may(act, board_id):
            return
        if self.sealed:
            self.require_files(act)
        role = self.actor.role if board_id is None else self.actor.role_on(board_id)
        where = "" if role is self.actor.role else " on this board"
        raise NotAllowed(
            f"As {role.value}{where} you may not {act.value}.", "Ask an admin of this desk to do it or to let you."
        )

    def require_files(self, act: Act | None = None) -> None:
        """NotAllowed where files must not be read or written by their paths, or for an act that needs it there."""
        if self.sealed and (act is None or act in permissions.WITH_FILES):
            raise NotAllowed(
                "Through the gate no file of this machine is read or written.",
                "Files come and go over standard input and output, as in `ssh desk@host attach 142 log.txt <log.txt`.",
            )

    def refuse_own_file(self, path: Path) -> None:
        """UsageError for a file of the desk itself. To read one would drop SQLite's locks on it when it is closed."""
        if self.store.is_part(path):
            raise UsageError(
                f"{clean(str(path), limit=200)} is the desk itself.", "`helpdesk backup FILE` makes a copy of it."
            )

    def keep_up(self, unit: Unit) -> bool:
        """Take in what the acting person is by now; whether that has changed.

        LetOut if they were deactivated, or if the key with which they came has been taken from them.
        """
        found = directory.actor_by_id(unit, self.actor.id)
        if found is None or not found[1]:
            raise LetOut("Your account on this desk has been deactivated.", "Ask an admin of the desk.")
        if self.key and not has_key(unit, self.actor.id, self.key):
            raise LetOut("The key you came with has been taken off this desk.", "Ask an admin of the desk.")
        before, self.actor = self.actor, found[0]
        return before != self.actor

    def asking(self) -> Asking:
        """The circumstances in which a query or change typed now gets its meaning."""
        return Asking(self.actor, self.clock.now(), self.zone, StoreLookup(self.store, self.actor))

    def ask(self, text: str) -> Bound:
        """The query in `text`, bound for this person and moment. LanguageError if it is not one."""
        if not text.strip():
            return Bound(Always())
        # The language is loaded with the first question in it: a board opens without one.
        from helpdesk_tui.language.bind import bind
        from helpdesk_tui.language.query import parse

        return bind(parse(text), self.asking())

    def insisting(self) -> Desk:
        """This desk, for doing what `NeedsYes` asked about."""
        desk = self._alike()
        desk.insists = True
        return desk

    def last_event(self) -> int:
        """The number of the last event, for `as_of`."""
        with self.store.reading() as unit:
            return last_event_id(unit)

    def as_of(self, event_id: int | None) -> Desk:
        """This desk, for changing what was read when that was the last event. A field of the desk's own records, as of
        a policy or a template, that somebody has changed since is not overwritten: Overtaken.
        """
        desk = self._alike()
        desk.read_at = event_id
        return desk

    def _alike(self) -> Desk:
        return Desk(self.store, self.actor, self.clock, self.zone, self.source, sealed=self.sealed, key=self.key)

    def close(self) -> None:
        """Let go of the desk's file."""
        if "watch" in self.__dict__:
            self.watch.close()
        self.store.close()
