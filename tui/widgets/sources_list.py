"""The numbered sources of an answer; choosing one opens its passage."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.plain import shown
from tui.text import Words
from tui.widgets.passage_text import place

if TYPE_CHECKING:
    from coach.ask import Citation


class SourcesList(OptionList):
    """Marker, heading and place of each citation."""

    citations: "reactive[tuple[Citation, ...]]" = reactive(())

    def __init__(self, words: Words) -> None:
        super().__init__(classes="panel")
        self._words = words
        self.border_title = words("ask.citations")

    def watch_citations(self) -> None:
        self.clear_options()
        self.add_options([Option(self._entry(citation)) for citation in self.citations])
        if self.citations:
            self.highlighted = 0

    def _entry(self, citation: "Citation") -> Content:
        heading = shown(citation.passage.chunk.locator.heading)
        where = place(citation.passage, self._words)
        return Content.assemble(
            (f"[{str(citation.marker).strip('[]')}] ", "bold $text-accent"),
            heading,
            (f"\n    {where}", "$foreground-muted"),
        )
