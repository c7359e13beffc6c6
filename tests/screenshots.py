"""Makes `screenshots/` from the demo desk: `python -m tests.screenshots`. Nothing in there is made by hand."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from helpdesk_tui import bootstrap
from helpdesk_tui.clock import FixedClock
from helpdesk_tui.desk import conversation, people, persons, presence, rules, tickets
from helpdesk_tui.desk.admission import Account
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.persons import Details
from helpdesk_tui.domain.at_work import Doing
from helpdesk_tui.domain.people import Role
from helpdesk_tui.exchange import demo
from helpdesk_tui.store import directory
from helpdesk_tui.tui.app import HelpdeskApp
from helpdesk_tui.tui.screens.ticket import TicketScreen
from tests.builders import ADMIN_UID, config_for
from tests.printed import Printed, picture_of

FOLDER = Path(__file__).parents[1] / "screenshots"
MOMENT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
"""A Wednesday morning, on which the demo's work is under way."""

DARK, LIGHT = "tokyo-night", "catppuccin-latte"


@dataclass(frozen=True)
class Picture:
    """A screen to show: what is pressed on the board to get there, at which size and in which colours."""

    name: str
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = (120, 36)
    theme: str = DARK
    first_run: bool = False
    role: Role = Role.ADMIN
    """Who looks: the desk's admin, or somebody of the demo who has that role."""


_VPN = ("slash", *"vpn drops", "enter", "enter")
"""To a ticket that has to do with others."""

_POLICIES, _CALENDARS = ("comma", *"serv", "enter"), ("comma", *"calend", "enter")
"""To what is promised, and to when the desk is open."""

_MONTH = ("p", *"30d", "enter")
"""From the figures of three months to those of one, which has all of the demo's work."""

MEANWHILE = "meanwhile"
"""In place of a key: somebody else rewrites the ticket that is open."""

OTHERS = "others"
"""In place of a key: others of the team open the board and some of its tickets."""

RULES = "rules"
"""In place of a key: some of the rules that come with the program are there, one of them off."""

_THEN = ("tab", "down", "tab", *"label:printer", "tab")
"""From the name of a new rule to what it does."""

_TWO_EDIT = (*_VPN, "e", "tab", *"It began on Monday.", "enter", MEANWHILE, "ctrl+s")

_FIELDS = ("n", *"Keyboard is dead", "tab", *"Since the coffee.", "tab", *"hi", "tab", *"fri", "tab", *"har", "tab")
"""To a new ticket with some of its fields filled in."""

