"""Embeddings of an OpenAI-compatible endpoint; its failures are translated here and nowhere else."""

import math
from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.embeddings import Embeddings

from coach.errors import CoachError, ModelBusy, ModelMissing, ModelReplyError, ModelTimeout

DEFAULT_URL = "https://api.openai.com/v1"
_BATCH = 64


class OpenAIEmbeddings(Embeddings):
    """Asks `base_url` for vectors; a local server needs no key."""

    def __init__(
        self,
        model: str,
        *,
        base_url: str = "",
        api_key: str = "",
        timeout_s: float = 60.0,
        retries: int = 2,
    ) -> None:
        self.name = f"openai:{model}"
        self.url = base_url or DEFAULT_URL
        self._model = model
        self._api_key = api_key
        self._timeout_s = timeout_s
        self._retries = retries
        self._client: Any = None

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector for each text, all of the same length."""
        if not texts:
            return []
        vectors = self._asked(
            lambda client: client.embed_documents([_clean(text) for text in texts])
        )
        return self._checked(vectors, len(texts))

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text."""
        return self._checked([self._asked(lambda client: client.embed_query(_clean(text)))], 1)[0]

    def _asked(self, ask: Callable[[Any], Any]) -> Any:
        try:
            return ask(self._opened())
        except CoachError:
            raise
        except Exception as error:
            raise self._translated(error) from error

    def _opened(self) -> Any:
        if self._client is None:
            from langchain_openai import OpenAIEmbeddings as Client

            self._client = Client(
                model=self._model,
                base_url=self.url,
                # The client insists on a key, local servers ignore it.
                api_key=self._api_key or "not-needed",  # type: ignore[arg-type]
                check_embedding_ctx_length=False,
                chunk_size=_BATCH,
                timeout=self._timeout_s,
                max_retries=self._retries,
            )
        return self._client

    def _checked(self, vectors: Any, count: int) -> list[list[float]]:
        """ModelReplyError unless there are `count` vectors of finite numbers, all of one length."""
        rows: Sequence[Any] = vectors if isinstance(vectors, list) else []
        lengths = {len(row) for row in rows if isinstance(row, list)}
        numbers = all(
            isinstance(x, int | float) and math.isfinite(x) for row in rows for x in row or [None]
        )
        if len(rows) != count or len(lengths) != 1 or not numbers:
            raise self._error(ModelReplyError, "replied with something that is no list of vectors")
        return [[float(value) for value in row] for row in rows]

    def _translated(self, error: Exception) -> CoachError:
        import openai

        if isinstance(error, openai.APITimeoutError):
            return self._error(ModelTimeout, f"did not reply within {self._timeout_s:g} s")
        if isinstance(error, openai.APIConnectionError):
            return self._error(ModelMissing, "cannot be reached")
        if isinstance(error, openai.RateLimitError | openai.InternalServerError):
            return self._error(ModelBusy, f"is busy: {_brief(error)}")
        if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
            return self._error(
                ModelMissing, "refused the key", "Set it: coach config set embeddings.api_key …"
            )
        if isinstance(error, openai.NotFoundError):
            return self._error(ModelMissing, f"knows no embedding model {self._model!r}")
        return self._error(ModelReplyError, f"failed: {_brief(error)}")

    def _error(self, kind: type[CoachError], what: str, hint: str = "") -> CoachError:
        default = (
            "Check embeddings.base_url and embeddings.model (coach config list), or go back to the bundled "
            "model: coach config set embeddings.backend bundled"
        )
        return kind(f"The embedding endpoint {self.url} {what}.", hint or default)


def _clean(text: str) -> str:
    # Endpoints refuse an empty text and lone surrogates.
    return text.encode("utf-8", errors="replace").decode("utf-8") or " "


def _brief(error: Exception) -> str:
    text = " ".join(str(error).split())
    return (text or type(error).__name__)[:200]
