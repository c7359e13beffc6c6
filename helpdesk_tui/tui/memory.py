"""What Python's collector looks through while somebody works, and what Textual would keep for ever."""

from __future__ import annotations

import gc
from functools import lru_cache, partial

from textual._styles_cache import StylesCache

# Textual remembers the colours around a widget by the widget's own cache: the drawn lines of the last 1,024 widgets
# stay, long after their screens are gone (Textualize/textual#6665). They depend on two colours only.
StylesCache.get_inner_outer = staticmethod(  # type: ignore[method-assign, assignment]
    lru_cache(256)(partial(StylesCache.get_inner_outer.__wrapped__, None))
)


def hold_back() -> None:
    """Collect nothing until everything is loaded: looking through what all stays costs a tenth of the start."""
    gc.disable()


def let_go() -> None:
    """Everything is loaded and stays: look at the rest from now on, if it was held back.

    A screen that is closed leaves some 5,000 objects that refer to each other. Python would free those of ten screens
    at once, and a key would wait 60 ms for it; looking five times as often takes 10 ms each.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(700, 10, 2)
        gc.enable()
