"""Choosing a model from the screens: what lies in the environment, what an endpoint has, what is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.settings import Settings, load, save_value, with_value

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.language_model import ModelCheck

OFFER = "endpoint_offered"
SUGGESTED = "gpt-5-mini"
LOCAL_URL = "http://127.0.0.1:11434/v1"


@dataclass(frozen=True)
class Offer:
    """A key found in the environment: its variable, the endpoint and model it would open."""

    variable: str
    base_url: str
    model: str
    own_url: bool


def find_offer(coach: "Coach") -> Offer | None:
    """An endpoint in the environment that the settings do not use and that was not offered before."""
    if coach.settings.model.name or coach.settings.model.base_url:
        return None
    found = coach.models.offer(coach.environ)
    if found is None or not found.has_key or coach.history.note(OFFER):
        return None
    own = bool(coach.environ.get("OPENAI_BASE_URL"))
    return Offer("OPENAI_API_KEY", found.base_url, "" if own else SUGGESTED, own)


def settle_offer(coach: "Coach", offer: Offer, model: str | None) -> None:
    """Remembers the answer; a model's name puts it in the settings, None leaves them alone."""
    coach.history.save_note(OFFER, "declined" if model is None else "accepted")
    if model is None:
        return
    if offer.own_url:
        keep(coach, {"model.base_url": offer.base_url, "model.name": model})
    else:
        keep(coach, {"model.name": f"openai:{model or SUGGESTED}"})


def is_first_run(coach: "Coach") -> bool:
    """Whether nothing was ever set or answered here; looks for two files and opens neither."""
    return not (coach.paths.config_file.exists() or coach.paths.history_file.exists())


def first_url(coach: "Coach") -> str:
    """The endpoint to suggest: the environment's, else what a server on this machine mostly has."""
    found = coach.models.offer(coach.environ)
    return found.base_url if found else LOCAL_URL


def names_at(coach: "Coach", base_url: str, api_key: str) -> tuple[str, ...]:
    """The models an endpoint says it has; ModelMissing, SettingsError and others where it can't be asked."""
    asked = coach.settings.model._replace(name="", base_url=base_url, api_key=api_key)
    return coach.models.names_at(asked, coach.environ)


def try_model(coach: "Coach", values: Mapping[str, object]) -> "ModelCheck":
    """Asks a model something tiny without keeping it; raises what the model raises."""
    from coach.app import Coach
    from coach.language_model import check

    with Coach(_changed(coach.settings, values), coach.paths, environ=coach.environ) as other:
        return check(other.language_model())


def keep(coach: "Coach", values: Mapping[str, object]) -> None:
    """Writes settings into the file, and has the coach follow them from now on."""
    _changed(coach.settings, values)
    for name, value in values.items():
        save_value(coach.paths.config_file, name, value)
    coach.close()
    coach.settings = load(coach.paths.config_file)


def keep_first(coach: "Coach", values: Mapping[str, object]) -> None:
    """Keeps what was chosen on the first run; a key in the environment was offered with it."""
    offer = find_offer(coach)
    keep(coach, values)
    if offer is not None:
        coach.history.save_note(OFFER, "declined" if not coach.settings.model.name else "accepted")


def _changed(settings: Settings, values: Mapping[str, object]) -> Settings:
    for name, value in values.items():
        settings = with_value(settings, name, value)
    return settings
