"""The one place where the exceptions of chat clients become ours."""

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from coach.errors import (
    CoachError,
    ModelBusy,
    ModelMissing,
    ModelReplyError,
    ModelTimeout,
    PackageMissing,
)
from coach.language_model.calls import Failure

CHOOSE_ANOTHER = "`coach model check` tries it; `coach model use NAME` chooses another model."

EMBEDDED_ENDED = "The embedded model's process ended: start again; `coach doctor` checks it."


@dataclass(frozen=True)
class Place:
    """Which model is asked, where, and for how long: what every message names."""

    name: str
    endpoint: str
    timeout_s: float
    remote: bool = True

    def __str__(self) -> str:
        return f"{self.name} at {self.endpoint}" if self.endpoint else self.name


def explain(error: Exception, place: Place) -> Failure:
    """Returns the error of ours that stands for a client's exception, and whether to try again."""
    if isinstance(error, CoachError):
        return Failure(error)
    status = status_of(error)
    if status is not None:
        return _explain_status(error, status, place)
    return Failure(_explain_name(error, place))


def is_refusal(error: CoachError) -> bool:
    """Tells whether the request was refused as such: a parameter the endpoint does not know."""
    cause = error.__cause__
    if isinstance(cause, TypeError):
        return "unexpected keyword" in str(cause)
    return isinstance(cause, NotImplementedError) or (
        cause is not None and status_of(cause) in (400, 422)
    )


def status_of(error: BaseException) -> int | None:
    """Returns the HTTP status an exception carries, if any."""
    for holder in (error, getattr(error, "response", None)):
        status = getattr(holder, "status_code", None)
        if isinstance(status, int):
            return status
    return next((s for name, s in _STATUS_BY_NAME.items() if name in _names(error)), None)


# langchain_core's classes for what every provider reports; not all of them carry a status.
_STATUS_BY_NAME = {
    "ModelAuthenticationError": 401,
    "ModelPermissionDeniedError": 403,
    "ModelInvalidRequestError": 400,
    "ContextOverflowError": 400,
    "ModelNotFoundError": 404,
    "ModelRateLimitError": 429,
    "ModelAPIError": 500,
}


def _explain_status(error: Exception, status: int, place: Place) -> Failure:
    said = f"{place} answered HTTP {status}: {detail(error)}"
    if status in (401, 403):
        hint = "Set the key with `coach config set model.api_key KEY` or OPENAI_API_KEY."
        return Failure(ModelMissing(f"{said} (the key was refused)", hint))
    if status == 404:
        hint = "Check the model's name and the address (it usually ends in /v1)."
        return Failure(ModelMissing(f"{said} (no such model or address)", hint))
    if status == 408:
        return Failure(_timeout(place))
    if status == 429 or status >= 500:
        wait = _retry_after(error)
        hint = f"Try again in {wait:.0f} s." if wait else "Try again in a moment."
        return Failure(ModelBusy(said, hint), retry_after_s=wait)
    return Failure(ModelReplyError(said, CHOOSE_ANOTHER))


def _explain_name(error: Exception, place: Place) -> CoachError:
    names = {name for link in _chain(error) for name in _names(link)}
    matches: Mapping[str, Callable[[], CoachError]] = {
        "ConnectTimeout": lambda: _unreachable(error, place),
        "Timeout": lambda: _timeout(place),
        "ProtocolError": lambda: _cut_off(error, place),
        "ReadError": lambda: _cut_off(error, place),
        "Incomplete": lambda: _cut_off(error, place),
        "ConnectionReset": lambda: _cut_off(error, place),
        "Connect": lambda: _unreachable(error, place),
    }
    if isinstance(error, ImportError):
        return PackageMissing(f"{place} needs a package: {detail(error)}", "Install it with pip.")
    for part, make in matches.items():
        if any(part in name for name in names):
            return make()
    reason = f"{place} replied with something unusable ({type(error).__name__}: {detail(error)})"
    return ModelReplyError(reason, CHOOSE_ANOTHER)


def _timeout(place: Place) -> CoachError:
    return ModelTimeout(
        f"{place} gave no complete reply within {place.timeout_s:g} s.",
        "Raise the limit with `coach config set model.timeout_s SECONDS`, or use a faster model.",
    )


def _unreachable(error: Exception, place: Place) -> CoachError:
    hint = f"Start the server or correct `model.base_url`. {CHOOSE_ANOTHER}"
    hint = hint if place.remote else EMBEDDED_ENDED
    return ModelMissing(f"{place} cannot be reached: {_root(error)}", hint)


def _cut_off(error: Exception, place: Place) -> CoachError:
    hint = CHOOSE_ANOTHER if place.remote else EMBEDDED_ENDED
    return ModelReplyError(f"The reply of {place} was cut off: {_root(error)}", hint)


def detail(error: BaseException) -> str:
    """Returns what an exception says, on one line of bounded length, never empty."""
    body = getattr(error, "body", None)
    told = body.get("message") if isinstance(body, dict) else None
    text = " ".join(str(told or error).split()) or type(error).__name__
    return text if len(text) <= 300 else text[:300] + "…"


def _root(error: BaseException) -> str:
    *_, last = _chain(error)
    return detail(last)


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _names(error: BaseException) -> set[str]:
    return {kind.__name__ for kind in type(error).__mro__}


def _retry_after(error: Exception) -> float:
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    with contextlib.suppress(KeyError, ValueError):
        return max(0.0, float(headers["retry-after-ms"]) / 1000)
    value = headers.get("retry-after") or ""
    with contextlib.suppress(ValueError):
        return max(0.0, float(value))
    with contextlib.suppress(ValueError, TypeError):
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    return 0.0
