"""The application: wires the desk, the keys and the screens together, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec.structs import replace
from textual import on
from textual.app import App
from textual.binding import Binding
from textual.scrollbar import ScrollBar, ScrollBarRender

from helpdesk_tui.config import Config, remember, remember_board
from helpdesk_tui.domain.people import Actor, Role
from helpdesk_tui.errors import HelpdeskError, NotFound
from helpdesk_tui.tui import attending, chokepoint, hues, leaving, memory
from helpdesk_tui.tui.accidents import unexpected
from helpdesk_tui.tui.actions import APP, ASKING, TICKET, actions_for, bindings_for
from helpdesk_tui.tui.gateway import Gateway
from helpdesk_tui.tui.messages import (
    Answered,
    DeskBack,
    DeskFailed,
    DeskLost,
    DeskOpened,
    FromDesk,
    HereChanged,
    LeftOut,
    Noticed,
    RightsChanged,
)
from helpdesk_tui.tui.screens.opening import OpeningScreen
from helpdesk_tui.tui.typed_ahead import TypedAhead

if TYPE_CHECKING:
    from textual.screen import Screen

    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.tui.looking import Look
    from helpdesk_tui.tui.screens.board import BoardScreen

STYLES = Path(__file__).parent / "styles"
DEFAULT_THEME = "tokyo-night"


class WholeCells(ScrollBarRender):
    """Draws scrollbars without the eighths of a cell that ASCII has no signs for."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "]
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "]


