"""The settings file: TOML with sections, checked key by key.

Reads and writes `config.toml`; nothing is built here. The docstring under each field is its help text.
"""

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from coach.card import Lang
from coach.errors import SettingsError


@dataclass(frozen=True)
class InterviewSettings:
    lang: Lang = "en"
    """language questions are asked in: en or zh"""
    level: Literal["", "junior", "mid", "senior"] = ""
    """only cards of this level; empty means every level"""
    questions: int = 5
    """questions in an interview, 1 to 50"""
    minutes: int = 0
    """time limit in minutes, 0 for none"""


@dataclass(frozen=True)
class ModelSettings:
    name: str = ""
    """empty: the embedded model; an embedded model's name; provider:model; or a model id at base_url"""
    base_url: str = ""
    """OpenAI-compatible endpoint, e.g. http://127.0.0.1:11434/v1"""
    api_key: str = ""
    """key for that endpoint; empty: OPENAI_API_KEY, if the endpoint is OpenAI's or OPENAI_BASE_URL's"""
    timeout_s: float = 120.0
    """seconds one request may take"""


@dataclass(frozen=True)
class EmbeddingsSettings:
    backend: Literal["bundled", "sentence-transformers", "openai", "hashing"] = "bundled"
    """who turns text into vectors; hashing is for tests"""
    model: str = ""
    """a sentence-transformers name or path, or the endpoint's embedding model"""
    base_url: str = ""
    """OpenAI-compatible endpoint for embeddings"""
    api_key: str = ""
    """key for that endpoint; empty: OPENAI_API_KEY, if the endpoint is OpenAI's or OPENAI_BASE_URL's"""


@dataclass(frozen=True)
class IndexSettings:
    chroma_url: str = ""
    """a Chroma server, e.g. http://127.0.0.1:8000 or http://127.0.0.1:8000/database; empty: files of our own"""
    chroma_token: str = ""
    """sent to that server as `Authorization: Bearer`, for one behind a proxy that asks for it"""


@dataclass(frozen=True)
class PracticeSettings:
    sandbox: Literal["bubblewrap", "landlock"] = "bubblewrap"
    """how code is isolated; landlock is weaker, for machines where bubblewrap can't work"""


@dataclass(frozen=True)
class UiSettings:
    theme: str = "coach-dark"
    """coach-dark, coach-light or another Textual theme"""
    lang: Lang = "en"
    """language of the screens: en or zh"""


@dataclass(frozen=True)
class Settings:
    """All settings, section by section."""

    interview: InterviewSettings = field(default_factory=InterviewSettings)
    model: ModelSettings = field(default_factory=ModelSettings)
    embeddings: EmbeddingsSettings = field(default_factory=EmbeddingsSettings)
    index: IndexSettings = field(default_factory=IndexSettings)
    practice: PracticeSettings = field(default_factory=PracticeSettings)
    ui: UiSettings = field(default_factory=UiSettings)


_RANGES: dict[str, tuple[float, float]] = {
    "interview.questions": (1, 50),
    "interview.minutes": (0, 600),
    "model.timeout_s": (1, 3600),
}
_NAMES = {
    f"{section.name}.{key.name}": (section.name, key.name)
    for section in fields(Settings)
    for key in fields(get_type_hints(Settings)[section.name])
}


def names() -> tuple[str, ...]:
    """Every setting as `section.key`."""
    return tuple(_NAMES)


def get_value(settings: Settings, name: str) -> Any:
    """The value of `section.key`; SettingsError names the nearest known one."""
    section, key = _known(name)
    return getattr(getattr(settings, section), key)


def with_value(settings: Settings, name: str, value: object) -> Settings:
    """A copy with one setting changed; text is converted to the setting's type."""
    section, key = _known(name)
    checked = _checked(name, value)
    changed = replace(getattr(settings, section), **{key: checked})
    return replace(settings, **{section: changed})


def load(file: Path) -> Settings:
    """Reads the file; an absent one gives the defaults."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            f"{file}: {error}", "Mend the file, or move it away to start from the defaults."
        ) from error
    return from_mapping(table, str(file))


def from_mapping(table: Mapping[str, object], origin: str = "settings") -> Settings:
    """Builds settings from nested tables; every key must be known."""
    settings = Settings()
    for section, keys in table.items():
        if not isinstance(keys, Mapping):
            raise _unknown(section, origin)
        for key, value in keys.items():
            try:
                settings = with_value(settings, f"{section}.{key}", value)
            except SettingsError as error:
                raise SettingsError(f"{origin}: {error.message}", error.hint) from error
    return settings


def save_value(file: Path, name: str, value: object) -> None:
    """Changes one setting in the file and leaves its comments and order alone."""
    import tomlkit

    section, key = _known(name)
    checked = _checked(name, value)
    load(file)
    document = (
        tomlkit.parse(file.read_text(encoding="utf-8")) if file.exists() else tomlkit.document()
    )
    document.setdefault(section, tomlkit.table())[key] = checked
    beside = file.with_suffix(".new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(tomlkit.dumps(document), encoding="utf-8")
        # The file may hold a key.
        beside.chmod(0o600)
        beside.replace(file)
    except OSError as error:
        raise SettingsError(
            f"{file} cannot be written: {error.strerror}.", "Free the disk or its permissions."
        ) from error


def _known(name: str) -> tuple[str, str]:
    if name not in _NAMES:
        raise _unknown(name)
    return _NAMES[name]


def _unknown(name: str, origin: str = "") -> SettingsError:
    near = difflib.get_close_matches(name, _NAMES, n=1, cutoff=0.4)
    where = f"{origin}: " if origin else ""
    hint = f"Did you mean {near[0]}?" if near else f"Known settings: {', '.join(_NAMES)}"
    return SettingsError(f"{where}there is no setting {name!r}.", hint)


def _checked(name: str, value: object) -> object:
    section, key = _known(name)
    kind = get_type_hints(get_type_hints(Settings)[section])[key]
    if get_origin(kind) is Literal:
        return _one_of(name, value, get_args(kind))
    converted = _converted(name, value, kind)
    low, high = _RANGES.get(name, (None, None))
    if low is not None and high is not None and not low <= converted <= high:  # type: ignore[operator]
        raise SettingsError(f"{name} is {converted}.", f"It must lie between {low} and {high}.")
    return converted


def _one_of(name: str, value: object, choices: tuple[object, ...]) -> object:
    if value in choices:
        return value
    listed = ", ".join(repr(choice) for choice in choices)
    near = difflib.get_close_matches(str(value), [str(choice) for choice in choices], n=1)
    hint = f"Did you mean {near[0]!r}? " if near else ""
    raise SettingsError(f"{name} is {value!r}.", f"{hint}It can be {listed}.")


def _converted(name: str, value: object, kind: type) -> object:
    wrong = SettingsError(f"{name} is {value!r}.", f"It must be of type {kind.__name__}.")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise wrong
    if kind is str and not isinstance(value, str):
        raise wrong
    try:
        return kind(value)
    except ValueError as error:
        raise wrong from error
