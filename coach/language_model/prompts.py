"""Messages, and what is added to them to get JSON from an endpoint that knows no schema."""

import json
from collections.abc import Mapping, Sequence
from typing import Literal

from coach.errors import ModelReplyError

Message = tuple[Literal["system", "user", "assistant"], str]


def with_schema(messages: Sequence[Message], schema: Mapping[str, object]) -> list[Message]:
    """Adds to the last message that the reply must be JSON of this schema."""
    wish = f"Reply with one JSON object only, of this JSON schema: {json.dumps(schema)}"
    *before, (role, text) = messages
    return [*before, (role, f"{text}\n\n{wish}")]


def repair(error: ModelReplyError) -> str:
    """Asks for the object again, saying what was wrong with it."""
    return f"{error.message}\nReply again, with the JSON object only."
