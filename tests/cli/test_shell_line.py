"""A shell's line, taken apart up to the cursor."""

from __future__ import annotations

import pytest

from helpdesk_tui.cli.shell_line import Typed, split


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        ("helpdesk ", Typed(("helpdesk",), "")),
        ("helpdesk li", Typed(("helpdesk",), "li")),
        ("helpdesk list is:op", Typed(("helpdesk", "list"), "is:op", broken=3)),
        ("helpdesk list 'is:open la", Typed(("helpdesk", "list"), "is:open la", "'")),
        ('helpdesk add "Printer is dead" +pr', Typed(("helpdesk", "add", "Printer is dead"), "+pr")),
        ("helpdesk add a\\ b ", Typed(("helpdesk", "add", "a b"), "")),
        ("helpdesk add '' x", Typed(("helpdesk", "add", ""), "x")),
        ("", Typed((), "")),
    ],
)
def test_a_line_is_split_as_a_shell_does(line: str, typed: Typed) -> None:
    assert split(line) == typed
