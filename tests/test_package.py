"""The wheel on its own: installed into an empty environment, far from any checkout."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the wheel; its dependencies are lent by this one, so no network is needed."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    interpreter = folder / "bin" / "python"
    subprocess.run(
        [interpreter, "-m", "pip", "install", "-q", "--no-deps", "--no-index", wheel], check=True
    )
    site = next(folder.glob("lib/python*/site-packages"))
    lent = Path(sysconfig.get_path("purelib"))
    # Not through a .pth file: that would bring this checkout's editable install along.
    for entry in lent.iterdir():
        if not entry.name.startswith(("_interview_coach", "interview_coach", "__pycache__", "pip")):
            target = site / entry.name
            if not target.exists():
                target.symlink_to(entry)
    return interpreter


def coach(python: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, "-m", "coach", *arguments],
        capture_output=True,
        text=True,
        cwd=home,
        env={"PATH": os.environ["PATH"], "COACH_HOME": str(home / "coach"), "HOME": str(home)},
        timeout=120,
    )


def test_everything_needed_at_run_time_is_in_the_wheel(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "corpus/vectors.npz",
        "corpus/cards/optimization/adam.toml",
        "corpus/notes/cnn.zh.md",
        "corpus/exercises/softmax/cases.py",
        "tui/app.tcss",
        "coach/cli/main.py",
        "eval/cli.py",
        "eval/report/templates/report.html.j2",
        "eval/report/templates/report.css",
    ):
        assert wanted in names
    assert any(name.startswith("coach/prompts/") for name in names)
    assert not any(name.startswith("tests/") for name in names)


def test_the_deck_is_there_far_from_the_checkout(python: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [python, "-c", "import coach; print(coach.__file__)"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert str(ROOT) not in where.stdout
    cards = json.loads(coach(python, tmp_path, "cards", "list", "--json").stdout)["cards"]
    assert len(cards) >= 40


def test_search_works_from_the_shipped_vectors(python: Path, tmp_path: Path) -> None:
    run = coach(python, tmp_path, "search", "why does dropout regularise?", "--json")
    assert run.returncode == 0, run.stderr
    assert any("dropout" in p["document"] for p in json.loads(run.stdout)["passages"])


def test_code_runs_in_the_sandbox(python: Path, tmp_path: Path) -> None:
    solution = ROOT / "corpus" / "exercises" / "softmax" / "solution.py"
    run = coach(python, tmp_path, "practice", "run", "softmax", str(solution), "--json")
    assert run.returncode == 0, run.stdout + run.stderr
    assert json.loads(run.stdout)["passed"]
