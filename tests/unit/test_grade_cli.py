"""`coach grade` and `coach ask` at the command line, over stand-ins."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach.cli.ask import app as ask_app
from coach.cli.grade import app as grade_app

pytestmark = pytest.mark.usefixtures("home")
REFERENCE = ["--question", "What is Adam?", "--reference", "Adam keeps running means of gradients."]


def run(*arguments: str, stdin: bytes | None = None) -> tuple[int, dict[str, object], str]:
    result = CliRunner().invoke(grade_app, [*arguments, "--json"], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, json.loads(result.stdout), result.stderr


def message(value: dict[str, object]) -> str:
    error = value["error"]
    assert isinstance(error, dict)
    return f"{error['kind']}: {error['message']} {error['hint']}"


def test_an_empty_answer_is_an_answer() -> None:
    code, value, _ = run("--card", "adam", "--answer", "")
    assert code == 0
    assert value["grade"] == "no_answer"
    assert value["score"] == 0.0
    assert value["card"] == "adam"


def test_the_language_of_the_answer_or_the_option_decides() -> None:
    assert "没有" in str(run("--card", "adam", "--answer", "不知道")[1]["feedback"])
    assert "没有" in str(run("--card", "adam", "--answer", "idk", "--lang", "zh")[1]["feedback"])


def test_an_answer_comes_from_standard_input() -> None:
    code, value, _ = run(*REFERENCE, "-", stdin="不知道".encode())
    assert code == 0
    assert value["grade"] == "no_answer"
    citation = value["key_points"][0]["citation"]  # type: ignore[index]
    assert citation["document"] == "reference"


def test_without_a_model_the_answer_stays_ungraded() -> None:
    code, value, _ = run(*REFERENCE, "--answer", "It keeps running means of the gradients.")
    assert code == 1
    assert value["grade"] == "ungraded"
    assert value["score"] is None
    assert "coach model pull" in str(value["ungraded_reason"])


def test_an_unknown_card_names_the_nearest() -> None:
    code, value, _ = run("--card", "adan", "--answer", "x")
    assert code == 2
    assert "adam" in message(value)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--answer", "x"],
        ["--card", "adam"],
        ["--card", "adam", "--answer", "x", "-"],
        ["--card", "adam", "--question", "q", "--answer", "x"],
        ["--question", "q", "--answer", "x"],
        ["--card", "adam", "--answer", "x", "--lang", "fr"],
    ],
)
def test_wrong_usage_is_said(arguments: list[str]) -> None:
    code, value, _ = run(*arguments)
    assert code == 2
    assert message(value).startswith("usage")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x00\x01\x02", "binary"),
        ("梯度".encode("gbk"), "UTF-8 (line 1)"),
        (b"a" * 1_000_001, "larger"),
        (None, "cannot be read"),
    ],
)
def test_an_unusable_answer_file_is_named(tmp_path: Path, data: bytes | None, why: str) -> None:
    file = tmp_path / "answer.txt"
    if data is not None:
        file.write_bytes(data)
    code, value, _ = run(*REFERENCE, "--answer-file", str(file))
    assert code == 2
    assert "answer.txt" in message(value)
    assert why in message(value)


def test_the_plain_form_uses_words_and_marks() -> None:
    result = CliRunner().invoke(grade_app, [*REFERENCE, "--answer", "I don't know"])
    assert result.exit_code == 0
    assert "[-] missing" in result.stdout
    assert "reference, lines 1-1" in result.stdout
    assert "0.00 of 1, no answer" in result.stdout


def test_a_blank_question_is_wrong_usage() -> None:
    result = CliRunner().invoke(ask_app, ["  ", "--json"])
    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"]["kind"] == "usage"
