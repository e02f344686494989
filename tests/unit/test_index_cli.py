"""`coach ingest`, `documents`, `index` and `search` as scripts see them."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from coach.cli.main import app

NOTES = "## What is dropout?\nUnits are dropped at random.\n\n## What is Adam?\nTwo moments.\n"


@pytest.fixture(autouse=True)
def _hashing(home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text('[embeddings]\nbackend = "hashing"\n')


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.md").write_text(NOTES)
    (folder / "broken.bin").write_bytes(b"\x00\x01")
    return folder


def call(*arguments: str, code: int = 0) -> Any:
    """Runs a command with --json and returns the one value it prints."""
    result = CliRunner().invoke(app, [*arguments, "--json"])
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def test_ingest_search_and_remove(notes: Path) -> None:
    report = call("ingest", str(notes))
    assert set(report) == {
        *("documents", "passages", "added", "updated", "removed", "unchanged"),
        *("problems", "elapsed_s"),
    }
    assert (report["documents"], report["passages"], report["added"]) == (1, 2, 1)
    assert [set(problem) for problem in report["problems"]] == [{"path", "line", "message"}]
    assert call("ingest", str(notes))["unchanged"] == 1
    found = call("search", "What is dropout? Units dropped at random", "-k", "2")
    best = found["passages"][0]
    assert set(best) == {"id", "document", "also_in", "locator", "lang", "text", "score"}
    assert best["document"] == "a.md"
    assert best["locator"] == {"start_line": 1, "end_line": 2, "heading": "What is dropout?"}
    assert best["also_in"] == []
    listed = call("documents", "list")["documents"]
    assert listed[0] == {
        "document": "a.md",
        "path": str(notes / "a.md"),
        "passages": 2,
        "shipped": False,
    }
    assert any(row["shipped"] for row in listed)
    assert call("documents", "remove", "a.md") == {"removed": ["a.md"]}


def test_language_of_the_passages(home: Path) -> None:
    found = call("search", "dropout", "--lang", "zh", "-k", "3")["passages"]
    assert [passage["lang"] for passage in found] == ["zh"] * 3
    assert call("search", "dropout", "--lang", "fr", code=2)["error"]["kind"] == "usage"


def test_nothing_readable_is_exit_code_2(notes: Path, tmp_path: Path) -> None:
    for path in (tmp_path / "absent", notes / "broken.bin"):
        error = call("ingest", str(path), code=2)["error"]
        assert error["kind"] == "input_file"
        assert path.name in error["message"]
        assert error["hint"]


def test_status_and_rebuild(notes: Path, home: Path) -> None:
    assert call("index", "status")["state"] == "absent"
    call("ingest", str(notes))
    assert call("index", "status")["documents"] == 1
    (home / "config.toml").write_text(
        '[embeddings]\nbackend = "openai"\nbase_url = "http://127.0.0.1:9"\n'
    )
    error = call("search", "x", code=3)["error"]
    assert error["kind"] == "index_missing"
    assert "coach index rebuild" in error["hint"]
    assert call("index", "status", code=3)["state"] == "other embedder"
    assert call("index", "rebuild", code=3)["error"]["kind"] == "model_missing"
    (home / "config.toml").write_text('[embeddings]\nbackend = "hashing"\n')
    assert call("index", "rebuild")["documents"] == 1


def test_progress_never_gets_into_the_result(notes: Path) -> None:
    result = CliRunner().invoke(app, ["ingest", str(notes), "--json"])
    assert "reading a.md" in result.stderr
    assert len(result.stdout.strip().split("\n")) == 1


@pytest.mark.parametrize(
    "command", [["ingest"], ["search"], ["documents", "list"], ["index", "rebuild"]]
)
def test_every_command_has_help_with_an_example(command: list[str]) -> None:
    result = CliRunner().invoke(app, [*command, "--help"])
    assert "coach " + command[0] in result.output
    assert "Example" in result.output
