"""The passages to read for the points that were missed, one of them open."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive

from coach.document import Passage
from tui.text import Words
from tui.widgets.passage_text import passage_content
from tui.widgets.prose import Prose


@dataclass(frozen=True)
class Reading:
    """Passages with the open one, counted from 0."""

    passages: tuple[Passage, ...] = ()
    chosen: int = 0


class ReadingPanel(VerticalScroll):
    """Shows the chosen passage; the numbers in its title choose another."""

    reading: reactive[Reading] = reactive(Reading())

    def __init__(self, words: Words) -> None:
        super().__init__(classes="panel")
        self._words = words
        self.border_title = words("reading.title")

    def compose(self) -> ComposeResult:
        yield Prose(Content.styled(self._words("reading.none"), "$foreground-muted"))

    def watch_reading(self) -> None:
        if not self.is_mounted:
            return
        reading = self.reading
        body = self.query_one(Prose)
        if not reading.passages:
            body.update(Content.styled(self._words("reading.none"), "$foreground-muted"))
            self.border_subtitle = ""
            return
        body.update(passage_content(reading.passages[reading.chosen], self._words))
        self.border_subtitle = f"{reading.chosen + 1}/{len(reading.passages)}"
        self.scroll_home(animate=False)
