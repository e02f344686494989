"""The evaluation screen: a run watched, stopped, gone on with, and read."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from app_helpers import SIZE, text_of, told
from screen_helpers import settle, wait_until
from screen_standins import StandInCoach
from textual.pilot import Pilot
from textual.widgets import DataTable, Input, ProgressBar, Static

from coach.paths import Paths
from tui import evaluation
from tui.app import CoachApp
from tui.evaluation import Child, Order, kept
from tui.screens.eval import EvalScreen
from tui.screens.home import HomeScreen

STAND_IN = str(Path(__file__).with_name("eval_standin.py"))


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Has a stand-in mark instead of the program."""

    def use(tick_s: float, ending: str = "well") -> None:
        command = (sys.executable, STAND_IN, str(tick_s), ending)
        monkeypatch.setattr(evaluation, "PROGRAM", command)

    return use


def pace(app: CoachApp) -> str:
    return str(app.screen.query_one("#pace", Static).render())


async def opened(pilot: "Pilot[Any]") -> None:
    await settle(pilot)
    await pilot.press("f10")
    await settle(pilot)


async def test_a_run_shows_its_report(stand_in: StandInCoach, program: Any) -> None:
    program(0.0)
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("down", "down", "right", "enter")
        await settle(pilot)
        await wait_until(pilot, lambda: "Done" in pace(app))
        await settle(pilot)
        table = app.screen.query_one(DataTable)
        names = [str(table.get_row_at(n)[0]) for n in range(table.row_count)]
        assert names == ["keypoints", "overlap", "length", "two humans"]
        assert "0.84 [0.72, 0.94]" in text_of(app)
        drawn = str(app.screen.query_one("#plot-medians", Static).render())
        assert "0.50  ━━━━━━━━━━━━━━━━━━━━─" in drawn
    folder = stand_in.paths.runs_dir / "answers-en-model-50"
    arguments = json.loads((folder / "arguments.json").read_text("utf-8"))
    assert arguments[:2] == ["eval", "run"]
    assert arguments[3:] == [
        "--no-plain", "--limit", "50", "--out", str(folder), "--resume", "--json",
    ]  # fmt: skip


async def test_a_stopped_run_keeps_its_work_and_goes_on(
    stand_in: StandInCoach, program: Any
) -> None:
    program(0.2)
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "of 20" in pace(app))
        bar = app.screen.query_one(ProgressBar)
        assert (bar.total, bar.display) == (20, True)
        assert "2.0 a second" in pace(app)
        await pilot.press("escape")
        await wait_until(pilot, lambda: "Stopped" in pace(app))
        assert isinstance(app.screen, EvalScreen)
        results = stand_in.paths.runs_dir / "answers-en-model-20" / "results.jsonl"
        before = results.read_text("utf-8")
        assert before
        program(0.0)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "Done" in pace(app))
        assert results.read_text("utf-8").startswith(before)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_leaving_the_program_stops_the_run(stand_in: StandInCoach, program: Any) -> None:
    program(0.5)
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "of 20" in pace(app))
        child = app.screen._child
        await pilot.press("ctrl+q")
    assert child._process.wait(10) == evaluation.INTERRUPTED


async def test_why_a_run_failed_is_told(stand_in: StandInCoach, program: Any) -> None:
    program(0.0, "There is no model.")
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "There is no model." in told(app))
        assert "Pull one." in told(app)
        assert not app.screen.has_class("-marking")


async def test_a_file_of_ones_own_is_marked(
    stand_in: StandInCoach, program: Any, tmp_path: Path
) -> None:
    program(0.0)
    app = CoachApp(stand_in)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("left", "enter")
        await settle(pilot)
        assert "path" in told(app)
        assert isinstance(app.focused, Input)
        app.screen.query_one(Input).value = str(tmp_path / "my set.jsonl")
        await pilot.press("enter")
        await settle(pilot)
        await wait_until(pilot, lambda: "Done" in pace(app))
    arguments = stand_in.paths.runs_dir / "my_set-model-20" / "arguments.json"
    assert json.loads(arguments.read_text("utf-8"))[2] == str(tmp_path / "my set.jsonl")


async def test_the_report_of_an_earlier_run_opens_in_the_browser(
    paths: Paths, program: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(0.0)
    order = Order(evaluation.shipped_sets()[0], "model", 20)
    child = Child(order, paths.runs_dir)
    assert list(child.progress())[-1].done == 20
    assert child.end()
    asked = tmp_path / "asked"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {asked}\n', "utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    app = CoachApp(StandInCoach(paths))
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        assert "keypoints" in text_of(app)
        await pilot.press("o")
        await wait_until(pilot, asked.exists)
        await settle(pilot)
        page = order.folder(paths.runs_dir) / "report.html"
        assert str(page) in told(app)
    assert asked.read_text("utf-8").strip() == page.as_uri()


def test_a_damaged_report_says_what_to_do(paths: Paths) -> None:
    from coach.errors import InputFileError

    order = Order(evaluation.shipped_sets()[0], "none", None)
    folder = order.folder(paths.runs_dir)
    folder.mkdir(parents=True)
    (folder / "report.json").write_text("[]", "utf-8")
    with pytest.raises(InputFileError) as caught:
        kept(order, paths.runs_dir)
    assert str(folder) in caught.value.message


@pytest.mark.slow
def test_the_program_itself_is_understood(paths: Paths, home: Path, tmp_path: Path) -> None:
    rows = [
        {
            "id": f"a{n}", "question_id": f"q{n % 3}", "lang": "en",
            "question": "What is momentum?", "reference": "A mean of past gradients.",
            "answer": "A mean of gradients. " * (n + 1), "score": n % 5, "max_score": 4,
        }
        for n in range(9)
    ]  # fmt: skip
    answers = tmp_path / "small.jsonl"
    answers.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    order = Order(answers, "none", None)
    child = Child(order, paths.runs_dir)
    paces = list(child.progress())
    assert child.end()
    assert (paces[-1].done, paces[-1].total) == (36, 36)
    found = kept(order, paths.runs_dir)
    assert found is not None
    assert [row["name"] for row in found.report["graders"]] == ["overlap"]
    assert sum(count for _, count, _ in found.medians) == 9
