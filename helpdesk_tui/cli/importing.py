"""`helpdesk import`."""

from __future__ import annotations

from pathlib import Path

from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.progress import Progress
from helpdesk_tui.desk import settings
from helpdesk_tui.errors import UsageError
from helpdesk_tui.exchange import csv_list, json_desk, list_map, log, log_map
from helpdesk_tui.exchange.report import Report, Skip

NAMES_SHOWN = 5
LINES_SHOWN = 3


def run(call: Call) -> int:
    """Import a file of the given kind and tell what came of it."""
    kind, name = call.expect(2, 2)
    map_name = call.text("--map")
    path = Path(name)
    call.desk.refuse_own_file(path)
    progress = Progress(call.messages, "Importing")
    try:
        match kind, map_name:
            case "log", None:
                raise UsageError("A log needs a map that says what its columns and activities mean.", "Give --map MAP.")
            case "log", str(given):
                the_map = log_map.read(Path(given), settings.settings(call.desk).kinds)
                report = log.import_log(call.desk, path, the_map, progress)
            case "csv", str(given):
                report = csv_list.import_csv(call.desk, path, list_map.read(Path(given)), progress)
            case "csv", None:
                report = csv_list.import_csv(call.desk, path, progress=progress)
            case "json", None:
                report = json_desk.import_json(call.desk, path, progress)
            case "json", _:
                raise UsageError("A JSON export needs no map.", "Leave out --map.")
            case _:
                raise UsageError(f"There is no import of `{kind[:30]}`.", "It is one of: log, csv, json.")
    finally:
        progress.end()
    return _tell(call, kind, report)


def _tell(call: Call, kind: str, report: Report) -> int:
    done = [
        f"{count:,} {what}"
        for count, what in (
            (report.created, "tickets made"),
            (report.updated, "brought up to date"),
            (report.unchanged, "known already"),
            (report.events if kind == "log" else 0, "events"),
        )
        if count
    ]
    call.say(f"Imported: {', '.join(done)}." if done else "There was nothing to import.")
    if report.people:
        more = ", …" if len(report.people) > NAMES_SHOWN else ""
        call.say(f"New people: {len(report.people)} ({', '.join(report.people[:NAMES_SHOWN])}{more}).")
    for skip in report.skipped:
        call.say(_left_out(skip))
    if report.backup is not None:
        call.say(f"The desk as it was before is kept in {report.backup}")
    return DONE if done else NOTHING


def _left_out(skip: Skip) -> str:
    lines = ", ".join(f"{line:,}" for line in skip.lines[:LINES_SHOWN])
    more = ", …" if skip.count > LINES_SHOWN else ""
    rows = "1 row" if skip.count == 1 else f"{skip.count:,} rows"
    return f"Left out {rows}: {skip.reason} (line {lines}{more})."
