"""The signature under a reply."""

from __future__ import annotations

import pytest

from helpdesk_tui.domain.signature import signed


@pytest.mark.parametrize(
    ("body", "signature", "whole"),
    [
        ("Done.", "Bob, IT", "Done.\n\nBob, IT"),
        ("Done.\n\n\n", "Bob, IT\n", "Done.\n\nBob, IT"),
        ("Done.", "", "Done."),
        ("Done.", " \n ", "Done."),
        ("Done.\n\nBob, IT", "Bob, IT", "Done.\n\nBob, IT"),
        ("Done.\n\nBob, IT \n", "Bob, IT", "Done.\n\nBob, IT \n"),
    ],
)
def test_it_is_there_once(body, signature, whole):
    assert signed(body, signature) == whole
    assert signed(signed(body, signature), signature) == signed(body, signature)
