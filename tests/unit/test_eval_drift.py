"""Drift in a run's report: disagreements over time, and marks against those of earlier runs."""

import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from coach.deck import Deck, load_deck
from eval.drift import GROUP, of_overrides, of_runs
from eval.overrides import judged
from eval.report import write_report
from eval.report.drift import NONE
from tests.disagreeing import Said, session

REPORT = {"set": "/sets/some.jsonl", "graders": [{"name": "keypoints", "model": "fake"}]}


@pytest.fixture(scope="module")
def deck() -> Deck:
    return load_deck()


def drifted(deck: Deck, said: Sequence[Said], *models: str) -> list[dict[str, Any]]:
    return of_overrides(judged([session(deck, said)], deck), models or ("fake",))


def kept(folder: Path, marks: Sequence[float | None], **changed: Any) -> Path:
    """A run whose answers have these marks."""
    folder.mkdir()
    rows = [
        {
            "id": f"a{n}",
            "question_id": f"q{n % 4}",
            "grader": "keypoints",
            "model": "fake",
            "human": 0.5,
            "score": mark,
            "answer": "so",
            **changed,
        }
        for n, mark in enumerate(marks)
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "results.jsonl").write_text(lines, "utf-8")
    (folder / "report.json").write_text(json.dumps(REPORT), "utf-8")
    return folder


def test_disagreements_come_twenty_at_a_time_with_an_interval(deck: Deck) -> None:
    said: list[Said] = (
        [(0.5, "good")] * GROUP + [(0.5, None)] * 9 + [(0.5, "again"), (0.6, "again")]
    )
    first, second = drifted(deck, said)
    assert (first["overrides"], first["verdicts"], first["from"]) == (20, 20, "2026-01-01")
    assert first["mean"] == pytest.approx(0.3)
    assert first["ci95"] == pytest.approx([0.3, 0.3])
    assert (second["overrides"], second["verdicts"]) == (2, 2)
    assert second["mean"] == pytest.approx(-0.35)
    assert second["ci95"][0] < second["mean"] < second["ci95"][1]


def test_a_single_disagreement_has_no_interval_and_another_models_do_not_count(deck: Deck) -> None:
    (row,) = drifted(deck, [(0.5, "good")])
    assert row["ci95"] is None
    assert drifted(deck, [(0.5, "good")], "other") == []
    assert drifted(deck, [(0.5, None)] * 30) == []


def test_the_change_against_an_earlier_run_of_the_same_answers(tmp_path: Path) -> None:
    kept(tmp_path / "before", [0.2, 0.4, 0.6, None])
    (row,) = of_runs(kept(tmp_path / "now", [0.3, 0.4, 0.8, 0.5]), REPORT)
    assert (row["run"], row["n"]) == ("before", 3)
    assert row["mean"] == pytest.approx(0.1)
    assert row["largest"] == pytest.approx(0.2)
    assert row["ci95"][0] <= row["mean"] <= row["ci95"][1]


def test_runs_of_other_sets_graders_and_texts_are_no_earlier_runs(tmp_path: Path) -> None:
    kept(tmp_path / "grader", [0.2], grader="plain")
    kept(tmp_path / "model", [0.2], model="other")
    kept(tmp_path / "text", [0.2], answer="not so")
    other = kept(tmp_path / "set", [0.2])
    (other / "report.json").write_text(json.dumps({**REPORT, "set": "other.jsonl"}), "utf-8")
    assert of_runs(kept(tmp_path / "now", [0.3]), REPORT) == []


def test_a_damaged_run_beside_it_does_no_harm_and_the_latest_come_first(tmp_path: Path) -> None:
    for number in range(7):
        folder = kept(tmp_path / f"run{number}", [number / 10])
        at = datetime(2026, 1, 1 + number, tzinfo=UTC).timestamp()
        os.utime(folder / "results.jsonl", (at, at))
    (kept(tmp_path / "broken", []) / "results.jsonl").write_text('{"id": 1}\n', "utf-8")
    (kept(tmp_path / "torn", [0.1]) / "report.json").write_text("{", "utf-8")
    rows = of_runs(kept(tmp_path / "now", [0.5]), REPORT)
    assert [row["run"] for row in rows] == ["run6", "run5", "run4", "run3"]
    assert rows[0]["made"] == "2026-01-07"


def written(folder: Path, drift: dict[str, Any]) -> tuple[str, str]:
    about = {"set": "s", "n": 0, "graders": [], "baselines": [], "drift": drift}
    write_report(folder, about, [], datetime(2026, 1, 2, tzinfo=UTC))
    html, twin = ((folder / name).read_text("utf-8") for name in ("report.html", "report.md"))
    return html, twin


def test_the_report_shows_a_plot_and_a_table_where_there_is_something(
    deck: Deck, tmp_path: Path
) -> None:
    kept(tmp_path / "<b>before", [0.2, 0.4, 0.6])
    now = kept(tmp_path / "now", [0.3, 0.4, 0.8])
    drift = {
        "overrides": drifted(deck, [(0.5, "good")] * 45),
        "runs": of_runs(now, REPORT),
    }
    html, twin = written(now, drift)
    section = BeautifulSoup(html, "lxml").find(id="drift")
    assert section is not None
    assert len(section.find_all("svg")) == 1
    assert len(section.find_all("tr")) == 1 + 3 + 1 + 1
    assert "<b>before" in section.text
    for text in ("0.30", "0.100", "0.200"):
        assert text in section.text
        assert text in twin


def test_the_report_says_so_where_there_is_nothing(tmp_path: Path) -> None:
    html, twin = written(tmp_path, {"overrides": [], "runs": []})
    assert NONE in html
    assert NONE in twin
    assert "<svg" not in html
