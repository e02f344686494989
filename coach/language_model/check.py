"""A tiny conversation that shows what a model can do."""

import time
from dataclasses import dataclass

from coach.errors import ModelReplyError
from coach.language_model.adapter import LanguageModel, Rung
from coach.language_model.prompts import Message
from coach.verdict import Usage

LETTERS: list[Message] = [("user", "Which letter comes first in the alphabet, A or B? One letter.")]
PRIME: list[Message] = [("user", "Name a prime number, as a JSON object with the key `prime`.")]
PRIME_SCHEMA: dict[str, object] = {
    "title": "prime",
    "description": "A prime number.",
    "type": "object",
    "properties": {"prime": {"type": "integer"}},
    "required": ["prime"],
    "additionalProperties": False,
}


@dataclass(frozen=True)
class ModelCheck:
    """What a model answered; `structured` is how JSON was got, None where it could not be."""

    name: str
    remote: bool
    endpoint: str
    latency_s: float
    logprobs: bool
    structured: Rung | None
    usage: Usage

    @property
    def ok(self) -> bool:
        """Tells whether the coach can grade with it."""
        return self.structured is not None


def check(model: LanguageModel) -> ModelCheck:
    """Makes two tiny calls; raises what they raise, but for a reply that is not JSON."""
    begun = time.monotonic()
    model.choose(LETTERS, ["A", "B"])
    latency_s = time.monotonic() - begun
    try:
        model.structured(PRIME, PRIME_SCHEMA)
        structured: Rung | None = model.rung
    except ModelReplyError:
        structured = None
    return ModelCheck(
        name=model.name,
        remote=model.remote,
        endpoint=model.endpoint,
        latency_s=latency_s,
        logprobs=bool(model.has_logprobs),
        structured=structured,
        usage=model.usage,
    )
