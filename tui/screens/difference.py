"""Two answers side by side: the first with the second, or a program with the reference solution."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from coach.difference import Change, changed_lines, changed_points, changed_words
from tui.marks import POINT_MARKS
from tui.plain import shown
from tui.screens.base import CoachDialog
from tui.text import Words
from tui.widgets.prose import Prose

if TYPE_CHECKING:
    from coach.interview import Turn

# Colour is never alone: what is gone is struck through, what is new underlined.
STYLES: dict[Change, str] = {
    "same": "",
    "removed": "strike $text-error",
    "added": "underline $text-success",
}
SIGNS: dict[Change, str] = {"same": "  ", "removed": "- ", "added": "+ "}


class DifferenceScreen(CoachDialog[None]):
    """Shows a comparison; any of Escape, Enter and q closes it."""

    BINDINGS: ClassVar = [("enter,q", "dismiss")]

    def __init__(self, title: str, *parts: Content) -> None:
        super().__init__()
        self._title = title
        self._parts = parts

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog") as dialog:
            dialog.border_title = self._title
            dialog.border_subtitle = f"Esc {self.words('key.close')}"
            for part in self._parts:
                yield Prose(part)


def between_answers(first: "Turn", second: "Turn", words: Words) -> list[Content]:
    """Both marks, what changed of each key point, and the words that went and came."""
    pieces = [
        Content.styled(shown(text), STYLES[change])
        for change, text in changed_words(first.answer, second.answer)
    ]
    return [
        Content.assemble((f"{_mark(first)} → {_mark(second)}\n", "bold")),
        *_points(first, second, words),
        Content.styled(f"\n{words('compare.words')}", "bold $primary"),
        Content("").join(pieces),
    ]


def from_solution(program: str, solution: str, words: Words) -> list[Content]:
    """The reference solution, what differs from the program marked line by line."""
    lines = [
        Content.styled(SIGNS[change] + shown(line), STYLES[change].partition(" ")[2])
        for change, line in changed_lines(program, solution)
    ]
    return [
        Content.styled(f"{words('compare.solution_note')}\n", "$foreground-muted"),
        Content("\n").join(lines),
    ]


def _points(first: "Turn", second: "Turn", words: Words) -> list[Content]:
    if first.verdict is None or second.verdict is None:
        return []
    rows = []
    for point in changed_points(first.verdict.key_points, second.verdict.key_points):
        mark, style = POINT_MARKS[point.after]
        after = words(f"point.{point.after}")
        said = (
            after if point.before == point.after else f"{words(f'point.{point.before}')} → {after}"
        )
        rows.append(Content.assemble((f"{mark} {said}  ", f"bold {style}"), shown(point.text)))
    return rows


def _mark(turn: "Turn") -> str:
    return "–" if turn.score is None else f"{turn.score:.0%}"
