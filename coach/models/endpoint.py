"""Opens the model that the settings mean, as a LanguageModel."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from coach.errors import CoachError, ModelMissing, PackageMissing, SettingsError
from coach.language_model import LanguageModel
from coach.language_model.failures import Place, detail, explain
from coach.models.choice import KEYLESS, OPENAI_URL, Choice, ModelValues, choose_model
from coach.models.embedded import start_embedded
from coach.models.store import ModelStore

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

CONNECT_S = 10.0
LOOPBACK = ("localhost", "127.0.0.1", "::1")
# Each of these would send every prompt to a third party, or make LangChain fail.
TRACING = (
    "LANGSMITH_TRACING",
    "LANGSMITH_TRACING_V2",
    "LANGCHAIN_TRACING",
    "LANGCHAIN_TRACING_V2",
    "LANGSMITH_GATEWAY",
    "LANGCHAIN_HANDLER",
)


def open_model(values: ModelValues, store: ModelStore, environ: Mapping[str, str]) -> LanguageModel:
    """Returns the model that is in use; starts the embedded server if it is that: `close` ends it.

    Raises SettingsError, ModelMissing or PackageMissing.
    """
    switch_tracing_off()
    choice = choose_model(values, store, environ)
    make = {"embedded": _open_embedded, "openai": _open_endpoint, "provider": _open_provider}
    return make[choice.kind](choice, values, store)


def switch_tracing_off() -> None:
    """Keeps LangChain in this process and its children from reporting prompts to LangSmith."""
    for name in TRACING:
        os.environ.pop(name, None)


def _open_embedded(choice: Choice, values: ModelValues, store: ModelStore) -> LanguageModel:
    path, model = store.need(choice.name), store.model(choice.name)
    server = start_embedded(path, name=model.name, context=model.context, log_file=store.log_file)
    try:
        chat = _chat(model.name, server.base_url, server.api_key, values.timeout_s)
    except BaseException:
        server.close()
        raise
    return LanguageModel(
        chat, name=model.name, remote=False, timeout_s=values.timeout_s, on_close=server.close
    )


def _open_endpoint(choice: Choice, values: ModelValues, _: ModelStore) -> LanguageModel:
    name = choice.name or _only_model(choice)
    return LanguageModel(
        _chat(name, choice.base_url, choice.api_key, values.timeout_s),
        name=name,
        remote=True,
        endpoint=choice.base_url,
        timeout_s=values.timeout_s,
    )


def _open_provider(choice: Choice, values: ModelValues, _: ModelStore) -> LanguageModel:
    from langchain.chat_models import init_chat_model

    provider = choice.name.partition(":")[0]
    options: dict[str, Any] = {"timeout": values.timeout_s, "max_retries": 0}
    if choice.api_key:
        options["api_key"] = choice.api_key
    try:
        chat = init_chat_model(choice.name, **options)
    except ImportError as error:
        package = f"langchain-{provider.replace('_', '-')}"
        raise PackageMissing(
            f"{choice.name} needs a package that is not installed: {detail(error)}",
            f"Install it beside the coach: pip install {package}",
        ) from error
    except Exception as error:
        raise _not_opened(choice.name, error) from error
    return LanguageModel(chat, name=choice.name, remote=True, timeout_s=values.timeout_s)


def _not_opened(name: str, error: Exception) -> CoachError:
    if "nsupported provider" in str(error) or "infer" in str(error):
        known = "openai, anthropic, google_genai, mistralai, ollama and others"
        return SettingsError(
            f"{name!r} names no known provider.", f"provider:model, where provider is {known}."
        )
    hint = "Give its key as the provider's documentation says, or as the setting model.api_key."
    return ModelMissing(f"{name} could not be opened: {detail(error)}", hint)


def _chat(name: str, base_url: str, key: str, timeout_s: float) -> "BaseChatModel":
    import httpx2

    from coach.models.compatible import CompatibleChat, OpenAIChat

    options: dict[str, Any] = {}
    limits = httpx2.Timeout(timeout_s, connect=CONNECT_S)
    if urlsplit(base_url).hostname in LOOPBACK:
        # A proxy from the environment cannot reach this machine's own ports, and must not see them.
        options = {
            "http_client": httpx2.Client(timeout=limits, trust_env=False),
            "openai_proxy": "",
        }
    kind = OpenAIChat if base_url.rstrip("/") == OPENAI_URL else CompatibleChat
    return kind(
        model=name,
        base_url=base_url,
        api_key=key,  # type: ignore[arg-type]
        timeout=limits,
        max_retries=0,
        stream_usage=True,
        use_responses_api=False,
        # Without its own socket options the client finds the proxy that the environment names.
        http_socket_options=(),
        **options,
    )


def model_names(choice: Choice) -> list[str]:
    """Returns the ids of the models an endpoint says it has; raises ModelMissing and its kin."""
    import openai

    place = Place("The endpoint", choice.base_url, CONNECT_S)
    trust = urlsplit(choice.base_url).hostname not in LOOPBACK
    try:
        import httpx2

        with openai.OpenAI(
            base_url=choice.base_url,
            api_key=choice.api_key or KEYLESS,
            timeout=CONNECT_S,
            max_retries=0,
            http_client=httpx2.Client(trust_env=trust),
        ) as client:
            return [model.id for model in client.models.list()]
    except Exception as error:
        raise explain(error, place).error from error


def _only_model(choice: Choice) -> str:
    """Returns the id of the one model an endpoint has; SettingsError lists them if it has more."""
    names = model_names(choice)
    if len(names) == 1:
        return names[0]
    raise SettingsError(
        f"{choice.base_url} has {len(names)} models and model.name is empty.",
        f"Choose one: coach config set model.name NAME ({', '.join(names[:12])})",
    )
