"""The work of an interview: every worker calls the headless core and only posts messages."""

import threading
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from tui import messages
from tui.background import in_background
from tui.garbage import spare_kept, spare_loaded
from tui.screens.base import CoachScreen

if TYPE_CHECKING:
    from coach.exercise import CaseResult
    from coach.history import HalfAnswer
    from coach.interview import Ask, Session, Turn

SPARE_EVERY = 10
"""Answers: seldom enough for what is on the screen then, and never looked at again, to take little memory."""


class InterviewWork(CoachScreen[None]):
    """The background half of the interview screen."""

    _session: "Session"

    def __init__(self) -> None:
        super().__init__()
        self._reading = threading.Lock()
        self._keeping = threading.Lock()

    @in_background("open", exclusive=True)
    def open_question(
        self, session: "Session", restore: bool = False, taken: "Turn | None" = None
    ) -> None:
        """Records a turn, if one was taken, and finds what to ask next; nothing left ends the session."""
        from tui import drive

        coach = self.coach
        if taken is not None:
            session = drive.record(coach, session, taken)
        ask, half = drive.reopen(coach, session) if restore else drive.following(coach, session)
        if ask is None:
            self.post_message(messages.Opened(drive.close(coach, session), None))
            return
        shown = drive.present(coach, ask, session.plan.lang)
        text = half.text or ("" if ask.again else shown.starter)
        restored = bool(half.text or half.notes)
        self.post_message(
            messages.Opened(session, ask, shown.prompt, text, half.notes, restored, shown.trouble)
        )

    @in_background("keep")
    def keep_session(self) -> None:
        """Writes the session as it is when its turn comes: the newest state is always written last."""
        with self._keeping:
            self.coach.history.save(self._session)

    @in_background("hint", exclusive=True)
    def find_hint(self, ask: "Ask", draft: str, given: tuple[str, ...]) -> None:
        """Finds the next hint."""
        from tui import drive

        lang = self._session.plan.lang
        self.post_message(messages.HintFound(ask, drive.hint(self.coach, ask, lang, draft, given)))

    @in_background("hint", exclusive=True)
    def find_solution(self, ask: "Ask") -> None:
        """Reads the reference solution."""
        from tui import drive

        self.post_message(messages.SolutionFound(ask, drive.solution(self.coach, ask)))

    @in_background("open", exclusive=True)
    def give_up(self, ask: "Ask", session: "Session", taken: "Turn") -> None:
        """Records that the reference was shown."""
        from tui import drive

        self.post_message(messages.Revealed(ask, drive.record(self.coach, session, taken)))

    @in_background("prepare", exclusive=True)
    def prepare(self, ask: "Ask", session: "Session") -> None:
        """Makes what will judge the answer ready while the candidate types."""
        if len(session.turns) % SPARE_EVERY == SPARE_EVERY - 1:
            spare_kept()
        if ask.kind == "code":
            self.coach.practice.prepare(ask.card.exercise or "")
            return
        self.coach.index.ensure(lambda *_: None)
        self.coach.grader.prepare(ask.task(session.plan.lang))
        spare_loaded("the first question")

    @in_background("prepare")
    def read_along(self, ask: "Ask", session: "Session", draft: str) -> None:
        """Lets the model read the answer so far, unless it is still busy with what stood there before."""
        if not self._reading.acquire(blocking=False):
            return
        try:
            self.coach.grader.prepare(ask.task(session.plan.lang), draft)
        finally:
            self._reading.release()

    @in_background("grade", exclusive=True)
    def judge(self, ask: "Ask", session: "Session", half: "HalfAnswer", elapsed_s: float) -> None:
        """Grades an answer; a graded one is recorded, an ungraded one is not."""
        from coach.verdict import Verdict
        from tui import drive

        coach, worker, answer = self.coach, get_current_worker(), half.text
        coach.history.save_draft(session.id, half)
        for event in coach.grader.judge(ask.task(session.plan.lang), answer):
            if worker.is_cancelled:
                return
            if isinstance(event, Verdict):
                graded = event.score is not None
                if graded:
                    now, notes = coach.clock(), half.notes
                    taken = drive.turn(ask, answer, now, elapsed_s, verdict=event, notes=notes)
                    session = drive.record(coach, session, taken)
                spare_loaded("the first verdict")
                follow_up = graded and drive.follow_up_next(coach, session)
                self.post_message(messages.Judged(ask, event, session, follow_up))
            else:
                self.post_message(messages.PointJudged(ask, event))

    @in_background("grade", exclusive=True)
    def run_program(
        self, ask: "Ask", session: "Session", half: "HalfAnswer", elapsed_s: float, submit: bool
    ) -> None:
        """Runs a program's tests; a submitted one is recorded with their result."""
        from tui import drive

        coach, worker = self.coach, get_current_worker()
        coach.history.save_draft(session.id, half)

        def tell(case: "CaseResult") -> None:
            self.post_message(messages.CaseFinished(ask, case))

        result = coach.attempt(
            ask.card.exercise or "",
            half.text,
            on_case=tell,
            lang=session.plan.lang,
            seconds=elapsed_s,
        )
        if worker.is_cancelled:
            return
        if submit:
            now, notes = coach.clock(), half.notes
            taken = drive.turn(ask, half.text, now, elapsed_s, practice=result, notes=notes)
            session = drive.record(coach, session, taken)
        self.post_message(messages.RunFinished(ask, result, session if submit else None))

    @in_background("draft", exclusive=True)
    def save_draft(self, session: "Session", half: "HalfAnswer") -> None:
        """Keeps the half-written answer."""
        self.coach.history.save_draft(session.id, half)
        self.post_message(messages.DraftSaved(half.text))
