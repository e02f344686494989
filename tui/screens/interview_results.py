"""What comes back while an answer is judged: key points, verdict, test cases, and what failed."""

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on

from coach.errors import CoachError
from tui import messages
from tui.screens.interview_view import InterviewView
from tui.widgets.answer_view import AnswerView, Submitted
from tui.widgets.cases_panel import CasesPanel, Running
from tui.widgets.marking import Marking, to_read
from tui.widgets.reading_panel import Reading, ReadingPanel
from tui.widgets.verdict_panel import VerdictPanel

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.interview import Ask, Session


class InterviewResults(InterviewView):
    """Paints what the workers post."""

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
            turn=event.session.turns[-1] if graded else None,
        )
        points = panel.marking.points
        self.query_one(AnswerView).submitted = Submitted(self._answer, points)
        self.query_one(ReadingPanel).reading = Reading(to_read(points))
        self.phase = "judged" if graded else "ungraded"
        self._keep_self_rating()

    @on(messages.CaseFinished)
    def _show_case(self, event: messages.CaseFinished) -> None:
        panel = self.query_one(CasesPanel)
        if event.ask is self._ask and panel.run is not None:
            panel.run = replace(panel.run, cases=(*panel.run.cases, event.case))

    @on(messages.RunFinished)
    def _show_run(self, event: messages.RunFinished) -> None:
        if event.ask is not self._ask:
            return
        self._attempts += 1
        run = Running(event.result.cases, event.result, attempt=self._attempts)
        self.query_one(CasesPanel).run = run
        if event.session is not None and self.phase == "judging":
            self._session = event.session
            self.query_one(CasesPanel).run = replace(run, turn=event.session.turns[-1])
            self.phase = "judged"
            self._keep_self_rating()

    @on(messages.Revealed)
    def _show_reference(self, event: messages.Revealed) -> None:
        if event.ask is not self._ask:
            return
        self._session, turn = event.session, event.session.turns[-1]
        if self._is_code:
            self.query_one(CasesPanel).run = Running(turn=turn)
            self.find_solution(event.ask)
        else:
            reference = event.ask.card.reference[self._session.plan.lang]
            self.query_one(VerdictPanel).marking = Marking(reference=reference, turn=turn)
            self.query_one(AnswerView).submitted = Submitted(turn.answer or "–")
        self.phase = "judged"

    def work_failed(self, group: str, error: CoachError) -> None:
        """A failed grading leaves the answer ungraded; other failures are told once."""
        if group == "grade" and self.phase == "judging":
            self._fail(error)
        elif group == "grade":
            self.query_one(CasesPanel).run = Running(trouble=error)
        elif error.message not in self._told:
            self._told.add(error.message)
            self.host.show_error(error)

    def amend(self, **changes: object) -> None:
        """Changes the answer that was recorded last, and shows and keeps it so."""
        from coach.interview import amended

        last = len(self._session.turns) - 1
        self.take_session(amended(self._session, last, **changes))

    def take_session(self, session: "Session") -> None:
        """Shows and keeps a session whose answers were amended."""
        from coach.afterwards import first_answer

        self._session, turn, first = session, session.turns[-1], first_answer(session)
        if turn.again and first is not None:
            # A rating is kept with the first answer, which is the one that counts.
            turn = replace(turn, rating=first.rating)
        verdict, cases = self.query_one(VerdictPanel), self.query_one(CasesPanel)
        if verdict.marking is not None and verdict.marking.turn is not None:
            verdict.marking = replace(verdict.marking, turn=turn)
        if cases.run is not None and cases.run.turn is not None:
            cases.run = replace(cases.run, turn=turn)
        self.keep_session()

    def ask_to_reveal(self, reveal: "Callable[[], None]") -> None:
        """Calls `reveal` once the candidate has agreed that it counts as not known."""
        from tui.screens.interview_dialogs import ConfirmScreen

        def answered(yes: bool | None) -> None:
            if yes:
                reveal()

        title, text = self.words("reveal.title"), self.words("reveal.text")
        self.app.push_screen(ConfirmScreen(title, text), answered)

    def _keep_self_rating(self) -> None:
        if self._self_rating is not None and self.phase == "judged":
            self.amend(self_rating=self._self_rating)

    def _fail(self, error: CoachError) -> None:
        if self._is_code:
            self.query_one(CasesPanel).run = Running(trouble=error, submitted=True)
        else:
            panel = self.query_one(VerdictPanel)
            panel.marking = replace(panel.marking or Marking(), trouble=error)
        self.phase = "ungraded"

    def _is_awaited(self, ask: "Ask") -> bool:
        return ask is self._ask and self.phase == "judging"
