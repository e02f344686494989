"""Eval sets are checked line by line, and metrics agree with hand-made cases."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from coach.errors import InputFileError
from eval.datasets import Sample, read_set
from eval.metrics import Result, agreement

ROW = {
    "id": "a",
    "question_id": "q",
    "lang": "en",
    "question": "Why?",
    "reference": "Because.",
    "answer": "so",
    "score": 1,
    "max_score": 2,
}
SAMPLE = Sample("a", "q", "en", "Why?", ("Because.",), (), "so", 1.0, 2.0, None)


def write(folder: Path, *rows: object) -> Path:
    file = folder / "set.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return file


def test_a_sound_line_becomes_a_sample(tmp_path: Path) -> None:
    extra = {**ROW, "feedback": "kept by others", "id": 7}
    assert list(read_set(write(tmp_path, extra))) == [replace(SAMPLE, id="7")]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"score": 3}, "score"),
        ({"score": "1"}, "score"),
        ({"max_score": 0}, "max_score"),
        ({"lang": "fr"}, "lang"),
        ({"answer": None}, "answer"),
        ({"reference": 3}, "reference"),
        ({"question_id": ""}, "question_id"),
    ],
)
def test_a_faulty_line_is_named_with_its_field(
    tmp_path: Path, change: dict[str, object], field: str
) -> None:
    file = write(tmp_path, ROW, {**ROW, "id": "b", **change})
    with pytest.raises(InputFileError, match=f"line 2: {field}"):
        list(read_set(file))


def test_ids_must_differ_and_files_must_exist(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="line 2: id 'a' occurs twice"):
        list(read_set(write(tmp_path, ROW, ROW)))
    with pytest.raises(InputFileError, match="nowhere"):
        list(read_set(tmp_path / "nowhere.jsonl"))


def results(pairs: list[tuple[float, float | None]]) -> list[Result]:
    return [
        Result(replace(SAMPLE, id=str(n), score=human, answer="x" * n), score, 0.1)
        for n, (human, score) in enumerate(pairs)
    ]


def test_perfect_agreement_and_its_opposite() -> None:
    same = agreement(results([(0, 0.0), (1, 0.5), (2, 1.0)]))
    assert same["pearson_r"] == pytest.approx(1)
    assert same["quadratic_weighted_kappa"] == pytest.approx(1)
    assert (same["accuracy"], same["mean_absolute_error"]) == (1, 0)
    opposite = agreement(results([(0, 1.0), (1, 0.5), (2, 0.0)]))
    assert opposite["pearson_r"] == pytest.approx(-1)
    assert opposite["quadratic_weighted_kappa"] == pytest.approx(-1)


def test_bias_and_errors_are_on_the_scale_from_0_to_1() -> None:
    found = agreement(results([(0, 0.1), (1, 0.6), (2, 1.0), (2, None)]))
    assert found["mean_bias"] == pytest.approx(0.2 / 3)
    assert found["root_mean_squared_error"] == pytest.approx((0.02 / 3) ** 0.5)


def test_undefined_metrics_are_none_not_a_number() -> None:
    assert agreement(results([(1, 0.5)]))["pearson_r"] is None
    assert set(agreement(results([(1, None)])).values()) == {None}


def test_scores_are_rounded_to_the_marks_of_their_scale() -> None:
    quarter = [Result(replace(SAMPLE, score=0.5, step=0.5), 0.3, 0.1)]
    assert agreement(quarter)["accuracy"] == 1
