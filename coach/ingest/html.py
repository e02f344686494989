"""Takes HTML tags out of a text while every line stays on its line."""

import html
import re
from collections.abc import Sequence

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

    def text(self, node: Tag) -> str:
        """The text of everything inside a tag; long chains of tags are walked without recursion limits."""
        parts: list[str] = []
        pending: list[PageElement | str] = list(reversed(node.contents))
        while pending:
            item = pending.pop()
            if isinstance(item, Tag):
                before, after = self._around(item)
                if before is None:
                    parts.append(_NEWLINE * str(item).count(_NEWLINE))
                    continue
                parts.append(before)
                pending.append(_Raw(after))
                pending.extend(reversed(item.contents))
            elif isinstance(item, _Raw):
                parts.append(str(item))
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
            return ("" if str(tag.next_sibling or "").startswith(_NEWLINE) else BREAK), ""
        if name in ("b", "strong", "summary"):
            return _bold(tag, BREAK if name == "summary" else "")
        if re.fullmatch("h[1-6]", name):
            return f"{BREAK}{BREAK}{'#' * int(name[1])} ", BREAK
        if name == "pre":
            return f"{BREAK}```{BREAK}", f"{BREAK}```{BREAK}"
        if name == "li":
            depth = len(tag.find_parents(["ul", "ol"])) - 1
            return f"{BREAK}{'  ' * max(depth, 0)}- ", BREAK
        if name in ("td", "th"):
            return "", " | "
        return (BREAK, BREAK) if name in _BLOCKS else ("", "")


class _Raw(str):
    """Text that is written as it is, after a tag's content."""

    __slots__ = ()


def _bold(tag: Tag, edge: str) -> tuple[str, str]:
    inside = tag.get_text()
    mark = "**" if inside.strip() and _NEWLINE not in inside else ""
    return edge + mark, mark + edge
