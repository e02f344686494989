"""The settings file: every key checked, comments kept."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import settings
from coach.errors import SettingsError


def test_an_absent_file_gives_the_defaults(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "config.toml") == settings.Settings()


def test_every_setting_can_be_read_and_written_back(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    for name in settings.names():
        value = settings.get_value(settings.Settings(), name)
        settings.save_value(file, name, value)
        assert settings.get_value(settings.load(file), name) == value


@pytest.mark.parametrize(
    ("wrong", "near"),
    [("interview.langg", "interview.lang"), ("modle.name", "model.name"), ("ui.them", "ui.theme")],
)
def test_an_unknown_setting_names_the_nearest_known_one(wrong: str, near: str) -> None:
    with pytest.raises(SettingsError) as caught:
        settings.get_value(settings.Settings(), wrong)
    assert near in caught.value.hint


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("interview.lang", "fr"),
        ("interview.questions", "many"),
        ("interview.questions", 0),
        ("model.timeout_s", "-1"),
        ("ui.theme", 3),
        ("interview.minutes", True),
    ],
)
def test_a_wrong_value_is_refused_and_the_file_left_alone(
    tmp_path: Path, name: str, value: object
) -> None:
    file = tmp_path / "config.toml"
    settings.save_value(file, "ui.lang", "zh")
    before = file.read_bytes()
    with pytest.raises(SettingsError):
        settings.save_value(file, name, value)
    assert file.read_bytes() == before


def test_comments_and_order_survive_a_change(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('# mine\n[ui]\nlang = "en" # screens\n\n[model]\ntimeout_s = 5.0\n', "utf-8")
    settings.save_value(file, "ui.lang", "zh")
    text = file.read_text("utf-8")
    assert text.startswith('# mine\n[ui]\nlang = "zh" # screens\n')
    assert settings.load(file).model.timeout_s == 5.0


@pytest.mark.parametrize(
    "content", [b"[ui\n", b"\xff\xfe\x00", b"ui = 3\n", b"[ui]\nlangs = 'en'\n"]
)
def test_a_broken_file_is_a_settings_error_that_names_it(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        settings.load(file)
    assert str(file) in caught.value.message


def test_the_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    settings.save_value(file, "model.api_key", "secret")
    assert file.stat().st_mode & 0o077 == 0


@given(st.sampled_from(sorted(settings.names())), st.text())
def test_property_any_text_is_taken_or_refused_cleanly(name: str, text: str) -> None:
    try:
        changed = settings.with_value(settings.Settings(), name, text)
    except SettingsError:
        changed = settings.Settings()
    assert settings.get_value(changed, name) is not None
