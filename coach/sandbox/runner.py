"""Runs answers in bubblewrap: a fresh process for each run, one case at a time, nothing trusted that comes back."""

import math
import os
import platform
import secrets
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from coach.errors import SandboxMissing
from coach.exercise import Failed, Limits, Loaded, Needs, Returned, Rng, Tensor
from coach.sandbox import checks, wire
from coach.sandbox.channel import OUTPUT_SHOWN, Broken
from coach.sandbox.launch import Method, Process, StartError, methods
from coach.sandbox.mounts import View, view
from coach.sandbox.probe import missing
from coach.sandbox.seccomp import architecture, running_filter
from coach.text import clean

_MIB = 1 << 20
_START_SECONDS = 60.0
_SEAL_SECONDS = 10.0
_THREADS = 64
_STACK = 8 * _MIB
_OPEN_FILES = 64
LAYERS = (*checks.NAMESPACES, "read_only", "no_capabilities", "no_new_privs", "seccomp", "rlimits")


class SandboxRun:
    """One answer in its sandbox; `isolation` lists the layers that were seen to be in force."""

    def __init__(self, process: Process, isolation: tuple[str, ...], max_body: int) -> None:
        self.isolation = isolation
        self._process = process
        self._max_body = max_body
        self._closed = False

    def load(self, source: str, entry_points: Sequence[str], seconds: float) -> Loaded | Failed:
        """Executes the answer's module."""
        self._process.channel.forget_output()
        started = time.monotonic()
        reply = self._ask({"op": "load", "names": list(entry_points)}, source.encode(), seconds)
        elapsed = time.monotonic() - started
        if isinstance(reply, Broken):
            return self._failed(reply, elapsed)
        missing_names = reply[0].get("missing")
        if "failed" in reply[0] or not isinstance(missing_names, list):
            return _reported(reply[0], elapsed, over=True)
        return Loaded(tuple(name for name in entry_points if name in missing_names), elapsed)

    def call(self, name: str, args: Sequence[Any], seconds: float) -> Returned | Failed:
        """Calls one of its functions with plain values."""
        nodes, body = zip(*(wire.encode(arg, _special) for arg in args), strict=True)
        header = {"op": "call", "name": name, "args": {"t": "list", "items": list(nodes)}}
        started = time.monotonic()
        reply = self._ask(header, b"".join(body), seconds)
        elapsed = time.monotonic() - started
        if isinstance(reply, Broken):
            return self._failed(reply, elapsed)
        if "failed" in reply[0]:
            return _reported(reply[0], elapsed)
        try:
            value, after = wire.decode(reply[0].get("value"), reply[1], _build)
            return Returned(value, tuple(after), elapsed)
        except (wire.WireError, TypeError, ValueError) as error:
            broken = Broken("protocol", f"What it sent is no answer: {clean(str(error), 200)}.")
            return self._failed(broken, elapsed)

    def close(self) -> tuple[str, str]:
        """Ends everything the answer started; returns its output and error output, made safe to show."""
        if not self._closed:
            self._closed = True
            gone = self._process.kill()
            self._process.channel.close()
            if not gone:
                raise SandboxMissing("Something the answer started could not be ended.")
        out, err = self._process.channel.printed()
        return clean(out, OUTPUT_SHOWN), clean(err, OUTPUT_SHOWN)

    def _ask(
        self, header: dict[str, Any], body: bytes, seconds: float
    ) -> tuple[dict[str, Any], bytes] | Broken:
        request = secrets.token_hex(8)
        frame = wire.pack({**header, "id": request, "max_body": self._max_body}, body)
        try:
            reply, data = self._process.channel.ask(frame, seconds)
            if reply.get("id") != request:
                raise Broken("protocol", "It answered something it was not asked.")
        except Broken as broken:
            return broken
        return reply, data

    def _failed(self, broken: Broken, elapsed: float) -> Failed:
        status, message = broken.status, broken.message
        if status == "exited":
            status, message = _ending(self._process.exit_code())
        return Failed(status, message, elapsed, over=True)


def _ending(code: int | None) -> tuple[Any, str]:
    """What the exit status of a process that went away says; never more than which failure it is."""
    if code is None:
        return "exited", "It closed its side of the conversation."
    if code in (128 + 24, 128 + 9):  # SIGXCPU, SIGKILL
        return "timeout", "It was killed: its processor time was used up, or the machine's memory."
    if code > 128:
        return "crash", f"The interpreter crashed (signal {code - 128})."
    return "exited", f"It left with exit status {code} instead of returning a value."


