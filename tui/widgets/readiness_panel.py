"""Readiness: over the deck with its line over time, and topic by topic with its interval."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from tui.charts import padded, spark, whisker
from tui.plain import shown
from tui.text import Words

if TYPE_CHECKING:
    from coach.history.statistics import Moment, Today, Topic
    from coach.memory import Readiness

NUMBERS = 16
NAMES = 22
BAR = 40


class ReadinessPanel(VerticalScroll, can_focus=False):
    """The weakest of the topics that were asked come first; those never asked are last."""

    today: "reactive[Today | None]" = reactive(None)
    progress: "reactive[tuple[Moment, ...]]" = reactive(())

    def __init__(self, words: Words) -> None:
        super().__init__(classes="panel")
        self._words = words
        self.border_title = words("readiness.title")

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def on_resize(self) -> None:
        self._paint()

    def watch_today(self) -> None:
        self._paint()

    def watch_progress(self) -> None:
        self._paint()

    def _paint(self) -> None:
        if self.today is None or not self.is_mounted:
            return
        asked = self.today.answers > 0
        title = self._words("readiness.title")
        streak = self._words("readiness.streak", days=self.today.streak)
        self.border_title = f"{title} · {streak}" if self.today.streak else title
        self.border_subtitle = self._words("readiness.legend") if asked else ""
        self.set_class(asked, "-rows")
        self.query_one(Static).update(self._content(self.today) if asked else self._nothing())

    def _nothing(self) -> Content:
        return Content.styled(self._words("readiness.none"), "$foreground-muted")

    def _content(self, today: "Today") -> Content:
        topics = sorted(
            (topic for topic in today.topics if topic.ready is not None),
            key=lambda topic: (not topic.answers, topic.ready.chance if topic.ready else 0.0),
        )
        names = min(NAMES, max(Content(topic.name).cell_length for topic in topics))
        width = max(8, min(BAR, self.content_size.width - names - NUMBERS))
        rows = [self._row(topic, topic.ready, names, width) for topic in topics if topic.ready]
        return Content("\n").join([self._head(today), *rows])

    def _head(self, today: "Today") -> Content:
        words = self._words
        parts = [Content.styled(words("readiness.whole", share=f"{today.chance:.0%}"), "bold")]
        if len(self.progress) > 1:
            first, last = self.progress[0], self.progress[-1]
            line = spark([moment.chance for moment in self.progress])
            points = f"{round(100 * last.chance) - round(100 * first.chance):+d}"
            days = (last.at - first.at).days
            text = words("readiness.gained", points=points, days=days)
            parts.append(Content.assemble((line, "$primary"), " ", (text, "$foreground-muted")))
        return Content("   ").join(parts)

    def _row(self, topic: "Topic", ready: "Readiness", names: int, width: int) -> Content:
        name = padded(shown(topic.name), names)
        style = "" if topic.answers else "$foreground-muted"
        interval = f"{ready.low:>4.0%}–{ready.high:.0%}"
        told = interval if topic.answers else f" {self._words('readiness.unasked')}"
        return Content.assemble(
            (f"{name} ", style),
            whisker(ready.chance, ready.low, ready.high, width),
            (f"  {ready.chance:>4.0%} {told}", style),
        )
