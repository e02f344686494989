"""The score of an interview, overall and by topic."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from tui.marks import bar
from tui.text import Words

if TYPE_CHECKING:
    from coach.interview import Summary


class ScorePanel(VerticalScroll, can_focus=False):
    """Bars with their percentages; nothing is shown as 0 that was not graded."""

    summary: "reactive[Summary | None]" = reactive(None)

    def __init__(self, words: Words) -> None:
        super().__init__(classes="panel")
        self._words = words
        self.border_title = words("summary.score")

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def watch_summary(self) -> None:
        if self.summary is not None and self.is_mounted:
            self.query_one(Static).update(self._content(self.summary))

    def _content(self, summary: "Summary") -> Content:
        words = self._words
        width = max([Content(topic).cell_length for topic in summary.by_topic] + [14])
        head = Content(words("summary.no_score"))
        if summary.score is not None:
            head = _row(f"{summary.score:.0%}", 14, summary.score, 24, "bold $text-accent")
        counts = words(
            "summary.counts",
            answered=summary.answered,
            skipped=summary.skipped,
            ungraded=summary.ungraded,
        )
        lines = [head, Content.styled(counts, "$foreground-muted")]
        if len(summary.by_topic) > 1:
            lines += [Content("")]
            lines += [
                _row(topic, width, share, 12, "") for topic, share in summary.by_topic.items()
            ]
        return Content("\n").join(lines)


def _row(label: str, width: int, share: float, cells: int, style: str) -> Content:
    gap = " " * (width + 2 - Content(label).cell_length)
    number = "" if style else f" {share:>4.0%}"
    return Content.assemble((label, style), gap, bar(share, cells), number)
