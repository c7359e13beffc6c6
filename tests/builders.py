"""Test data in one line."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from helpdesk_tui import bootstrap
from helpdesk_tui.clock import Clock, FixedClock
from helpdesk_tui.config import Config
from helpdesk_tui.desk import boards, tickets
from helpdesk_tui.desk.admission import Account
from helpdesk_tui.desk.boards import BoardState, Question
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk_url import DeskUrl
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.words import fold
from helpdesk_tui.store import directory, records
from tests import engines

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
"""A Wednesday."""

ADMIN_UID = 1000


def config_for(folder: Path, **more: Any) -> Config:
    """Settings that keep everything in one folder."""
    return Config(
        desk=engines.desk_in(folder),
        state_path=folder / "state.json",
        log_path=folder / "helpdesk.log",
        drafts_path=folder / "drafts.json",
        **more,
    )


def a_desk(
    folder: Path,
    *,
    clock: Clock | None = None,
    uid: int = ADMIN_UID,
    zone: tzinfo = UTC,
    example: bool = False,
    stock: Callable[[Desk], object] | None = None,
) -> Desk:
    """A desk in that folder, made if it is not there, as its admin (login `admin`) unless another uid is given.

    A new desk has had `stock` done to it, once a process: what many tests begin with is made once and copied.
    """
    if engines.on_postgres():
        engines.make(folder, (example, stock), lambda url: _fill(url, example, stock))
    elif not (folder / "desk.db").exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / "desk.db").write_bytes(_made_desk(example, stock, uid))
        (folder / "desk.db").chmod(0o600)
    with named_accounts():
        return bootstrap.open_desk(
            config_for(folder), clock=clock or FixedClock(NOON), uid=uid, zone=zone, example=example
        )


@cache
def _made_desk(example: bool, stock: Callable[[Desk], object] | None, uid: int) -> bytes:
    """A desk as a file, made once a process: making one runs its migrations, which takes a while."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        _fill(path, example, stock, uid)
        return path.read_bytes()


def _fill(place: Path | DeskUrl, example: bool, stock: Callable[[Desk], object] | None, uid: int = ADMIN_UID) -> None:
    """Open a new desk there as its admin, who has that account, and do `stock` to it."""
    with tempfile.TemporaryDirectory() as folder, named_accounts():
        config = replace(config_for(Path(folder)), desk=place)
        desk = bootstrap.open_desk(config, clock=FixedClock(NOON), uid=uid, zone=UTC, example=example)
        if stock is not None:
            stock(desk)
        desk.close()


@contextmanager
def named_accounts() -> Iterator[None]:
    """Accounts that do not depend on the machine: uid 1000 is `admin`, others `uid1001` and so on."""
    real = bootstrap.account_of
    bootstrap.account_of = lambda uid: (
        Account(uid, "admin", "Ada Admin") if uid == ADMIN_UID else Account(uid, f"uid{uid}", f"Uid {uid}")
    )
    try:
        yield
    finally:
        bootstrap.account_of = real


def a_person(
    desk: Desk,
    name: str = "Bob Builder",
    role: Role = Role.AGENT,
    login: str | None = None,
    uid: int | None = None,
    organization: int | None = None,
    active: bool = True,
) -> int:
    """Somebody on the desk; the id. The login is the first name unless given."""
    with desk.store.writing() as unit:
        person = records.add(
            unit,
            "person",
            {
                "login": login if login is not None else fold(name.split()[0]),
                "uid": uid,
                "name": name,
                "folded": fold(name),
                "role": role.value,
                "organization_id": organization,
                "active": active,
            },
        )
        unit.commit()
    return person


def an_organization(desk: Desk, name: str = "Acme OÜ", shares: bool = False) -> int:
    """A customer; the id."""
    with desk.store.writing() as unit:
        made = records.add(unit, "organization", {"name": name, "folded": fold(name), "shares": shares})
        unit.commit()
    return made


def desk_of(desk: Desk, role: Role, uid: int = 2000, name: str = "", **person: Any) -> Desk:
    """The same desk as another person of that role has it open."""
    a_person(desk, name or f"{role.value.title()} {uid}", role, login=f"{role.value}{uid}", uid=uid, **person)
    return as_uid(desk, uid)


def as_uid(desk: Desk, uid: int) -> Desk:
    """The same desk file as the person of that account has it open."""
    with desk.store.reading() as unit:
        found = directory.actor_by_uid(unit, uid)
    assert found is not None
    return Desk(desk.store.again(), found[0], desk.clock, desk.zone, desk.source)


def a_ticket(desk: Desk, title: str = "Printer is dead", change: str = "", **fields: Any) -> int:
    """A ticket; its number. `change` is in the change language."""
    number = tickets.create(desk, tickets.NewTicket(title, **fields)).made
    assert number is not None
    if change:
        tickets.change_text(desk, [number], change)
    return number


def board_of(desk: Desk, query: str = "") -> BoardState:
    """The first board as it stands."""
    return boards.read(desk, question(desk, query))


def question(desk: Desk, query: str = "") -> Question:
    """What the first board asks under that filter."""
    return Question(boards.all_boards(desk)[0].id, desk.ask(query))


def shown(desk: Desk, query: str = "") -> dict[str, list[int]]:
    """The numbers on the first board, by column name."""
    return {state.column.name: [card.number for card in state.first] for state in board_of(desk, query).columns}


def column_id(desk: Desk, name: str) -> int:
    """The column of that name on the first board."""
    return next(column.id for column in boards.all_boards(desk)[0].columns if column.name == name)


def later(desk: Desk, **by: float) -> None:
    """Let time pass, as in `later(desk, minutes=5)`."""
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(timedelta(**by))
