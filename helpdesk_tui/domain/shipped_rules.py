"""The rules that come with the program: to be switched on as they are, and to be read as examples.

A desk begins with those of `FROM_THE_START`; nothing it did not ask for happens to its tickets otherwise.
"""

from __future__ import annotations

from helpdesk_tui.domain.rules import Shipped, Wording

_ASK = (
    "Hello {requester.first_name|there}, we are still waiting for your answer. "
    "Please reply, or we close this in four working days."
)
_CLOSE = "We have not heard from you and close this. A reply opens it again."

REOPEN = Wording("Reopen on reply", "answered", "is:done or is:archived", "reopen")

SHIPPED: tuple[Shipped, ...] = (
    Shipped(REOPEN, "Who asks for help replies to a done ticket: it is open again."),
    Shipped(
        Wording("Route by skill", "created", "is:unassigned", "assignee:auto"),
        "A new ticket goes to who has the skills, the language and the least to do.",
    ),
    Shipped(
        Wording("Route by label", "labelled", "is:open is:unassigned", "assignee:auto"),
        "A ticket that gets a label and has nobody yet goes to who has that skill.",
    ),
    Shipped(
        Wording(
            "Warn at risk",
            "tick",
            "sla:risk assignee:any",
            'notify:assignee message:"A service level is at risk."',
            "8h",
        ),
        "The assignee is told while there is still time.",
    ),
    Shipped(
        Wording(
            "Escalate late critical",
            "tick",
            "is:late priority:critical -is:escalated",
            'escalate notify:lead,assignee message:"This critical ticket is late."',
            "1d",
        ),
        "A late critical ticket is marked as escalated, and the lead is told.",
    ),
    Shipped(
        Wording(
            "Ask the silent",
            "tick",
            "is:open is:waiting -label:asked idle>3bd",
            f'+asked reply:"{_ASK}"',
            "1d",
        ),
        "Who has not answered for three working days is asked once more.",
    ),
    Shipped(
        Wording(
            "Close the silent",
            "tick",
            "is:open is:waiting label:asked idle>4bd",
            f'-asked reply:"{_CLOSE}" to:done',
            "1d",
        ),
        "Who has not answered four working days after that has their ticket closed.",
        ("asked",),
    ),
    Shipped(
        Wording("Hear the silent", "answered", "label:asked", "-asked"),
        "Whoever answers counts as silent no more: goes with the two before.",
        ("asked",),
    ),
    Shipped(
        Wording("Archive the done", "tick", "is:done closed<14d", "archive", "1d"),
        "What has been done for 14 days leaves the board.",
    ),
    Shipped(
        Wording("Raise the old", "tick", "is:open priority<high age>10bd", "priority:up", "7d"),
        "What has been open for ten working days becomes more urgent, week by week, up to high.",
    ),
    Shipped(
        Wording(
            "Check the backups",
            "first monday 09:00",
            "",
            'new:"Check the backups" assignee:auto',
        ),
        "A ticket on the first Monday of each month, from the template of that name.",
        steps="Was a backup made each night?\nRestore one file from it\nIs there room for the next month?",
    ),
    Shipped(
        Wording("Daily report", "weekdays 07:00", "", "report:daily"),
        "How the desk stands, in the notices of the admins each working morning.",
    ),
)
"""All of them, in the order in which they are best tried."""

FROM_THE_START = (REOPEN,)
"""Those that are on where nobody has said anything."""
