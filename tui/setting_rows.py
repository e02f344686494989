"""The settings as the settings screen shows them; knows nothing of widgets."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coach import settings as settings_file
from coach.errors import SettingsError
from coach.help_texts import HELP
from coach.settings import KEYS, Settings
from tui.keymap import Clash, Command, check
from tui.text import Words

AT_START = ("embeddings", "index", "practice")
"""Sections whose parts are made once: what is changed there counts from the next start."""


@dataclass(frozen=True)
class Row:
    """One setting: what stands in the file or counts by default, and what it means."""

    name: str
    value: str
    default: str
    help: str
    choices: tuple[str, ...] = ()
    secret: bool = False
    warning: str = ""

    @property
    def section(self) -> str:
        """The section it stands under."""
        return self.name.partition(".")[0]

    @property
    def label(self) -> str:
        """Its name without the section."""
        return self.name.partition(".")[2]

    @property
    def changed(self) -> bool:
        """Whether it is not as the program comes."""
        return self.value != self.default


def rows(settings: Settings, words: Words) -> Iterator[Row]:
    """Every setting of the file but the keys."""
    defaults = Settings()
    for name in settings_file.names():
        yield Row(
            name,
            str(settings_file.get_value(settings, name)),
            str(settings_file.get_value(defaults, name)),
            HELP[name][words.lang],
            settings_file.choices(name),
            settings_file.is_secret(name),
        )


def key_rows(
    settings: Settings,
    words: Words,
    commands: Mapping[str, Command],
    clashes: Sequence[Clash],
) -> Iterator[Row]:
    """Every command with its keys, and which of them clash."""
    said = {
        name: words("keys.clash", **vars(clash))
        for clash in clashes
        for name in (clash.first, clash.second)
    }
    for name, command in commands.items():
        own = ",".join(command.keys)
        help_text = f"{words(command.text)}. {words('settings.key_help')}"
        value = settings.keys.get(name, own)
        yield Row(f"{KEYS}.{name}", value, own, help_text, warning=said.get(name, ""))


def wrong_with(name: str, value: str) -> SettingsError | None:
    """What the settings' own checks say of a value; None where it can be saved."""
    try:
        if name.startswith(f"{KEYS}."):
            if value.strip():
                check(name.removeprefix(f"{KEYS}."), value)
        else:
            settings_file.with_value(Settings(), name, value)
    except SettingsError as error:
        return error
    return None
