"""Running text, Chinese too: lines break between Chinese characters and not before a closing mark."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.geometry import Size
from textual.visual import VisualType
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.css.styles import RulesMap

_HAN = r"\u2e80-\u2fff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_OPENING = "（《“‘「『【〈"
_CLOSING = "，。、；：！？）》”’」』】〉…—"
_WIDE = re.compile(f"[{_HAN}]")
# What is never torn apart: a Chinese character or a word, with the marks that belong to it.
_UNIT = re.compile(
    rf"\s+|[{_OPENING}]*(?:[{_HAN}{_CLOSING}]|[^\s{_HAN}{_OPENING}{_CLOSING}]+)[{_CLOSING}]*|."
)


class Prose(Static):
    """A Static for text that may be Chinese."""

    # What was broken last, for which width, into what: a layout asks several times.
    _last: tuple[Content, int, Content] | None = None

    def render(self) -> VisualType:
        visual = super().render()
        return (
            self._broken(visual, self.content_size.width) if isinstance(visual, Content) else visual
        )

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        visual = super().render()
        if not isinstance(visual, Content):
            return super().get_content_height(container, viewport, width)
        return self._broken(visual, width).get_height(cast("RulesMap", self.styles), width)

    def _broken(self, content: Content, width: int) -> Content:
        if self._last is None or self._last[0] is not content or self._last[1] != width:
            self._last = (content, width, self.lay_out(content, width))
        return self._last[2]

    def lay_out(self, content: Content, width: int) -> Content:
        """Returns the content with a line break wherever a width in cells asks for one that Textual would not find."""
        return broken(content, width)


def broken(content: Content, width: int) -> Content:
    """The content with line breaks where a width in cells asks for them inside Chinese lines."""
    if width < 2 or not _WIDE.search(content.plain):
        return content
    lines = [part for line in content.split(allow_blank=True) for part in _broken_line(line, width)]
    return Content("\n").join(lines)


def _broken_line(line: Content, width: int) -> list[Content]:
    if line.cell_length <= width or not _WIDE.search(line.plain):
        return [line]
    return [part.rstrip() for part in line.divide(list(_breaks(line.plain, width)))]


def _breaks(text: str, width: int) -> Iterator[int]:
    used = 0
    for unit in _UNIT.finditer(text):
        cells = _cells(unit.group())
        if used and used + cells > width and not unit.group().isspace():
            yield unit.start()
            used = 0
        used += cells


@lru_cache(maxsize=4096)
def _cells(unit: str) -> int:
    return Content(unit).cell_length
