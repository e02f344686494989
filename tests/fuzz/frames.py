"""Frames as a sandbox would send them, and ways to spoil them: bytes, sizes, and the JSON tree itself."""

import json
import random
from collections.abc import Iterator
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from coach.sandbox import wire
from coach.sandbox.run import _build

PLAIN = (type(None), bool, int, float, str)
MAX_BODY = 1 << 16
REQUEST = "0123456789abcdef"

scalars = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.text()
some_arrays = arrays.arrays(
    dtype=st.sampled_from([np.dtype(name) for name in wire.DTYPES]),
    shape=arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4),
)
values = st.recursive(
    scalars | some_arrays,
    lambda v: (
        st.lists(v, max_size=4)
        | st.lists(v, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=3), v, max_size=3)
    ),
    max_leaves=10,
)
answers = some_arrays | scalars | values

# What a tree is spoiled with: wrong kinds, sizes, names, depths, numbers no one asked for.
_ATOMS: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**63, -(2**63) - 1, 10**30, 0.5, float("nan"), 1e400),
    *(
        "",
        "t",
        "array",
        "tensor",
        "rng",
        "list",
        "tuple",
        "dict",
        "object",
        "float64",
        "O",
        "\ud800",
    ),
    *(
        [],
        {},
        [[]],
        [0],
        [-1],
        [2**40 - 1, 0],
        [0, 2**39, 2**39],
        [True],
        [1.5],
        ["1"],
        [10**6] * 3,
    ),
    *([1] * 17, {"t": "list"}, {"t": "dict", "items": []}, {"t": "array"}, {"t": ["array"]}),
    *({"t": "array", "dtype": "object", "shape": [1]}, {"t": "rng", "seed": 1}, {"t": "tensor"}),
    *({"t": "array", "dtype": "bool", "shape": [4]}, {"t": "array", "dtype": {}, "shape": {}}),
    {"t": "array", "dtype": "float64", "shape": [0], "layout": "strided"},
    {"t": "array", "dtype": "uint8", "shape": [2**20, 0, 7], "layout": "F"},
)
_KEYS = ("t", "items", "dtype", "shape", "layout", "id", "value", "failed", "missing", "line")
_BYTES = (
    b"[",
    b"{",
    b'"',
    b"\\",
    b"\0",
    b"\xff",
    b"9" * 50,
    b"[" * 1200,
    b"NaN",
    b"CRF1",
    b"-",
    b"e9",
)


def reply(value: Any) -> tuple[dict[str, Any], bytes]:
    """Header and body of an answer to the request, as honest code would send it."""
    node, body = wire.encode((value, [np.arange(3.0)], []), lambda _: None)
    return {"id": REQUEST, "value": node}, body


def spoiled(header: dict[str, Any], body: bytes, count: int, seed: int) -> Iterator[bytes]:
    """That many frames, each spoiled in one of the ways, or in several."""
    chance = random.Random(seed)
    whole, text = wire.pack(header, body), json.dumps(header).encode()
    for _ in range(count):
        kind = chance.randrange(6)
        if kind == 0:
            yield _spoil_bytes(whole, chance)
        elif kind == 1:
            yield _spoil_head(whole, chance)
        elif kind == 2:
            yield _framed(_spoil_bytes(text, chance), body)
        elif kind == 3:
            yield _framed(text, bytes(chance.choices(body, k=len(body))) if body else body)
        else:
            tree = json.dumps(_spoil_tree(header, chance)).encode()
            yield _framed(tree, _spoil_bytes(body, chance) if kind == 5 else body)


def _framed(text: bytes, body: bytes) -> bytes:
    """Header and body with the right sizes before them."""
    return wire.HEAD.pack(wire.MAGIC, len(text), len(body)) + text + body


def _spoil_bytes(data: bytes, chance: random.Random) -> bytes:
    result = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        place = chance.randrange(len(result) + 1)
        end = place + chance.choice((0, 0, 1, 1, 2, 8, 64))
        new = chance.choice((chance.randbytes(chance.randint(0, 3)), chance.choice(_BYTES)))
        way = chance.randrange(4)
        if way == 0:
            result[place:end] = new
        elif way == 1 and place < len(result):
            result[place] ^= 1 << chance.randrange(8)
        elif way == 2:
            result += result[place:end]
        elif way == 3 and chance.random() < 0.3:
            del result[place:]
    return bytes(result)


def _spoil_head(frame: bytes, chance: random.Random) -> bytes:
    magic, header, body = wire.HEAD.unpack(frame[: wire.HEAD.size])
    header += chance.choice((0, -1, 1, chance.randint(-header, 100), (1 << 32) - 1 - header))
    body += chance.choice((0, -1, 1, chance.randint(-body, 100), (1 << 60)))
    magic = chance.choice((magic, magic, magic, magic[::-1]))
    return wire.HEAD.pack(magic, header % (1 << 32), body % (1 << 64)) + frame[wire.HEAD.size :]


def _spoil_tree(header: dict[str, Any], chance: random.Random) -> Any:
    """A copy with one to three places changed, removed, exchanged or wrapped."""
    tree = {"": _copied(header)}
    for _ in range(chance.randint(1, 3)):
        container, key = chance.choice(list(_places(tree)))
        way = chance.randrange(5)
        if way == 0:
            container[key] = _copied(chance.choice(_ATOMS))
        elif way == 1:
            for _ in range(chance.choice((1, 2, 20))):
                container[key] = chance.choice(
                    ([container[key]], {"t": "list", "items": container[key]})
                )
        elif way == 2 and isinstance(container[key], dict):
            container[key][chance.choice(_KEYS)] = _copied(chance.choice(_ATOMS))
        elif way == 3 and key != "":
            del container[key]
        else:
            other, place = chance.choice(list(_places(tree)))
            container[key] = _copied(other[place])
    return tree[""]


def _copied(tree: Any) -> Any:
    return json.loads(json.dumps(tree))


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every container with a key or an index in it; not into the depths that were just made."""
    waiting = [tree]
    for container in waiting:
        keys = list(container) if isinstance(container, dict) else range(len(container))
        for key in keys:
            yield container, key
            if isinstance(container[key], (dict, list)) and len(waiting) < 60:
                waiting.append(container[key])


def read(frame: bytes) -> Any:
    """What the host makes of a frame, without pipes."""
    start = wire.HEAD.size
    header, body = wire.sizes(frame[:start].ljust(start, b"\0"), MAX_BODY)
    rest = frame[start:]
    if len(rest) != header + body:
        raise wire.WireError("not as long as it says")
    return wire.decode(wire.parse_header(rest[:header]).get("value"), rest[header:], _build)


def is_plain(value: Any) -> bool:
    """Exactly of the plain types, all the way down: nothing that could run code."""
    if type(value) in (list, tuple):
        return all(is_plain(item) for item in value)
    if type(value) is dict:
        return all(type(key) is str and is_plain(item) for key, item in value.items())
    if type(value) is np.ndarray:
        return value.dtype.name in wire.DTYPES and value.nbytes <= 2 * MAX_BODY
    return type(value) in PLAIN
