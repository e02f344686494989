"""The home's list of the latest interviews."""

from dataclasses import dataclass

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from tui.marks import bar
from tui.text import Words


@dataclass(frozen=True)
class Past:
    """An interview as the home lists it; `score` from 0 to 1, None where nothing was graded."""

    when: str
    topics: str
    answered: int
    score: float | None
    finished: bool


class RecentPanel(Static):
    """The latest interviews, the newest first."""

    past: reactive[tuple[Past, ...] | None] = reactive(None)

    def __init__(self, words: Words) -> None:
        super().__init__(markup=False, classes="panel")
        self._words = words
        self.border_title = words("home.recent")

    def watch_past(self) -> None:
        if self.past is None:
            self.update("")
        elif not self.past:
            self.update(Content.styled(self._words("home.no_recent"), "$foreground-muted"))
        else:
            self.update(Content("\n").join(self._row(past) for past in self.past))

    def _row(self, past: Past) -> Content:
        score = "   –" if past.score is None else f"{past.score:>4.0%}"
        answered = self._words("home.recent_row", count=past.answered)
        end = answered if past.finished else self._words("home.unfinished")
        return Content.assemble(
            (f"{past.when}  ", "$foreground-muted"),
            bar(past.score or 0.0, 8),
            (f" {score}  ", "bold"),
            past.topics,
            (f"  {end}", "$foreground-muted"),
        )
