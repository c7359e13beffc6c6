"""The files of the demo: what the people of its tickets send each other."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

from helpdesk_tui.exchange.demo_texts import read_data
from helpdesk_tui.store import bulk, files


def add(rows: bulk.Bulk, ticket: int, comment: int, author: int, name: str, at: int) -> tuple[int, dict[str, Any]]:
    """Put that file on a ticket, with a comment; its id, and what the event about it says besides."""
    content, sha256 = _content(name)
    if not files.has_content(rows.unit, sha256):
        files.keep_content(rows.unit, sha256, len(content), [content])
    file = rows.add(
        "file",
        ticket_id=ticket,
        comment_id=comment,
        name=name,
        size=len(content),
        sha256=sha256,
        added_by_id=author,
        at=at,
    )
    return file, {"name": name, "size": len(content)}


@cache
def _content(name: str) -> tuple[bytes, str]:
    content = str(read_data("files.toml")[name]).encode()
    return content, hashlib.sha256(content).hexdigest()
