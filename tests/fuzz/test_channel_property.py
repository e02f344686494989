"""One answer for each question: whatever else a process says, and whenever, ends the exchange."""

import contextlib
import os
import threading
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from coach.sandbox import wire
from coach.sandbox.channel import OUTPUT_LIMIT, OUTPUT_SHOWN, Broken, Channel

pytestmark = pytest.mark.timeout(1800)

SECONDS = 20.0  # far more than is needed, so that a busy machine makes no difference
headers = st.dictionaries(st.text(max_size=5), st.none() | st.integers() | st.text(), max_size=3)
some_bytes = st.binary(max_size=200)


class Exchange(RuleBasedStateMachine):
    """A channel and its process, played by the test; `dirty` once something was said unasked."""

    @initialize()
    def connect(self) -> None:
        pipes = [os.pipe() for _ in range(4)]
        (self.asked, requests), (answers, self.said), (stdout, self.out), (stderr, self.err) = pipes
        self.channel = Channel(requests, answers, stdout, stderr)
        self.channel.max_body = 1000
        self.dirty = self.gone = self.over = False
        self.printed = {self.out: b"", self.err: b""}

    @precondition(lambda self: self.over)
    @rule()
    def another(self) -> None:
        """After the end there is nothing to do but to begin again."""
        self.teardown()
        self.connect()

    @precondition(lambda self: not self.over)
    @rule(question=headers, header=headers, body=some_bytes, pieces=st.integers(1, 3))
    def answered(self, question: Any, header: Any, body: bytes, pieces: int) -> None:
        """A question with its answer, in one piece or in several."""
        if self.dirty or self.gone:
            return
        request = wire.pack(question, b"x" * 100)
        peer = threading.Thread(target=self._answer, args=(request, header, body, pieces))
        peer.start()
        assert self.channel.ask(request, SECONDS) == (header, body)
        peer.join()

    def _answer(self, request: bytes, header: Any, body: bytes, pieces: int) -> None:
        received = b""
        while len(received) < len(request):
            received += os.read(self.asked, len(request) - len(received))
        assert received == request
        frame = wire.pack(header, body)
        size = -(-len(frame) // pieces)
        for start in range(0, len(frame), size):
            os.write(self.said, frame[start : start + size])

    @precondition(lambda self: not (self.over or self.gone))
    @rule(data=some_bytes.filter(bool) | headers.map(wire.pack))
    def said_unasked(self, data: bytes) -> None:
        os.write(self.said, data)
        self.dirty = True

    @precondition(lambda self: not self.over and self.dirty)
    @rule(way=st.sampled_from(["ask", "silence"]))
    def noticed(self, way: str) -> None:
        """What was not asked for ends the exchange before the next question is sent."""
        ask = {
            "ask": lambda: self.channel.ask(wire.pack({}), SECONDS),
            "silence": self.channel.check_silence,
        }
        with pytest.raises(Broken) as broken:
            ask[way]()
        assert broken.value.status == "protocol"
        os.set_blocking(self.asked, False)
        with contextlib.suppress(BlockingIOError):
            assert os.read(self.asked, 1) == b""
        self.over = True

    @precondition(lambda self: not (self.over or self.gone))
    @rule(extra=some_bytes.filter(bool), header=headers)
    def more_than_asked_for(self, extra: bytes, header: Any) -> None:
        """An answer with something after it is none."""
        if self.dirty:
            return
        os.write(self.said, wire.pack(header) + extra)
        with pytest.raises(Broken) as broken:
            self.channel.receive(SECONDS)
        assert broken.value.status == "protocol"
        self.over = True

    @precondition(lambda self: not (self.over or self.gone or self.dirty))
    @rule(size=st.integers(1001, 1 << 62))
    def claimed_too_much(self, size: int) -> None:
        """An answer over the limit is refused by its first bytes."""
        os.write(self.said, wire.HEAD.pack(wire.MAGIC, 2, size))
        with pytest.raises(Broken) as broken:
            self.channel.receive(SECONDS)
        assert broken.value.status == "protocol"
        self.over = True

    @precondition(lambda self: not (self.over or self.gone or self.dirty))
    @rule(part=st.integers(0, 15))
    def silent(self, part: int) -> None:
        """Half an answer, or none, is a timeout."""
        os.write(self.said, wire.pack({}, b"x")[:part])
        with pytest.raises(Broken) as broken:
            self.channel.receive(0.001)
        assert broken.value.status == "timeout"
        self.over = True

    @precondition(lambda self: not (self.over or self.gone or self.dirty))
    @rule(part=st.integers(0, 15))
    def left(self, part: int) -> None:
        """A process that goes away has not answered."""
        os.write(self.said, wire.pack({}, b"x")[:part])
        os.close(self.said)
        self.gone = self.over = True
        with pytest.raises(Broken) as broken:
            self.channel.receive(SECONDS)
        assert broken.value.status == "exited"

    @precondition(lambda self: not self.over)
    @rule(data=st.binary(max_size=100), error=st.booleans())
    def prints(self, data: bytes, error: bool) -> None:
        stream = self.err if error else self.out
        os.write(stream, data)
        self.printed[stream] += data

    @precondition(lambda self: not (self.over or self.dirty))
    @rule()
    def floods(self) -> None:
        """Endless output ends the exchange, however much of it is there at once."""
        with pytest.raises(Broken) as broken:
            self._flood()
        assert broken.value.status == "output"
        self.printed[self.out] += b"x" * OUTPUT_LIMIT
        self.over = True

    def _flood(self) -> None:
        for _ in range(OUTPUT_LIMIT // 50_000 + 2):
            os.write(self.out, b"x" * 50_000)
            self.channel.check_silence()

    @invariant()
    def output_is_kept_apart(self) -> None:
        if getattr(self, "channel", None) is None or self.over or self.dirty:
            return
        self.channel.check_silence()
        shown = tuple(
            self.printed[stream][:OUTPUT_SHOWN].decode("utf-8", "replace")
            for stream in (self.out, self.err)
        )
        assert self.channel.printed() == shown

    def teardown(self) -> None:
        if getattr(self, "channel", None) is None:
            return
        ours = [self.asked, self.out, self.err, *([] if self.gone else [self.said])]
        for descriptor in ours:
            os.close(descriptor)
        assert self.channel.drain(SECONDS)  # every writer is gone, and that is noticed
        self.channel.close()


TestLockStepProperty = Exchange.TestCase
TestLockStepProperty.settings = settings(
    max_examples=2000 if os.environ.get("HYPOTHESIS_PROFILE") == "fuzz" else 60,
    stateful_step_count=15,
    deadline=None,
)
