"""The answers of an interview, one line each."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.marks import CASE_MARKS, FAILED_CASE, GRADE_MARKS
from tui.plain import shown
from tui.text import Words

if TYPE_CHECKING:
    from coach.interview import Turn


class TurnList(OptionList):
    """Mark, score and question of every turn, in order."""

    turns: "reactive[tuple[Turn, ...]]" = reactive(())

    def __init__(self, words: Words) -> None:
        super().__init__(classes="panel")
        self._words = words
        self.border_title = words("summary.answers")

    def watch_turns(self) -> None:
        self.clear_options()
        self.add_options([Option(turn_line(turn, self._words)) for turn in self.turns])
        if self.turns:
            self.highlighted = 0


def outcome(turn: "Turn", words: Words) -> tuple[str, str]:
    """Mark with word, and style, of how a turn went."""
    if turn.skipped:
        return f"· {words('summary.skipped')}", "$foreground-muted"
    if turn.practice is not None:
        passed = bool(turn.practice["passed"])
        mark, style = CASE_MARKS["passed"] if passed else FAILED_CASE
        return f"{mark} {words('case.passed' if passed else 'case.wrong')}", style
    grade = turn.verdict.grade if turn.verdict else "ungraded"
    mark, style = GRADE_MARKS[grade]
    return f"{mark} {words(f'grade.{grade}')}", style


def turn_line(turn: "Turn", words: Words) -> Content:
    """Mark, score and question of a turn."""
    text, style = outcome(turn, words)
    gap = " " * max(1, 16 - Content(text).cell_length)
    score = "   –" if turn.score is None or turn.skipped else f"{turn.score:>4.0%}"
    follow_up = f"{words('summary.follow_up')}: " if turn.kind == "follow_up" else ""
    if turn.again:
        follow_up += f"{words('interview.again')}: "
    prompt = shown(" ".join(turn.prompt.split()))
    return Content.assemble(
        (text + gap, style), (f"{score}  ", "bold"), (follow_up, "$foreground-muted"), prompt
    )
