"""`coach eval run` at the command line, over a loopback endpoint."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from eval.cli import app
from tests.fake_openai import Behaviour, FakeOpenAI, reply, slow, wait_until

ROWS = [
    {
        "id": f"a{n}",
        "question_id": f"q{n % 2}",
        "lang": ("en", "zh")[n % 2],
        "question": ("What is momentum?", "什么是动量？")[n % 2],
        "reference": ("It keeps a mean of past gradients.", "它保留过去梯度的均值。")[n % 2],
        "answer": ("It keeps a mean of past gradients.", "它保留过去梯度的均值。")[n % 2] + f" {n}",
        "score": n % 5,
        "max_score": 4,
        "score_1": n % 5,
        "score_2": (n + n % 3) % 5,
    }
    for n in range(12)
]

MARK = reply("3", logprobs={"3": 1.0})


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    file = tmp_path / "set.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in ROWS), "utf-8")
    return file


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@contextmanager
def endpoint(home: Path, *replies: Behaviour) -> Iterator[FakeOpenAI]:
    """A model that replies so, named by the settings in `home`."""
    with FakeOpenAI(*replies) as server:
        home.mkdir(exist_ok=True)
        text = f'[model]\nname = "fake"\nbase_url = "{server.base_url}"\n'
        (home / "config.toml").write_text(text, "utf-8")
        yield server


def run(*arguments: object) -> tuple[int, Any, str]:
    result = CliRunner().invoke(app, ["run", *map(str, arguments), "--json"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, json.loads(result.stdout), result.stderr


def test_a_report_has_graders_baselines_humans_and_intervals(
    home: Path, answers: Path, out: Path
) -> None:
    with endpoint(home, MARK):
        code, report, told = run(
            answers, "--grader", "plain", "--grader", "plain@other", "--out", out
        )
    assert code == 0
    assert [(row["name"], row["model"]) for row in report["graders"]] == [
        ("plain", "fake"),
        ("plain@other", "other"),
    ]
    assert [row["name"] for row in report["baselines"]] == [
        "mean",
        "length",
        "overlap",
        "embedding",
    ]
    assert (report["set"], report["n"], report["human"]["n"]) == (str(answers), 12, 12)
    row = report["baselines"][2]
    low, high = row["ci95"]["mean_absolute_error"]
    assert low <= row["mean_absolute_error"] <= high
    assert set(row["by_lang"]) == {"en", "zh"}
    assert json.loads((out / "report.json").read_text("utf-8")) == report
    assert len((out / "results.jsonl").read_text("utf-8").splitlines()) == 12 * 6
    assert "100% 72/72" in told
    made = r"\| Made \| \d{4}-\d\d-\d\d \d\d:\d\d UTC \|"
    assert re.search(made, (out / "report.md").read_text("utf-8"))


def test_the_table_has_a_row_for_each(home: Path, answers: Path) -> None:
    result = CliRunner().invoke(app, ["run", str(answers), "--grader", "overlap", "--limit", "8"])
    assert result.exit_code == 0
    names = [line.split()[0] for line in result.stdout.splitlines()]
    assert names == ["grader", "overlap", "mean", "length", "embedding", "human"]
    assert "plain was left out" in result.stderr


def test_a_model_the_marks_were_not_calibrated_with_is_told_in_the_report(
    home: Path, answers: Path, out: Path
) -> None:
    with endpoint(home, reply("A", logprobs={"A": 0.7, "B": 0.1, "C": 0.1, "D": 0.1})):
        _, report, _ = run(answers, "--no-plain", "--limit", "4", "--out", out)
    (row,) = report["graders"]
    assert "with fake they may be stricter or milder" in row["note"]
    assert {other["note"] for other in report["baselines"]} == {""}
    for name in ("report.html", "report.md"):
        assert "they may be stricter or milder" in (out / name).read_text("utf-8")


def test_wrong_usage_and_wrong_files_are_told_apart_from_a_missing_model(
    home: Path, answers: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("", "utf-8")
    for arguments, code, kind in [
        ([answers, "--grader", "keypoint"], 2, "usage"),
        ([answers, "--resume"], 2, "usage"),
        ([tmp_path / "nowhere.jsonl"], 2, "input_file"),
        ([empty], 2, "input_file"),
        ([answers], 3, "model_missing"),
        ([answers, "--cluster", "tcp://127.0.0.1:1"], 3, "missing"),
    ]:
        found, value, _ = run(*arguments)
        assert (found, value["error"]["kind"]) == (code, kind)
        assert value["error"]["hint"]


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(
    home: Path, answers: Path, out: Path, workers: int
) -> None:
    command = [sys.executable, "-m", "coach", "eval", "run", answers, "--grader", "plain"]
    results = out / "results.jsonl"
    with endpoint(home, MARK, MARK, MARK, slow(60)) as server:
        started = subprocess.Popen(
            [*map(str, command), "--out", str(out), "--workers", str(workers), "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "COACH_HOME": str(home)},
        )
        assert wait_until(lambda: len(server.chats) == 3 + workers, 60)
        assert wait_until(lambda: results.read_bytes().count(b"\n") == 3, 60)
        started.send_signal(signal.SIGINT)
        said, told = started.communicate(timeout=60)
    assert (started.returncode, said) == (130, b"")
    assert b"--resume" in told
    assert len(results.read_text("utf-8").splitlines()) == 3

    with endpoint(home, MARK) as server:
        code, report, _ = run(answers, "--grader", "plain", "--out", out, "--resume")
        assert len(server.chats) == 9
    assert (code, report["graders"][0]["graded"]) == (0, 12)


def test_an_endpoint_that_dies_in_the_middle_ends_the_run_with_its_results_kept(
    home: Path, answers: Path, out: Path
) -> None:
    with endpoint(home, MARK):
        assert run(answers, "--grader", "plain", "--out", out, "--limit", "4")[0] == 0
    code, value, _ = run(answers, "--grader", "plain", "--out", out, "--resume")
    assert (code, value["error"]["kind"]) == (3, "model_missing")
    assert "--resume" in value["error"]["hint"]
    kept = [json.loads(line) for line in (out / "results.jsonl").read_text("utf-8").splitlines()]
    assert sum(line["score"] is not None for line in kept if line["grader"] == "plain") == 4
