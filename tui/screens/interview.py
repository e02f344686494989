"""The interview: question, answer, verdict, next. Leaving at any moment keeps everything."""

from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding

from coach.errors import CoachError
from tui import drive
from tui.screens.interview_view import InterviewView, Phase
from tui.widgets.answer_view import AnswerView, Submitted
from tui.widgets.cases_panel import CasesPanel, Running
from tui.widgets.question_panel import QuestionPanel
from tui.widgets.reading_panel import ReadingPanel
from tui.widgets.verdict_panel import Marking, VerdictPanel

SUBMIT_KEY = "Ctrl+S"

# Which keys do something in which phase; what is not named here works in all of them.
WORKS_IN: dict[str, tuple[Phase, ...]] = {
    "submit": ("answering",),
    "run": ("answering",),
    "skip": ("answering",),
    "next": ("judged", "ungraded"),
    "again": ("ungraded",),
    "revise": ("ungraded",),
    "stop": ("judging",),
    "read": ("judged",),
}


class InterviewScreen(InterviewView):
    """One interview from the first question to the last; leaving keeps everything."""

    CSS_PATH = "interview.tcss"
    BINDINGS: ClassVar = [
        Binding("ctrl+s,ctrl+enter", "submit", "key.submit", priority=True),
        Binding("ctrl+r,f5", "run", "key.run", priority=True),
        Binding("ctrl+g", "skip", "key.skip", priority=True),
        Binding("enter", "next", "key.next"),
        Binding("g", "again", "key.again"),
        Binding("e", "revise", "key.revise"),
        Binding("ctrl+t", "stop", "key.stop", priority=True),
        *[
            Binding(str(n), f"read({n})", "key.read", key_display="1–9", show=n == 1)
            for n in range(1, 10)
        ],
        Binding("ctrl+up", "scroll_question(-1)", "key.scroll_question", show=False, priority=True),
        Binding(
            "ctrl+down", "scroll_question(1)", "key.scroll_question", show=False, priority=True
        ),
        Binding("escape", "leave", "key.leave", priority=True),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "run" and (self._ask is None or self._ask.kind != "code"):
            return False
        if action == "read":
            passages = self.query_one(ReadingPanel).reading.passages if self.is_mounted else ()
            return self.phase == "judged" and int(str(parameters[0])) <= len(passages)
        return self.phase in WORKS_IN.get(action, (self.phase,))

    def action_submit(self) -> None:
        text = self._editor.text
        if not text.strip() and not self._empty_warned:
            self._empty_warned = True
            self.notify(self.words("interview.empty", key=SUBMIT_KEY), severity="warning")
            return
        self._answer = text
        self._elapsed_s = self._now() - self._asked_at
        self._grade()

    def action_again(self) -> None:
        self._grade()

    def action_revise(self) -> None:
        self._clear_results(None)
        self.phase = "answering"

    def action_stop(self) -> None:
        self.workers.cancel_group(self, "grade")
        self._fail(CoachError(self.words("verdict.stopped")))

    def action_run(self) -> None:
        if self._ask is not None:
            self.query_one(CasesPanel).run = Running()
            self.run_program(self._ask, self._session, self._editor.text, 0.0, submit=False)

    def action_skip(self) -> None:
        self._take(skipped=True, answer=self._editor.text, elapsed_s=self._now() - self._asked_at)
        self.notify(self.words("interview.skipped"), timeout=3)

    def action_next(self) -> None:
        if self.phase == "ungraded":
            self._take(skipped=False, answer=self._answer, elapsed_s=self._elapsed_s)
        else:
            self.phase = "opening"
            self.open_question(self._session)

    def action_read(self, number: int) -> None:
        panel = self.query_one(ReadingPanel)
        panel.reading = replace(panel.reading, chosen=number - 1)
        if not panel.display or panel.region.height < 6:
            from tui.screens.passage import PassageScreen

            self.app.push_screen(PassageScreen(panel.reading.passages[number - 1]))

    def action_scroll_question(self, way: int) -> None:
        self.query_one(QuestionPanel).scroll_relative(y=3 * way, animate=False)

    def action_leave(self) -> None:
        self.keep_now()
        self.host.go_home()

    def keep_now(self) -> None:
        """Writes what stands in the editor before the screen goes; waits for the disk."""
        if self.phase == "answering":
            self.coach.history.save_draft(self._session.id, self._editor.text)

    def _grade(self) -> None:
        ask = self._ask
        if ask is None:
            return
        self.query_one(AnswerView).submitted = Submitted(self._answer)
        if ask.kind == "code":
            self.query_one(CasesPanel).run = Running(submitted=True)
            self.run_program(ask, self._session, self._answer, self._elapsed_s, submit=True)
        else:
            total = len(ask.task(self._session.plan.lang).key_points)
            self.query_one(VerdictPanel).marking = Marking(total)
            self.judge(ask, self._session, self._answer, self._elapsed_s)
        self.phase = "judging"

    def _take(self, *, skipped: bool, answer: str, elapsed_s: float) -> None:
        if self._ask is None:
            return
        marking = self.query_one(VerdictPanel).marking
        taken = drive.turn(
            self._ask,
            answer,
            self.coach.clock(),
            elapsed_s,
            verdict=marking.verdict if marking and not skipped else None,
            skipped=skipped,
        )
        self.phase = "opening"
        self.open_question(self._session, taken=taken)
