"""Asking the notes: a question, a streamed answer, numbered sources that open."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Footer, Input, OptionList
from textual.worker import get_current_worker

from coach.errors import CoachError
from tui.screens.base import CoachScreen
from tui.widgets.answer_panel import Answering, AnswerPanel
from tui.widgets.sources_list import SourcesList
from tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from coach.ask import Answer


class AskScreen(CoachScreen[None]):
    """One question at a time; a new one replaces the answer."""

    CSS_PATH = "ask.tcss"
    BINDINGS: ClassVar = [
        Binding("escape", "app.pop_screen", "key.back"),
        Binding("ctrl+n", "again", "key.ask"),
        *[
            Binding(str(n), f"read({n})", "key.read", key_display="1–9", show=n == 1)
            for n in range(1, 10)
        ],
    ]

    class Streamed(Message):
        """A piece of the answer."""

        def __init__(self, question: str, text: str) -> None:
            super().__init__()
            self.question = question
            self.text = text

    class Answered(Message):
        """The whole answer with its citations."""

        def __init__(self, question: str, answer: "Answer") -> None:
            super().__init__()
            self.question = question
            self.answer = answer

    def compose(self) -> ComposeResult:
        words = self.words
        yield TitleLine(words("ask.title"))
        yield Input(placeholder=words("ask.placeholder"), classes="panel")
        with Horizontal(id="body"):
            yield AnswerPanel(words)
            yield SourcesList(words)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(Input).focus()

    @work(thread=True, exclusive=True, exit_on_error=False, group="ask")
    def _ask(self, question: str) -> None:
        from coach.ask import Answer

        worker = get_current_worker()
        self.coach.index.ensure(lambda *_: None)
        for event in self.coach.asker.ask(question):
            if worker.is_cancelled:
                return
            if isinstance(event, Answer):
                self.post_message(self.Answered(question, event))
            else:
                self.post_message(self.Streamed(question, event))

    @on(Input.Submitted)
    def _begin(self, event: Input.Submitted) -> None:
        question = event.value.strip()
        if question:
            self.query_one(AnswerPanel).answering = Answering(question)
            self.query_one(SourcesList).citations = ()
            self.refresh_bindings()
            self._ask(question)

    @on(Streamed)
    def _grow(self, event: Streamed) -> None:
        panel = self.query_one(AnswerPanel)
        if panel.answering is not None and panel.answering.question == event.question:
            panel.answering = replace(panel.answering, text=panel.answering.text + event.text)

    @on(Answered)
    def _finish(self, event: Answered) -> None:
        panel = self.query_one(AnswerPanel)
        if panel.answering is None or panel.answering.question != event.question:
            return
        panel.answering = replace(panel.answering, text=event.answer.text, answer=event.answer)
        sources = self.query_one(SourcesList)
        sources.citations = event.answer.citations
        if event.answer.citations:
            sources.focus()
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def _open_source(self, event: OptionList.OptionSelected) -> None:
        self.action_read(event.option_index + 1)

    def work_failed(self, group: str, error: CoachError) -> None:  # noqa: ARG002
        """Shows the failure where the answer would be; the question stays to be asked again."""
        panel = self.query_one(AnswerPanel)
        if panel.answering is not None:
            panel.answering = replace(panel.answering, trouble=error)
        self.query_one(Input).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action != "read" or not self.is_mounted:
            return True
        return int(str(parameters[0])) <= len(self.query_one(SourcesList).citations)

    def action_again(self) -> None:
        box = self.query_one(Input)
        box.value = ""
        box.focus()

    def action_read(self, number: int) -> None:
        from tui.screens.passage import PassageScreen

        citation = self.query_one(SourcesList).citations[number - 1]
        self.app.push_screen(PassageScreen(citation.passage, citation.quote))
