"""One line of a public key, read strictly."""

from __future__ import annotations

import base64
import struct

import pytest

from helpdesk_tui.domain.ssh_keys import may_enter, read_key
from helpdesk_tui.errors import UsageError


def blob(*fields: bytes) -> bytes:
    return b"".join(struct.pack(">I", len(field)) + field for field in fields)


def line(kind: str, *fields: bytes, inside: str = "", comment: str = "alice@laptop") -> str:
    """A key as `ssh-keygen` writes it; `inside` is the kind that the key itself names."""
    return f"{kind} {base64.b64encode(blob((inside or kind).encode(), *fields)).decode()} {comment}".rstrip()


def rsa(bits: int) -> str:
    return line("ssh-rsa", b"\x01\x00\x01", b"\x00" + (1 << (bits - 1)).to_bytes(bits // 8, "big"))


ED25519 = line("ssh-ed25519", b"k" * 32)
ECDSA = line("ecdsa-sha2-nistp256", b"nistp256", b"\x04" + b"k" * 64)
POINT, APPLICATION = b"\x04" + b"k" * 64, b"ssh:"


@pytest.mark.parametrize(
    "text",
    [
        ED25519,
        ECDSA,
        line("ecdsa-sha2-nistp384", b"nistp384", b"\x04" + b"k" * 96),
        line("ecdsa-sha2-nistp521", b"nistp521", b"\x04" + b"k" * 132),
        line("sk-ssh-ed25519@openssh.com", b"k" * 32, APPLICATION),
        line("sk-ecdsa-sha2-nistp256@openssh.com", b"nistp256", POINT, APPLICATION),
        rsa(2048),
        rsa(4096),
    ],
)
def test_the_kinds_of_openssh_are_taken(text: str) -> None:
    key = read_key(text + "\n")
    assert f"{key.kind} {key.data} {key.comment}" == text


def test_its_fingerprint_is_the_one_of_ssh_keygen() -> None:
    text = (
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ/zTpbipm8+r6NzDyp5bNt+Vj3/q+xtooTrb9+pH/cP root@x"  # made for this test
    )
    assert read_key(text).fingerprint == "SHA256:je1oJb75kGTzO30kBlP0p/1JyikRJfawNBSefq3vRjE"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no key"),
        (" \n", "no key"),
        (f"{ED25519}\n{ECDSA}", "more than one line"),
        (f"{ED25519}\n# and this", "more than one line"),
        (f"{ED25519}\rssh-rsa x", "more than one line"),
        (f"{ED25519}\x00", "more than one line"),
        (f'command="sh" {ED25519}', "begins with its kind"),
        (f"no-pty {ED25519}", "begins with its kind"),
        (f"cert-authority {ED25519}", "begins with its kind"),
        (f"# {ED25519}", "begins with its kind"),
        (f"environment=\"A=b\",{ED25519}", "begins with its kind"),
        (ED25519.upper(), "begins with its kind"),
        (line("ssh-dss", b"x"), "begins with its kind"),
        (line("ssh-ed25519-cert-v01@openssh.com", b"x"), "begins with its kind"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl", "private key"),
        ("PuTTY-User-Key-File-3: ssh-ed25519", "private key"),
        ("---- BEGIN SSH2 PUBLIC KEY ----", "begins with its kind"),
        ("ssh-ed25519", "missing"),
        ("ssh-ed25519 ", "missing"),
        ("ssh-ed25519 AAAA*AAA x", "not base64"),
        ("ssh-ed25519 ÄÖÜÕ x", "not base64"),
        (ED25519.replace(" alice", "= alice"), "too much"),
        (line("ssh-ed25519", b"k" * 31), "length"),
        (line("ssh-ed25519", b"k" * 33), "length"),
        (line("ssh-ed25519", b"k" * 32, b"more"), "too much"),
        (line("ssh-ed25519", b"k" * 32, inside="ssh-rsa"), "something else"),
        (line("ssh-rsa", b"k" * 32, inside="ssh-ed25519"), "missing"),
        (line("ecdsa-sha2-nistp256", b"nistp384", POINT), "another curve"),
        (line("ecdsa-sha2-nistp256", b"nistp256", b"\x02" + b"k" * 32), "another curve"),
        (rsa(1024), "1024 bits"),
        ("ssh-ed25519 " + base64.b64encode(b"\xff\xff\xff\xffssh").decode(), "too early"),
        ("ssh-ed25519 " + "A" * 9000, "too long"),
    ],
)  # fmt: skip
def test_everything_else_is_refused_with_the_reason(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        read_key(text)


def test_a_comment_is_made_safe_and_stays_on_its_line() -> None:
    key = read_key(f"{ED25519}  of\tAlice \x1b]52;c;x\x07\u202e {'x' * 300}")
    assert key.comment.isprintable()
    assert "\x1b" not in key.comment
    assert len(key.comment) <= 100


@pytest.mark.parametrize("login", ["alice", "a.b-c_d", "alice@example.org", "Alice", "x1", "_svc"])
def test_an_ordinary_login_may_come_in(login: str) -> None:
    assert may_enter(login)


@pytest.mark.parametrize(
    "login",
    ["", "-x", "--help", "key", "keys", "a b", "a;b", "a'b", 'a"b', "a$b", "a\nb", "../a", "/a", ".a", "õ", "x" * 65],
)
def test_a_login_that_could_mean_more_may_not(login: str) -> None:
    assert not may_enter(login)
