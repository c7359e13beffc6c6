"""The prepared texts of the demo: canned replies and templates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from helpdesk_tui.domain.template import checklist_records, checklists_from, question_records, questions_from
from helpdesk_tui.domain.words import fold
from helpdesk_tui.exchange.demo_texts import read_data
from helpdesk_tui.store import bulk


def add(rows: bulk.Bulk) -> None:
    """Put them on the desk, those left out whose name it has already."""
    found = read_data("prepared.toml")
    for entity, records in (("canned", _canned(found["canned"])), ("template", _templates(found["template"]))):
        there = {row["folded"] for row in bulk.all_records(rows.unit, entity) if not row["removed"]}
        for record in records:
            folded = fold(record["name"])
            if folded not in there:
                rows.add(entity, folded=folded, **record)


def _canned(found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for reply in found:
        for language, body in reply["in"].items():
            yield {"name": reply["name"], "language": language, "body": body.strip(), "change": reply["change"]}


def _templates(found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for template in found:
        yield {
            "name": template["name"],
            "title": template["title"],
            "body": template.get("body", ""),
            "questions": question_records(questions_from(template["questions"])),
            "checklists": checklist_records(checklists_from(template.get("steps", ""))),
            "change": template["change"],
            "for_requesters": template["for_requesters"],
        }
