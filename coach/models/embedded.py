"""Starts and ends the embedded model's server process."""

import atexit
import json
import os
import secrets
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from coach.errors import ModelMissing
from coach.language_model.calls import within

SCRIPT = Path(__file__).with_name("server.py")
START_S = 180.0
END_S = 5.0


@dataclass(frozen=True)
class EmbeddedServer:
    """A running server: an OpenAI-compatible endpoint of this process alone."""

    base_url: str
    api_key: str
    process: "subprocess.Popen[bytes]"
    _lock: threading.Lock

    def close(self) -> None:
        """Ends the process and waits for its end; a second call does nothing."""
        with self._lock:
            _end(self.process)
        atexit.unregister(self.close)


def start_embedded(
    path: Path, *, name: str, context: int, log_file: Path, start_s: float = START_S
) -> EmbeddedServer:
    """Serves a GGUF file on a free loopback port; returns when it answers, else ModelMissing.

    The process ends with `close`, and when this process ends, however that happens.
    """
    key = secrets.token_urlsafe(32)
    process = _spawn(log_file)
    try:
        # The key goes through the pipe: a command line can be read by every user.
        request = {"path": str(path), "name": name, "key": key, "context": context}
        answer = _exchange(process, request, start_s)
        if "port" not in answer:
            raise _not_started(path, log_file, process, str(answer.get("error", "")))
    except BaseException:
        _end(process, at_once=True)
        raise
    server = EmbeddedServer(f"http://127.0.0.1:{answer['port']}/v1", key, process, threading.Lock())
    atexit.register(server.close)
    return server


def _spawn(log_file: Path) -> "subprocess.Popen[bytes]":
    log_file.parent.mkdir(parents=True, exist_ok=True)
    with log_file.open("wb") as log:
        return subprocess.Popen(
            # -P: a file of the current folder must not stand in for a module.
            [sys.executable, "-P", str(SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            # Ctrl+C in the terminal is for the application, not for the model.
            start_new_session=os.name == "posix",
        )


def _exchange(
    process: "subprocess.Popen[bytes]", request: dict[str, object], start_s: float
) -> dict[str, object]:
    """Sends the request and returns the process's one line, {} if it ended without one."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process has no pipes")
    read = process.stdout.readline
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        (line,) = within(lambda: [read()], start_s)
        answer = json.loads(line)
    except TimeoutError:
        return {"error": f"it was not ready within {start_s:g} s"}
    except (OSError, ValueError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _not_started(
    path: Path, log_file: Path, process: "subprocess.Popen[bytes]", reason: str
) -> ModelMissing:
    _end(process, at_once=True)
    why = reason or f"its process ended with code {process.returncode}"
    return ModelMissing(
        f"The embedded model could not be started from {path}: {why} (log: {log_file}).",
        "`coach doctor` looks for the cause; `coach model remove` and `coach model pull` get the "
        "file anew.",
    )


def _end(process: "subprocess.Popen[bytes]", at_once: bool = False) -> None:
    """Closes the pipes, which ends the process; kills it if that takes too long; reaps it."""
    if at_once:
        process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None and not pipe.closed:
            try:
                pipe.close()
            except OSError:
                continue
    try:
        process.wait(END_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
