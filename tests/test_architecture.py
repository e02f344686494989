"""The structure held as tests: what may import what, and what must stay light."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from coach import errors

ROOT = Path(__file__).resolve().parent.parent
HEAVY = (
    "numpy",
    "chromadb",
    "langchain_core",
    "openai",
    "torch",
    "textual",
    "xllamacpp",
    "pydantic",
    "rich",
)
SOURCES = [
    path for room in ("coach", "tui", "eval") for path in sorted((ROOT / room).rglob("*.py"))
]


def loaded_by(code: str) -> set[str]:
    listing = f"import sys\n{code}\nprint('\\n'.join(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", listing], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return {name.split(".")[0] for name in run.stdout.split("\n")}


def test_the_import_contracts_hold() -> None:
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(
    "code",
    [
        "import coach.cli.main",
        "import coach.app",
        "import coach.cli.interview, coach.cli.config, coach.cli.cards",
        "import coach.interview, coach.history, coach.deck",
        "from coach.grade import Grader",
        "from coach.ask import Asker",
    ],
)
def test_the_light_rooms_load_nothing_heavy(code: str) -> None:
    assert not loaded_by(code) & set(HEAVY)


def test_the_first_screen_loads_textual_and_nothing_else_that_is_heavy() -> None:
    assert not loaded_by("import tui.app") & (set(HEAVY) - {"textual", "rich"})


def test_every_error_says_its_kind_and_is_drawn_in_the_tree() -> None:
    classes = [
        value
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, errors.CoachError)
    ]
    drawn = errors.__doc__ or ""
    for error in classes:
        assert error.__name__ in drawn
        assert error("what", "hint").to_json() == {
            "error": {"kind": error.kind, "message": "what", "hint": "hint"}
        }
    kinds = [
        error.kind for error in classes if error not in (errors.MissingError, errors.ModelError)
    ]
    assert len(set(kinds)) == len(kinds)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_functions_and_files_stay_short(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= 250
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, node.name
