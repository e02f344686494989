"""What baselines mark by, what graders are called, and how a run keeps its lines and tells its pace."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import InputFileError, UsageError
from eval.baselines import marks, overlap
from eval.graders import BASELINES, check_name
from eval.harness import Run
from eval.journal import Journal
from eval.pace import duration, paced
from eval.plain import highest, messages
from eval.store import Store
from tests.unit.eval_runs import Opened, samples


def test_the_mean_is_that_of_the_other_questions() -> None:
    held = samples(6)
    for sample, mark in zip(held, marks(held, [0.0] * 6, 0), strict=True):
        others = [s.human for s in held if s.question_id != sample.question_id]
        assert mark == pytest.approx(sum(others) / len(others), abs=1e-6)


def test_with_one_question_marks_come_from_the_other_answers() -> None:
    held = [replace(s, question_id="q", score=float(n)) for n, s in enumerate(samples(6))]
    fitted = marks(held, [float(n) for n in range(6)], 0)
    assert fitted == pytest.approx([n / 5 for n in range(6)], abs=1e-6)
    assert marks(held[:1], [1.0], 0) == [None]


def test_overlap_is_that_of_the_nearest_reference_in_both_languages() -> None:
    sample = replace(samples()[0], references=("nothing shared", "momentum and gradients"))
    assert overlap(replace(sample, answer="the gradients")) == 0.5
    assert overlap(replace(sample, references=("梯度下降",), answer="用梯度")) == pytest.approx(
        1 / 3
    )
    assert overlap(replace(sample, answer="")) == 0.0


@pytest.mark.parametrize(
    ("top", "asked"), [(1.0, 1), (9.0, 9), (10.0, 5), (2.5, 5), (0.5, 5), (100.0, 5)]
)
def test_the_plain_way_asks_for_one_digit(top: float, asked: int) -> None:
    sample = replace(samples()[0], max_score=top, score=0.0)
    assert highest(top) == asked
    assert f"to {asked} (best)" in messages(sample, asked)[0][1]
    assert "{braces}" in messages(replace(sample, answer="{braces}"), asked)[1][1]


def test_the_plain_way_takes_the_likeliest_digit(opened: Opened) -> None:
    (row,) = Run(opened()[0], Store(None), samples()).report(["plain"])["graders"]
    assert row["mean_bias"] == pytest.approx(0.8 - 0.5)


@pytest.mark.parametrize("name", ["nonsense", "", "mean@x", "keypoints@", "@x"])
def test_a_grader_nobody_knows_is_wrong_usage(name: str) -> None:
    with pytest.raises(UsageError, match="--grader is"):
        check_name(name)


def test_every_baseline_can_be_named() -> None:
    for name in (*BASELINES, "keypoints", "keypoints@other", "plain@openai:x"):
        check_name(name)


def test_the_pace_counts_only_what_this_run_did() -> None:
    now = iter([0.0, 10.0, 20.0])
    told: list[str] = []
    tell = paced(lambda *state: told.append(str(state[2])), lambda: next(now))
    tell(105, 200, 100)
    tell(200, 200, 100)
    assert told == ["105/200, 0.5/s, 3 min left", "200/200, 5.0/s, 0 s left"]
    assert (duration(89), duration(3600), duration(7200)) == ("89 s", "60 min", "2.0 h")


def test_a_folder_in_use_is_not_written_to_unasked(tmp_path: Path) -> None:
    Store(tmp_path).close()
    with pytest.raises(UsageError, match="earlier run"):
        Store(tmp_path)


def test_results_that_are_none_of_ours_are_told_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "results.jsonl").write_text('{"key": "k", "score": null}\n{"id": 1}\n', "utf-8")
    with pytest.raises(InputFileError, match=r"results\.jsonl, line 2: key"):
        Store(tmp_path, resume=True)


json_lines = st.lists(
    st.fixed_dictionaries({"key": st.text(), "n": st.integers()}), min_size=1, max_size=5
)


@given(json_lines, st.integers(0, 400))
def test_a_journal_cut_off_anywhere_keeps_its_whole_lines(
    tmp_path_factory: pytest.TempPathFactory, held: list[dict[str, Any]], length: int
) -> None:
    file = tmp_path_factory.mktemp("journal") / "lines.jsonl"
    journal = Journal(file)
    journal.open(lambda _: True)
    for line in held:
        journal.add(line)
    journal.close()
    whole = file.read_bytes()
    file.write_bytes(whole[:length])
    kept = whole[:length].count(b"\n")
    again = Journal(file)
    again.open(lambda _: True)
    again.add({"key": "next"})
    again.close()
    assert list(again.read()) == [*held[:kept], {"key": "next"}]
