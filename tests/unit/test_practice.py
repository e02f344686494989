"""Running answers to exercises: outcomes, messages, files. No code is executed: the runner is scripted."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.errors import InputFileError, UsageError
from coach.exercise import CaseResult, Failed, Loaded
from coach.paths import CORPUS
from coach.practice import Practice, advice, read_submission, result_to_json
from coach.practice.catalogue import MAX_SOURCE, load_exercise
from coach.sandbox import ScriptedRunner

FOLDER = CORPUS / "exercises"


def softmax(_name: str, args: Sequence[Any]) -> Any:
    powers = np.exp(args[0] - args[0].max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def practice(reply: Any = softmax, **options: Any) -> Practice:
    return Practice(FOLDER, ScriptedRunner(reply, **options))


def test_a_right_answer_passes_and_each_case_is_told_as_it_comes() -> None:
    told: list[CaseResult] = []
    result = practice().run("softmax", "…", seed=1, on_case=told.append)
    assert result.passed
    assert tuple(told) == result.cases
    assert result.first_failure is None


def test_the_source_reaches_the_runner_as_it_is() -> None:
    runner = ScriptedRunner(softmax)
    Practice(FOLDER, runner).run("softmax", "x = 1\n", seed=1)
    assert runner.runs[0].sources == ["x = 1\n"]


def test_a_wrong_answer_names_the_rule_the_place_and_the_call() -> None:
    result = practice(lambda _, args: args[0] * 0 + 1).run("softmax", "…", seed=1)
    failure = result.first_failure
    assert not result.passed
    assert failure is not None
    assert failure.status == "wrong"
    assert "two shares" in failure.message
    assert "First difference at [0, 0]: expected 0." in failure.message
    assert "Call: softmax([[" in failure.message


def test_messages_come_in_the_language_asked_for() -> None:
    result = practice(lambda _, args: args[0].T).run("softmax", "…", seed=1, lang="zh")
    assert result.first_failure is not None
    assert "形状应为 (1, 2)，实际为 (2, 1)。" in result.first_failure.message


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "Expected an array, got nothing"),
        ([[0.5, 0.5]], "Expected an array, got a sequence of length 1."),
        ("no", "got 'no'"),
        ({"a": 1}, "got a dict with a"),
        (0.5, "Expected shape (1, 2), got ()"),
        (np.full((1, 2), np.nan), "holds nan at [0, 0]"),
        (np.full((1, 2), 0.5 + 1j), "complex128"),
    ],
)
def test_every_kind_of_wrong_value_is_explained(value: Any, said: str) -> None:
    result = practice(lambda *_: value).run("softmax", "…", seed=1)
    assert result.first_failure is not None
    assert said in result.first_failure.message


def test_an_exception_fails_its_case_and_the_next_is_tried() -> None:
    failed = Failed("error", "line 3: ValueError: no", 0.1)
    result = practice(lambda *_: failed).run("softmax", "…", seed=1)
    assert {case.status for case in result.cases} == {"error"}
    assert len(result.cases) > 1
    assert "line 3: ValueError: no" in result.cases[0].message


@pytest.mark.parametrize("status", ["timeout", "memory", "crash", "exited", "output", "protocol"])
def test_what_ends_the_run_ends_it(status: Any) -> None:
    failed = Failed(status, "detail", 0.1, over=True)
    result = practice(lambda *_: failed).run("softmax", "…", seed=1)
    assert [case.status for case in result.cases] == [status]
    assert not result.passed


def test_a_file_without_the_function_says_which_is_missing() -> None:
    result = practice(loading=Loaded(("softmax",), 0.0)).run("softmax", "…", seed=1)
    assert [(c.name, c.status) for c in result.cases] == [("load", "error")]
    assert "no function called softmax" in result.cases[0].message


def test_a_file_that_does_not_load_is_a_failed_run() -> None:
    loading = Failed("error", "line 7: SyntaxError: invalid syntax", 0.0, over=True)
    result = practice(loading=loading).run("softmax", "…", seed=1)
    assert "line 7" in result.cases[0].message


def test_the_result_has_the_promised_shape() -> None:
    shown = result_to_json(practice(printed=("out", "err")).run("softmax", "…", seed=1))
    keys = ["exercise", "passed", "cases", "stdout", "stderr", "limits", "isolation", "elapsed_s"]
    assert list(shown) == keys
    assert list(shown["cases"][0]) == ["name", "status", "message", "elapsed_s"]
    assert (shown["stdout"], shown["stderr"]) == ("out", "err")


def test_an_unknown_exercise_names_the_nearest() -> None:
    with pytest.raises(UsageError) as error:
        practice().get("softmx")
    assert "softmax" in error.value.hint


def test_start_writes_once_and_never_overwrites(tmp_path: Path) -> None:
    file = practice().start("softmax", tmp_path / "new" / "answer.py")
    assert "def softmax" in file.read_text()
    file.write_text("mine")
    with pytest.raises(UsageError, match="exists already"):
        practice().start("softmax", file)
    assert file.read_text() == "mine"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"x" * (MAX_SOURCE + 1), "larger"),
        (b"a = 1\nb = '\xff'\n", "line 2"),
        (None, "can't be read"),
    ],
)
def test_a_file_that_is_no_program_is_refused(
    tmp_path: Path, data: bytes | None, said: str
) -> None:
    file = tmp_path / "answer.py"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(InputFileError, match=said):
        read_submission(file)


def test_a_folder_is_no_program_and_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    with pytest.raises(InputFileError):
        read_submission(tmp_path)
    (tmp_path / "a.py").write_bytes(b"\xef\xbb\xbfx = 1\n")
    assert read_submission(tmp_path / "a.py") == "x = 1\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("entry_points = [", ""),
        ('colour = "red"', "colour"),
        ('entry_points = ["f"]', "title|needs"),
    ],
)
def test_a_wrong_description_names_file_and_field(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "exercise.toml").write_text(text)
    with pytest.raises(InputFileError, match=said or "exercise.toml"):
        load_exercise(tmp_path)


@pytest.mark.parametrize(
    "source",
    [
        "import scipy.special\nscipy.special.softmax(x)",
        "from scipy.special import softmax as s\ns(x)",
        "import scipy.special as t\nf = getattr(t, 'softmax')\nf(x)",
        "__import__('scipy').special.softmax(x)",
        "import importlib\nimportlib.import_module('scipy.special').softmax(x)",
    ],
)
def test_a_forbidden_call_is_seen_through_aliases(source: str) -> None:
    assert any(
        "scipy.special.softmax" in line for line in advice(source, ["scipy.special.softmax"])
    )


@pytest.mark.parametrize("source", ["import numpy as np\nnp.exp(1)", "def f(", "x = 1"])
def test_other_calls_are_not_advised_against(source: str) -> None:
    assert advice(source, ["scipy.special.softmax", "torch"]) == []


def test_advice_survives_what_is_nested_too_deeply() -> None:
    assert advice("import numpy\nnumpy" + ".a" * 3000, ["torch"]) == []


def test_source_with_half_a_character_is_run_without_it() -> None:
    result = practice().run("softmax", "x = '\ud800'", seed=1)
    assert result.passed
