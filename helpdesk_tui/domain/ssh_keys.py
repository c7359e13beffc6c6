"""Public keys of OpenSSH: one line is read strictly, and what is read is written anew from what it means."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import UsageError

LONGEST = 8_000
"""Characters a line may have; an RSA key of 16,384 bits has 2,800."""

COMMENT_LIMIT = 100
SMALLEST_RSA = 2_048

_ED25519, _RSA, _CURVE = 32, "ssh-rsa", "nistp"
_FIELDS: Mapping[str, int] = {
    "ssh-ed25519": 1,
    "ssh-rsa": 2,
    "ecdsa-sha2-nistp256": 2,
    "ecdsa-sha2-nistp384": 2,
    "ecdsa-sha2-nistp521": 2,
    "sk-ssh-ed25519@openssh.com": 2,
    "sk-ecdsa-sha2-nistp256@openssh.com": 3,
}
"""The kinds that are taken, and how many fields stand in each behind the name of the kind."""

LOGIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,63}")
"""Logins that can be named in a forced command: nothing in them means anything to a shell, to sshd or as an option."""

NO_LOGINS = frozenset({"key", "keys"})
"""Words that mean something else behind `helpdesk gate`."""


class PublicKey(Struct, frozen=True):
    """A key as it stands in a `.pub` file: its kind, the key itself in base64, and what its owner calls it."""

    kind: str
    data: str
    comment: str = ""

    @property
    def fingerprint(self) -> str:
        """What `ssh-keygen -l` calls the key: `SHA256:…`."""
        digest = hashlib.sha256(base64.b64decode(self.data)).digest()
        return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


class KnownKey(Struct, frozen=True):
    """A key that opens the gate for a person, as the desk keeps it."""

    id: int
    key: PublicKey
    login: str
    name: str
    active: bool
    at: datetime


def may_enter(login: str) -> bool:
    """Whether a person called so can come in through the gate."""
    return LOGIN.fullmatch(login) is not None and login not in NO_LOGINS


def read_key(text: str) -> PublicKey:
    """The one public key in `text`. UsageError, saying what is wrong, for anything else."""
    line = text.removeprefix("\ufeff").strip(" \r\n\t")
    if line.startswith(("-----BEGIN", "PuTTY-User-Key-File")):
        raise _refused("That is a private key, which nobody else should ever see.", "Send the file that ends in .pub.")
    if not line:
        raise _refused("There is no key to add.")
    if len(line) > LONGEST:
        raise _refused("That is too long for a public key.")
    if any(character in line for character in "\r\n\v\f\x00"):
        raise _refused("There is more than one line.", "Add one key at a time.")
    kind, _, rest = line.partition(" ")
    data, _, comment = rest.strip().partition(" ")
    if kind not in _FIELDS:
        raise _refused(f"A public key begins with its kind, and `{clean(kind, limit=40)}` is none that is taken.")
    return PublicKey(kind, _checked(kind, data), " ".join(clean(comment, limit=COMMENT_LIMIT).split()))


def _checked(kind: str, data: str) -> str:
    """The base64 part, if it holds a key of that kind and nothing besides."""
    try:
        blob = base64.b64decode(data.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError, ValueError):
        raise _refused("The key is damaged: its middle part is not base64.") from None
    fields = _fields(blob)
    if base64.b64encode(blob).decode() != data or len(fields) != 1 + _FIELDS[kind]:
        raise _refused("The key is damaged: something is missing from it, or too much.")
    if fields[0] != kind.encode():
        raise _refused(f"The key says that it is {kind}, and is something else.")
    if kind == _RSA:
        _refuse_short(fields[2])
    elif _CURVE in kind:
        curve = kind[kind.index(_CURVE) :].partition("@")[0].encode()
        if fields[1] != curve or not fields[2].startswith(b"\x04"):
            raise _refused("The key is damaged: it is of another curve.")
    elif len(fields[1]) != _ED25519:
        raise _refused("The key is damaged: it has not the length of its kind.")
    return data


def _fields(blob: bytes) -> list[bytes]:
    """The parts of a key, each of which says first how long it is."""
    fields: list[bytes] = []
    at = 0
    while at < len(blob):
        length = int.from_bytes(blob[at : at + 4], "big")
        at += 4 + length
        if at > len(blob):
            raise _refused("The key is damaged: it ends too early.")
        fields.append(blob[at - length : at])
    return fields


def _refuse_short(modulus: bytes) -> None:
    bits = int.from_bytes(modulus, "big").bit_length()
    if bits < SMALLEST_RSA:
        raise _refused(f"An RSA key of {bits} bits is too easy to break.", "Make a new one: ssh-keygen -t ed25519")


def _refused(reason: str, hint: str = "Send the one line of a file such as ~/.ssh/id_ed25519.pub.") -> UsageError:
    return UsageError(reason, hint)
