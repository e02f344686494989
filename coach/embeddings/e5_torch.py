"""The bundled model in PyTorch: the same vectors (cosine 0.9999) several times as fast, for many texts.

multilingual-e5-small is BERT (Devlin et al., 2019) with a unigram tokenizer; a text's vector is the mean of
its tokens' (Wang et al., 2024, arXiv:2402.05672).
"""

import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from tokenizers import Tokenizer
from tokenizers.models import Unigram
from torch.nn import functional

from coach.embeddings.e5_file import BLOCK, dequantised, read_e5

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

_PREFIXES = {"documents": "passage: ", "query": "query: "}
_SPACES = re.compile("  +")
_META = "▁"
_BATCH = 8
_NICE = 10


class E5:
    """The model in memory; words' vectors stay in four bits until a text needs them."""

    def __init__(self, file: str) -> None:
        # Whoever types meanwhile comes first.
        if hasattr(os, "nice"):
            os.nice(_NICE)
        read = read_e5(file)
        self._file, self._head = read, read.head
        unigram = Unigram(list(read.pieces), unk_id=read.head.unknown, byte_fallback=False)
        self._tokenizer = Tokenizer(unigram)
        self._words = read.blocks("emb.word").reshape(-1, read.head.width // BLOCK)
        self._places = read.floats("emb.pos").reshape(-1, read.head.width)
        self._type = read.floats("emb.type")[: read.head.width]
        self._norm = self._floats("emb.ln.w"), self._floats("emb.ln.b")
        self._layers = [self._layer(f"l{number}") for number in range(read.head.layers)]

    def encode(self, kind: str, texts: Sequence[str]) -> "Matrix":
        """Unit vectors (texts x width) of "documents" or of a "query".

        A text too long for the model is the mean of its windows, each weighted by its tokens.
        """
        windows = [
            (row, window)
            for row, text in enumerate(texts)
            for window in self._windows(_PREFIXES[kind] + text)
        ]
        # Texts of like length together: little is wasted on filling them up.
        windows.sort(key=lambda one: len(one[1]))
        sums = np.zeros((len(texts), self._head.width), np.float32)
        for start in range(0, len(windows), _BATCH):
            batch = windows[start : start + _BATCH]
            means = self._means([window for _, window in batch])
            for (row, window), mean in zip(batch, means, strict=True):
                sums[row] += max(1, len(window) - 2) * mean
        vectors: Matrix = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return vectors

    def _windows(self, text: str) -> list[list[int]]:
        """Token ids of a text, cut to what the model reads at once."""
        plain = _SPACES.sub(" ", text.translate(self._file.replaced))
        marked = (plain if plain.startswith(" ") else f" {plain}").replace(" ", _META)
        ids = self._tokenizer.encode(marked, add_special_tokens=False).ids
        room = self._head.longest - 2
        return [
            [self._head.begin, *ids[start : start + room], self._head.end]
            for start in range(0, max(1, len(ids)), room)
        ]

    @torch.inference_mode()
    def _means(self, windows: Sequence[Sequence[int]]) -> "Matrix":
        """The mean of the last layer over the tokens of each window."""
        count, length, width = len(windows), max(map(len, windows)), self._head.width
        states = np.zeros((count, length, width), np.float32)
        there = torch.zeros((count, length), dtype=torch.bool)
        for row, ids in enumerate(windows):
            words = dequantised(self._words[list(ids)], width)
            states[row, : len(ids)] = words + self._places[: len(ids)] + self._type
            there[row, : len(ids)] = True
        hidden = self._normed(torch.from_numpy(states), self._norm)
        for layer in self._layers:
            hidden = self._through(layer, hidden, there[:, None, None, :])
        weights = there[..., None].float()
        means: Matrix = ((hidden * weights).sum(1) / weights.sum(1)).numpy()
        return means

    def _through(self, layer: dict[str, Any], hidden: Any, there: Any) -> Any:
        """One layer of the encoder: attention, then two linear maps, each added and normed."""
        count, length, width = hidden.shape

        def heads(name: str) -> Any:
            split = functional.linear(hidden, *layer[name]).view(
                count, length, self._head.heads, -1
            )
            return split.transpose(1, 2)

        query, key, value = map(heads, "qkv")
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=there)
        seen = seen.transpose(1, 2).reshape(count, length, width)
        hidden = self._normed(hidden + functional.linear(seen, *layer["ao"]), layer["aln"])
        inner = functional.gelu(functional.linear(hidden, *layer["fi"]))
        return self._normed(hidden + functional.linear(inner, *layer["fo"]), layer["oln"])

    def _normed(self, states: Any, norm: tuple[Any, Any]) -> Any:
        return functional.layer_norm(states, (self._head.width,), *norm, self._head.epsilon)

    def _layer(self, name: str) -> dict[str, Any]:
        widths = dict.fromkeys(("q", "k", "v", "ao", "fi"), self._head.width)
        widths["fo"] = self._head.inner
        layer = {
            part: (
                torch.from_numpy(self._file.weights(f"{name}.{part}.w", width)),
                self._floats(f"{name}.{part}.b"),
            )
            for part, width in widths.items()
        }
        norms = {
            part: (self._floats(f"{name}.{part}.w"), self._floats(f"{name}.{part}.b"))
            for part in ("aln", "oln")
        }
        return {**layer, **norms}

    def _floats(self, name: str) -> Any:
        return torch.from_numpy(self._file.floats(name))
