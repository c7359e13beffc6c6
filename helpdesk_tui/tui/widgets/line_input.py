"""The line that is typed into, in every form and picker."""

from __future__ import annotations

from textual.widgets import Input

from helpdesk_tui.tui.widgets.styled_when_drawn import StyledWhenDrawn


class LineInput(StyledWhenDrawn, Input):
    """An Input of which only what is seen is styled: a form has a dozen, one of which has the cursor."""
