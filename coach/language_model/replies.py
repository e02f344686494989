"""What is read out of a model's reply: text, first-token probabilities, JSON, tokens used."""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from coach.errors import ModelReplyError
from coach.verdict import Usage

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

MIN_OPTION_MASS = 0.05
_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)
_FENCE = re.compile(r"```[^\n`]*\n(.*?)```", re.DOTALL)


def text_of(message: "BaseMessage") -> str:
    """Returns a reply's text; what UTF-8 cannot hold is replaced."""
    return message.text.encode("utf-8", "replace").decode("utf-8")


def usage_of(message: "BaseMessage") -> Usage:
    """Returns the tokens a reply says it used, 0 where it says nothing."""
    told = getattr(message, "usage_metadata", None) or {}
    return Usage(int(told.get("input_tokens") or 0), int(told.get("output_tokens") or 0))


def finish_reason(message: "BaseMessage") -> str:
    """Returns why the reply ended, "" where the provider does not say."""
    told = message.response_metadata
    return str(told.get("finish_reason") or told.get("stop_reason") or "")


def first_token(message: "BaseMessage") -> dict[str, float]:
    """Returns the probabilities of the likeliest first tokens, {} where none came."""
    logprobs = message.response_metadata.get("logprobs") or {}
    content = logprobs.get("content") if isinstance(logprobs, dict) else None
    if not content:
        return {}
    entries = content[0].get("top_logprobs") or [content[0]]
    return {str(entry["token"]): math.exp(min(0.0, float(entry["logprob"]))) for entry in entries}


def word_probabilities(message: "BaseMessage", words: Sequence[str]) -> dict[str, float]:
    """Returns each word's probability as the first token; ModelReplyError where the reply does not tell all of them."""
    logprobs = message.response_metadata.get("logprobs") or {}
    content = logprobs.get("content") or [{}]
    told = {str(entry["token"]): float(entry["prob"]) for entry in content[0].get("top_probs", ())}
    missing = [word for word in words if word not in told]
    if missing:
        raise ModelReplyError(f"The model's reply does not tell how likely {missing[0]!r} is.")
    return {word: told[word] for word in words}


def option_probabilities(tokens: Mapping[str, float], options: Sequence[str]) -> dict[str, float]:
    """Returns the share of each option; ModelReplyError where the model wants none of them."""
    mass = dict.fromkeys(options, 0.0)
    for token, probability in tokens.items():
        option = match_option(token, options)
        if option is not None:
            mass[option] += probability
    total = sum(mass.values())
    if not total >= MIN_OPTION_MASS:
        likely = max(tokens, key=lambda token: tokens[token], default="")
        wanted = ", ".join(options)
        raise ModelReplyError(f"The model was to reply one of {wanted} and begins with {likely!r}.")
    return {option: share / total for option, share in mass.items()}


def match_option(token: str, options: Sequence[str]) -> str | None:
    """Returns the option that a token is, whatever its spaces and, where clear, its case."""
    bare = token.strip()
    if bare in options:
        return bare
    alike = [option for option in options if option.strip().casefold() == bare.casefold()]
    return alike[0] if len(alike) == 1 and bare else None


def json_object(text: str) -> dict[str, object]:
    """Returns the JSON object in a reply: bare, in a fence, or amid prose; else ModelReplyError."""
    for candidate in _candidates(_THOUGHT.sub("", text)):
        try:
            value = json.loads(candidate)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            return value
    raise ModelReplyError(f"The reply holds no JSON object: {text[:120]!r}")


def _candidates(text: str) -> Iterator[str]:
    yield text
    yield from _FENCE.findall(text)
    start, end = text.find("{"), text.rfind("}")
    if 0 <= start < end:
        yield text[start : end + 1]


def check_schema(value: Mapping[str, object], schema: Mapping[str, object]) -> None:
    """Raises ModelReplyError naming the first field of `value` that breaks the JSON schema."""
    from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

    problem = next(Draft202012Validator(dict(schema)).iter_errors(value), None)
    if problem is not None:
        where = "/".join(map(str, problem.absolute_path)) or "the object"
        raise ModelReplyError(f"The reply breaks the schema at {where}: {problem.message[:200]}")
