"""The host's end of the pipes: asks one thing at a time, captures output, never waits past a deadline."""

import os
import select
import time
from dataclasses import dataclass, field
from typing import Any

from coach.exercise import Status
from coach.sandbox import wire

OUTPUT_SHOWN = 64 * 1024
OUTPUT_LIMIT = 1024 * 1024
_CHUNK = 1 << 16


class Broken(Exception):
    """The exchange is over: the process said too much, the wrong thing, nothing in time, or is gone."""

    def __init__(self, status: Status, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


@dataclass
class Capture:
    """The beginning of one output stream, and how long it was."""

    kept: bytearray = field(default_factory=bytearray)
    total: int = 0

    def add(self, data: bytes) -> None:
        """Keeps what is to be shown and counts the rest."""
        self.kept += data[: max(0, OUTPUT_SHOWN - len(self.kept))]
        self.total += len(data)


class Channel:
    """Frames to and from one process, and what it prints. The descriptors belong to the channel."""

    def __init__(self, requests: int, answers: int, stdout: int, stderr: int) -> None:
        self.max_body = 0  # bytes of one answer; none are expected before candidate code runs
        self.requests, self.answers = requests, answers
        self.output = {stdout: Capture(), stderr: Capture()}
        self._stdout, self._stderr = stdout, stderr
        self._received = bytearray()
        self._open = {answers, stdout, stderr}
        self._poll = select.poll()
        for descriptor in (requests, *self._open):
            os.set_blocking(descriptor, False)
        for descriptor in self._open:
            self._poll.register(descriptor, select.POLLIN)

    def ask(self, frame: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        """Sends a frame and returns the one that answers it; Broken for everything else."""
        self._pump(0)
        self._nothing_unasked()
        return self._exchange(frame, time.monotonic() + seconds)

    def receive(self, seconds: float) -> tuple[dict[str, Any], bytes]:
        """Waits for a frame that comes of itself."""
        return self._exchange(b"", time.monotonic() + seconds)

    def forget_output(self) -> None:
        """Drops what was printed so far."""
        self._pump(0)
        for descriptor in self.output:
            self.output[descriptor] = Capture()

    def check_silence(self) -> None:
        """Broken where the process has sent something it was not asked for."""
        self._pump(0)
        self._nothing_unasked()

    def drain(self, seconds: float) -> bool:
        """Reads until every writer is gone, which proves that nothing survives; False where that fails."""
        self._stop_writing()
        deadline = time.monotonic() + seconds
        while self._open and time.monotonic() < deadline:
            self._pump(deadline - time.monotonic(), draining=True)
        return not self._open

    def close(self) -> None:
        """Gives the descriptors back."""
        self._stop_writing()
        for descriptor in (self.answers, *self.output):
            os.close(descriptor)

    def printed(self) -> tuple[str, str]:
        """Both output streams as text, as far as they are kept."""
        out, err = (self.output[name].kept for name in (self._stdout, self._stderr))
        return out.decode("utf-8", "replace"), err.decode("utf-8", "replace")

    def _stop_writing(self) -> None:
        if self.requests >= 0:
            os.close(self.requests)
            self.requests = -1

    def _exchange(self, frame: bytes, deadline: float) -> tuple[dict[str, Any], bytes]:
        unsent = memoryview(frame)
        if unsent:
            self._poll.register(self.requests, select.POLLOUT)
        while True:
            writable = self._pump(deadline - time.monotonic())
            if writable and unsent:
                unsent = self._write(unsent)
            if self._received and unsent:
                raise Broken("protocol", "It answered before it was asked.")
            reply = self._complete()
            if reply is not None:
                return reply
            if self.answers not in self._open:
                raise Broken("exited", "It ended without an answer.")
            if time.monotonic() >= deadline:
                raise Broken("timeout", "It took too long.")

    def _write(self, unsent: memoryview) -> memoryview:
        try:
            unsent = unsent[os.write(self.requests, unsent) :]
        except BlockingIOError:
            return unsent
        except BrokenPipeError:
            unsent = unsent[:0]
        if not unsent:
            self._poll.unregister(self.requests)
        return unsent

    def _pump(self, seconds: float, draining: bool = False) -> bool:
        """Takes in what has arrived, waiting for it if need be; says whether a request can be written."""
        writable = False
        for descriptor, _event in self._poll.poll(max(0, seconds) * 1000):
            if descriptor == self.requests:
                writable = True
                continue
            data = os.read(descriptor, _CHUNK)
            if not data:
                self._poll.unregister(descriptor)
                self._open.discard(descriptor)
            elif not draining:
                self._take(descriptor, data)
            elif descriptor in self.output:
                self.output[descriptor].add(data)
        return writable

    def _take(self, descriptor: int, data: bytes) -> None:
        if descriptor == self.answers:
            self._received += data
            return
        capture = self.output[descriptor]
        capture.add(data)
        if capture.total > OUTPUT_LIMIT:
            raise Broken("output", f"It printed more than {OUTPUT_LIMIT // 1024} KiB.")

    def _complete(self) -> tuple[dict[str, Any], bytes] | None:
        """The frame, once all of it is there; Broken as soon as it can't become one."""
        if len(self._received) < wire.HEAD.size:
            return None
        start = wire.HEAD.size
        try:
            header, body = wire.sizes(bytes(self._received[:start]), self.max_body)
            if len(self._received) > start + header + body:
                raise wire.WireError("more than was asked for")
            if len(self._received) < start + header + body:
                return None
            parsed = wire.parse_header(bytes(self._received[start : start + header]))
        except wire.WireError as error:
            raise Broken("protocol", f"What it sent is no answer: {error}.") from error
        data = bytes(self._received[start + header :])
        self._received.clear()
        return parsed, data

    def _nothing_unasked(self) -> None:
        if self._received:
            raise Broken("protocol", "It sent something it was not asked for.")
