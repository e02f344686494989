"""Which model the settings and the environment mean; a key that only lies there is never used."""

from pathlib import Path

import pytest

from coach.errors import ModelMissing, SettingsError
from coach.models.choice import OPENAI_URL, choose_model, offer
from coach.models.store import ModelStore
from coach.settings import ModelSettings

KEY = {"OPENAI_API_KEY": "k"}
BOTH = {**KEY, "OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}
STORE = ModelStore(Path("/nowhere"))


@pytest.mark.parametrize("environ", [{}, KEY, BOTH])
@pytest.mark.parametrize("name", ["", "qwen2.5-coder-0.5b"])
def test_the_environment_alone_changes_nothing(name: str, environ: dict[str, str]) -> None:
    choice = choose_model(ModelSettings(name=name), STORE, environ)
    assert choice.kind == "embedded"
    assert choice.api_key == choice.base_url == ""


@pytest.mark.parametrize(
    ("settings", "environ", "expected"),
    [
        (ModelSettings(name="openai:m"), KEY, ("openai", "m", OPENAI_URL, "k")),
        (ModelSettings(name="openai:m"), BOTH, ("openai", "m", "http://127.0.0.1:1/v1", "k")),
        (
            ModelSettings(name="openai:m"),
            {"OPENAI_BASE_URL": "http://h/v1"},
            ("openai", "m", "http://h/v1", "none"),
        ),
        (ModelSettings(name="openai:m", api_key="s"), KEY, ("openai", "m", OPENAI_URL, "s")),
        (
            ModelSettings(name="qwen3:8b", base_url="http://h/v1"),
            {},
            ("openai", "qwen3:8b", "http://h/v1", "none"),
        ),
        (
            ModelSettings(name="openai:m", base_url="http://127.0.0.1:1/v1/"),
            BOTH,
            ("openai", "m", "http://127.0.0.1:1/v1/", "k"),
        ),
        (
            # A key for one host is not shown to another.
            ModelSettings(name="openai:m", base_url="http://h/v1"),
            BOTH,
            ("openai", "m", "http://h/v1", "none"),
        ),
        (ModelSettings(name="anthropic:c"), KEY, ("provider", "anthropic:c", "", "")),
    ],
)
def test_what_the_settings_name(
    settings: ModelSettings, environ: dict[str, str], expected: tuple[str, ...]
) -> None:
    choice = choose_model(settings, STORE, environ)
    assert (choice.kind, choice.name, choice.base_url, choice.api_key) == expected


def test_a_key_is_not_shown() -> None:
    assert "secret" not in repr(choose_model(ModelSettings("openai:m", "", "secret"), STORE, {}))


def test_an_openai_model_without_a_key() -> None:
    with pytest.raises(ModelMissing, match="needs a key") as caught:
        choose_model(ModelSettings(name="openai:m"), STORE, {})
    assert "OPENAI_API_KEY" in caught.value.hint


@pytest.mark.parametrize("name", ["qwen2.5-coder-1.5", "gpt-5"])
def test_an_unknown_name(name: str) -> None:
    with pytest.raises(SettingsError) as caught:
        choose_model(ModelSettings(name=name), STORE, {})
    assert "openai:" in caught.value.hint
    assert ("Did you mean qwen2.5-coder-1.5b?" in caught.value.hint) == name.startswith("qwen")


@pytest.mark.parametrize("url", ["127.0.0.1:80/v1", "ftp://h/v1", "localhost"])
def test_an_address_without_http(url: str) -> None:
    with pytest.raises(SettingsError, match=r"model\.base_url"):
        choose_model(ModelSettings(name="m", base_url=url), STORE, {})


def test_what_is_offered() -> None:
    assert offer({}) is None
    found = offer(KEY)
    assert found is not None
    assert (found.base_url, found.has_key) == (OPENAI_URL, True)
    assert offer({"OPENAI_BASE_URL": "http://h/v1"}).has_key is False  # type: ignore[union-attr]