def _reported(reply: dict[str, Any], elapsed: float, over: bool = False) -> Failed:
    """An exception as told from inside: any failure will do, so nothing is gained by lying."""
    text, kind, line = (reply.get(name) for name in ("text", "type", "line"))
    message = f"{clean(str(kind), 100)}: {clean(str(text), 2000)}".rstrip(": ")
    if isinstance(line, int):
        message = f"line {line}: {message}"
    return Failed("memory" if reply.get("failed") == "memory" else "error", message, elapsed, over)


def _special(value: Any) -> tuple[str, dict[str, Any], Any] | None:
    if isinstance(value, Tensor):
        return "tensor", {}, value.array
    if isinstance(value, Rng):
        return "rng", {"seed": value.seed}, None
    layout = wire.layout_of(value) if hasattr(value, "flags") else "C"
    return ("array", {"layout": layout}, value) if layout != "C" else None


def _build(kind: str, _node: dict[str, Any], array: Any) -> Any:
    if kind == "tensor" and array is not None:
        return array
    raise wire.WireError("a kind of value that can't be returned")


class Sandbox:
    """Starts runs; the first one finds out which way of isolating works here and keeps to it."""

    def __init__(
        self, hidden: Sequence[Path] = (), ways: Callable[[], Sequence[Method]] = methods
    ) -> None:
        self._hidden = tuple(hidden)
        self._ways = ways
        self._method: Method | None = None
        self._lock = threading.Lock()

    @contextmanager
    def start(self, needs: Needs, limits: Limits, calls: int) -> Iterator[SandboxRun]:
        """A fresh sandbox; SandboxMissing where none can be had, PackageMissing without PyTorch."""
        run = self._open(needs, limits, calls)
        try:
            yield run
        finally:
            run.close()

    def _open(self, needs: Needs, limits: Limits, calls: int) -> SandboxRun:
        if sys.platform != "linux":
            raise missing([])
        seen = view(needs, self._hidden)
        if self._method is not None:
            try:
                return _start(self._method, seen, needs, limits, calls)
            except StartError as error:
                raise missing([(self._method, error.reason)]) from error
        with self._lock:
            return self._first(seen, needs, limits, calls)

    def _first(self, seen: View, needs: Needs, limits: Limits, calls: int) -> SandboxRun:
        tried: list[tuple[Method, str]] = []
        for method in self._ways():
            try:
                run = _start(method, seen, needs, limits, calls)
            except StartError as error:
                tried.append((method, error.reason))
                continue
            self._method = method
            return run
        raise missing(tried)


def _start(method: Method, seen: View, needs: Needs, limits: Limits, calls: int) -> SandboxRun:
    """Starts, shuts in, and looks whether it is shut in; StartError before any code is sent otherwise."""
    max_body = int(limits.answer_mb * _MIB)
    try:
        process = Process(method, seen, needs, max_body)
    except OSError as error:
        raise StartError(str(error)) from error
    try:
        hello, _ = process.channel.receive(_START_SECONDS)
        pid = process.pid()
        amounts = _amounts(checks.status(pid), checks.processor_seconds(pid), limits, calls)
        program = running_filter(architecture(), int(hello["pid"]), method.threads)
        sealed, _ = process.channel.ask(wire.pack({"limits": amounts}, program), _SEAL_SECONDS)
        found = checks.faults(pid, process.uid, amounts)
        if found:
            raise StartError("; ".join(found))
    except (Broken, StartError, OSError, KeyError, ValueError) as error:
        process.kill()
        said = process.complaint() if isinstance(error, Broken) else str(error)
        process.channel.close()
        raise StartError(said) from error
    except BaseException:
        process.kill()
        process.channel.close()
        raise
    layers = (*LAYERS, "landlock") if sealed.get("landlock") else LAYERS
    return SandboxRun(process, layers, max_body)


def _amounts(
    fields: dict[str, str], used_seconds: float, limits: Limits, calls: int
) -> dict[str, tuple[int, int]]:
    """Soft and hard resource limits; address space and processor time on top of what the imports took."""
    memory = int(fields["VmSize"].split()[0]) * 1024 + limits.memory_mb * _MIB
    processor = math.ceil(used_seconds + limits.seconds * (calls + 1)) + 1
    single = {
        "RLIMIT_AS": memory,
        "RLIMIT_NPROC": _THREADS + _others(),
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NOFILE": _OPEN_FILES,
        "RLIMIT_CORE": 0,
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_STACK": _STACK,
    }
    return {"RLIMIT_CPU": (processor, processor + 1), **{k: (v, v) for k, v in single.items()}}


def _others() -> int:
    """Tasks that count against the process limit though they are not inside: kernels before 5.14 count all."""
    major, minor = (int(part) for part in platform.release().split(".")[:2])
    if (major, minor) >= (5, 14):
        return 0
    own = os.getuid()
    folders = (folder for folder in Path("/proc").glob("[0-9]*") if folder.stat().st_uid == own)
    return sum(1 for folder in folders for _ in folder.glob("task/*"))
