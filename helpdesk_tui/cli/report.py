"""`helpdesk report`."""

from __future__ import annotations

from helpdesk_tui.cli import figures_page
from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.exporting import stream_to
from helpdesk_tui.cli.progress import Progress
from helpdesk_tui.desk import figures as desk_figures
from helpdesk_tui.desk import service_levels
from helpdesk_tui.domain.figures import Dimension, Figures, Group
from helpdesk_tui.errors import UsageError
from helpdesk_tui.exchange import figures_csv, figures_html, figures_json, figures_markdown

DAILY = "daily"


def run(call: Call) -> int:
    """Tell the figures of a period, or what was done on a day."""
    if call.words[:1] == [DAILY]:
        from helpdesk_tui.cli import report_daily

        return report_daily.run(call, form(call))
    if call.has("--day"):
        raise UsageError("`--day` is for `helpdesk report daily`.", "A report of figures takes `--period DAY`.")
    kind = form(call)
    text = " ".join(call.words)
    with call.reading(text):
        facts = desk_figures.facts(call.desk, text)
    if facts.behind and not call.desk.read_only:
        _catch_up(call)
        facts = desk_figures.facts(call.desk, text)
    period = desk_figures.period(facts, call.text("--period") or "")
    figures = desk_figures.figures(facts, period)
    groups = {by: desk_figures.groups(facts, period, by) for by in Dimension}
    if facts.behind:
        call.say("The clocks of some tickets are yet to be worked out: figures of service levels will change.")
    _write(call, kind, figures, groups, facts.query)
    return DONE if len(facts) else NOTHING


def form(call: Call) -> str:
    """In which form it is wanted."""
    kind = call.text("--format")
    if call.has("--json"):
        if kind not in {None, "json"}:
            raise UsageError(f"`--json` and `--format {kind}` are two different things.", "Leave out one of them.")
        return "json"
    return kind or "text"


def _write(call: Call, kind: str, figures: Figures, groups: dict[Dimension, tuple[Group, ...]], query: str) -> None:
    target = call.text("--output")
    if kind == "text" and target is None:
        figures_page.write(call.out, figures, groups, query)
    elif kind == "json" and target is None:
        call.out.json(figures_json.shape(figures, groups, query))
    else:
        with stream_to(call.out, target) as stream:
            if kind == "csv":
                figures_csv.write(figures, groups, query, stream)
            elif kind == "json":
                stream.write(figures_json.text(figures, groups, query))
            elif kind == "html":
                stream.write(figures_html.text(figures, groups, query))
            else:  # text in a file is Markdown, which reads as such
                stream.write(figures_markdown.text(figures, groups, query))
    if target is not None:
        call.say(f"The report is in {target}.")


def _catch_up(call: Call) -> None:
    """Have the clocks worked out that a change of a promise put in doubt."""
    progress = Progress(call.messages, "Working out clocks, pieces done:")
    done = 0

    def go_on() -> None:
        nonlocal done
        progress(done)
        done += 1

    try:
        service_levels.catch_up(call.desk, go_on)
    finally:
        progress.end()