PICTURES = (
    Picture("board-120"),
    Picture("board-120-light", theme=LIGHT),
    Picture("board-80", size=(80, 24)),
    Picture("board-80-light", size=(80, 24), theme=LIGHT),
    Picture("board-60", size=(60, 20)),
    Picture("board-40", size=(40, 12)),
    Picture("board-preview", ("j", "v")),
    Picture("board-short", ("z",)),
    Picture("board-lanes", ("S",)),
    Picture("filter", ("slash", *"is:open label:network")),
    Picture("marks", ("space", "space", "j", "space", "colon", *"+network priority:high")),
    Picture("ticket-120", _VPN),
    Picture("ticket-120-light", _VPN, theme=LIGHT),
    Picture("ticket-80", _VPN, size=(80, 24)),
    Picture("conflict", _TWO_EDIT),
    Picture("conflict-80", _TWO_EDIT, size=(80, 24), theme=LIGHT),
    Picture("history", (*_VPN, "h")),
    Picture("new-ticket", ("n", *"Printer on floor 2 is dead")),
    Picture("new-ticket-fields", _FIELDS),
    Picture("new-ticket-80", _FIELDS, size=(80, 24), theme=LIGHT),
    Picture("calendar", ("d", "tab")),
    Picture("calendar-80", ("d", "tab"), size=(80, 24), theme=LIGHT),
    Picture("settings", ("comma",)),
    Picture("settings-80", ("comma",), size=(80, 24), theme=LIGHT),
    Picture("policies", _POLICIES),
    Picture("policy", (*_POLICIES, "enter")),
    Picture("policy-80", (*_POLICIES, "enter"), size=(80, 24), theme=LIGHT),
    Picture("opening-hours", (*_CALENDARS, "enter", *("tab",) * 9, *"EE")),
    Picture("opening-hours-80", (*_CALENDARS, "enter"), size=(80, 24), theme=LIGHT),
    Picture("levels", ("I", *"high")),
    Picture("levels-80", ("I",), size=(80, 24), theme=LIGHT),
    Picture("requester", ("Q", *"mar")),
    Picture("requester-80", ("Q", *"mar"), size=(80, 24), theme=LIGHT),
    Picture("labels", ("t",)),
    Picture("label-color", ("t", "down", "ctrl+e")),
    Picture("canned", ("j", "m", *"we")),
    Picture("canned-80", ("j", "m", *"we"), size=(80, 24)),
    Picture("canned-light", ("j", "m", *"we"), theme=LIGHT),
    Picture("canned-reply", ("j", "m", *"we are", "enter")),
    Picture("canned-edit", ("j", "m", *"know", "ctrl+e")),
    Picture("template", ("N", "down")),
    Picture("template-questions", ("N", *"coll", "enter", *"Mart Saar, sales", "tab", *"monday", "tab", "space")),
    Picture("template-questions-80", ("N", *"coll", "enter", *"Mart Saar", "tab", "tab", "space"), size=(80, 24)),
    Picture("template-edit", ("N", *"coll", "ctrl+e")),
    Picture("template-edit-80", ("N", *"coll", "ctrl+e"), size=(80, 24)),
    Picture("merge", (*_VPN, "equals_sign", *"dysku", "enter")),
    Picture("merge-80", (*_VPN, "equals_sign", *"dysku", "enter"), size=(80, 24), theme=LIGHT),
    Picture("links", (*_VPN, "ampersand")),
    Picture("link-to", (*_VPN, "ampersand", *"duplicates", "enter", *"vpn")),
    Picture("split-80", (*_VPN, "vertical_line"), size=(80, 24)),
    Picture("closing", ("slash", *"x-ray", "enter", "D")),
    Picture("likely", ("n", *"Printer at the reception prints blank")),
    Picture("likely-80", ("n", *"Printer at the reception prints blank"), size=(80, 24), theme=LIGHT),
    Picture("boards", ("b", "down")),
    Picture("boards-80", ("b", "down", "C", "down"), size=(80, 24), theme=LIGHT),
    Picture("assign", ("a",)),
    Picture("due", ("d", *"fri 17:00")),
    Picture("files", ("slash", *"has:files vpn", "enter", "enter", "f")),
    Picture("notices", ("exclamation_mark",)),
    Picture("notices-80", ("exclamation_mark",), size=(80, 24), theme=LIGHT),
    Picture("time", ("T", *"25m")),
    Picture("naming", ("c", *"Ask @pi")),
    Picture("my-day", ("W",)),
    Picture("my-day-80", ("W",), size=(80, 24), theme=LIGHT),
    Picture("rules", (RULES, "E", "down", "down")),
    Picture("rules-80", (RULES, "E"), size=(80, 24), theme=LIGHT),
    Picture("rule-try", (RULES, "E", "down", "T")),
    Picture("rule-try-80", (RULES, "E", "down", "T", "down"), size=(80, 24), theme=LIGHT),
    Picture("rule-edit", (RULES, "E", "N", *"Printers", *_THEN, *"+toner assi")),
    Picture("rule-edit-80", (RULES, "E", "N", *"Printers", *_THEN, *"+hard"), size=(80, 24), theme=LIGHT),
    Picture("figures", ("F", *_MONTH)),
    Picture("figures-light", ("F", *_MONTH, "j", "j"), theme=LIGHT),
    Picture("figures-80", ("F", *_MONTH, "j", "j", "right"), size=(80, 24)),
    Picture("figures-flow", ("F", *_MONTH, *["j"] * 11)),
    Picture("figures-load-80", ("F", "G", "right"), size=(80, 24), theme=LIGHT),
    Picture("figure-tickets", ("F", *_MONTH, "j", "j", "enter")),
    Picture("palette", ("ctrl+p", *"pri")),
    Picture("help", ("question_mark",)),
    Picture("first-run", first_run=True),
    Picture("people", (OTHERS, "P")),
    Picture("people-80", (OTHERS, "P"), size=(80, 24), theme=LIGHT),
    Picture("person", ("P", "down", "enter")),
    Picture("deactivate-80", ("P", "D"), size=(80, 24)),
    Picture("presence", (OTHERS,)),
    Picture("presence-80", (OTHERS,), size=(80, 24), theme=LIGHT),
    Picture("viewer", role=Role.VIEWER),
    Picture("my-tickets", role=Role.REQUESTER),
    Picture("my-tickets-80", size=(80, 24), theme=LIGHT, role=Role.REQUESTER),
    Picture("my-tickets-40", size=(40, 12), role=Role.REQUESTER),
    Picture("my-ticket", ("j", "enter"), role=Role.REQUESTER),
    Picture("solved-80", ("D",), size=(80, 24), role=Role.REQUESTER),
)

PRINTED = (
    Printed("report-daily", ("report", "daily")),
    Printed("report-daily-80", ("report", "daily"), width=80),
)


def desk_in(folder: Path, *, first_run: bool) -> Desk:
    """The demo's desk at a fixed moment, or a newcomer's."""
    bootstrap.account_of = lambda uid: Account(uid, "sam", "Sam Reyes")
    desk = bootstrap.open_desk(
        config_for(folder), clock=FixedClock(MOMENT), uid=ADMIN_UID, zone=UTC, source="screen", example=first_run
    )
    if not first_run:
        demo.fill(desk, 60, seed=1)
    return desk


