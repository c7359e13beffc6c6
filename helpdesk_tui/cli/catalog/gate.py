"""The verb for sharing a desk over SSH: what its help says and which options it takes."""

from __future__ import annotations

from helpdesk_tui.cli.verb import JSON, Option, Verb

GATE = Verb(
    name="gate",
    summary="let people in over SSH, each as themselves and to this desk only",
    runs="gate:run",
    usage="""NAME
  gate keys
  gate key add LOGIN <KEY.pub
  gate key [list]
  gate key remove FINGERPRINT""",
    about="""\
What sshd runs for the key of a person: the board with `ssh -t desk@host`, or
one verb as in `ssh desk@host list is:open`. Nothing else can be done from
there: no shell, no other program, no file by its path.

`gate key` says who comes in with which key; `gate keys` prints the lines for
the authorized_keys of the account that owns the desk. A key that is removed,
and whoever is deactivated, is refused at once; a new key needs its new line.""",
    examples=(
        "helpdesk --desk /srv/helpdesk/desk.db gate key add alice <alice.pub",
        "helpdesk --desk /srv/helpdesk/desk.db gate keys >/etc/ssh/helpdesk_keys",
        "ssh desk@host attach 142 log.txt <log.txt",
    ),
    options=(
        Option("--key", "Let NAME in only with this key of theirs.", "FINGERPRINT"),
        Option("--state", "Keep drafts and the like here, not in the account's home.", "FOLDER"),
        JSON,
    ),
    actions=("keys", "key"),
)

VERBS = (GATE,)
