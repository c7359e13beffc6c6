"""`helpdesk report daily`."""

from __future__ import annotations

import json
from datetime import datetime

from helpdesk_tui.cli.call import DONE, Call
from helpdesk_tui.cli.exporting import stream_to
from helpdesk_tui.cli.render import BOLD, DIM, Output
from helpdesk_tui.cli.table import fitted
from helpdesk_tui.desk import daily as desk_daily
from helpdesk_tui.domain import daily as report
from helpdesk_tui.domain.daily import Daily, Said
from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import UsageError
from helpdesk_tui.exchange import daily_forms
from helpdesk_tui.language.dates import said


def run(call: Call, kind: str) -> int:
    """Tell who worked on what on a day, what came in, what is late and what is stuck."""
    call.expect(1, 1)
    if call.has("--period"):
        raise UsageError("`report daily` is about one day.", "Name it with --day, as in --day 2026-11-20.")
    if kind == "csv":
        raise UsageError("The daily report is no table.", "Its formats are text, json, markdown and html.")
    wanted = call.text("--day")
    if wanted is None:
        daily = desk_daily.daily(call.desk)
    else:
        with call.reading(wanted):
            day = desk_daily.day_named(call.desk, wanted)
        daily = desk_daily.daily(call.desk, day)

    def in_words(at: datetime) -> str:
        return said(at, daily.at, call.desk.zone)

    target = call.text("--output")
    if kind == "text" and target is None:
        _write(call, daily, in_words)
    elif kind == "json" and target is None:
        call.out.json(daily_forms.shape(daily))
    else:
        with stream_to(call.out, target) as stream:
            stream.write(_written(kind, daily, in_words))
        if target is not None:
            call.say(f"The report is in {target}.")
    return DONE


def _written(kind: str, daily: Daily, in_words: Said) -> str:
    if kind == "json":
        return json.dumps(daily_forms.shape(daily), ensure_ascii=False, indent=2) + "\n"
    if kind == "html":
        return daily_forms.html(daily, in_words)
    return daily_forms.markdown(daily, in_words) if kind == "markdown" else report.text(daily, in_words)


def _write(call: Call, daily: Daily, in_words: Said) -> None:
    out = call.out
    out.line(out.styled(report.title(daily), BOLD))
    for part in report.parts(daily, in_words):
        out.line()
        out.line(out.styled(clean(part.title), BOLD))
        for entry, below in part.entries:
            out.line(_fitting(out, f"  {clean(entry)}"))
            for one in below:
                out.line(_fitting(out, f"    {clean(one)}"))
        if not part.entries:
            out.line(f"  {out.styled(part.nothing, DIM)}")


def _fitting(out: Output, line: str) -> str:
    return line if out.width is None else fitted(line, out.width)
