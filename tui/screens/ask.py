"""Asking the notes: questions that may follow one another, streamed answers, sources that open."""

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.worker import get_current_worker

from coach.errors import CoachError
from tui.background import in_background
from tui.screens.base import CoachScreen
from tui.widgets.answer_panel import AnswerPanel, copied
from tui.widgets.key_line import KeyLine
from tui.widgets.prose import Prose
from tui.widgets.sources_list import SourcesList
from tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from coach.ask import Answer


class AskScreen(CoachScreen[None]):
    """A conversation; the sources shown, opened and copied are those of the chosen answer."""

    CSS_PATH = "ask.tcss"
    BINDINGS: ClassVar = [
        Binding("escape", "stop", "key.stop_answer"),
        Binding("escape", "back", "key.back"),
        *[
            Binding(str(n), f"read({n})", "key.read", key_display="1–9", show=n == 1)
            for n in range(1, 10)
        ],
        Binding("slash", "follow_on", "key.follow_on"),
        Binding("c,ctrl+y", "copy", "key.copy", key_display="c"),
        Binding("ctrl+n", "anew", "key.anew", show=False),
        Binding("ctrl+up", "choose(-1)", "key.choose_answer", show=False),
        Binding("ctrl+down", "choose(1)", "key.choose_answer", show=False),
    ]

    class Streamed(Message):
        """A piece of an answer."""

        def __init__(self, panel: AnswerPanel, text: str) -> None:
            super().__init__()
            self.panel = panel
            self.text = text

    class Answered(Message):
        """The whole answer with its citations."""

        def __init__(self, panel: AnswerPanel, answer: "Answer") -> None:
            super().__init__()
            self.panel = panel
            self.answer = answer

    def __init__(self) -> None:
        super().__init__()
        self._chosen: AnswerPanel | None = None
        self._answering: AnswerPanel | None = None

    def compose(self) -> ComposeResult:
        words = self.words
        yield TitleLine(words("ask.title"))
        yield Input(placeholder=words("ask.placeholder"), classes="panel")
        with Horizontal(id="body"):
            with VerticalScroll(id="conversation", classes="panel", can_focus=False) as talk:
                talk.border_title = words("ask.answer")
                yield Prose(Content.styled(words("ask.hint"), "$foreground-muted"), id="hint")
            yield SourcesList(words)
        yield KeyLine()

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(Input).focus()

    @in_background("ask", exclusive=True)
    def _ask(self, panel: AnswerPanel, question: str, earlier: "Answer | None") -> None:
        from coach.ask import Answer

        worker = get_current_worker()
        self.coach.index.ensure(lambda *_: None)
        with closing(self.coach.asker.ask(question, earlier=earlier)) as events:
            for event in events:
                if worker.is_cancelled:
                    return
                if isinstance(event, Answer):
                    self.post_message(self.Answered(panel, event))
                else:
                    self.post_message(self.Streamed(panel, event))

    @on(Input.Submitted)
    async def _begin(self, event: Input.Submitted) -> None:
        question = event.value.strip()
        if not question:
            return
        self.action_stop()
        earlier = self._latest
        panel = AnswerPanel(self.words, question)
        talk = self.query_one("#conversation")
        self.query_one("#hint").display = False
        await talk.mount(panel)
        event.input.value = ""
        event.input.placeholder = self.words("ask.follow")
        self._answering = panel
        self._choose(panel)
        talk.scroll_end(animate=False)
        self._ask(panel, question, earlier)

    @on(Streamed)
    def _grow(self, event: Streamed) -> None:
        panel = event.panel
        if panel is self._answering:
            panel.answering = replace(panel.answering, text=panel.answering.text + event.text)
            self._stay_at_end()

    @on(Answered)
    def _finish(self, event: Answered) -> None:
        panel = event.panel
        if panel is not self._answering:
            return
        self._answering = None
        panel.answering = replace(panel.answering, text=event.answer.text, answer=event.answer)
        self._choose(panel)
        self._stay_at_end()
        # Whoever is typing the next question goes on typing it.
        if event.answer.citations and not self.query_one(Input).value:
            self.query_one(SourcesList).focus()

    @on(OptionList.OptionSelected)
    def _open_source(self, event: OptionList.OptionSelected) -> None:
        self.action_read(event.option_index + 1)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        if isinstance(event.widget, AnswerPanel):
            self._choose(event.widget)

    def work_failed(self, group: str, error: CoachError) -> None:  # noqa: ARG002
        """Shows the failure where the answer would be; the question is there to be asked again."""
        panel, box = self._answering, self.query_one(Input)
        self._answering = None
        if panel is not None:
            panel.answering = replace(panel.answering, trouble=error)
            box.value = box.value or panel.answering.question
        box.focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "stop":
            return self._answering is not None
        if action == "back":
            return self._answering is None
        if action == "copy":
            return self._chosen is not None and bool(self._chosen.answering.text)
        if action == "read":
            citations = self._chosen.answering.citations if self._chosen else ()
            return int(str(parameters[0])) <= len(citations)
        return True

    def action_stop(self) -> None:
        """Ends a running answer; what was said of it stays."""
        panel, self._answering = self._answering, None
        if panel is not None:
            self.workers.cancel_group(self, "ask")
            panel.answering = replace(panel.answering, stopped=True)
            self.query_one(Input).focus()
            self.refresh_bindings()

    def action_back(self) -> None:
        self.app.pop_screen()

    def action_follow_on(self) -> None:
        self.query_one(Input).focus()

    async def action_anew(self) -> None:
        self.action_stop()
        await self.query(AnswerPanel).remove()
        self._choose(None)
        self.query_one("#hint").display = True
        box = self.query_one(Input)
        box.value, box.placeholder = "", self.words("ask.placeholder")
        box.focus()

    def action_copy(self) -> None:
        if self._chosen is not None:
            self.app.copy_to_clipboard(copied(self._chosen.answering, self.words))
            self.notify(self.words("ask.copied"), timeout=3)

    def action_choose(self, way: int) -> None:
        panels = [*self.query(AnswerPanel)]
        if self._chosen in panels:
            place = panels.index(self._chosen) + way
            self._choose(panels[max(0, min(place, len(panels) - 1))])

    def action_read(self, number: int) -> None:
        from tui.screens.passage import PassageScreen

        citation = self.query_one(SourcesList).citations[number - 1]
        self.app.push_screen(PassageScreen(citation.passage, citation.quote))

    @property
    def _latest(self) -> "Answer | None":
        """The last whole answer: what a question may lean on."""
        answers = [panel.answering.answer for panel in self.query(AnswerPanel)]
        return next((answer for answer in reversed(answers) if answer), None)

    def _stay_at_end(self) -> None:
        """Follows the answer as it grows, unless somebody has scrolled away to read."""
        talk = self.query_one("#conversation")
        if talk.is_vertical_scroll_end:
            talk.scroll_end(animate=False)

    def _choose(self, panel: AnswerPanel | None) -> None:
        for other in self.query(AnswerPanel):
            other.set_class(other is panel, "-chosen")
        moved = panel is not None and panel is not self._chosen and self._chosen is not None
        self._chosen = panel
        sources = self.query_one(SourcesList)
        sources.citations = panel.answering.citations if panel else ()
        if moved and panel is not None:
            panel.scroll_visible(animate=False)
        self.refresh_bindings()
