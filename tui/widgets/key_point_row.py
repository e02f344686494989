"""One key point of a verdict."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from coach.verdict import KeyPointVerdict, PointVerdict
from tui.marks import POINT_MARKS
from tui.plain import shown
from tui.text import Words
from tui.widgets.passage_text import place
from tui.widgets.prose import Prose


class KeyPointRow(Horizontal):
    """Mark and word on the left; text, quote, passage and what it was `before` on the right."""

    DEFAULT_CSS = """
    KeyPointRow { height: auto; margin: 0 0 1 0; }
    KeyPointRow > #mark { width: 14; }
    KeyPointRow > #point { width: 1fr; }
    """

    def __init__(
        self,
        point: KeyPointVerdict,
        number: int | None,
        words: Words,
        before: PointVerdict | None = None,
    ) -> None:
        super().__init__()
        self._point = point
        self._number = number
        self._words = words
        self._before = before

    def compose(self) -> ComposeResult:
        mark, style = POINT_MARKS[self._point.verdict]
        word = self._words(f"point.{self._point.verdict}")
        yield Prose(Content.styled(f"{mark} {word}", f"bold {style}"), id="mark")
        yield Prose(self._body(), id="point")

    def _body(self) -> Content:
        point = self._point
        parts = [Content(shown(point.text))]
        if self._before not in (None, point.verdict):
            was = self._words("point.was", before=self._words(f"point.{self._before}"))
            parts.append(Content.styled(was, "$text-accent"))
        if point.quote is not None:
            parts.append(Content.styled(f"“{shown(point.quote.text)}”", "italic $foreground-muted"))
        if point.citation is not None and self._number is not None:
            where = place(point.citation, self._words)
            parts.append(
                Content.assemble(
                    (f"[{self._number}] ", "bold $text-accent"), (where, "$foreground-muted")
                )
            )
        return Content("\n").join(parts)
