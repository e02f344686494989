"""What can be done with a verdict: rate, disagree, answer again, compare."""

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on

from tui import messages
from tui.screens.interview_results import InterviewResults
from tui.widgets.verdict_panel import VerdictPanel

if TYPE_CHECKING:
    from coach.memory import Rating


class InterviewAfter(InterviewResults):
    """All of it is kept with the answer."""

    def action_self_rate(self, number: int) -> None:
        from coach.memory.reviews import RATINGS

        self._self_rating = RATINGS[number - 1]
        panel = self.query_one(VerdictPanel)
        if panel.marking is not None:
            panel.marking = replace(panel.marking, self_rating=self._self_rating)
        if self._is_code:
            said = self.words(f"rating.{self._self_rating}")
            self.notify(self.words("own.self_rating", rating=said), timeout=2)

    def action_rate(self) -> None:
        from tui.screens.interview_dialogs import RatingScreen

        self.app.push_screen(RatingScreen(self._present_rating()), self._rate)

    def _rate(self, rating: "Rating | None") -> None:
        from coach.afterwards import rated

        if rating is None:
            return
        if self.phase == "judged":
            self.take_session(rated(self._session, rating))
        else:
            self._rating = rating
            said = self.words(f"rating.{rating}")
            self.notify(self.words("own.rating", rating=said), timeout=2)

    def _present_rating(self) -> "Rating":
        """The candidate's own, else the one that the mark stands for."""
        from coach.afterwards import first_answer
        from coach.memory import rating_of

        turn = first_answer(self._session) if self.phase == "judged" else None
        if turn is None or turn.score is None:
            return self._rating or "good"
        return turn.rating or rating_of(turn.score)

    def action_dispute(self) -> None:
        from tui.screens.interview_dialogs import DisputeScreen

        turn = self._session.turns[-1]
        self.app.push_screen(DisputeScreen(turn.own_score, turn.disagreement or ""), self._dispute)

    def _dispute(self, own: tuple[float | None, str] | None) -> None:
        from coach.afterwards import disputed

        if own is not None:
            self.take_session(disputed(self._session, *own))

    def action_retry(self) -> None:
        """Asks the same once more, with what was answered to start from."""
        if self._ask is None:
            return
        ask, turn = replace(self._ask, again=True), self._session.turns[-1]
        self.post_message(messages.Opened(self._session, ask, self._prompt, turn.answer))

    def action_compare(self) -> None:
        from coach.afterwards import first_answer
        from tui.screens.difference import DifferenceScreen, between_answers

        if self._ask is None:
            return
        turn, first = self._session.turns[-1], first_answer(self._session)
        if not self._is_code and first is not None:
            parts = between_answers(first, turn, self.words)
            self.app.push_screen(DifferenceScreen(self.words("compare.title"), *parts))
        elif turn.score == 1.0 or turn.skipped or turn.rating is not None:
            self.find_solution(self._ask)
        else:
            self.ask_to_reveal(self._look_up)

    def _look_up(self) -> None:
        if self._ask is not None:
            # Passing with the solution at hand must not count as having found it.
            self._rate("again")
            self.find_solution(self._ask)

    @on(messages.SolutionFound)
    def _show_solution(self, event: messages.SolutionFound) -> None:
        from tui.screens.difference import DifferenceScreen, from_solution

        if event.ask is self._ask:
            parts = from_solution(self._answer, event.solution, self.words)
            self.app.push_screen(DifferenceScreen(self.words("compare.solution"), *parts))
