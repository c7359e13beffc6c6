"""Settings and paths: a frozen `Config` from the config file, the environment and what the screens remembered."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from helpdesk_tui.desk_url import DeskUrl, is_url
from helpdesk_tui.errors import UsageError

APPLICATION = "helpdesk"
_FEW_SIGNS = frozenset({"linux", "ansi", "cons25", "console", "sun", "vt52", "vt100", "vt102", "vt220", "wsvt25"})
"""Terminals, as TERM names them, whose font is small."""

_PLAIN_NAME = re.compile(r"[a-z0-9_][a-z0-9_.-]{0,63}")

DESKS_KEPT = 50
"""Desks of which the board shown last is remembered."""

DENSITIES = ("full", "short", "line")


class Config(Struct, frozen=True):
    """What the program was told. `desk` is the path of the desk as given or chosen, or the URL of its database."""

    desk: Path | DeskUrl
    state_path: Path
    log_path: Path
    drafts_path: Path
    theme: str = ""
    density: str = "full"
    preview: bool | None = None
    """Whether the board shows the ticket under the cursor beside it; None where nobody has chosen yet."""
    board: int | None = None
    """The board that was shown last on this desk; None for the first one."""
    role: str = ""
    """What the person was on the desk when its board was opened last; empty before that."""
    ascii: bool = False
    language: str = ""
    open_files: bool = True
    """Whether files may be opened with the desktop's own programs, where there is a desktop."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Remapped keys: action id to key, as in the `[keys]` table of the config file."""
    gate: str = ""
    """The login of the person who came in through the gate; empty for whoever sits at the account itself."""
    key: str = ""
    """The fingerprint of the key they came with, which must be one of theirs; empty where that is left to sshd."""

    @property
    def desk_name(self) -> str:
        """Which desk it is, wherever it was named from."""
        return str(self.desk if isinstance(self.desk, DeskUrl) else self.desk.absolute())

    @property
    def sealed(self) -> bool:
        """Whether nothing may lead out: no shell, no other program, no file read or written by its path."""
        return bool(self.gate)

    def veiled(self, text: str) -> str:
        """What may be said to this person of `text`: through the gate, none of the machine's folders."""
        if not self.sealed:
            return text
        folders = {self.log_path.parent, self.state_path.parent}
        if isinstance(self.desk, DeskUrl):
            text = text.replace(f"the desk {self.desk}", "the desk").replace(str(self.desk), "the desk")
        else:
            folders |= {self.desk.parent, self.desk.absolute().parent}
        for folder in sorted(map(str, folders), key=len, reverse=True):
            if folder not in {".", "/"}:
                text = text.replace(f"{folder}/", "").replace(folder, "the desk's folder")
        return text


def load(desk: str | None = None, *, ascii_only: bool = False, gate: str = "", state: Path | None = None) -> Config:
    """The settings in force. `desk` is what `--desk` said; then HELPDESK_DESK, the config file, the data folder.

    With `gate`, the login of somebody who comes in through it, what is remembered is theirs alone, in a folder of
    `state`, else of the account's state folder. UsageError, naming the file and the reason, for a config file that
    cannot be read.
    """
    folders = _Folders.of_this_person()
    kept = _of_one_person(state or folders.state, gate) if gate else folders.state
    told = _read_config(folders.config / "config.toml")
    chosen = desk if desk is not None else os.environ.get("HELPDESK_DESK") or told.get("url") or told.get("desk")
    config = Config(
        desk=desk_at(chosen) if chosen is not None else folders.data / "desk.db",
        state_path=kept / "screens.json",
        log_path=(state or folders.state) / "helpdesk.log",
        drafts_path=kept / "drafts.json",
        theme=_text(told, "theme", ""),
        density=_one_of(told, "density", DENSITIES, "full"),
        ascii=ascii_only or bool(told.get("ascii", not (_locale_is_utf8() and _font_has_our_signs()))),
        language=_text(told, "language", ""),
        open_files=bool(told.get("open_files", True)),
        keys={str(action): str(key) for action, key in dict(told.get("keys", {})).items()},
        gate=gate,
    )
    remembered = read_json(config.state_path)
    wanted = {
        name: value for name in ("theme", "density", "preview", "role") if (value := remembered.get(name)) is not None
    }
    if wanted.get("density") not in DENSITIES:
        wanted.pop("density", None)
    wanted["role"] = str(wanted.get("role", ""))
    return replace(config, board=_board_shown(remembered, config), **wanted)


