"""What colleagues made of tickets of the demo desk: one of two, two of one, and a copy. Done by their own verbs."""

from __future__ import annotations

from collections.abc import Mapping

from helpdesk_tui.desk import merging, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.exchange.demo_people import acting
from helpdesk_tui.exchange.demo_texts import read_data


def play(desk: Desk, written: Mapping[str, int]) -> None:
    """Do it if they are there, known by their titles."""
    found = read_data("more.toml")
    merge, split, clone = (found[name] for name in ("merge", "split", "clone"))
    if not {merge["from"], merge["into"], split["on"], clone["of"]} <= written.keys():
        return
    into = written[merge["into"]]
    merging.merge(acting(desk, merge, into), [written[merge["from"]]], into)
    number = written[split["on"]]
    colleague = acting(desk, split, number)
    asked = tickets.open_ticket(colleague, number).conversation[-1]
    made = merging.split(colleague, number, asked.id, split["title"])
    tickets.change_text(colleague, _made(made), split["does"])
    number = written[clone["of"]]
    colleague = acting(desk, clone, number)
    made = merging.clone(colleague, number)
    tickets.change_text(colleague, _made(made), f'title:"{clone["title"]}"')


def _made(outcome: Outcome) -> list[int]:
    return [] if outcome.made is None else [outcome.made]