class HelpdeskApp(TypedAhead, App[None]):
    """The screens of a desk."""

    CSS_PATH = [STYLES / "app.tcss", STYLES / "board.tcss", STYLES / "ticket.tcss"]
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    TITLE = "helpdesk"
    BINDINGS = [
        Binding("ctrl+c", "stop", "Quit", show=False, priority=True),
        Binding("ctrl+l", "redraw", "Redraw", show=False),
    ]

    def __init__(self, config: Config, opener: Callable[[], Desk] | None = None) -> None:
        chokepoint.install(colors=not os.environ.get("NO_COLOR"))
        super().__init__()
        ScrollBar.renderer = WholeCells if config.ascii else ScrollBarRender
        self.config = config
        self.failure: HelpdeskError | None = None
        """What ended the program; the command line says it once the terminal is restored."""
        self.away = ""
        """What stands in place of the keys while the desk cannot be reached."""
        self.board: BoardScreen | None = None
        self.gateway = Gateway(self.post_message, self._open, config.log_path, config.veiled)
        self.animation_level = "none"
        # Without its watcher, which would paint again: there is nothing on the screen yet.
        self.set_reactive(App.theme, config.theme if config.theme in self.available_themes else DEFAULT_THEME)
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.set_class(not self.current_theme.dark, "-light-mode", update=False)
        self._opener = opener
        self.attending = attending.Attending(self.gateway, lambda: self.screen_stack)
        self._first: Look | None = None
        for binding in bindings_for(APP, config.keys, lambda _act: True):
            self._bindings.key_to_bindings.setdefault(binding.key, []).append(binding)

    def _open(self) -> Desk:
        """Open the desk and look at its board; runs beside the screen, which is painted by then."""
        from helpdesk_tui.tui.looking import Wish, look

        if self._opener is not None:
            desk = self._opener()
        else:
            from helpdesk_tui.bootstrap import open_desk

            desk = open_desk(self.config, source="screen")
        wish = Wish(self.config.board, "", faces=True)
        try:
            self._first = look(desk, wish)
        except NotFound:  # the board that was shown last is no more
            self._first = look(desk, replace(wish, board_id=None))
        # The screen's own modules too: loading them is then over before anybody presses a key.
        import helpdesk_tui.tui.screens.board  # noqa: F401

        return desk

    @property
    def plain_glyphs(self) -> bool:
        """Whether only ASCII may be drawn."""
        return self.config.ascii

    @property
    def remapped_keys(self) -> Mapping[str, str]:
        """The keys the config gives: action id to keys."""
        return self.config.keys

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return hues.variables(dark=self.current_theme.dark)

    # Life

    def get_default_screen(self) -> Screen[Any]:
        # The frame is painted before the store, which takes longer to load than everything else, is even looked at.
        return OpeningScreen(self.config.keys, self.gateway.start, plain=self.config.ascii, role=self.config.role)

    def on_mount(self) -> None:
        if not chokepoint.COLORS:
            self.add_class("-no-color")
        elif self.console.color_system == "standard":
            self.add_class("-few-colors")
        leaving.on_request(self._leave, self.gateway.close)

    async def _open_board(self) -> None:
        from helpdesk_tui.tui.screens.board import BoardScreen

        opening, desk = self.screen, self.gateway.desk
        if desk is None or self._first is None:
            return
        self.board = BoardScreen(desk, self._first, self.config)
        await self.push_screen(self.board)
        first = self._first

        def load(desk: Desk) -> str:
            _load_the_rest(desk, first)
            return desk.caution

        self.call_after_refresh(self.gateway.ask, load, self._settled, self._end)
        for typed in opening.early if isinstance(opening, OpeningScreen) else ():
            self.post_message(typed)

    def _keep_role(self, actor: Actor) -> None:
        """For the frame of the next start."""
        role = actor.role if actor.role.on_team or not actor.on_team else Role.AGENT
        if role.value != self.config.role:
            self.keep(role=role.value)

    def _settled(self, caution: str) -> None:
        """The board is painted and everything loaded: now for what other people do."""
        from helpdesk_tui.tui import ticking, upkeep
        from helpdesk_tui.tui.styled_once import read_styles
        from helpdesk_tui.tui.widgets.ticket_body import TicketBody, TicketHead, TicketSide

        read_styles(self, TicketHead(), TicketBody(), TicketSide())
        if self.board is not None:
            self._keep_role(self.board.desk.actor)
            if caution:
                self.board.say(caution, "bad")
            self.board.look_at_people()
            self.set_interval(attending.LOOK, self.attending.look)
            upkeep.begin(self)
            ticking.begin(self)

    def _end(self, error: HelpdeskError) -> None:
        self.failure = error
        self.exit(return_code=error.exit_code)

    def _fatal_error(self) -> None:
        """An exception nobody caught: a sentence for the person, the traceback for the log file."""
        if self._exception is not None:
            self.failure = unexpected(self._exception, self.config.log_path)
        self._close_messages_no_wait()

    # What the desk says

    @on(FromDesk)
    async def take(self, message: FromDesk) -> None:
        """Tell the screens. Those of an app that is being left are being taken apart: they are told nothing more."""
        if not self.is_running:
            return
        match message:
            case Answered(deliver):
                deliver()
            case DeskOpened():
                await self._open_board()
            case DeskFailed(error):
                self._end(error)
            case DeskLost(error):
                from helpdesk_tui.tui import away

                away.lost(self, error)
            case DeskBack():
                from helpdesk_tui.tui import away

                away.back(self)
            case LeftOut(error):
                self._keep_drafts()
                self._end(error)
            case Noticed(news):
                self._tell("news", news.numbers)
            case HereChanged(here, boards):
                self._tell("here_changed", here, boards)
            case RightsChanged():
                self._tell("rights_changed")

    def _tell(self, what: str, *how: Any) -> None:
        """Call that method of every screen that has it."""
        for screen in self.screen_stack:
            if (tell := getattr(screen, what, None)) is not None:
                tell(*how)

    # What every screen can do

    def keep(self, **state: Any) -> None:
        """Remember something of the screens for the next start."""
        self.config = remember(self.config, **state)

    def keep_board(self, board_id: int) -> None:
        """Begin with that board at the next start on this desk."""
        self.config = remember_board(self.config, board_id)

    def action_help(self) -> None:
        from helpdesk_tui.tui.screens.help import Help

        if self._is_ready():
            actions = actions_for(self._scope(), self._may(), self.config.keys)
            more = getattr(self.screen, "help_sections", ())
            self.push_screen(Help(actions, changes=self._scope() not in ASKING, more=more))

    def action_theme(self) -> None:
        from helpdesk_tui.tui.screens.pickers import ThemePick

        def chosen(name: str | None) -> None:
            if name is not None:
                self.use_theme(name)

        if not self._is_ready():
            return
        self.push_screen(ThemePick(sorted(self.available_themes), self.theme), chosen)

    def use_theme(self, name: str) -> None:
        """Draw in these colours, now and at the next start."""
        self.theme = name
        self.keep(theme=name)

    def action_palette(self) -> None:
        from helpdesk_tui.tui.screens.palette import Palette

        if self._is_ready():
            actions = actions_for(self._scope(), self._may(), self.config.keys)
            self.push_screen(Palette(actions, sorted(self.available_themes), self.config.ascii), self._from_palette)

    async def _from_palette(self, choice: Any) -> None:
        from helpdesk_tui.tui.screens import palette

        places = palette.ShowBoard | palette.ShowView | palette.OpenTicket
        board = self._to_board() if isinstance(choice, places) else None
        match choice:
            case palette.RunAction(action):
                await self.run_action(action.id, self if APP in action.scopes else self.screen)
            case palette.UseTheme(name):
                self.use_theme(name)
            case palette.ShowBoard(board_id) if board is not None:
                board.show_board(board_id)
            case palette.ShowView(view) if board is not None:
                board.show_view(view)
            case palette.OpenTicket(number) if board is not None:
                from helpdesk_tui.tui.screens.ticket import TicketScreen

                self.push_screen(TicketScreen(number), board.put_cursor_on)

    def _to_board(self) -> BoardScreen | None:
        while self.screen is not self.board and len(self.screen_stack) > 1:
            self.pop_screen()
        return self.board

    def _scope(self) -> str:
        return getattr(self.screen, "scope", "") or TICKET

    def _may(self) -> Callable[[Any], bool]:
        return getattr(self.screen, "permits", None) or self.gateway.may

    def _is_ready(self) -> bool:
        """Whether the desk is open and nothing lies over the board or the ticket."""
        return self.board is not None and not self.screen.is_modal

    def on_resize(self) -> None:
        chokepoint.forget()

    def action_redraw(self) -> None:
        """Write the whole screen again: something else has written on the terminal."""
        chokepoint.forget()
        self.screen.refresh()

    def action_stop(self) -> None:
        """Leaves at once: what was done is kept, what is being written is a draft of its form."""
        self._leave(130)

    def _leave(self, code: int) -> None:
        self._keep_drafts()
        self.exit(return_code=code)

    def _keep_drafts(self) -> None:
        from helpdesk_tui.tui.screens.form import Form

        for screen in self.screen_stack:
            if isinstance(screen, Form) and screen.is_mounted:
                screen.keep()

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Never starts a browser: over SSH it would start on the server."""

    def action_suspend_process(self) -> None:
        """Never stops the program: over SSH there may be no shell behind it that could wake it up."""

    def deliver_screenshot(self, *_given: Any, **_more: Any) -> None:
        """Never writes a file: pictures of the screens are made by the tests."""

    def copy_to_clipboard(self, text: str) -> None:
        """Only plain text reaches the terminal's clipboard."""
        if text.isprintable():
            super().copy_to_clipboard(text)


def _load_the_rest(desk: Desk, first: Look) -> None:
    """Load what the first question or change will need, while the person looks at the board."""
    import helpdesk_tui.desk.completing
    import helpdesk_tui.tui.screens.ticket  # noqa: F401
    from helpdesk_tui.desk import tickets

    # How a ticket is asked for takes longer to put into words than a ticket takes to read: once, for all of them.
    cards = [column.first[0] for column in first.state.columns if column.first]
    if cards:
        with suppress(NotFound):  # somebody has removed it since
            tickets.open_ticket(desk, min(cards, key=lambda card: card.replies + card.notes).number)
    memory.let_go()


def run(config: Config, opener: Callable[[], Desk] | None = None) -> int:
    """Show the board until the person leaves. Returns the exit code; raises what kept the desk from opening."""
    memory.hold_back()
    for size in ("COLUMNS", "LINES"):  # Textual would believe these before the terminal, and never hear of a resize
        os.environ.pop(size, None)
    app = HelpdeskApp(config, opener)
    with leaving.held_back():
        app.run()
    app.attending.end()
    app.gateway.close()
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0