def remember(config: Config, **state: Any) -> Config:
    """Keep what the screens chose (theme, density, preview) for the next start, if the disk allows."""
    write_json(config.state_path, read_json(config.state_path) | state)
    return replace(config, **state)


def remember_board(config: Config, board_id: int) -> Config:
    """Keep which board of this desk was shown last."""
    boards = read_json(config.state_path).get("boards")
    known = dict(boards) if isinstance(boards, dict) else {}
    kept = dict(list((known | {config.desk_name: board_id}).items())[-DESKS_KEPT:])
    write_json(config.state_path, read_json(config.state_path) | {"boards": kept})
    return replace(config, board=board_id)


def _board_shown(remembered: Mapping[str, Any], config: Config) -> int | None:
    boards = remembered.get("boards")
    shown = boards.get(config.desk_name) if isinstance(boards, dict) else None
    return shown if type(shown) is int else None


def read_json(path: Path) -> dict[str, Any]:
    """A small state file as a mapping; empty if it is missing or damaged, since it holds nothing of worth."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_json(path: Path, state: Mapping[str, Any]) -> bool:
    """Replace a small state file whole, readable by its owner only; whether that worked."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            json.dump(dict(state), file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError:
        return False
    return True


class _Folders(Struct, frozen=True):
    config: Path
    data: Path
    state: Path

    @classmethod
    def of_this_person(cls) -> _Folders:
        from platformdirs import PlatformDirs

        folders = PlatformDirs(APPLICATION, appauthor=False)
        return cls(Path(folders.user_config_dir), Path(folders.user_data_dir), Path(folders.user_state_dir))


def _of_one_person(state: Path, login: str) -> Path:
    """Where a login keeps what is remembered; one that would be no plain name of a folder is told by its digest."""
    if _PLAIN_NAME.fullmatch(login):
        return state / "gate" / login
    import hashlib

    return state / "gate" / f"={hashlib.sha256(login.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


def desk_at(chosen: Any) -> Path | DeskUrl:
    """Where somebody said that a desk is: a file, or a database by its URL. UsageError for what can be neither."""
    if not isinstance(chosen, str) or not chosen.strip():
        raise UsageError("The path of the desk is empty.", "Give a file with --desk PATH.")
    if chosen.startswith(("file:", "sqlite:")):
        raise UsageError(f"{chosen!r} is not a path.", "Name the desk's file plainly, as in --desk team.db.")
    if any(ord(c) < 0x20 or 0xD800 <= ord(c) <= 0xDFFF for c in chosen):
        raise UsageError("The path of the desk holds control or broken characters.", "Check it.")
    if is_url(chosen):
        return DeskUrl(chosen)
    return Path(chosen).expanduser() if chosen.startswith("~/") else Path(chosen)


def _read_config(path: Path) -> dict[str, Any]:
    try:
        if not path.is_file():
            return {}
    except OSError:  # a folder above it that this account may not enter: there is no config of theirs in it
        return {}
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"The config file {path} cannot be read: {error}.", "Correct it, or move it away.") from error


def _text(told: Mapping[str, Any], name: str, default: str) -> str:
    value = told.get(name, default)
    if not isinstance(value, str):
        raise UsageError(f"`{name}` in the config file must be text.", f'As in {name} = "…".')
    return value


def _one_of(told: Mapping[str, Any], name: str, known: tuple[str, ...], default: str) -> str:
    value = _text(told, name, default)
    if value not in known:
        raise UsageError(f"`{name}` in the config file cannot be {value!r}.", f"Known: {', '.join(known)}.")
    return value


def _locale_is_utf8() -> bool:
    """By the variables that decide the character set, in their order: the terminal's side of the matter."""
    for variable in ("LC_ALL", "LC_CTYPE", "LANG"):
        value = os.environ.get(variable)
        if value and not (variable == "LC_CTYPE" and _is_pythons_own(value)):
            return "utf-8" in value.lower() or "utf8" in value.lower()
    return True  # nobody has said: a login over SSH that passes no locale on, from a terminal of today


def _is_pythons_own(locale: str) -> bool:
    """Whether it was Python that put this locale into the environment, as it does where it finds none but `C`."""
    if locale not in {"C.UTF-8", "C.utf8", "UTF-8"}:
        return False
    try:
        return b"LC_CTYPE=" not in Path("/proc/self/environ").read_bytes()
    except OSError:
        return False


def _font_has_our_signs() -> bool:
    """The console of the machine itself, and terminals of old, have letters and lines, but no `▊`, `◷` or `✎`."""
    return os.environ.get("TERM", "").partition("-")[0] not in _FEW_SIGNS
