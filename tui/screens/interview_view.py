"""How an interview looks: its panels, the question that is open, and which phase it is in."""

from typing import TYPE_CHECKING, Literal, get_args

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.reactive import reactive

from coach.errors import CoachError
from tui import messages
from tui.marks import bar, clock_text
from tui.plain import length
from tui.screens.interview_work import InterviewWork
from tui.widgets.answer_view import AnswerView
from tui.widgets.cases_panel import CasesPanel, Running
from tui.widgets.editors import AnswerEditor, NotesPad, ProgramEditor
from tui.widgets.key_line import KeyLine
from tui.widgets.question_panel import Question, QuestionPanel
from tui.widgets.reading_panel import Reading, ReadingPanel
from tui.widgets.title_line import TitleLine
from tui.widgets.verdict_panel import VerdictPanel

if TYPE_CHECKING:
    from coach.history import HalfAnswer
    from coach.interview import Ask, Session
    from coach.memory import Rating

Phase = Literal["opening", "answering", "judging", "judged", "ungraded"]

RUN_KEY = "Ctrl+R"


class InterviewView(InterviewWork):
    """The panels of an interview; `phase` decides which of them are seen."""

    phase: reactive[Phase] = reactive("opening")

    def __init__(self, session: "Session") -> None:
        super().__init__()
        self._session = session
        self._ask: Ask | None = None
        self._prompt = ""
        self._asked_at = 0.0
        self._answer = ""
        self._elapsed_s = 0.0
        self._attempts = 0
        self._self_rating: Rating | None = None
        self._rating: Rating | None = None
        self._empty_warned = False
        self._told: set[str] = set()

    def compose(self) -> ComposeResult:
        words = self.words
        yield TitleLine()
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield QuestionPanel()
                yield AnswerEditor(id="answer", classes="panel editor", tab_behavior="focus")
                yield ProgramEditor(id="program", classes="panel editor")
                yield NotesPad(id="notes", classes="panel", tab_behavior="focus")
                yield AnswerView()
            with Vertical(id="right"):
                yield CasesPanel(words, RUN_KEY)
                yield VerdictPanel(words)
                yield ReadingPanel(words)
        yield KeyLine()

    def on_mount(self) -> None:
        super().on_mount()
        for name in ("answer", "program", "notes"):
            self.query_one(f"#{name}").border_title = self.words(f"interview.{name}")
        self.query_one(AnswerView).border_title = self.words("interview.answer")
        self.set_interval(1.0, self._tick)
        self.open_question(self._session, restore=True)

    @on(messages.Opened)
    def _ask_question(self, event: messages.Opened) -> None:
        self._session = event.session
        if event.ask is None:
            self._show_summary()
            return
        self._ask, self._prompt, self._empty_warned = event.ask, event.prompt, False
        self._attempts, self._self_rating, self._rating = 0, None, None
        self._asked_at = self._now()
        self.set_class(self._is_code, "-code", update=False)
        self.query_one(QuestionPanel).question = self._question(event.ask, event.prompt)
        self._clear_results(event.trouble)
        self._editor.fill(event.text)
        self._notes.fill(event.notes)
        self.set_class(bool(event.notes), "-notes", update=False)
        self.phase = "answering"
        self._tick()
        if event.restored:
            self.notify(self.words("interview.restored"), timeout=4)
        self.prepare(event.ask, self._session)

    @on(messages.DraftSaved)
    def _tell_saved(self, event: messages.DraftSaved) -> None:
        if event.text == self._editor.text:
            self._editor.border_subtitle = f"{self._length()} · {self.words('interview.saved')}"
            if self._ask is not None and not self._is_code and event.text.strip():
                self.read_along(self._ask, self._session, event.text)

    @on(AnswerEditor.Typed, ".editor")
    def _count(self) -> None:
        self._empty_warned = False
        self._editor.border_subtitle = f"{self._length()} · {self.words('interview.unsaved')}"

    @on(AnswerEditor.Paused)
    def _keep(self) -> None:
        if self.phase == "answering":
            self.save_draft(self._session, self._half)

    def watch_phase(self, now: Phase) -> None:
        self.refresh_bindings()
        if now == "opening" and self.is_mounted:
            # What was judged last stays in sight until there is something else to show.
            return
        self.remove_class(*(f"-{phase}" for phase in get_args(Phase)), update=False)
        self.add_class(f"-{now}", update=False)
        if not self.is_mounted:
            return
        # A phase changes nothing inside the panels: to look up every style would take twice as long.
        self.app.stylesheet.update_nodes(self.query("#left, #right, .panel").results())
        if now == "answering":
            self._editor.read_only = False
            self._editor.focus()
        elif now in ("judging", "judged", "ungraded"):
            self._editor.read_only = True
            self.query_one(CasesPanel if self._is_code else VerdictPanel).focus()

    @property
    def _is_code(self) -> bool:
        return self._ask is not None and self._ask.kind == "code"

    @property
    def _editor(self) -> AnswerEditor:
        return self.query_one("#program" if self._is_code else "#answer", AnswerEditor)

    @property
    def _notes(self) -> NotesPad:
        return self.query_one(NotesPad)

    @property
    def _half(self) -> "HalfAnswer":
        """What was typed so far."""
        from coach.history import HalfAnswer

        again = self._ask is not None and self._ask.again
        return HalfAnswer(self._editor.text, self._notes.text, again)

    def _question(self, ask: "Ask", prompt: str) -> Question:
        words = self.words
        heading = words("interview.question", number=ask.number, total=ask.total)
        if ask.kind != "question":
            heading += f" · {words(f'interview.{ask.kind}')}"
        if ask.again:
            heading += f" · {words('interview.again')}"
        note = f"{ask.card.topic} · {words(f'setup.level_{ask.card.level}')}"
        return Question(heading, prompt, note, hint_word=words("interview.hint"))

    def _clear_results(self, trouble: CoachError | None) -> None:
        self.query_one(VerdictPanel).marking = None
        self.query_one(AnswerView).submitted = None
        self.query_one(ReadingPanel).reading = Reading()
        self.query_one(CasesPanel).run = Running(trouble=trouble) if trouble else None

    def _now(self) -> float:
        return self.coach.clock().timestamp()

    def _length(self) -> str:
        editor = self._editor
        if isinstance(editor, ProgramEditor):
            return self.words("interview.lines", count=editor.document.line_count)
        return self.words("interview.words", count=length(editor.text))

    def _tick(self) -> None:
        title, ask = self.query_one(TitleLine), self._ask
        if ask is None:
            return
        done = bar((ask.number - 1) / ask.total, min(24, 3 * ask.total))
        title.place = Content.assemble(done, f"  {ask.number}/{ask.total}")
        time = self._time()
        title.aside = time if self.coach.settings.ui.clock == "shown" else ""

    def _time(self) -> str:
        minutes = self._session.plan.minutes
        if not minutes:
            spent = sum(turn.elapsed_s for turn in self._session.turns)
            return clock_text(
                spent + (self._now() - self._asked_at if self.phase == "answering" else 0)
            )
        left = self._session.started_at.timestamp() + 60 * minutes - self._now()
        if left <= 0 and "time" not in self._told:
            self._told.add("time")
            self.notify(self.words("interview.time_up"), severity="warning", timeout=8)
        return self.words("interview.left", time=clock_text(left))

    def _show_summary(self) -> None:
        from tui.screens.summary import SummaryScreen

        self.app.switch_screen(SummaryScreen(self._session))
