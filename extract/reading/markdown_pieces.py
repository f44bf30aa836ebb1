"""Markdown and plain text to pieces. Block texts keep the page's own marks; parts and paths are without
them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.reading.graphics import ABOUT_NAMES, NAME_WORDS, WALL, name_from_file
from extract.reading.markdown_lines import (
    ITEM,
    TITLE_CHARACTERS,
    attribute,
    broken_lines,
    clause_title,
    front_matter,
    is_underlined,
    led_cells,
)
from extract.reading.piece import Piece
from extract.values.normalise import fold, plain
from store.kinds import BlockKind

_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_RULE = re.compile(
    r"^\s*(?:[-*_]\s*){3,}$|^\s*\|?[\s:|-]*-{2,}[\s:|-]*\|?\s*$|^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$"
)
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(\s*<?([^)\s>]+)>?[^)]*\)")
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)[^)]*\)")
_EMPTY_LINK = re.compile(r"\[\s*\]\([^)]*\)")
_IMAGE_TAG = re.compile(r"<img\b[^>]*>", re.I)
#: Pictures that show a state of the project, not a name.
_BADGE = re.compile(r"shields\.io|badge|\.svg\?branch|travis-ci|codecov|/workflows/", re.I)
_TEMPLATE = re.compile(r"^\s*(?:<%.*%>|\{%.*%\}|\{\{.*\}\})\s*$")
_TAG_LINE = re.compile(
    r"</?(?:div|section|figure|center|p|br|table|tr|td|ul|li|a|img|span|details|summary)\b[^>]*>", re.I
)
_ANCHOR = re.compile(r"""<a\b[^>]*\bhref=["']([^"']*)["'][^>]*>(.*?)</a>""", re.I | re.S)
_TAG = re.compile(r"<[^>]+>")
_FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*(?:\n|\Z)", re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
CAPITALS = 3  # letters; fewer are a code or an abbreviation
#: What a line in capitals has that is no heading: markup, a table, a sum of money.
_MARKED = re.compile(r"[<>|\[\]{}`=]|^[-*+]\s|[$€£]\s?\d|\w@\w")


@dataclass
class MarkdownReader:
    """Walks the lines once; the result stands in ``pieces``."""

    pieces: list[Piece] = field(default_factory=list)
    title: str | None = None
    description: str = ""
    _path: list[tuple[int, str]] = field(default_factory=list)
    _paragraph: list[str] = field(default_factory=list)
    _kind: BlockKind = BlockKind.PARAGRAPH
    _head: tuple[str, ...] = ()
    _group: int = 0
    _in_list: bool = False

    def read(self, text: str) -> None:
        """Read Markdown, with or without front matter."""
        text = _COMMENT.sub("", text.replace("\r\n", "\n"))
        if match := _FRONT_MATTER.match(text):
            said, title = front_matter(match.group(1))
            self.pieces += said
            self.title = self.title or title or None
            text = text[match.end() :]
        lines = text.split("\n")
        for number, line in enumerate(lines):
            self._line(line, lines[number + 1] if number + 1 < len(lines) else "")
        self._flush()

    def _line(self, line: str, following: str) -> None:
        if _TEMPLATE.match(line) or line.lstrip().startswith("```"):
            return
        if not line.strip():
            self._flush()
            self._head = ()
        elif match := _HEADING.match(line):
            self._flush()
            self._heading(len(match.group(1)), match.group(2))
        elif line.strip() and re.fullmatch(r"\s*=+\s*", following or "-"):
            self._flush()
            self._heading(1, line)
        elif is_underlined(line, following) and not self._paragraph:
            self._heading(2, line)
        elif _RULE.match(line) or re.fullmatch(r"\s*=+\s*", line):
            if not line.lstrip().startswith("|") and "|" not in line:
                self._flush()
        elif "|" in line and (
            line.lstrip().startswith("|") or (_RULE.match(following) and "|" in following) or self._head
        ):
            self._row(line, following)
        elif cells := led_cells(line):
            self._flush()
            self._emit(BlockKind.ROW, line, parts=cells)
        elif match := ITEM.match(line):
            self._flush()
            self._kind = BlockKind.ITEM
            self._paragraph.append(line)
        else:
            self._paragraph.append(line)

    def _heading(self, level: int, text: str) -> None:
        title = fold(plain(text))
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        self._group += 1
        self._emit(BlockKind.HEADING, text, level=level)
        self._path.append((level, title[:200]))
        self.title = self.title or title

    def _row(self, line: str, following: str) -> None:
        self._flush()
        cells = tuple(fold(plain(cell)) for cell in line.strip().strip("|").split("|"))
        if _RULE.match(following) and "|" in following:
            self._group += 1
            self._head = cells
            self._emit(BlockKind.ROW, line, parts=cells, level=1)
        else:
            self._emit(BlockKind.ROW, line, parts=cells, head=self._head)

    def _flush(self) -> None:
        if len(self._paragraph) > 1 and not self.pieces and self._kind is BlockKind.PARAGRAPH:
            self._lead()
        if self._paragraph and (level := self._plain_level()):
            text = self._paragraph.pop()
            self._heading(level, text.strip())
        if self._paragraph:
            text = "\n".join(self._paragraph)
            if self._kind is BlockKind.ITEM and not self._in_list:
                self._group += 1
            self._in_list = self._kind is BlockKind.ITEM
            broken = broken_lines(self._paragraph) if self._kind is BlockKind.PARAGRAPH else ()
            self._emit(self._kind, text, parts=broken)
        self._paragraph.clear()
        self._kind = BlockKind.PARAGRAPH

    def _lead(self) -> None:
        """Read the lines in capitals that a text begins with as its title; what stands right below is its text."""
        lines: list[str] = []
        for line in self._paragraph:
            if not line.isupper() or len(line) > TITLE_CHARACTERS or _MARKED.search(line):
                break
            lines.append(line.strip())
        if lines:
            del self._paragraph[: len(lines)]
            self._heading(1, " ".join(lines))

    def _plain_level(self) -> int:
        """Return the level of a heading that is marked by capitals alone, or by being a text's first line; else 0."""
        line = self._paragraph[0].strip()
        if len(self._paragraph) > 1 or len(line) > TITLE_CHARACTERS or _MARKED.search(line):
            return 0
        if (
            not self.pieces
            and self._kind is BlockKind.PARAGRAPH
            and not line.endswith((".", ",", ":", ";", "!", "?"))
        ):
            return 1
        letters = [character for character in line if character.isalpha()]
        return 2 if len(letters) > CAPITALS and line.isupper() and not line.endswith(",") else 0

    def _emit(
        self,
        kind: BlockKind,
        text: str,
        *,
        parts: tuple[str, ...] = (),
        head: tuple[str, ...] = (),
        level: int = 0,
    ) -> None:
        links = tuple((fold(plain(m.group(1))), m.group(2)) for m in _LINK.finditer(text))
        links += tuple((fold(_TAG.sub("", m.group(2))), m.group(1)) for m in _ANCHOR.finditer(text))
        images = [(m.group(1), m.group(2)) for m in _IMAGE.finditer(text)]
        images += [(attribute(tag, "alt"), attribute(tag, "src")) for tag in _IMAGE_TAG.findall(text)]
        shown = fold(_TAG_LINE.sub(" ", _EMPTY_LINK.sub("", _IMAGE.sub("", text))))
        path = tuple(title for _, title in self._path)
        if any(character.isalnum() for character in shown):
            self.pieces.append(
                Piece(
                    kind=kind,
                    text=shown,
                    path=path,
                    parts=parts,
                    head=head,
                    links=links,
                    level=level,
                    group=self._group,
                    title=clause_title(text) if kind is BlockKind.ITEM else "",
                )
            )
        about = "logo" in text.lower() or (bool(path) and ABOUT_NAMES.search(path[-1]) is not None)
        wall = len(images) >= WALL and not any(character.isalnum() for character in shown)
        titled = any(ABOUT_NAMES.search(title) for title in path)
        for name, source in images:
            if (about or wall or titled) and not _BADGE.search(source):
                self._logo(fold(name), source, path)

    def _logo(self, name: str, source: str, path: tuple[str, ...]) -> None:
        name = name or name_from_file(source.rsplit("/", 1)[-1].rsplit(".", 1)[0])
        if any(character.isalnum() for character in name) and len(name.split()) <= NAME_WORDS:
            self.pieces.append(Piece(kind=BlockKind.LOGO, text=name, path=path, group=self._group))


def text_pieces(text: str) -> tuple[Piece, ...]:
    """Return one paragraph per run of lines between empty ones."""
    runs = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    return tuple(
        Piece(kind=BlockKind.PARAGRAPH, text=fold(run)) for run in runs if any(c.isalnum() for c in run)
    )
