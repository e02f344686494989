"""Calibrations: fitted to marks, kept by model, and never turning a higher score into a lower mark."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import InputFileError
from coach.grade import Calibrations, Grader, Task
from coach.grade.calibration import AS_SHIPPED, Calibration
from coach.grade.opinions import fitted
from coach.language_model import LanguageModel
from coach.models.scripted import ScriptedChat
from eval.calibrate import Pair, figures, fit, unseen

TASK = Task.from_reference(
    "What does dropout do?", ["It zeroes random units."], ["Random units are zeroed."], "en"
)


def pairs(mild: float, questions: int = 4) -> list[Pair]:
    """Twenty answers whose examiner gives `mild` more than the score, up to 1."""
    scores = [n / 20 for n in range(20)]
    return [Pair(f"q{i % questions}", s, min(1.0, s + mild)) for i, s in enumerate(scores)]


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.1, 5), st.floats(-4, 4))
def test_a_higher_score_is_never_a_lower_mark(
    one: float, other: float, slope: float, offset: float
) -> None:
    calibration = Calibration(slope, offset, 20)
    low, high = sorted((one, other))
    assert 0 <= calibration(low) <= calibration(high) <= 1


def test_marks_come_nearer_to_a_milder_examiner_on_questions_left_out() -> None:
    data = pairs(0.3)
    before = figures([pair.score for pair in data], data)
    after = figures(unseen(data), data)
    assert after["mean_absolute_error"] < before["mean_absolute_error"] / 2
    assert abs(after["mean_bias"]) < 0.05


def test_an_examiner_who_agrees_changes_next_to_nothing() -> None:
    found = fit(pairs(0.0))
    assert found(0.5) == pytest.approx(0.5, abs=0.03)


def test_one_question_is_left_out_by_fifths() -> None:
    assert len(unseen(pairs(0.2, questions=1))) == 20


def test_too_few_answers_are_refused() -> None:
    with pytest.raises(InputFileError, match="too few"):
        fit(pairs(0.1)[:9])


def test_calibrations_are_kept_by_model(tmp_path: Path) -> None:
    kept = Calibrations(tmp_path / "data" / "calibrations.json")
    assert kept.of("one") == AS_SHIPPED
    kept.keep("one", Calibration(1.5, 0.25, 40))
    kept.keep("other", Calibration(1.0, -1.0, 12))
    again = Calibrations(kept.file)
    assert again.of("one") == Calibration(1.5, 0.25, 40)
    assert again.of("third")(0.37) == 0.37
    assert again.of("one", "card") == AS_SHIPPED
    again.keep("one", Calibration(1.0, 0.5, 30), "card")
    assert (again.of("one").answers, again.of("one", "card").answers) == (40, 30)


def test_a_model_that_marks_were_not_fitted_with_has_a_note_until_it_is_calibrated(
    tmp_path: Path,
) -> None:
    kept = Calibrations(tmp_path / "calibrations.json")
    assert kept.note(fitted()["with"]) == ""
    assert "with one they may be stricter or milder" in kept.note("one")
    kept.keep("one", Calibration(1.5, 0.25, 40))
    assert kept.note("one") == ""
    assert kept.note("other")


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"m": 3}', '{"m": {"exam": {"slope": -1, "offset": 0, "answers": 9}}}']
)
def test_a_broken_file_says_so(tmp_path: Path, text: str) -> None:
    file = tmp_path / "calibrations.json"
    file.write_text(text)
    with pytest.raises(InputFileError, match="no calibrations"):
        Calibrations(file).of("m")


def test_the_grader_gives_the_calibrated_mark_for_a_reference_alone() -> None:
    model = LanguageModel(ScriptedChat(replies=lambda _: {"A": 1.0}), name="scripted", remote=False)
    answer = "During training random units are zeroed."
    plain = Grader(lambda: model)
    mild = Grader(lambda: model, calibrated=lambda *_: Calibration(1.0, -2.0, 20))
    shipped = plain.grade(TASK, answer).score
    assert shipped is not None
    calibrated = Calibration(1.0, -2.0, 20)(shipped)
    assert mild.grade(TASK, answer).score == pytest.approx(calibrated, abs=2e-3)
    assert calibrated < shipped
    assert mild.uncalibrated().grade(TASK, answer).score == shipped


def test_the_file_is_json(tmp_path: Path) -> None:
    kept = Calibrations(tmp_path / "calibrations.json")
    kept.keep("m", Calibration(1.0, 0.5, 10))
    fitted_here = {"slope": 1.0, "offset": 0.5, "answers": 10}
    assert json.loads(kept.file.read_text()) == {"m": {"exam": fitted_here}}
