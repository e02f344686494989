"""One answer of the past with its verdict."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from tui.plain import shown
from tui.screens.base import CoachDialog
from tui.widgets.answer_view import Submitted, highlighted
from tui.widgets.key_point_row import KeyPointRow
from tui.widgets.own_view import own_view
from tui.widgets.prose import Prose
from tui.widgets.turn_list import outcome

if TYPE_CHECKING:
    from coach.interview import Turn


class TurnScreen(CoachDialog[None]):
    """Question, answer, key points and feedback of one turn."""

    BINDINGS: ClassVar = [("enter,q", "dismiss")]

    def __init__(self, turn: "Turn") -> None:
        super().__init__()
        self._turn = turn

    def compose(self) -> ComposeResult:
        turn, words = self._turn, self.words
        points = turn.verdict.key_points if turn.verdict else ()
        mark, style = outcome(turn, words)
        with VerticalScroll(classes="dialog") as dialog:
            dialog.border_title = words("interview.answer")
            dialog.border_subtitle = f"Esc {words('key.close')}"
            yield Prose(Content.styled(shown(turn.prompt) + "\n", "bold"))
            yield Prose(highlighted(Submitted(turn.answer or "–", points)))
            yield Prose(Content.styled(f"\n{mark}\n", f"bold {style}"))
            for point in points:
                yield KeyPointRow(point, None, words)
            if turn.verdict:
                yield Prose(shown(turn.verdict.feedback), markup=False)
            yield Prose(own_view(turn, words))
            if turn.notes:
                yield Prose(Content.styled(f"\n{words('interview.notes')}", "bold $primary"))
                yield Prose(shown(turn.notes), markup=False)
