"""Markdown as lines, made while they are taken: a megabyte of it starts to show as soon as a word.

What people write in tickets, line by line: headings, lists, quotes, code, tables, rules; emphasis, code and links in a
line. A line break stays one, as in a mail. Raw HTML is shown as the text it is. A link shows where it leads, and only
http, https and mailto are links at all. Every pattern looks at each character a bounded number of times, whatever is
nested in whatever, so no text can be slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rich.cells import cell_len

from helpdesk_tui.domain.text import clean
from helpdesk_tui.tui.widgets.lines import Line, Piece
from helpdesk_tui.tui.widgets.wrapping import wrap, wrapped

PLAIN_FROM = 4000
"""Characters from which a line is no longer read as Markdown, only wrapped."""

DEEPEST = 4
"""Quotes in quotes, emphasis in emphasis: what is deeper looks like this."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[^`]{0,100}$")
_HEADING = re.compile(r" {0,3}(#{1,6}) +(.*?) *#* *$")
_RULE = re.compile(r" {0,3}([-*_])(?: *\1){2,} *$")
_QUOTE = re.compile(r" {0,3}((?:> ?)+)")
_ITEM = re.compile(r"( *)([-*+•]|\d{1,9}[.)]) +(?:\[([ xX])\] +)?")
_ROW = re.compile(r" {0,3}\|.*\| *$")
_UNDER_HEAD = re.compile(r" {0,3}\|(?: *:?-+:? *\|)+ *$")

_INLINE = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`{1,2})(?P<code>[^`]{1,1000})(?P=ticks)(?!`)"
    r"|!?\[(?P<label>[^\[\]]{1,500})\]\((?P<target>[^()\s]{1,1000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?)\)"
    r"|<(?P<bracketed>(?:https?://|mailto:)[^<>\s]{1,1000})>"
    r"|(?<![\w@])(?P<bare>https?://[^\s<>\"`|]{1,1000})"
    r"|\*\*(?![\s*])(?P<strong>(?:[^*]|\*(?!\*)){1,1000})(?<!\s)\*\*"
    r"|(?<!\w)__(?![\s_])(?P<strong_too>(?:[^_]|_(?!_)){1,1000})(?<!\s)__(?!\w)"
    r"|(?<![\w*])\*(?![\s*])(?P<emph>[^*]{1,1000})(?<!\s)\*(?!\w)"
    r"|(?<!\w)_(?![\s_])(?P<emph_too>[^_]{1,1000})(?<!\s)_(?!\w)"
    r"|~~(?![\s~])(?P<gone>[^~]{1,1000})(?<!\s)~~"
)
_TELLING = re.compile(r"[\\`\[<*_~]|https?:")
_TARGET = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_STYLES = {"strong": "strong", "strong_too": "strong", "emph": "emph", "emph_too": "emph", "gone": "done"}


def markdown(text: str, width: int) -> Iterator[Line]:
    """The lines of `text` from outside, made safe, none wider than `width` cells; nothing for blank text."""
    if text.strip():
        yield from _blocks(_lines(text.strip("\r\n")), width)


def _lines(text: str) -> Iterator[str]:
    """Line by line, made safe, unless it is a very long one: that is done piece by piece when it is wrapped."""
    at = 0
    for end in re.finditer(r"\r\n|\r|\n|$", text):
        line = text[at : end.start()].replace("\t", "    ")
        yield clean(line) if len(line) <= PLAIN_FROM else line
        at = end.end()


def _long(line: str, width: int) -> Iterator[Line]:
    """A line that is only wrapped; the end of one piece goes on in the next."""
    left = ""
    for at in range(0, len(line), PLAIN_FROM):
        *whole, left = wrapped(left + clean(line[at : at + PLAIN_FROM]), width)
        yield from (Line((("", part),)) for part in whole)
    yield Line((("", left),))


def _blocks(lines: Iterator[str], width: int) -> Iterator[Line]:
    fence = ""
    line: str | None = next(lines, None)
    while line is not None:
        after: str | None = None
        if len(line) > PLAIN_FROM:
            yield from _long(line, width)
        elif fence:
            if line.strip().startswith(fence) and not line.strip(" " + fence[0]):
                fence = ""
            else:
                yield from (Line((("code", piece),)) for piece in wrapped(line, width))
        elif (match := _FENCE.match(line)) is not None:
            fence = match[1]
        elif _ROW.match(line):
            rows, after = _table(line, lines)
            yield from _drawn_table(rows, width)
        else:
            yield from _block(line, width)
        line = next(lines, None) if after is None else after


