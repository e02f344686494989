"""One answer of the past in full, and what the candidate has to say to its verdict by now."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message

from tui.background import in_background
from tui.screens.base import CoachScreen
from tui.widgets.key_line import KeyLine
from tui.widgets.marking import to_read
from tui.widgets.past_answer import PastAnswer
from tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from coach.history import Given
    from coach.memory import Rating


class AnswerScreen(CoachScreen[int]):
    """Steps through the answers it was given; ends with the number of the one it shows, from 0.

    An answer that was rated anew takes the place of the old one in the list it was given.
    """

    CSS_PATH = "history.tcss"
    BINDINGS: ClassVar = [
        Binding("escape", "back", "key.back"),
        Binding("j,n", "step(1)", "key.next_answer", key_display="j"),
        Binding("k,p", "step(-1)", "key.previous_answer", key_display="k"),
        Binding("r", "rate", "key.rate"),
        Binding("d", "dispute", "key.dispute"),
        *(Binding(str(number), f"read({number})", show=False) for number in range(1, 10)),
    ]

    class Amended(Message):
        """What is said of an answer has changed."""

    def __init__(self, answers: "list[Given]", index: int) -> None:
        super().__init__()
        self._answers = answers
        self._index = index

    def compose(self) -> ComposeResult:
        yield TitleLine(self.words("answer.title"))
        yield PastAnswer(self.words)
        yield KeyLine()

    def on_mount(self) -> None:
        super().on_mount()
        self._show()

    @on(Amended)
    def _show(self) -> None:
        panel = self.query_one(PastAnswer)
        panel.turn = self._given.turn
        place = self.words("answer.place", number=self._index + 1, total=len(self._answers))
        self.query_one(TitleLine).aside = place
        panel.judged.focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        from coach.afterwards import rates_card

        turn = self._given.turn
        if action == "rate":
            return turn.score is not None and rates_card(turn)
        return action != "dispute" or turn.verdict is not None

    def action_step(self, way: int) -> None:
        index = self._index + way
        if 0 <= index < len(self._answers):
            self._index = index
            self._show()

    def action_read(self, number: int) -> None:
        from tui.screens.passage import PassageScreen

        verdict = self._given.turn.verdict
        passages = to_read(verdict.key_points if verdict else ())
        if number <= len(passages):
            self.app.push_screen(PassageScreen(passages[number - 1]))

    def action_rate(self) -> None:
        from coach.memory import rating_of
        from tui.screens.interview_dialogs import RatingScreen

        index, turn = self._index, self._given.turn

        def settle(rating: "Rating | None") -> None:
            if rating is not None:
                self._amend(index, rating=rating)

        self.app.push_screen(RatingScreen(turn.rating or rating_of(turn.score or 0.0)), settle)

    def action_dispute(self) -> None:
        from coach.afterwards import own_mark
        from tui.screens.interview_dialogs import DisputeScreen

        index, turn = self._index, self._given.turn

        def settle(own: tuple[float | None, str] | None) -> None:
            if own is not None:
                self._amend(index, **own_mark(*own))

        self.app.push_screen(DisputeScreen(turn.own_score, turn.disagreement or ""), settle)

    def action_back(self) -> None:
        self.dismiss(self._index)

    @in_background("amend")
    def _amend(self, index: int, **changes: Any) -> None:
        given = self._answers[index]
        turn = self.coach.history.amend_answer(given.session_id, given.number, **changes)
        self._answers[index] = replace(given, turn=turn)
        self.post_message(self.Amended())

    @property
    def _given(self) -> "Given":
        return self._answers[self._index]
