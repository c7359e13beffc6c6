"""What may be noted about a person or an organization: each value checked and in the one form in which it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable

from helpdesk_tui.domain import entry
from helpdesk_tui.domain.text import clean, is_blank
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import UsageError

LOGIN_LIMIT = 64
MAIL_LIMIT = 254
WORDS_LIMIT = 30
"""Skills, languages or domains that one may have."""
WORD_LIMIT = 40
INITIALS_LIMIT = 3
MOST_CAPACITY = 9_999

_MAIL = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+")
_DOMAIN = re.compile(r"[^\W_]([\w-]*[^\W_])?(\.[^\W_]([\w-]*[^\W_])?)+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.ASCII)


def login(text: str) -> str:
    """The name of an account. UsageError for what no account can be called; an empty one stays empty."""
    word = entry.name(text, "login") if text.strip() else ""
    odd = word.startswith(("-", "@", "#", "+")) or any(
        letter in ",:;/\"'`$<>|&()" or letter.isspace() for letter in word
    )
    if odd or clean(word) != word or len(word) > LOGIN_LIMIT:
        raise UsageError(
            f"{_shown(text)} is no login.", "One word of letters, digits, dots, hyphens, as the system's accounts have."
        )
    return word


def mail(text: str) -> str:
    """A mail address as it is compared. UsageError for what is none; an empty one stays empty."""
    word = text.strip()
    if word and (not _MAIL.fullmatch(word) or len(word) > MAIL_LIMIT or clean(word) != word):
        raise UsageError(f"{_shown(text)} is no mail address.", "Write it as name@example.org.")
    return word.lower()


def words(given: Iterable[str], what: str) -> tuple[str, ...]:
    """Skills: short words, each once, in the order given."""
    found: dict[str, str] = {}
    for text in given:
        for part in text.split(","):
            if not part.strip():
                continue
            word = entry.name(part, what)
            if len(word) > WORD_LIMIT:
                raise UsageError(f"{_shown(word)} is too long for a {what}.", f"{WORD_LIMIT} characters are the limit.")
            found.setdefault(fold(word), word)
    if len(found) > WORDS_LIMIT:
        raise UsageError(f"Those are {len(found)} {what}s; {WORDS_LIMIT} are the limit.", "Keep those that matter.")
    return tuple(found.values())


def languages(given: Iterable[str]) -> tuple[str, ...]:
    """Tags of languages, each once: `en`, `pt-br`."""
    tags = tuple(word.lower() for word in words(given, "language"))
    for tag in tags:
        if not _LANGUAGE.fullmatch(tag):
            raise UsageError(f"{_shown(tag)} is no language.", "Give tags such as en, et, he.")
    return tags


def domains(given: Iterable[str]) -> tuple[str, ...]:
    """Mail domains, folded, without an `@` before them."""
    found = tuple(fold(word.removeprefix("@")) for word in words(given, "domain"))
    for domain in found:
        if not _DOMAIN.fullmatch(domain):
            raise UsageError(f"{_shown(domain)} is no mail domain.", "Give it as example.org.")
    return tuple(dict.fromkeys(found))


def domain_of(address: str) -> str:
    """The domain of a mail address as organizations keep it."""
    return fold(address.rpartition("@")[2])


def initials(text: str) -> str:
    """What an avatar says: up to three signs, or nothing."""
    word = text.strip()
    if word and (len(word) > INITIALS_LIMIT or clean(word) != word or is_blank(word) or "," in word):
        raise UsageError(f"{_shown(text)} are no initials.", f"One to {INITIALS_LIMIT} letters.")
    return word


def capacity(number: int) -> int | None:
    """How many open tickets somebody works on at once; 0 means that nothing is said about it, and is None."""
    if not 0 <= number <= MOST_CAPACITY:
        raise UsageError(f"{number} is no capacity.", f"From 1 to {MOST_CAPACITY:,} tickets, or 0 for no limit.")
    return number or None


def joined(given: Iterable[str]) -> str:
    """Words as they are kept: with commas between."""
    return ",".join(given)


def _shown(text: str) -> str:
    return repr(clean(text, limit=60))
