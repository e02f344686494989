"""The format on the pipes: only plain values come out of any bytes, or a protocol error."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.sandbox import wire
from coach.sandbox.seccomp import _ARCHITECTURES, running_filter, starting_filter
from coach.text import clean
from tests.fuzz.frames import is_plain, some_arrays, values

pytestmark = pytest.mark.timeout(1800)  # `make fuzz` is patient


def _none(_value: Any) -> None:
    return None


def _refuse(kind: str, _node: dict[str, Any], _array: Any) -> Any:
    raise wire.WireError(kind)


def _unpack(data: bytes) -> Any:
    header, body = wire.sizes(data[: wire.HEAD.size], 1 << 20)
    rest = data[wire.HEAD.size :]
    assert len(rest) == header + body
    return wire.decode(wire.parse_header(rest[:header]).get("v"), rest[header:], _refuse)


def _frame(value: Any) -> bytes:
    node, body = wire.encode(value, _none)
    return wire.pack({"v": node}, body)


@given(values)
def test_property_what_is_sent_arrives(value: Any) -> None:
    arrived = _unpack(_frame(value))
    assert is_plain(arrived)
    assert repr(arrived) == repr(value)


@given(some_arrays, st.sampled_from(["C", "F", "strided"]))
def test_property_arrays_arrive_bit_by_bit_in_their_layout(array: Any, layout: str) -> None:
    node, body = wire.encode(array, lambda value: ("array", {"layout": layout}, value))
    arrived = wire.decode(node, body, _refuse)
    assert (arrived.dtype, arrived.shape) == (array.dtype, array.shape)
    assert arrived.tobytes() == array.tobytes()
    if array.ndim == 2 and min(array.shape) > 1:
        assert wire.layout_of(arrived) == layout


@given(values, st.integers(0, 2**32), st.binary(max_size=40))
def test_property_a_frame_cut_short_or_longer_is_none(value: Any, cut: int, more: bytes) -> None:
    """Every byte of a body is accounted for, none is made up."""
    node, body = wire.encode(value, _none)
    for other in (body[: cut % (len(body) + 1)], body + more):
        if len(other) != len(body):
            with pytest.raises(wire.WireError):
                wire.decode(node, other, _refuse)


@pytest.mark.parametrize(
    "node",
    [
        {"t": "array", "dtype": "object", "shape": [1]},
        {"t": "array", "dtype": "float64", "shape": [10**6, 10**6]},
        {"t": "array", "dtype": "float64", "shape": [-1]},
        {"t": "array", "dtype": "float64", "shape": [True]},
        {"t": "array", "dtype": "float64", "shape": [1] * 40},
        {"t": "array", "dtype": "float64", "shape": [1 << 39, 0]},
        {"t": "array", "dtype": "float64", "shape": [0, 1 << 39, 1 << 39]},
        {"t": "array", "dtype": "float64", "shape": [0, 1 << 39, 1 << 39], "layout": "strided"},
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
