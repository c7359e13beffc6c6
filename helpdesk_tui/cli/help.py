"""The overview of `helpdesk --help` and the page of each verb, drawn from the registry and the verbs themselves."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk_tui.cli.offered import Offered
from helpdesk_tui.cli.verb import Option, Verb

OVERVIEW = """\
helpdesk: a helpdesk in the terminal

  helpdesk                      open the board
  helpdesk VERB --help          how a verb is used, with examples
"""

THROUGH_THE_GATE = """\
helpdesk: a helpdesk in the terminal

  ssh -t desk@host              open the board
  ssh desk@host help VERB       how a verb is used, with examples
"""

CODES = """\
Exit codes: 0 done, 1 nothing matched, 2 wrong usage, 3 not allowed, 4 the desk cannot be used."""


def overview(offered: Offered) -> str:
    """What `helpdesk --help` prints."""
    parts = [THROUGH_THE_GATE if offered.sealed else OVERVIEW]
    for group, verbs in offered.groups.items():
        lines = "\n".join(f"  {verb.name:<12}{verb.summary}" for verb in verbs)
        parts.append(f"{group}\n{lines}\n")
    parts.append(f"Options\n{_options(offered.before)}\n")
    parts.append(CODES)
    return "\n".join(parts)


def page(verb: Verb, offered: Offered) -> str:
    """What `helpdesk NAME --help` prints."""
    examples = "\n".join(f"  {example}" for example in verb.examples)
    return (
        f"helpdesk {verb.name} {verb.usage}".rstrip()
        + f"\n\n{verb.about}\n\nOptions\n{_options((*verb.options, *offered.everywhere))}\n\nExamples\n{examples}"
    )


def _options(options: Sequence[Option]) -> str:
    names = [f"{option.name} {option.value}".rstrip() for option in options]
    width = max(len(name) for name in names) + 2
    return "\n".join(f"  {name:<{width}}{option.help}" for name, option in zip(names, options, strict=True))
