"""The languages are light to import: a filter line must not wait for a date library."""

from __future__ import annotations

import subprocess
import sys


def test_asking_loads_no_date_library_and_nothing_that_only_errors_need() -> None:
    probe = (
        "import sys\n"
        "from datetime import UTC, datetime\n"
        "from helpdesk_tui.language import bind, changes, complete, match, query\n"
        "query.parse('is:open label:vpn due<fri sort:-priority \"a b\"')\n"
        "changes.parse_change('+vpn due:\"fri 17:00\"')\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    ran = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    heavy = {"dateparser", "zoneinfo", "difflib", "sqlalchemy", "sqlmodel", "textual", "regex"}
    assert not heavy & set(ran.stdout.split())
