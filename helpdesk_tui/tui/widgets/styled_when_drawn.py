"""Component styles that are worked out when something is first drawn with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.dom import DOMNode

if TYPE_CHECKING:
    from textual.css.styles import RenderStyles
    from textual.widget import Widget

    _Base = Widget
else:
    _Base = object


class StyledWhenDrawn(_Base):
    """Mixin for a widget with many component classes.

    Textual works all of them out ahead, each as dearly as a widget; most are never seen.
    """

    @classmethod
    def _get_component_classes(cls) -> frozenset[str]:  # type: ignore[override]
        """None that Textual is to work out."""
        return frozenset()

    def get_component_styles(self, *names: str) -> RenderStyles:
        for name in names:
            if name not in self._component_styles and name in super()._get_component_classes():
                part = DOMNode(classes=name)
                part._attach(self)
                self.app.stylesheet.apply(part)
                self._component_styles[name] = part.styles
        return super().get_component_styles(*names)

    def notify_style_update(self) -> None:
        self._component_styles.clear()
        super().notify_style_update()
