"""The unexpected, in the screens: the traceback into the log file, one sentence for the person."""

from __future__ import annotations

import os
import traceback
from pathlib import Path

from helpdesk_tui.clock import SystemClock
from helpdesk_tui.errors import HelpdeskError


class AccidentError(HelpdeskError):
    """Something the program did not foresee."""


def unexpected(error: BaseException, log_path: Path) -> AccidentError:
    """Write the traceback of `error` into the log file; what to tell the person."""
    text = "".join(traceback.format_exception(error))
    try:
        log_path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(log_path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with open(descriptor, "a", encoding="utf-8", errors="replace") as log:
            log.write(f"{SystemClock().now().isoformat()} {text}\n")
    except OSError:
        hint = "The log file could not be written."
    else:
        hint = f"The log file has the rest: {log_path}"
    return AccidentError(f"Something went wrong inside helpdesk ({type(error).__name__}).", hint)
