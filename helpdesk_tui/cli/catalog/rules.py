"""The verbs for rules: what their help says and which options they take."""

from __future__ import annotations

from helpdesk_tui.cli.verb import JSON, Option, Verb

RULE = Verb(
    name="rule",
    summary="list, write, switch and try rules: what the desk does by itself",
    runs="rule:run",
    usage="""[list]
  rule show NAME
  rule add NAME --when WHEN [--if QUERY] --then CHANGE [--every TIME] [--off]
  rule add NAME --shipped
  rule change NAME [--name NEW] [--when WHEN] [--if QUERY] [--then CHANGE] …
  rule move NAME PLACE
  rule on NAME | rule off NAME | rule remove NAME
  rule try NAME
  rule try --when WHEN [--if QUERY] --then CHANGE
  rule log [NAME]
  rule shipped | rule moments""",
    about="""\
A rule makes a change when something happens to a ticket that its query finds,
or as time passes. `rule moments` lists what sets one off: created, moved,
answered and the like; `tick`, looked at once a minute; or a schedule such as
`daily 07:00` or `first monday 09:00`, by the clock of the first policy's
calendar. A rule of `tick` acts once on each ticket, or with --every again.

A change is written as everywhere, and may besides: assignee:auto (by skill,
language and load), assignee:lead, priority:up, escalate, notify:assignee
(watchers, lead, admins, a person) with message:"…", canned:"Name",
new:"Template", report:daily and report:file. {requester.first_name} and the
like are filled in. Rules act as `rules`; each step names its rule in the
history.

`try` shows what a rule would do now, and does nothing; `log` what rules did.
`shipped` lists those that come with the program.""",
    examples=(
        "helpdesk rule add 'Route VPN' --when created --if vpn --then assignee:auto",
        "helpdesk rule add Stale --when tick --if 'idle>3bd' --then notify:assignee",
        "helpdesk rule add Backups --when 'first monday 9:00' --then 'new:Backups'",
        "helpdesk rule add 'Archive the done' --shipped",
        "helpdesk rule try Stale",
        "helpdesk rule log --limit 20",
    ),
    options=(
        Option("--when", "What sets it off, or a schedule.", "WHEN"),
        Option("--if", "Which tickets it is about; without it every one.", "QUERY"),
        Option("--then", "What it does, in one word.", "CHANGE"),
        Option("--every", "After how long it acts again on a ticket; empty: never.", "TIME"),
        Option("--name", "Its new name.", "NAME"),
        Option("--off", "Write it, and switch it on later."),
        Option("--shipped", "Take the rule of that name that comes with the program."),
        Option("--limit", "How much of the log is shown.", "N"),
        JSON,
    ),
    actions=("list", "show", "add", "change", "move", "on", "off", "remove", "try", "log", "shipped", "moments"),
    words="rule",
)

TICK = Verb(
    name="tick",
    summary="let time pass for the desk: rules, clocks, old cards, the day's backup",
    runs="tick:run",
    usage="[--every-minute]",
    about="""\
Does what is due: rules of time and schedules, clocks that a change of a
policy has left behind, cards that their board puts away, today's backup. An
open board does the same; this is for cron or a timer where none is open.

Nothing is done twice, however many do this at once, and what was missed is
done once. --every-minute goes on until it is stopped, also where the desk
cannot be used for a while.""",
    examples=("helpdesk tick", "* * * * * helpdesk tick", "helpdesk tick --every-minute"),
    options=(Option("--every-minute", "Go on, once a minute, until ctrl+c."), JSON),
)

VERBS = (RULE, TICK)
