"""`coach practice` as a user types it, with the real sandbox."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import pytest
from click.testing import Result
from typer.testing import CliRunner

from coach.cli.practice import app
from coach.paths import CORPUS
from coach.sandbox import probe

SOLUTION = CORPUS / "exercises" / "softmax" / "solution.py"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))


@pytest.fixture
def isolated() -> None:
    found = probe()
    if not found.available:
        pytest.skip(found.message)


def coach(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def test_list_and_show_name_what_there_is() -> None:
    listed = json.loads(coach("list", "--json").stdout)["exercises"]
    assert {"softmax", "logistic-regression"} <= {exercise["id"] for exercise in listed}
    shown = json.loads(coach("show", "softmax", "--json", "--lang", "zh").stdout)
    assert shown["entry_points"] == ["softmax"]
    assert "按行" in shown["title"]
    assert "def softmax" in coach("show", "softmax").stdout


@pytest.mark.usefixtures("isolated")
def test_the_way_from_start_to_passed(tmp_path: Path) -> None:
    file = tmp_path / "answer.py"
    assert coach("start", "softmax", "--to", str(file)).exit_code == 0
    assert coach("start", "softmax", "--to", str(file)).exit_code == 2
    unfinished = coach("run", "softmax", str(file))
    assert unfinished.exit_code == 1
    assert "NotImplementedError" in unfinished.stdout
    file.write_text(SOLUTION.read_text())
    result = coach("run", "softmax", str(file), "--json")
    assert result.exit_code == 0
    shown = json.loads(result.stdout)
    assert shown["passed"]
    assert {"user", "pid", "net", "mount", "seccomp"} <= set(shown["isolation"])


@pytest.mark.usefixtures("isolated")
@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def softmax(x)\n    return x\n", "line 1: SyntaxError"),
        ("def other(x):\n    return x\n", "no function called softmax"),
        ("", "no function called softmax"),
        ("\x00", "null bytes"),
        ("import nothing_like_this\n", "ModuleNotFoundError"),
    ],
)
def test_a_program_that_can_not_run_is_a_failed_run(tmp_path: Path, source: str, said: str) -> None:
    file = tmp_path / "answer.py"
    file.write_text(source)
    result = coach("run", "softmax", str(file), "--json")
    assert result.exit_code == 1
    shown = json.loads(result.stdout)
    assert not shown["passed"]
    assert said in shown["cases"][0]["message"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "sotfmax", str(SOLUTION)], "softmax"),
        (["run", "softmax", "/nowhere/at/all.py"], "can't be read"),
        (["show", "softmax", "--lang", "fr"], "en or zh"),
    ],
)
def test_wrong_usage_is_told_and_exits_with_2(arguments: list[str], said: str) -> None:
    result = coach(*arguments, "--json")
    assert result.exit_code == 2
    error = json.loads(result.stdout)["error"]
    assert said in error["message"] + error["hint"]


@pytest.mark.usefixtures("isolated")
def test_attempts_are_recorded_and_listed() -> None:
    broken = SOLUTION.with_name("starter.py")
    assert coach("run", "softmax", str(broken)).exit_code == 1
    assert coach("run", "softmax", str(SOLUTION)).exit_code == 0
    listed = json.loads(coach("list", "--json").stdout)["exercises"]
    tried = {row["id"]: (row["attempts"], row["passed"]) for row in listed}
    assert tried["softmax"] == (2, True)
    assert tried["adam-step"] == (0, False)


def test_the_weaker_isolation_is_shown_in_every_result() -> None:
    found = probe("landlock")
    if not found.available:
        pytest.skip(found.message)
    result = coach("run", "softmax", str(SOLUTION), "--sandbox", "landlock")
    assert result.exit_code == 0
    assert "weaker isolation" in result.stderr
    shown = coach("run", "softmax", str(SOLUTION), "--sandbox", "landlock", "--json")
    isolation = json.loads(shown.stdout)["isolation"]
    assert isolation[0] == "landlock_only"
    assert not {"user", "pid", "net", "mount"} & set(isolation)


def test_isolation_can_not_be_switched_off() -> None:
    result = coach("run", "softmax", str(SOLUTION), "--sandbox", "off")
    assert result.exit_code == 2
    assert "bubblewrap" in result.stderr


@pytest.mark.usefixtures("isolated")
def test_watch_runs_whenever_the_file_is_saved(tmp_path: Path) -> None:
    file = tmp_path / "answer.py"
    file.write_text("def softmax(x): return x")
    command = [sys.executable, "-u", "-m", "coach", "practice", "watch", "softmax", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as watching:
        assert watching.stdout is not None
        try:
            read_until(watching.stdout, "not passed")
            time.sleep(1)  # the watcher starts after the first run
            file.write_text(SOLUTION.read_text())
            read_until(watching.stdout, "\npassed")
            beside = file.with_suffix(".tmp")  # the way many editors save
            beside.write_text("def softmax(x): return 0 * x")
            beside.replace(file)
            read_until(watching.stdout, "not passed")
        finally:
            watching.send_signal(signal.SIGINT)
        assert watching.wait(20) == 0


def read_until(stream: IO[str], wanted: str) -> None:
    """Reads lines until the text is among them; the test's own time limit ends an endless wait."""
    seen = ""
    while wanted not in seen:
        line = stream.readline()
        assert line, seen
        seen += line
