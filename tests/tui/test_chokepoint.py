"""The last look at what is written to the terminal, and how little of it there is."""

from __future__ import annotations

import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from helpdesk_tui.tui import chokepoint

TRUE = ColorSystem.TRUECOLOR
RED, ON_BLUE = Style(color="#ff0000"), Style(color="#ff0000", bgcolor="#0000ff")


@pytest.fixture(autouse=True)
def _as_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chokepoint, "STRICT", False)
    monkeypatch.setattr(chokepoint, "COLORS", True)


@pytest.mark.parametrize(
    "text", ["\x1b]0;x\x07", "\x1b[2J", "a\u202eb", "\x9b1m", "\u2066x", "\r\n", "\ud800", "\u200b"]
)
def test_what_could_act_on_the_terminal_is_replaced(text: str) -> None:
    written = chokepoint.rendered([Segment(text)], TRUE)
    assert not chokepoint._UNSAFE.search(written)
    assert "\ufffd" in written


def test_in_tests_it_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chokepoint, "STRICT", True)
    with pytest.raises(chokepoint.UnsafeTextError):
        chokepoint.rendered([Segment("\x1b[2J")], TRUE)


def test_joiners_of_persian_and_emoji_pass() -> None:
    assert chokepoint.rendered([Segment("نمی\u200cکند 👩\u200d💻")], TRUE) == "نمی\u200cکند 👩\u200d💻"


def test_only_what_changes_between_two_pieces_is_written() -> None:
    written = chokepoint.rendered(
        [Segment("a", ON_BLUE), Segment("b", ON_BLUE), Segment("c", ON_BLUE + Style(bold=True))], TRUE
    )
    assert written == "\x1b[38;2;255;0;0;48;2;0;0;255mab\x1b[1mc\x1b[0m"


def test_an_attribute_that_ends_is_taken_back() -> None:
    written = chokepoint.rendered([Segment("a", RED + Style(bold=True)), Segment("b", RED)], TRUE)
    assert written == "\x1b[1;38;2;255;0;0ma\x1b[0;38;2;255;0;0mb\x1b[0m"


def test_blanks_need_no_ink() -> None:
    written = chokepoint.rendered(
        [Segment("a", ON_BLUE), Segment("  ", Style(color="#00ff00", bgcolor="#0000ff"))], TRUE
    )
    assert written == "\x1b[38;2;255;0;0;48;2;0;0;255ma  \x1b[0m"


def test_links_are_never_written() -> None:
    assert chokepoint.rendered([Segment("a", Style(link="http://evil"))], TRUE) == "a"


def test_no_colours_at_all_if_that_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chokepoint, "COLORS", False)
    chokepoint._codes.cache_clear()
    assert chokepoint.rendered([Segment("a", ON_BLUE + Style(reverse=True))], TRUE) == "\x1b[7ma\x1b[0m"


def test_sixteen_colours() -> None:
    assert chokepoint.rendered([Segment("a", RED)], ColorSystem.STANDARD) == "\x1b[31ma\x1b[0m"
