"""Working out the clocks of all tickets beside the screens, after a promise was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App

    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.errors import HelpdeskError
    from helpdesk_tui.tui.gateway import Gateway


def follow(app: App[Any]) -> None:
    """Have the clocks follow what was promised, while keys go on; what is open then looks again.

    Where it is stopped, by leaving too, it goes on from there the next time.
    """
    gateway: Gateway = app.gateway  # type: ignore[attr-defined]

    def work(desk: Desk) -> None:
        from helpdesk_tui.desk import service_levels

        service_levels.catch_up(desk, gateway.go_on)

    def done(_nothing: None) -> None:
        for screen in app.screen_stack:
            if (news := getattr(screen, "news", None)) is not None:
                news(None)

    def stopped(error: HelpdeskError) -> None:
        say = getattr(app.screen, "say", None)
        if say is not None:
            say(f"The clocks do not follow yet. {error}", "bad")

    gateway.ask(work, done, stopped, aside=True)
