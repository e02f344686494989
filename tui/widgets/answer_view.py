"""The answer as it was submitted, the words that counted marked in it."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive

from coach.verdict import KeyPointVerdict
from tui.plain import shown
from tui.widgets.prose import Prose

HIGHLIGHTS = {
    "covered": "underline $text-success",
    "partial": "underline $text-warning",
    "contradicted": "underline $text-error",
}


@dataclass(frozen=True)
class Submitted:
    """An answer with the key points judged so far."""

    answer: str
    points: tuple[KeyPointVerdict, ...] = ()


class AnswerView(VerticalScroll):
    """Read only; quoted words are underlined in the colour of their verdict."""

    submitted: reactive[Submitted | None] = reactive(None)

    def __init__(self) -> None:
        super().__init__(classes="panel")

    def compose(self) -> ComposeResult:
        yield Prose(markup=False)

    def watch_submitted(self) -> None:
        if self.submitted is not None:
            self.query_one(Prose).update(highlighted(self.submitted))


def highlighted(submitted: Submitted) -> Content:
    """The answer with every quote styled; quotes that lie outside it are left out."""
    content = Content(shown(submitted.answer))
    for point in submitted.points:
        quote = point.quote
        style = HIGHLIGHTS.get(point.verdict)
        if quote and style and submitted.answer[quote.start : quote.end] == quote.text:
            content = content.stylize(style, quote.start, quote.end)
    return content
