"""Frames and plain values on the pipes to and from a sandbox.

A frame is a fixed head, a JSON header and raw bytes. A value is a JSON scalar, or an object whose
`t` says what it is; array elements lie in the raw bytes, one array after the other. Nothing that is
read is ever executed. This file also runs inside the sandbox: standard library and NumPy only.
"""

import json
import math
import struct
from collections.abc import Callable, Iterator
from typing import Any

HEAD = struct.Struct(">4sIQ")
MAGIC = b"CRF1"
MAX_HEADER = 1 << 18
MAX_DEPTH = 12
MAX_NODES = 5000
MAX_DIMENSIONS = 16
MAX_EMPTY = 1 << 20  # the other sizes of an array without elements, multiplied

DTYPES = (
    *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
    *("float16", "float32", "float64", "complex64", "complex128"),
)

# Turns a value the format itself does not know into (kind, fields, array or None).
Special = Callable[[Any], tuple[str, dict[str, Any], Any] | None]
# Builds such a value again from (kind, node, array or None).
Build = Callable[[str, dict[str, Any], Any], Any]


class WireError(ValueError):
    """Bytes that are no frame, or a value that can't be sent."""


def pack(header: dict[str, Any], body: bytes = b"") -> bytes:
    """One frame."""
    text = json.dumps(header).encode()
    if len(text) > MAX_HEADER:
        raise WireError("the value has too many parts")
    return HEAD.pack(MAGIC, len(text), len(body)) + text + body


def sizes(head: bytes, max_body: int) -> tuple[int, int]:
    """Lengths of header and body; refuses what is over the limits before a byte of it is read."""
    magic, header, body = HEAD.unpack(head)
    if magic != MAGIC:
        raise WireError("not a frame")
    if header > MAX_HEADER or body > max_body:
        raise WireError(f"a frame of {header + body} bytes is over the limit")
    return header, body


def parse_header(data: bytes) -> dict[str, Any]:
    """The JSON header of a frame."""
    try:
        header = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise WireError(f"bad header: {type(error).__name__}") from error
    if not isinstance(header, dict):
        raise WireError("the header is not an object")
    return header


def encode(value: Any, special: Special) -> tuple[Any, bytes]:
    """A value as its JSON node and raw bytes; WireError where it holds anything but plain values."""
    parts: list[bytes] = []
    count = [0]

    def node(value: Any, depth: int) -> Any:
        count[0] += 1
        if depth > MAX_DEPTH or count[0] > MAX_NODES:
            raise WireError("the value is nested too deeply or has too many parts")
        if value is None or type(value) in (bool, int, float, str):
            return _scalar(value)
        if type(value) in (list, tuple):
            items = [node(item, depth + 1) for item in value]
            return {"t": type(value).__name__, "items": items}
        if type(value) is dict and all(type(key) is str for key in value):
            return {"t": "dict", "items": {k: node(v, depth + 1) for k, v in value.items()}}
        return _encode_array(value, special, parts)

    return node(value, 0), b"".join(parts)


def _encode_array(value: Any, special: Special, parts: list[bytes]) -> dict[str, Any]:
    import numpy as np

    kind, fields, array = special(value) or ("array", {}, value)
    if array is None:
        return {"t": kind, **fields}
    if not isinstance(array, (np.ndarray, np.generic)):
        raise WireError(f"{type(value).__name__} is no plain value")
    array = np.asarray(array)
    if array.dtype.name not in DTYPES:
        raise WireError(f"arrays of dtype {array.dtype} can't be returned")
    parts.append(np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes())
    return {"t": kind, "dtype": array.dtype.name, "shape": list(array.shape), **fields}


def _scalar(value: Any) -> Any:
    """Whole numbers are those of 64 bits, so that none is too large to compare."""
    if isinstance(value, int) and not -(1 << 63) <= value < 1 << 63:
        raise WireError("a whole number is out of range")
    return value


def decode(node: Any, body: bytes, build: Build) -> Any:
    """The value a node and its raw bytes stand for; WireError unless every byte is accounted for."""
    reader = _Reader(body, build)
    value = reader.value(node, 0)
    if reader.offset != len(body):
        raise WireError("bytes left over")
    return value


class _Reader:
    def __init__(self, body: bytes, build: Build) -> None:
        self.body = body
        self.build = build
        self.offset = 0
        self.nodes = 0

    def value(self, node: Any, depth: int) -> Any:
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise WireError("nested too deeply or too many parts")
        if node is None or isinstance(node, (bool, int, float, str)):
            return _scalar(node)
        if not isinstance(node, dict):
            raise WireError("a node is neither a scalar nor an object")
        kind = node.get("t")
        if kind in ("list", "tuple"):
            return self._sequence(kind, node.get("items"), depth)
        if kind == "dict":
            return self._mapping(node.get("items"), depth)
        return self._leaf(kind, node)

    def _sequence(self, kind: str, items: Any, depth: int) -> Any:
        if not isinstance(items, list):
            raise WireError("items of a sequence are not a list")
        values = [self.value(item, depth + 1) for item in items]
        return tuple(values) if kind == "tuple" else values

    def _mapping(self, items: Any, depth: int) -> dict[str, Any]:
        if not isinstance(items, dict):
            raise WireError("items of a mapping are not an object")
        return {key: self.value(item, depth + 1) for key, item in items.items()}

    def _leaf(self, kind: Any, node: dict[str, Any]) -> Any:
        array = self._array(node) if "dtype" in node else None
        if kind == "array" and array is not None:
            return laid_out(array, node.get("layout"))
        if not isinstance(kind, str):
            raise WireError("a node without a kind")
        return self.build(kind, node, array)

    def _array(self, node: dict[str, Any]) -> Any:
        import numpy as np

        dtype, shape = node.get("dtype"), node.get("shape")
        if dtype not in DTYPES:
            raise WireError("dtype is not allowed")
        itemsize = np.dtype(dtype).itemsize
        count = math.prod(_dimensions(shape))
        end = self.offset + count * itemsize
        if end > len(self.body):
            raise WireError("an array claims more bytes than arrived")
        flat = np.frombuffer(self.body, np.dtype(dtype).newbyteorder("<"), count, self.offset)
        if dtype == "bool" and flat.view("uint8").max(initial=0) > 1:
            raise WireError("a boolean is neither 0 nor 1")
        self.offset = end
        return flat.reshape(shape).astype(dtype)


def _dimensions(shape: Any) -> Iterator[int]:
    if not isinstance(shape, list) or len(shape) > MAX_DIMENSIONS:
        raise WireError("bad shape")
    for size in shape:
        if type(size) is not int or not 0 <= size < 1 << 40:
            raise WireError("bad shape")
        yield size
    if 0 in shape and math.prod(size or 1 for size in shape) > MAX_EMPTY:
        raise WireError("an array without elements claims too large a shape")


def laid_out(array: Any, layout: Any) -> Any:
    """The same elements in Fortran order, or as a view with gaps between them."""
    import numpy as np

    if layout == "F":
        return np.asarray(array, order="F")
    if layout == "strided" and array.ndim:
        view = np.empty((*array.shape[:-1], 2 * array.shape[-1]), array.dtype)[..., ::2]
        view[...] = array
        return view
    return array


def layout_of(array: Any) -> str:
    """C, F or strided: how an array's elements lie in memory."""
    if array.flags.c_contiguous:
        return "C"
    return "F" if array.flags.f_contiguous else "strided"
