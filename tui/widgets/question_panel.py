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
    """What is asked, under which heading, a note at the lower edge, and the hints given so far."""

    heading: str
    text: str
    note: str = ""
    hints: tuple[str, ...] = ()
    hint_word: str = ""


class QuestionPanel(VerticalScroll):
    """Shows one question; scrolls where the task is long."""

    question: reactive[Question | None] = reactive(None)

    def __init__(self) -> None:
        super().__init__(classes="panel")

    def compose(self) -> ComposeResult:
        yield Prose(markup=False)

    def watch_question(self, before: Question | None, now: Question | None) -> None:
        if now is None:
            return
        self.border_title = Content(shown(now.heading))
        self.border_subtitle = Content(shown(now.note))
        parts = [Content(shown(now.text))]
        parts += [
            Content.assemble((f"{now.hint_word}: ", "bold $text-accent"), shown(hint))
            for hint in now.hints
        ]
        self.query_one(Prose).update(Content("\n").join(parts))
        if before is not None and len(now.hints) > len(before.hints):
            self.call_after_refresh(self.scroll_end, animate=False)
        else:
            self.scroll_home(animate=False)
