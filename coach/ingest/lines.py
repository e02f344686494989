"""A document as lines that remember where they stood; markup and page furniture are taken out here."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from coach.ingest.html import is_page, strip_tags

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

Shape = Literal["page", "export", "markdown"]


@dataclass(frozen=True)
class Line:
    """A line of text; `number` is its place in the file, `level` its heading level (0: none)."""

    number: int
    text: str
    code: bool = False
    level: int = 0

    @property
    def blank(self) -> bool:
        """Whether nothing is left of the line."""
        return not self.text.strip()

    @property
    def indent(self) -> int:
        """Leading blanks; a tab counts as four."""
        text = self.text.expandtabs(4)
        return len(text) - len(text.lstrip())


GLYPHS = "•●▪◦■□‣∙"
_EXPORT_BULLET = re.compile(rf"^\s*[{GLYPHS}]", re.MULTILINE)
_FENCE = re.compile(r"^\s{0,12}(`{3,}|~{3,})")
_CODE = re.compile(
    r"^\s*(def |class |import |from \w+ import |return\b|@\w|(for|while|if|with) .+:\s*$"
    r"|[\w.\[\]:, ]+ ?[-+*/]?= ?\S|[\w.]+\(.*\)\s*(#.*)?$)"
)
_UNDERLINE = re.compile(r"[-=][ \t]*$", re.MULTILINE)
_FURNITURE = re.compile(
    r"^\s*(?:[-*+]\s*)?(?:\{:?\s*[:.#%].*\}|\{:.*\}|\{%.*%\}|\[\[?_?toc_?\]\]?|\[[^\]]+\]:\s*\S+.*"
    r"|([-*_=])(?:\s*\1){2,})\s*$",
    re.IGNORECASE,
)
_EMPTY_BULLET = re.compile(rf"^\s*[-*+{GLYPHS}]\s*$")
# No class below crosses another opening bracket: a line of brackets must not take quadratic time.
_TARGET = r"\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)"
_IMAGE = re.compile(rf"!\[[^\[\]\n]*\](?:{_TARGET}|\[[^\[\]\n]*\])|!\[\[[^\[\]\n]*\]\]")
_LINK = re.compile(rf"\[([^\[\]\n]*)\]{_TARGET}")
_TEMPLATE = re.compile(r"\{%[^{}]*%\}|\{\{[^{}]*\}\}")
_BOLD = re.compile(r"(?<![A-Za-z0-9_)\]*])(\*\*|__)(?=\S)(.+?)(?<=\S)\1(?![A-Za-z0-9_*])")
_STRAY_BOLD = re.compile(r"(?<=[^\s*])\*\*$")


def recognise(text: str) -> Shape:
    """A web page, a word processor's export (bullet characters), or Markdown and plain text."""
    if is_page(text):
        return "page"
    return "export" if len(_EXPORT_BULLET.findall(text)) >= 2 else "markdown"


def lines_of(text: str) -> list[Line]:
    """The document's lines without markup and furniture; bold stays marked until `plain`."""
    shape = recognise(text)
    if shape == "export":
        return [_without_furniture(line) for line in _numbered(text.split("\n"))]
    raw = text.split("\n") if shape == "page" else _without_front_matter(text.split("\n"))
    stripped = strip_tags("\n".join(raw), _fenced(raw), page=shape == "page")
    lines = _mark_code(_numbered(stripped.split("\n")))
    lines = _mark_structure(lines)
    return [_without_furniture(line if line.code else _without_links(line)) for line in lines]


def plain(text: str) -> str:
    """Text without the marks of bold."""
    if "**" not in text and "__" not in text:
        return text
    return _STRAY_BOLD.sub("", _BOLD.sub(r"\2", text))


def _numbered(raw: Iterable[str]) -> list[Line]:
    # A vertical tab stands for a break that the file shows only as a tag.
    return [
        Line(number, piece.rstrip())
        for number, whole in enumerate(raw, start=1)
        for piece in whole.split("\v")
    ]


def _without_front_matter(raw: list[str]) -> list[str]:
    if not raw or raw[0].rstrip() not in ("---", "+++"):
        return raw
    for index, line in enumerate(raw[1:200], start=1):
        if line.rstrip() == raw[0].rstrip():
            return [""] * (index + 1) + raw[index + 1 :]
    return raw


def _fenced(raw: Sequence[str]) -> list[bool]:
    """For each line whether it belongs to a fenced block (the fences themselves too)."""
    flags, fence = [], ""
    for line in raw:
        match = _FENCE.match(line)
        if fence:
            flags.append(True)
            if match and match[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        else:
            fence = match[1] if match else ""
            flags.append(bool(match))
    return flags


def _mark_code(lines: list[Line]) -> list[Line]:
    flags = _fenced([line.text for line in lines])
    marked = []
    for line, code in zip(lines, flags, strict=True):
        fence = code and _FENCE.match(line.text)
        marked.append(replace(line, text="" if fence else line.text, code=True) if code else line)
    return marked


def _mark_structure(lines: list[Line]) -> list[Line]:
    """Sets heading levels and blanks tables of contents, as the Markdown parser sees them."""
    text = "\n".join("" if line.code else line.text for line in lines)
    # Parsing takes most of the time of reading; without these marks there is neither.
    if "#" not in text and not _UNDERLINE.search(text):
        return lines
    tokens = _parser().parse(text)
    marked = list(lines)
    for index, token in enumerate(tokens):
        if token.map is None:
            continue
        first, last = token.map[0], min(token.map[1], len(lines))
        if token.type == "heading_open" and _is_heading(lines, first, last):
            title = tokens[index + 1].content
            marked[first] = replace(lines[first], text=title, level=int(token.tag[1]))
            for under in range(first + 1, last):
                marked[under] = replace(lines[under], text="")
        elif token.type in ("bullet_list_open", "ordered_list_open") and _is_contents(
            tokens[index:]
        ):
            for inside in range(first, last):
                marked[inside] = replace(lines[inside], text="")
    return marked


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    # Only blocks matter here; inline markup is not parsed.
    return MarkdownIt("commonmark").disable(["inline"])


def _is_heading(lines: Sequence[Line], first: int, last: int) -> bool:
    """Tells headings from comments in unfenced code and from paragraphs above a dividing rule."""
    if last - first > 1:
        title = lines[first].text.strip()
        return last - first == 2 and len(title) <= 80 and title[-1:] not in ".。;；,，"
    after = lines[last] if last < len(lines) else None
    return after is None or after.code or not _CODE.match(after.text)


def _is_contents(tokens: Sequence[object]) -> bool:
    """Whether a list (given from its opening token on) holds only links into the same page."""
    depth = links = others = 0
    for token in tokens:
        depth += getattr(token, "nesting", 0) if "list_" in getattr(token, "type", "") else 0
        if depth == 0:
            break
        if getattr(token, "type", "") == "inline":
            inside = re.fullmatch(r"\s*\[[^\n]*\]\(#[^)\n]*\)\s*", getattr(token, "content", ""))
            links, others = links + bool(inside), others + (not inside)
    return links >= 2 and others <= links // 4


def _without_links(line: Line) -> Line:
    if "[" not in line.text and "{" not in line.text:
        return line
    text = _TEMPLATE.sub("", _LINK.sub(r"\1", _IMAGE.sub("", line.text)))
    return replace(line, text=text.rstrip()) if text != line.text else line


def _without_furniture(line: Line) -> Line:
    if line.code or not (_FURNITURE.match(line.text) or _EMPTY_BULLET.match(line.text)):
        return line
    return replace(line, text="")
