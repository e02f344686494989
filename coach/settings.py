"""Reads and writes `config.toml`: sections with keys, each checked; what they mean says `coach/help_texts.py`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from coach.errors import SettingsError
from coach.language import Lang
from coach.text import did_you_mean

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


# Tuples: data classes take eight times as long to make, and the first screen waits for these.
class InterviewSettings(NamedTuple):
    lang: Lang = "en"
    level: Literal["", "junior", "mid", "senior"] = ""
    questions: int = 5
    minutes: int = 0


class ModelSettings(NamedTuple):
    name: str = ""
    base_url: str = ""
    api_key: str = ""
    timeout_s: float = 120.0


class EmbeddingsSettings(NamedTuple):
    backend: Literal["bundled", "sentence-transformers", "openai", "hashing"] = "bundled"
    model: str = ""
    base_url: str = ""
    api_key: str = ""


class IndexSettings(NamedTuple):
    chroma_url: str = ""
    chroma_token: str = ""


class PracticeSettings(NamedTuple):
    sandbox: Literal["bubblewrap", "landlock"] = "bubblewrap"


class UiSettings(NamedTuple):
    theme: str = "coach-dark"
    lang: Lang = "en"
    clock: Literal["shown", "hidden"] = "shown"


@dataclass(frozen=True)
class Settings:
    """All settings, section by section.

    `keys` holds other keys for the commands of the screens, by command: {"interview.skip": "ctrl+k"}.
    """

    interview: InterviewSettings = field(default_factory=InterviewSettings)
    model: ModelSettings = field(default_factory=ModelSettings)
    embeddings: EmbeddingsSettings = field(default_factory=EmbeddingsSettings)
    index: IndexSettings = field(default_factory=IndexSettings)
    practice: PracticeSettings = field(default_factory=PracticeSettings)
    ui: UiSettings = field(default_factory=UiSettings)
    keys: Mapping[str, str] = field(default_factory=dict)


_RANGES: dict[str, tuple[float, float]] = {
    "interview.questions": (1, 50),
    "interview.minutes": (0, 600),
    "model.timeout_s": (1, 3600),
}
KEYS = "keys"
_COMMAND = re.compile(r"[a-z_]+\.[a-z_]+")


@cache
def names() -> Mapping[str, tuple[str, str]]:
    """Every setting as `section.key`, with both parts; those of `keys` are not among them."""
    return {
        f"{section}.{key}": (section, key)
        for section, kind in get_type_hints(Settings).items()
        if section != KEYS
        for key in kind._fields
    }


def choices(name: str) -> tuple[str, ...]:
    """What a setting can be, where that is a short list; else empty."""
    kind = _kind(name)
    return get_args(kind) if get_origin(kind) is Literal else ()


def is_secret(name: str) -> bool:
    """Whether the value is for no eyes."""
    return name.endswith(("api_key", "token"))


def get_value(settings: Settings, name: str) -> Any:
    """The value of `section.key`; SettingsError names the nearest known one."""
    section, key = _known(name)
    if section == KEYS:
        return settings.keys.get(key, "")
    return getattr(getattr(settings, section), key)


def with_value(settings: Settings, name: str, value: object) -> Settings:
    """A copy with one setting changed; text is converted to the setting's type."""
    section, key = _known(name)
    checked = _checked(name, value)
    if section == KEYS:
        others = {name: keys for name, keys in settings.keys.items() if name != key}
        return replace(settings, keys={**others, key: str(checked)} if checked else others)
    changed = getattr(settings, section)._replace(**{key: checked})
    return replace(settings, **{section: changed})


def load(file: Path) -> Settings:
    """Reads the file; an absent one gives the defaults."""
    try:
        text = file.read_text(encoding="utf-8")
        # Here, so that a first start comes fast.
        import tomllib

        table = tomllib.loads(text)
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
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

    def put(document: "TOMLDocument") -> None:
        document.setdefault(section, tomlkit.table())[key] = checked

    _edit(file, put)


def reset_value(file: Path, name: str) -> None:
    """Takes one setting out of the file, so that its default counts."""
    section, key = _known(name)
    _edit(file, lambda document: document.get(section, {}).pop(key, None))


def _edit(file: Path, change: "Callable[[TOMLDocument], None]") -> None:
    import tomlkit

    load(file)
    document = (
        tomlkit.parse(file.read_text(encoding="utf-8")) if file.exists() else tomlkit.document()
    )
    change(document)
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
    section, _, key = name.partition(".")
    if section == KEYS and _COMMAND.fullmatch(key):
        return section, key
    if name not in names():
        raise _unknown(name)
    return names()[name]


def _kind(name: str) -> Any:
    section, key = _known(name)
    return str if section == KEYS else get_type_hints(get_type_hints(Settings)[section])[key]


def _unknown(name: str, origin: str = "") -> SettingsError:
    if name.startswith(f"{KEYS}."):
        message = f"There is no command {name!r}."
        hint = f'Under [{KEYS}] a command stands in quotes: "interview.skip" = "ctrl+k"'
    else:
        message = f"There is no setting {name!r}."
        hint = did_you_mean(name, names(), 1) or f"Known settings: {', '.join(names())}"
    return SettingsError(f"{origin}: {message}" if origin else message, hint)


def _checked(name: str, value: object) -> object:
    if listed := choices(name):
        return _one_of(name, value, listed)
    converted = _converted(name, value, _kind(name))
    low, high = _RANGES.get(name, (None, None))
    if low is not None and high is not None and not low <= converted <= high:  # type: ignore[operator]
        raise SettingsError(f"{name} is {converted}.", f"It must lie between {low} and {high}.")
    return converted


def _one_of(name: str, value: object, choices: tuple[object, ...]) -> object:
    if value in choices:
        return value
    listed = ", ".join(repr(choice) for choice in choices)
    near = did_you_mean(str(value), map(str, choices), 1)
    hint = " ".join((near, f"It can be {listed}.")).lstrip()
    raise SettingsError(f"{name} is {value!r}.", hint)


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
