"""Other keys for the commands of the screens: in the file, checked, and where they clash."""

import json
from pathlib import Path

import pytest
from textual.binding import Binding
from typer.testing import CliRunner

from coach import settings
from coach.cli.config import app
from coach.errors import SettingsError
from tui.keymap import Clash, check, clashes, commands, usable
from tui.keys import identified


def test_bindings_get_ids_unless_they_share_a_text() -> None:
    bindings = [
        Binding("ctrl+g", "skip", "key.skip"),
        Binding("1", "read(1)", "key.read"),
        Binding("2", "read(2)", "key.read"),
        Binding("x", "go", "key.go", id="own.name"),
        ("enter", "dismiss"),
    ]
    ids = [b.id if isinstance(b, Binding) else None for b in identified("interview", bindings)]
    assert ids == ["interview.skip", None, None, "own.name", None]


def test_every_command_can_be_named_in_the_settings_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    assert len(commands()) > 20
    for name in commands():
        settings.save_value(file, f"keys.{name}", "f9")
    assert settings.load(file).keys == dict.fromkeys(commands(), "f9")


@pytest.mark.parametrize(
    ("name", "keys", "said"),
    [
        ("interview.skp", "ctrl+k", "keys.interview.skip"),
        ("interview.skip", "ctrl+pagedwn", "no key"),
        ("interview.skip", "ctlr+k", "no key"),
        ("interview.skip", "s", "while you type"),
        ("interview.skip", "slash", "while you type"),
        ("home.ask", "z,", "no key ''"),
    ],
)
def test_a_wrong_command_or_key_is_told(name: str, keys: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        check(name, keys)
    assert said in f"{caught.value.message} {caught.value.hint}"


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("interview.skip", "ctrl+k"),
        ("interview.skip", "f7,alt+s"),
        ("interview.skip", "shift+tab"),
        ("home.ask", "z"),
        ("home.ask", "question_mark"),
        ("home.ask", "?"),
        ("home.ask", "Z, escape"),
    ],
)
def test_keys_as_textual_names_them_are_taken(name: str, keys: str) -> None:
    assert check(name, keys) == keys.replace(" ", "")


def test_usable_keys_are_kept_beside_wrong_ones() -> None:
    good, wrong = usable({"interview.skip": "ctrl+k", "no.such": "f7"})
    assert good == {"interview.skip": "ctrl+k"}
    assert len(wrong) == 1


def test_clashes_on_one_screen_and_with_the_app_are_found() -> None:
    assert clashes({}) == []
    assert clashes({"home.ask": "z"}) == []
    assert clashes({"home.ask": "d"}) == [Clash("d", "home.ask", "home.deck")]
    assert Clash("ctrl+q", "interview.skip", "app.quit") in clashes({"interview.skip": "ctrl+q"})
    both = {"home.ask": "f7", "home.deck": "f7"}
    assert clashes(both) == [Clash("f7", "home.ask", "home.deck")]
    assert clashes({"home.ask": "d", "home.deck": "a"}) == []


def test_a_command_written_without_quotes_is_told(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[keys]\ninterview.skip = "ctrl+k"\n', "utf-8")
    with pytest.raises(SettingsError) as caught:
        settings.load(file)
    assert "in quotes" in caught.value.hint


def test_a_setting_can_be_taken_out_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    settings.reset_value(file, "ui.lang")
    settings.save_value(file, "ui.lang", "zh")
    settings.save_value(file, "keys.home.ask", "z")
    settings.reset_value(file, "ui.lang")
    settings.reset_value(file, "keys.home.ask")
    assert settings.load(file) == settings.Settings()
    assert "zh" not in file.read_text("utf-8")


def test_the_command_line_checks_and_lists_keys(home: Path) -> None:
    runner = CliRunner()
    wrong = runner.invoke(app, ["set", "keys.interview.skp", "ctrl+k", "--json"])
    assert wrong.exit_code == SettingsError.exit_code
    assert "keys.interview.skip" in json.loads(wrong.stdout)["error"]["hint"]
    assert runner.invoke(app, ["set", "keys.interview.skip", "ctrl+k"]).exit_code == 0
    assert runner.invoke(app, ["get", "keys.interview.skip"]).stdout.strip() == "ctrl+k"
    assert "keys.interview.skip" in runner.invoke(app, ["list"]).stdout
