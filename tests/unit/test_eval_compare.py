"""Two runs compared: a run equals itself, a real difference is found, and noise is not called one."""

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from coach.cli.main import app
from coach.errors import InputFileError, UsageError
from eval.compare import compare_runs
from eval.kept import read_results
from eval.metrics import AGREEMENT, measured


def results(
    noise: float, seed: int, grader: str = "keypoints", questions: int = 14, bias: float = 0.0
) -> list[dict[str, Any]]:
    rng = random.Random(seed)
    rows = []
    for number in range(questions * 8):
        human = (number * 7 % 5) / 4
        score = min(1.0, max(0.0, human + bias + rng.gauss(0, noise)))
        row = {"id": f"a{number}", "question_id": f"q{number % questions}", "grader": grader}
        rows.append(
            row | {"human": human, "score": score, "max_score": 4, "step": 1, "answer": "x"}
        )
    return rows


def kept(folder: Path, rows: list[dict[str, Any]], name: str = "run") -> Path:
    (folder / name).mkdir(exist_ok=True)
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / name / "results.jsonl").write_text(lines, "utf-8")
    return folder / name


def compared(folder: Path, a: list[dict[str, Any]], b: list[dict[str, Any]]) -> dict[str, Any]:
    report = compare_runs(kept(folder, a, "a"), kept(folder, b, "b"))
    (found,) = report["comparisons"]
    assert isinstance(found, dict)
    return found


def test_a_run_compared_with_itself_shows_no_difference(tmp_path: Path) -> None:
    rows = [*results(0.2, 1), results(0.2, 1)[0] | {"id": "late", "score": None}]
    found = compared(tmp_path, rows, rows)
    for entry in found["metrics"].values():
        assert (entry["difference"], entry["p"], entry["better"]) == (0, 1, None)
        assert entry["ci95"] == [0, 0]
    assert found["changed"] == []
    assert found["largest"] == 0
    assert all("same" in sentence for sentence in found["summary"])


def test_a_real_difference_is_found(tmp_path: Path) -> None:
    found = compared(tmp_path, results(0.5, 1), results(0.1, 2))
    for key in set(AGREEMENT) - {"mean_bias"}:
        entry = found["metrics"][key]
        assert entry["beyond_chance"], key
        assert entry["better"] == "b"
        assert entry["p"] < 0.01
        assert entry["ci95"][0] <= entry["difference"] <= entry["ci95"][1]
    distances = [abs(row["a"] - row["b"]) for row in found["changed"]]
    assert found["largest"] == distances[0]
    assert distances == sorted(distances, reverse=True)
    assert len(distances) == 10


def test_chance_is_called_chance(tmp_path: Path) -> None:
    sure = 0
    for seed in range(20):
        found = compared(tmp_path, results(0.3, seed), results(0.3, seed + 100))
        sure += found["metrics"]["pearson_r"]["beyond_chance"]
    assert sure <= 3


def test_a_bias_is_told_by_its_direction(tmp_path: Path) -> None:
    found = compared(tmp_path, results(0.1, 1, bias=-0.2), results(0.1, 1, bias=0.0))
    entry = found["metrics"]["mean_bias"]
    assert entry["better"] == "b"
    assert entry["difference"] > 0.1
    assert any("B marks higher" in sentence for sentence in found["summary"])


def test_one_question_and_few_questions_are_compared_with_a_warning(tmp_path: Path) -> None:
    one = compared(tmp_path, results(0.5, 1, questions=1), results(0.1, 2, questions=1))
    assert one["questions"] == 1
    assert one["metrics"]["pearson_r"]["p"] > 0
    few = compared(tmp_path, results(0.5, 1, questions=3), results(0.1, 2, questions=3))
    assert few["least_p"] == 0.25
    assert min(entry["p"] for entry in few["metrics"].values()) >= 0.25
    assert "3 questions only" in few["summary"][-1]


def test_ungraded_and_missing_answers_are_counted(tmp_path: Path) -> None:
    a, b = results(0.2, 1), results(0.2, 2)
    a[0]["score"] = a[1]["score"] = None
    found = compared(tmp_path, a, b[:-3])
    assert found["metrics"]["ungraded_share"]["a"] == pytest.approx(2 / len(b[:-3]))
    assert (found["a"]["only_here"], found["b"]["only_here"]) == (3, 0)
    assert found["n"] == len(b) - 3


def test_nothing_graded_in_both_leaves_agreement_undefined(tmp_path: Path) -> None:
    a = results(0.2, 1)
    found = compared(tmp_path, a, [row | {"score": None} for row in a])
    assert found["metrics"]["pearson_r"]["difference"] is None
    assert found["largest"] is None
    assert found["metrics"]["ungraded_share"]["difference"] == 1


def test_the_order_of_the_lines_does_not_matter(tmp_path: Path) -> None:
    a, b = results(0.3, 1), results(0.2, 2)
    assert compared(tmp_path, a, b) == compared(tmp_path, a[::-1], b[::-1])


