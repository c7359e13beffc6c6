"""Canned replies: writing them, and saying them on tickets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from helpdesk_tui.desk import applying, filling, renaming
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.saying import in_words, subject
from helpdesk_tui.desk.work import Work, no_such, working
from helpdesk_tui.domain import entry, placeholders
from helpdesk_tui.domain.canned import Canned, Filled, in_language
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.ticket import LANGUAGES, Speech
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import Conflict, NotFound, UsageError
from helpdesk_tui.language.bind_change import bind_change
from helpdesk_tui.language.changes import parse_change
from helpdesk_tui.language.terms import Say, Term
from helpdesk_tui.store import directory, prepared
from helpdesk_tui.store.records import Stored
from helpdesk_tui.store.unit_of_work import Unit

CHANGE_LIMIT = 1_000
"""Characters the change of a prepared text may have."""


def canned(desk: Desk) -> tuple[Canned, ...]:
    """Every canned reply in every language, by name."""
    desk.require(Act.USE_CANNED)
    with desk.store.reading() as unit:
        return prepared.canned(unit)


def find(desk: Desk, name: str, language: str | None = None) -> Canned:
    """The canned reply of that name, in that language if one is given. NotFound if there is none."""
    desk.require(Act.USE_CANNED)
    with desk.store.reading() as unit:
        return _named(unit, name, language)


def offered(desk: Desk, number: int) -> tuple[Canned, ...]:
    """What may be said on a ticket, by name: of each canned reply the one in the language to answer in."""
    desk.require(Act.USE_CANNED)
    with desk.store.reading() as unit:
        languages = filling.languages_of(unit, Work(desk, unit, (Act.USE_CANNED,)).ticket(number))
        by_name = groupby(prepared.canned(unit), lambda one: fold(one.name))
        return tuple(in_language(list(variants), languages) for _, variants in by_name)


def filled(desk: Desk, number: int, canned_id: int) -> Filled:
    """A canned reply as it would be said on that ticket now."""
    desk.require(Act.USE_CANNED)
    with desk.store.reading() as unit:
        return _filled(desk, unit, Work(desk, unit, (Act.USE_CANNED,)).ticket(number), _there(unit, canned_id))


def filled_named(desk: Desk, number: int, name: str, language: str | None = None) -> Filled:
    """The same by name, in the language given or else the one to answer in on that ticket."""
    desk.require(Act.USE_CANNED)
    with desk.store.reading() as unit:
        ticket = Work(desk, unit, (Act.USE_CANNED,)).ticket(number)
        return _filled(desk, unit, ticket, _for_ticket(unit, ticket, name, language))


def add(desk: Desk, name: str, body: str, *, language: str = "", change: str = "") -> Outcome:
    """Write a canned reply for one language, or ("") for all.

    UsageError for a placeholder that does not exist, LanguageError for a change that is none; Conflict if there is one
    of that name and language already.
    """
    desk.require(Act.PREPARE)
    written = _checked(desk, name, body, language, change)
    with working(desk) as work:
        _refuse_second(work, written, but=None)
        made = work.make("canned", written, "canned", text=written["name"])
        return work.commit(f"canned reply {_called(written['name'], language)} saved", made=made)


def edit(
    desk: Desk,
    canned_id: int,
    *,
    name: str | None = None,
    body: str | None = None,
    language: str | None = None,
    change: str | None = None,
) -> Outcome:
    """Change what is given of a canned reply. Errors as for `add`."""
    desk.require(Act.PREPARE)
    with desk.store.reading() as unit:
        old = _there(unit, canned_id)
    given = (name, body, language, change)
    kept = (old.name, old.body, old.language, old.change)
    written = _checked(desk, *(before if new is None else new for new, before in zip(given, kept, strict=True)))
    with working(desk) as work:
        _refuse_second(work, written, but=canned_id)
        row = work.row("canned", canned_id)
        with renaming.followed(work, "canned", canned_id, (row["name"], written["name"])):
            work.alter("canned", row, written, "canned", text=written["name"])
        return work.commit(f"canned reply {_called(written['name'], written['language'])} changed", made=canned_id)


def remove(desk: Desk, canned_ids: Sequence[int]) -> Outcome:
    """Remove canned replies; one undo step brings them back."""
    with working(desk, Act.PREPARE) as work:
        rows = [work.row("canned", canned_id) for canned_id in canned_ids]
        for row in rows:
            work.alter("canned", row, {"removed": True}, "canned", text=row["name"])
        names = ", ".join(_called(row["name"], row["language"]) for row in rows)
        gone = dict.fromkeys(row["name"] for row in rows)
        left = [text for name in gone for text in renaming.still_named(work, "canned", name)]
        return work.commit(f"canned reply {names} removed", left)


def variants(desk: Desk, name: str) -> tuple[Canned, ...]:
    """The canned reply of that name in all its languages. NotFound if there is none."""
    desk.require(Act.USE_CANNED)
    with desk.store.reading() as unit:
        return _variants(unit, name)


def use(desk: Desk, numbers: Sequence[int], name: str, language: str | None = None) -> Outcome:
    """Say a canned reply on tickets, filled for each of them, and apply its change: one undo step, all or nothing."""
    desk.require(Act.USE_CANNED)
    with desk.store.reading() as unit:
        chosen = [
            (number, _filled(desk, unit, ticket, _for_ticket(unit, ticket, name, language)))
            for number in dict.fromkeys(numbers)
            for ticket in [Work(desk, unit, (Act.USE_CANNED,)).ticket(number)]
        ]
    return _say(desk, [(number, filled.text, filled.canned.change, filled.canned.name) for number, filled in chosen])


def say(desk: Desk, number: int, body: str, change: str, name: str = "") -> Outcome:
    """Say a canned reply as it was changed by hand on one ticket, and apply its change in the same undo step.

    `name` is what it is called, for the history.
    """
    desk.require(Act.USE_CANNED)
    return _say(desk, [(number, body, change, name)])


def _say(desk: Desk, replies: Iterable[tuple[int, str, str, str]]) -> Outcome:
    """LanguageError if a change that could once be made can be made no longer: somebody it names has gone."""
    bound: dict[str, tuple[Term, ...]] = {}
    said = [
        (number, [Say(Speech.REPLY, body, name), *_bound(desk, change, bound)])
        for number, body, change, name in replies
    ]
    if not said:
        raise UsageError("There is nobody to reply to.", "Name at least one ticket.")
    acts = {Act.USE_CANNED, *(applying.act_for(term) for _, terms in said for term in terms)}
    with working(desk, *acts) as work:
        for number, terms in said:
            applying.apply(work, work.ticket(number), terms)
        numbers = [number for number, _ in said]
        alike = len({tuple(terms[1:]) for _, terms in said}) == 1
        return work.commit(f"{subject(numbers)}: {in_words(work, said[0][1] if alike else said[0][1][:1])}")


def _bound(desk: Desk, change: str, known: dict[str, tuple[Term, ...]]) -> tuple[Term, ...]:
    if change not in known:
        known[change] = bind_change(parse_change(change), desk.asking())
    return known[change]


def _checked(desk: Desk, name: str, body: str, language: str, change: str) -> Stored:
    """The record of a canned reply, everything in it as it may be."""
    name = entry.name(name, "canned reply")
    body = entry.spoken(body, "canned reply")
    placeholders.check(body)
    if language and language not in LANGUAGES:
        raise UsageError(f"There is no language {language[:20]!r}.", f"Known: {', '.join(LANGUAGES)}.")
    change = one_line(change)
    if any(isinstance(term, Say) for term in bind_change(parse_change(change), desk.asking())):
        raise UsageError("The change of a canned reply says nothing itself.", "Write it into the text of the reply.")
    return {"name": name, "folded": fold(name), "language": language, "body": body, "change": change}


def one_line(change: str) -> str:
    """The change of a prepared text as it is kept. UsageError if it is too long."""
    change = " ".join(entry.long_text(change, "change").split())
    if len(change) > CHANGE_LIMIT:
        raise UsageError(f"The change has {len(change):,} characters; {CHANGE_LIMIT:,} is the limit.", "Change less.")
    return change


def _refuse_second(work: Work, written: Stored, but: int | None) -> None:
    for one in prepared.canned_named(work.unit, written["name"]):
        if one.language == written["language"] and one.id != but:
            raise Conflict(
                f"There is a canned reply {_called(one.name, one.language)} already.",
                "Edit that one, or choose another name or language.",
            )


def _there(unit: Unit, canned_id: int) -> Canned:
    found = prepared.canned_by_id(unit, canned_id)
    if found is None:
        raise no_such("canned")
    return found


def _variants(unit: Unit, name: str) -> tuple[Canned, ...]:
    found = prepared.canned_named(unit, name)
    if not found:
        raise NotFound(f"There is no canned reply {name[:60]!r}.", "`helpdesk canned list` shows them.")
    return found


def _named(unit: Unit, name: str, language: str | None) -> Canned:
    found = _variants(unit, name)
    if language is None:
        return in_language(found, ())
    same = [one for one in found if one.language == language]
    if not same:
        there = ", ".join(one.language or "all languages" for one in found)
        raise NotFound(f"The canned reply {found[0].name!r} is not there in {language[:20]!r}.", f"It is in: {there}.")
    return same[0]


def _for_ticket(unit: Unit, ticket: Stored, name: str, language: str | None) -> Canned:
    if language is not None:
        return _named(unit, name, language)
    return in_language(_variants(unit, name), filling.languages_of(unit, ticket))


def _filled(desk: Desk, unit: Unit, ticket: Stored, canned: Canned) -> Filled:
    known = filling.values_of(desk, unit, ticket, canned.language or next(iter(filling.languages_of(unit, ticket)), ""))
    return Filled(
        canned,
        ticket["id"],
        placeholders.fill(canned.body, known),
        placeholders.without_value(canned.body, known),
        directory.signature_of(unit, desk.actor.id),
    )


def _called(name: str, language: str) -> str:
    return f"{name} ({language})" if language else name
