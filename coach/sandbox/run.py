"""One answer in its sandbox: asks it one thing at a time and trusts nothing that comes back."""

import secrets
import time
from collections.abc import Sequence
from typing import Any

from coach.errors import SandboxMissing
from coach.exercise import Failed, Loaded, Returned, Rng, Tensor
from coach.sandbox import wire
from coach.sandbox.channel import OUTPUT_SHOWN, Broken
from coach.sandbox.process import Process
from coach.text import clean

_KILLED, _TIME_USED_UP = 128 + 9, 128 + 24  # by SIGKILL, by SIGXCPU; Windows names neither


class SandboxRun:
    """One answer in its sandbox; `isolation` lists the layers that were seen to be in force."""

    def __init__(self, process: Process, isolation: tuple[str, ...]) -> None:
        self.isolation = isolation
        self._process = process
        self._closed = False

    def load(
        self, source: str, entry_points: Sequence[str], seconds: float, driver: str = ""
    ) -> Loaded | Failed:
        """Executes the answer's module, and the driver's beside it."""
        self._process.channel.forget_output()
        started = time.monotonic()
        header = {"op": "load", "names": list(entry_points), "driver": driver}
        reply = self._ask(header, source.encode("utf-8", "replace"), seconds)
        elapsed = time.monotonic() - started
        if isinstance(reply, Broken):
            return self._failed(reply, elapsed)
        missing_names = reply[0].get("missing")
        if "failed" in reply[0] or not isinstance(missing_names, list):
            return _reported(reply[0], elapsed, over=True)
        return Loaded(tuple(name for name in entry_points if name in missing_names), elapsed)

    def call(
        self, name: str, args: Sequence[Any], seconds: float, cotangent: Any = None
    ) -> Returned | Failed:
        """Calls a function of the driver or the answer with plain values, one array as cotangent or none."""
        nodes, body = zip(
            *(wire.encode(value, _special) for value in (cotangent, *args)), strict=True
        )
        header = {"op": "call", "name": name, "args": {"t": "list", "items": list(nodes)}}
        started = time.monotonic()
        reply = self._ask(header, b"".join(body), seconds)
        elapsed = time.monotonic() - started
        if isinstance(reply, Broken):
            return self._failed(reply, elapsed)
        if "failed" in reply[0]:
            return _reported(reply[0], elapsed)
        try:
            value, after, gradients = wire.decode(reply[0].get("value"), reply[1], _build)
            return Returned(value, tuple(after), elapsed, tuple(gradients))
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
        frame = wire.pack(
            {**header, "id": request, "max_body": self._process.channel.max_body}, body
        )
        try:
            reply, data = self._process.channel.ask(frame, seconds)
            if reply.get("id") != request:
                raise Broken("protocol", "It answered something it was not asked.")
        except Broken as broken:
            return broken
        return reply, data

    def _failed(self, broken: Broken, elapsed: float) -> Failed:
        if broken.status != "exited":
            return Failed(broken.status, broken.message, elapsed, over=True)
        code = self._process.exit_code()
        return Failed(*_ending(code), elapsed, over=True, lost=code == _KILLED)


def _ending(code: int | None) -> tuple[Any, str]:
    """What the exit status of a process that went away says; never more than which failure it is."""
    if code is None:
        return "exited", "It closed its side of the conversation."
    if code in (_TIME_USED_UP, _KILLED):
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
        return "tensor", {"layout": wire.layout_of(value.array)}, value.array
    if isinstance(value, Rng):
        return "rng", {"seed": value.seed}, None
    layout = wire.layout_of(value) if hasattr(value, "flags") else "C"
    return ("array", {"layout": layout}, value) if layout != "C" else None


def _build(kind: str, _node: dict[str, Any], array: Any) -> Any:
    if kind == "tensor" and array is not None:
        return array
    raise wire.WireError("a kind of value that can't be returned")