def desk_as(folder: Path, role: Role) -> Desk:
    """The demo's desk as the one of that role has it open who has asked most; a viewer has lost the role of an agent."""
    desk = desk_in(folder, first_run=False)
    asked = Counter(card.requester for card in tickets.find(desk, desk.ask(""), limit=None))
    found = [
        one
        for one in people.everybody(desk)
        if one.active and one.role is (Role.AGENT if role is Role.VIEWER else role)
    ]
    who = max(found, key=lambda one: (one.name.isascii(), asked[one.name], one.name))
    if role is Role.VIEWER:
        persons.edit(desk, who.id, Details(role=role))
    if role is Role.REQUESTER:
        first = tickets.find(desk, desk.ask(f'is:open requester:"{who.name}"'))[-1]
        conversation.reply(desk, first.number, "Thank you. In which room is it, and when may we come by?")
        tickets.change_text(desk, [first.number], "status:waiting")
    with desk.store.reading() as unit:
        actor, _ = directory.actor_by_id(unit, who.id) or (desk.actor, True)
    return Desk(desk.store, actor, desk.clock, desk.zone, desk.source)


async def take(picture: Picture, folder: Path) -> None:
    """One picture, on a desk of its own."""
    config = config_for(folder, theme=picture.theme)
    app = HelpdeskApp(config, lambda: opened(picture, folder))
    async with app.run_test(size=picture.size) as pilot:
        for _ in range(200):
            await pilot.pause(0.05)
            if app.board is not None:
                break
        await pilot.pause(0.5)
        for key in picture.keys:
            if key == MEANWHILE:
                _rewrite(app)
                continue
            if key == RULES:
                _add_rules(app)
                continue
            if key == OTHERS:
                _come(app)
                await pilot.pause(1.5)
                continue
            await pilot.press("space" if key == " " else _key(key))
            await pilot.pause(0.05)
        await pilot.pause(0.6)
        (FOLDER / f"{picture.name}.svg").write_text(app.export_screenshot(title="helpdesk"), encoding="utf-8")


def opened(picture: Picture, folder: Path) -> Desk:
    """The desk as who looks has it open."""
    if picture.role is Role.ADMIN:
        return desk_in(folder, first_run=picture.first_run)
    return desk_as(folder, picture.role)


def _come(app: HelpdeskApp) -> None:
    """Four of the team: two at the board, one with a ticket open, one who answers."""
    desk, board = app.gateway.desk, app.board
    assert desk is not None
    assert board is not None
    numbers = [column.first[2].number for column in board.seen.state.columns]
    where = [(numbers[0], Doing.LOOKING), (numbers[0], Doing.READING), (numbers[1], Doing.REPLYING)]
    others = [one for one in people.agents(desk) if one.id != desk.actor.id]
    for at, (who, (number, doing)) in enumerate(zip(others, where, strict=False)):
        with desk.store.reading() as unit:
            actor, _ = directory.actor_by_id(unit, who.id) or (desk.actor, True)
        presence.here(Desk(desk.store.again(), actor, desk.clock, desk.zone), f"s{at}", number, doing)


def _add_rules(app: HelpdeskApp) -> None:
    desk = app.gateway.desk
    assert desk is not None
    there = {rule.name for rule in rules.rules(desk)}
    for name in ("Route by skill", "Archive the done", "Warn at risk", "Escalate late critical", "Daily report"):
        if name not in there:
            rules.add_shipped(desk, name, active=name != "Archive the done")


def _rewrite(app: HelpdeskApp) -> None:
    desk, screen = app.gateway.desk, app.screen_stack[-2]
    assert desk is not None
    assert isinstance(screen, TicketScreen)
    now = tickets.open_ticket(desk, screen.number)
    text = f"Seen in Tallinn and in Krakow.\n{now.description}"
    tickets.edit(desk, screen.number, description=text, base_version=now.version)


def _key(character: str) -> str:
    """Textual's name of a typed character; longer names are keys already."""
    return {":": "colon", "+": "plus", "/": "slash"}.get(character, character)


def main() -> int:
    os.environ.pop("NO_COLOR", None)
    os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    FOLDER.mkdir(exist_ok=True)
    wanted = sys.argv[1:]
    for picture in PICTURES:
        if not wanted or picture.name in wanted:
            with tempfile.TemporaryDirectory() as folder:
                asyncio.run(take(picture, Path(folder)))
    for printed in PRINTED:
        if not wanted or printed.name in wanted:
            with tempfile.TemporaryDirectory() as folder:
                desk_in(Path(folder), first_run=False).close()
                drawn = picture_of(printed, Path(folder) / "desk.db", FixedClock(MOMENT))
                (FOLDER / f"{printed.name}.svg").write_text(drawn, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
