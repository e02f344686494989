"""The work of an interview: every worker calls the headless core and only posts messages."""

import threading
from typing import TYPE_CHECKING

from textual import work
from textual.worker import get_current_worker

from tui import messages
from tui.screens.base import CoachScreen

if TYPE_CHECKING:
    from coach.exercise import CaseResult
    from coach.interview import Ask, Session, Turn


class InterviewWork(CoachScreen[None]):
    """The background half of the interview screen."""

    _reading = threading.Lock()

    @work(thread=True, exclusive=True, exit_on_error=False, group="open")
    def open_question(
        self, session: "Session", restore: bool = False, taken: "Turn | None" = None
    ) -> None:
        """Records a turn, if one was taken, and finds what to ask next; nothing left ends the session."""
        from coach.interview import current
        from tui import drive

        coach = self.coach
        if taken is not None:
            session = drive.record(coach, session, taken)
        ask = current(session, coach.deck)
        if ask is None:
            self.post_message(messages.Opened(drive.close(coach, session), None))
            return
        text = drive.draft(coach, session) if restore else ""
        shown = drive.present(coach, ask, session.plan.lang)
        self.post_message(
            messages.Opened(
                session, ask, shown.prompt, text or shown.starter, bool(text), shown.trouble
            )
        )

    @work(thread=True, exclusive=True, exit_on_error=False, group="prepare")
    def prepare(self, ask: "Ask", session: "Session") -> None:
        """Makes what will judge the answer ready while the candidate types."""
        if ask.kind == "code":
            self.coach.practice.prepare(ask.card.exercise or "")
            return
        self.coach.index.ensure(lambda *_: None)
        self.coach.grader.prepare(ask.task(session.plan.lang))

    @work(thread=True, exit_on_error=False, group="prepare")
    def read_along(self, ask: "Ask", session: "Session", draft: str) -> None:
        """Lets the model read the answer so far, unless it is still busy with what stood there before."""
        if not self._reading.acquire(blocking=False):
            return
        try:
            self.coach.grader.prepare(ask.task(session.plan.lang), draft)
        finally:
            self._reading.release()

    @work(thread=True, exclusive=True, exit_on_error=False, group="grade")
    def judge(self, ask: "Ask", session: "Session", answer: str, elapsed_s: float) -> None:
        """Grades an answer; a graded one is recorded, an ungraded one is not."""
        from coach.verdict import Verdict
        from tui import drive

        coach, worker = self.coach, get_current_worker()
        coach.history.save_draft(session.id, answer)
        for event in coach.grader.judge(ask.task(session.plan.lang), answer):
            if worker.is_cancelled:
                return
            if isinstance(event, Verdict):
                graded = event.score is not None
                if graded:
                    taken = drive.turn(ask, answer, coach.clock(), elapsed_s, verdict=event)
                    session = drive.record(coach, session, taken)
                follow_up = graded and drive.follow_up_next(coach, session)
                self.post_message(messages.Judged(ask, event, session, follow_up))
            else:
                self.post_message(messages.PointJudged(ask, event))

    @work(thread=True, exclusive=True, exit_on_error=False, group="grade")
    def run_program(
        self, ask: "Ask", session: "Session", source: str, elapsed_s: float, submit: bool
    ) -> None:
        """Runs a program's tests; a submitted one is recorded with their result."""
        from tui import drive

        coach, worker = self.coach, get_current_worker()
        coach.history.save_draft(session.id, source)

        def tell(case: "CaseResult") -> None:
            self.post_message(messages.CaseFinished(ask, case))

        result = coach.attempt(
            ask.card.exercise or "",
            source,
            on_case=tell,
            lang=session.plan.lang,
            seconds=elapsed_s,
        )
        if worker.is_cancelled:
            return
        if submit:
            taken = drive.turn(ask, source, coach.clock(), elapsed_s, practice=result)
            session = drive.record(coach, session, taken)
        self.post_message(messages.RunFinished(ask, result, session if submit else None))

    @work(thread=True, exclusive=True, exit_on_error=False, group="draft")
    def save_draft(self, session: "Session", text: str) -> None:
        """Keeps the half-written answer."""
        self.coach.history.save_draft(session.id, text)
        self.post_message(messages.DraftSaved(text))
