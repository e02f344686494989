"""LangChain's client for the OpenAI chat API, as other servers speak it."""

from typing import Any

from langchain_openai import ChatOpenAI

OpenAIChat = ChatOpenAI


class CompatibleChat(ChatOpenAI):
    """Says `max_tokens`: many servers ignore the newer name and would then reply without limit."""

    def _get_request_payload(
        self, input_: Any, *, stop: list[str] | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        payload: dict[str, Any] = super()._get_request_payload(input_, stop=stop, **kwargs)
        if "max_completion_tokens" in payload:
            payload["max_tokens"] = payload.pop("max_completion_tokens")
        return payload
