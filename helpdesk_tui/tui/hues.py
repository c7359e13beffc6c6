"""The colours of labels: what is called pink is pink in every theme, and readable on what it is drawn on."""

from __future__ import annotations

from typing import Final

_ON_DARK: Final = {
    "red": "#ff9a94",
    "orange": "#ffb375",
    "yellow": "#ecd36a",
    "green": "#94d990",
    "cyan": "#72d6d8",
    "blue": "#92bcff",
    "purple": "#cdaeff",
    "pink": "#ff9fd6",
    "gray": "#b4b8c2",
}
_ON_LIGHT: Final = {
    "red": "#a51d1d",
    "orange": "#8a3c00",
    "yellow": "#6b5300",
    "green": "#1d6127",
    "cyan": "#005f66",
    "blue": "#1a4bb0",
    "purple": "#6430ad",
    "pink": "#9c1c66",
    "gray": "#52565f",
}

HUES: Final = tuple(_ON_DARK)
"""Their names; the last one is nobody's unless it was chosen."""


def variables(*, dark: bool) -> dict[str, str]:
    """The style sheets' variables for them, `$hue-red` and so on, for a dark or a light theme."""
    return {f"hue-{name}": color for name, color in (_ON_DARK if dark else _ON_LIGHT).items()}
