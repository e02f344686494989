"""The tests of a code exercise: one line for each as it finishes, and what the first failure says."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive

from coach.errors import CoachError
from coach.exercise import CaseResult, PracticeResult
from tui.marks import CASE_MARKS, FAILED_CASE
from tui.plain import shown
from tui.text import Words
from tui.widgets.prose import Prose


@dataclass(frozen=True)
class Running:
    """How far a run is: the cases so far, the result once it is over, or why there is none."""

    cases: tuple[CaseResult, ...] = ()
    result: PracticeResult | None = None
    trouble: CoachError | None = None
    submitted: bool = False


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
            return self._words("cases.running")
        passed = sum(case.status == "passed" for case in run.result.cases)
        name = "cases.passed" if run.result.passed else "cases.failed"
        return self._words(name, passed=passed, total=len(run.result.cases))

    def _content(self, run: Running) -> Content:
        if run.trouble is not None:
            parts = [
                Content.styled(f"! {self._words('interview.no_sandbox')}", "bold $text-warning"),
                Content(shown(f"{run.trouble.message}\n{run.trouble.hint}")),
            ]
            if run.submitted:
                parts.append(
                    Content.styled(f"\n{self._words('verdict.ungraded_note')}", "$foreground-muted")
                )
                parts.append(Content.styled(self._words("verdict.ungraded_keys"), "$text-accent"))
            return Content("\n").join(parts)
        lines = [self._case(case) for case in run.cases]
        if run.result is None:
            lines.append(Content.styled(f"· {self._words('cases.running')}", "$foreground-muted"))
        elif output := shown(run.result.stdout + run.result.stderr).rstrip():
            lines.append(Content.styled(f"\n{self._words('cases.output')}", "bold $primary"))
            lines.append(Content(output))
        return Content("\n").join(lines)

    def _case(self, case: CaseResult) -> Content:
        mark, style = CASE_MARKS.get(case.status, FAILED_CASE)
        word = self._words(f"case.{case.status}")
        line = Content.assemble((f"{mark} {word}  ", f"bold {style}"), shown(case.name))
        if case.status == "passed" or not case.message:
            return line
        return Content.assemble(line, "\n", (shown(case.message), "$foreground-muted"))
