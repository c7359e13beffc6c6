"""The JSON of prepared texts; as stable as that of `shapes`."""

from __future__ import annotations

from helpdesk_tui.cli.shapes import Shape
from helpdesk_tui.domain.canned import Canned
from helpdesk_tui.domain.template import Template


def canned(canned: Canned) -> Shape:
    """A canned reply in one language, null where it is for all; `change` is null where it changes nothing."""
    return {
        "name": canned.name,
        "language": canned.language or None,
        "body": canned.body,
        "change": canned.change or None,
    }


def template(template: Template) -> Shape:
    """A template; `kind` of a question is "text", "long text", "choice" or "yes/no".

    The checklist without a name is the first.
    """
    return {
        "name": template.name,
        "title": template.title or None,
        "body": template.body,
        "questions": [
            {"ask": one.ask, "kind": one.kind.value, "choices": list(one.answers), "required": one.required}
            for one in template.questions
        ],
        "checklists": [{"name": one.name or None, "steps": list(one.steps)} for one in template.checklists],
        "change": template.change or None,
        "for_requesters": template.for_requesters,
    }
