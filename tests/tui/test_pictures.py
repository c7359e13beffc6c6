"""What the screens look like, as text and looks (`picture.py`). A wanted change is accepted by `--snapshot-update`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from helpdesk_tui.desk import board_columns, boards, checklist, conversation, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from tests.builders import a_desk, a_person, a_ticket, an_organization, later
from tests.tui.around import HOSTILE
from tests.tui.on_board import at_board
from tests.tui.picture import picture

DARK, LIGHT = "tokyo-night", "catppuccin-latte"


class AsText(SingleFileSnapshotExtension):
    """One readable file a picture."""

    _file_extension = "txt"
    _write_mode = WriteMode.TEXT


def busy(desk: Desk) -> None:
    """A morning's work: every priority, late and due, blocked and waiting, labels, steps, talk, a column over its limit."""
    shop = an_organization(desk, "Tamme Bakery")
    bob = a_person(desk, "Bob Builder")
    mari = a_person(desk, "Mari Maasikas", Role.REQUESTER, login="mari", organization=shop)
    dana = a_person(desk, "דנה כהן", Role.REQUESTER, login="dana")
    board_columns.edit_column(desk, boards.all_boards(desk)[0].columns[1].id, limit=1)

    a_ticket(desk, "Till 2 does not open", "priority:critical due:10:00 +till assignee:me", requester_id=mari)
    later(desk, minutes=12)
    a_ticket(
        desk,
        "VPN drops every hour since the router was changed",
        "priority:high due:today +network +vpn",
        requester_id=mari,
    )
    later(desk, minutes=5)
    printer = a_ticket(
        desk, "המדפסת תקועה", 'due:fri +printer status:waiting check:"ask" check:"order" check:"fit"', requester_id=dana
    )
    checklist.tick(desk, tickets.open_ticket(desk, printer).checklist[0].id, True)
    a_ticket(desk, "New chair for the front desk", "priority:low due:2026-12-10")
    later(desk, minutes=20)
    laptop = a_ticket(
        desk,
        "Laptop for the new colleague",
        'priority:high to:doing due:tomorrow +hardware +onboarding assignee:bob check:"order it" check:"set it up" check:"hand it over"',
        description="She begins on *Monday*.\n\n- 16 GB\n- Estonian keyboard",
        requester_id=mari,
        assignee_id=bob,
    )
    checklist.tick(desk, tickets.open_ticket(desk, laptop).checklist[0].id, True)
    later(desk, minutes=3)
    conversation.reply(desk, laptop, "It is ordered and should be here by Thursday.")
    conversation.note(desk, laptop, "Order 4711. The dock comes from the shelf.")
    a_ticket(desk, "Backup of the file server stopped", "to:doing status:blocked assignee:me +backup")
    a_ticket(desk, "Mail to the printer room bounces", "to:done +mail assignee:bob", requester_id=mari)
    later(desk, minutes=40)
    tickets.change_text(desk, [a_ticket(desk, "Password of the meeting room screen")], "to:done")


def hostile(desk: Desk) -> None:
    """Titles that would act on a terminal, and such as are hard to keep in line."""
    for title in (
        *HOSTILE,
        "日本語のタイトルはとても長いので折り返されます",
        "e\u0301\u0302" * 30,
        "ﷺ ﷽ 𒐫 ⚠️ ☎️ 🇪🇪",
        "tab\there",
    ):
        a_ticket(desk, title, "priority:high +label", requester_id=None)


def nothing(_desk: Desk) -> None:
    """No ticket at all."""


@dataclass(frozen=True)
class Scene:
    """What is pressed on the board to see it, on which desk, at which size and in which colours."""

    name: str
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = (120, 36)
    theme: str = DARK
    stock: Callable[[Desk], None] = busy
    color: bool = True
    ascii: bool = False


_WEEK = ("p", *"7d", "enter")

SCENES = (
    Scene("board-120x36-dark"),
    Scene("board-80x24-light", size=(80, 24), theme=LIGHT),
    Scene("board-40x12", size=(40, 12)),
    Scene("board-without-colour-in-ascii", ("j", "space"), (100, 30), color=False, ascii=True),
    Scene("board-empty", size=(80, 24), stock=nothing),
    Scene("board-hostile", size=(100, 60), stock=hostile),
    Scene("ticket-120x36", ("l", "enter")),
    Scene("filter-completing", ("slash", *"is:open label:"), (100, 30)),
    Scene("help", ("question_mark", *"move card"), (100, 30)),
    Scene("palette", ("ctrl+p", *"pri"), (100, 30)),
    Scene("figures", ("F", *_WEEK)),
    Scene("figures-80x24-flow-in-ascii", ("F", *_WEEK, "G", "k", "k"), (80, 24), theme=LIGHT, ascii=True),
)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_it_looks_as_before(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snapshot: SnapshotAssertion
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    if not scene.color:
        monkeypatch.setenv("NO_COLOR", "1")
    desk = a_desk(tmp_path, stock=scene.stock)
    later(desk, minutes=90)
    async with at_board(desk, tmp_path, scene.size, theme=scene.theme, ascii=scene.ascii) as at:
        await at.press(*scene.keys)
        assert snapshot(extension_class=AsText) == picture(at.app)
    desk.close()
