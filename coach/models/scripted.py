"""A chat model that replies what it is told to: the stand-in that tests and demos use."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import Field, PrivateAttr

from coach.language_model import Message

Reply = str | Mapping[str, float] | Exception
"""A text, probabilities of the first token, or an exception to raise."""

_ROLES = {"system": "system", "human": "user", "ai": "assistant"}


class ScriptedChat(BaseChatModel):
    """Replies in turn from a list, or whatever a function of the messages returns.

    `history` holds the messages of each call. A call for one token without logprobs (a prefix
    being warmed) is kept in `warmed` instead and uses up no reply.
    """

    replies: Sequence[Any] | Callable[[list[Message]], Any] = ()
    history: list[list[Message]] = Field(default_factory=list)
    warmed: list[list[Message]] = Field(default_factory=list)
    _used: int = PrivateAttr(default=0)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002
        run_manager: Any = None,  # noqa: ARG002
        **kwargs: Any,
    ) -> ChatResult:
        text, metadata = self._reply(messages, kwargs)
        message = AIMessage(content=text, response_metadata=metadata)
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002
        run_manager: Any = None,  # noqa: ARG002
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        text, metadata = self._reply(messages, kwargs)
        for piece in text.splitlines(keepends=True):
            for word in piece.split(" "):
                yield _chunk(word if word == piece.split(" ")[-1] else word + " ")
        yield ChatGenerationChunk(message=AIMessageChunk(content="", response_metadata=metadata))

    def _reply(
        self, messages: list[BaseMessage], limits: Mapping[str, Any]
    ) -> tuple[str, dict[str, Any]]:
        asked: list[Message] = [(_ROLES[m.type], m.text) for m in messages]  # type: ignore[misc]
        if limits.get("max_tokens") == 1 and not limits.get("logprobs"):
            self.warmed.append(asked)
            return "", {"finish_reason": "length"}
        self.history.append(asked)
        reply = self._next(asked)
        if isinstance(reply, Exception):
            raise reply
        if isinstance(reply, str):
            return reply, {"finish_reason": "stop"}
        only = limits.get("extra_body", {}).get("logit_bias", ())
        told = _with_logprobs(reply, [token for token, _ in only])
        return max(reply, key=lambda token: reply[token]), told

    def _next(self, asked: list[Message]) -> Reply:
        if callable(self.replies):
            found: Reply = self.replies(asked)
            return found
        if self._used >= len(self.replies):
            raise LookupError(f"The script has only {len(self.replies)} replies.")
        self._used += 1
        reply: Reply = self.replies[self._used - 1]
        return reply


def _chunk(text: str) -> ChatGenerationChunk:
    return ChatGenerationChunk(message=AIMessageChunk(content=text))


def _with_logprobs(tokens: Mapping[str, float], only: Sequence[str]) -> dict[str, Any]:
    if only:
        probs = [{"token": token, "prob": tokens.get(token, 0.0)} for token in only]
        return {"finish_reason": "length", "logprobs": {"content": [{"top_probs": probs}]}}
    top = [
        {"token": token, "logprob": math.log(share) if share > 0 else -100.0}
        for token, share in tokens.items()
    ]
    first = max(top, key=lambda entry: float(str(entry["logprob"])))
    content = [{**first, "top_logprobs": top}]
    return {"finish_reason": "length", "logprobs": {"content": content}}
