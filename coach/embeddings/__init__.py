"""Who turns text into vectors. Every back end is a LangChain `Embeddings` with a `name` of its own."""

from collections.abc import Mapping
from typing import Any

from coach.errors import SettingsError


def open_embedder(
    backend: str = "bundled",
    model: str = "",
    base_url: str = "",
    api_key: str = "",
    environ: Mapping[str, str] | None = None,
) -> Any:
    """The back end the settings name; nothing is loaded before the first text arrives."""
    if backend == "bundled":
        from coach.embeddings.bundled import BundledEmbeddings

        return BundledEmbeddings()
    if backend == "sentence-transformers":
        from coach.embeddings.sentence_transformers import SentenceTransformerEmbeddings

        return SentenceTransformerEmbeddings(model or "all-MiniLM-L6-v2")
    if backend == "openai":
        from coach.embeddings.openai import OpenAIEmbeddings

        known = environ or {}
        own = known.get("OPENAI_BASE_URL", "")
        # The environment's key is for the environment's endpoint: no other host gets to see it.
        key = known.get("OPENAI_API_KEY", "") if base_url in ("", own) else ""
        return OpenAIEmbeddings(
            model or "text-embedding-3-small", base_url=base_url or own, api_key=api_key or key
        )
    if backend == "hashing":
        from coach.embeddings.hashing import HashingEmbeddings

        return HashingEmbeddings()
    raise SettingsError(
        f"embeddings.backend is {backend!r}.",
        "It can be bundled, sentence-transformers, openai or hashing.",
    )
