"""`helpdesk export`."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO, cast

from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.progress import Progress
from helpdesk_tui.cli.render import Output, Unwritable
from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import UsageError
from helpdesk_tui.exchange import csv_export, json_desk


class _Shown(io.TextIOBase):
    """A stream onto a terminal, where an export is looked at: nothing in it can act there."""

    def __init__(self, out: Output) -> None:
        self._out = out

    def write(self, text: str, /) -> int:
        self._out.raw(clean(text.replace("\r\n", "\n"), lines=True))
        return len(text)


def run(call: Call) -> int:
    """Write what the query selects, in the given format."""
    kind, *words = call.expect(1)
    if kind not in call.verb.actions:
        raise UsageError(f"There is no export to `{kind[:30]}`.", f"It is one of: {', '.join(call.verb.actions)}.")
    if call.has("--raw") and kind != "csv":
        raise UsageError("`--raw` is for CSV.", "JSON is exact anyway.")
    text = " ".join(words)
    with call.reading(text):
        query = call.desk.ask(text)
    progress = Progress(call.messages, "Exporting")
    target = call.text("--output")
    try:
        with stream_to(call.out, target) as stream:
            if kind == "csv":
                written = csv_export.export(call.desk, query, stream, raw=call.has("--raw"), progress=progress)
            else:
                written = json_desk.export(call.desk, query if words else None, stream, progress=progress)
    finally:
        progress.end()
    where = f" to {target}" if target is not None else ""
    call.say(f"{written:,} ticket{'' if written == 1 else 's'} exported{where}.")
    return DONE if written else NOTHING


@contextmanager
def stream_to(out: Output, target: str | None) -> Iterator[TextIO]:
    """Where a file of data goes: a new one at `target`, else standard output, made safe where that is a terminal."""
    if target is not None:
        with _new_file(Path(target)) as file:
            yield file
    elif out.terminal:
        yield cast("TextIO", _Shown(out))
    else:
        with out.exactly() as stream:
            yield stream


@contextmanager
def _new_file(path: Path) -> Iterator[TextIO]:
    """A file that did not exist, readable by its owner only; taken away again if it could not be written in full."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise UsageError(f"{path} exists already.", "Name a new file: an export overwrites none.") from error
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.", "Name another file.") from error
    try:
        with open(descriptor, "w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as error:
        path.unlink(missing_ok=True)
        raise Unwritable(f"{path} cannot be written: {error.strerror}.", "Make room, or name another file.") from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise
