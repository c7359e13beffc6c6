"""The one keymap: every action of the screens with its keys, what it is called, and who may do it.

The bindings, the footer, the help screen, the palette and the config's `[keys]` are all drawn from `ACTIONS`. An action
with the id `assign` is Textual's `action_assign` on the screen (or, in the scope "app", on the app). Keys are Textual's
names ("slash", "ctrl+r", "H"); "g g" is a sequence of two keys, see `chords_for` and `ChordKeys` in `keys.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.errors import UsageError

if TYPE_CHECKING:
    from textual.binding import Binding

APP, BOARD, TICKET = "app", "board", "ticket"
MINE, REQUEST = "my tickets", "my ticket"
"""What somebody who asks for help has in place of a board and of the team's view of a ticket."""
FIGURES = "figures"
"""How the desk is doing."""
SCOPES = (APP, BOARD, TICKET, MINE, REQUEST, FIGURES)
_BOTH = (BOARD, TICKET)
_LISTS = (BOARD, MINE)
_INSIDE = (TICKET, REQUEST)
_ALL = (*_LISTS, *_INSIDE)
_EVERY = (*_ALL, FIGURES)
ASKING = (MINE, REQUEST)


class Action(Struct, frozen=True):
    """One thing a person can do from the keyboard.

    `label` is its name in the palette, `help` its sentence on the help screen. `act` is the permission it needs, None
    for none. `footer` is what the footer says (`FOOTERS`); neighbours with the same words are shown as one entry with
    all their keys. With `passes_key` the key itself is the argument of the Textual action.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    scopes: tuple[str, ...]
    act: Act | None
    group: str
    footer: str = ""
    passes_key: bool = False
    asked: str = ""
    """Its sentence for those who ask for help, where that is another."""

    def call(self, key: str) -> str:
        """The Textual action that `key` runs."""
        return f"{self.id}({key!r})" if self.passes_key else self.id


_ABOUT, _MOVE, _MARK, _CHANGE, _SHOW, _DESK = "Move about", "Move cards", "Mark", "Work on tickets", "Look", "Desk"
_STEPS = "Checklist"
_OTHERS = "Other tickets"

ACTIONS: tuple[Action, ...] = (
    Action("go_up", ("up", "k"), "Up", "One card, step or line up.", _EVERY, None, _ABOUT, "move about"),
    Action("go_down", ("down", "j"), "Down", "One card, step or line down.", _EVERY, None, _ABOUT, "move about"),
    Action("go_left", ("left", "h"), "Left", "The column to the left.", _LISTS, None, _ABOUT, "move about"),
    Action("go_right", ("right", "l"), "Right", "The column to the right.", _LISTS, None, _ABOUT, "move about"),
    Action("go_first", ("home", "g g"), "First", "The very first one.", _EVERY, None, _ABOUT),
    Action("go_last", ("end", "G"), "Last", "The very last one.", _EVERY, None, _ABOUT),
    Action("page_up", ("pageup",), "Page up", "A page up.", _EVERY, None, _ABOUT),
    Action("page_down", ("pagedown",), "Page down", "A page down.", _EVERY, None, _ABOUT),
    Action("half_up", ("ctrl+u",), "Half a page up", "Half a page up.", _EVERY, None, _ABOUT),
    Action("half_down", ("ctrl+d",), "Half a page down", "Half a page down.", _EVERY, None, _ABOUT),
    Action("column", tuple("123456789"), "Column by number", "That column, counted from the left.",
           _LISTS, None, _ABOUT, passes_key=True),
    Action("card_left", ("H", "shift+left"), "Move left", "Move to the column on the left.",
           _BOTH, Act.MOVE, _MOVE, "move card"),
    Action("card_right", ("L", "shift+right"), "Move right", "Move to the column on the right.",
           _BOTH, Act.MOVE, _MOVE, "move card"),
    Action("card_up", ("K", "shift+up"), "Raise in the column", "One place up in its column.",
           (BOARD,), Act.MOVE, _MOVE),
    Action("card_down", ("J", "shift+down"), "Lower in the column", "One place down in its column.",
           (BOARD,), Act.MOVE, _MOVE),
    Action("card_done", ("D",), "Done", "Move to the first done column.", _BOTH, Act.MOVE, _MOVE),
    Action("move_to", ("M",), "Move to…", "Choose a column of this or another board.", _BOTH, Act.MOVE, _MOVE),
    Action("open", ("enter",), "Open", "Open the ticket.", _LISTS, None, _SHOW, "open"),
    Action("section_next", ("tab",), "Next section", "The next part of the ticket: checklist, conversation, people…",
           _INSIDE, None, _ABOUT, "section", asked="The next part: what was said, where it stands, files…"),
    Action("section_previous", ("shift+tab",), "Section before", "The part of the ticket before.",
           _INSIDE, None, _ABOUT),
    Action("previous", ("left_square_bracket",), "Previous ticket", "The ticket before this one in the list.",
           _ALL, None, _ABOUT, "previous, next"),
    Action("next", ("right_square_bracket",), "Next ticket", "The ticket after this one in the list.",
           _ALL, None, _ABOUT, "previous, next"),
    Action("mark", ("space",), "Mark", "Mark or unmark: marked cards take every action together.",
           (BOARD,), None, _MARK),
    Action("mark_range", ("V",), "Mark a range", "From the last mark to the cursor.", (BOARD,), None, _MARK),
    Action("mark_all", ("asterisk",), "Mark all shown", "Every card the filter shows; again to unmark.",
           (BOARD,), None, _MARK),
    Action("new", ("n",), "New ticket", "Write a new ticket: title, then details.", _ALL, Act.CREATE, _CHANGE, "new"),
    Action("new_from_template", ("N",), "New from a template", "Choose a template and answer what it asks.",
           _ALL, Act.CREATE, _CHANGE, "from a template"),
    Action("edit", ("e",), "Edit", "Edit title and description.", _BOTH, Act.EDIT, _CHANGE, "edit"),
    Action("reply", ("r",), "Reply", "Write to the requester.", _ALL, Act.REPLY, _CHANGE, "reply",
           asked="Write to those who help you."),
    Action("confirm_solved", ("D",), "It is solved", "Say that it is solved, and how it went.",
           ASKING, Act.CONFIRM, _CHANGE, "it is solved"),
    Action("not_solved", ("o",), "It is not solved", "Open it again, and say what is still wrong.",
           ASKING, Act.REOPEN, _CHANGE, "not solved"),
    Action("rate", ("asterisk",), "Rate", "Say how it went, from 1 to 5.", ASKING, Act.RATE, _CHANGE, "rate"),
    Action("note", ("c",), "Note", "Write a note only the team sees.", _BOTH, Act.NOTE, _CHANGE, "note"),
    Action("canned", ("m",), "Canned reply", "Choose a prepared answer; it goes into the reply, filled in.",
           _BOTH, Act.USE_CANNED, _CHANGE),
    Action("checklist", ("x",), "Checklist", "Go to the checklist; with none, start one.", _BOTH, None, _CHANGE),
    Action("files", ("f",), "Files", "See the files; add, get and remove them.", _ALL, None, _CHANGE),
    Action("tick", ("space",), "Tick", "Tick the step, or take the tick away.", (TICKET,), Act.EDIT, _STEPS, "tick"),
    Action("step_add", ("o",), "Add steps", "Add steps to the checklist, one a line.", (TICKET,), Act.EDIT, _STEPS),
    Action("rewrite", ("enter",), "Rewrite", "Rewrite the step, or your own comment of the last ten minutes; on a"
           " rewritten text in the history, see it before and after; elsewhere, what the section is changed by.",
           _INSIDE, None, _CHANGE, asked="Rewrite your own reply of the last ten minutes; in the files, open them."),
    Action("quote", ("R",), "Quote", "Reply with what was said above it; a note is quoted in a note.",
           _INSIDE, Act.REPLY, _CHANGE, asked="Reply with what was said above it."),
    Action("history", ("h",), "History", "Choose what the history shows: moves, fields, files…",
           (TICKET,), Act.READ_HISTORY, _SHOW),
    Action("undo_step", ("U",), "Undo a step", "Take back something that anybody did to this ticket.",
           (TICKET,), Act.UNDO_OTHERS, _CHANGE),
    Action("step_up", ("K", "shift+up"), "Raise step", "One place up in the checklist.", (TICKET,), Act.EDIT, _STEPS),
    Action("step_down", ("J", "shift+down"), "Lower step", "One place down in the checklist.",
           (TICKET,), Act.EDIT, _STEPS),
    Action("step_remove", ("X", "delete"), "Remove step", "Take the step off the checklist.",
           (TICKET,), Act.EDIT, _STEPS),
    Action("assign", ("a",), "Assign", "Choose who helps.", _BOTH, Act.ASSIGN, _CHANGE, "assign"),
    Action("take", ("i",), "Take it", "Assign it to me.", _BOTH, Act.ASSIGN, _CHANGE, "take"),
    Action("priority", ("p",), "Priority", "Critical, high, normal or low.", _BOTH, Act.EDIT, _CHANGE, "priority"),
    Action("levels", ("I",), "Impact and urgency", "How many are hit and how badly: they propose the priority.",
           _BOTH, Act.EDIT, _CHANGE),
    Action("kind", ("Y",), "Kind", "What sort of work it is.", _BOTH, Act.EDIT, _CHANGE),
    Action("language", ("Z",), "Language", "The language of the conversation.", _BOTH, Act.EDIT, _CHANGE),
    Action("requester", ("Q",), "Requester", "Who needs help: somebody known, or somebody new.",
           _BOTH, Act.EDIT, _CHANGE),
    Action("organization", ("O",), "Organization", "Whose request it is.", _BOTH, Act.EDIT, _CHANGE),
    Action("due", ("d",), "Due", "When it should be done.", _BOTH, Act.EDIT, _CHANGE, "due"),
    Action("labels", ("t",), "Labels", "Add and remove labels.", _BOTH, Act.EDIT, _CHANGE, "labels"),
    Action("status", ("s",), "Status", "Blocked, waiting, needs review or rework.", _BOTH, Act.EDIT, _CHANGE, "status"),
    Action("watch", ("w",), "Watch", "Watch it, or stop watching.", _BOTH, Act.WATCH, _CHANGE),
    Action("link", ("ampersand",), "Links", "Link to another ticket; open or end a link.", _BOTH, Act.EDIT, _OTHERS),
    Action("merge", ("equals_sign",), "Merge into…", "Make it part of another ticket, which gets all it has.",
           _BOTH, Act.MERGE, _OTHERS),
    Action("split", ("vertical_line",), "Split off", "Give something that was said its own ticket.",
           _BOTH, Act.MERGE, _OTHERS),
    Action("clone", ("C",), "Clone", "Make a new ticket like this one.", _BOTH, Act.EDIT, _OTHERS),
    Action("time", ("T",), "Time", "Start or stop the timer, or log the minutes worked.", _BOTH, Act.LOG_TIME, _CHANGE),
    Action("archive", ("A",), "Archive", "Put it away: it stays in searches with is:archived.",
           _BOTH, Act.ARCHIVE, _CHANGE),
    Action("change_line", ("colon",), "Change line", "Apply a change in words: +vpn priority:high due:fri.",
           _BOTH, Act.EDIT, _CHANGE, "change"),
    Action("undo", ("u",), "Undo", "Take back the last change.", _ALL, None, _CHANGE, "undo"),
    Action("redo", ("ctrl+r",), "Redo", "Do again what was undone.", _ALL, None, _CHANGE),
    Action("copy", ("y",), "Copy number", "Copy the number to the clipboard.", _ALL, None, _CHANGE),
    Action("filter", ("slash",), "Filter", "Type a query; what is shown follows.",
           (*_LISTS, FIGURES), None, _SHOW, "filter",
           asked="Type a word of it; the list follows."),
    Action("views", ("apostrophe",), "Saved views", "Choose a saved query, or save this one.",
           (BOARD, FIGURES), None, _SHOW),
    Action("clear", ("escape",), "Clear", "Drop the marks, then the filter.", _LISTS, None, _SHOW,
           asked="Show everything again."),
    Action("density", ("z",), "Density", "Cards in full, short, or one line.", _LISTS, None, _SHOW),
    Action("preview", ("v",), "Preview", "The ticket under the cursor, beside or below.", _LISTS, None, _SHOW),
    Action("notices", ("exclamation_mark",), "Notices", "What others did on my tickets since I last looked.",
           _ALL, None, _SHOW),
    Action("swimlanes", ("S",), "Swimlanes", "Group the cards by assignee, priority, requester, organization or label.",
           (BOARD,), None, _SHOW),
    Action("day", ("W",), "My day", "What waits for me, what is late and due today, and what is next.",
           _BOTH, Act.ASSIGN, _DESK, "my day"),
    Action("take_next", ("full_stop",), "Take the next best",
           "Escalated and critical ones first, then late, at risk, due today: it is mine and begun, and opens.",
           _BOTH, Act.ASSIGN, _CHANGE),
    Action("to_chart", ("right", "l", "tab"), "Into the chart", "To the rows beside the list: agents, columns, ages…",
           (FIGURES,), None, _ABOUT, "rows, list"),
    Action("to_list", ("left", "h", "shift+tab"), "Back to the list", "Back to the list of figures.",
           (FIGURES,), None, _ABOUT, "rows, list"),
    Action("tickets", ("enter",), "Tickets", "The tickets behind the figure, or behind the row.",
           (FIGURES,), None, _SHOW, "its tickets"),
    Action("period", ("p",), "Period", "Which days the figures are about.", (FIGURES,), None, _SHOW, "period"),
    Action("earlier", ("left_square_bracket",), "Earlier", "The period before, of the same length.",
           (FIGURES,), None, _SHOW, "earlier, later"),
    Action("later", ("right_square_bracket",), "Later", "The period after, of the same length.",
           (FIGURES,), None, _SHOW, "earlier, later"),
    Action("group_by", ("S",), "Group by", "Closed tickets by agent, label, organization or kind.",
           (FIGURES,), None, _SHOW, "group by"),
    Action("boards", ("b",), "Boards", "Go to another board; change boards, their columns and members.",
           (BOARD,), None, _DESK, "boards"),
    Action("figures", ("F",), "Figures", "How the desk is doing: times, service levels, backlog, load.",
           (BOARD,), Act.SEE_FIGURES, _DESK, "figures"),
    Action("people", ("P",), "People", "Who works here and at what; add, edit, deactivate and erase people.",
           (BOARD,), Act.SEE_ALL_TICKETS, _DESK, "people"),
    Action("organizations", (), "Organizations", "Whom those who need help belong to; in the people too.",
           (BOARD,), Act.SEE_ALL_TICKETS, _DESK),
    Action("settings", ("comma",), "Settings", "The kinds of work, the priority table, the largest file; from there"
           " to all that is set for the desk.", (BOARD,), Act.SETTINGS, _DESK, "settings"),
    Action("rules", ("E",), "Rules", "What happens by itself, and when; try it, switch it on and off, see what it did.",
           (BOARD,), Act.SETTINGS, _DESK, "rules"),
    Action("policies", (), "Service levels", "What is promised for which tickets, in which order it is tried.",
           (BOARD,), Act.SETTINGS, _DESK),
    Action("calendars", (), "Calendars", "When the desk is open, and on whose holidays it is not.",
           (BOARD,), Act.SETTINGS, _DESK),
    Action("templates", (), "Templates", "What tickets are made from: write, rewrite and remove them.",
           (BOARD,), Act.PREPARE, _DESK),
    Action("canned_replies", (), "Canned replies", "Prepared answers: write, rewrite and remove them.",
           (BOARD,), Act.PREPARE, _DESK),
    Action("signature", (), "Signature", "Write what your replies end with.", _BOTH, Act.REPLY, _DESK),
    Action("theme", (), "Theme", "Choose the colours.", (APP,), None, _DESK),
    Action("palette", ("ctrl+p",), "Palette", "Find anything by name; #142 jumps to a ticket.", (APP,), None, _DESK),
    Action("back", ("escape", "q"), "Back", "Back to where you came from.",
           (*_INSIDE, FIGURES), None, _DESK, "back"),
    Action("quit", ("q", "ctrl+q"), "Quit", "Leave the program.", _LISTS, None, _DESK),
    Action("help", ("question_mark", "f1"), "Help", "The keys of this screen, and the words of a query.",
           (APP,), None, _DESK, "help"),
)  # fmt: skip

FOOTERS: dict[str, tuple[str, ...]] = {
    BOARD: ("go_up", "go_down", "go_left", "go_right", "card_left", "card_right", "open", "new", "filter",
            "undo", "assign", "note", "change_line", "priority", "labels", "day", "boards", "people", "figures",
            "rules", "settings", "help"),
    TICKET: ("edit", "reply", "note", "tick", "section_next", "back", "card_left", "card_right", "assign", "priority",
             "due", "undo", "labels", "previous", "next", "help"),
    MINE: ("go_up", "go_down", "go_left", "go_right", "open", "new", "reply", "not_solved", "rate", "confirm_solved",
           "filter", "new_from_template", "files", "undo", "help"),
    REQUEST: ("reply", "section_next", "back", "not_solved", "rate", "confirm_solved", "files", "quote", "new", "undo",
              "previous", "next", "help"),
    FIGURES: ("go_up", "go_down", "tickets", "period", "filter", "to_list", "to_chart", "group_by", "earlier", "later",
              "back", "help"),
}  # fmt: skip
"""What the footer of a screen shows, the most telling first: what does not fit is left out from the end."""

Permits = Callable[[Act], bool]
"""Whether the acting person may do that: `Desk.may`."""


def actions_for(scope: str, may: Permits, remapped: Mapping[str, str] | None = None) -> tuple[Action, ...]:
    """What a person may do in `scope`, the app's own actions included, in the order of the table."""
    asking = scope in ASKING
    return tuple(
        replace(action, help=action.asked) if asking and action.asked else action
        for action in keymap(remapped or {})
        if (scope in action.scopes or APP in action.scopes) and (action.act is None or may(action.act))
    )


def footer_for(
    scope: str, may: Permits, remapped: Mapping[str, str] | None = None, useless: Collection[str] = ()
) -> tuple[Action, ...]:
    """The actions of the footer of `scope` that this person may do, without the `useless`, in the footer's order."""
    permitted = {action.id: action for action in actions_for(scope, may, remapped)}
    return tuple(permitted[name] for name in FOOTERS[scope] if name in permitted and name not in useless)


def bindings_for(scope: str, remapped: Mapping[str, str], may: Permits) -> list[Binding]:
    """Textual's bindings for exactly that scope. What is not allowed is absent. UsageError for a bad remap."""
    from textual.binding import Binding

    found: dict[str, Binding] = {}
    for action, key in _keys_of(scope, remapped, may):
        first, _, second = key.partition(" ")
        call = f"chord({first!r})" if second else action.call(key)
        found[first] = Binding(first, call, action.label, show=False, id=f"{action.id}.{key}")
    return list(found.values())


def chords_for(scope: str, remapped: Mapping[str, str], may: Permits) -> dict[tuple[str, str], str]:
    """The two-key sequences of that scope: (first key, second key) to the Textual action it runs."""
    return {
        (first, second): action.call(key)
        for action, key in _keys_of(scope, remapped, may)
        for first, _, second in [key.partition(" ")]
        if second
    }


def _keys_of(scope: str, remapped: Mapping[str, str], may: Permits) -> Iterator[tuple[Action, str]]:
    for action in keymap(remapped):
        if scope in action.scopes and (action.act is None or may(action.act)):
            for key in action.keys:
                yield action, key


def keymap(remapped: Mapping[str, str]) -> tuple[Action, ...]:
    """`ACTIONS` with the config's own keys: action id to keys, separated by commas; empty for no key.

    UsageError, naming the action and the key, when an id or a key is unknown or two actions would share a key.
    """
    if not remapped:
        return ACTIONS
    known = {action.id for action in ACTIONS}
    for name in remapped:
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(sorted(known))}."
            raise UsageError(f"There is no action {name!r} to give a key to.", hint)
    changed = tuple(
        replace(action, keys=_parse_keys(action.id, remapped[action.id])) if action.id in remapped else action
        for action in ACTIONS
    )
    for scope in SCOPES:
        check_distinct(scope, changed)
    return changed


def check_distinct(scope: str, actions: tuple[Action, ...]) -> None:
    """UsageError when, in `scope` or the app around it, a key would mean two things or also begin a sequence."""
    owner: dict[str, str] = {}
    begins: dict[str, str] = {}
    for action in actions:
        if scope not in action.scopes and APP not in action.scopes:
            continue
        for key in action.keys:
            if key in owner:
                raise UsageError(
                    f"The key {key_name(key)} would mean both {owner[key]} and {action.id}.",
                    f'Give one of them another key in the config, under [keys]: {owner[key]} = "…".',
                )
            owner[key] = action.id
            first, _, second = key.partition(" ")
            if second:
                begins[first] = action.id
    for first, name in begins.items():
        if first in owner:
            raise UsageError(
                f"The key {key_name(first)} cannot both be {owner[first]} and begin the keys of {name}.",
                "Give one of them another key in the config, under [keys].",
            )


def _parse_keys(name: str, text: str) -> tuple[str, ...]:
    return tuple(_parse_key(name, part.strip()) for part in text.split(",") if part.strip())


_SAME_AS = {"ctrl+m": "enter", "ctrl+i": "tab", "ctrl+h": "backspace", "ctrl+left_square_bracket": "escape"}


def _parse_key(name: str, text: str) -> str:
    """One key or a sequence of two, in Textual's names; a character may be written as itself."""
    from textual.keys import REPLACED_KEYS, Keys, _character_to_key, key_to_character

    parts = text.split()
    if len(parts) > 2:
        raise UsageError(f"{text!r} for {name} has more than two keys.", 'A sequence is two keys, as in "g g".')
    found = []
    for part in parts:
        *modifiers, base = part.split("+") if len(part) > 1 else [part]
        base = _character_to_key(base) if len(base) == 1 else base
        key = "+".join([*modifiers, base])
        known = base in {entry.value for entry in Keys} or key_to_character(REPLACED_KEYS.get(base, base)) is not None
        if not known or not set(modifiers) <= {"ctrl", "shift", "alt"}:
            raise UsageError(
                f"{part!r} for {name} is not a key.", "Keys are written as in: a, H, /, ctrl+r, shift+left, f5, g g."
            )
        if key in _SAME_AS:
            raise UsageError(f"A terminal cannot tell {key} from {_SAME_AS[key]}.", f"Give {name} another key.")
        found.append(key)
    return " ".join(found)


_NAMES = {
    "slash": "/", "colon": ":", "apostrophe": "'", "question_mark": "?", "asterisk": "*", "exclamation_mark": "!",
    "left_square_bracket": "[", "right_square_bracket": "]", "comma": ",", "full_stop": ".", "semicolon": ";",
    "minus": "-", "plus": "+", "escape": "esc", "pageup": "pgup", "pagedown": "pgdn", "delete": "del",
    "number_sign": "#", "at": "@", "backslash": "\\", "equals_sign": "=", "tilde": "~", "underscore": "_",
    "left_curly_bracket": "{", "right_curly_bracket": "}", "quotation_mark": '"', "vertical_line": "|",
    "ampersand": "&",
}  # fmt: skip
_ARROWS = {"left": "←", "right": "→", "up": "↑", "down": "↓"}


def key_name(key: str, ascii_only: bool = False) -> str:
    """How a person reads a key: "/", "ctrl+r", "g g", "↑" (with `ascii_only`, "up")."""
    shown = []
    for part in key.split(" "):
        *modifiers, base = part.split("+")
        name = _NAMES.get(base, base if ascii_only else _ARROWS.get(base, base))
        shown.append("+".join([*modifiers, name]))
    return " ".join(shown)
