"""The command line: exit codes, JSON and messages, run as a child process like a user's."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def coach(*arguments: str, home: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "COACH_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-m", "coach", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        input=stdin,
        env=environ,
        timeout=120,
    )


def test_help_lists_every_command(home: Path) -> None:
    run = coach("--help", home=home)
    assert run.returncode == 0
    for name in ("interview", "ask", "grade", "practice", "ingest", "cards", "model", "doctor"):
        assert f"  {name}" in run.stdout


@pytest.mark.parametrize(
    "command",
    [
        ["interview"], ["ask"], ["search"], ["grade"], ["practice"], ["practice", "run"], ["ingest"],
        ["documents"], ["index"], ["cards"], ["cards", "lint"], ["eval"], ["history"], ["due"],
        ["stats"], ["config"], ["config", "set"], ["model"], ["model", "pull"], ["doctor"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_every_command_has_help_with_an_example(command: list[str], home: Path) -> None:
    run = coach(*command, "--help", home=home)
    assert run.returncode == 0
    assert "Example: coach" in run.stdout


def test_the_version_is_printed(home: Path) -> None:
    assert coach("--version", home=home).stdout.startswith("coach 0.")


def test_nothing_is_written_by_looking(home: Path) -> None:
    for arguments in (["--help"], ["config", "list"], ["cards", "list"], ["config", "path"]):
        assert coach(*arguments, home=home).returncode == 0
    assert not home.exists()


def test_settings_round_trip(home: Path) -> None:
    assert coach("config", "set", "interview.questions", "8", home=home).returncode == 0
    run = coach("config", "get", "interview.questions", "--json", home=home)
    assert json.loads(run.stdout) == {"name": "interview.questions", "value": 8}


def test_an_unknown_setting_is_wrong_usage_and_names_the_nearest(home: Path) -> None:
    run = coach("config", "set", "interview.langg", "zh", "--json", home=home)
    assert run.returncode == 2
    assert json.loads(run.stdout)["error"]["hint"] == "Did you mean interview.lang?"


def test_a_broken_settings_file_stops_with_its_name(home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text("[ui\n", "utf-8")
    run = coach("history", "list", home=home)
    assert run.returncode == 2
    assert "config.toml" in run.stderr
    assert "Traceback" not in run.stderr


def test_keys_are_not_shown_in_the_listing(home: Path) -> None:
    coach("config", "set", "model.api_key", "sk-secret", home=home)
    for arguments in (["config", "list"], ["config", "list", "--json"]):
        assert "sk-secret" not in coach(*arguments, home=home).stdout


def test_cards_list_has_the_documented_shape(home: Path) -> None:
    cards = json.loads(coach("cards", "list", "--json", home=home).stdout)["cards"]
    assert len(cards) >= 40
    assert set(cards[0]) == {"id", "topic", "level", "kind", "question"}


def test_an_unknown_card_names_the_nearest(home: Path) -> None:
    run = coach("cards", "show", "adamm", home=home)
    assert run.returncode == 2
    assert "adam" in run.stderr


def test_the_shipped_deck_has_no_findings(home: Path) -> None:
    run = coach("cards", "lint", home=home)
    assert (run.returncode, run.stdout.splitlines()[-1].endswith("0 findings")) == (0, True)


def test_a_faulty_card_is_a_no_with_file_and_field(home: Path, tmp_path: Path) -> None:
    card = tmp_path / "bad.toml"
    card.write_text('id = "bad"\ntopic = "x"\nlevel = "junior"\nkind = "concept"\n', "utf-8")
    run = coach("cards", "lint", str(card), "--json", home=home)
    assert run.returncode == 1
    finding = json.loads(run.stdout)["findings"][0]
    assert finding["path"] == str(card)
    assert "question" in finding["message"]


@pytest.mark.parametrize(
    "command", [["history", "list"], ["due"], ["stats"], ["history", "export"]]
)
def test_an_empty_record_is_no_error(command: list[str], home: Path) -> None:
    assert coach(*command, home=home).returncode == 0


def test_wrong_usage_is_exit_code_2(home: Path) -> None:
    assert coach("nonsense", home=home).returncode == 2
    assert coach("interview", "--lang", "fr", "--plain", home=home).returncode == 2
    assert coach("interview", "--resume", "--plain", home=home).returncode == 2
    assert coach("interview", "--topic", "optimisation", "--plain", home=home).returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [["cards", "show"], ["search"], ["cards", "list", "--colour"], ["model", "nothing"]],
)
def test_wrong_usage_is_told_as_json_where_json_is_asked_for(
    arguments: list[str], home: Path
) -> None:
    run = coach(*arguments, "--json", home=home)
    assert run.returncode == 2
    error = json.loads(run.stdout)["error"]
    assert error["kind"] == "usage"
    assert error["message"]
    assert "--help" in error["hint"]


@pytest.mark.parametrize(
    "arguments",
    [["history", "list"], ["due"], ["config", "set", "ui.lang", "zh"], ["index", "status"],
     ["search", "dropout"], ["interview", "--plain"], ["doctor"], ["model", "pull"]],
    ids=" ".join,
)  # fmt: skip
def test_a_home_that_cannot_be_written_is_a_message_not_a_traceback(
    arguments: list[str], tmp_path: Path
) -> None:
    occupied = tmp_path / "file"
    occupied.write_text("a file where a folder is needed", "utf-8")
    run = coach(*arguments, home=occupied / "home")
    assert run.returncode in (2, 3)
    assert "Traceback" not in run.stderr
    assert str(occupied) in run.stderr + run.stdout
