"""Open tickets that may ask for the same as a title being typed, found in a few steps whatever the desk's size.

The full-text index gives the newest tickets for a word, or for several at once, without looking further than asked. How
far back the newest few reach also says how common a word is, so rare words can count for more than `the`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from sqlalchemy import and_, false, func, literal, or_, select, union_all

from helpdesk_tui.domain.people import Actor
from helpdesk_tui.domain.permissions import Act, may_everywhere, may_somewhere
from helpdesk_tui.domain.words import tokens
from helpdesk_tui.store import cards, tables, values
from helpdesk_tui.store.among import one_of
from helpdesk_tui.store.full_text import INDEX, Phrase, in_title
from helpdesk_tui.store.unit_of_work import Unit

_ticket = tables.core(tables.Ticket)
_person = tables.core(tables.Person)

WORDS = 10
"""Words of a title that are looked at."""
RAREST = 3
"""Words of which two are asked for at a time."""
SAMPLE = 60
"""The newest tickets with a word that are looked at to see how common it is."""
LOOKED_AT = 300
"""The newest tickets with several of the words at once that are looked at: of them only few may still be open."""
OWN = 500
"""The newest tickets of a requester that are looked at."""
ENOUGH = 0.5
"""How much of the two titles must agree, from 0 to 1, by the weight of their words."""


_OPEN = (_ticket.c.closed_at.is_(None), _ticket.c.gone == false())


class _Word(NamedTuple):
    text: str
    unfinished: bool
    """Still being typed: it stands for every word that begins so."""

    def is_in(self, others: Iterable[str]) -> bool:
        if self.unfinished:
            return any(other.startswith(self.text) for other in others)
        return self.text in others


def similar(unit: Unit, title: str, actor: Actor, limit: int, but: Sequence[int] = ()) -> list[int]:
    """The numbers of the open tickets most like a title, best first, of those this person may see."""
    words = _words(title)
    if not words:
        return []
    if may_somewhere(actor, Act.SEE_ALL_TICKETS):
        weights, numbers = _among_all(unit, words, actor)
    else:
        # Nothing about the tickets of others, not even how common a word is there, may show in the answer.
        weights, numbers = dict.fromkeys(words, 1.0), _own(unit, actor)
    condition = and_(one_of(_ticket.c.id, numbers), *_OPEN, cards.visible(actor))
    statement = select(_ticket.c.id, _ticket.c.title).where(condition).order_by(_ticket.c.id.desc()).limit(LOOKED_AT)
    scored = [
        (score, number)
        for number, other in unit.rows(statement)
        if number not in but and (score := _alike(weights, set(tokens(values.text(other))))) >= ENOUGH
    ]
    return [number for _, number in sorted(scored, reverse=True)[:limit]]


def _words(title: str) -> list[_Word]:
    """The words of a title as typed so far; the last may go on as long as nothing stands behind it."""
    found = tokens(title)
    last = found[-1] if found and title[-1:].isalnum() else ""
    known = [word for word in dict.fromkeys(found) if len(word) > 1][:WORDS]
    # Of two letters nearly everything is the beginning.
    return [_Word(word, word == last and len(word) > 2) for word in known]


def _alike(weights: dict[_Word, float], other: set[str]) -> float:
    """How much two titles have in common. A single word in common means nothing, unless there are no others."""
    shared = [word for word in weights if word.is_in(other)]
    if len(shared) < min(2, max(len(weights), len(other))):
        return 0.0
    common = sum(weights[word] for word in shared)
    mine = sum(weights.values())
    usual = mine / len(weights)
    theirs = common + usual * max(0, len(other) - len(shared))
    return 0.7 * common / mine + 0.3 * common / theirs


def _among_all(unit: Unit, words: Sequence[_Word], actor: Actor) -> tuple[dict[_Word, float], set[int]]:
    """What each word weighs, and the numbers of tickets worth a look. Words that no ticket has weigh little."""
    newest = int(unit.scalar(select(func.max(_ticket.c.id))) or 1)
    samples = dict(zip(words, _with(unit, [(word,) for word in words], SAMPLE, actor), strict=True))
    weights = {word: _weight(found, newest) for word, found in samples.items()}
    known = sorted((word for word in words if samples[word]), key=lambda word: -weights[word])
    if len(known) < 2:
        return weights, set(*(samples[word] for word in known))
    # Of two titles that are alike two words are the same, and hardly all the rare ones differ.
    several = [*combinations(known[:RAREST], 2), *([tuple(known)] if len(known) > 2 else [])]
    return weights, {number for found in _with(unit, several, LOOKED_AT, actor) for number in found}


def _weight(sample: Sequence[int], newest: int) -> float:
    """The rarer the heavier. A sample that was cut off stands for the part of the desk it reaches back over."""
    if not sample:
        return 0.5
    share = len(sample) / newest if len(sample) < SAMPLE else len(sample) / max(len(sample), newest - min(sample))
    return math.log(1 + 1 / share)


def _with(unit: Unit, asked: Sequence[tuple[_Word, ...]], limit: int, actor: Actor) -> list[list[int]]:
    """For each of several sets of words the newest tickets whose titles have them all, in one statement.

    On boards that are not this person's a word is not there, and no rarer or commoner for it.
    """
    sees_all = may_everywhere(actor, Act.SEE_ALL_TICKETS)
    parts = []
    for place, words in enumerate(asked):
        having = select(INDEX.c.rowid).where(in_title([Phrase((word.text,), word.unfinished) for word in words]))
        if not sees_all:
            having = having.join(_ticket, _ticket.c.id == INDEX.c.rowid).where(cards.visible(actor))
        newest = having.order_by(INDEX.c.rowid.desc()).limit(limit).subquery()
        parts.append(select(literal(place).label("place"), newest.c.rowid.label("number")))
    found: list[list[int]] = [[] for _ in asked]
    for place, number in unit.rows(union_all(*parts)):
        found[place].append(number)
    return found


def _own(unit: Unit, actor: Actor) -> set[int]:
    """The newest open tickets of a requester, and of the people of an organization that shares them."""
    mine = _ticket.c.requester_id == actor.id
    if actor.sees_organization:
        colleagues = select(_person.c.id).where(_person.c.organization_id == actor.organization_id)
        mine = or_(mine, _ticket.c.requester_id.in_(colleagues))
    # Just numbers, which an index has at hand.
    return set(unit.scalars(select(_ticket.c.id).where(mine, *_OPEN).order_by(_ticket.c.id.desc()).limit(OWN)))
