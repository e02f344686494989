"""One answer of the past in full: question, answer with the words that counted, verdict, passages."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content

from tui.marks import CASE_MARKS, FAILED_CASE, clock_text
from tui.plain import shown
from tui.screens.base import CoachScreen
from tui.widgets.answer_view import AnswerView, Submitted
from tui.widgets.key_line import KeyLine
from tui.widgets.marking import Marking, to_read
from tui.widgets.prose import Prose
from tui.widgets.question_panel import Question, QuestionPanel
from tui.widgets.title_line import TitleLine
from tui.widgets.turn_list import outcome
from tui.widgets.verdict_panel import VerdictPanel

if TYPE_CHECKING:
    from coach.interview import Turn


class AnswerScreen(CoachScreen[int]):
    """Steps through the answers it was given; ends with the number of the one it shows, from 0."""

    CSS_PATH = "history.tcss"
    BINDINGS: ClassVar = [
        Binding("escape", "back", "key.back"),
        Binding("j,n", "step(1)", "key.next_answer", key_display="j"),
        Binding("k,p", "step(-1)", "key.previous_answer", key_display="k"),
        *(Binding(str(number), f"read({number})", show=False) for number in range(1, 10)),
    ]

    def __init__(self, turns: "Sequence[Turn]", index: int) -> None:
        super().__init__()
        self._turns = turns
        self._index = index

    def compose(self) -> ComposeResult:
        words = self.words
        yield TitleLine(words("answer.title"))
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield QuestionPanel()
                view = AnswerView()
                view.border_title = words("interview.answer")
                yield view
                with VerticalScroll(id="notes", classes="panel") as notes:
                    notes.border_title = words("interview.notes")
                    yield Prose(id="noted", markup=False)
            with Vertical(id="right"):
                yield VerdictPanel(words)
                with VerticalScroll(id="cases", classes="panel") as cases:
                    cases.border_title = words("cases.title")
                    yield Prose(id="results", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        super().on_mount()
        self._show()

    def _show(self) -> None:
        turn = self._turns[self._index]
        points = turn.verdict.key_points if turn.verdict else ()
        mark, _ = outcome(turn, self.words)
        heading = f"{turn.card_id} · {mark}"
        self.query_one(QuestionPanel).question = Question(heading, turn.prompt, self._facts(turn))
        self.query_one(AnswerView).submitted = Submitted(turn.answer or "–", points)
        panel, cases = self.query_one(VerdictPanel), self.query_one("#cases")
        panel.display, cases.display = turn.practice is None, turn.practice is not None
        panel.marking = (
            Marking(verdict=turn.verdict, turn=turn, past=True) if turn.verdict else None
        )
        self.query_one("#notes").display = bool(turn.notes)
        self.query_one("#noted", Prose).update(shown(turn.notes))
        self.query_one("#results", Prose).update(_cases(turn))
        place = self.words("answer.place", number=self._index + 1, total=len(self._turns))
        self.query_one(TitleLine).aside = place
        (panel if turn.practice is None else cases).focus()

    def _facts(self, turn: "Turn") -> str:
        from tui.state import local

        parts = [local(turn.answered_at)] if turn.answered_at else []
        parts += [clock_text(turn.elapsed_s)] if turn.elapsed_s else []
        return " · ".join(parts)

    def action_step(self, way: int) -> None:
        index = self._index + way
        if 0 <= index < len(self._turns):
            self._index = index
            self._show()

    def action_read(self, number: int) -> None:
        from tui.screens.passage import PassageScreen

        turn = self._turns[self._index]
        passages = to_read(turn.verdict.key_points if turn.verdict else ())
        if number <= len(passages):
            self.app.push_screen(PassageScreen(passages[number - 1]))

    def action_back(self) -> None:
        self.dismiss(self._index)


def _cases(turn: "Turn") -> Content:
    """What the tests of a program said; their names and messages come from outside."""
    lines = []
    for case in turn.practice.get("cases", ()) if turn.practice else ():
        mark, style = CASE_MARKS.get(case["status"], FAILED_CASE)
        lines.append(Content.assemble((f"{mark} ", f"bold {style}"), shown(str(case["name"]))))
        if case["message"]:
            lines.append(Content.styled(shown(str(case["message"])), "$foreground-muted"))
    return Content("\n").join(lines)