def test_graders_are_paired_by_name_or_as_the_only_ones(tmp_path: Path) -> None:
    base = results(0.4, 9, "overlap")
    a = kept(tmp_path, [*results(0.2, 1, "one"), *base], "a")
    b = kept(tmp_path, [*results(0.2, 2, "other"), *base], "b")
    both = kept(tmp_path, [*results(0.2, 1, "one"), *results(0.2, 2, "other")], "both")

    def pairs(*arguments: Any) -> list[tuple[str, str]]:
        found = compare_runs(*arguments)["comparisons"]
        return [(one["a"]["grader"], one["b"]["grader"]) for one in found]

    assert pairs(a, b) == [("one", "other")]
    assert pairs(a, both) == [("one", "one")]
    assert pairs(both, both) == [("one", "one"), ("other", "other")]
    assert pairs(a, b, "overlap") == [("overlap", "overlap")]
    assert pairs(a, a, "one", "overlap") == [("one", "overlap")]
    with pytest.raises(UsageError, match="no grader 'nobody'"):
        compare_runs(a, b, "nobody")
    third = kept(tmp_path, [*results(0.2, 1, "x"), *results(0.2, 1, "y")], "third")
    with pytest.raises(UsageError, match="share no grader"):
        compare_runs(a, third)


def test_other_human_marks_are_an_error_that_names_the_answer(tmp_path: Path) -> None:
    b = results(0.2, 2)
    b[4]["human"] = 0.9
    with pytest.raises(InputFileError, match="'a4'"):
        compared(tmp_path, results(0.2, 1), b)
    with pytest.raises(InputFileError, match="no answer in common"):
        compared(tmp_path, results(0.2, 1), [row | {"id": f"b{row['id']}"} for row in b])


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ('{"id": 1}', "question_id"),
        ('{"id": "a", "question_id": "q", "grader": "g", "human": 2, "score": 1}', "human"),
        ('{"id": "a", "question_id": "q", "grader": "g", "human": NaN, "score": 1}', "human"),
        ('{"id": "a", "question_id": "q", "grader": "g", "human": 1, "score": "1"}', "score"),
        ('{"id": "a", "question_id": "q", "grader": "g", "human": 1}', "score"),
        ("[]", "no JSON object"),
        ("{", "Expecting property name"),
    ],
)
def test_a_faulty_line_is_named_with_its_field(tmp_path: Path, line: str, field: str) -> None:
    run = kept(tmp_path, results(0.2, 1)[:1])
    with (run / "results.jsonl").open("a") as file:
        file.write(line + "\n")
    with pytest.raises(InputFileError, match=f"line 2: {field}"):
        list(read_results(run))


@given(st.integers(1))
def test_a_last_line_that_was_cut_off_is_left_out(
    tmp_path_factory: pytest.TempPathFactory, place: int
) -> None:
    rows = [row | {"answer": "动量"} for row in results(0.2, 1)[:3]]
    whole = [json.dumps(row, ensure_ascii=False).encode() for row in rows]
    file = tmp_path_factory.mktemp("run") / "results.jsonl"
    file.write_bytes(b"\n".join([*whole[:2], whole[2][: place % len(whole[2])]]))
    assert [row.result.sample.id for row in read_results(file)] == ["a0", "a1"]


def test_missing_and_empty_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="nowhere"):
        compare_runs(tmp_path / "nowhere", tmp_path)
    with pytest.raises(InputFileError, match="holds no results"):
        compare_runs(kept(tmp_path, []), kept(tmp_path, []))


def test_each_run_has_the_values_of_its_own_report(tmp_path: Path) -> None:
    a, b = ([row | {"step": None} for row in results(0.3, seed)] for seed in (1, 2))
    found = compared(tmp_path, a, b)["metrics"]
    for side in "ab":
        report = measured([row.result for row in read_results(tmp_path / side)])
        for name, entry in found.items():
            assert entry[side] == pytest.approx(report[name])


def test_the_command_prints_words_or_json(tmp_path: Path) -> None:
    a = str(kept(tmp_path, [r | {"answer": "\x1b[31mred"} for r in results(0.5, 1)], "a"))
    b = str(kept(tmp_path, results(0.1, 2), "b"))
    runner = CliRunner()
    said = runner.invoke(app, ["eval", "compare", a, b])
    assert said.exit_code == 0
    assert "r: B is better by" in said.stdout
    assert re.search(
        r"Largest difference between two marks of an answer: [01]\.\d{4}\.", said.stdout
    )
    assert "\x1b" not in said.stdout
    found = json.loads(runner.invoke(app, ["eval", "compare", a, b, "--json"]).stdout)
    assert found == compare_runs(Path(a), Path(b))
    failed = runner.invoke(app, ["eval", "compare", a, b, "--grader", "x", "--json"])
    assert failed.exit_code == 2
    assert json.loads(failed.stdout)["error"]["kind"] == "usage"
