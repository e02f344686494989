"""Evaluation: choose a set and who marks it, watch the run, read its report."""

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, ProgressBar, Static

from coach.errors import CoachError
from tui.background import in_background
from tui.evaluation import MARKERS, Child, Kept, Order, Pace, kept, open_in_browser, shipped_sets
from tui.screens.base import CoachScreen
from tui.state import place
from tui.widgets.choice import Choice
from tui.widgets.key_line import KeyLine
from tui.widgets.report_panel import ReportPanel
from tui.widgets.title_line import TitleLine

LIMITS = (20, 50, 100, None)


class EvalScreen(CoachScreen[None]):
    """One run at a time, in a child process; a stopped one goes on when it is started again."""

    CSS_PATH = "eval.tcss"
    BINDINGS: ClassVar = [
        Binding("enter", "mark", "key.mark"),
        Binding("ctrl+t", "stop", "key.stop_run"),
        Binding("o", "report", "key.report"),
        Binding("escape", "back", "key.back"),
    ]

    class Went(Message):
        """The run told its pace."""

        def __init__(self, pace: Pace) -> None:
            super().__init__()
            self.pace = pace

    class Ended(Message):
        """The run is over: done, or stopped."""

        def __init__(self, done: bool) -> None:
            super().__init__()
            self.done = done

    class Found(Message):
        """What an earlier run of these choices left was read."""

        def __init__(self, kept: Kept | None) -> None:
            super().__init__()
            self.kept = kept

    def __init__(self) -> None:
        super().__init__()
        self._sets = shipped_sets()
        self._child: Child | None = None
        self._marking = False
        self._kept: Kept | None = None

    def compose(self) -> ComposeResult:
        words = self.words
        sets = (*(path.stem for path in self._sets), words("eval.other"))
        markers = tuple(words(f"eval.marker_{marker}") for marker in MARKERS)
        limits = tuple(str(limit or words("eval.all")) for limit in LIMITS)
        yield TitleLine(words("eval.title"))
        with Vertical(id="form", classes="panel") as form:
            form.border_title = words("eval.form")
            yield Choice(words("eval.set"), sets, 0, id="set")
            yield Input(placeholder=words("eval.path"), compact=True)
            yield Choice(words("eval.marker"), markers, 0, id="marker")
            yield Choice(words("eval.limit"), limits, 0, id="limit")
        with Horizontal(id="run"):
            yield ProgressBar(show_eta=False, show_percentage=False)
            yield Static(id="pace", markup=False)
        yield ReportPanel(words)
        yield KeyLine()

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one("#set").focus()
        self._choose()

    @property
    def order(self) -> Order | None:
        """What is chosen; None while the path is missing."""
        chosen = self.query_one("#set", Choice).chosen
        typed = self.query_one(Input).value.strip()
        path = Path(typed).expanduser() if chosen == len(self._sets) else self._sets[chosen]
        if chosen == len(self._sets) and not typed:
            return None
        marker = tuple(MARKERS)[self.query_one("#marker", Choice).chosen]
        return Order(path, marker, LIMITS[self.query_one("#limit", Choice).chosen])

    @on(Choice.Changed)
    @on(Input.Changed)
    def _choose(self) -> None:
        other = self.query_one("#set", Choice).chosen == len(self._sets)
        self.query_one(Input).display = other
        order = self.order
        if order is not None and not self._marking:
            self._look(order)

    @in_background("look", exclusive=True)
    def _look(self, order: Order) -> None:
        self.post_message(self.Found(kept(order, self.coach.paths.runs_dir)))

    @on(Found)
    def _show(self, event: Found) -> None:
        self._kept = event.kept
        self.query_one(ReportPanel).show(event.kept)
        self.query_one(TitleLine).aside = place(event.kept.folder) if event.kept else ""
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        if action == "mark":
            return not self._marking
        if action == "stop":
            return self._marking
        return action != "report" or self._kept is not None

    @on(Input.Submitted)
    def action_mark(self) -> None:
        if self._marking:
            return
        order = self.order
        if order is None:
            self.notify(self.words("eval.no_file"), severity="warning")
            self.query_one(Input).focus()
            return
        self._set_marking(True)
        self._say(self.words("eval.opening"))
        self.query_one(ProgressBar).update(total=None)
        self._run_child(order)

    @in_background("run")
    def _run_child(self, order: Order) -> None:
        runs = self.coach.paths.runs_dir
        self._child = child = Child(order, runs)
        for pace in child.progress():
            self.post_message(self.Went(pace))
        done = child.end()
        self.post_message(self.Ended(done))
        if done:
            self.post_message(self.Found(kept(order, runs)))

    @on(Went)
    def _advance(self, event: Went) -> None:
        pace = event.pace
        self.query_one(ProgressBar).update(total=pace.total, progress=pace.done)
        self._say(self.words("eval.pace", **vars(pace)))

    @on(Ended)
    def _end(self, event: Ended) -> None:
        self._set_marking(False)
        self._say(self.words("eval.done" if event.done else "eval.stopped"))

    def work_failed(self, group: str, error: CoachError) -> None:
        if group == "run":
            self._set_marking(False)
            self._say("")
        super().work_failed(group, error)

    def action_stop(self) -> None:
        if self._child is not None:
            self._say(self.words("eval.stopping"))
            self._child.stop()

    @in_background("browser")
    def action_report(self) -> None:
        if self._kept is not None:
            page = self._kept.folder / "report.html"
            self.notify(self.words("eval.opened", path=page), timeout=12, markup=False)
            open_in_browser(page)

    def action_back(self) -> None:
        """Stops a run first; what was marked is kept."""
        self.action_stop() if self._marking else self.dismiss()

    def keep_now(self) -> None:
        if self._marking:
            self.action_stop()

    def _set_marking(self, running: bool) -> None:
        self._marking = running
        self.set_class(running, "-marking")
        self.refresh_bindings()

    def _say(self, text: str) -> None:
        self.query_one("#pace", Static).update(text)
