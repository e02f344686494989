"""A model in a child process: what it needs never loads in ours, and its memory goes when it ends."""

import base64
import json
import os
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_PROJECT = str(Path(__file__).resolve().parents[2])
_QUIET = {"TOKENIZERS_PARALLELISM": "false", "PYTHONIOENCODING": "utf-8"}


class ChildGone(Exception):
    """The child could not start, or died: what it said last."""


class ChildFailed(Exception):
    """The child could not embed these texts: why."""


class Child:
    """`coach.embeddings.worker` with these arguments; starts with the first text, stops with `close` or our end."""

    def __init__(self, arguments: Sequence[str], environ: Mapping[str, str] = {}) -> None:
        self._arguments = tuple(arguments)
        self._environ = dict(environ)
        self._process: subprocess.Popen[str] | None = None
        self._log: Any = None
        # One request at a time: replies carry no number.
        self._turn = threading.Lock()

    @property
    def pid(self) -> int | None:
        """The number of the process, None before the first text."""
        return None if self._process is None else self._process.pid

    def ask(self, kind: str, texts: Sequence[str]) -> list[list[float]]:
        """Vectors of texts as "documents" or as "query"; ChildGone or ChildFailed."""
        if not texts:
            return []
        clean = [text.encode("utf-8", errors="replace").decode() for text in texts]
        with self._turn:
            process = self._started()
            reply = self._exchange(process, json.dumps({"kind": kind, "texts": clean}))
        if "error" in reply:
            raise ChildFailed(reply["error"])
        import numpy as np

        flat = np.frombuffer(base64.b64decode(reply["vectors"]), dtype="<f4")
        rows: list[list[float]] = flat.reshape(len(texts), -1).tolist()
        return rows

    def close(self) -> None:
        """Stops the process."""
        process, self._process = self._process, None
        if process is not None:
            _stop(process)

    def _started(self) -> "subprocess.Popen[str]":
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._log = tempfile.TemporaryFile(mode="w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        self._process = self._spawn()
        weakref.finalize(self, _stop, self._process)
        hello = self._exchange(self._process, None)
        if "error" in hello:
            self.close()
            raise ChildGone(hello["error"])
        return self._process

    def _spawn(self) -> "subprocess.Popen[str]":
        paths = os.pathsep.join(part for part in (_PROJECT, os.environ.get("PYTHONPATH")) if part)
        return subprocess.Popen(
            [sys.executable, "-m", "coach.embeddings.worker", *self._arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            encoding="utf-8",
            env={**os.environ, **_QUIET, **self._environ, "PYTHONPATH": paths},
            start_new_session=True,
        )

    def _exchange(self, process: "subprocess.Popen[str]", request: str | None) -> dict[str, Any]:
        requests, replies = process.stdin, process.stdout
        try:
            if request is not None and requests is not None:
                requests.write(request + "\n")
                requests.flush()
            line = replies.readline() if replies is not None else ""
        except (OSError, ValueError):
            line = ""
        if not line:
            self.close()
            raise ChildGone(self._last_words())
        reply: dict[str, Any] = json.loads(line)
        return reply

    def _last_words(self) -> str:
        self._log.seek(0)
        lines = [line.strip() for line in self._log.read()[-4000:].splitlines() if line.strip()]
        return lines[-1] if lines else "the process ended"


def _stop(process: "subprocess.Popen[str]") -> None:
    """The child ends with its input; one that does not is killed."""
    if process.stdin is not None and not process.stdin.closed:
        try:
            process.stdin.close()
        except OSError:
            process.kill()
    try:
        process.wait(timeout=3)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()
