"""A GGUF file of a few kilobytes with random weights, for tests of what surrounds a model."""

import random
import struct
from pathlib import Path

WIDTH = 32
_SPECIAL = ("<|im_start|>", "<|im_end|>")
_UINT32, _FLOAT32, _STRING, _ARRAY, _INT32 = 4, 6, 8, 9, 5
_ALIGNED = 32

Value = int | float | str | list[str] | list[int]


def write_tiny_gguf(path: Path, chat_template: str) -> None:
    """Writes a Qwen2 of one layer that knows single bytes; the layout is that of the GGUF format, version 3."""
    tokens = [*_byte_tokens(), *_SPECIAL]
    fields: dict[str, Value] = {
        "general.architecture": "qwen2",
        "qwen2.context_length": 512,
        "qwen2.embedding_length": WIDTH,
        "qwen2.block_count": 1,
        "qwen2.feed_forward_length": WIDTH,
        "qwen2.attention.head_count": 1,
        "qwen2.attention.head_count_kv": 1,
        "qwen2.attention.layer_norm_rms_epsilon": 1e-6,
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.pre": "qwen2",
        "tokenizer.ggml.tokens": tokens,
        "tokenizer.ggml.token_type": [1] * (len(tokens) - len(_SPECIAL)) + [3] * len(_SPECIAL),
        "tokenizer.ggml.merges": ["a a"],
        "tokenizer.ggml.eos_token_id": len(tokens) - 1,
        "tokenizer.chat_template": chat_template,
    }
    shapes = _shapes(len(tokens))
    head = b"GGUF" + struct.pack("<IQQ", 3, len(shapes), len(fields))
    head += b"".join(_text(name) + _field(value) for name, value in fields.items())
    offset, data = 0, b""
    for name, shape in shapes.items():
        head += _text(name) + struct.pack("<I", len(shape))
        head += b"".join(struct.pack("<Q", side) for side in shape)
        head += struct.pack("<IQ", 0, offset)
        data += _padded(_weights(shape))
        offset = len(data)
    path.write_bytes(_padded(head) + data)


def _shapes(words: int) -> dict[str, tuple[int, ...]]:
    square, line = (WIDTH, WIDTH), (WIDTH,)
    layer = {f"{part}.weight": square for part in ("attn_q", "attn_k", "attn_v", "attn_output")}
    layer |= {f"{part}.bias": line for part in ("attn_q", "attn_k", "attn_v")}
    layer |= {f"{part}.weight": square for part in ("ffn_gate", "ffn_up", "ffn_down")}
    layer |= {f"{part}.weight": line for part in ("attn_norm", "ffn_norm")}
    shapes = {"token_embd.weight": (WIDTH, words), "output_norm.weight": line}
    return shapes | {f"blk.0.{name}": shape for name, shape in layer.items()}


def _byte_tokens() -> list[str]:
    """The 256 bytes as GPT-2 writes them: printable ones as they are, the others from U+0100 on."""
    plain = {*range(33, 127), *range(161, 173), *range(174, 256)}
    others = iter(range(256, 512))
    return [chr(byte if byte in plain else next(others)) for byte in range(256)]


def _weights(shape: tuple[int, ...]) -> bytes:
    count = shape[0] * (shape[1] if len(shape) > 1 else 1)
    draw = random.Random(count)
    return struct.pack(f"<{count}f", *(draw.gauss(0, 0.1) for _ in range(count)))


def _text(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def _field(value: Value) -> bytes:
    if isinstance(value, str):
        return struct.pack("<I", _STRING) + _text(value)
    if isinstance(value, float):
        return struct.pack("<If", _FLOAT32, value)
    if isinstance(value, int):
        return struct.pack("<II", _UINT32, value)
    kind = _STRING if isinstance(value[0], str) else _INT32
    items = (_text(item) if isinstance(item, str) else struct.pack("<i", item) for item in value)
    return struct.pack("<IIQ", _ARRAY, kind, len(value)) + b"".join(items)


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % _ALIGNED)
