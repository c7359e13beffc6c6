"""Names of files on tickets: what comes from a path, a mail or an import becomes a name that is safe to save under."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePosixPath

from helpdesk_tui.domain.words import fold

LONGEST = 180
"""Bytes a name may have in UTF-8: file systems take 255, and ` (2)` must still fit."""

LONGEST_ENDING = 20
"""Bytes of the ending (`.tar.gz` counts as `.gz`) that shortening keeps."""

UNNAMED = "file"

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"
_SEPARATORS = re.compile(r"[/\\]+")


def cleaned(name: str) -> str:
    """The name a file is kept and saved under, whatever it was called where it came from.

    Only the last part of a path counts. What cannot be seen or would act (control characters, turns of direction,
    broken characters) becomes a blank or goes, blanks are folded, and a leading dot or dash becomes `_`: nothing saved
    is hidden or can be taken for an option. Cleaning a clean name changes nothing.
    """
    parts = [part for part in _SEPARATORS.split(name) if part.strip(" .\t\r\n\x00")]
    last = parts[-1] if parts else ""
    seen = unicodedata.normalize("NFC", "".join(map(_seen, last)))
    line = " ".join(seen.split()).rstrip(" .")
    if line[:1] in {".", "-"}:
        line = "_" + line[1:]
    line = _shortened(line)
    return line if line.strip(f" ._{_JOINERS}") else UNNAMED


def _seen(character: str) -> str:
    if character in _JOINERS:
        return character
    category = unicodedata.category(character)
    if category == "Cs":
        return "_"
    return (" " if category in {"Cc", "Zl", "Zp"} else "") if category in _UNSEEN else character


def _shortened(name: str) -> str:
    if len(name.encode()) <= LONGEST:
        return name
    ending = PurePosixPath(name).suffix
    if len(ending.encode()) > LONGEST_ENDING:
        ending = ""
    kept = name.encode()[: LONGEST - len(ending.encode())].decode(errors="ignore")
    return kept.rstrip(" .") + ending


def free(name: str, taken: Collection[str]) -> str:
    """`name` or, if one like it is taken, the first of `name (2)`, `name (3)`, … that is not."""
    met = {fold(one) for one in taken}
    place = 1
    found = name
    while fold(found) in met:
        place += 1
        found = numbered(name, place)
    return found


def numbered(name: str, place: int) -> str:
    """`log.txt` as `log (2).txt`."""
    ending = PurePosixPath(name).suffix
    tail = f" ({place}){ending}"
    stem = name.removesuffix(ending).encode()[: LONGEST - len(tail.encode())].decode(errors="ignore")
    return stem.rstrip(" .") + tail


def size_in_words(size: int) -> str:
    """A size in bytes as a person reads it, in steps of 1024: `512 B`, `1.2 MB`."""
    amount = float(size)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            break
        amount /= 1024
    return f"{amount:.0f} {unit}" if unit == "B" or amount >= 99.5 else f"{amount:.1f} {unit}"
