"""Takes HTML tags out of a text while every line stays on its line."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import (
    Comment,
    Declaration,
    Doctype,
    NavigableString,
    PageElement,
    ProcessingInstruction,
    Tag,
)

# Stands for a line's end while the parser is at work, which collapses runs of blank lines.
_NEWLINE = "\x01"

# Stands for a break that the file shows only as a tag: the text goes on in the same line of the file.
BREAK = "\v"

_DROPPED = {
    "script", "style", "noscript", "template", "svg", "iframe", "form", "button", "select", "head",
    "nav", "footer", "aside", "img", "input", "video", "audio", "canvas", "object", "link", "meta",
}  # fmt: skip
_BLOCKS = {
    "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "figure",
    "figcaption", "header", "hr", "html", "main", "ol", "p", "section", "table", "tbody", "thead", "tr", "ul",
}  # fmt: skip
_INLINE = {
    "a", "abbr", "b", "bdi", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "li", "mark", "pre", "q", "s", "samp", "small", "span", "strong", "sub", "summary", "sup",
    "td", "th", "tt", "u", "var", "wbr", "h1", "h2", "h3", "h4", "h5", "h6", "title", "source", "picture",
}  # fmt: skip
_KNOWN = _DROPPED | _BLOCKS | _INLINE
_TAG_LIKE = re.compile(r"<(?:(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s[^<>]*)?)(?=/?>))?")
_BARE_ATTRIBUTES = re.compile(r"\s*(?:(?:open|hidden|controls|reversed|nowrap|async|defer)\s*)*/?")
_TAG = re.compile(r"<[A-Za-z/!][^<>]*>")
_CODE_SPAN = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_NESTING = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
# Pages often leave these open, which nests them for the parser and means nothing.
_CLOSED = (_KNOWN - {"p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody"}) - {
    "br", "hr", "img", "input", "link", "meta", "source", "wbr",
}  # fmt: skip
# The parser takes time with the square of the depth.
MAX_NESTING = 1000
_PAGE = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|body|head)\b", re.I | re.S
)
_SWALLOWING = (
    "script",
    "style",
    "template",
    "noscript",
    "svg",
    "select",
    "iframe",
    "form",
    "textarea",
    "title",
)


def is_page(text: str) -> bool:
    """Whether the text is a whole HTML page (and not Markdown with tags in it)."""
    return bool(_PAGE.match(text))


def nesting(text: str) -> int:
    """How deep tags stand in each other, as far as they have to be closed."""
    depth = deepest = 0
    for match in _NESTING.finditer(text) if text.count("<") > MAX_NESTING else ():
        if match[2].lower() in _CLOSED:
            depth = max(depth - 1, 0) if match[1] else depth + 1
            deepest = max(depth, deepest)
    return deepest


def strip_tags(text: str, fenced: Sequence[bool], *, page: bool) -> str:
    """The text without tags, scripts and styles; bold becomes `**`, headings `#`, list items `-`."""
    if "<" not in text and "&" not in text:
        return text
    source = text if page else _protected(text, fenced)
    source = _TAG.sub(_on_one_line, source).replace("\n", _NEWLINE)
    return _Writer(page=page).text(BeautifulSoup(source, "html.parser")).replace(_NEWLINE, "\n")


def _on_one_line(match: re.Match[str]) -> str:
    lines = match[0].count("\n")
    return match[0].replace("\n", " ") + "\n" * lines if lines else match[0]


def _protected(text: str, fenced: Sequence[bool]) -> str:
    """Escapes whatever only looks like a tag: code, comparisons, unknown or unclosed elements."""
    lines = [
        html.escape(line, quote=False) if code else _CODE_SPAN.sub(_escaped, line)
        for line, code in zip(text.split("\n"), fenced, strict=True)
    ]
    source = _without_comments("\n".join(lines))
    lowered = source.lower()
    unclosed = {name for name in _SWALLOWING if f"</{name}" not in lowered}

    def keep_tags(match: re.Match[str]) -> str:
        name, attributes = (match[2] or "").lower(), match[3] or ""
        proper = "=" in attributes or _BARE_ATTRIBUTES.fullmatch(attributes)
        known = name in _KNOWN and name not in unclosed and proper
        return match[0] if known else "&lt;" + match[0][1:]

    return _TAG_LIKE.sub(keep_tags, source)


def _escaped(match: re.Match[str]) -> str:
    return html.escape(match[0], quote=False)


def _without_comments(text: str) -> str:
    parts, done = [], 0
    while (start := text.find("<!--", done)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts += [text[done:start], "\n" * text.count("\n", start, end)]
        done = end + len("-->")
    return "".join([*parts, text[done:]])


class _Writer:
    """Writes a parsed document as light Markdown."""

    def __init__(self, *, page: bool) -> None:
        self.page = page
        self.depth = 0

    def text(self, node: Tag) -> str:
        """The text of everything inside a tag; long chains of tags are walked without recursion limits."""
        parts: list[str] = []
        pending: list[PageElement | _Raw] = list(reversed(node.contents))
        self.depth = 0
        while pending:
            item = pending.pop()
            if isinstance(item, Tag):
                before, after = self._around(item)
                if before is None:
                    parts.append(_NEWLINE * str(item).count(_NEWLINE))
                    continue
                parts.append(before)
                self.depth += item.name in ("ul", "ol")
                pending.append(_Raw(after, item.name in ("ul", "ol")))
                pending.extend(reversed(item.contents))
            elif isinstance(item, _Raw):
                self.depth -= item.closes_list
                parts.append(item.text)
            elif isinstance(item, Comment | Declaration | Doctype | ProcessingInstruction):
                parts.append(_NEWLINE * str(item).count(_NEWLINE))
            elif isinstance(item, NavigableString):
                parts.append(str(item))
        return "".join(parts)

    def _around(self, tag: Tag) -> tuple[str | None, str]:
        """What is written before and after a tag's content; None drops the tag with its content."""
        name = tag.name.lower()
        if name in _DROPPED or (name == "title" and self.page):
            return None, ""
        if name == "br":
            after = tag.next_sibling
            ends = isinstance(after, NavigableString) and after.startswith(_NEWLINE)
            return ("" if ends else BREAK), ""
        if name in ("b", "strong", "summary"):
            return _bold(tag, BREAK if name == "summary" else "")
        if re.fullmatch("h[1-6]", name):
            return f"{BREAK}{BREAK}{'#' * int(name[1])} ", BREAK
        if name == "pre":
            return f"{BREAK}```{BREAK}", f"{BREAK}```{BREAK}"
        if name == "li":
            # Deeper down the margin would be longer than the text.
            return f"{BREAK}{'  ' * min(max(self.depth - 1, 0), 20)}- ", BREAK
        if name in ("td", "th"):
            return "", " | "
        return (BREAK, BREAK) if name in _BLOCKS else ("", "")


@dataclass(frozen=True)
class _Raw:
    """Text that is written as it is, after a tag's content."""

    text: str
    closes_list: bool


def _bold(tag: Tag, edge: str) -> tuple[str, str]:
    # Bold inside bold inside bold is no emphasis, and must not be looked through again and again.
    pending: list[PageElement] = list(tag.contents)
    texts: list[str] = []
    seen = 0
    while pending and seen < 50:
        item = pending.pop()
        seen += 1
        if isinstance(item, Tag):
            pending += item.contents
        else:
            texts.append(str(item))
    text = "".join(texts)
    mark = "**" if not pending and text.strip() and _NEWLINE not in text else ""
    return edge + mark, mark + edge
