"""The key points of a verdict, one below the other."""

from dataclasses import dataclass

from textual.content import Content
from textual.reactive import reactive
from textual.selection import Selection

from coach.verdict import KeyPointVerdict, PointVerdict
from tui.marks import POINT_MARKS
from tui.plain import shown
from tui.text import Words
from tui.widgets.passage_text import place
from tui.widgets.prose import Prose, broken

MARK_CELLS = 14


@dataclass(frozen=True)
class Row:
    """A judged key point, the number of the passage to read, and what the first answer's verdict was."""

    point: KeyPointVerdict
    number: int | None = None
    before: PointVerdict | None = None


class KeyPoints(Prose):
    """Mark and word on the left; text, quote and passage on the right.

    One widget for all points: a widget for each part of each takes three times as long to lay out.
    """

    rows: reactive[tuple[Row, ...]] = reactive(())

    def __init__(self, words: Words) -> None:
        super().__init__(markup=False)
        self._words = words

    def watch_rows(self) -> None:
        self.display = bool(self.rows)
        self.update(Content("\n\n").join(self._body(row) for row in self.rows))

    def lay_out(self, content: Content, width: int) -> Content:  # noqa: ARG002  # of the rows
        gap = "\n" if self.screen.has_class("-narrow") else "\n\n"
        return Content(gap).join(self._hanging(row, width) for row in self.rows)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Returns what is selected without the line breaks and blanks that only lay it out, and its ending."""
        found = super().get_selection(selection)
        return None if found is None else (found[0].replace("\n" + " " * MARK_CELLS, " "), found[1])

    def _hanging(self, row: Row, width: int) -> Content:
        mark, style = POINT_MARKS[row.point.verdict]
        word = Content.styled(
            f"{mark} {self._words(f'point.{row.point.verdict}')}", f"bold {style}"
        )
        room = max(2, width - MARK_CELLS)
        first, *others = broken(self._body(row), room).wrap(room)
        beside = word.extend_right(max(1, MARK_CELLS - word.cell_length)) + first
        return Content("\n").join([beside, *(line.pad_left(MARK_CELLS) for line in others)])

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
