"""The doctor: what is missing is named with its remedy, and only what the main job needs fails."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach.cli.main import app
from coach.grade.calibration import Calibration, Calibrations
from coach.paths import Paths
from coach.settings import save_value
from tests.conftest import STORE

runner = CliRunner()


def checks(home: Path, expected: int) -> dict[str, dict[str, object]]:
    result = runner.invoke(app, ["doctor", "--json"])
    assert result.exit_code == expected, result.output
    report = json.loads(result.stdout)
    assert report["ok"] == (expected == 0)
    return {check["name"]: check for check in report["checks"]}


def test_without_a_model_the_main_job_cannot_run(home: Path) -> None:
    found = checks(home, expected=3)
    assert found["model"]["ok"] is False
    assert "coach model pull" in str(found["model"]["hint"])
    assert all(found[name]["ok"] for name in ("python", "settings", "deck", "index", "history"))


def test_with_a_model_it_can(home: Path) -> None:
    home.mkdir()
    (home / "models").symlink_to(STORE.models_dir, target_is_directory=True)
    assert checks(home, expected=0)["model"]["ok"] is True


def test_an_endpoint_is_as_good_as_a_model(home: Path) -> None:
    save_value(home / "config.toml", "model.base_url", "http://127.0.0.1:9/v1")
    save_value(home / "config.toml", "model.name", "some-model")
    found = checks(home, expected=0)
    assert "some-model" in str(found["model"]["message"])
    assert found["memory"]["ok"] is True
    assert found["marks"]["ok"] is False
    assert "with some-model they may be stricter" in str(found["marks"]["message"])


def test_marks_of_the_default_model_and_of_one_fitted_here_are_calibrated(
    home: Path, paths: Paths
) -> None:
    assert checks(home, expected=3)["marks"]["ok"] is True
    save_value(home / "config.toml", "model.name", "qwen3-8b")
    assert checks(home, expected=3)["marks"]["ok"] is False
    Calibrations(paths.calibrations_file).keep("qwen3-8b", Calibration(1.0, 0.5, 40))
    assert checks(home, expected=3)["marks"]["ok"] is True


def test_a_broken_settings_file_is_named(home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text("[ui\n", "utf-8")
    assert "config.toml" in str(checks(home, expected=3)["settings"]["message"])


@pytest.mark.parametrize(
    ("command", "key", "said"),
    [
        ("app.help", "f6", "1 of your own"),
        ("app.hlep", "f6", "keys.app.hlep: there is no such command."),
        ("app.help", "f99", "keys.app.help: there is no key 'f99'."),
        ("app.help", "f12", "f12 stands for app.help and for app.settings"),
    ],
)
def test_own_keys_that_are_wrong_or_clash_are_noted(
    home: Path, command: str, key: str, said: str
) -> None:
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text(f'[keys]\n"{command}" = "{key}"\n')
    found = checks(home, expected=3)["keys"]
    assert str(found["message"]).startswith(said)
    assert found["ok"] is (said == "1 of your own")
    assert found["required"] is False


def test_a_damaged_history_is_named_and_set_aside(home: Path) -> None:
    home.mkdir()
    (home / "history.sqlite").write_bytes(b"no database" * 500)
    found = checks(home, expected=3)["history"]
    assert found["ok"] is False
    aside = next(home.glob("history-damaged-*.sqlite"))
    assert str(aside) in str(found["message"])
    assert aside.read_bytes() == b"no database" * 500


@pytest.mark.parametrize("columns", ["59", "200"])
def test_a_small_terminal_is_noted(
    home: Path, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("LINES", "40")
    assert checks(home, expected=3)["terminal"]["ok"] == (columns == "200")
