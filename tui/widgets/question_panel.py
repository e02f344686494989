"""The question, or the task of a code exercise."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive

from tui.plain import shown
from tui.widgets.prose import Prose


@dataclass(frozen=True)
class Question:
    """What is asked, under which heading, and a note at the lower edge."""

    heading: str
    text: str
    note: str = ""


class QuestionPanel(VerticalScroll):
    """Shows one question; scrolls where the task is long."""

    question: reactive[Question | None] = reactive(None)

    def __init__(self) -> None:
        super().__init__(classes="panel")

    def compose(self) -> ComposeResult:
        yield Prose(markup=False)

    def watch_question(self) -> None:
        if self.question is None:
            return
        self.border_title = Content(shown(self.question.heading))
        self.border_subtitle = Content(shown(self.question.note))
        self.query_one(Prose).update(shown(self.question.text))
        self.scroll_home(animate=False)
