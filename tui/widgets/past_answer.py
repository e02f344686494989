"""An answer of the past in full: question, answer with the words that counted, verdict, what was noted."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.marks import CASE_MARKS, FAILED_CASE, clock_text
from tui.plain import shown
from tui.text import Words
from tui.widgets.answer_view import AnswerView, Submitted
from tui.widgets.marking import Marking
from tui.widgets.own_view import own_view
from tui.widgets.prose import Prose
from tui.widgets.question_panel import Question, QuestionPanel
from tui.widgets.turn_list import outcome
from tui.widgets.verdict_panel import VerdictPanel

if TYPE_CHECKING:
    from coach.interview import Turn


class PastAnswer(Container):
    """Two columns where there is room, else one below the other; nothing where there is no turn."""

    DEFAULT_CSS = """
    PastAnswer { height: 1fr; }
    PastAnswer QuestionPanel { height: auto; max-height: 30%; }
    PastAnswer AnswerView { height: 1fr; }
    PastAnswer #notes { height: auto; max-height: 30%; }
    PastAnswer VerdictPanel, PastAnswer #cases { height: 1fr; }
    PastAnswer #answered { height: 2fr; width: 1fr; }
    PastAnswer #judged { height: 3fr; width: 1fr; }
    """

    turn: "reactive[Turn | None]" = reactive(None, init=False)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.visible = False

    def compose(self) -> ComposeResult:
        words = self._words
        with Vertical(id="answered"):
            yield QuestionPanel()
            view = AnswerView()
            view.border_title = words("interview.answer")
            yield view
            with VerticalScroll(id="notes", classes="panel") as notes:
                notes.border_title = words("interview.notes")
                yield Prose(id="noted", markup=False)
        with Vertical(id="judged"):
            yield VerdictPanel(words)
            with VerticalScroll(id="cases", classes="panel") as cases:
                cases.border_title = words("cases.title")
                yield Prose(id="results", markup=False)

    @property
    def judged(self) -> Widget:
        """The panel that says how the answer was judged."""
        coded = self.turn is not None and self.turn.practice is not None
        return self.query_one("#cases") if coded else self.query_one(VerdictPanel)

    def watch_turn(self) -> None:
        turn = self.turn
        self.visible = turn is not None
        if turn is None:
            return
        points = turn.verdict.key_points if turn.verdict else ()
        mark, _ = outcome(turn, self._words)
        heading = f"{turn.card_id} · {mark}"
        self.query_one(QuestionPanel).question = Question(heading, turn.prompt, _facts(turn))
        self.query_one(AnswerView).submitted = Submitted(turn.answer or "–", points)
        panel = self.query_one(VerdictPanel)
        for each in (panel, self.query_one("#cases")):
            each.display = each is self.judged
        panel.marking = (
            Marking(verdict=turn.verdict, turn=turn, past=True) if turn.verdict else None
        )
        self.query_one("#notes").display = bool(turn.notes)
        self.query_one("#noted", Prose).update(shown(turn.notes))
        self.query_one("#results", Prose).update(_cases(turn, self._words))


def _facts(turn: "Turn") -> str:
    from tui.state import local

    parts = [local(turn.answered_at)] if turn.answered_at else []
    parts += [clock_text(turn.elapsed_s)] if turn.elapsed_s else []
    return " · ".join(parts)


def _cases(turn: "Turn", words: Words) -> Content:
    """What the tests of a program said; their names and messages come from outside."""
    lines = [own_view(turn, words)]
    for case in turn.practice.get("cases", ()) if turn.practice else ():
        mark, style = CASE_MARKS.get(case["status"], FAILED_CASE)
        lines.append(Content.assemble((f"{mark} ", f"bold {style}"), shown(str(case["name"]))))
        if case["message"]:
            lines.append(Content.styled(shown(str(case["message"])), "$foreground-muted"))
    return Content("\n").join(line for line in lines if line.plain)
