"""What colleagues made of tickets of the demo desk: one of two, two of one, and a copy. Done by their own verbs."""

from __future__ import annotations

from collections.abc import Mapping

from helpdesk_tui.desk import merging, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.exchange.demo_people import acting
from helpdesk_tui.exchange.demo_texts import read_data


def play(desk: Desk, written: Mapping[str, int]) -> None:
    """Do it on those of the tickets, by title, that are there."""
    found = read_data("more.toml")
    merge, split, clone = (found[name] for name in ("merge", "split", "clone"))
    if merge["from"] in written and merge["into"] in written:
        number, into = written[merge["from"]], written[merge["into"]]
        merging.merge(acting(desk, merge, into), [number], into)
    if split["on"] in written:
        number = written[split["on"]]
        sam = acting(desk, split, number)
        asked = tickets.open_ticket(sam, number).conversation[-1]
        made = merging.split(sam, number, asked.id, split["title"]).made
        if made is not None:
            tickets.change_text(sam, [made], split["does"])
    if clone["of"] in written:
        number = written[clone["of"]]
        sam = acting(desk, clone, number)
        made = merging.clone(sam, number).made
        if made is not None:
            tickets.change_text(sam, [made], f'title:"{clone["title"]}"')
