"""What was missed in an interview, and where to read it."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive

from tui.marks import POINT_MARKS
from tui.plain import shown
from tui.text import Words
from tui.widgets.prose import Prose

if TYPE_CHECKING:
    from coach.interview import Gap


class GapsPanel(VerticalScroll):
    """Missed key points with document and line."""

    gaps: "reactive[tuple[Gap, ...] | None]" = reactive(None)

    def __init__(self, words: Words) -> None:
        super().__init__(classes="panel")
        self._words = words
        self.border_title = words("summary.gaps")

    def compose(self) -> ComposeResult:
        yield Prose(markup=False)

    def watch_gaps(self) -> None:
        if self.gaps is None or not self.is_mounted:
            return
        lines = [_gap(gap, self._words) for gap in self.gaps]
        none = Content.styled(self._words("summary.no_gaps"), "$foreground-muted")
        self.query_one(Prose).update(Content("\n").join(lines) if lines else none)


def _gap(gap: "Gap", words: Words) -> Content:
    mark, style = POINT_MARKS.get(gap.verdict, ("✗", "$text-error"))  # type: ignore[call-overload]
    word = words(f"point.{gap.verdict}")
    place = f"\n    {shown(gap.document)}:{gap.start_line}" if gap.document else ""
    return Content.assemble(
        (f"{mark} {word}  ", style), shown(gap.text), (place, "$foreground-muted")
    )
