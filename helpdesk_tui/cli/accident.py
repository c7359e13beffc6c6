"""The unexpected, written down: the traceback into the log file, one sentence for the person."""

from __future__ import annotations

import os
import traceback
from pathlib import Path

from helpdesk_tui.clock import SystemClock


def record(error: BaseException, log_path: Path | None = None) -> str:
    """Append the traceback of `error` to that log file, else this account's; the sentence that says where it is."""
    what = f"helpdesk: Something unexpected happened ({type(error).__name__})."
    try:
        from helpdesk_tui import config

        path = log_path or config.load().log_path
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as log:
            log.write(f"\n{SystemClock().now().isoformat()}\n")
            log.write("".join(traceback.format_exception(error)).encode("utf-8", "replace").decode("utf-8"))
    except Exception:  # noqa: BLE001  what broke may be the very thing that finds the log file
        return f"{what} The log file could not be written; HELPDESK_DEBUG=1 shows more."
    return f"{what} The log file has the rest: {path}"
