"""The format on the pipes: only plain values come out of any bytes, or a protocol error."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.sandbox import wire
from coach.sandbox.seccomp import _ARCHITECTURES, running_filter, starting_filter
from coach.text import clean

PLAIN = (type(None), bool, int, float, str, list, tuple, dict, np.ndarray)


def _none(_value: Any) -> None:
    return None


def _refuse(kind: str, _node: dict[str, Any], _array: Any) -> Any:
    raise wire.WireError(kind)


def _unpack(data: bytes) -> Any:
    header, _body = wire.sizes(data[: wire.HEAD.size].ljust(wire.HEAD.size, b"\0"), 1 << 20)
    rest = data[wire.HEAD.size :]
    return wire.decode(wire.parse_header(rest[:header]).get("v"), rest[header:], _refuse)


def _frame(value: Any) -> bytes:
    node, body = wire.encode(value, _none)
    return wire.pack({"v": node}, body)


scalars = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.text()
values = st.recursive(
    scalars,
    lambda v: st.lists(v, max_size=4) | st.dictionaries(st.text(max_size=3), v, max_size=3),
    max_leaves=12,
)


@given(values)
def test_what_is_sent_arrives(value: Any) -> None:
    assert repr(_unpack(_frame(value))) == repr(value)


@settings(max_examples=2000, deadline=None)
@given(st.data())
def test_mutated_frames_give_plain_values_or_protocol_errors(data: st.DataObject) -> None:
    frame = bytearray(_frame([1, {"a": np.arange(3.0)}, (np.array(True), "x")]))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(frame) - 1))
        cut = data.draw(st.sampled_from([0, 1, 1, 1, 3]))
        frame[place : place + cut] = data.draw(
            st.binary(max_size=2) | st.sampled_from([b"[", b'"'])
        )
    try:
        value = _unpack(bytes(frame))
    except wire.WireError:
        return
    assert isinstance(value, PLAIN)


@pytest.mark.parametrize(
    "node",
    [
        {"t": "array", "dtype": "object", "shape": [1]},
        {"t": "array", "dtype": "float64", "shape": [10**6, 10**6]},
        {"t": "array", "dtype": "float64", "shape": [-1]},
        {"t": "array", "dtype": "float64", "shape": [True]},
        {"t": "array", "dtype": "float64", "shape": [1] * 40},
        {"t": "array", "dtype": ["float64"], "shape": [1]},
        {"t": "array", "dtype": "bool", "shape": [8]},
        {"t": "array"},
        {"t": "list", "items": {}},
        {"t": "dict", "items": []},
        {"t": "rng", "seed": 1},
        {"t": ["array"]},
        [1],
        1 << 63,
    ],
)
def test_lies_about_values_are_protocol_errors(node: Any) -> None:
    with pytest.raises(wire.WireError):
        wire.decode(node, b"\xff" * 8, _refuse)


@pytest.mark.parametrize("value", [object(), {1: 2}, {1, 2}, b"x", np.array(["a"]), 1 << 70])
def test_only_plain_values_can_be_sent(value: Any) -> None:
    with pytest.raises(wire.WireError):
        wire.encode(value, _none)


def test_depth_is_limited() -> None:
    nested: Any = 1
    for _ in range(50):
        nested = [nested]
    with pytest.raises(wire.WireError):
        wire.encode(nested, _none)


def test_special_floats_cross() -> None:
    assert math.isnan(_unpack(_frame(math.nan)))
    assert _unpack(_frame([math.inf, -math.inf])) == [math.inf, -math.inf]


@pytest.mark.parametrize("name", sorted(_ARCHITECTURES))
def test_filters_are_whole_programs_that_end_in_a_refusal(name: str) -> None:
    architecture = _ARCHITECTURES[name]
    for program in (
        starting_filter(architecture),
        running_filter(architecture, pid=2, threads=True),
        running_filter(architecture, pid=2, threads=False),
    ):
        assert len(program) % 8 == 0
        assert len(program) // 8 < 4096
        assert program[-8] == 0x06
        assert program[-4:] == (0x00050001).to_bytes(4, "little")


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("a\x1b[31mb\x1b[0m", "ab"),
        ("\x1b]0;title\x07x", "x"),
        ("a\x00\x08\x9b\x7fb", "ab"),
        ("\u202eabc\u2066", "abc"),
        ("line\r\nnext\tend", "line\nnext\tend"),
        ("lone \ud800 half", "lone  half"),
        ("中文 é 😀", "中文 é 😀"),
    ],
)
def test_text_is_made_safe_to_show(text: str, safe: str) -> None:
    assert clean(text) == safe
