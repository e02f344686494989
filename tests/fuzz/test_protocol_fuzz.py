"""Spoiled frames through the host's side of the protocol: plain values come out, or a refusal."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.card import Bilingual
from coach.exercise import Case, Failed, Returned
from coach.practice.judge import Signature, judge
from coach.sandbox import wire
from coach.sandbox.channel import Broken, Channel
from coach.sandbox.process import Process
from coach.sandbox.run import SandboxRun
from tests.fuzz import frames

# 25,000 frames and more in `make test`, a million and more in `make fuzz` (the profile of that name).
PATIENT = os.environ.get("HYPOTHESIS_PROFILE") == "fuzz"
FRAMES_EACH = 100
WANTED = 1_000_000 if PATIENT else 20_000

pytestmark = pytest.mark.timeout(7200 if PATIENT else 300)
examples = settings(max_examples=10_100 if PATIENT else 250, deadline=None)
fewer = settings(max_examples=1000 if PATIENT else 15, deadline=None)


def test_fuzz_frames_give_plain_values_or_protocol_errors() -> None:
    counts: Counter[str] = Counter()

    @examples
    @given(frames.answers, st.integers(0, 2**64 - 1))
    def spoil(value: Any, seed: int) -> None:
        for frame in frames.spoiled(*frames.reply(value), FRAMES_EACH, seed):
            counts[_outcome(frames.read, frame)] += 1

    spoil()
    print(f"\n{counts.total()} frames: {dict(counts)}")
    assert counts.total() >= WANTED
    assert counts["value"] > counts.total() // 50  # some get all the way through
    assert counts["refused"] > counts.total() // 4


def _outcome(read: Callable[[Any], Any], source: Any) -> str:
    try:
        value = read(source)
    except (wire.WireError, Broken):
        return "refused"
    assert frames.is_plain(value), value
    return "value"


def test_fuzz_pipes_give_plain_values_or_the_end() -> None:
    """The same through a channel with real pipes; what is not a whole frame ends the exchange."""
    counts: Counter[str] = Counter()

    @fewer
    @given(frames.answers, st.integers(0, 2**64 - 1))
    def spoil(value: Any, seed: int) -> None:
        for frame in frames.spoiled(*frames.reply(value), FRAMES_EACH, seed):
            with _channel() as (channel, answers):
                os.write(answers, frame[: 1 << 15])
                os.close(answers)
                counts[_outcome(_received, channel)] += 1

    spoil()
    print(f"\n{counts.total()} frames: {dict(counts)}")
    assert min(counts["value"], counts["refused"]) > 0


def _received(channel: Channel) -> Any:
    header, body = channel.receive(5)
    return wire.decode(header.get("value"), body, lambda kind, node, array: _refuse(kind))


def _refuse(kind: str) -> None:
    raise wire.WireError(kind)


@contextmanager
def _channel() -> Iterator[tuple[Channel, int]]:
    """A channel, and the descriptor its answers come from, which is the caller's to close."""
    pipes = [os.pipe() for _ in range(4)]
    (unread, requests), (answers, theirs), (stdout, out), (stderr, err) = pipes
    channel = Channel(requests, answers, stdout, stderr)
    channel.max_body = frames.MAX_BODY
    try:
        yield channel, theirs
    finally:
        channel.close()
        for descriptor in (unread, out, err):
            os.close(descriptor)


def test_fuzz_calls_return_outcomes_that_can_be_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever comes back, a call ends in an outcome and the judge has an opinion; neither ever raises."""
    counts: Counter[str] = Counter()
    monkeypatch.setattr("coach.sandbox.run.secrets.token_hex", lambda _: frames.REQUEST)

    @fewer
    @given(frames.answers, st.integers(0, 2**64 - 1))
    def spoil(value: Any, seed: int) -> None:
        for frame in frames.spoiled(*frames.reply(value), FRAMES_EACH, seed):
            outcome = _run_that_gets(frame).call("f", [np.arange(3.0)], 1)
            counts[type(outcome).__name__] += 1
            if isinstance(outcome, Returned):
                _judged(outcome)

    spoil()
    print(f"\n{counts.total()} frames: {dict(counts)}")
    assert min(counts["Returned"], counts["Failed"]) > 0
    assert set(counts) == {"Returned", "Failed"}


def _run_that_gets(frame: bytes) -> SandboxRun:
    """A run whose process answers every request with this frame."""

    def ask(_request: bytes, _seconds: float) -> tuple[dict[str, Any], bytes]:
        try:
            start = wire.HEAD.size
            header, body = wire.sizes(frame[:start].ljust(start, b"\0"), frames.MAX_BODY)
            if len(frame) != start + header + body:
                raise wire.WireError("not as long as it says")
            return wire.parse_header(frame[start : start + header]), frame[start + header :]
        except wire.WireError as error:
            raise Broken("protocol", str(error)) from error

    channel = SimpleNamespace(ask=ask, max_body=frames.MAX_BODY)
    return SandboxRun(cast(Process, SimpleNamespace(channel=channel)), ("none",))


EXPECTED = (np.arange(3.0), 1.5, (np.eye(2), 3), "word", None, [1, "a"], np.array(True))


def _judged(outcome: Returned) -> None:
    assert frames.is_plain(outcome.value)
    for expected in EXPECTED:
        case = Case("case", Bilingual("A rule.", "一条规则。"), (np.arange(3.0),), expected)
        fault = judge(case, Signature("f"), outcome)
        assert fault is None or (fault.en and fault.zh)


def test_fuzz_failures_told_from_inside_are_safe_to_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.sandbox.run.secrets.token_hex", lambda _: frames.REQUEST)
    trees = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda v: st.lists(v, max_size=3) | st.dictionaries(st.text(), v, max_size=3),
    )

    @given(st.dictionaries(st.sampled_from(["failed", "type", "text", "line", "missing"]), trees))
    def tell(header: dict[str, Any]) -> None:
        run = _run_that_gets(wire.pack({"failed": "error", **header, "id": frames.REQUEST}))
        outcome = run.call("f", [], 1)
        assert isinstance(outcome, Failed)
        assert outcome.status in ("error", "memory")
        assert not any(ord(c) < 32 and c not in "\n\t" for c in outcome.message)
        outcome.message.encode()

    tell()
