"""The JSON of rules; as stable as that of `shapes`."""

from __future__ import annotations

from helpdesk_tui.cli.shapes import Shape, moment
from helpdesk_tui.domain.rules import Acted, Rule, Shipped, Trial


def rule(rule: Rule) -> Shape:
    """A rule; `every` is null where it acts once on each ticket, `problem` while it can do what it is to."""
    return {
        "name": rule.name,
        "when": rule.when,
        "if": rule.query or None,
        "then": rule.change,
        "every": rule.every or None,
        "on": rule.active,
        "acted": moment(rule.acted),
        "problem": rule.problem or None,
    }


def shipped(one: Shipped) -> Shape:
    """A rule that comes with the program; `there`: the desk has one of that name."""
    written = one.wording
    return {
        "name": written.name,
        "when": written.when,
        "if": written.query or None,
        "then": written.change,
        "every": written.every or None,
        "about": one.about,
        "there": one.added,
    }


def trial(trial: Trial) -> Shape:
    """What a rule would do now; `number` is null where it is about no ticket."""
    return {
        "name": trial.name,
        "found": trial.found,
        "next": moment(trial.next_at),
        "would": [
            {"number": one.number, "title": one.title or None, "does": one.does, "fails": one.fails}
            for one in trial.would
        ],
    }


def acted(acted: Acted) -> Shape:
    """What a rule did; `step` is for `helpdesk undo --step`."""
    return {
        "at": moment(acted.at),
        "rule": acted.rule,
        "number": acted.number,
        "title": acted.title or None,
        "did": acted.words,
        "failed": acted.failed,
        "step": acted.step,
    }
