"""How an interview looks: what the workers post is painted here."""

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Footer

from coach.errors import CoachError
from tui import messages
from tui.marks import bar, clock_text
from tui.plain import length
from tui.screens.interview_work import InterviewWork
from tui.widgets.answer_view import AnswerView, Submitted
from tui.widgets.cases_panel import CasesPanel, Running
from tui.widgets.editors import AnswerEditor, ProgramEditor
from tui.widgets.question_panel import Question, QuestionPanel
from tui.widgets.reading_panel import Reading, ReadingPanel
from tui.widgets.title_line import TitleLine
from tui.widgets.verdict_panel import Marking, VerdictPanel, to_read

if TYPE_CHECKING:
    from coach.interview import Ask, Session

Phase = Literal["opening", "answering", "judging", "judged", "ungraded"]

RUN_KEY = "Ctrl+R"


class InterviewView(InterviewWork):
    """The panels of an interview; `phase` decides which of them are seen."""

    phase: reactive[Phase] = reactive("opening")

    def __init__(self, session: "Session") -> None:
        super().__init__()
        self._session = session
        self._ask: Ask | None = None
        self._asked_at = self._warned_at = 0.0
        self._answer = ""
        self._elapsed_s = 0.0
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
                yield AnswerView()
            with Vertical(id="right"):
                yield CasesPanel(words, RUN_KEY)
                yield VerdictPanel(words)
                yield ReadingPanel(words)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        super().on_mount()
        self.set_interval(1.0, self._tick)
        self.open_question(self._session, restore=True)

    @on(messages.Opened)
    def _ask_question(self, event: messages.Opened) -> None:
        self._session = event.session
        if event.ask is None:
            self._show_summary()
            return
        self._ask, self._empty_warned = event.ask, False
        self._asked_at = self._now()
        self.set_class(event.ask.kind == "code", "-code")
        self.query_one(QuestionPanel).question = self._question(event.ask, event.prompt)
        self._clear_results(event.trouble)
        self._editor.fill(event.text)
        self.phase = "answering"
        self._tick()
        if event.restored:
            self.notify(self.words("interview.restored"), timeout=4)
        self.prepare(event.ask, self._session)

    @on(messages.PointJudged)
    def _show_point(self, event: messages.PointJudged) -> None:
        panel, view = self.query_one(VerdictPanel), self.query_one(AnswerView)
        if self._is_awaited(event.ask) and panel.marking is not None:
            panel.marking = panel.marking.with_point(event.point)
            view.submitted = Submitted(self._answer, panel.marking.points)

    @on(messages.Judged)
    def _show_verdict(self, event: messages.Judged) -> None:
        panel = self.query_one(VerdictPanel)
        if not self._is_awaited(event.ask) or panel.marking is None:
            return
        self._session = event.session
        graded = event.verdict.score is not None
        closed = graded and not event.follow_up_next
        panel.marking = replace(
            panel.marking,
            points=event.verdict.key_points or panel.marking.points,
            verdict=event.verdict,
            follow_up_next=event.follow_up_next,
            reference=event.ask.card.reference[self._session.plan.lang] if closed else "",
        )
        points = panel.marking.points
        self.query_one(AnswerView).submitted = Submitted(self._answer, points)
        self.query_one(ReadingPanel).reading = Reading(to_read(points))
        self.phase = "judged" if graded else "ungraded"

    @on(messages.CaseFinished)
    def _show_case(self, event: messages.CaseFinished) -> None:
        panel = self.query_one(CasesPanel)
        if event.ask is self._ask and panel.run is not None:
            panel.run = replace(panel.run, cases=(*panel.run.cases, event.case))

    @on(messages.RunFinished)
    def _show_run(self, event: messages.RunFinished) -> None:
        if event.ask is not self._ask:
            return
        self.query_one(CasesPanel).run = Running(event.result.cases, event.result)
        if event.session is not None and self.phase == "judging":
            self._session = event.session
            self.phase = "judged"

    @on(messages.DraftSaved)
    def _tell_saved(self, event: messages.DraftSaved) -> None:
        if event.text == self._editor.text:
            self._editor.border_subtitle = f"{self._length()} · {self.words('interview.saved')}"
            if self._ask is not None and self._ask.kind != "code" and event.text.strip():
                self.read_along(self._ask, self._session, event.text)

    def work_failed(self, group: str, error: CoachError) -> None:
        """A failed grading leaves the answer ungraded; other failures are told once."""
        if group == "grade" and self.phase == "judging":
            self._fail(error)
        elif group == "grade":
            self.query_one(CasesPanel).run = Running(trouble=error)
        elif error.message not in self._told:
            self._told.add(error.message)
            self.host.show_error(error)

    @on(AnswerEditor.Typed)
    def _count(self) -> None:
        self._empty_warned = False
        self._editor.border_subtitle = f"{self._length()} · {self.words('interview.unsaved')}"

    @on(AnswerEditor.Paused)
    def _keep(self, event: AnswerEditor.Paused) -> None:
        if self.phase == "answering":
            self.save_draft(self._session, event.text)

    def watch_phase(self, before: Phase, now: Phase) -> None:
        self.remove_class(f"-{before}")
        self.add_class(f"-{now}")
        self.refresh_bindings()
        if not self.is_mounted:
            return
        if now == "answering":
            self._editor.read_only = False
            self._editor.focus()
        elif now in ("judging", "judged", "ungraded"):
            self._editor.read_only = True
            code = self._ask is not None and self._ask.kind == "code"
            self.query_one(CasesPanel if code else VerdictPanel).focus()

    @property
    def _editor(self) -> AnswerEditor:
        code = self._ask is not None and self._ask.kind == "code"
        return self.query_one("#program" if code else "#answer", AnswerEditor)

    def _question(self, ask: "Ask", prompt: str) -> Question:
        words = self.words
        heading = words("interview.question", number=ask.number, total=ask.total)
        if ask.kind != "question":
            heading += f" · {words(f'interview.{ask.kind}')}"
        return Question(
            heading, prompt, f"{ask.card.topic} · {words(f'setup.level_{ask.card.level}')}"
        )

    def _clear_results(self, trouble: CoachError | None) -> None:
        words = self.words
        self.query_one(VerdictPanel).marking = None
        self.query_one(AnswerView).submitted = None
        self.query_one(ReadingPanel).reading = Reading()
        self.query_one(CasesPanel).run = Running(trouble=trouble) if trouble else None
        self.query_one("#answer").border_title = words("interview.answer")
        self.query_one("#program").border_title = words("interview.program")
        self.query_one(AnswerView).border_title = words("interview.answer")

    def _fail(self, error: CoachError) -> None:
        if self._ask is not None and self._ask.kind == "code":
            self.query_one(CasesPanel).run = Running(trouble=error, submitted=True)
        else:
            panel = self.query_one(VerdictPanel)
            panel.marking = replace(panel.marking or Marking(), trouble=error)
        self.phase = "ungraded"

    def _is_awaited(self, ask: "Ask") -> bool:
        return ask is self._ask and self.phase == "judging"

    def _now(self) -> float:
        return self.coach.clock().timestamp()

    def _length(self) -> str:
        editor = self._editor
        if editor.language is not None:
            return self.words("interview.lines", count=editor.document.line_count)
        return self.words("interview.words", count=length(editor.text))

    def _tick(self) -> None:
        title, ask = self.query_one(TitleLine), self._ask
        if ask is None:
            return
        done = bar((ask.number - 1) / ask.total, min(24, 3 * ask.total))
        title.place = Content.assemble(done, f"  {ask.number}/{ask.total}")
        title.aside = self._time()

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
