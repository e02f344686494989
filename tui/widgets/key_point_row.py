"""One key point of a verdict."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive

from coach.verdict import KeyPointVerdict, PointVerdict
from tui.marks import POINT_MARKS
from tui.plain import shown
from tui.text import Words
from tui.widgets.passage_text import place
from tui.widgets.prose import Prose


@dataclass(frozen=True)
class Row:
    """A judged key point, the number of the passage to read, and what the first answer's verdict was."""

    point: KeyPointVerdict
    number: int | None = None
    before: PointVerdict | None = None


class KeyPointRow(Horizontal):
    """Mark and word on the left; text, quote and passage on the right. Hidden while it has nothing to show."""

    DEFAULT_CSS = """
    KeyPointRow { height: auto; margin: 0 0 1 0; }
    KeyPointRow > #mark { width: 14; }
    KeyPointRow > #point { width: 1fr; }
    """

    row: reactive[Row | None] = reactive(None)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def compose(self) -> ComposeResult:
        yield Prose(id="mark")
        yield Prose(id="point")

    def on_mount(self) -> None:
        self._paint()

    def watch_row(self) -> None:
        self.display = self.row is not None
        if self.is_mounted:
            self._paint()

    def _paint(self) -> None:
        if self.row is None:
            return
        verdict = self.row.point.verdict
        mark, style = POINT_MARKS[verdict]
        word = Content.styled(f"{mark} {self._words(f'point.{verdict}')}", f"bold {style}")
        self.query_one("#mark", Prose).update(word)
        self.query_one("#point", Prose).update(self._body(self.row))

    def _body(self, row: Row) -> Content:
        point = row.point
        parts = [Content(shown(point.text))]
        if row.before not in (None, point.verdict):
            was = self._words("point.was", before=self._words(f"point.{row.before}"))
            parts.append(Content.styled(was, "$text-accent"))
        if point.quote is not None:
            parts.append(Content.styled(f"“{shown(point.quote.text)}”", "italic $foreground-muted"))
        if point.citation is not None and row.number is not None:
            where = place(point.citation, self._words)
            parts.append(
                Content.assemble(
                    (f"[{row.number}] ", "bold $text-accent"), (where, "$foreground-muted")
                )
            )
        return Content("\n").join(parts)
