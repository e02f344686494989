"""Which model the settings mean: the embedded one, an endpoint, or a provider's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from coach.errors import ModelMissing, SettingsError
from coach.text import did_you_mean

if TYPE_CHECKING:
    from coach.models.store import ModelStore

OPENAI_URL = "https://api.openai.com/v1"
KEYLESS = "none"


class ModelValues(Protocol):
    """The settings of the language model; the settings' own class has this shape."""

    @property
    def name(self) -> str: ...
    @property
    def base_url(self) -> str: ...
    @property
    def api_key(self) -> str: ...
    @property
    def timeout_s(self) -> float: ...


@dataclass(frozen=True)
class Choice:
    """The model that is in use; `name` is the embedded model's, or the id at the endpoint.

    `base_url` is "" for the embedded model, and for a provider whose package knows its address.
    """

    kind: Literal["embedded", "openai", "provider"]
    name: str
    base_url: str = ""
    api_key: str = field(default="", repr=False)


@dataclass(frozen=True)
class Offer:
    """An endpoint found in the environment: used only once the user has chosen it."""

    base_url: str
    has_key: bool

    @property
    def command(self) -> str:
        """Returns the command that chooses it."""
        return "coach model use openai:MODEL"


def offer(environ: Mapping[str, str]) -> Offer | None:
    """Returns what OPENAI_BASE_URL and OPENAI_API_KEY offer, None where both are absent."""
    base_url, key = environ.get("OPENAI_BASE_URL", ""), environ.get("OPENAI_API_KEY", "")
    return Offer(base_url or OPENAI_URL, bool(key)) if base_url or key else None


def choose_model(values: ModelValues, store: "ModelStore", environ: Mapping[str, str]) -> Choice:
    """Returns what the settings name, with the environment's values where they leave them open.

    Raises SettingsError for a name that means nothing, ModelMissing where a key is lacking.
    """
    if values.base_url:
        return _endpoint(values, environ)
    if not values.name or values.name in _embedded(store):
        return Choice("embedded", store.model(values.name).name)
    if ":" not in values.name:
        raise _unknown(values.name, store)
    provider, _, model = values.name.partition(":")
    if provider != "openai":
        return Choice("provider", values.name, api_key=values.api_key)
    base_url = environ.get("OPENAI_BASE_URL") or OPENAI_URL
    key = values.api_key or environ.get("OPENAI_API_KEY", "")
    if not key and base_url == OPENAI_URL:
        raise ModelMissing(
            f"{values.name} needs a key.",
            "Set OPENAI_API_KEY, or `coach config set model.api_key KEY`.",
        )
    return Choice("openai", model, base_url, key or KEYLESS)


def _endpoint(values: ModelValues, environ: Mapping[str, str]) -> Choice:
    if not values.base_url.startswith(("http://", "https://")):
        raise SettingsError(
            f"model.base_url is {values.base_url!r}.",
            "It must begin with http:// or https://, e.g. http://127.0.0.1:11434/v1.",
        )
    name = values.name.removeprefix("openai:")
    key = values.api_key or key_for(values.base_url, environ) or KEYLESS
    return Choice("openai", name, values.base_url, key)


def key_for(base_url: str, environ: Mapping[str, str]) -> str:
    """Returns the environment's key where it belongs to this endpoint: no other host gets to see it."""
    own = environ.get("OPENAI_BASE_URL") or OPENAI_URL
    same = base_url.rstrip("/") == own.rstrip("/")
    return environ.get("OPENAI_API_KEY", "") if same else ""


def _embedded(store: "ModelStore") -> list[str]:
    return [stored.model.name for stored in store.list()]


def _unknown(name: str, store: "ModelStore") -> SettingsError:
    known = _embedded(store)
    hint = (
        f"There are: {', '.join(known)}.",
        "A model elsewhere is named provider:model, e.g. openai:gpt-5-mini, or with --base-url.",
    )
    return SettingsError(
        f"There is no embedded model {name!r}.",
        " ".join((did_you_mean(name, known, 1), *hint)).lstrip(),
    )
