"""Every verb of the desk, as the tests of who may do and see what do it to a ticket."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from helpdesk_tui.desk import (
    acting,
    archiving,
    board_columns,
    board_list,
    board_members,
    boards,
    calendars,
    canned,
    checklist,
    checkup,
    completing,
    conversation,
    copying,
    daily,
    erasing,
    faces,
    figures,
    files,
    finding,
    handing_over,
    keeping,
    labels,
    linking,
    merging,
    merging_organizations,
    merging_people,
    notices,
    ordering,
    organizations,
    people,
    persons,
    policies,
    presence,
    requests,
    rules,
    service_levels,
    settings,
    ssh_keys,
    structure,
    templates,
    tickets,
    timing,
    undo,
    views,
)
from helpdesk_tui.desk.calendars import Hours
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.persons import Details
from helpdesk_tui.desk.policies import Terms
from helpdesk_tui.desk.spooling import spooled, spooled_paths
from helpdesk_tui.desk.templates import Wording
from helpdesk_tui.desk.tickets import NewTicket
from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.calendar import read_week
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.related import Tie
from helpdesk_tui.domain.rules import Wording as RuleWording
from helpdesk_tui.domain.service_level import Targets
from helpdesk_tui.domain.ssh_keys import read_key
from helpdesk_tui.domain.ticket import Priority
from helpdesk_tui.exchange import csv_export, csv_list, demo, json_desk, people_csv, person_export
from helpdesk_tui.store import directory, membership, migrate
from helpdesk_tui.store.sqlite import SqliteStore
from tests.builders import column_id, question
from tests.gate.house import key_of

A_PROMISE = Terms("new", "is:open", 1, {Priority.HIGH: Targets(60, 60)})
SOME_HOURS = Hours("new", week=read_week("mon-fri 8-18"))

ADMIN, AGENT, VIEWER, REQUESTER = Role
UIDS = {Role.ADMIN: 1000, Role.AGENT: 2001, Role.VIEWER: 2002, Role.REQUESTER: 2003}

EVERYBODY = {ADMIN, AGENT, VIEWER, REQUESTER}
TEAM = {ADMIN, AGENT}
ASKERS = {ADMIN, AGENT, REQUESTER}
READERS = {ADMIN, AGENT, VIEWER}

OWN, OWN_DONE, HIDDEN = 1, 2, 3
"""Tickets of the requester, and one that is not theirs."""
MISSING = 999
SOMEBODY = 5
"""A person who is none of those who try."""
TWIN = 6
"""Another, who has no account."""


@dataclass(frozen=True)
class Verb:
    """Something a person can do: the act it needs, who may according to the design, and how it is done to a ticket."""

    act: Act
    roles: set[Role]
    do: Callable[[Desk, int], object]


def change(words: str) -> Callable[[Desk, int], object]:
    return lambda desk, number: tickets.change_text(desk, [number], words)


def a_bare_store(path: Path) -> SqliteStore:
    """A new desk that nobody has opened yet."""
    migrate.create(path)
    return SqliteStore(path)


def step(desk: Desk, number: int) -> int:
    """The id of the first step of a ticket, as its admin knows it."""
    with desk.store.reading() as unit:
        found = unit.scalar(text(f"SELECT min(id) FROM check_step WHERE ticket_id = {number}"))
    return int(found or MISSING)


def attach(desk: Desk, number: int) -> object:
    with spooled(desk, "zanzibar.txt", io.BytesIO(b"zanzibar")) as one:
        return files.attach(desk, [number], [one])


def attach_path(desk: Desk, number: int) -> object:
    with spooled_paths(desk, [a_list(desk)]) as found:
        return files.attach(desk, [number], found)


def latest_step(desk: Desk, number: int) -> int:
    """The last that was done to a ticket, by whomever."""
    with desk.store.reading() as unit:
        found = unit.scalar(text(f"SELECT max(change_set_id) FROM event WHERE ticket_id = {number}"))
    return int(found or MISSING)


def file_of(desk: Desk, number: int) -> int:
    """The id of the first file of a ticket, which its admin attached."""
    with desk.store.reading() as unit:
        found = unit.scalar(text(f"SELECT min(id) FROM file WHERE ticket_id = {number}"))
    return int(found or MISSING)


def comment_of(desk: Desk, number: int) -> int:
    with desk.store.reading() as unit:
        found = unit.scalar(text(f"SELECT min(id) FROM comment WHERE ticket_id = {number}"))
    return int(found or MISSING)


def column(desk: Desk, name: str) -> int:
    return column_id(desk, name)


def board(desk: Desk) -> int:
    return boards.all_boards(desk)[0].id


def archived_board(desk: Desk) -> int:
    with desk.store.reading() as unit:
        away = [board.id for board in directory.boards(unit, archived=True) if board.archived_at is not None]
    return away[0] if away else MISSING


def member(desk: Desk) -> int:
    with desk.store.reading() as unit:
        found = membership.members(unit, board(desk))
    return found[0][0].id if found else MISSING


def a_list(desk: Desk) -> Path:
    path = desk.store.path.with_name("list.csv")
    path.write_text("title\nPrinter\n")
    return path


A_RULE = RuleWording("new", "created", "printer", "+hardware")

VERBS: dict[str, Verb] = {
    "create": Verb(Act.CREATE, ASKERS, lambda desk, _: tickets.create(desk, NewTicket("x"))),
    "create with a label": Verb(Act.EDIT, TEAM, lambda desk, _: tickets.create(desk, NewTicket("x", labels=("vpn",)))),
    "create with an assignee": Verb(
        Act.ASSIGN, TEAM, lambda desk, _: tickets.create(desk, NewTicket("x", assignee_id=1))
    ),
    "change a setting": Verb(
        Act.SETTINGS, frozenset({Role.ADMIN}), lambda desk, _: settings.change(desk, "file_limit_mb", "9")
    ),
    "edit texts": Verb(Act.EDIT, TEAM, lambda desk, n: tickets.edit(desk, n, title="y", base_version=1)),
    "change a field": Verb(Act.EDIT, TEAM, change("priority:high")),
    "change the requester": Verb(Act.EDIT, TEAM, change("requester:none")),
    "label": Verb(Act.EDIT, TEAM, change("+vpn")),
    "link": Verb(Act.EDIT, TEAM, change("link:#2")),
    "add a step by a change": Verb(Act.EDIT, TEAM, change("check:look")),
    "assign": Verb(Act.ASSIGN, TEAM, change("assignee:none")),
    "move by a change": Verb(Act.MOVE, TEAM, change("to:doing")),
    "duplicate": Verb(Act.MOVE, TEAM, change("duplicate:#2")),
    "move": Verb(Act.MOVE, TEAM, lambda desk, n: tickets.move(desk, [n], column(desk, "Doing"))),
    "shift": Verb(Act.MOVE, TEAM, lambda desk, n: tickets.shift(desk, [n], 1)),
    "reorder": Verb(Act.MOVE, TEAM, lambda desk, n: ordering.reorder(desk, n, 1, question(desk))),
    "archive": Verb(Act.ARCHIVE, TEAM, change("archive")),
    "reopen": Verb(
        Act.REOPEN, ASKERS, lambda desk, n: tickets.change_text(desk, [OWN_DONE if n == OWN else n], "reopen")
    ),
    "confirm that it is solved": Verb(Act.CONFIRM, {REQUESTER}, lambda desk, n: requests.confirm_solved(desk, n)),
    "open it again": Verb(
        Act.REOPEN, ASKERS, lambda desk, n: requests.reopen(desk, OWN_DONE if n == OWN else n, "again")
    ),
    "rate": Verb(Act.RATE, {REQUESTER}, lambda desk, n: requests.rate(desk, OWN_DONE if n == OWN else n, 5)),
    "reply": Verb(Act.REPLY, ASKERS, lambda desk, n: conversation.reply(desk, n, "hello")),
    "reply by a change": Verb(Act.REPLY, ASKERS, change("reply:hello")),
    "note": Verb(Act.NOTE, TEAM, lambda desk, n: conversation.note(desk, n, "hello")),
    "note by a change": Verb(Act.NOTE, TEAM, change("note:hello")),
    "log time": Verb(Act.LOG_TIME, TEAM, change("time:5m")),
    "start a timer": Verb(Act.LOG_TIME, TEAM, lambda desk, n: timing.start(desk, n)),
    "stop a timer": Verb(Act.LOG_TIME, TEAM, lambda desk, n: (timing.start(desk, n), timing.stop(desk))),
    "drop a timer": Verb(Act.LOG_TIME, TEAM, lambda desk, n: (timing.start(desk, n), timing.drop(desk))),
    "see who worked how long": Verb(Act.READ_HISTORY, READERS, lambda desk, n: timing.spent(desk, n)),
    "see the figures": Verb(Act.SEE_FIGURES, READERS, lambda desk, _: figures.facts(desk)),
    "see what was done on a day": Verb(Act.SEE_FIGURES, READERS, lambda desk, _: daily.daily(desk)),
    "watch": Verb(Act.WATCH, READERS, lambda desk, n: tickets.watch(desk, [n])),
    "watch by a change": Verb(Act.WATCH, READERS, change("watch:me")),
    "stop watching by a change": Verb(Act.WATCH, READERS, change("unwatch:me")),
    "add steps as written": Verb(Act.EDIT, TEAM, lambda desk, n: checklist.add_written(desk, n, "# After\nsweep")),
    "add a step": Verb(Act.EDIT, TEAM, lambda desk, n: checklist.add(desk, n, ["look"])),
    "tick a step": Verb(Act.EDIT, TEAM, lambda desk, n: checklist.tick(desk, step(desk, n), True)),
    "rewrite a step": Verb(Act.EDIT, TEAM, lambda desk, n: checklist.rewrite(desk, step(desk, n), "other")),
    "reorder a step": Verb(Act.EDIT, TEAM, lambda desk, n: checklist.reorder(desk, step(desk, n), 1)),
    "remove a step": Verb(Act.EDIT, TEAM, lambda desk, n: checklist.remove(desk, step(desk, n))),
    "attach a file": Verb(Act.ATTACH, ASKERS, lambda desk, n: attach(desk, n)),
    "attach a path": Verb(Act.ATTACH, ASKERS, lambda desk, n: attach_path(desk, n)),
    "remove a file of another": Verb(Act.EDIT, TEAM, lambda desk, n: files.remove(desk, [file_of(desk, n)])),
    "make a label": Verb(Act.MANAGE_LABELS, TEAM, lambda desk, _: labels.add(desk, "new")),
    "rename a label": Verb(Act.MANAGE_LABELS, TEAM, lambda desk, _: labels.rename(desk, "old", "new")),
    "colour a label": Verb(Act.MANAGE_LABELS, TEAM, lambda desk, _: labels.recolor(desk, "old", "red")),
    "remove a label": Verb(Act.MANAGE_LABELS, TEAM, lambda desk, _: labels.remove(desk, "old")),
    "make a board": Verb(Act.MANAGE_BOARDS, {ADMIN}, lambda desk, _: structure.add_board(desk, "new")),
    "rename a board": Verb(Act.MANAGE_BOARDS, {ADMIN}, lambda desk, _: structure.rename_board(desk, board(desk), "y")),
    "remove a board": Verb(Act.MANAGE_BOARDS, {ADMIN}, lambda desk, _: structure.remove_board(desk, 2)),
    "make a column": Verb(
        Act.MANAGE_BOARDS, {ADMIN}, lambda desk, _: board_columns.add_column(desk, board(desk), "new", Category.DOING)
    ),
    "limit a column": Verb(
        Act.MANAGE_BOARDS, {ADMIN}, lambda desk, _: board_columns.edit_column(desk, column(desk, "Doing"), limit=3)
    ),
    "count what a column holds": Verb(
        Act.MANAGE_BOARDS, {ADMIN}, lambda desk, _: board_columns.held(desk, column(desk, "Doing"))
    ),
    "remove a column": Verb(
        Act.MANAGE_BOARDS,
        {ADMIN},
        lambda desk, _: board_columns.remove_column(desk, column(desk, "Doing"), column(desk, "Done")),
    ),
    "order the columns": Verb(
        Act.MANAGE_BOARDS, {ADMIN}, lambda desk, _: board_columns.move_column(desk, column(desk, "Doing"), 1)
    ),
    "order the boards": Verb(Act.MANAGE_BOARDS, {ADMIN}, lambda desk, _: structure.move_board(desk, board(desk), 1)),
    "archive a board": Verb(Act.MANAGE_BOARDS, {ADMIN}, lambda desk, _: structure.archive_board(desk, board(desk))),
    "bring a board back": Verb(
        Act.MANAGE_BOARDS, {ADMIN}, lambda desk, _: structure.unarchive_board(desk, archived_board(desk))
    ),
    "archive by itself": Verb(
        Act.MANAGE_BOARDS, {ADMIN}, lambda desk, _: structure.set_archive_after(desk, board(desk), 14)
    ),
    "archive what is old": Verb(Act.ARCHIVE, TEAM, lambda desk, _: archiving.archive_old(desk)),
    "give a role on a board": Verb(
        Act.MANAGE_BOARDS, {ADMIN}, lambda desk, _: board_members.set_role(desk, board(desk), 2, Role.VIEWER)
    ),
    "take a role on a board away": Verb(
        Act.MANAGE_BOARDS, {ADMIN}, lambda desk, _: board_members.remove_member(desk, board(desk), member(desk))
    ),
    "have only members on a board": Verb(
        Act.MANAGE_BOARDS, {ADMIN}, lambda desk, _: board_members.set_members_only(desk, board(desk), True)
    ),
    "list the members": Verb(Act.SEE_ALL_TICKETS, READERS, lambda desk, _: board_members.members(desk, board(desk))),
    "save a view": Verb(Act.SAVE_VIEW, READERS, lambda desk, _: views.save(desk, "mine", "is:open", shared=False)),
    "save a view for the team": Verb(Act.SHARE_VIEW, TEAM, lambda desk, _: views.save(desk, "all", "is:open", True)),
    "remove a view of the team": Verb(Act.SHARE_VIEW, TEAM, lambda desk, _: views.remove(desk, "team")),
    "link both ways": Verb(Act.EDIT, TEAM, lambda desk, n: linking.link(desk, [n], Tie.BLOCKED_BY, OWN_DONE)),
    "unlink": Verb(Act.EDIT, TEAM, lambda desk, n: linking.unlink(desk, [n], HIDDEN if n == OWN else OWN)),
    "merge": Verb(Act.MERGE, TEAM, lambda desk, n: merging.merge(desk, [n], OWN_DONE)),
    "merge into": Verb(Act.MERGE, TEAM, lambda desk, n: merging.merge(desk, [OWN_DONE], n)),
    "look at a merge": Verb(Act.MERGE, TEAM, lambda desk, n: merging.preview(desk, [n], OWN_DONE)),
    "split": Verb(Act.MERGE, TEAM, lambda desk, n: merging.split(desk, n, comment_of(desk, n))),
    "clone": Verb(Act.EDIT, TEAM, lambda desk, n: merging.clone(desk, n)),
    "take somebody in": Verb(Act.MANAGE_PEOPLE, {ADMIN}, lambda desk, _: persons.add(desk, Details(name="new"))),
    "edit somebody": Verb(
        Act.MANAGE_PEOPLE, {ADMIN}, lambda desk, _: persons.edit(desk, SOMEBODY, Details(mail="a@b"))
    ),
    "raise somebody": Verb(
        Act.MANAGE_PEOPLE, {ADMIN}, lambda desk, _: persons.edit(desk, SOMEBODY, Details(role=Role.ADMIN))
    ),
    "let somebody go": Verb(Act.MANAGE_PEOPLE, {ADMIN}, lambda desk, _: persons.deactivate(desk, SOMEBODY)),
    "take somebody back": Verb(
        Act.MANAGE_PEOPLE,
        {ADMIN},
        lambda desk, _: (persons.deactivate(desk, SOMEBODY), persons.reactivate(desk, SOMEBODY)),
    ),
    "hand work over": Verb(Act.MANAGE_PEOPLE, {ADMIN}, lambda desk, _: handing_over.hand_over(desk, SOMEBODY, 2)),
    "see what is to be handed over": Verb(
        Act.MANAGE_PEOPLE, {ADMIN}, lambda desk, _: handing_over.open_numbers(desk, SOMEBODY)
    ),
    "merge two people": Verb(Act.MANAGE_PEOPLE, {ADMIN}, lambda desk, _: merging_people.merge(desk, TWIN, SOMEBODY)),
    "give a key": Verb(Act.MANAGE_PEOPLE, {ADMIN}, lambda desk, _: ssh_keys.add(desk, "admin", key_of("another"))),
    "list the keys": Verb(Act.MANAGE_PEOPLE, {ADMIN}, lambda desk, _: ssh_keys.keys(desk)),
    "take a key": Verb(
        Act.MANAGE_PEOPLE,
        {ADMIN},
        lambda desk, _: (
            ssh_keys.add(desk, "admin", key_of("another")),
            ssh_keys.remove(desk, read_key(key_of("another")).fingerprint),
        ),
    ),
    "ask whether somebody can be erased": Verb(
        Act.MANAGE_PEOPLE, {ADMIN}, lambda desk, _: erasing.check_erasable(desk, SOMEBODY)
    ),
    "count what a rule is about": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: acting.found(desk, A_RULE)),
    "erase somebody": Verb(Act.MANAGE_PEOPLE, {ADMIN}, lambda desk, _: erasing.erase(desk, SOMEBODY)),
    "take in a list of people": Verb(
        Act.MANAGE_PEOPLE, {ADMIN}, lambda desk, _: people_csv.import_people(desk, "name\nnew\n")
    ),
    "export what is kept of somebody": Verb(
        Act.MANAGE_PEOPLE, {ADMIN}, lambda desk, _: person_export.export(desk, SOMEBODY)
    ),
    "see who does what": Verb(Act.SEE_ALL_TICKETS, READERS, lambda desk, _: people.at_work(desk)),
    "make an organization": Verb(Act.MANAGE_PEOPLE, {ADMIN}, lambda desk, _: organizations.add(desk, "new")),
    "edit an organization": Verb(Act.MANAGE_PEOPLE, {ADMIN}, lambda desk, _: organizations.edit(desk, 1, shares=True)),
    "remove an organization": Verb(
        Act.MANAGE_PEOPLE,
        {ADMIN},
        lambda desk, _: organizations.remove(desk, organizations.add(desk, "new").made or 0),
    ),
    "merge two organizations": Verb(
        Act.MANAGE_PEOPLE,
        {ADMIN},
        lambda desk, _: merging_organizations.merge(desk, organizations.add(desk, "new").made or 0, 1),
    ),
    "list the organizations": Verb(Act.SEE_ALL_TICKETS, READERS, lambda desk, _: organizations.uses(desk)),
    "look at an organization": Verb(
        Act.SEE_ALL_TICKETS, READERS, lambda desk, _: organizations.find(desk, "Zanzibar Ltd")
    ),
    "list everybody": Verb(Act.SEE_ALL_TICKETS, READERS, lambda desk, _: people.everybody(desk)),
    "list the people": Verb(Act.SEE_ALL_TICKETS, READERS, lambda desk, _: people.people(desk)),
    "list the labels": Verb(Act.SEE_ALL_TICKETS, READERS, lambda desk, _: labels.labels(desk)),
    "count the labels": Verb(Act.SEE_ALL_TICKETS, READERS, lambda desk, _: labels.uses(desk)),
    "list the canned replies": Verb(Act.USE_CANNED, TEAM, lambda desk, _: canned.canned(desk)),
    "look at a canned reply": Verb(Act.USE_CANNED, TEAM, lambda desk, _: canned.find(desk, "hello")),
    "look at its languages": Verb(Act.USE_CANNED, TEAM, lambda desk, _: canned.variants(desk, "hello")),
    "offer canned replies": Verb(Act.USE_CANNED, TEAM, lambda desk, n: canned.offered(desk, n)),
    "fill a canned reply": Verb(Act.USE_CANNED, TEAM, lambda desk, n: canned.filled(desk, n, 1)),
    "fill one by its name": Verb(Act.USE_CANNED, TEAM, lambda desk, n: canned.filled_named(desk, n, "hello")),
    "say a canned reply": Verb(Act.USE_CANNED, TEAM, lambda desk, n: canned.use(desk, [n], "hello")),
    "say one changed by hand": Verb(Act.USE_CANNED, TEAM, lambda desk, n: canned.say(desk, n, "hi", "+vpn")),
    "write a canned reply": Verb(Act.PREPARE, TEAM, lambda desk, _: canned.add(desk, "new", "hi")),
    "rewrite a canned reply": Verb(Act.PREPARE, TEAM, lambda desk, _: canned.edit(desk, 1, body="hi")),
    "remove a canned reply": Verb(Act.PREPARE, TEAM, lambda desk, _: canned.remove(desk, [1])),
    "list the templates": Verb(Act.CREATE, ASKERS, lambda desk, _: templates.templates(desk)),
    "look at a template": Verb(Act.CREATE, ASKERS, lambda desk, _: templates.find(desk, "laptop")),
    "use a template": Verb(Act.CREATE, ASKERS, lambda desk, _: templates.use(desk, 1)),
    "write a template": Verb(Act.PREPARE, TEAM, lambda desk, _: templates.add(desk, Wording("new"))),
    "rewrite a template": Verb(Act.PREPARE, TEAM, lambda desk, _: templates.edit(desk, 1, Wording("new"))),
    "remove a template": Verb(Act.PREPARE, TEAM, lambda desk, _: templates.remove(desk, 1)),
    "sign one's replies": Verb(Act.REPLY, ASKERS, lambda desk, _: people.set_signature(desk, "Me")),
    "import": Verb(Act.IMPORT, {ADMIN}, lambda desk, _: csv_list.import_csv(desk, a_list(desk))),
    "fill with a demo": Verb(Act.IMPORT, {ADMIN}, lambda desk, _: demo.fill(desk, 3)),
    "export a list": Verb(
        Act.EXPORT, TEAM, lambda desk, _: csv_export.export(desk, desk.ask("is:open"), io.StringIO())
    ),
    "export tickets": Verb(
        Act.EXPORT, TEAM, lambda desk, _: json_desk.export(desk, desk.ask("is:open"), io.StringIO())
    ),
    "export the desk": Verb(Act.EXPORT, TEAM, lambda desk, _: json_desk.export(desk, None, io.StringIO())),
}

VERBS |= {
    "list the rules": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: rules.rules(desk)),
    "look at a rule": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: rules.find(desk, "Reopen on reply")),
    "list the rules to be had": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: rules.shipped(desk)),
    "add one of those": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: rules.add_shipped(desk, "Route by skill")),
    "write a rule": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: rules.add(desk, A_RULE)),
    "rewrite a rule": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: rules.edit(desk, 1, A_RULE)),
    "remove a rule": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: rules.remove(desk, [1])),
    "switch a rule": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: rules.switch(desk, 1, on=False)),
    "order the rules": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: rules.move(desk, 1, 1)),
    "try a rule": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: rules.trial(desk, 1)),
    "try one being written": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: rules.trial_of(desk, A_RULE)),
    "check one being written": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: rules.check(desk, A_RULE)),
    "check when it comes": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: rules.check_when(desk, A_RULE)),
    "check what it is about": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: rules.check_query(desk, A_RULE)),
    "check what it changes": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: rules.check_change(desk, A_RULE)),
    "read what rules did": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: rules.log(desk)),
    "list the policies": Verb(Act.SEE_ALL_TICKETS, READERS, lambda desk, _: policies.uses(desk)),
    "look at a policy": Verb(Act.SEE_ALL_TICKETS, READERS, lambda desk, _: policies.find(desk, "Standard")),
    "make a policy": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: policies.add(desk, A_PROMISE)),
    "change a policy": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: policies.change(desk, 1, Terms("new"))),
    "order the policies": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: policies.move(desk, 1, 1)),
    "remove a policy": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: policies.remove(desk, 1)),
    "try a policy": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: policies.attempt(desk, "is:open")),
    "check its query": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: policies.check_query(desk, "is:open")),
    "list the calendars": Verb(Act.SEE_ALL_TICKETS, READERS, lambda desk, _: calendars.uses(desk)),
    "look at a calendar": Verb(Act.SEE_ALL_TICKETS, READERS, lambda desk, _: calendars.find(desk, "Standard")),
    "make a calendar": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: calendars.add(desk, SOME_HOURS)),
    "change a calendar": Verb(Act.SETTINGS, {ADMIN}, lambda desk, _: calendars.change(desk, 1, Hours("new"))),
    "remove a calendar": Verb(
        Act.SETTINGS, {ADMIN}, lambda desk, _: calendars.remove(desk, calendars.add(desk, SOME_HOURS).made or 0)
    ),
    "back the desk up": Verb(
        Act.BACKUP, {ADMIN}, lambda desk, n: keeping.back_up(desk, desk.store.path.with_name(f"copy{n}.db"))
    ),
    "copy the desk": Verb(
        Act.BACKUP, {ADMIN}, lambda desk, n: copying.copy(desk, a_bare_store(desk.store.path.with_name(f"new{n}.db")))
    ),
    "list the backups": Verb(Act.BACKUP, {ADMIN}, lambda desk, _: keeping.backups(desk)),
    "check the desk": Verb(Act.BACKUP, {ADMIN}, lambda desk, _: list(checkup.check_server(desk))),
    "see what could be taken back": Verb(Act.UNDO_OTHERS, {ADMIN}, lambda desk, n: undo.steps(desk, n)),
    "take back what another did": Verb(
        Act.UNDO_OTHERS, {ADMIN}, lambda desk, n: undo.undo_step(desk, latest_step(desk, n))
    ),
}

COVERED_ELSEWHERE = {
    "change": "by change_text",
    "edit_comment": "TestOwnWords",
    "managing": "by every verb that changes one board",
    "working": "by every verb that changes anything",
    "spooled": "by attaching",
    "spooled_paths": "by attaching",
    "trial": "by trying a rule",
    "tick_if_elected": "by `tick`",
    "tick": "does what rules do, whoever has the time pass: test_automation",
    "folder_of": "a place, of which nothing is read",
    "keep_up": "takes in what one may do by now: test_admission",
    "follow": "has rules act, after whatever anybody may do: test_automation",
    "as_file": "what the report of the day says, for a rule: test_rule_reports",
    "undo": "takes back only one's own steps: test_undo",
    "redo": "takes back only one's own steps: test_undo",
}
READING = {
    archiving: "is_due",
    keeping: "daily_backup",
    board_list: "overview columns",
    boards: "all_boards read cards position all_numbers news changed selected board_named",
    conversation: "check_editable",
    completing: "complete_query complete_change complete_rule typed_query",
    people: "absent agents person signature load organizations",
    settings: "settings in_words",
    linking: "likely_duplicates candidates",
    tickets: "find pages numbers count open_ticket mark_seen",
    views: "views find",
    notices: "count latest look mark_seen",
    daily: "day_named",
    presence: "everywhere here gone others",
    requests: "read cards position",
    timing: "running",
    files: "files file_named pieces save",
    finding: "find numbers count pages",
    faces: "faces",
    service_levels: "business_times catch_up reached",
}
"""What everybody may ask; `test_not_theirs` looks at the answers."""


def recorded(desk: Desk) -> object:
    """What was ever done on the desk."""
    with desk.store.reading() as unit:
        return unit.rows(text("SELECT (SELECT max(id) FROM event), (SELECT count(*) FROM seen)"))


def plain(answer: object, number: int) -> str:
    """An answer without the number that was asked for."""
    return str(answer).replace(f"#{number}", "#N").replace(f"({number},)", "(N,)")