def _block(line: str, width: int) -> Iterator[Line]:
    """A line that stands for itself."""
    if _RULE.match(line):
        yield Line((("edge", "─" * width),))
    elif (heading := _HEADING.match(line)) is not None:
        style = "accent" if len(heading[1]) < 3 else "strong"
        yield from _flowed(_inline(heading[2], style), width)
    elif (quote := _QUOTE.match(line)) is not None:
        bars = "▏ " * min(DEEPEST, quote[1].count(">"), max(1, width // 6))
        for found in _flowed(_inline(line[quote.end() :], "dim"), width - len(bars)):
            yield Line((("edge", bars), *found.pieces))
    elif (item := _ITEM.match(line)) is not None:
        yield from _item(item, line[item.end() :], width)
    else:
        yield from _indented(line, width)


def _item(item: re.Match[str], text: str, width: int) -> Iterator[Line]:
    """What follows the first line stands below the text, not below the bullet."""
    indent = " " * min(len(item[1]), width // 3)
    bullet = "•" if item[2] in "-*+•" else item[2]
    lead: list[Piece] = [("", indent), ("accent", f"{bullet} ")]
    if item[3] is not None:
        lead.append(("dim", "□ ") if item[3] == " " else ("good", "✓ "))
    taken = sum(len(piece) for _, piece in lead)
    for found in _flowed(_inline(text, "done" if item[3] in ("x", "X") else ""), width - taken):
        yield Line((*lead, *found.pieces))
        lead = [("", " " * taken)]


def _indented(line: str, width: int) -> Iterator[Line]:
    text = line.lstrip(" ")
    indent = " " * min(len(line) - len(text), width // 2)
    for found in _flowed(_inline(text), width - len(indent)):
        yield Line((("", indent), *found.pieces)) if indent else found


def _inline(text: str, style: str = "", depth: int = 0) -> Iterator[Piece]:
    """The pieces of a line; `style` is that of what is around them."""
    if _TELLING.search(text) is None:
        yield style, text
        return
    at = 0
    for match in _INLINE.finditer(text):
        pieces = list(_one(match, style, depth))
        if pieces:
            yield style, text[at : match.start()]
            yield from pieces
            at = match.end()
    yield style, text[at:]


def _one(match: re.Match[str], style: str, depth: int) -> Iterator[Piece]:
    """What one match is shown as; nothing where it is no more than its text."""
    kind = match.lastgroup or ""
    if kind == "escaped":
        yield style, match[kind]
    elif kind == "code":
        yield _with(style, "code"), match[kind].strip() or match[kind]
    elif kind == "target":
        if _TARGET.match(match[kind]):
            yield from _link(match["label"], match[kind], style)
    elif kind == "bracketed":
        yield _with(style, "link"), match[kind]
    elif kind == "bare":
        address = match[kind].rstrip(".,;:!?'*_~)" if "(" not in match[kind] else ".,;:!?'*_~")
        yield _with(style, "link"), address
        yield style, match[kind][len(address) :]
    elif depth < DEEPEST:
        yield from _inline(match[kind], _with(style, _STYLES[kind]), depth + 1)


def _link(label: str, target: str, style: str) -> Iterator[Piece]:
    """Where it leads is always seen: the label may say something else."""
    yield _with(style, "link"), label
    if target.removeprefix("mailto:") != label:
        yield "dim", f" ({target})"


def _with(style: str, more: str) -> str:
    return f"{style} {more}".strip() if more not in style.split() else style


def _flowed(pieces: Iterable[Piece], width: int) -> Iterator[Line]:
    """The pieces one behind the other, broken into lines."""
    pieces = [piece for piece in pieces if piece[1]]
    if len(pieces) < 2:
        style, text = pieces[0] if pieces else ("", "")
        yield from (Line(((style, line),)) for line in wrap(text, width))
        return
    text = "".join(piece for _, piece in pieces)
    at = 0
    rest = iter(pieces)
    style, left = next(rest)
    for line in wrap(text, width):
        row: list[Piece] = []
        skip = 0 if text.startswith(line, at) else 1
        at += skip + len(line)
        wanted = len(line)
        while skip or wanted:
            if not left:
                style, left = next(rest)
            if skip:
                left, skip = left[1:], 0
                continue
            row.append((style, left[:wanted]))
            wanted, left = wanted - len(left[:wanted]), left[wanted:]
        yield Line(tuple(row))


_LONGEST_TABLE = 200


def _table(first: str, lines: Iterator[str]) -> tuple[list[str], str | None]:
    """The rows of a table from its first on, and the line behind it, if there is one."""
    rows = [first]
    for line in lines:
        if not _ROW.match(line) or len(rows) == _LONGEST_TABLE or len(line) > PLAIN_FROM:
            return rows, line
        rows.append(line)
    return rows, None


def _drawn_table(rows: list[str], width: int) -> Iterator[Line]:
    """Columns under each other where they fit beside each other, else the rows as they were written."""
    if len(rows) < 2 or not _UNDER_HEAD.match(rows[1]):
        for row in rows:
            yield from _indented(row, width)
        return
    cells = [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in (rows[0], *rows[2:])]
    count = max(len(row) for row in cells)
    wide = [max(cell_len(row[at]) if at < len(row) else 0 for row in cells) for at in range(count)]
    if sum(wide) + 3 * (count - 1) > width:
        for row in rows:
            yield from _indented(row, width)
        return
    for index, given in enumerate(cells):
        pieces: list[Piece] = []
        for at in range(count):
            text = given[at] if at < len(given) else ""
            pieces += [("edge", " │ ")] if at else []
            pieces.append(("strong" if index == 0 else "", text + " " * (wide[at] - cell_len(text))))
        yield Line(tuple(pieces))
        if index == 0:
            yield Line((("edge", "─┼─".join("─" * cells_wide for cells_wide in wide)),))
