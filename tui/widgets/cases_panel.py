"""The tests of a code exercise: one line for each as it finishes, and what the first failure says."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive

from coach.errors import CoachError
from coach.exercise import CaseResult, PracticeResult
from tui.marks import CASE_MARKS, FAILED_CASE
from tui.plain import shown
from tui.text import Words
from tui.widgets.own_view import own_view
from tui.widgets.prose import Prose

if TYPE_CHECKING:
    from coach.interview import Turn


@dataclass(frozen=True)
class Running:
    """How far a run is: the cases so far, the result once it is over, or why there is none.

    `attempt` counts the runs of this program from 1; `turn` is the recorded answer.
    """

    cases: tuple[CaseResult, ...] = ()
    result: PracticeResult | None = None
    trouble: CoachError | None = None
    submitted: bool = False
    attempt: int = 0
    turn: "Turn | None" = None


class CasesPanel(VerticalScroll):
    """Paints one run."""

    run: reactive[Running | None] = reactive(None)

    def __init__(self, words: Words, run_key: str) -> None:
        super().__init__(classes="panel")
        self._words = words
        self._idle = words("cases.none", key=run_key)
        self.border_title = words("cases.title")

    def compose(self) -> ComposeResult:
        yield Prose(Content.styled(self._idle, "$foreground-muted"))

    def watch_run(self) -> None:
        if not self.is_mounted:
            return
        body = self.query_one(Prose)
        if self.run is None:
            body.update(Content.styled(self._idle, "$foreground-muted"))
            self.border_subtitle = ""
            return
        self.border_subtitle = self._state(self.run)
        body.update(self._content(self.run))

    def _state(self, run: Running) -> str:
        if run.trouble is not None:
            return self._words("verdict.not_graded")
        if run.result is None:
            return "" if run.turn else self._words("cases.running")
        passed = sum(case.status == "passed" for case in run.result.cases)
        name = "cases.passed" if run.result.passed else "cases.failed"
        state = self._words(name, passed=passed, total=len(run.result.cases))
        return f"{state} · {self._words('cases.attempt', number=run.attempt)}"

    def _content(self, run: Running) -> Content:
        if run.trouble is not None:
            parts = [
                Content.styled(f"! {self._words('interview.no_sandbox')}", "bold $text-warning"),
                Content(shown("\n".join(self._words.failure(run.trouble)))),
            ]
            if run.submitted:
                parts.append(
                    Content.styled(f"\n{self._words('verdict.ungraded_note')}", "$foreground-muted")
                )
                parts.append(Content.styled(self._words("verdict.ungraded_keys"), "$text-accent"))
            return Content("\n").join(parts)
        lines = [self._case(case) for case in run.cases]
        if run.turn is not None:
            lines += [self._verdict(run.turn), own_view(run.turn, self._words)]
        elif run.result is None:
            lines.append(Content.styled(f"· {self._words('cases.running')}", "$foreground-muted"))
        if run.result and (output := shown(run.result.stdout + run.result.stderr).rstrip()):
            lines.append(Content.styled(f"\n{self._words('cases.output')}", "bold $primary"))
            lines.append(Content(output))
        return Content("\n").join([line for line in lines if line.plain])

    def _verdict(self, turn: "Turn") -> Content:
        if turn.skipped:
            return Content.styled(f"· {self._words('verdict.revealed')}", "bold $foreground-muted")
        solved = turn.practice is not None and turn.practice["passed"]
        text = self._words("cases.compare" if solved else "cases.give_up")
        return Content.styled(text, "$text-accent")

    def _case(self, case: CaseResult) -> Content:
        mark, style = CASE_MARKS.get(case.status, FAILED_CASE)
        word = self._words(f"case.{case.status}")
        line = Content.assemble((f"{mark} {word}  ", f"bold {style}"), shown(case.name))
        if case.status == "passed" or not case.message:
            return line
        return Content.assemble(line, "\n", (shown(case.message), "$foreground-muted"))
