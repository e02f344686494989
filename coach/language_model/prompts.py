"""Messages, and what is added to a request: a schema where an endpoint knows none, words to be weighed."""

import json
from collections.abc import Mapping, Sequence
from typing import Literal

from coach.errors import ModelReplyError

# On the scale of logits: no token comes near it by itself.
_ABOVE_ALL_OTHERS = 60.0
Message = tuple[Literal["system", "user", "assistant"], str]


def with_schema(messages: Sequence[Message], schema: Mapping[str, object]) -> list[Message]:
    """Adds to the last message that the reply must be JSON of this schema."""
    wish = f"Reply with one JSON object only, of this JSON schema: {json.dumps(schema)}"
    *before, (role, text) = messages
    return [*before, (role, f"{text}\n\n{wish}")]


def repair(error: ModelReplyError) -> str:
    """Asks for the object again, saying what was wrong with it."""
    return f"{error.message}\nReply again, with the JSON object only."


def only(words: Sequence[str]) -> dict[str, object]:
    """Returns what makes a llama.cpp server tell how likely each of `words` is, were there no others."""
    return {
        "logit_bias": [[word, _ABOVE_ALL_OTHERS] for word in words],
        "post_sampling_probs": True,
        "samplers": ["temperature"],
        "temperature": 1.0,
    }
