"""A thin adapter over a LangChain chat model: what the coach asks of any language model."""

import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from coach.errors import ModelReplyError
from coach.language_model import prompts, replies
from coach.language_model.calls import Failure, attempts
from coach.language_model.failures import Place, explain, is_refusal, status_of
from coach.language_model.prompts import Message
from coach.verdict import Usage

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

Rung = Literal["json_schema", "json_mode", "prompt"]

RUNGS: tuple[Rung, ...] = ("json_schema", "json_mode", "prompt")
TOP_LOGPROBS = 20


class LanguageModel:
    """Asks one chat model; every failure is one of the ModelMissing or ModelError family.

    `timeout_s` limits each call as a whole, retries included. May be used from several threads.
    """

    def __init__(
        self,
        chat: "BaseChatModel",
        *,
        name: str,
        remote: bool,
        endpoint: str = "",
        timeout_s: float = 120,
        on_close: Callable[[], None] | None = None,
    ) -> None:
        self.name = name
        self.remote = remote
        self.endpoint = endpoint
        self.timeout_s = timeout_s
        self.usage = Usage()
        self.has_logprobs: bool | None = None
        self.rung: Rung = RUNGS[0]
        self._sampling: dict[str, Any] = {"temperature": 0}
        self._chat = chat
        self._place = Place(name, endpoint, timeout_s, remote)
        self._on_close = on_close
        self._lock = threading.Lock()

    def choose(self, messages: Sequence[Message], options: Sequence[str]) -> dict[str, float]:
        """Returns probabilities (sum 1) over `options`, each one token, as the reply's first token.

        Where the endpoint gives no token probabilities: 1.0 on the option it replies.
        """
        deadline = self._deadline()
        if self.has_logprobs is not False:
            try:
                reply = self._first_token(messages, deadline)
            except ModelReplyError as error:
                if not is_refusal(error):
                    raise
            else:
                chosen = self._read_choice(reply, options)
                if chosen is not None:
                    return chosen
        chosen = self._structured_choice(messages, options, deadline)
        self.has_logprobs = False
        return chosen

    def lean(self, messages: Sequence[Message], words: Sequence[str]) -> dict[str, float]:
        """Returns how likely each of `words`, each one token, begins the reply, were there no others (sum 1).

        Only the embedded server tells of so many: ModelReplyError where one is lacking.
        """
        reply = self._first_token(
            messages, self._deadline(), len(words), extra_body=prompts.only(words)
        )
        return replies.word_probabilities(reply, words)

    def structured(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, object],
        max_tokens: int | None = None,
    ) -> dict[str, object]:
        """Returns a JSON object that satisfies the JSON schema, else raises ModelReplyError.

        Goes down from json_schema to json_object to a prompt with one repair, and remembers
        the first rung that the endpoint does not refuse.
        """
        return self._structured(messages, schema, self._deadline(), max_tokens)

    def stream(self, messages: Sequence[Message], max_tokens: int) -> Generator[str]:
        """Yields the reply piece by piece; raises ModelReplyError if it is empty or cut off."""
        deadline = self._deadline()
        last, said = "", False

        def call() -> "Iterator[BaseMessage]":
            chat = self._chat.bind(max_tokens=max_tokens, **self._sampling)
            yield from chat.stream(list(messages))

        for chunk in self._run(call, deadline):
            self._count(chunk)
            last = replies.finish_reason(chunk) or last
            if piece := replies.text_of(chunk):
                said = said or bool(piece.strip())
                yield piece
        if not said:
            raise ModelReplyError(f"{self._place} gave an empty reply.")
        if self.endpoint and not last:
            raise ModelReplyError(f"The reply of {self._place} was cut off.")

    def warm(self, messages: Sequence[Message]) -> None:
        """Evaluates a prefix so that later calls that start with it are faster; remote: no-op."""
        if not self.remote:
            self._invoke(messages, self._deadline(), max_tokens=1)

    def close(self) -> None:
        """Frees what the model holds: the embedded server ends; a second call does nothing."""
        on_close, self._on_close = self._on_close, None
        if on_close is not None:
            on_close()

    def _deadline(self) -> float:
        return time.monotonic() + self.timeout_s

    def _first_token(
        self, messages: Sequence[Message], deadline: float, top: int = TOP_LOGPROBS, **more: Any
    ) -> "BaseMessage":
        return self._invoke(
            messages, deadline, max_tokens=1, logprobs=True, top_logprobs=top, **more
        )

    def _read_choice(self, reply: "BaseMessage", options: Sequence[str]) -> dict[str, float] | None:
        text = replies.text_of(reply).strip()
        tokens = replies.first_token(reply)
        # A model that thinks first spends the one token on that: its probabilities say nothing.
        if tokens and text and not text.startswith("<"):
            self.has_logprobs = True
            return replies.option_probabilities(tokens, options)
        chosen = replies.match_option(text, options)
        return {option: float(option == chosen) for option in options} if chosen else None

    def _structured_choice(
        self, messages: Sequence[Message], options: Sequence[str], deadline: float
    ) -> dict[str, float]:
        schema: dict[str, object] = {
            "title": "choice",
            "description": "The chosen option.",
            "type": "object",
            "properties": {"choice": {"type": "string", "enum": list(options)}},
            "required": ["choice"],
            "additionalProperties": False,
        }
        chosen = self._structured(messages, schema, deadline, None)["choice"]
        return {option: float(option == chosen) for option in options}

    def _structured(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, object],
        deadline: float,
        max_tokens: int | None,
    ) -> dict[str, object]:
        limits = {} if max_tokens is None else {"max_tokens": max_tokens}
        usable = self.rung
        for rung in RUNGS[RUNGS.index(self.rung) : -1]:
            try:
                value = self._ask_json(rung, messages, schema, deadline, limits)
            except ModelReplyError as error:
                if is_refusal(error):
                    usable = RUNGS[RUNGS.index(rung) + 1]
            else:
                break
        else:
            value = self._ask_by_prompt(messages, schema, deadline, limits)
        # Only what then worked is remembered: a request may be refused for its length, too.
        self.rung = usable
        return value

    def _ask_json(
        self,
        rung: Rung,
        messages: Sequence[Message],
        schema: Mapping[str, object],
        deadline: float,
        limits: Mapping[str, int],
    ) -> dict[str, object]:
        asked = list(messages) if rung == "json_schema" else prompts.with_schema(messages, schema)
        titled = {"title": "reply", "description": "The reply.", **schema}

        def call() -> Iterator[Any]:
            chat = self._chat.with_structured_output(titled, method=rung, include_raw=True)
            yield chat.invoke(asked, None, **self._sampling, **limits)

        (found,) = self._run(call, deadline)
        raw, parsed = found["raw"], found["parsed"]
        self._count(raw)
        value = parsed if isinstance(parsed, dict) else replies.json_object(replies.text_of(raw))
        replies.check_schema(value, schema)
        return value

    def _ask_by_prompt(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, object],
        deadline: float,
        limits: Mapping[str, int],
    ) -> dict[str, object]:
        asked = prompts.with_schema(messages, schema)
        for is_last in (False, True):
            reply = replies.text_of(self._invoke(asked, deadline, **limits))
            try:
                value = replies.json_object(reply)
                replies.check_schema(value, schema)
                return value
            except ModelReplyError as error:
                if is_last:
                    raise ModelReplyError(f"{self._place}: {error.message}") from error
                asked = [*asked, ("assistant", reply), ("user", prompts.repair(error))]
        raise AssertionError("unreachable")

    def _invoke(self, messages: Sequence[Message], deadline: float, **limits: Any) -> "BaseMessage":
        def call() -> "Iterator[BaseMessage]":
            yield self._chat.invoke(list(messages), None, **self._sampling, **limits)

        reply: BaseMessage
        (reply,) = self._run(call, deadline)
        self._count(reply)
        return reply

    def _run(self, call: Callable[[], Iterator[Any]], deadline: float) -> Iterator[Any]:
        return attempts(call, deadline=deadline, explain=self._explain)

    def _explain(self, error: Exception) -> Failure:
        failure = explain(error, self._place)
        if self._sampling and "temperature" in failure.error.message and status_of(error) == 400:
            # Models that reason first accept no temperature: ask as they like it.
            self._sampling = {}
            return Failure(failure.error, retry_after_s=0)
        return failure

    def _count(self, reply: "BaseMessage") -> None:
        with self._lock:
            self.usage += replies.usage_of(reply)
