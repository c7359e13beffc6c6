"""The colours of labels can be read, whatever the theme."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from helpdesk_tui.desk.labels import COLORS
from helpdesk_tui.tui.hues import HUES, variables

THEMES = [theme for theme in BUILTIN_THEMES.values() if not theme.ansi]


def _light(color: Color) -> float:
    """Relative luminance (WCAG 2)."""
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def _contrast(one: Color, other: Color) -> float:
    darker, lighter = sorted((_light(one), _light(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_every_colour_a_label_can_be_given_is_there() -> None:
    assert set(COLORS) <= set(HUES)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_each_stands_out_from_cards_and_boxes(theme: Theme) -> None:
    of_theme = theme.to_color_system().generate()
    for name, hue in variables(dark=theme.dark).items():
        for ground in ("surface", "background"):
            assert _contrast(Color.parse(hue), Color.parse(of_theme[ground])) >= 4.5, (name, ground)
