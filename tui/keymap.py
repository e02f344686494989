"""Commands and their keys: every binding with words of its own can have other keys in the settings."""

import difflib
import importlib
import pkgutil
import string
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from textual.binding import Binding, BindingsMap
from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from coach.errors import SettingsError
from tui.keys import TEXT

if TYPE_CHECKING:
    from textual.dom import DOMNode

# As Textual makes names of them: of their names in Unicode.
_MARKS = {
    KEY_NAME_REPLACEMENTS.get(name, name)
    for mark in string.punctuation
    for name in [unicodedata.name(mark).lower().replace("-", "_").replace(" ", "_")]
}
_NAMED = {key.value for key in Keys} | _MARKS | {"space", "tab", "enter", "escape"}
_MODIFIERS = {"ctrl", "alt", "shift", "super", "meta"}


@dataclass(frozen=True)
class Command:
    """A binding that can have other keys: its id, the name of its text, its own keys.

    `typing` says that it works while one types, too.
    """

    id: str
    text: str
    keys: tuple[str, ...]
    typing: bool


@dataclass(frozen=True)
class Clash:
    """A key that two commands of one screen share; `second` may be a command without an id."""

    key: str
    first: str
    second: str


@cache
def commands() -> dict[str, Command]:
    """Every command by its id. Imports all screens: not for the event loop before the first paint."""
    found: dict[str, Command] = {}
    for node in _owners():
        for binding in node.__dict__.get("BINDINGS", []):
            if isinstance(binding, Binding) and binding.id:
                keys = tuple(key.strip() for key in binding.key.split(","))
                command = Command(binding.id, binding.description, keys, binding.priority)
                found[binding.id] = command
    return found


def check(command_id: str, keys: str) -> str:
    """The keys as Textual wants them; SettingsError where the command or a key is unknown or would hinder typing."""
    if command_id not in commands():
        near = difflib.get_close_matches(command_id, commands(), n=1, cutoff=0.4)
        hint = f"Did you mean keys.{near[0]}?" if near else "F1 shows the keys of a screen."
        raise SettingsError(f"keys.{command_id}: there is no such command.", hint)
    parts = [part.strip() for part in keys.split(",")]
    for key in parts:
        if not _is_key(key):
            near = difflib.get_close_matches(key, _NAMED, n=1)
            hint = f"Did you mean {near[0]}?" if near else "For example ctrl+k, f6 or slash."
            raise SettingsError(f"keys.{command_id}: there is no key {key!r}.", hint)
        if commands()[command_id].typing and (len(key) == 1 or key in _MARKS or key == "space"):
            raise SettingsError(
                f"keys.{command_id}: {key} is a letter or a mark, and the command works while you type.",
                "Take a key with Ctrl, or a function key.",
            )
    return ",".join(parts)


def usable(keys: Mapping[str, str]) -> tuple[dict[str, str], list[SettingsError]]:
    """The keys that pass `check`, and what is wrong with the others."""
    good: dict[str, str] = {}
    wrong: list[SettingsError] = []
    for command_id, wanted in keys.items():
        try:
            good[command_id] = check(command_id, wanted)
        except SettingsError as error:
            wrong.append(error)
    return good, wrong


def clashes(keymap: Mapping[str, str]) -> list[Clash]:
    """Where a key that was chosen now stands for two commands of one screen, or of a screen and the app."""
    found = dict.fromkeys(
        clash for node in _owners() for clash in _clashes_on(node, keymap) if keymap
    )
    return list(found)


def _clashes_on(node: "type[DOMNode]", keymap: Mapping[str, str]) -> Iterator[Clash]:
    on_key: dict[str, dict[str, None]] = defaultdict(dict)
    for binding in _bindings_of(node):
        name = binding.id or binding.description.removeprefix(TEXT) or binding.action
        for key in keymap.get(binding.id or "", binding.key).split(","):
            on_key[key].setdefault(name)
    for key, names in on_key.items():
        chosen = [name for name in names if key in keymap.get(name, "").split(",")]
        for first in chosen[:1]:
            yield from (Clash(key, first, other) for other in names if other != first)


def _bindings_of(node: "type[DOMNode]") -> Iterator[Binding]:
    """The bindings that work on a screen: its own, and the app's on keys that it leaves alone."""
    from tui.app import CoachApp

    merged = node._merged_bindings or BindingsMap()
    own = [binding for _, binding in merged]
    yield from (b for b in own if not b.action.startswith("screen."))
    if node is not CoachApp:
        taken = {binding.key for binding in own}
        everywhere = CoachApp._merged_bindings or BindingsMap()
        yield from (b for _, b in everywhere if b.id and b.key not in taken)


@cache
def _owners() -> "tuple[type[DOMNode], ...]":
    """The app and every screen, by name."""
    from tui import screens
    from tui.app import CoachApp
    from tui.screens.base import CoachDialog, CoachScreen

    for module in pkgutil.iter_modules(screens.__path__):
        importlib.import_module(f"{screens.__name__}.{module.name}")
    ours = {*_below(CoachScreen), *_below(CoachDialog)}
    shipped = [node for node in ours if node.__module__.startswith(f"{screens.__name__}.")]
    return CoachApp, *sorted(shipped, key=lambda node: node.__name__)


def _below(node: type[Any]) -> "Iterator[type[DOMNode]]":
    for child in node.__subclasses__():
        yield child
        yield from _below(child)


def _is_key(key: str) -> bool:
    *modifiers, last = key.split("+") if key != "+" else [key]
    return (last in _NAMED or len(last) == 1) and set(modifiers) <= _MODIFIERS
