"""The interview: question, answer, verdict, next. Leaving at any moment keeps everything."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.binding import Binding

from coach.errors import CoachError
from tui import drive
from tui.screens.interview_after import InterviewAfter
from tui.screens.interview_aids import InterviewAids
from tui.screens.interview_view import Phase
from tui.widgets.answer_view import AnswerView, Submitted
from tui.widgets.cases_panel import CasesPanel, Running
from tui.widgets.marking import Marking
from tui.widgets.question_panel import QuestionPanel
from tui.widgets.reading_panel import ReadingPanel
from tui.widgets.verdict_panel import VerdictPanel

SUBMIT_KEY = "Ctrl+S"

# Which keys do something in which phase; what is not named here works in all of them.
WORKS_IN: dict[str, tuple[Phase, ...]] = {
    "submit": ("answering",),
    "run": ("answering",),
    "skip": ("answering",),
    "hint": ("answering",),
    "reveal": ("answering",),
    "notes": ("answering",),
    "external": ("answering",),
    "self_rate": ("judging",),
    "stop": ("judging",),
    "next": ("judged", "ungraded"),
    "rate": ("judged", "ungraded"),
    "dispute": ("judged",),
    "retry": ("judged",),
    "compare": ("judged",),
    "read": ("judged",),
    "again": ("ungraded",),
    "revise": ("ungraded",),
}


class InterviewScreen(InterviewAids, InterviewAfter):
    """One interview from the first question to the last; leaving keeps everything."""

    CSS_PATH = "interview.tcss"
    BINDINGS: ClassVar = [
        Binding("ctrl+s,ctrl+enter", "submit", "key.submit", priority=True),
        Binding("ctrl+r,f5", "run", "key.run", priority=True),
        Binding("f2", "hint", "key.hint", priority=True),
        Binding("ctrl+g", "skip", "key.skip", priority=True),
        Binding("f4", "notes", "key.notes", priority=True),
        Binding("f3", "reveal", "key.reveal", show=False, priority=True),
        Binding("ctrl+o", "external", "key.external", show=False, priority=True),
        Binding("f8", "clock", "key.clock", show=False, priority=True),
        *[
            Binding(str(n), f"self_rate({n})", "key.self_rate", key_display="1–4", show=n == 1)
            for n in range(1, 5)
        ],
        Binding("enter", "next", "key.next"),
        Binding("g", "again", "key.again"),
        Binding("e", "revise", "key.revise"),
        Binding("ctrl+t", "stop", "key.stop", priority=True),
        *[
            Binding(str(n), f"read({n})", "key.read", key_display="1–9", show=n == 1)
            for n in range(1, 10)
        ],
        Binding("a", "retry", "key.retry"),
        Binding("c", "compare", "key.compare"),
        Binding("r", "rate", "key.rate"),
        Binding("d", "dispute", "key.dispute"),
        Binding("ctrl+up", "scroll_question(-1)", "key.scroll_question", show=False, priority=True),
        Binding(
            "ctrl+down", "scroll_question(1)", "key.scroll_question", show=False, priority=True
        ),
        Binding("escape", "leave", "key.leave", priority=True),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self.phase not in WORKS_IN.get(action, (self.phase,)):
            return False
        ask = self._ask
        if ask is None or not self.is_mounted:
            return action not in WORKS_IN
        if action == "read":
            return int(str(parameters[0])) <= len(self.query_one(ReadingPanel).reading.passages)
        if action == "dispute":
            marking = self.query_one(VerdictPanel).marking
            return marking is not None and marking.verdict is not None
        return {
            "run": ask.kind == "code",
            "hint": ask.kind != "follow_up",
            "rate": ask.kind != "follow_up",
            "compare": ask.kind == "code" or ask.again,
        }.get(action, True)

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
            spent = self._now() - self._asked_at
            self.run_program(self._ask, self._session, self._half, spent, submit=False)

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
        """Writes what is not on disk yet before the screen goes; waits for the disk."""
        marking = any(w.group == "grade" and not w.is_finished for w in self.workers)
        if self.phase == "answering" or (self.phase == "judging" and not marking):
            self.coach.history.save_draft(self._session.id, self._half)
        elif self.phase == "judged":
            self.coach.history.save(self._session)

    def _grade(self) -> None:
        ask = self._ask
        if ask is None:
            return
        self._self_rating = None
        self.query_one(AnswerView).submitted = Submitted(self._answer)
        half = self._half
        mark: Callable[..., object] = self.judge
        if ask.kind == "code":
            self.query_one(CasesPanel).run = Running(submitted=True)
            mark = partial(self.run_program, submit=True)
        else:
            from coach.afterwards import first_answer

            total = len(ask.task(self._session.plan.lang).key_points)
            first = first_answer(self._session) if ask.again else None
            self.query_one(VerdictPanel).marking = Marking(total, first=first)
        self.phase = "judging"

        def start() -> None:
            if self.phase == "judging" and self.is_attached:
                mark(ask, self._session, half, self._elapsed_s)

        # Both at once take twice as long, and the screen stands still meanwhile.
        self.call_after_refresh(start)

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
            notes=self._notes.text,
            self_rating=None if skipped else self._self_rating,
            rating=None if skipped else self._rating,
        )
        self.phase = "opening"
        self.open_question(self._session, taken=taken)
